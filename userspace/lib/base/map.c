// SPDX-License-Identifier: Apache-2.0
/*
 * Open addressing with linear probing; a slot without value is free. Deleting
 * moves later entries of the run up, so that there are no tombstones.
 */
#include "base/map.h"

#include <errno.h>
#include <string.h>

#define MAP_MIN		16

static uint64_t mix(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93ULL;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93ULL;
	return h ^ h >> 32;
}

uint64_t eyas_hash_bytes(const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t h = len, w;

	for (; len >= sizeof(w); len -= sizeof(w), p += sizeof(w)) {
		memcpy(&w, p, sizeof(w));
		h = mix(h ^ w) + 0x9e3779b97f4a7c15ULL;
	}
	w = 0;
	if (len)
		memcpy(&w, p, len);
	return mix(h ^ w);
}

/* At most three quarters of the slots are taken. */
static bool full(size_t len, size_t cap)
{
	return len + 1 > cap / 4 * 3;
}

/* Whether an entry at home in @home may move from @from back to the free slot @to. */
static bool may_move(size_t home, size_t from, size_t to, size_t mask)
{
	return ((from - home) & mask) >= ((from - to) & mask);
}

/* ---- by number ---- */

/* The slot of @key, or the free one where it would be. */
static struct eyas_map_slot *map_slot(const struct eyas_map *m, uint64_t key)
{
	size_t mask = m->cap - 1, i = mix(key) & mask;

	while (m->slots[i].val && m->slots[i].key != key)
		i = (i + 1) & mask;
	return &m->slots[i];
}

static int map_grow(struct eyas_map *m)
{
	struct eyas_map bigger = { .len = m->len, .cap = m->cap ? m->cap * 2 : MAP_MIN };

	bigger.slots = calloc(bigger.cap, sizeof(*bigger.slots));
	if (!bigger.slots)
		return -ENOMEM;
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].val)
			*map_slot(&bigger, m->slots[i].key) = m->slots[i];
	free(m->slots);
	*m = bigger;
	return 0;
}

void eyas_map_release(struct eyas_map *m)
{
	free(m->slots);
	*m = (struct eyas_map){ 0 };
}

void *eyas_map_get(const struct eyas_map *m, uint64_t key)
{
	return m->len ? map_slot(m, key)->val : NULL;
}

int eyas_map_set(struct eyas_map *m, uint64_t key, void *val)
{
	struct eyas_map_slot *slot = m->cap ? map_slot(m, key) : NULL;

	if (!val)
		return -EINVAL;
	if (!slot || !slot->val) {
		if (full(m->len, m->cap)) {
			if (map_grow(m))
				return -ENOMEM;
			slot = map_slot(m, key);
		}
		m->len++;
	}
	*slot = (struct eyas_map_slot){ key, val };
	return 0;
}

void *eyas_map_del(struct eyas_map *m, uint64_t key)
{
	struct eyas_map_slot *slot = m->len ? map_slot(m, key) : NULL;
	size_t mask = m->cap - 1, to, i;
	void *val;

	if (!slot || !slot->val)
		return NULL;
	val = slot->val;
	to = (size_t)(slot - m->slots);
	for (i = (to + 1) & mask; m->slots[i].val; i = (i + 1) & mask) {
		if (!may_move(mix(m->slots[i].key) & mask, i, to, mask))
			continue;
		m->slots[to] = m->slots[i];
		to = i;
	}
	m->slots[to] = (struct eyas_map_slot){ 0 };
	m->len--;
	return val;
}

bool eyas_map_next(const struct eyas_map *m, size_t *pos, uint64_t *ret_key, void **ret_val)
{
	while (*pos < m->cap) {
		const struct eyas_map_slot *slot = &m->slots[(*pos)++];

		if (!slot->val)
			continue;
		*ret_key = slot->key;
		*ret_val = slot->val;
		return true;
	}
	return false;
}

/* ---- by bytes ---- */

static struct eyas_strmap_slot *strmap_slot(const struct eyas_strmap *m, const char *key,
					    size_t len, uint64_t hash)
{
	size_t mask = m->cap - 1, i = hash & mask;

	for (;; i = (i + 1) & mask) {
		struct eyas_strmap_slot *s = &m->slots[i];

		if (!s->val ||
		    (s->hash == hash && s->len == len && (!len || !memcmp(s->key, key, len))))
			return s;
	}
}

static int strmap_grow(struct eyas_strmap *m)
{
	struct eyas_strmap bigger = { .len = m->len, .cap = m->cap ? m->cap * 2 : MAP_MIN };
	const struct eyas_strmap_slot *s;

	bigger.slots = calloc(bigger.cap, sizeof(*bigger.slots));
	if (!bigger.slots)
		return -ENOMEM;
	for (s = m->slots; s && s < m->slots + m->cap; s++)
		if (s->val)
			*strmap_slot(&bigger, s->key, s->len, s->hash) = *s;
	free(m->slots);
	*m = bigger;
	return 0;
}

void eyas_strmap_release(struct eyas_strmap *m)
{
	for (size_t i = 0; i < m->cap; i++)
		free(m->slots[i].key);
	free(m->slots);
	*m = (struct eyas_strmap){ 0 };
}

void *eyas_strmap_get(const struct eyas_strmap *m, const char *key, size_t len)
{
	return m->len ? strmap_slot(m, key, len, eyas_hash_bytes(key, len))->val : NULL;
}

int eyas_strmap_set(struct eyas_strmap *m, const char *key, size_t len, void *val)
{
	uint64_t hash = eyas_hash_bytes(key, len);
	struct eyas_strmap_slot *slot = m->cap ? strmap_slot(m, key, len, hash) : NULL;
	char *copy;

	if (!val || len == SIZE_MAX)
		return -EINVAL;
	if (slot && slot->val) {
		slot->val = val;
		return 0;
	}
	if (full(m->len, m->cap) && strmap_grow(m))
		return -ENOMEM;
	copy = malloc(len + 1);
	if (!copy)
		return -ENOMEM;
	if (len)
		memcpy(copy, key, len);
	copy[len] = '\0';
	*strmap_slot(m, key, len, hash) = (struct eyas_strmap_slot){ copy, len, hash, val };
	m->len++;
	return 0;
}

void *eyas_strmap_del(struct eyas_strmap *m, const char *key, size_t len)
{
	struct eyas_strmap_slot *slot =
		m->len ? strmap_slot(m, key, len, eyas_hash_bytes(key, len)) : NULL;
	size_t mask = m->cap - 1, to, i;
	void *val;

	if (!slot || !slot->val)
		return NULL;
	val = slot->val;
	free(slot->key);
	to = (size_t)(slot - m->slots);
	for (i = (to + 1) & mask; m->slots[i].val; i = (i + 1) & mask) {
		if (!may_move(m->slots[i].hash & mask, i, to, mask))
			continue;
		m->slots[to] = m->slots[i];
		to = i;
	}
	m->slots[to] = (struct eyas_strmap_slot){ 0 };
	m->len--;
	return val;
}

bool eyas_strmap_next(const struct eyas_strmap *m, size_t *pos, const char **ret_key,
		      size_t *ret_len, void **ret_val)
{
	while (*pos < m->cap) {
		const struct eyas_strmap_slot *slot = &m->slots[(*pos)++];

		if (!slot->val)
			continue;
		*ret_key = slot->key;
		*ret_len = slot->len;
		*ret_val = slot->val;
		return true;
	}
	return false;
}
