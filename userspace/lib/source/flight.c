// SPDX-License-Identifier: Apache-2.0
/* The flight recorder: sealed blocks in slices, old slices dropped. */
#include "source/flight.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define TIME_PARTS	4	/* slices that make a window */
#define SIZE_PARTS	8	/* that make the memory, if the window is too long for it */
#define SLICES_MAX	64

struct block {
	struct block *next;
	struct eyas_capture_block head;
	struct eyas_capture_end totals;
	unsigned char stored[];
};

struct slice {
	uint64_t start;			/* time of the last record before it */
	size_t bytes;
	struct block *blocks, *last;	/* oldest first */
	struct block *state;		/* last one of the state that it begins with */
};

struct eyas_flight {
	uint64_t window;
	size_t max, bytes;
	unsigned int first, n;		/* slices; a ring of them */
	struct slice slices[SLICES_MAX];
	uint64_t time;			/* of the last record */
	struct eyas_capture_end sealed;	/* totals of what has been sealed */
	struct eyas_capture_sealer sealer;
	struct eyas_capture_packer packer;
};

static struct slice *slice_at(struct eyas_flight *f, unsigned int i)
{
	return &f->slices[(f->first + i) % SLICES_MAX];
}

static struct slice *current(struct eyas_flight *f)
{
	return slice_at(f, f->n - 1);
}

static int oom(struct eyas_err *err)
{
	return eyas_err_set(err, -ENOMEM, "cannot keep events: out of memory");
}

int eyas_flight_new(struct eyas_flight **ret, uint64_t window, size_t max, struct eyas_err *err)
{
	struct eyas_flight *f = calloc(1, sizeof(*f));

	if (!f || eyas_capture_packer_init(&f->packer, 1)) {
		free(f);
		return oom(err);
	}
	f->window = window;
	f->max = max < EYAS_FLIGHT_BYTES_MIN ? EYAS_FLIGHT_BYTES_MIN : max;
	*ret = f;
	return 0;
}

static void drop_oldest(struct eyas_flight *f)
{
	struct slice *s = slice_at(f, 0);

	while (s->blocks) {
		struct block *b = s->blocks;

		s->blocks = b->next;
		free(b);
	}
	f->bytes -= s->bytes;
	f->first = (f->first + 1) % SLICES_MAX;
	f->n--;
}

void eyas_flight_free(struct eyas_flight *f)
{
	if (!f)
		return;
	while (f->n)
		drop_oldest(f);
	eyas_capture_packer_release(&f->packer);
	eyas_capture_sealer_release(&f->sealer);
	free(f);
}

/* ---- keeping ---- */

/* What goes by age: the second slice holds all of the window. And what by size. */
static void trim(struct eyas_flight *f)
{
	while (f->n > 1 && (f->time - slice_at(f, 1)->start >= f->window || f->bytes > f->max ||
			    f->n == SLICES_MAX))
		drop_oldest(f);
}

static int keep(struct eyas_flight *f, const struct eyas_capture_block *head, const void *stored,
		const struct eyas_capture_end *totals)
{
	struct block *b = malloc(sizeof(*b) + head->stored);
	struct slice *s = current(f);

	if (!b)
		return -ENOMEM;
	b->next = NULL;
	b->head = *head;
	b->totals = *totals;
	memcpy(b->stored, stored, head->stored);
	if (s->last)
		s->last->next = b;
	else
		s->blocks = b;
	s->last = b;
	s->bytes += sizeof(*b) + head->stored;
	f->bytes += sizeof(*b) + head->stored;
	trim(f);
	return 0;
}

/* What was put since the last block is one. */
static int flush(struct eyas_flight *f)
{
	struct eyas_capture_end totals = f->packer.totals;
	struct eyas_capture_block head;
	const void *stored;

	if (eyas_capture_packer_empty(&f->packer))
		return 0;
	totals.events -= f->sealed.events;
	totals.loss_records -= f->sealed.loss_records;
	totals.bytes -= f->sealed.bytes;
	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		totals.lost[c] -= f->sealed.lost[c];
	if (eyas_capture_packer_seal(&f->packer, &f->sealer, &head, &stored))
		return -ENOMEM;
	f->sealed = f->packer.totals;
	return keep(f, &head, stored, &totals);
}

static int keep_state(struct eyas_flight *f, const struct eyas_strbuf *items)
{
	static const struct eyas_capture_end none;
	struct eyas_bytes left = eyas_bytes_of(items->buf, items->len), part;
	int r = 0;

	while (!r && eyas_capture_state_part(&left, &part)) {
		struct eyas_capture_block head = { .type = EYAS_CAPTURE_STATE,
						   .num = f->packer.num };
		const void *stored;

		r = eyas_capture_seal(&f->sealer, &head, part.p, eyas_bytes_left(&part), &stored);
		if (!r)
			r = keep(f, &head, stored, &none);
	}
	return r;
}

bool eyas_flight_due(const struct eyas_flight *f)
{
	const struct slice *s = &f->slices[(f->first + f->n - 1) % SLICES_MAX];

	return !f->n || f->time - s->start >= f->window / TIME_PARTS ||
	       s->bytes >= f->max / SIZE_PARTS;
}

int eyas_flight_begin(struct eyas_flight *f, const struct eyas_strbuf *state, struct eyas_err *err)
{
	int r = f->n ? flush(f) : 0;

	if (r)
		return oom(err);
	f->n++;
	*current(f) = (struct slice){ .start = f->time };
	if (keep_state(f, state))
		return oom(err);
	current(f)->state = current(f)->last;
	return 0;
}

int eyas_flight_state(struct eyas_flight *f, const struct eyas_strbuf *items, struct eyas_err *err)
{
	return flush(f) || keep_state(f, items) ? oom(err) : 0;
}

int eyas_flight_put(struct eyas_flight *f, const struct eyas_record_run *run, struct eyas_err *err)
{
	struct eyas_record_run left = *run;

	if (!f->time)
		current(f)->start = run->rec->time;
	while (left.len) {
		if (eyas_capture_packer_put(&f->packer, &left))
			return eyas_err_set(err, -EBADMSG, "cannot keep bytes that are no record");
		if (left.len && flush(f))
			return oom(err);
	}
	f->time = f->packer.head.last;
	return 0;
}

/* ---- writing ---- */

static int write_blocks(struct eyas_flight *f, struct eyas_capture_writer *w, struct eyas_err *err)
{
	int r = 0;

	for (unsigned int i = 0; i < f->n; i++) {
		const struct slice *s = slice_at(f, i);
		/* What a later slice begins with, the events before it tell. */
		const struct block *b = i && s->state ? s->state->next : s->blocks;

		for (; b && !r; b = b->next)
			r = eyas_capture_writer_block(w, &b->head, b->stored, &b->totals, err);
	}
	return r;
}

int eyas_flight_write(struct eyas_flight *f, const struct eyas_capture_opening *o,
		      struct eyas_capture_end *ret, struct eyas_err *err)
{
	struct eyas_capture_opening opening = *o;
	struct eyas_capture_writer *w;
	int r;

	if (f->n && flush(f))
		return oom(err);
	opening.num = f->packer.num;
	if (f->n && slice_at(f, 0)->blocks)
		opening.num = slice_at(f, 0)->blocks->head.num;
	r = eyas_capture_writer_open(&w, &opening, err);
	if (r)
		return r;
	r = write_blocks(f, w, err);
	if (!r)
		r = eyas_capture_writer_end(w, 0, err);
	*ret = *eyas_capture_writer_totals(w);
	eyas_capture_writer_free(w);
	return r;
}

size_t eyas_flight_bytes(const struct eyas_flight *f)
{
	return f->bytes;
}
