// SPDX-License-Identifier: Apache-2.0
/* The automaton of Aho and Corasick, as one table: a step is one look-up a byte. */
#include "rule/finder.h"

#include <errno.h>
#include <string.h>

#define TABLE_MAX	(1U << 20)	/* entries */
#define HAS_TEXTS	(1U << 31)	/* in an entry: something ends in that state */

void eyas_finder_release(struct eyas_finder *f)
{
	eyas_vec_release(&f->texts);
	eyas_vec_release(&f->states);
	free(f->next);
	f->next = NULL;
}

int eyas_finder_add(struct eyas_finder *f, const char *s, size_t len, void *what)
{
	struct eyas_finder_text text = { .s = s, .len = len, .what = what };

	return eyas_vec_push(&f->texts, text);
}

static uint8_t folded(const struct eyas_finder *f, char c)
{
	return (uint8_t)(f->fold && c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* Bytes that occur in no text are all one class, 0. Returns the bytes of all texts. */
static size_t make_classes(struct eyas_finder *f)
{
	size_t total = 0;

	f->nclasses = 1;
	eyas_vec_for_each(&f->texts, it) {
		total += it->len;
		for (size_t i = 0; i < it->len; i++) {
			uint8_t c = folded(f, it->s[i]);

			/* With all 256 in use, class 0 would be one that is. */
			if (!f->class[c] && f->nclasses < 256)
				f->class[c] = (uint8_t)f->nclasses++;
		}
	}
	for (int c = 'A'; f->fold && c <= 'Z'; c++)
		f->class[c] = f->class[c | 0x20];
	return total;
}

static uint32_t *entry(const struct eyas_finder *f, uint32_t state, uint8_t class)
{
	return &f->next[(size_t)state * f->nclasses + class];
}

/* The path of one text from the first state on. */
static int grow(struct eyas_finder *f, uint32_t text)
{
	struct eyas_finder_text *t = &f->texts.data[text];
	uint32_t state = 0;

	for (size_t i = 0; i < t->len; i++) {
		uint32_t *e = entry(f, state, f->class[folded(f, t->s[i])]);

		if (!*e) {
			*e = (uint32_t)f->states.len;
			if (eyas_vec_push(&f->states, (struct eyas_finder_state){ 0 }))
				return -ENOMEM;
		}
		state = *e;
	}
	t->more = f->states.data[state].texts;
	f->states.data[state].texts = text + 1;
	return 0;
}

/* What a state does with a byte that does not go on is what its longest suffix does. */
static int link_states(struct eyas_finder *f)
{
	struct eyas_finder_state *st = f->states.data;
	uint32_t *queue = calloc(f->states.len, sizeof(*queue)), head = 0, tail = 1;

	if (!queue)
		return -ENOMEM;
	while (head < tail) {
		uint32_t s = queue[head++];

		for (uint32_t c = 0; c < f->nclasses; c++) {
			uint32_t *e = entry(f, s, (uint8_t)c), kid = *e;
			uint32_t other = s ? *entry(f, st[s].fail, (uint8_t)c) : 0;

			if (!kid) {
				*e = other;
				continue;
			}
			st[kid].fail = other;
			st[kid].shorter = st[other].texts ? other : st[other].shorter;
			queue[tail++] = kid;
		}
	}
	free(queue);
	return 0;
}

/* Entries become offsets into the table, and know whether there is something to tell. */
static void finish(struct eyas_finder *f)
{
	size_t n = f->states.len * f->nclasses;

	for (size_t i = 0; i < n; i++) {
		uint32_t s = f->next[i];
		bool tell = f->states.data[s].texts || f->states.data[s].shorter;

		f->next[i] = s * f->nclasses | (tell ? HAS_TEXTS : 0);
	}
}

int eyas_finder_build(struct eyas_finder *f)
{
	size_t total = make_classes(f);
	int r;

	if (!f->texts.len)
		return 0;
	if (total >= TABLE_MAX || (total + 1) * f->nclasses > TABLE_MAX || f->nclasses > 255)
		return -E2BIG;
	f->next = calloc((total + 1) * f->nclasses, sizeof(*f->next));
	r = f->next ? eyas_vec_push(&f->states, (struct eyas_finder_state){ 0 }) : -ENOMEM;
	for (uint32_t i = 0; i < f->texts.len && !r; i++)
		r = grow(f, i);
	if (!r)
		r = link_states(f);
	if (!r)
		finish(f);
	return r;
}

static void tell(const struct eyas_finder *f, uint32_t state, eyas_found_fn *fn, void *arg)
{
	for (; state; state = f->states.data[state].shorter)
		for (uint32_t t = f->states.data[state].texts; t; t = f->texts.data[t - 1].more)
			fn(f->texts.data[t - 1].what, arg);
}

void eyas_finder_scan(const struct eyas_finder *f, const char *s, size_t len, eyas_found_fn *fn,
		      void *arg)
{
	const uint32_t *next = f->next;
	uint32_t at = 0;

	if (!next)
		return;
	for (size_t i = 0; i < len; i++) {
		uint32_t e = next[at + f->class[(uint8_t)s[i]]];

		at = e & ~HAS_TEXTS;
		if (e & HAS_TEXTS)
			tell(f, at / f->nclasses, fn, arg);
	}
}
