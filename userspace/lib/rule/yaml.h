/* SPDX-License-Identifier: Apache-2.0 */
/* A YAML file as a tree whose every node knows its place. Input is hostile. */
#ifndef EYAS_RULE_YAML_H
#define EYAS_RULE_YAML_H

#include "base/arena.h"
#include "rule/srctext.h"

enum eyas_yaml_kind { EYAS_YAML_SCALAR, EYAS_YAML_SEQ, EYAS_YAML_MAP };
enum eyas_yaml_style { EYAS_YAML_PLAIN, EYAS_YAML_SINGLE, EYAS_YAML_DOUBLE, EYAS_YAML_BLOCK };

struct eyas_yaml;
struct eyas_yaml_pair {
	struct eyas_yaml *key, *val;
};

struct eyas_yaml {
	enum eyas_yaml_kind kind;
	struct eyas_place at;
	size_t weight; /* nodes below, aliases written out */
	union {
		struct {
			const char *s; /* NUL-terminated, may hold NULs */
			size_t len;
			enum eyas_yaml_style style;
			size_t off, end; /* in the file, as written */
		} scalar;
		struct {
			struct eyas_yaml **v;
			size_t len;
		} seq;
		struct {
			struct eyas_yaml_pair *v;
			size_t len;
		} map;
	};
};

struct eyas_yaml_docs {
	EYAS_VEC(struct eyas_yaml *) v; /* roots; NULL for an empty document */
};

struct eyas_yaml_err {
	char msg[256];
	struct eyas_place at;
};

/*
 * Parse a whole stream; nodes are in @arena. 0; -EINVAL with @err filled;
 * -ENOMEM. @docs is the caller's to release in any case.
 */
int eyas_yaml_parse(const char *text, size_t len, uint32_t file, struct eyas_arena *arena,
		    struct eyas_yaml_docs *docs, struct eyas_yaml_err *err);

/* ~, null or nothing, unquoted. A missing node (NULL) is none. */
bool eyas_yaml_is_null(const struct eyas_yaml *node);

/* The value of @key in a mapping, NULL if there is none. */
struct eyas_yaml *eyas_yaml_get(const struct eyas_yaml *map, const char *key);

/* A scalar's value, each byte with its place in @file_text (of @file_len bytes). */
void eyas_yaml_srctext(const struct eyas_yaml *scalar, const char *file_text, size_t file_len,
		       struct eyas_srctext *ret);

#endif
