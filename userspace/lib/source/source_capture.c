// SPDX-License-Identifier: Apache-2.0
/* Capture files as a source: the parts of a recording one after the other, record by record. */
#include "source/source_capture.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "source/capture_pack.h"
#include "source/capture_read.h"
#include "source/clock.h"

struct capture_source {
	struct eyas_source src;
	struct eyas_capture_config cfg;
	size_t part;				/* of the paths, being read */
	struct eyas_capture_reader *reader;
	struct eyas_facts facts;
	bool facts_known, events_seen, started;	/* started: the first part's state is told */
	bool ended;				/* with an END block */
	struct eyas_capture_end end;
	uint64_t num;				/* of the next record; 0: not known yet */
	int failed;
	struct eyas_err err;

	/* the block being read */
	uint32_t left;				/* records */
	struct eyas_capture_pieces pieces;
	struct eyas_capture_coder coder;
	struct eyas_clock clock;
	unsigned char *rec;			/* EYAS_RECORD_MAX bytes */
};

/* What @s->err says is wrong with the current block. */
static int bad_block(struct capture_source *s)
{
	return eyas_capture_reader_fail(s->reader, &s->err);
}

static int bad(struct capture_source *s, const char *what)
{
	eyas_err_set(&s->err, -EBADMSG, "%s", what);
	return bad_block(s);
}

/* ---- blocks ---- */

static int take_facts(struct capture_source *s, struct eyas_bytes payload)
{
	if (s->facts_known || s->events_seen)
		return bad(s, "facts where there should be none");
	s->facts_known = true;
	/* Those of the first part are those of all. */
	if (s->started)
		return 0;
	return eyas_facts_load(&s->facts, payload) ? bad(s, "facts that do not fit the block") : 0;
}

static int take_state(struct capture_source *s, struct eyas_bytes payload)
{
	/* What a later part begins with is known from the events before it. */
	if (!s->cfg.state || (s->started && !s->events_seen))
		return 0;
	return s->cfg.state(s->cfg.arg, payload, &s->err) ? bad_block(s) : 0;
}

static int take_events(struct capture_source *s, const struct eyas_capture_block *b,
		       struct eyas_bytes payload)
{
	struct eyas_capture_events head;
	const void *tokens, *words;

	if (!eyas_bytes_get(&payload, &head, sizeof(head)))
		return bad(s, "records that do not fit the block");
	tokens = eyas_bytes_take(&payload, head.tokens);
	words = eyas_bytes_take(&payload, head.words);
	if (!tokens || !words)
		return bad(s, "records that do not fit the block");
	if (!b->num || (s->num && b->num != s->num)) {
		eyas_err_set(&s->err, -EBADMSG,
			     "records from number %" PRIu64 " on where number %" PRIu64
			     " is to follow",
			     (uint64_t)b->num, s->num);
		return bad_block(s);
	}
	s->pieces = (struct eyas_capture_pieces){
		eyas_bytes_of(tokens, head.tokens),
		eyas_bytes_of(words, head.words),
		payload,
	};
	s->num = b->num;
	s->left = b->records;
	s->events_seen = s->started = true;
	memset(&s->coder, 0, sizeof(s->coder));
	eyas_clock_set(&s->clock, b->first, b->first + b->clock);
	return 0;
}

static int take_end(struct capture_source *s, struct eyas_bytes payload)
{
	if (eyas_bytes_left(&payload) < sizeof(s->end))
		return bad(s, "an end mark that is too short");
	memcpy(&s->end, payload.p, sizeof(s->end));
	s->ended = true;
	return 0;
}

/* ---- parts ---- */

/* Whether the file of @r is the part behind the current one. */
static bool continues(const struct capture_source *s, const struct eyas_capture_reader *r)
{
	const struct eyas_capture_file *now = eyas_capture_reader_file(s->reader);
	const struct eyas_capture_file *next = eyas_capture_reader_file(r);

	return !memcmp(now->id, next->id, sizeof(now->id)) && next->part == now->part + 1;
}

/* Go on with the next path: 1; it is none of this recording, or there is none: 0. */
static int next_part(struct capture_source *s)
{
	struct eyas_capture_reader *r;
	size_t n = s->part + 1;

	if (n >= s->cfg.npaths || !s->ended || !(s->end.flags & EYAS_CAPTURE_END_F_MORE))
		return 0;
	if (eyas_capture_reader_open(&r, s->cfg.paths[n], s->cfg.follow, &s->err))
		return s->err.code;
	if (!continues(s, r)) {
		eyas_capture_reader_close(r);
		return 0;
	}
	eyas_capture_reader_close(s->reader);
	s->reader = r;
	s->part = n;
	s->facts_known = s->events_seen = s->ended = false;
	s->started = true;
	return 1;
}

/* Read a block and take what is in it. 1; 0 and -ENODATA as for next; -errno. */
static int next_block(struct capture_source *s)
{
	const struct eyas_capture_block *b;
	struct eyas_bytes payload;
	int r = eyas_capture_reader_next(s->reader, &b, &payload, &s->err);

	if (r == -ENODATA) {
		r = next_part(s);
		return r ? r : -ENODATA;
	}
	if (r <= 0)
		return r;
	switch ((enum eyas_capture_type)b->type) {
	case EYAS_CAPTURE_FACTS:
		r = take_facts(s, payload);
		break;
	case EYAS_CAPTURE_STATE:
		r = take_state(s, payload);
		break;
	case EYAS_CAPTURE_EVENTS:
		r = take_events(s, b, payload);
		break;
	case EYAS_CAPTURE_END:
		r = take_end(s, payload);
		break;
	}
	return r ? r : 1;
}

/* ---- records ---- */

static int give(struct capture_source *s, struct eyas_event *ret)
{
	const struct eyas_record *rec = (const void *)s->rec;
	int r = eyas_capture_unpack(&s->coder, &s->pieces, s->rec, &s->err);

	if (!r)
		return bad(s, "fewer records than the block tells of");
	if (r > 0)
		r = eyas_event_parse(ret, eyas_bytes_of(rec, rec->len), &s->err);
	if (r < 0) {
		eyas_err_prefix(&s->err, "event %" PRIu64 ": ", s->num);
		return bad_block(s);
	}
	ret->num = s->num++;
	ret->time = eyas_clock_real(&s->clock, ret->mono);
	ret->cpu = s->coder.ring->cpu;
	ret->lane = s->coder.ring->lane;
	s->left--;
	return 1;
}

/* All records of a block are out: nothing may be left of it. */
static int finish_block(struct capture_source *s)
{
	size_t left = eyas_bytes_left(&s->pieces.tokens) + eyas_bytes_left(&s->pieces.words) +
		      eyas_bytes_left(&s->pieces.rest);

	memset(&s->pieces, 0, sizeof(s->pieces));
	return left ? bad(s, "more records than the block tells of") : 0;
}

static int next(struct capture_source *s, struct eyas_event *ret)
{
	int r = 1;

	while (r > 0 && !s->left) {
		r = finish_block(s);
		if (!r)
			r = next_block(s);
	}
	return r > 0 ? give(s, ret) : r;
}

static int capture_next(struct eyas_source *src, struct eyas_event *ret, struct eyas_err *err)
{
	struct capture_source *s = (struct capture_source *)src;
	int r = s->failed ? s->failed : next(s, ret);

	if (r < 0) {
		s->failed = r;
		if (r != -ENODATA && err)
			*err = s->err;
	}
	return r;
}

static int capture_fd(const struct eyas_source *src)
{
	return eyas_capture_reader_fd(((const struct capture_source *)src)->reader);
}

static void capture_close(struct eyas_source *src)
{
	struct capture_source *s = (struct capture_source *)src;

	eyas_capture_reader_close(s->reader);
	free(s->rec);
	free(s);
}

static const struct eyas_source_ops capture_ops = {
	.next = capture_next,
	.fd = capture_fd,
	.close = capture_close,
};

/* ---- opening ---- */

/* Facts and state of the start: they are there, or soon will be, when the file is. */
static int begin(struct capture_source *s)
{
	int r = 1;

	while (r > 0 && !s->left && !s->ended)
		r = next_block(s);
	return r < 0 && r != -ENODATA ? r : 0;
}

int eyas_source_capture_open(struct eyas_source **ret, const struct eyas_capture_config *cfg,
			     struct eyas_err *err)
{
	struct capture_source *s = calloc(1, sizeof(*s));
	unsigned char *rec = malloc(EYAS_RECORD_MAX);
	int r;

	if (!s || !rec) {
		free(rec);
		free(s);
		return eyas_err_set(err, -ENOMEM, "cannot read '%s': out of memory", cfg->paths[0]);
	}
	s->rec = rec;
	s->src.ops = &capture_ops;
	s->cfg = *cfg;
	r = eyas_capture_reader_open(&s->reader, cfg->paths[0], cfg->follow, &s->err);
	if (!r)
		r = begin(s);
	if (r) {
		if (err)
			*err = s->err;
		capture_close(&s->src);
		return r;
	}
	*ret = &s->src;
	return 0;
}

const struct eyas_facts *eyas_source_capture_facts(const struct eyas_source *src)
{
	return &((const struct capture_source *)src)->facts;
}

size_t eyas_source_capture_parts(const struct eyas_source *src)
{
	return ((const struct capture_source *)src)->part + 1;
}

const char *eyas_source_capture_note(const struct eyas_source *src)
{
	return eyas_capture_reader_note(((const struct capture_source *)src)->reader);
}

const struct eyas_capture_end *eyas_source_capture_end(const struct eyas_source *src)
{
	const struct capture_source *s = (const struct capture_source *)src;

	return s->ended ? &s->end : NULL;
}
