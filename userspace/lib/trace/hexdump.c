// SPDX-License-Identifier: Apache-2.0
/* The bytes of reads and writes below their lines, as -e read= and -e write= ask. */
#include <inttypes.h>
#include "trace/calltext.h"
#include "trace/lines.h"

#define ROW	16

static void put_row(struct eyas_strbuf *out, const unsigned char *p, size_t len, size_t at)
{
	eyas_strbuf_addf(out, " | %05zx ", at);
	for (size_t i = 0; i < ROW; i++) {
		if (i % 8 == 0)
			eyas_strbuf_addc(out, ' ');
		if (i < len)
			eyas_strbuf_addf(out, "%02x ", p[i]);
		else
			eyas_strbuf_adds(out, "   ");
	}
	eyas_strbuf_addc(out, ' ');
	for (size_t i = 0; i < ROW; i++)
		eyas_strbuf_addc(out, i >= len			 ? ' ' :
				      p[i] >= ' ' && p[i] < 0x7f ? (char)p[i] :
								   '.');
	eyas_strbuf_adds(out, " |\n");
}

/* @len bytes of which @stored are here. */
static void put_rows(struct eyas_strbuf *out, const char *data, size_t stored, uint64_t len)
{
	const unsigned char *p = (const unsigned char *)data;

	for (size_t at = 0; at < stored; at += ROW)
		put_row(out, p + at, stored - at < ROW ? stored - at : ROW, at);
	if (len > stored)
		eyas_strbuf_addf(out, " | %05zx  ... %" PRIu64 " bytes not recorded\n", stored,
				 len - stored);
}

static void put_bytes(struct eyas_trace_thread *th, const struct eyas_event_blob *b)
{
	uint64_t len = b->full == EYAS_BLOB_FULL_UNKNOWN ? b->len : b->full;

	put_rows(eyas_lines_note(th->out), b->data, b->len, len);
	eyas_lines_note_end(th->out);
}

/* What several buffers hold, each for itself; of @moved bytes there is no more. */
static void put_vector(struct eyas_trace_thread *th, const struct eyas_event_blob *iov,
		       const struct eyas_event_blob *b, uint64_t moved)
{
	const struct eyas_iov *v = (const void *)iov->data;
	struct eyas_strbuf *out = eyas_lines_note(th->out);
	size_t at = 0;

	/* Part of a vector is none. */
	if (iov->flags & EYAS_BLOB_F_FAULT)
		moved = 0;
	for (size_t i = 0; i < iov->len / sizeof(*v) && moved; i++) {
		uint64_t len = v[i].len < moved ? v[i].len : moved;
		size_t here = b->len - at < len ? b->len - at : (size_t)len;

		eyas_strbuf_addf(out, " * %" PRIu64 " bytes in buffer %zu\n", len, i);
		put_rows(out, b->data + at, here, len);
		at += here;
		moved -= len;
	}
	eyas_lines_note_end(th->out);
}

/* The argument that is the descriptor of a call that moves bytes; -1: none. */
static int fd_arg(const struct eyas_event *ev)
{
	for (unsigned int i = 0; ev->sc && i < ev->sc->nargs; i++)
		if (ev->sc->args[i].kind == EYAS_KIND_FD)
			return (int)i;
	return -1;
}

/* The buffers of argument @arg, told at either end of the call. */
static const struct eyas_event_blob *vector_of(const struct eyas_event *enter,
					       const struct eyas_event *exit, uint8_t arg)
{
	const struct eyas_event_blob *b = eyas_event_blob(exit, EYAS_BLOB_IOV, arg);

	return b || !enter ? b : eyas_event_blob(enter, EYAS_BLOB_IOV, arg);
}

static void dump_kinds(struct eyas_trace_thread *th, const struct eyas_event *enter,
		       const struct eyas_event *exit, const struct eyas_event *ev, bool out)
{
	for (unsigned int i = 0; ev && i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i], *iov;

		if (!!(b->flags & EYAS_BLOB_F_OUT) != out)
			continue;
		if (b->kind == EYAS_BLOB_BYTES)
			put_bytes(th, b);
		iov = b->kind == EYAS_BLOB_IOV_DATA ? vector_of(enter, exit, b->arg) : NULL;
		if (iov)
			put_vector(th, iov, b, out ? (uint64_t)exit->sys->ret : UINT64_MAX);
	}
}

void eyas_hexdump_call(struct eyas_trace *t, struct eyas_trace_thread *th,
		       const struct eyas_event *enter, const struct eyas_event *exit)
{
	const struct eyas_trace_options *o = t->o;
	int fd, arg;

	if ((eyas_numbers_empty(&o->read) && eyas_numbers_empty(&o->write)) || !exit->sys)
		return;
	arg = fd_arg(exit);
	if (arg < 0)
		return;
	fd = (int)exit->sys->args[arg];
	if (eyas_numbers_has(&o->read, fd) && exit->sys->ret >= 0)
		dump_kinds(th, enter, exit, exit, true);
	/* What was not written, too. */
	if (eyas_numbers_has(&o->write, fd)) {
		dump_kinds(th, enter, exit, enter, false);
		dump_kinds(th, enter, exit, exit, false);
	}
}
