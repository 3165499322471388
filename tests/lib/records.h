/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records as the kernel writes them, put together by hand, for unit tests:
 *
 *	struct eyas_recs b = { 0 };
 *	struct eyas_event ev;
 *
 *	eyas_rec_by(&b, 700);
 *	eyas_rec_exec(&b, "cat")->ppid = 1;
 *	eyas_rec_text(&b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/cat");
 *	eyas_rec_sys(&b, SYS_openat, 3, AT_FDCWD, 0, O_RDONLY);
 *	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/etc/shadow");
 *	eyas_rec_event(&b, &ev);		the last one, parsed
 *	eyas_recs_release(&b);
 *
 * Records lie one after the other in data, as eyas_source_null_open() takes
 * them. Pointers given out stay valid, and may be written to, until release.
 */
#ifndef EYAS_TEST_RECORDS_H
#define EYAS_TEST_RECORDS_H

#include <stdint.h>
#include <linux/eyas.h>
#include "event/event.h"

#define EYAS_RECS_SIZE		(4U << 20)	/* bytes; more aborts the test */
#define EYAS_RECS_TIME		1700000000000000000ULL	/* of the first record, ns */

/* Zeroed: no records, made by pid 1000. */
struct eyas_recs {
	unsigned char *data;
	size_t len;
	struct eyas_record *last;	/* being built */
	uint64_t time;			/* of the last one; each is 1 us later */
	uint32_t pid, tid, seq;
};

void eyas_recs_release(struct eyas_recs *b);
void eyas_recs_reset(struct eyas_recs *b);	/* no records; time and seq go on */

/* Whose records come next: a process, by its first thread. */
void eyas_rec_by(struct eyas_recs *b, uint32_t pid);

/* A native call with up to six arguments; those not given are 0. */
#define eyas_rec_sys(b, nr, ret, ...)						\
	eyas_rec_sys_args(b, nr, ret, (const uint64_t[6]){ __VA_ARGS__ })
struct eyas_sys_exit *eyas_rec_sys_args(struct eyas_recs *b, int nr, int64_t ret,
					const uint64_t args[6]);

/*
 * Tasks have pid, vpid, pgid, sid of the process, start_time pid seconds after
 * boot, no login, all ids 0 and no capabilities. A child has @pid as tid, too.
 */
struct eyas_task *eyas_rec_exec(struct eyas_recs *b, const char *comm);
struct eyas_fork *eyas_rec_fork(struct eyas_recs *b, uint32_t pid, const char *comm);

/* The end of the process, with the start_time of its task above. */
struct eyas_exit *eyas_rec_exit(struct eyas_recs *b, uint32_t status);

/* A record of another type, with a zeroed fixed part of @size bytes; nr is -1. */
void *eyas_rec_other(struct eyas_recs *b, enum eyas_record_type type, size_t size);

/* @n records of class @cls were lost; seq goes on by as many. */
struct eyas_loss *eyas_rec_loss(struct eyas_recs *b, enum eyas_class cls, uint64_t n);

/* Add a blob to the last record; full is @len. */
struct eyas_blob *eyas_rec_blob(struct eyas_recs *b, uint8_t kind, uint8_t arg, const void *data,
				size_t len);
struct eyas_blob *eyas_rec_text(struct eyas_recs *b, uint8_t kind, uint8_t arg, const char *s);
/* A file that is not there: @mode as in struct stat, everything else 0. */
struct eyas_file *eyas_rec_file(struct eyas_recs *b, uint8_t kind, uint32_t mode);

/* Parse the last record, as a source does: num is its seq, time as recorded. */
void eyas_rec_event(struct eyas_recs *b, struct eyas_event *ret);

#endif
