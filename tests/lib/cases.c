// SPDX-License-Identifier: Apache-2.0
/* Calls written down as text. */
#include "cases.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is being read, for messages. */
struct reader {
	const struct eyas_cases *cs;
	const char *p;
	struct eyas_case *c;
};

static _Noreturn void fail(const struct reader *r, const char *why)
{
	fprintf(stderr, "%s:%u: %s, at \"%.20s\"\n", r->cs->file, r->cs->line, why, r->p);
	exit(EXIT_FAILURE);
}

bool eyas_cases_open(struct eyas_cases *cs, const char *file)
{
	FILE *f = fopen(file, "r");
	size_t len = 0, cap = 0;

	*cs = (struct eyas_cases){ .file = file };
	if (!f)
		return false;
	if (getdelim(&cs->text, &cap, EOF, f) < 0)
		len = 0;
	(void)len;
	fclose(f);
	cs->pos = cs->text;
	return cs->text != NULL;
}

void eyas_cases_close(struct eyas_cases *cs)
{
	free(cs->text);
	memset(cs, 0, sizeof(*cs));
}

static char *next_line(struct eyas_cases *cs)
{
	char *line = cs->pos, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end = '\0';
	cs->pos = end ? end + 1 : NULL;
	cs->line++;
	return line;
}

static void skip(struct reader *r)
{
	while (*r->p == ' ' || *r->p == '\t')
		r->p++;
}

static bool take(struct reader *r, char c)
{
	skip(r);
	if (*r->p != c)
		return false;
	r->p++;
	return true;
}

static uint64_t number(struct reader *r)
{
	char *end;
	uint64_t v;

	errno = 0;
	v = strtoull(r->p, &end, 0);
	if (end == r->p || errno)
		fail(r, "no number");
	r->p = end;
	return v;
}

/* ---- memory ---- */

/* An object being put together; those that it points to follow it. */
struct object {
	unsigned char data[EYAS_CASE_REGION];
	size_t len;
	struct {
		size_t at;
		struct object *to;
	} ptr[64];
	size_t nptr;
};

static void add(struct reader *r, struct object *o, const void *data, size_t len)
{
	if (len > sizeof(o->data) - o->len)
		fail(r, "too much memory");
	if (data)
		memcpy(o->data + o->len, data, len);
	o->len += len;
}

static unsigned int hex_digit(struct reader *r, char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	if (!p)
		fail(r, "no hexadecimal digit");
	return (unsigned int)(p - digits);
}

static unsigned char escape(struct reader *r)
{
	char c = *r->p++;
	unsigned int v;

	switch (c) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case '0':
		return 0;
	case 'x':
		v = hex_digit(r, r->p[0]) << 4;
		v |= hex_digit(r, r->p[1]);
		r->p += 2;
		return (unsigned char)v;
	default:
		return (unsigned char)c;
	}
}

static void text(struct reader *r, struct object *o)
{
	char quote = *r->p++;
	unsigned char c;

	while (*r->p && *r->p != quote) {
		c = (unsigned char)*r->p++;
		if (c == '\\')
			c = escape(r);
		add(r, o, &c, 1);
	}
	if (*r->p++ != quote)
		fail(r, "a text without end");
	if (quote == '"')
		add(r, o, NULL, 1);
}

static struct object *new_object(struct reader *r)
{
	struct object *o = calloc(1, sizeof(*o));

	if (!o)
		fail(r, "out of memory");
	return o;
}

static struct object *object(struct reader *r);

static void pointer(struct reader *r, struct object *o)
{
	if (o->nptr == sizeof(o->ptr) / sizeof(o->ptr[0]))
		fail(r, "too many pointers");
	r->p++;
	o->ptr[o->nptr].at = o->len;
	o->ptr[o->nptr++].to = object(r);
	add(r, o, NULL, r->c->abi == EYAS_ABI_IA32 ? 4 : 8);
}

static void value(struct reader *r, struct object *o)
{
	bool big = *r->p == 'b';
	unsigned char bytes[8];
	size_t size;
	uint64_t v;

	r->p += big;
	size = *r->p ? (size_t)(*r->p++ - '0') : 0;
	if ((size != 1 && size != 2 && size != 4 && size != 8) || *r->p++ != ':')
		fail(r, "no item");
	v = number(r);
	for (size_t i = 0; i < size; i++)
		bytes[big ? size - 1 - i : i] = (unsigned char)(v >> (8 * i));
	add(r, o, bytes, size);
}

static void item(struct reader *r, struct object *o)
{
	if (*r->p == '"' || *r->p == '\'') {
		text(r, o);
	} else if (*r->p == '*') {
		pointer(r, o);
	} else if (r->p[0] == 'z' && r->p[1] == ':') {
		r->p += 2;
		add(r, o, NULL, number(r));
	} else if (r->p[0] == 'x' && r->p[1] == ':') {
		for (r->p += 2; isxdigit((unsigned char)*r->p); r->p += 2) {
			unsigned char c =
				(unsigned char)(hex_digit(r, r->p[0]) << 4 | hex_digit(r, r->p[1]));

			add(r, o, &c, 1);
		}
	} else {
		value(r, o);
	}
}

static struct object *object(struct reader *r)
{
	struct object *o = new_object(r);

	skip(r);
	if (*r->p == '"' || *r->p == '\'') {
		text(r, o);
		return o;
	}
	if (!take(r, '{'))
		fail(r, "no memory");
	while (!take(r, '}')) {
		skip(r);
		item(r, o);
	}
	return o;
}

/* Put @o into the region of an argument, and what it points to; its address. */
static uint64_t place(struct reader *r, struct object *o, unsigned int arg, bool at_end)
{
	struct eyas_case_memory *m = &r->c->memory[arg];
	size_t at = m->used, word = r->c->abi == EYAS_ABI_IA32 ? 4 : 8;

	if (o->len + 16 > sizeof(m->before) - m->used - m->end_used)
		fail(r, "too much memory");
	if (at_end) {
		m->end_used += o->len;
		at = sizeof(m->before) - m->end_used;
	} else {
		m->used = (m->used + o->len + 15) & ~(size_t)15;
	}
	for (size_t i = 0; i < o->nptr; i++) {
		uint64_t to = place(r, o->ptr[i].to, arg, false);

		memcpy(o->data + o->ptr[i].at, &to, word);
	}
	memcpy(m->before + at, o->data, o->len);
	free(o);
	return eyas_case_base(arg) + at;
}

/* An object in the region of @arg, and what the call makes of it. */
static uint64_t memory(struct reader *r, unsigned int arg)
{
	struct eyas_case_memory *m = &r->c->memory[arg];
	struct object *o;
	uint64_t addr;
	bool at_end;

	at_end = take(r, '~');
	addr = place(r, object(r), arg, at_end);
	if (!take(r, '>'))
		return addr;
	/* Copied over what is there, as the call does. */
	o = object(r);
	m->poke = (size_t)(addr - eyas_case_base(arg));
	m->poke_len = o->len;
	memcpy(m->after + m->poke, o->data, o->len);
	free(o);
	return addr;
}

static uint64_t argument(struct reader *r, unsigned int arg)
{
	skip(r);
	if (!*r->p || !strchr("~{\"'", *r->p))
		return number(r);
	return memory(r, arg);
}

/* Memory that no argument is of: "@2 { ... }". */
static bool more_memory(struct reader *r)
{
	unsigned int region;

	if (!take(r, '@'))
		return false;
	region = (unsigned int)(*r->p - '0');
	if (region >= EYAS_CASE_ARGS)
		fail(r, "no region");
	r->p++;
	memory(r, region);
	return true;
}

/* ---- calls ---- */

static void name(struct reader *r)
{
	char word[64];
	size_t n;

	r->c->abi = EYAS_ABI_X86_64;
	if (strncmp(r->p, "ia32:", 5) == 0) {
		r->c->abi = EYAS_ABI_IA32;
		r->p += 5;
	}
	n = strcspn(r->p, " ");
	if (n >= sizeof(word))
		fail(r, "no name");
	if (strncmp(r->p, "nr:", 3) == 0) {
		r->p += 3;
		r->c->nr = (int)number(r);
		r->c->sc = eyas_syscall_by_nr(r->c->abi, r->c->nr);
		return;
	}
	memcpy(word, r->p, n);
	word[n] = '\0';
	r->c->sc = eyas_syscall_by_name(r->c->abi, word);
	if (!r->c->sc)
		fail(r, "no such call");
	r->c->nr = r->c->sc->nr;
	r->p += n;
}

static void read_call(struct reader *r)
{
	struct eyas_case *c = r->c;
	unsigned int n = 0;

	memset(c, 0, sizeof(*c));
	name(r);
	while (!take(r, '=')) {
		if (more_memory(r))
			continue;
		if (n == EYAS_CASE_ARGS)
			fail(r, "too many arguments");
		c->args[n] = argument(r, n);
		n++;
	}
	for (n = 0; n < EYAS_CASE_ARGS; n++) {
		struct eyas_case_memory *m = &c->memory[n];
		size_t end = m->poke + m->poke_len;

		memcpy(m->after, m->before, m->poke);
		memcpy(m->after + end, m->before + end, sizeof(m->before) - end);
	}
	c->ended = !take(r, '?');
	if (c->ended)
		c->ret = (int64_t)number(r);
	skip(r);
	if (*r->p)
		fail(r, "more than a result");
}

bool eyas_cases_next(struct eyas_cases *cs, struct eyas_case *ret)
{
	struct reader r = { .cs = cs, .c = ret };
	char *line;

	while ((line = next_line(cs))) {
		if (!*line || *line == '#')
			continue;
		if (*line == '!') {
			cs->opts = line + 1;
			continue;
		}
		r.p = line;
		read_call(&r);
		ret->line = cs->line;
		ret->opts = cs->opts ? cs->opts : "";
		ret->expect = next_line(cs);
		if (!ret->expect)
			fail(&r, "no line to be expected");
		return true;
	}
	return false;
}

const unsigned char *eyas_case_at(const struct eyas_case *c, bool after, uint64_t addr,
				  uint64_t *ret_len)
{
	for (unsigned int i = 0; i < EYAS_CASE_ARGS; i++) {
		uint64_t at = addr - eyas_case_base(i);

		if (at >= EYAS_CASE_REGION)
			continue;
		*ret_len = EYAS_CASE_REGION - at;
		return (after ? c->memory[i].after : c->memory[i].before) + at;
	}
	*ret_len = 0;
	return NULL;
}
