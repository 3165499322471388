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
	eyas_vec_release(&t->table);
}

int eyas_trie_add(struct eyas_trie *t, struct eyas_trie_text text)
{
	return eyas_vec_push(&t->texts, text);
}

static uint8_t text_at(const struct eyas_trie *t, size_t text, size_t i)
{
	return eyas_trie_byte(t->backward, t->texts.data[text].s, t->texts.data[text].len, i);
}

/* How many bytes both have in common. */
static size_t common(const struct eyas_trie_text *a, const struct eyas_trie_text *b, bool backward)
{
	size_t n = a->len < b->len ? a->len : b->len, i = 0;

	while (i < n && eyas_trie_byte(backward, a->s, a->len, i) ==
				eyas_trie_byte(backward, b->s, b->len, i))
		i++;
	return i;
}

static int in_order(const void *pa, const void *pb, void *arg)
{
	const struct eyas_trie_text *a = pa, *b = pb;
	bool backward = *(const bool *)arg;
	size_t n = common(a, b, backward);

	if (n < a->len && n < b->len)
		return (int)eyas_trie_byte(backward, a->s, a->len, n) -
		       (int)eyas_trie_byte(backward, b->s, b->len, n);
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

/* Make the nodes of the groups that texts [lo, hi) fall into by byte @depth, in a row. */
static int add_kids(struct eyas_trie *t, struct eyas_trie_node *n, size_t lo, size_t hi,
		    size_t depth)
{
	uint32_t first = (uint32_t)t->nodes.len;
	int r = 0;

	if (lo == hi)
		return 0;
	n->low = text_at(t, lo, depth);
	n->span = (uint16_t)(text_at(t, hi - 1, depth) - n->low + 1);
	n->table = (uint32_t)t->table.len;
	for (size_t i = 0; i < n->span && !r; i++)
		r = eyas_vec_push(&t->table, 0);
	for (size_t next; lo < hi && !r; lo = next) {
		next = group_end(t, lo, hi, depth);
		t->table.data[n->table + text_at(t, lo, depth) - n->low] = first++;
		r = eyas_vec_push(&t->nodes, (struct eyas_trie_node){ 0 });
	}
	return r;
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
	int r;

	for (; lo < hi && t->texts.data[lo].len == end; lo++)
		n.nends++;
	kid = t->nodes.len;
	r = add_kids(t, &n, lo, hi, end);
	t->nodes.data[id] = n;
	for (; lo < hi && !r; lo = next) {
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
	return 0;
}
