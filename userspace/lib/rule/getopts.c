// SPDX-License-Identifier: Apache-2.0
/* Options among arguments. getopt(3) itself keeps its state in globals. */
#include "rule/getopts.h"

#include <errno.h>
#include <string.h>

struct scan {
	const struct eyas_value *args, *optstring;
	size_t next;			/* argument */
	struct eyas_value *out;
	size_t n;
	char want;			/* letter asked for, NUL: all */
	struct eyas_value found;
	bool any;
};

static struct eyas_value text(const char *p, size_t len)
{
	struct eyas_value v = { .type = EYAS_T_STRING };

	v.s.p = p;
	v.s.len = len;
	return v;
}

static void emit(struct scan *sc, struct eyas_value v)
{
	sc->out[sc->n++] = v;
}

static void note(struct scan *sc, char letter, struct eyas_value v)
{
	if (letter != sc->want)
		return;
	sc->found = v;
	sc->any = true;
}

/* Where @c is described, NULL if it is unknown. */
static const char *describe(const struct scan *sc, char c)
{
	if (c == ':' || !sc->optstring->s.len)
		return NULL;
	return memchr(sc->optstring->s.p, c, sc->optstring->s.len);
}

/* One letter at @p of an argument that ends at @end; returns where to go on. */
static const char *letter(struct scan *sc, const char *p, const char *end)
{
	const char *opt = describe(sc, *p), *stop = sc->optstring->s.p + sc->optstring->s.len;

	if (!opt) {
		emit(sc, text("?", 1));
		return p + 1;
	}
	if (opt + 1 == stop || opt[1] != ':') {
		emit(sc, text(p, 1));
		note(sc, *p, text(p, 1));
		return p + 1;
	}
	if (p + 1 < end) {
		emit(sc, text(p, 1));
		emit(sc, text(p + 1, (size_t)(end - p - 1)));
	} else if (sc->next < sc->args->l.len) {
		emit(sc, text(p, 1));
		emit(sc, sc->args->l.v[sc->next++]);
	} else {
		emit(sc, text("", 0));
	}
	note(sc, *p, sc->out[sc->n - 1]);
	return end;
}

static void scan(struct scan *sc)
{
	while (sc->next < sc->args->l.len) {
		const struct eyas_value *a = &sc->args->l.v[sc->next++];
		const char *p = a->s.p, *end = p + a->s.len;

		if (a->s.len < 2 || *p != '-')
			return;
		if (p[1] == '-') {
			if (a->s.len == 2)
				return;
			continue;
		}
		for (p++; p < end;)
			p = letter(sc, p, end);
	}
}

int eyas_getopts(const struct eyas_value *args, const struct eyas_value *optstring, const char *sub,
		 struct eyas_arena *arena, struct eyas_value *ret)
{
	struct scan sc = { .args = args, .optstring = optstring, .want = sub ? *sub : '\0' };
	size_t max = 1;

	/* Each byte is a letter at most, and takes one argument at most. */
	for (size_t i = 0; i < args->l.len; i++)
		max += args->l.v[i].s.len + 1;
	sc.out = eyas_arena_alloc(arena, max * sizeof(*sc.out));
	if (!sc.out)
		return -ENOMEM;
	scan(&sc);
	if (sub) {
		if (!sc.any)
			return -ENOENT;
		*ret = sc.found;
		return 0;
	}
	*ret = (struct eyas_value){ .type = EYAS_T_STRING, .list = true };
	ret->l.v = sc.out;
	ret->l.len = sc.n;
	return 0;
}
