/* SPDX-License-Identifier: Apache-2.0 */
/* Small sets that options are given as: "all", "none", "a,b", "!a,b". */
#ifndef EYAS_TRACE_WORDS_H
#define EYAS_TRACE_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"
#include "base/vec.h"

/* -e status= */
#define EYAS_TRACE_SUCCESSFUL	(1U << 0)
#define EYAS_TRACE_FAILED	(1U << 1)
#define EYAS_TRACE_UNFINISHED	(1U << 2)
#define EYAS_TRACE_UNAVAILABLE	(1U << 3)
#define EYAS_TRACE_DETACHED	(1U << 4)
#define EYAS_TRACE_STATUS_ALL	0x1fU

/* -e quiet= */
#define EYAS_TRACE_QUIET_ATTACH		(1U << 0)
#define EYAS_TRACE_QUIET_EXIT		(1U << 1)
#define EYAS_TRACE_QUIET_PATHS		(1U << 2)
#define EYAS_TRACE_QUIET_PERSONALITY	(1U << 3)
#define EYAS_TRACE_QUIET_SUPERSEDED	(1U << 4)
#define EYAS_TRACE_QUIET_ALL		0x1fU

/* What is set of each, 0 or -EINVAL with @err naming the word. */
int eyas_words_status(uint32_t *ret, const char *expr, struct eyas_err *err);
int eyas_words_quiet(uint32_t *ret, const char *expr, struct eyas_err *err);
/* --decode-fds: as eyas_decode_opts.fds has it. */
int eyas_words_fds(uint8_t *ret, const char *expr, struct eyas_err *err);
/* Bit n - 1: signal n. */
int eyas_words_signals(uint64_t *ret, const char *expr, struct eyas_err *err);

/* Descriptors: -e read=, -e write=. Zeroed: none. */
struct eyas_numbers {
	EYAS_VEC(int) v;
	bool inverted; /* all but these */
};

int eyas_numbers_parse(struct eyas_numbers *ret, const char *expr, struct eyas_err *err);
bool eyas_numbers_has(const struct eyas_numbers *n, int num);
static inline bool eyas_numbers_empty(const struct eyas_numbers *n)
{
	return !n->v.len && !n->inverted;
}
static inline void eyas_numbers_release(struct eyas_numbers *n)
{
	eyas_vec_release(&n->v);
}

#endif
