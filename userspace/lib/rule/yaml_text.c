// SPDX-License-Identifier: Apache-2.0
/*
 * Which byte of a file became which byte of a scalar's value. The value is
 * libyaml's; walking along what was written only finds the places again.
 */
#include <string.h>
#include "rule/yaml.h"

struct walk {
	const char *p, *end; /* what was written */
	struct eyas_place at; /* of p */
	enum eyas_yaml_style style;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void forward(struct walk *w, size_t n)
{
	for (; n && w->p < w->end; n--, w->p++) {
		bool crlf = *w->p == '\r' && w->p + 1 < w->end && w->p[1] == '\n';

		if ((*w->p == '\n' || *w->p == '\r') && !crlf) {
			w->at.line++;
			w->at.col = 1;
		} else if (((unsigned char)*w->p & 0xc0) != 0x80) {
			w->at.col++;
		}
	}
}

static void skip_blanks(struct walk *w)
{
	while (w->p < w->end && is_blank(*w->p))
		forward(w, 1);
}

/* Bytes of the escape at the cursor as written, 0 if it makes no character. */
static size_t escape_len(const struct walk *w)
{
	size_t left = (size_t)(w->end - w->p), n = 2;

	if (left < 2)
		return left;
	switch (w->p[1]) {
	case 'x':
		n = 4;
		break;
	case 'u':
		n = 6;
		break;
	case 'U':
		n = 10;
		break;
	case '\n':
	case '\r':
		return 0;
	default:
		break;
	}
	return n < left ? n : left;
}

static size_t char_len(const char *s, size_t left)
{
	size_t n = 1;

	while (n < left && ((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Over backslashes at the ends of lines, and the blanks before the next line. */
static void skip_continued(struct walk *w)
{
	while (w->style == EYAS_YAML_DOUBLE && w->p < w->end && *w->p == '\\' && !escape_len(w)) {
		forward(w, 1);
		skip_blanks(w);
	}
}

/* Put the cursor on what became the next character. */
static void seek(struct walk *w, char c)
{
	if (!is_blank(c))
		skip_blanks(w);
	skip_continued(w);
}

/* How much of what was written the character at @s (of @n bytes) is; 0: lost. */
static size_t written_len(const struct walk *w, const char *s, size_t n)
{
	size_t left = (size_t)(w->end - w->p);

	if (w->style == EYAS_YAML_DOUBLE && left && *w->p == '\\')
		return escape_len(w);
	if (w->style == EYAS_YAML_SINGLE && *s == '\'' && left > 1 && !memcmp(w->p, "''", 2))
		return 2;
	if (left >= n && !memcmp(w->p, s, n))
		return n;
	return 0;
}

/* Over anchor and tag to the scalar, and into it. */
static void start(struct walk *w)
{
	while (w->p < w->end && (*w->p == '&' || *w->p == '!')) {
		while (w->p < w->end && !is_blank(*w->p))
			forward(w, 1);
		skip_blanks(w);
	}
	if (w->style == EYAS_YAML_SINGLE || w->style == EYAS_YAML_DOUBLE)
		forward(w, 1);
	if (w->style != EYAS_YAML_BLOCK)
		return;
	/* "|2- # comment": the text begins on the next line. */
	while (w->p < w->end && *w->p != '\n' && *w->p != '\r')
		forward(w, 1);
	forward(w, 1);
	if (w->p < w->end && w->p[-1] == '\r' && *w->p == '\n')
		forward(w, 1);
}

void eyas_yaml_srctext(const struct eyas_yaml *n, const char *file_text, size_t file_len,
		       struct eyas_srctext *ret)
{
	size_t end = n->scalar.end <= file_len ? n->scalar.end : file_len;
	size_t off = n->scalar.off <= end ? n->scalar.off : end;
	struct walk w = {
		.p = file_text + off, .end = file_text + end, .at = n->at, .style = n->scalar.style
	};
	const char *s = n->scalar.s, *stop = s + n->scalar.len;

	start(&w);
	while (s < stop) {
		size_t len = char_len(s, (size_t)(stop - s)), as_written;

		seek(&w, *s);
		as_written = written_len(&w, s, len);
		/* A fold's blank stands for the line's end; others may be escapes. */
		if (!as_written && is_blank(*s) && w.p < w.end && is_blank(*w.p))
			as_written = 1;
		if (as_written == len)
			eyas_srctext_add(ret, s, len, w.at);
		else
			eyas_srctext_add_fixed(ret, s, len, w.at);
		forward(&w, as_written);
		s += len;
	}
}
