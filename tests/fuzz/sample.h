/* SPDX-License-Identifier: Apache-2.0 */
/* A few events to try rules and outputs on. */
#ifndef EYAS_FUZZ_SAMPLE_H
#define EYAS_FUZZ_SAMPLE_H

#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include "enrich/enrich.h"
#include "rule/rules.h"

#define SAMPLES	3

struct sample {
	struct eyas_enrich *en;
	struct eyas_arena arena;
	struct eyas_event ev;
	struct eyas_field_ctx ctx;
	_Alignas(8) unsigned char record[1024];
	size_t len;
};

static void *sample_add(struct sample *s, const void *data, size_t len)
{
	void *p = s->record + s->len;

	if (len)
		memcpy(p, data, len);
	s->len = (s->len + len + 7) & ~(size_t)7;
	return p;
}

static void sample_blob(struct sample *s, uint8_t kind, uint8_t arg, const void *data, size_t len)
{
	struct eyas_blob b = { .kind = kind, .arg = arg, .stored = (uint16_t)len,
			       .full = (uint32_t)len };

	sample_add(s, &b, sizeof(b));
	sample_add(s, data, len);
}

/* 0: exec of "cat -n /etc/shadow"; 1: a link is opened; 2: a call fails. */
static inline void sample_take(struct sample *s, int which)
{
	static const char argv[] = "cat\0-n\0/etc/shadow", env[] = "HOME=/root\0PATH=/bin";
	struct eyas_record rec = { .type = EYAS_REC_SYS_EXIT, .time = 1000000000, .tid = 700,
				   .pid = 700, .nr = SYS_openat, .seq = (uint32_t)which + 1 };
	struct eyas_sys_exit sys = { .args = { (uint64_t)-100 }, .ret = which == 1 ? 3 : -2 };
	struct eyas_task task = { .start_time = 5, .ppid = 1, .vpid = 700, .comm = "cat" };
	struct eyas_err err;

	memset(s->record, 0, sizeof(s->record));
	s->len = 0;
	if (which == 0)
		rec.type = EYAS_REC_EXEC;
	sample_add(s, &rec, sizeof(rec));
	if (which == 0) {
		rec.nr = -1;
		sample_add(s, &task, sizeof(task));
		sample_blob(s, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/cat", 12);
		sample_blob(s, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, argv, sizeof(argv));
		sample_blob(s, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, env, sizeof(env));
		sample_blob(s, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/root", 5);
	} else {
		sample_add(s, &sys, sizeof(sys));
		sample_blob(s, EYAS_BLOB_STRING, 1, which == 1 ? "/tmp/x" : "a\xff b",
			    which == 1 ? 6 : 4);
		if (which == 1)
			sample_blob(s, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/shadow", 11);
	}
	rec.len = (uint32_t)s->len;
	memcpy(s->record, &rec, sizeof(rec));
	if (eyas_event_parse(&s->ev, eyas_bytes_of(s->record, s->len), &err) ||
	    eyas_enrich_update(s->en, &s->ev))
		abort();
	s->ev.num = (uint64_t)which + 1;
	s->ev.time = s->ev.mono;
}

static inline struct eyas_field_ctx *sample_ctx(struct sample *s)
{
	eyas_arena_reset(&s->arena);
	eyas_field_ctx_init(&s->ctx, &s->ev, s->en, &s->arena, "host");
	return &s->ctx;
}

static inline void sample_create(struct sample *s)
{
	struct eyas_err err;

	memset(s, 0, sizeof(*s));
	if (eyas_enrich_create(&s->en, "/nonexistent", &err))
		abort();
}

static inline void sample_release(struct sample *s)
{
	eyas_enrich_free(s->en);
	eyas_arena_release(&s->arena);
}

#endif
