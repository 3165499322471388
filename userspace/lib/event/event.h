/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An event: one record of the kernel, checked and laid out. This is the only
 * place where record bytes are parsed; everything after it may trust the
 * pointers here. They are borrowed: valid until the source's next event.
 */
#ifndef EYAS_EVENT_EVENT_H
#define EYAS_EVENT_EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <linux/eyas.h>
#include "base/bytes.h"
#include "base/err.h"
#include "event/syscall.h"

#define EYAS_EVENT_BLOBS_MAX	EYAS_BLOBS_MAX

struct eyas_event_blob {
	uint8_t kind;		/* enum eyas_blob_kind */
	uint8_t arg;		/* 0..5, EYAS_ROLE_*, EYAS_BLOB_NO_ARG */
	uint8_t flags;		/* EYAS_BLOB_F_* */
	uint32_t full;		/* true length; EYAS_BLOB_FULL_UNKNOWN */
	uint32_t len;
	const char *data;	/* 8-aligned, not NUL-terminated */
};

struct eyas_event {
	const struct eyas_record *rec;	/* header; the fields below are its values */
	uint64_t num;		/* 1, 2, ...; set by the source */
	uint64_t time;		/* ns since the epoch; set by the source */
	uint64_t mono;		/* CLOCK_MONOTONIC_RAW, ns */
	uint32_t tid, pid;
	int32_t nr;
	uint16_t type;		/* enum eyas_record_type */
	uint8_t abi;		/* enum eyas_abi, gate bit removed */
	uint8_t flags;		/* EYAS_REC_F_* */
	uint16_t cpu;		/* set by the source */
	uint8_t lane;		/* set by the source */
	uint8_t gate32;		/* 64-bit code through a 32-bit gate */
	uint16_t evtype;	/* index into the event types, event/evtype.h */
	const struct eyas_syscall *sc;	/* row of nr, NULL if unknown or no syscall */

	/* by type, else NULL */
	const struct eyas_sys_enter *enter;	/* SYS_ENTER */
	const struct eyas_sys_exit *sys;	/* SYS_EXIT */
	const struct eyas_task *task;		/* EXEC: itself; FORK: the child */
	const struct eyas_fork *fork;
	const struct eyas_exit *exit;
	const struct eyas_loss *loss;
	const struct eyas_signal *signal;
	const struct eyas_comm *comm;
	const struct eyas_creds_change *creds;
	const struct eyas_anchor *anchor;
	const struct eyas_uring *uring;

	unsigned int nblobs;
	struct eyas_event_blob blobs[EYAS_EVENT_BLOBS_MAX];
};

/* What a call returns if it failed: an error is -1 to -EYAS_ERRNO_MAX, what is less a value. */
#define EYAS_ERRNO_MAX	4095
static inline bool eyas_is_errno(int64_t ret)
{
	return ret < 0 && ret >= -EYAS_ERRNO_MAX;
}

/*
 * Check @bytes, 8-aligned, which must be one whole record, and lay it out in
 * @ret. Blobs of a kind that is not known here, of newer modules, are left out.
 * Returns 0, or -EBADMSG with @err telling what is wrong and at which byte;
 * @ret is then of no use. num, time, cpu and lane are the caller's to set.
 */
int eyas_event_parse(struct eyas_event *ret, struct eyas_bytes bytes, struct eyas_err *err);

/*
 * The first blob of @kind and argument @arg, or NULL. With EYAS_BLOB_NO_ARG:
 * that of the result, and if there is none, the first of any argument.
 */
const struct eyas_event_blob *eyas_event_blob(const struct eyas_event *ev, uint8_t kind,
					      uint8_t arg);

/*
 * Argument @n of a call, 0..5, as the x86_64 call of its type has it: of 32-bit
 * calls signs are extended, halves put together, pages are bytes and ids of 16
 * bits are ids. -ENOENT: @ev is no call, or the argument is in memory that was
 * not recorded.
 */
int eyas_event_arg(const struct eyas_event *ev, unsigned int n, uint64_t *ret);

/* Flags of open() as a call of @abi has them, with the numbers of x86_64. */
uint64_t eyas_event_open_flags(uint8_t abi, uint64_t flags);

/* The struct eyas_file in such a blob of @kind (FILE, EXE_FILE), or NULL. */
const struct eyas_file *eyas_event_file(const struct eyas_event *ev, uint8_t kind);

/* The name of enum eyas_anchor_id @anchor, or NULL. */
const char *eyas_event_anchor_name(uint32_t anchor);

#endif
