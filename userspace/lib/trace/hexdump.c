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

static void put_bytes(struct eyas_trace_thread *th, const struct eyas_event_blob *b)
{
	struct eyas_strbuf *out = eyas_lines_note(th->out);
	const unsigned char *p = (const unsigned char *)b->data;

	for (size_t at = 0; at < b->len; at += ROW)
		put_row(out, p + at, b->len - at < ROW ? b->len - at : ROW, at);
	if (b->full != EYAS_BLOB_FULL_UNKNOWN && b->full > b->len)
		eyas_strbuf_addf(out, " | %05" PRIx32 "  ... %" PRIu32 " bytes not recorded\n",
				 b->len, b->full - b->len);
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

static void dump_kinds(struct eyas_trace_thread *th, const struct eyas_event *ev, bool out)
{
	for (unsigned int i = 0; ev && i < ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if ((b->kind == EYAS_BLOB_BYTES || b->kind == EYAS_BLOB_IOV_DATA) &&
		    !!(b->flags & EYAS_BLOB_F_OUT) == out)
			put_bytes(th, b);
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
	if (arg < 0 || exit->sys->ret < 0)
		return;
	fd = (int)exit->sys->args[arg];
	if (eyas_numbers_has(&o->read, fd))
		dump_kinds(th, exit, true);
	if (eyas_numbers_has(&o->write, fd)) {
		dump_kinds(th, enter, false);
		dump_kinds(th, exit, false);
	}
}
