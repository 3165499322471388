// SPDX-License-Identifier: Apache-2.0
/*
 * Regular expressions. What egrep knows is translated to what PCRE2 knows;
 * what only PCRE2 knows is refused, so that rules mean the same elsewhere.
 */
#include "rule/regexp.h"

#include <errno.h>
#include <string.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include "base/strbuf.h"

#define REPEAT_MAX	1000		/* in {n,m}, as RE2 */
#define PATTERN_MAX	65536
#define STEPS_MAX	200000		/* of backtracking, then by states */
#define WORKSPACE	4096

struct eyas_regexp {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *ctx;
	int *workspace;
};

struct trans {
	const char *p, *end;
	struct eyas_strbuf out;
	struct eyas_err *err;
};

static int fail(struct trans *t, const char *what)
{
	return eyas_err_set(t->err, -EINVAL, "invalid regex pattern: %s", what);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool is_alnum(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* At a backslash. Letters that PCRE2 or Perl gave a meaning are refused. */
static int escape(struct trans *t)
{
	char c = t->end - t->p > 1 ? t->p[1] : '\0', text[3] = { '\\', c, '\0' };

	if (!c)
		return fail(t, "trailing \\");
	if (c == 'v') {
		eyas_strbuf_adds(&t->out, "\\x0b");
		t->p += 2;
		return 0;
	}
	if (c == 'x' && t->end - t->p > 3 && is_hex(t->p[2]) && is_hex(t->p[3])) {
		eyas_strbuf_add(&t->out, t->p, 4);
		t->p += 4;
		return 0;
	}
	if (is_alnum(c) && !strchr("aftnr", c))
		return eyas_err_set(t->err, -EINVAL,
				    "invalid regex pattern: invalid escape sequence: %s", text);
	eyas_strbuf_add(&t->out, t->p, 2);
	t->p += 2;
	return 0;
}

/* "[...]" with all that is in it; PCRE2 reads it the same but for escapes. */
static int bracket(struct trans *t)
{
	const char *first;
	int r = 0;

	eyas_strbuf_addc(&t->out, *t->p++);
	if (t->p < t->end && *t->p == '^')
		eyas_strbuf_addc(&t->out, *t->p++);
	for (first = t->p; !r && t->p < t->end && (*t->p != ']' || t->p == first);) {
		const char *end = NULL;

		if (*t->p == '\\') {
			r = escape(t);
			continue;
		}
		if (t->end - t->p > 1 && t->p[0] == '[' && t->p[1] == ':')
			end = memmem(t->p, (size_t)(t->end - t->p), ":]", 2);
		if (end) {
			eyas_strbuf_add(&t->out, t->p, (size_t)(end + 2 - t->p));
			t->p = end + 2;
			continue;
		}
		/* [.x.] and [=x=] mean nothing to RE2. */
		if (*t->p == '[')
			eyas_strbuf_addc(&t->out, '\\');
		eyas_strbuf_addc(&t->out, *t->p++);
	}
	if (r)
		return r;
	if (t->p >= t->end)
		return fail(t, "missing ]");
	eyas_strbuf_addc(&t->out, *t->p++);
	return 0;
}

/* Length of "{n}", "{n,}", "{n,m}" at the cursor, 0 if it is text. */
static size_t repeat_len(const struct trans *t, unsigned long *ret_max)
{
	const char *p = t->p + 1;
	unsigned long n = 0;

	*ret_max = 0;
	if (p >= t->end || !is_digit(*p))
		return 0;
	for (; p < t->end && (is_digit(*p) || *p == ','); p++) {
		if (*p == ',' && memchr(t->p, ',', (size_t)(p - t->p)))
			return 0;
		n = *p == ',' ? 0 : n * 10 + (unsigned long)(*p - '0');
		if (n > REPEAT_MAX)
			n = REPEAT_MAX + 1;
		if (n > *ret_max)
			*ret_max = n;
	}
	return p < t->end && *p == '}' ? (size_t)(p + 1 - t->p) : 0;
}

/*
 * One or more of * + ?: to egrep, "a+?" is (a+)?, to PCRE2 something else.
 * All of one kind are that kind; a mix is a star.
 */
static int repeat(struct trans *t)
{
	char kind = *t->p;
	unsigned long max;

	for (; t->p < t->end && strchr("*+?", *t->p) && *t->p; t->p++)
		if (*t->p != kind)
			kind = '*';
	if (t->p < t->end && *t->p == '{' && repeat_len(t, &max))
		return fail(t, "repetition of a repetition");
	eyas_strbuf_addc(&t->out, kind);
	return 0;
}

static int brace(struct trans *t)
{
	unsigned long max;
	size_t n = repeat_len(t, &max);

	if (!n) {
		eyas_strbuf_adds(&t->out, "\\{");
		t->p++;
		return 0;
	}
	if (max > REPEAT_MAX)
		return fail(t, "repetition count above 1000");
	eyas_strbuf_add(&t->out, t->p, n);
	t->p += n;
	if (t->p < t->end && strchr("*+?{", *t->p) && *t->p)
		return fail(t, "repetition of a repetition");
	return 0;
}

static int translate(struct trans *t)
{
	int r = 0;

	while (!r && t->p < t->end) {
		char c = *t->p, after = t->end - t->p > 1 ? t->p[1] : '\0';

		if (c == '\\') {
			r = escape(t);
		} else if (c == '[') {
			r = bracket(t);
		} else if (c == '{') {
			r = brace(t);
		} else if (c == '*' || c == '+' || c == '?') {
			r = repeat(t);
		} else if (c == '(' && (after == '?' || after == '*' || after == '+')) {
			r = fail(t, "missing argument to repetition operator");
		} else if (!c) {
			r = fail(t, "NUL in pattern");
		} else {
			eyas_strbuf_addc(&t->out, c);
			t->p++;
		}
	}
	return r ? r : eyas_strbuf_ok(&t->out) ? 0 : -ENOMEM;
}

static int compile(struct eyas_regexp *re, const struct eyas_strbuf *pattern, struct eyas_err *err)
{
	/* In egrep, ^ and $ also mean the ends of lines; \n is the only one. */
	static const uint32_t options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED |
					PCRE2_MULTILINE | PCRE2_NO_AUTO_CAPTURE |
					PCRE2_NEVER_BACKSLASH_C;
	pcre2_compile_context *cc = pcre2_compile_context_create(NULL);
	unsigned char text[160];
	PCRE2_SIZE off;
	int code;

	if (!cc)
		return -ENOMEM;
	pcre2_set_newline(cc, PCRE2_NEWLINE_LF);
	pcre2_set_parens_nest_limit(cc, 200);
	re->code = pcre2_compile((PCRE2_SPTR)pattern->buf, pattern->len, options, &code, &off, cc);
	pcre2_compile_context_free(cc);
	if (!re->code) {
		pcre2_get_error_message(code, text, sizeof(text));
		return eyas_err_set(err, -EINVAL, "invalid regex pattern: %s", (char *)text);
	}
	/* Without it, it is only slower. */
	(void)pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
	re->data = pcre2_match_data_create(1, NULL);
	re->ctx = pcre2_match_context_create(NULL);
	re->workspace = calloc(WORKSPACE, sizeof(*re->workspace));
	if (!re->data || !re->ctx || !re->workspace)
		return -ENOMEM;
	pcre2_set_match_limit(re->ctx, STEPS_MAX);
	pcre2_set_depth_limit(re->ctx, STEPS_MAX);
	return 0;
}

int eyas_regexp_create(struct eyas_regexp **ret, const char *pattern, size_t len,
		       struct eyas_err *err)
{
	struct trans t = {
		.p = pattern, .end = pattern + len, .out = EYAS_STRBUF_INIT, .err = err,
	};
	struct eyas_regexp *re = calloc(1, sizeof(*re));
	int r = re ? 0 : -ENOMEM;

	if (!r && len > PATTERN_MAX)
		r = fail(&t, "too long");
	if (!r)
		r = translate(&t);
	if (!r)
		r = compile(re, &t.out, err);
	eyas_strbuf_release(&t.out);
	if (r)
		eyas_regexp_free(re);
	else
		*ret = re;
	return r;
}

void eyas_regexp_free(struct eyas_regexp *re)
{
	if (!re)
		return;
	pcre2_match_context_free(re->ctx);
	pcre2_match_data_free(re->data);
	pcre2_code_free(re->code);
	free(re->workspace);
	free(re);
}

/* Backtracking is fast but may run wild; following all states at once is not. */
static int match(const struct eyas_regexp *re, const char *s, size_t len)
{
	int r = pcre2_match(re->code, (PCRE2_SPTR)s, len, 0, 0, re->data, re->ctx);

	if (r != PCRE2_ERROR_MATCHLIMIT && r != PCRE2_ERROR_DEPTHLIMIT &&
	    r != PCRE2_ERROR_HEAPLIMIT && r != PCRE2_ERROR_JIT_STACKLIMIT)
		return r;
	return pcre2_dfa_match(re->code, (PCRE2_SPTR)s, len, 0, 0, re->data, re->ctx, re->workspace,
			       WORKSPACE);
}

static bool is_utf8_error(int r)
{
	return r <= PCRE2_ERROR_UTF8_ERR1 && r >= PCRE2_ERROR_UTF8_ERR21;
}

bool eyas_regexp_match(const struct eyas_regexp *re, const char *s, size_t len)
{
	_cleanup_strbuf_ struct eyas_strbuf clean = EYAS_STRBUF_INIT;
	int r = match(re, s, len);

	/* Each round replaces the byte that the check of UTF-8 stopped at. */
	while (is_utf8_error(r)) {
		size_t good = pcre2_get_startchar(re->data);

		if (good >= len)
			return false;
		eyas_strbuf_add(&clean, s, good);
		eyas_strbuf_adds(&clean, "\xef\xbf\xbd");
		s += good + 1;
		len -= good + 1;
		r = pcre2_match(re->code, (PCRE2_SPTR)s, len, 0, 0, re->data, re->ctx);
	}
	if (!clean.len)
		return r >= 0;
	eyas_strbuf_add(&clean, s, len);
	return eyas_strbuf_ok(&clean) && match(re, clean.buf, clean.len) >= 0;
}

static bool is_plain(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(".[]()*+?{}|^$\\", s[i]))
			return false;
	return true;
}

/* ".*", ".+" or ".?" at @p. */
static bool is_any(const char *p)
{
	return p[0] == '.' && (p[1] == '*' || p[1] == '+' || p[1] == '?');
}

const char *eyas_regexp_simpler(const char *p, size_t len, bool *exact, char *buf, size_t size)
{
	bool head, tail;
	const char *op;

	/* Anchors change nothing: all of the value must fit anyway. */
	if (len && *p == '^') {
		p++;
		len--;
	}
	if (len && p[len - 1] == '$')
		len--;
	head = len >= 2 && is_any(p);
	tail = len >= 2 + 2 * (size_t)head && is_any(p + len - 2);
	op = head ? tail ? "contains" : "endswith" : tail ? "startswith" : "=";
	*exact = (!head || p[1] == '*') && (!tail || p[len - 1] == '*');
	p += 2 * head;
	len -= 2 * (size_t)head + 2 * (size_t)tail;
	if (!len || !is_plain(p, len))
		return NULL;
	snprintf(buf, size, "%s %.*s", op, (int)(len < 128 ? len : 128), p);
	return buf;
}
