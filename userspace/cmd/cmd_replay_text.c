// SPDX-License-Identifier: Apache-2.0
/* Records that rules do not see, as eyas replay tells of them: a row for each kind. */
#include <inttypes.h>
#include <string.h>
#include "cmd_replay.h"

static const char *const type_names[EYAS_REC_TYPE_MAX] = {
	[EYAS_REC_SYS_ENTER] = "enter",	    [EYAS_REC_FORK] = "fork",
	[EYAS_REC_LOSS] = "loss",	    [EYAS_REC_COMM] = "comm",
	[EYAS_REC_CREDS] = "credentials",   [EYAS_REC_ANCHOR] = "anchor",
	[EYAS_REC_URING] = "io_uring",
};

static const char *const class_names[EYAS_CLASS_MAX] = {
	[EYAS_CLASS_OTHER] = "other",	  [EYAS_CLASS_PROCESS] = "process",
	[EYAS_CLASS_FILE] = "file",	  [EYAS_CLASS_DESC] = "desc",
	[EYAS_CLASS_NETWORK] = "network", [EYAS_CLASS_MEMORY] = "memory",
	[EYAS_CLASS_SIGNAL] = "signal",	  [EYAS_CLASS_CREDS] = "creds",
};

const char *replay_type(const struct eyas_event *ev)
{
	return type_names[ev->type];
}

/* A name that a program chose may have any bytes. */
static void add_comm(struct eyas_strbuf *out, const char *key, const char comm[16])
{
	eyas_strbuf_addf(out, " %s=", key);
	eyas_strbuf_add(out, comm, strnlen(comm, 16));
}

/* What a program gave, and what the kernel made of it. */
static void add_texts(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	for (unsigned int i = 0; i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if (b->kind != EYAS_BLOB_STRING && b->kind != EYAS_BLOB_FILE_PATH)
			continue;
		eyas_strbuf_adds(out, b->kind == EYAS_BLOB_STRING ? " text=" : " path=");
		eyas_strbuf_add(out, b->data, b->len);
	}
}

static void add_enter(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	unsigned int n = ev->sc ? ev->sc->nargs : 6;

	eyas_strbuf_addf(out, " call=%s", ev->sc ? ev->sc->name : "?");
	for (unsigned int i = 0; i < n; i++)
		eyas_strbuf_addf(out, " %s=0x%" PRIx64, ev->sc ? ev->sc->args[i].name : "arg",
				 (uint64_t)ev->enter->args[i]);
	add_texts(ev, out);
}

static void add_fork(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	eyas_strbuf_addf(out, " child=%" PRIu32, ev->fork->child_pid);
	if (ev->fork->child_tid != ev->fork->child_pid)
		eyas_strbuf_addf(out, " thread=%" PRIu32, ev->fork->child_tid);
	eyas_strbuf_addf(out, " flags=0x%" PRIx32, ev->fork->flags);
}

static void add_loss(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		if (ev->loss->count[c])
			eyas_strbuf_addf(out, " %s=%" PRIu64, class_names[c],
					 (uint64_t)ev->loss->count[c]);
	eyas_strbuf_addf(out, " within=%" PRIu64 "ns",
			 (uint64_t)(ev->loss->last - ev->loss->first));
}

static void add_creds(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	const struct eyas_creds *a = &ev->creds->before, *b = &ev->creds->after;
	const struct {
		const char *name;
		uint64_t before, after;
	} rows[] = {
		{ "uid", a->uid, b->uid },
		{ "euid", a->euid, b->euid },
		{ "suid", a->suid, b->suid },
		{ "fsuid", a->fsuid, b->fsuid },
		{ "gid", a->gid, b->gid },
		{ "egid", a->egid, b->egid },
		{ "sgid", a->sgid, b->sgid },
		{ "fsgid", a->fsgid, b->fsgid },
		{ "ngroups", a->ngroups, b->ngroups },
	};
	const struct {
		const char *name;
		uint64_t before, after;
	} bits[] = {
		{ "permitted", a->cap_permitted, b->cap_permitted },
		{ "effective", a->cap_effective, b->cap_effective },
		{ "inheritable", a->cap_inheritable, b->cap_inheritable },
		{ "bounding", a->cap_bounding, b->cap_bounding },
		{ "ambient", a->cap_ambient, b->cap_ambient },
		{ "securebits", a->securebits, b->securebits },
		{ "ns_user", a->ns_user, b->ns_user },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].before != rows[i].after)
			eyas_strbuf_addf(out, " %s=%" PRIu64 "->%" PRIu64, rows[i].name,
					 rows[i].before, rows[i].after);
	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (bits[i].before != bits[i].after)
			eyas_strbuf_addf(out, " %s=0x%" PRIx64 "->0x%" PRIx64, bits[i].name,
					 bits[i].before, bits[i].after);
}

static void add_anchor(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	const struct eyas_anchor *a = ev->anchor;

	if (eyas_event_anchor_name(a->anchor))
		eyas_strbuf_addf(out, " at=%s", eyas_event_anchor_name(a->anchor));
	else
		eyas_strbuf_addf(out, " at=%" PRIu32, a->anchor);
	eyas_strbuf_addf(out, " value=0x%" PRIx64 ",0x%" PRIx64, (uint64_t)a->value[0],
			 (uint64_t)a->value[1]);
	add_texts(ev, out);
}

static void add_uring(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	static const char *const what[] = { "create", "submit", "complete" };
	const struct eyas_uring *u = ev->uring;

	eyas_strbuf_addf(out,
			 " %s fd=%" PRId32 " opcode=%" PRIu32 " flags=0x%" PRIx32
			 " user_data=0x%" PRIx64 " res=%" PRId64,
			 u->what < 3 ? what[u->what] : "?", u->fd, u->opcode, u->flags,
			 (uint64_t)u->user_data, (int64_t)u->ret);
}

void replay_args(const struct eyas_event *ev, struct eyas_strbuf *out)
{
	size_t start = out->len;

	if (ev->enter)
		add_enter(ev, out);
	else if (ev->fork)
		add_fork(ev, out);
	else if (ev->loss)
		add_loss(ev, out);
	else if (ev->creds)
		add_creds(ev, out);
	else if (ev->anchor)
		add_anchor(ev, out);
	else if (ev->uring)
		add_uring(ev, out);
	if (ev->comm) {
		eyas_strbuf_addf(out, " tid=%" PRIu32, ev->comm->tid);
		add_comm(out, "before", ev->comm->before);
		add_comm(out, "after", ev->comm->after);
	}
	/* Without the blank in front of the first. */
	if (out->len > start) {
		memmove(out->buf + start, out->buf + start + 1, out->len - start - 1);
		eyas_strbuf_cut(out, out->len - 1);
	}
}
