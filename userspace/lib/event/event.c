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

/* The least that a blob must hold, by kind: texts and arrays may be empty, structs not. */
static const uint16_t blob_min[EYAS_BLOB_KIND_MAX] = {
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

static int check_blob(const struct eyas_blob *b, size_t at, struct eyas_err *err)
{
	unsigned int arg = b->arg & EYAS_BLOB_ARG_MASK;

	if (!b->kind)
		return eyas_err_set(err, -EBADMSG, "byte %zu: a blob of kind 0", at);
	if (arg >= ARGS_MAX && arg != EYAS_BLOB_NO_ARG)
		return eyas_err_set(err, -EBADMSG, "byte %zu: a blob of argument %u",
				    at + offsetof(struct eyas_blob, arg), arg);
	if (b->full < b->stored)
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: a blob that holds %u bytes of %" PRIu32,
				    at + offsetof(struct eyas_blob, full), (unsigned int)b->stored,
				    b->full);
	if (b->kind < EYAS_BLOB_KIND_MAX && b->stored < blob_min[b->kind])
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: a blob of kind %u with %u bytes, it needs %u",
				    at + offsetof(struct eyas_blob, stored), (unsigned int)b->kind,
				    (unsigned int)b->stored, (unsigned int)blob_min[b->kind]);
	return 0;
}

static int add_blob(struct eyas_event *ev, const struct eyas_blob *b, const void *data, size_t at,
		    struct eyas_err *err)
{
	if (b->kind >= EYAS_BLOB_KIND_MAX)
		return 0;
	if (ev->nblobs == EYAS_EVENT_BLOBS_MAX)
		return eyas_err_set(err, -EBADMSG, "byte %zu: more than %d blobs", at,
				    EYAS_EVENT_BLOBS_MAX);
	ev->blobs[ev->nblobs++] = (struct eyas_event_blob){
		.kind = b->kind,
		.arg = b->arg & EYAS_BLOB_ARG_MASK,
		.flags = b->arg & (uint8_t)~EYAS_BLOB_ARG_MASK,
		.full = b->full,
		.len = b->stored,
		.data = data,
	};
	return 0;
}

/* The blob at byte @at of the record, which is where @left starts. */
static int parse_blob(struct eyas_event *ev, struct eyas_bytes *left, size_t at,
		      struct eyas_err *err)
{
	size_t n = eyas_bytes_left(left);
	const struct eyas_blob *b = eyas_bytes_take(left, sizeof(*b));
	const void *data;
	int r;

	if (!b)
		return eyas_err_set(err, -EBADMSG, "byte %zu: %zu bytes left, no blob fits", at, n);
	data = eyas_bytes_take(left, PADDED(b->stored));
	if (!data)
		return eyas_err_set(err, -EBADMSG,
				    "byte %zu: a blob of %u bytes where %zu are left",
				    at + offsetof(struct eyas_blob, stored),
				    (unsigned int)b->stored, n - sizeof(*b));
	r = check_blob(b, at, err);
	return r ? r : add_blob(ev, b, data, at, err);
}

int eyas_event_parse(struct eyas_event *ret, struct eyas_bytes bytes, struct eyas_err *err)
{
	const unsigned char *start = bytes.p;
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
	/* Blobs not used are not cleared: this is done for each event. */
	memset(ret, 0, offsetof(struct eyas_event, blobs));
	set_header(ret, rec);
	set_fixed(ret, p);
	while (!r && eyas_bytes_left(&bytes))
		r = parse_blob(ret, &bytes, (size_t)(bytes.p - start), err);
	return r;
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
