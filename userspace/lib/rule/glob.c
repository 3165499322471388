// SPDX-License-Identifier: Apache-2.0
/* Shell patterns. Not fnmatch(3) itself: that one takes exponential time for
 * several stars, depends on the locale and wants NUL-terminated text. */
#include "rule/glob.h"

#include <string.h>

struct pattern {
	const char *p, *end;
	bool fold;
};

static unsigned char fold_of(const struct pattern *pt, char c)
{
	return (unsigned char)(pt->fold && c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool in_range(unsigned char c, unsigned char lo, unsigned char hi)
{
	return lo <= c && c <= hi;
}

/* clang-format off */
static bool is_upper(unsigned char c) { return in_range(c, 'A', 'Z'); }
static bool is_lower(unsigned char c) { return in_range(c, 'a', 'z'); }
static bool is_alpha(unsigned char c) { return is_upper(c) || is_lower(c); }
static bool is_digit(unsigned char c) { return in_range(c, '0', '9'); }
static bool is_alnum(unsigned char c) { return is_alpha(c) || is_digit(c); }
static bool is_blank(unsigned char c) { return c == ' ' || c == '\t'; }
static bool is_space(unsigned char c) { return c == ' ' || in_range(c, '\t', '\r'); }
static bool is_cntrl(unsigned char c) { return c < 0x20 || c == 0x7f; }
static bool is_graph(unsigned char c) { return in_range(c, 0x21, 0x7e); }
static bool is_print(unsigned char c) { return in_range(c, 0x20, 0x7e); }
static bool is_punct(unsigned char c) { return is_graph(c) && !is_alnum(c); }
static bool is_xdigit(unsigned char c) { return is_digit(c) || in_range(c | 0x20, 'a', 'f'); }

static const struct { const char *name; bool (*is)(unsigned char c); } classes[] = {
	{ "[:alnum:]", is_alnum }, { "[:alpha:]", is_alpha }, { "[:blank:]", is_blank },
	{ "[:cntrl:]", is_cntrl }, { "[:digit:]", is_digit }, { "[:graph:]", is_graph },
	{ "[:lower:]", is_lower }, { "[:print:]", is_print }, { "[:punct:]", is_punct },
	{ "[:space:]", is_space }, { "[:upper:]", is_upper }, { "[:xdigit:]", is_xdigit },
};
/* clang-format on */

/* The class at @p, if one is: its length, and whether @c is in it. */
static size_t class_at(const struct pattern *pt, const char *p, unsigned char c, bool *ret_in)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		size_t n = strlen(classes[i].name);

		if ((size_t)(pt->end - p) < n || memcmp(p, classes[i].name, n))
			continue;
		*ret_in |= classes[i].is(c);
		return n;
	}
	return 0;
}

/* One character of a set, an escaped one too; NULL at the pattern's end. */
static const char *set_char(const struct pattern *pt, const char *p, unsigned char *ret)
{
	if (p < pt->end && *p == '\\')
		p++;
	if (p >= pt->end)
		return NULL;
	*ret = fold_of(pt, *p);
	return p + 1;
}

/* Is @c in the set at @p (after "[")? Sets the end; false if it has none. */
static bool set_match(const struct pattern *pt, const char *p, unsigned char c, bool *ret_in,
		      const char **ret_end)
{
	bool negated = p < pt->end && (*p == '!' || *p == '^'), in = false;
	const char *first;
	unsigned char lo, hi;

	p += negated;
	for (first = p; p < pt->end && (*p != ']' || p == first);) {
		size_t n = *p == '[' ? class_at(pt, p, c, &in) : 0;

		p += n;
		if (n)
			continue;
		p = set_char(pt, p, &lo);
		if (!p)
			return false;
		hi = lo;
		if (pt->end - p > 1 && p[0] == '-' && p[1] != ']')
			p = set_char(pt, p + 1, &hi);
		if (!p)
			return false;
		in |= in_range(c, lo, hi);
	}
	if (p >= pt->end)
		return false;
	*ret_in = in != negated;
	*ret_end = p + 1;
	return true;
}

/* Does one character match what @pt->p begins with? Then step over that. */
static bool one_match(struct pattern *pt, char c)
{
	const char *p = pt->p, *end;
	bool in;

	if (p >= pt->end)
		return false;
	if (*p == '?') {
		pt->p++;
		return true;
	}
	if (*p == '[' && set_match(pt, p + 1, fold_of(pt, c), &in, &end)) {
		pt->p = end;
		return in;
	}
	if (*p == '\\' && ++p >= pt->end)
		return false;
	pt->p = p + 1;
	return fold_of(pt, *p) == fold_of(pt, c);
}

/*
 * The shortest match of the last star is always as good as any: only that one
 * needs to be tried again.
 */
bool eyas_glob_match(const char *pat, size_t plen, const char *s, size_t slen, bool fold)
{
	struct pattern pt = { pat, pat + plen, fold };
	const char *end = s + slen, *star = NULL, *again = NULL;

	while (s < end) {
		if (pt.p < pt.end && *pt.p == '*') {
			star = ++pt.p;
			again = s;
		} else if (one_match(&pt, *s)) {
			s++;
		} else if (star) {
			pt.p = star;
			s = ++again;
		} else {
			return false;
		}
	}
	while (pt.p < pt.end && *pt.p == '*')
		pt.p++;
	return pt.p == pt.end;
}

bool eyas_glob_is_pattern(const char *pat, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr("*?[\\", pat[i]) && pat[i])
			return true;
	return false;
}
