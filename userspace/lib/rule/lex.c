// SPDX-License-Identifier: Apache-2.0
/* The tokens of conditions. There is no token stream: what a character means
 * depends on what the grammar expects there. */
#include "rule/lex.h"

#include <errno.h>
#include <string.h>

bool eyas_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\b' || c == '\r' || c == '\n';
}

/* What ends bare text besides its own delimiters. */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

/* The character at @pos, NUL past the end. */
static char at(const struct eyas_lex *lx, size_t pos)
{
	return pos < lx->len ? lx->s[pos] : '\0';
}

static bool take(struct eyas_lex *lx, size_t end)
{
	if (end == lx->pos)
		return false;
	lx->last = (struct eyas_loc){ lx->pos, end };
	lx->pos = end;
	return true;
}

bool eyas_lex_blank(struct eyas_lex *lx)
{
	size_t from = lx->pos;

	while (lx->pos < lx->len && eyas_is_blank(lx->s[lx->pos]))
		lx->pos++;
	return lx->pos > from;
}

bool eyas_lex_str(struct eyas_lex *lx, const char *token)
{
	size_t n = strlen(token);

	if (lx->len - lx->pos < n || memcmp(lx->s + lx->pos, token, n))
		return false;
	return take(lx, lx->pos + n);
}

/* End of a name that begins at @pos, @pos if none does. */
static size_t name_end(const struct eyas_lex *lx, size_t pos)
{
	if (!is_alpha(at(lx, pos)))
		return pos;
	while (is_name(at(lx, pos)))
		pos++;
	return pos;
}

bool eyas_lex_identifier(struct eyas_lex *lx)
{
	return take(lx, name_end(lx, lx->pos));
}

bool eyas_lex_field(struct eyas_lex *lx)
{
	size_t end = name_end(lx, lx->pos), more;

	if (end == lx->pos || at(lx, end) != '.' || name_end(lx, end + 1) == end + 1)
		return false;
	while (at(lx, end) == '.') {
		more = name_end(lx, end + 1);
		if (more == end + 1)
			break;
		end = more;
	}
	return take(lx, end);
}

static size_t digits_end(const struct eyas_lex *lx, size_t pos)
{
	while (is_digit(at(lx, pos)))
		pos++;
	return pos;
}

static size_t exponent_end(const struct eyas_lex *lx, size_t pos)
{
	char e = at(lx, pos), sign = at(lx, pos + 1);

	if ((e != 'e' && e != 'E') || (sign != '+' && sign != '-') || !is_digit(at(lx, pos + 2)))
		return pos;
	return digits_end(lx, pos + 2);
}

bool eyas_lex_number(struct eyas_lex *lx)
{
	size_t pos = lx->pos, end;
	char x = at(lx, pos + 1);

	if (at(lx, pos) == '0' && (x == 'x' || x == 'X')) {
		for (end = pos + 2; is_alpha(at(lx, end)) || is_digit(at(lx, end)); end++)
			;
		if (end > pos + 2)
			return take(lx, end);
	}
	if (at(lx, pos) == '+' || at(lx, pos) == '-')
		pos++;
	end = digits_end(lx, pos);
	if (end == pos)
		return false;
	if (at(lx, end) == '.')
		end = digits_end(lx, end + 1);
	return take(lx, exponent_end(lx, end));
}

bool eyas_lex_bare(struct eyas_lex *lx)
{
	size_t end = lx->pos;

	while (end < lx->len && lx->s[end] && !is_space(lx->s[end]) &&
	       !strchr("()\"'=,", lx->s[end]))
		end++;
	return take(lx, end);
}

bool eyas_lex_bare_arg(struct eyas_lex *lx)
{
	size_t end = lx->pos;

	while (end < lx->len && lx->s[end] && !is_space(lx->s[end]) && !strchr("[]\"'", lx->s[end]))
		end++;
	return take(lx, end);
}

const struct eyas_op *eyas_lex_op(struct eyas_lex *lx, enum eyas_op_form form)
{
	size_t n;
	const struct eyas_op *op = eyas_op_table(&n);

	for (const struct eyas_op *end = op + n; op < end; op++) {
		size_t len = strlen(op->name);

		if (op->form != form)
			continue;
		if (op->word && !eyas_is_blank(at(lx, lx->pos + len)))
			continue;
		if (eyas_lex_str(lx, op->name))
			return op;
	}
	return NULL;
}

static int hex(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int bad(struct eyas_lex *lx, size_t off, size_t end, struct eyas_err *err, const char *msg)
{
	lx->last = (struct eyas_loc){ off, end };
	return eyas_err_set(err, -EINVAL, "%s", msg);
}

static int unescape_hex(struct eyas_lex *lx, size_t pos, size_t end, char *ret,
			struct eyas_err *err)
{
	int hi, lo;

	if (end - pos < 4)
		return bad(lx, pos, end, err, "truncated hex char escape sequence");
	hi = hex(lx->s[pos + 2]);
	lo = hex(lx->s[pos + 3]);
	if (hi < 0 || lo < 0) {
		lx->last = (struct eyas_loc){ pos, pos + 4 };
		return eyas_err_set(err, -EINVAL, "invalid hex char escape sequence: \\x%.2s",
				    lx->s + pos + 2);
	}
	*ret = (char)(hi << 4 | lo);
	return 4;
}

/* The escape at @pos of a string in @quote up to @end: bytes of it, or -EINVAL. */
static int unescape(struct eyas_lex *lx, char quote, size_t pos, size_t end, char *ret,
		    struct eyas_err *err)
{
	static const char from[] = "bfnrt\\/", to[] = "\b\f\n\r\t\\/";
	char c = lx->s[pos + 1];
	const char *known = c ? strchr(from, c) : NULL;

	if (known) {
		*ret = to[known - from];
		return 2;
	}
	if (c == 'x')
		return unescape_hex(lx, pos, end, ret, err);
	if ((c == '"' || c == '\'') && c != quote) {
		lx->last = (struct eyas_loc){ pos, pos + 2 };
		return eyas_err_set(err, -EINVAL, "invalid \\%c escape in %c-quoted string", c,
				    quote);
	}
	if (c == quote) {
		*ret = c;
		return 2;
	}
	lx->last = (struct eyas_loc){ pos, pos + 2 };
	return eyas_err_set(err, -EINVAL, "unsupported string escape sequence: \\%c", c);
}

/* The text between quotes, from @pos up to @end. */
static int unquote(struct eyas_lex *lx, char quote, size_t pos, size_t end, struct eyas_word *ret,
		   struct eyas_err *err)
{
	char *buf = eyas_arena_alloc(lx->arena, end - pos + 1);
	size_t len = 0;

	if (!buf)
		return -ENOMEM;
	while (pos < end) {
		int n = 1;

		buf[len] = lx->s[pos];
		/* A backslash before a blank stands for itself. */
		if (lx->s[pos] == '\\' && !(pos + 1 < end && lx->s[pos + 1] == ' '))
			n = unescape(lx, quote, pos, end, &buf[len], err);
		if (n < 0)
			return n;
		pos += (size_t)n;
		len++;
	}
	*ret = (struct eyas_word){ buf, len };
	return 1;
}

int eyas_lex_quoted(struct eyas_lex *lx, struct eyas_word *ret, struct eyas_err *err)
{
	size_t from = lx->pos, end = from + 1;
	char quote = at(lx, from);

	if (quote != '"' && quote != '\'')
		return 0;
	/* Only the character before counts: "a\\" has no end here. */
	while (end < lx->len && lx->s[end] && (lx->s[end] != quote || lx->s[end - 1] == '\\'))
		end++;
	if (at(lx, end) != quote)
		return 0;
	take(lx, end + 1);
	return unquote(lx, quote, from + 1, end, ret, err);
}

int eyas_lex_word(const struct eyas_lex *lx, struct eyas_word *ret)
{
	ret->len = lx->last.end - lx->last.off;
	ret->s = eyas_arena_strndup(lx->arena, lx->s + lx->last.off, ret->len);
	return ret->s ? 0 : -ENOMEM;
}
