// SPDX-License-Identifier: Apache-2.0
/* Record bytes into an event. Nothing in them is believed before it is checked. */
#include "event/event.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>
#include "event/callnr.h"
#include "event/evtype.h"

#define ARGS_MAX	6
#define PADDED(len)	(((size_t)(len) + 7) & ~(size_t)7)

/* What follows the header, by type; no name: a type that is not known here. */
static const struct {
	const char *name;
	size_t size;
} fixed[EYAS_REC_TYPE_MAX] = {
	[EYAS_REC_SYS_ENTER]	= { "system call entry", sizeof(struct eyas_sys_enter) },
	[EYAS_REC_SYS_EXIT]	= { "system call", sizeof(struct eyas_sys_exit) },
	[EYAS_REC_EXEC]		= { "exec", sizeof(struct eyas_task) },
	[EYAS_REC_FORK]		= { "fork", sizeof(struct eyas_fork) },
	[EYAS_REC_EXIT]		= { "exit", sizeof(struct eyas_exit) },
	[EYAS_REC_LOSS]		= { "loss", sizeof(struct eyas_loss) },
	[EYAS_REC_SIGNAL]	= { "signal", sizeof(struct eyas_signal) },
	[EYAS_REC_COMM]		= { "comm", sizeof(struct eyas_comm) },
	[EYAS_REC_CREDS]	= { "credentials", sizeof(struct eyas_creds_change) },
	[EYAS_REC_ANCHOR]	= { "anchor", sizeof(struct eyas_anchor) },
	[EYAS_REC_URING]	= { "io_uring", sizeof(struct eyas_uring) },
};

/*
 * The least that a blob must hold, by kind: texts and arrays may be empty, structs
 * not, and no blob is long enough to be of kind 0.
 */
static const uint32_t blob_min[UINT8_MAX + 1] = {
	[0]			= UINT32_MAX,
	[EYAS_BLOB_FILE]	= sizeof(struct eyas_file),
	[EYAS_BLOB_EXE_FILE]	= sizeof(struct eyas_file),
	[EYAS_BLOB_SOCKET]	= sizeof(struct eyas_socket),
	[EYAS_BLOB_TASK]	= sizeof(struct eyas_target),
	[EYAS_BLOB_CREDS]	= sizeof(struct eyas_creds),
	[EYAS_BLOB_NS]		= sizeof(struct eyas_ns),
	[EYAS_BLOB_TIMES]	= sizeof(struct eyas_times),
};

static int check_header(const struct eyas_record *rec, size_t len, struct eyas_err *err)
{
	if (len > EYAS_RECORD_MAX)
		return eyas_err_set(err, -EBADMSG, "byte 0: a record of %zu bytes is too long",
				    len);
	if (rec->len != len || len % 8)
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: the record says that it has %" PRIu32
				    " bytes, it has %zu",
				    offsetof(struct eyas_record, len), rec->len, len);
	if (rec->type >= EYAS_REC_TYPE_MAX || !fixed[rec->type].name)
		return eyas_err_set(err, -EBADMSG, "byte %zu: record type %u is unknown",
				    offsetof(struct eyas_record, type), (unsigned int)rec->type);
	if ((rec->abi & ~EYAS_ABI_GATE32) >= EYAS_ABI_MAX)
		return eyas_err_set(err, -EBADMSG, "byte %zu: ABI %u is unknown",
				    offsetof(struct eyas_record, abi),
				    (unsigned int)rec->abi & ~(unsigned int)EYAS_ABI_GATE32);
	return 0;
}

static void set_header(struct eyas_event *ev, const struct eyas_record *rec)
{
	ev->rec = rec;
	ev->mono = rec->time;
	ev->tid = rec->tid;
	ev->pid = rec->pid;
	ev->nr = rec->nr;
	ev->type = rec->type;
	ev->abi = rec->abi & (uint8_t)~EYAS_ABI_GATE32;
	ev->gate32 = !!(rec->abi & EYAS_ABI_GATE32);
	ev->flags = rec->flags;
	ev->sc = eyas_syscall_by_nr(ev->abi, ev->nr);
}

static void set_fixed(struct eyas_event *ev, const void *p)
{
	ev->evtype = EYAS_EVT_HIDDEN;
	switch ((enum eyas_record_type)ev->type) {
	case EYAS_REC_SYS_ENTER:
		ev->enter = p;
		break;
	case EYAS_REC_SYS_EXIT:
		ev->sys = p;
		ev->evtype = ev->sc ? ev->sc->evtype : EYAS_EVT_SYSCALL;
		break;
	case EYAS_REC_EXEC:
		ev->task = p;
		ev->evtype = SYS_execve;
		break;
	case EYAS_REC_FORK:
		ev->fork = p;
		ev->task = &ev->fork->task;
		ev->evtype = EYAS_EVT_CLONED;
		break;
	case EYAS_REC_EXIT:
		ev->exit = p;
		ev->evtype = EYAS_EVT_PROCEXIT;
		break;
	case EYAS_REC_LOSS:
		ev->loss = p;
		ev->evtype = EYAS_EVT_LOSS;
		break;
	case EYAS_REC_SIGNAL:
		ev->signal = p;
		ev->evtype = EYAS_EVT_SIGNALDELIVER;
		break;
	case EYAS_REC_COMM:
		ev->comm = p;
		break;
	case EYAS_REC_CREDS:
		ev->creds = p;
		break;
	case EYAS_REC_ANCHOR:
		ev->anchor = p;
		break;
	case EYAS_REC_URING:
		ev->uring = p;
		break;
	case EYAS_REC_TYPE_MAX:
		break;
	}
}

/* ---- blobs ---- */

/* What a blob may be of, a bit each. */
#define ARGS_OK		(((1U << ARGS_MAX) - 1) | 1U << EYAS_BLOB_NO_ARG)

static inline bool is_arg(unsigned int arg)
{
	return ARGS_OK >> arg & 1;
}

/* What is wrong with the blob at byte @at, where @left bytes are left. */
static __attribute__((cold)) int blame_blob(const struct eyas_blob *b, size_t at, size_t left,
					    struct eyas_err *err)
{
	unsigned int arg;

	if (left < sizeof(*b))
		return eyas_err_set(err, -EBADMSG, "byte %zu: %zu bytes left, no blob fits", at,
				    left);
	if (left < sizeof(*b) + PADDED(b->stored))
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: a blob of %u bytes where %zu are left",
				    at + offsetof(struct eyas_blob, stored),
				    (unsigned int)b->stored, left - sizeof(*b));
	if (!b->kind)
		return eyas_err_set(err, -EBADMSG, "byte %zu: a blob of kind 0", at);
	arg = b->arg & EYAS_BLOB_ARG_MASK;
	if (!is_arg(arg))
		return eyas_err_set(err, -EBADMSG, "byte %zu: a blob of argument %u",
				    at + offsetof(struct eyas_blob, arg), arg);
	if (b->full < b->stored)
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: a blob that holds %u bytes of %" PRIu32,
				    at + offsetof(struct eyas_blob, full), (unsigned int)b->stored,
				    b->full);
	if (b->stored < blob_min[b->kind])
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: a blob of kind %u with %u bytes, it needs %u",
				    at + offsetof(struct eyas_blob, stored), (unsigned int)b->kind,
				    (unsigned int)b->stored, (unsigned int)blob_min[b->kind]);
	return eyas_err_set(err, -EBADMSG, "byte %zu: more than %d blobs", at,
			    EYAS_EVENT_BLOBS_MAX);
}

_Static_assert(!((sizeof(struct eyas_record) | sizeof(struct eyas_sys_enter) |
		  sizeof(struct eyas_sys_exit) | sizeof(struct eyas_task) |
		  sizeof(struct eyas_fork) | sizeof(struct eyas_exit) | sizeof(struct eyas_loss) |
		  sizeof(struct eyas_signal) | sizeof(struct eyas_comm) |
		  sizeof(struct eyas_creds_change) | sizeof(struct eyas_anchor) |
		  sizeof(struct eyas_uring) | sizeof(struct eyas_blob)) % 8),
	       "what is left of a record is a multiple of 8");

/*
 * Done for all blobs of all events: so what is wrong is found out only if something
 * is. Records and all parts of them are multiples of 8, so if bytes are left, there
 * are enough for the beginning of a blob.
 */
static inline bool is_blob(const struct eyas_blob *b, size_t size, size_t left)
{
	return size <= left && is_arg(b->arg & EYAS_BLOB_ARG_MASK) && b->full >= b->stored &&
	       b->stored >= blob_min[b->kind];
}

/* All that follows byte @at of the record, up to @end. */
static inline int parse_blobs(struct eyas_event *ev, size_t at, size_t end, struct eyas_err *err)
{
	const char *record = (const char *)ev->rec;
	struct eyas_event_blob *ret = ev->blobs;

	while (at < end) {
		const struct eyas_blob *b = (const void *)(record + at);
		size_t size = sizeof(*b) + PADDED(b->stored);

		if (!is_blob(b, size, end - at))
			return blame_blob(b, at, end - at, err);
		at += size;
		if (b->kind >= EYAS_BLOB_KIND_MAX)
			continue;
		if (ret == ev->blobs + EYAS_EVENT_BLOBS_MAX)
			return blame_blob(b, at - size, end - at + size, err);
		ret->kind = b->kind;
		ret->arg = b->arg & EYAS_BLOB_ARG_MASK;
		ret->flags = b->arg & (uint8_t)~EYAS_BLOB_ARG_MASK;
		ret->full = b->full;
		ret->len = b->stored;
		ret++->data = (const char *)(b + 1);
	}
	ev->nblobs = (unsigned int)(ret - ev->blobs);
	return 0;
}

/* Blobs not used are not cleared, nor what is set anyway: this is done for each event. */
static inline void clear(struct eyas_event *ev)
{
	ev->num = ev->time = 0;
	ev->cpu = 0;
	ev->lane = 0;
	ev->enter = NULL;
	ev->sys = NULL;
	ev->task = NULL;
	ev->fork = NULL;
	ev->exit = NULL;
	ev->loss = NULL;
	ev->signal = NULL;
	ev->comm = NULL;
	ev->creds = NULL;
	ev->anchor = NULL;
	ev->uring = NULL;
}

int eyas_event_parse(struct eyas_event *ret, struct eyas_bytes bytes, struct eyas_err *err)
{
	size_t len = eyas_bytes_left(&bytes);
	const struct eyas_record *rec = eyas_bytes_take(&bytes, sizeof(*rec));
	const void *p;
	int r;

	if (!rec)
		return eyas_err_set(err, -EBADMSG, "byte 0: a record of %zu bytes has no header",
				    len);
	r = check_header(rec, len, err);
	if (r)
		return r;
	p = eyas_bytes_take(&bytes, fixed[rec->type].size);
	if (!p)
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: a %s record has %zu bytes here, it needs %zu",
				    sizeof(*rec), fixed[rec->type].name, eyas_bytes_left(&bytes),
				    fixed[rec->type].size);
	clear(ret);
	set_header(ret, rec);
	set_fixed(ret, p);
	return parse_blobs(ret, sizeof(*rec) + fixed[rec->type].size, len, err);
}

const struct eyas_event_blob *eyas_event_blob(const struct eyas_event *ev, uint8_t kind,
					      uint8_t arg)
{
	const struct eyas_event_blob *any = NULL;

	for (unsigned int i = 0; i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if (b->kind == kind && b->arg == arg)
			return b;
		if (b->kind == kind && !any)
			any = b;
	}
	return arg == EYAS_BLOB_NO_ARG ? any : NULL;
}

const struct eyas_file *eyas_event_file(const struct eyas_event *ev, uint8_t kind)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, kind, EYAS_BLOB_NO_ARG);

	return b && b->len >= sizeof(struct eyas_file) ? (const void *)b->data : NULL;
}

/* clang-format off */
static const char *const anchor_names[EYAS_ANCHOR_MAX] = {
	"file_open", "exec", "socket_create", "socket_bind", "socket_connect", "socket_listen",
	"socket_accept", "socket_sendmsg", "socket_recvmsg", "unlink", "rmdir", "mkdir", "mknod",
	"link", "symlink", "rename", "chmod", "chown", "truncate", "chroot", "setxattr",
	"removexattr", "mount", "umount", "pivot_root", "move_mount", "ptrace", "ptrace_traceme",
	"kill", "kernel_read", "kernel_load", "bpf", "mmap_exec", "mprotect_exec",
};
/* clang-format on */

const char *eyas_event_anchor_name(uint32_t anchor)
{
	return anchor < EYAS_ANCHOR_MAX ? anchor_names[anchor] : NULL;
}
