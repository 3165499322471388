/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes that live by records, for unit tests of what is kept of them:
 *
 *	struct eyas_life l;
 *
 *	eyas_life_create(&l);
 *	eyas_life_start(&l, 700);
 *	eyas_life_call(&l, 700, SYS_setuid, 0, 33);
 *	ck_assert_uint_eq(eyas_enrich_proc(l.en, 700)->uid, 33);
 *	eyas_life_release(&l);
 */
#ifndef EYAS_TEST_LIFE_H
#define EYAS_TEST_LIFE_H

#include "enrich/enrich.h"
#include "fakeroot.h"
#include "records.h"

/* What root has at the start. */
#define EYAS_LIFE_CAPS	(1ULL << 6 | 1ULL << 7)		/* CAP_SETGID, CAP_SETUID */

struct eyas_life {
	struct eyas_fakeroot root;	/* with a /proc of nobody */
	struct eyas_recs b;
	struct eyas_event ev;		/* the last one */
	struct eyas_enrich *en;
	struct eyas_arena arena;
};

void eyas_life_create(struct eyas_life *l);
void eyas_life_release(struct eyas_life *l);

/* Take in the record built last. */
void eyas_life_update(struct eyas_life *l);

/* @pid executes /usr/bin/cat as "./cat", "cat /x", in /home/me, as root. */
void eyas_life_start(struct eyas_life *l, uint32_t pid);
void eyas_life_fork(struct eyas_life *l, uint32_t parent, uint32_t pid);
void eyas_life_end(struct eyas_life *l, uint32_t pid);

/* openat(AT_FDCWD, @path, @flags) = @fd */
void eyas_life_open(struct eyas_life *l, uint32_t pid, int fd, const char *path, uint64_t flags);

/* Any call, with up to six arguments. */
#define eyas_life_call(l, pid, nr, ret, ...)					\
	do {									\
		eyas_rec_by(&(l)->b, pid);					\
		eyas_rec_sys(&(l)->b, nr, ret, __VA_ARGS__);			\
		eyas_life_update(l);						\
	} while (0)

/* A text of a process must be known, and this. */
#define ck_assert_text_eq(text, want)						\
	do {									\
		struct eyas_text _t = (text);					\
		ck_assert_ptr_nonnull(_t.p);					\
		ck_assert_bytes_eq(_t.p, _t.len, want);				\
	} while (0)

#endif
