// SPDX-License-Identifier: Apache-2.0
/* Vectors and messages. Their bytes were recorded joined, and are dealt out again here. */
#include "decode/msg.h"

#include "decode/struct.h"

/* What is recorded of a vector. */
struct vector {
	struct eyas_dec_mem iov, data;
	bool any, with_data;
	uint64_t addr, count;
	uint64_t bytes; /* of all its data, what the call left unused not counted */
	bool out;
};

static void print_base(struct eyas_decode *d, const struct vector *v, const struct eyas_iov *io,
		       uint64_t at)
{
	struct eyas_dec_mem m = v->data;
	uint64_t left = at < v->bytes ? v->bytes - at : 0, want = io->len;

	if (v->out && left < want)
		want = left;
	if (!io->base || !v->with_data || (want && at >= m.len)) {
		eyas_dec_addr(d, io->base);
		return;
	}
	m.p += want ? at : 0;
	m.len -= want ? (uint32_t)at : 0;
	/* The end of what was recorded is the end of what was readable. */
	eyas_dec_bytes(d, &m, io->base, want);
}

static void print_vector(struct eyas_decode *d, const struct vector *v)
{
	const struct eyas_iov *io = (const void *)v->iov.p;
	uint64_t n = v->any ? v->iov.len / sizeof(*io) : 0, i = 0, at = 0;

	if (!v->addr || (v->count && !n) || v->count > UINT32_MAX || d->opts.no_structs) {
		eyas_dec_addr(d, v->addr);
		return;
	}
	eyas_dec_open(d, '[');
	for (; i < v->count && i < n; i++) {
		if (!eyas_dec_whole(d) && i >= d->opts.strsize)
			break;
		eyas_dec_item(d);
		eyas_dec_open(d, '{');
		eyas_dec_field(d, "iov_base");
		print_base(d, v, &io[i], at);
		eyas_dec_field(d, "iov_len");
		eyas_dec_uint(d, io[i].len);
		eyas_dec_close(d, '}');
		at += io[i].len;
	}
	if (i < v->count) {
		eyas_dec_more(d);
		if (i == n && v->iov.fault && !d->json)
			eyas_strbuf_addf(
				d->out, " /* %#llx */",
				(unsigned long long)(v->addr + i * 2 * eyas_dec_word_size(d)));
	}
	eyas_dec_close(d, ']');
}

void eyas_dec_arg_iniov(struct eyas_decode *d, unsigned int arg)
{
	struct vector v = { .addr = d->args[arg], .count = d->args[arg + 1] };

	v.any = eyas_dec_in_blob(d, EYAS_BLOB_IOV, arg, &v.iov);
	v.with_data = eyas_dec_in_blob(d, EYAS_BLOB_IOV_DATA, arg, &v.data);
	v.bytes = UINT64_MAX;
	print_vector(d, &v);
}

void eyas_dec_arg_outiov(struct eyas_decode *d, unsigned int arg)
{
	struct vector v = { .addr = d->args[arg], .count = d->args[arg + 1], .out = true };

	v.any = eyas_dec_out_blob(d, EYAS_BLOB_IOV, arg, &v.iov) ||
		eyas_dec_in_blob(d, EYAS_BLOB_IOV, arg, &v.iov);
	v.with_data = !d->failed && eyas_dec_out_blob(d, EYAS_BLOB_IOV_DATA, arg, &v.data);
	v.bytes = d->failed ? 0 : (uint64_t)d->ret;
	print_vector(d, &v);
}

/* ---- messages ---- */

/* The parts of the first message that were recorded, and how many bytes it got. */
struct message {
	const struct eyas_msg *msg;
	struct vector v;
	struct eyas_dec_mem name, control;
	bool named, controlled;
	bool first; /* its parts are there */
	int64_t room; /* of its name before the call, -1: not known */
};

static bool blob(const struct eyas_decode *d, bool out, uint8_t kind, unsigned int arg,
		 struct eyas_dec_mem *m)
{
	return out ? eyas_dec_out_blob(d, kind, arg, m) : eyas_dec_in_blob(d, kind, arg, m);
}

/* The parts that follow the MSG blob number @at of @arg; those of the first: see get_parts(). */
static void get_later(const struct eyas_event *ev, unsigned int arg, bool out, uint64_t at,
		      struct message *ms)
{
	const uint8_t dir = out ? EYAS_BLOB_F_OUT : 0;
	uint64_t msgs = 0;

	for (unsigned int i = 0; ev && i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];
		struct eyas_dec_mem m = eyas_dec_mem_of(b);

		if (b->arg != arg || (b->flags & EYAS_BLOB_F_OUT) != dir)
			continue;
		if (b->kind == EYAS_BLOB_MSG)
			msgs++;
		if (msgs != at + 1)
			continue;
		ms->first = true;
		switch (b->kind) {
		case EYAS_BLOB_SOCKADDR:
			ms->named = true;
			ms->name = m;
			break;
		case EYAS_BLOB_CONTROL:
			ms->controlled = true;
			ms->control = m;
			break;
		case EYAS_BLOB_IOV:
			ms->v.any = true;
			ms->v.iov = m;
			break;
		case EYAS_BLOB_IOV_DATA:
			ms->v.with_data = true;
			ms->v.data = m;
			break;
		default:
			break;
		}
	}
}

static void get_parts(const struct eyas_decode *d, unsigned int arg, bool out, struct message *ms)
{
	ms->named = blob(d, out, EYAS_BLOB_SOCKADDR, arg, &ms->name);
	ms->controlled = blob(d, out, EYAS_BLOB_CONTROL, arg, &ms->control);
	ms->v.any = blob(d, out, EYAS_BLOB_IOV, arg, &ms->v.iov);
	ms->v.with_data = blob(d, out, EYAS_BLOB_IOV_DATA, arg, &ms->v.data);
	ms->v.out = out;
}

static void print_name(struct eyas_decode *d, const struct message *ms)
{
	const struct eyas_msg *m = ms->msg;
	uint32_t len = m->namelen < 128 ? m->namelen : 128;

	if (ms->room >= 0 && ms->room < len)
		len = (uint32_t)ms->room;
	eyas_dec_field(d, "msg_name");
	if (m->name && ms->first && ms->named && len >= 2 && ms->name.len >= len)
		eyas_dec_sockaddr(d, ms->name.p, len);
	else
		eyas_dec_addr(d, m->name);
	eyas_dec_field(d, "msg_namelen");
	if (ms->room >= 0 && ms->room != (int64_t)m->namelen) {
		eyas_dec_before(d);
		eyas_dec_int(d, ms->room);
		eyas_dec_after(d);
		eyas_dec_int(d, (int32_t)m->namelen);
		eyas_dec_changed(d);
	} else {
		eyas_dec_int(d, (int32_t)m->namelen);
	}
}

static void print_message(struct eyas_decode *d, struct message *ms)
{
	const struct eyas_msg *m = ms->msg;

	eyas_dec_open(d, '{');
	print_name(d, ms);
	eyas_dec_field(d, "msg_iov");
	if (ms->first) {
		ms->v.addr = m->iov;
		ms->v.count = m->iovlen;
		print_vector(d, &ms->v);
	} else {
		eyas_dec_addr(d, m->iov);
	}
	eyas_dec_field(d, "msg_iovlen");
	eyas_dec_uint(d, m->iovlen);
	if (m->controllen) {
		eyas_dec_field(d, "msg_control");
		eyas_dec_control(d, ms->first && ms->controlled ? &ms->control : NULL, m->control,
				 m->controllen);
	}
	eyas_dec_field(d, "msg_controllen");
	eyas_dec_uint(d, m->controllen);
	eyas_dec_field(d, "msg_flags");
	eyas_dec_flags(d, &eyas_xlat_msg, m->flags);
	eyas_dec_close(d, '}');
}

void eyas_dec_arg_inmsg(struct eyas_decode *d, unsigned int arg)
{
	struct message ms = { .first = true, .room = -1 };
	struct eyas_dec_mem m;

	if (!eyas_dec_in_blob(d, EYAS_BLOB_MSG, arg, &m) || m.len < sizeof(*ms.msg) ||
	    d->opts.no_structs) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	ms.msg = (const void *)m.p;
	get_parts(d, arg, false, &ms);
	ms.v.bytes = UINT64_MAX;
	print_message(d, &ms);
}

static uint32_t namelen_of(const struct eyas_dec_mem *m)
{
	const struct eyas_msg *msg = (const void *)m->p;

	return msg->namelen;
}

/* Of a message that did not come, only the room for its name was of use. */
static void print_no_message(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (!eyas_dec_in_blob(d, EYAS_BLOB_MSG, arg, &m) || m.len < sizeof(struct eyas_msg) ||
	    d->opts.no_structs) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "msg_namelen");
	eyas_dec_int(d, (int32_t)namelen_of(&m));
	eyas_dec_close(d, '}');
}

void eyas_dec_arg_outmsg(struct eyas_decode *d, unsigned int arg)
{
	struct message ms = { .first = true, .room = -1 };
	struct eyas_dec_mem m, before;

	if (d->failed) {
		print_no_message(d, arg);
		return;
	}
	if (!eyas_dec_out_blob(d, EYAS_BLOB_MSG, arg, &m) || m.len < sizeof(*ms.msg) ||
	    d->opts.no_structs) {
		eyas_dec_addr(d, d->args[arg]);
		return;
	}
	ms.msg = (const void *)m.p;
	if (eyas_dec_in_blob(d, EYAS_BLOB_MSG, arg, &before) && before.len >= sizeof(*ms.msg))
		ms.room = (int32_t)namelen_of(&before);
	get_parts(d, arg, true, &ms);
	ms.v.bytes = (uint64_t)d->ret;
	print_message(d, &ms);
}

/* ---- arrays of messages ---- */

/* How much was got, or sent: the call writes that behind each message. */
static void print_length(struct eyas_decode *d, unsigned int arg, uint64_t at, bool out)
{
	struct eyas_dec_mem m;

	if (!out && (!d->ended || d->failed || at >= (uint64_t)d->ret))
		return;
	/* Older captures have it only where the whole was read after the call. */
	if (!eyas_dec_out_blob(d, EYAS_BLOB_MSG, arg, &m) &&
	    !eyas_dec_in_blob(d, EYAS_BLOB_MSG, arg, &m))
		return;
	if (at >= m.len / sizeof(struct eyas_msg))
		return;
	eyas_dec_field(d, "msg_len");
	eyas_dec_uint(d, ((const struct eyas_msg *)(const void *)m.p)[at].len);
}

static void print_messages(struct eyas_decode *d, unsigned int arg, const struct eyas_dec_mem *m,
			   uint64_t count, bool out)
{
	const struct eyas_msg *msg = (const void *)m->p;
	uint64_t n = m->len / sizeof(*msg), i;
	uint32_t step = eyas_dec_32(d) ? 32 : 64;

	eyas_dec_open(d, '[');
	for (i = 0; i < count && i < n && (eyas_dec_whole(d) || i < d->opts.strsize); i++) {
		struct message ms = { .msg = &msg[i], .first = !i, .room = -1 };

		ms.v.out = out;
		if (!i)
			get_parts(d, arg, out, &ms);
		else if (out || !d->enter)
			get_later(d->exit, arg, out, i, &ms);
		else
			get_later(d->enter, arg, out, i, &ms);
		ms.v.bytes = out ? msg[i].len : UINT64_MAX;
		eyas_dec_item(d);
		eyas_dec_open(d, '{');
		eyas_dec_field(d, "msg_hdr");
		print_message(d, &ms);
		print_length(d, arg, i, out);
		eyas_dec_close(d, '}');
	}
	if (i < count) {
		eyas_dec_more(d);
		if (m->fault && !d->json)
			eyas_strbuf_addf(d->out, " /* %#llx */",
					 (unsigned long long)(d->args[arg] + i * step));
	}
	eyas_dec_close(d, ']');
}

void eyas_dec_arg_inmmsg(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;
	uint32_t count = eyas_dec_arg32(d, arg + 1);

	if (!eyas_dec_in_blob(d, EYAS_BLOB_MSG, arg, &m) || m.len < sizeof(struct eyas_msg) ||
	    d->opts.no_structs)
		eyas_dec_addr(d, d->args[arg]);
	else
		print_messages(d, arg, &m, count, false);
}

void eyas_dec_arg_outmmsg(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	if (d->failed || !eyas_dec_out_blob(d, EYAS_BLOB_MSG, arg, &m) || d->opts.no_structs)
		eyas_dec_addr(d, d->args[arg]);
	else
		print_messages(d, arg, &m, (uint64_t)d->ret, true);
}
