/* SPDX-License-Identifier: Apache-2.0 */
/* The records of one process or thread, and what is looked for in them. */
#ifndef EYAS_TEST_RECS_H
#define EYAS_TEST_RECS_H

#include <string.h>
#include "raw.h"

struct recs {
	const struct eyas_record *rec[8192];
	unsigned int n;
};

#define RECS_ANY (-1L)

/* What came since the last time, of @pid (0: of all), in the order of each ring. */
static inline void recs_take(struct recs *rs, struct raw *r, uint32_t pid)
{
	const struct eyas_record *rec;
	unsigned int i;

	rs->n = 0;
	for (i = 0; i < r->nrings; i++)
		while ((rec = raw_next(&r->rings[i]))) {
			CHECK(rec->type != EYAS_REC_LOSS, "records were lost");
			if (pid && rec->pid != pid)
				continue;
			CHECK(rs->n < 8192);
			rs->rec[rs->n++] = rec;
		}
}

static inline const void *recs_blob(const struct eyas_record *rec, uint8_t kind, uint8_t arg)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), kind, arg, false);

	return b ? b + 1 : NULL;
}

static inline bool recs_text(const struct eyas_record *rec, uint8_t kind, uint8_t arg,
			     const char *text)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), kind, arg, false);

	return b && b->stored == strlen(text) && !memcmp(b + 1, text, b->stored);
}

/* CHECK() that a blob is @text, telling what it is instead. */
#define RECS_TEXT(rec, kind, arg, text)							\
	do {										\
		const struct eyas_blob *b_ = raw_blob_of(rec, raw_fixed(rec), kind, arg, false); \
		CHECK(recs_text(rec, kind, arg, text), "'%.*s', not '%s'", b_ ? b_->stored : 0, \
		      b_ ? (const char *)(b_ + 1) : "", text);				\
	} while (0)

/* Number @i, from 0, of a type and call (RECS_ANY: any); NULL: there are not so many. */
static inline const struct eyas_record *recs_nth(const struct recs *rs, uint16_t type, long nr,
						 unsigned int i)
{
	unsigned int k;

	for (k = 0; k < rs->n; k++)
		if (rs->rec[k]->type == type && (nr == RECS_ANY || rs->rec[k]->nr == nr) && !i--)
			return rs->rec[k];
	return NULL;
}

/* The only one. */
static inline const struct eyas_record *recs_only(const struct recs *rs, uint16_t type, long nr)
{
	const struct eyas_record *rec = recs_nth(rs, type, nr, 0);

	CHECK(rec, "no record of type %u, call %ld", type, nr);
	CHECK(!recs_nth(rs, type, nr, 1), "two records of type %u, call %ld", type, nr);
	return rec;
}

/* Number @i of an anchor of a call. */
static inline const struct eyas_record *recs_anchor_nth(const struct recs *rs, uint32_t id, long nr,
							unsigned int i)
{
	unsigned int k;

	for (k = 0; k < rs->n; k++)
		if (rs->rec[k]->type == EYAS_REC_ANCHOR &&
		    ((const struct eyas_anchor *)(rs->rec[k] + 1))->anchor == id &&
		    (nr == RECS_ANY || rs->rec[k]->nr == nr) && !i--)
			return rs->rec[k];
	return NULL;
}

static inline const struct eyas_record *recs_anchor(const struct recs *rs, uint32_t id, long nr)
{
	const struct eyas_record *rec = recs_anchor_nth(rs, id, nr, 0);

	CHECK(rec, "no anchor %u in call %ld", id, nr);
	CHECK(!recs_anchor_nth(rs, id, nr, 1), "two anchors %u in call %ld", id, nr);
	return rec;
}

static inline uint64_t recs_value(const struct eyas_record *rec, unsigned int i)
{
	return ((const struct eyas_anchor *)(rec + 1))->value[i];
}

static inline int64_t recs_ret(const struct eyas_record *rec)
{
	return ((const struct eyas_sys_exit *)(rec + 1))->ret;
}

#endif
