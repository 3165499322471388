// SPDX-License-Identifier: Apache-2.0
/* Records put together by hand. */
#include "records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PID_DEFAULT	1000
#define STEP_NS		1000
#define SECOND_NS	1000000000ULL

static void fail(const char *why)
{
	fprintf(stderr, "records: %s\n", why);
	abort();
}

/* Zeroed room behind what is there. */
static void *room(struct eyas_recs *b, size_t len)
{
	unsigned char *p;

	if (!b->data)
		b->data = calloc(1, EYAS_RECS_SIZE);
	if (!b->data || len > EYAS_RECS_SIZE - b->len)
		fail("out of memory");
	p = b->data + b->len;
	b->len += len;
	return p;
}

static void *begin(struct eyas_recs *b, uint16_t type, size_t size, uint64_t numbers)
{
	struct eyas_record *rec = room(b, sizeof(*rec) + size);

	if (!b->pid)
		b->pid = b->tid = PID_DEFAULT;
	b->time = b->time ? b->time + STEP_NS : EYAS_RECS_TIME;
	b->seq += (uint32_t)numbers;
	*rec = (struct eyas_record){
		.len = (uint32_t)(sizeof(*rec) + size), .type = type, .time = b->time,
		.pid = b->pid, .tid = b->tid, .nr = -1, .seq = b->seq,
	};
	b->last = rec;
	return rec + 1;
}

void eyas_recs_release(struct eyas_recs *b)
{
	free(b->data);
	memset(b, 0, sizeof(*b));
}

void eyas_recs_reset(struct eyas_recs *b)
{
	if (b->data)
		memset(b->data, 0, b->len);
	b->len = 0;
	b->last = NULL;
}

void eyas_rec_by(struct eyas_recs *b, uint32_t pid)
{
	b->pid = b->tid = pid;
}

struct eyas_sys_exit *eyas_rec_sys_args(struct eyas_recs *b, int nr, int64_t ret,
					const uint64_t args[6])
{
	struct eyas_sys_exit *x = begin(b, EYAS_REC_SYS_EXIT, sizeof(*x), 1);

	b->last->nr = nr;
	x->ret = ret;
	memcpy(x->args, args, sizeof(x->args));
	return x;
}

static void fill_task(struct eyas_task *t, uint32_t pid, const char *comm)
{
	t->start_time = pid * SECOND_NS;
	t->vtid = t->vpid = t->pgid = t->sid = t->vpgid = t->vsid = pid;
	t->loginuid = t->sessionid = UINT32_MAX;
	memcpy(t->comm, comm, strnlen(comm, sizeof(t->comm) - 1));
}

struct eyas_task *eyas_rec_exec(struct eyas_recs *b, const char *comm)
{
	struct eyas_task *t = begin(b, EYAS_REC_EXEC, sizeof(*t), 1);

	fill_task(t, b->pid, comm);
	return t;
}

struct eyas_fork *eyas_rec_fork(struct eyas_recs *b, uint32_t pid, const char *comm)
{
	struct eyas_fork *f = begin(b, EYAS_REC_FORK, sizeof(*f), 1);

	f->child_pid = f->child_tid = pid;
	fill_task(&f->task, pid, comm);
	f->task.ppid = b->pid;
	return f;
}

struct eyas_exit *eyas_rec_exit(struct eyas_recs *b, uint32_t status)
{
	struct eyas_exit *e = begin(b, EYAS_REC_EXIT, sizeof(*e), 1);

	e->start_time = b->pid * SECOND_NS;
	e->status = status;
	e->flags = EYAS_EXIT_F_GROUP;
	return e;
}

void *eyas_rec_other(struct eyas_recs *b, enum eyas_record_type type, size_t size)
{
	return begin(b, (uint16_t)type, size, 1);
}

struct eyas_loss *eyas_rec_loss(struct eyas_recs *b, enum eyas_class cls, uint64_t n)
{
	struct eyas_loss *l = begin(b, EYAS_REC_LOSS, sizeof(*l), n);

	b->last->pid = b->last->tid = 0;
	l->first = l->last = b->time;
	l->count[cls] = n;
	return l;
}

struct eyas_blob *eyas_rec_blob(struct eyas_recs *b, uint8_t kind, uint8_t arg, const void *data,
				size_t len)
{
	size_t size = sizeof(struct eyas_blob) + ((len + 7) & ~(size_t)7);
	struct eyas_blob *blob;

	if (!b->last || len > UINT16_MAX || b->last->len + size > EYAS_RECORD_MAX)
		fail("no record that this blob fits into");
	blob = room(b, size);
	*blob = (struct eyas_blob){
		.kind = kind, .arg = arg, .stored = (uint16_t)len, .full = (uint32_t)len,
	};
	if (len)
		memcpy(blob + 1, data, len);
	b->last->len += (uint32_t)size;
	return blob;
}

struct eyas_blob *eyas_rec_text(struct eyas_recs *b, uint8_t kind, uint8_t arg, const char *s)
{
	return eyas_rec_blob(b, kind, arg, s, strlen(s));
}

struct eyas_file *eyas_rec_file(struct eyas_recs *b, uint8_t kind, uint32_t mode)
{
	struct eyas_file f = { .mode = mode };

	return (void *)(eyas_rec_blob(b, kind, EYAS_BLOB_NO_ARG, &f, sizeof(f)) + 1);
}

void eyas_rec_event(struct eyas_recs *b, struct eyas_event *ret)
{
	struct eyas_err err = { 0 };

	if (!b->last || eyas_event_parse(ret, eyas_bytes_of(b->last, b->last->len), &err)) {
		fprintf(stderr, "records: %s\n", err.msg);
		abort();
	}
	ret->num = b->seq;
	ret->time = ret->mono;
	ret->lane = ret->sc ? ret->sc->lane : EYAS_LANE_CRIT;
}
