/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hash maps, open addressing: struct eyas_map from u64, struct eyas_strmap from
 * byte strings (keys copied). Values are pointers, never NULL, owned by the caller.
 */
#ifndef EYAS_BASE_MAP_H
#define EYAS_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/cleanup.h"

struct eyas_map_slot { uint64_t key; void *val; };
struct eyas_map { struct eyas_map_slot *slots; size_t len, cap; };

/* A zeroed map is an empty one. */
void eyas_map_release(struct eyas_map *m);
void *eyas_map_get(const struct eyas_map *m, uint64_t key);
int eyas_map_set(struct eyas_map *m, uint64_t key, void *val) _must_check_;	/* replaces; -ENOMEM */
void *eyas_map_del(struct eyas_map *m, uint64_t key);		/* returns what was there */
/* Iterate: *pos starts at 0; returns false at the end. No changes meanwhile. */
bool eyas_map_next(const struct eyas_map *m, size_t *pos, uint64_t *ret_key, void **ret_val);

struct eyas_strmap_slot { char *key; size_t len; uint64_t hash; void *val; };
struct eyas_strmap { struct eyas_strmap_slot *slots; size_t len, cap; };

void eyas_strmap_release(struct eyas_strmap *m);
void *eyas_strmap_get(const struct eyas_strmap *m, const char *key, size_t len);
int eyas_strmap_set(struct eyas_strmap *m, const char *key, size_t len, void *val) _must_check_;
void *eyas_strmap_del(struct eyas_strmap *m, const char *key, size_t len);
bool eyas_strmap_next(const struct eyas_strmap *m, size_t *pos, const char **ret_key,
		      size_t *ret_len, void **ret_val);

uint64_t eyas_hash_bytes(const void *data, size_t len);

#endif
