// SPDX-License-Identifier: Apache-2.0
/* A radix tree of sorted texts. Most walks end at the first byte that differs. */
#include "rule/trie.h"

#include <errno.h>
#include <string.h>

#define TEXT_MAX	(UINT32_MAX / 2)

void eyas_trie_release(struct eyas_trie *t)
{
	eyas_vec_release(&t->texts);
	eyas_vec_release(&t->nodes);
}

int eyas_trie_add(struct eyas_trie *t, struct eyas_trie_text text)
{
	return eyas_vec_push(&t->texts, text);
}

/* Byte @i of a text of @len bytes in the direction of the walk. */
static uint8_t byte_at(bool backward, const char *s, size_t len, size_t i)
{
	return (uint8_t)(backward ? s[len - 1 - i] : s[i]);
}

static uint8_t text_at(const struct eyas_trie *t, size_t text, size_t i)
{
	return byte_at(t->backward, t->texts.data[text].s, t->texts.data[text].len, i);
}

/* How many bytes both have in common. */
static size_t common(const struct eyas_trie_text *a, const struct eyas_trie_text *b, bool backward)
{
	size_t n = a->len < b->len ? a->len : b->len, i = 0;

	while (i < n && byte_at(backward, a->s, a->len, i) == byte_at(backward, b->s, b->len, i))
		i++;
	return i;
}

static int in_order(const void *pa, const void *pb, void *arg)
{
	const struct eyas_trie_text *a = pa, *b = pb;
	bool backward = *(const bool *)arg;
	size_t n = common(a, b, backward);

	if (n < a->len && n < b->len)
		return (int)byte_at(backward, a->s, a->len, n) -
		       (int)byte_at(backward, b->s, b->len, n);
	return (a->len > b->len) - (a->len < b->len);
}

/* Past the last of the texts in [lo, hi) that go on as @lo does. */
static size_t group_end(const struct eyas_trie *t, size_t lo, size_t hi, size_t depth)
{
	size_t i = lo + 1;

	while (i < hi && text_at(t, i, depth) == text_at(t, lo, depth))
		i++;
	return i;
}

/* Node @id is for texts [lo, hi), whose first @depth bytes led here. */
static int fill(struct eyas_trie *t, size_t id, size_t lo, size_t hi, size_t depth)
{
	const struct eyas_trie_text *first = &t->texts.data[lo];
	size_t end = common(first, &t->texts.data[hi - 1], t->backward), kid, next;
	struct eyas_trie_node n = {
		.edge = t->backward ? first->s + first->len - end : first->s + depth,
		.from = (uint32_t)depth, .to = (uint32_t)end, .ends = (uint32_t)lo,
	};
	int r = 0;

	if (end > depth)
		n.byte = text_at(t, lo, depth);
	for (; lo < hi && t->texts.data[lo].len == end; lo++)
		n.nends++;
	n.kids = (uint32_t)t->nodes.len;
	for (next = lo; next < hi && !r; next = group_end(t, next, hi, end)) {
		r = eyas_vec_push(&t->nodes, (struct eyas_trie_node){ 0 });
		n.nkids++;
	}
	t->nodes.data[id] = n;
	for (kid = n.kids; lo < hi && !r; lo = next) {
		next = group_end(t, lo, hi, end);
		r = fill(t, kid++, lo, next, end);
	}
	return r;
}

int eyas_trie_build(struct eyas_trie *t)
{
	if (!t->texts.len)
		return 0;
	if (t->texts.len > UINT32_MAX / 4)
		return -E2BIG;
	eyas_vec_for_each(&t->texts, it)
		if (it->len > TEXT_MAX)
			return -E2BIG;
	qsort_r(t->texts.data, t->texts.len, sizeof(*t->texts.data), in_order, &t->backward);
	if (eyas_vec_push(&t->nodes, (struct eyas_trie_node){ 0 }) ||
	    fill(t, 0, 0, t->texts.len, 0))
		return -ENOMEM;
	for (uint32_t i = 0; i < t->nodes.data[0].nkids; i++) {
		uint32_t kid = t->nodes.data[0].kids + i;

		t->start[t->nodes.data[kid].byte] = kid;
	}
	return 0;
}

static const struct eyas_trie_node *find_kid(const struct eyas_trie *t,
					     const struct eyas_trie_node *n, uint8_t byte)
{
	const struct eyas_trie_node *kids = &t->nodes.data[n->kids];
	unsigned int lo = 0, hi = n->nkids;

	while (lo < hi) {
		unsigned int mid = (lo + hi) / 2;

		if (kids[mid].byte == byte)
			return &kids[mid];
		if (kids[mid].byte < byte)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/*
 * Both directions by one text, of which the compiler makes two. Edges are
 * short: to call memcmp() takes longer.
 */
static inline __attribute__((always_inline)) void walk(const struct eyas_trie *t, bool backward,
						       const char *s, size_t len, eyas_found_fn *fn,
						       void *arg)
{
	const struct eyas_trie_node *n = t->nodes.data;
	const uint32_t *start = t->start;

	while (n && n->to <= len) {
		const char *p = backward ? s + len - n->to : s + n->from, *edge = n->edge;
		uint8_t byte;

		for (const char *end = edge + (n->to - n->from); edge < end;)
			if (*p++ != *edge++)
				return;
		for (uint32_t i = n->ends; i < n->ends + n->nends; i++)
			if (!t->texts.data[i].whole || n->to == len)
				fn(t->texts.data[i].what, arg);
		if (n->to == len)
			return;
		byte = byte_at(backward, s, len, n->to);
		if (start) {
			n = start[byte] ? &t->nodes.data[start[byte]] : NULL;
			start = NULL;
		} else {
			n = find_kid(t, n, byte);
		}
	}
}

void eyas_trie_walk(const struct eyas_trie *t, const char *s, size_t len, eyas_found_fn *fn,
		    void *arg)
{
	if (t->backward)
		walk(t, true, s, len, fn, arg);
	else
		walk(t, false, s, len, fn, arg);
}
