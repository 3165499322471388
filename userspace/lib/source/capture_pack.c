// SPDX-License-Identifier: Apache-2.0
/* Records into few bytes, and back. Run for each record: as few instructions as can be. */
#include "source/capture_pack.h"

#include <endian.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define RING_CHANGES	0x80U
#define RING_NEW	0xffU
#define HEADER_WORDS	4U

/* A token: the last one?, words to skip, bytes of the one that follows. */
#define LAST		0x80U
#define SKIP_MAX	0x70U
#define SKIP_ONE	0x10U
#define BYTES_MASK	0x0fU

static_assert(EYAS_CAPTURE_SLOTS <= RING_CHANGES, "a slot is seven bits");
static_assert(sizeof(struct eyas_record) == HEADER_WORDS * 8, "header in words");

/* The words of a record that are written as differences. */
static inline unsigned int head_words(uint32_t len)
{
	return len / 8 < EYAS_CAPTURE_WORDS ? len / 8 : EYAS_CAPTURE_WORDS;
}

static inline uint64_t word_load(const void *rec, unsigned int i)
{
	uint64_t w;

	memcpy(&w, (const unsigned char *)rec + 8 * i, sizeof(w));
	return w;
}

/* The word of number and sequence, from its halves. */
static inline uint64_t join(uint32_t nr, uint32_t seq)
{
	return (uint64_t)seq << 32 | nr;
}

/* ---- writing ---- */

/* Any slot will do; one for each kind of record does best. */
static inline unsigned int slot_of(const struct eyas_record *rec)
{
	uint32_t kind = (uint32_t)rec->nr + ((uint32_t)rec->type << 10);

	return (kind * 0x9e3779b1U) >> 25;
}

/* What the next record has to say if it comes from another ring than the last. */
static size_t ring_change(struct eyas_capture_coder *c, uint16_t cpu, uint8_t lane,
			  unsigned char *p)
{
	unsigned int n = (cpu * (unsigned int)EYAS_LANE_MAX + lane) % EYAS_CAPTURE_RINGS;
	struct eyas_capture_ring *ring = &c->rings[n];

	c->ring = ring;
	p[0] = (unsigned char)n;
	if (ring->known && ring->cpu == cpu && ring->lane == lane)
		return 1;
	*ring = (struct eyas_capture_ring){ .cpu = cpu, .lane = lane, .known = true };
	p[0] = RING_NEW;
	p[1] = (unsigned char)n;
	p[2] = (unsigned char)cpu;
	p[3] = (unsigned char)(cpu >> 8);
	p[4] = lane;
	return 5;
}

struct out {
	unsigned char *tokens, *words;
	unsigned int skip;	/* words without difference so far, in the place of a token */
};

static inline void put(struct out *o, uint64_t diff)
{
	unsigned int bytes;

	if (!diff) {
		o->skip += SKIP_ONE;
		return;
	}
	if (o->skip > SKIP_MAX) {
		*o->tokens++ = SKIP_MAX;
		o->skip -= SKIP_MAX;
	}
	bytes = 8 - (unsigned int)__builtin_clzll(diff) / 8;
	*o->tokens++ = (unsigned char)(o->skip | bytes);
	o->skip = 0;
	diff = htole64(diff);
	/* All eight: the next word goes over what is too much. */
	memcpy(o->words, &diff, sizeof(diff));
	o->words += bytes;
}

/* The first @n words of @rec. */
static inline void put_words(struct eyas_capture_coder *c, const struct eyas_record *rec,
			     uint64_t *slot, unsigned int n, struct eyas_capture_pieces_out *out)
{
	struct out o = { .tokens = out->tokens, .words = out->words };
	uint64_t w0 = word_load(rec, 0), task = word_load(rec, 2);
	struct eyas_capture_ring *ring = c->ring;

	put(&o, w0 ^ slot[0]);
	put(&o, rec->time - c->time);
	put(&o, task ^ ring->task);
	put(&o, join((uint32_t)rec->nr ^ (uint32_t)slot[3], rec->seq - ring->seq - 1));
	slot[0] = w0;
	slot[3] = (uint32_t)rec->nr;
	c->time = rec->time;
	ring->task = task;
	ring->seq = rec->seq;
	for (unsigned int i = HEADER_WORDS; i < n; i++) {
		uint64_t w = word_load(rec, i);

		put(&o, w ^ slot[i]);
		slot[i] = w;
	}
	/* Words without difference at the end: the token before them says so. */
	if (o.skip && o.tokens > out->tokens)
		o.tokens[-1] |= LAST;
	else if (o.skip)
		*o.tokens++ = LAST;
	out->tokens = o.tokens;
	out->words = o.words;
}

int eyas_capture_pack(struct eyas_capture_coder *c, struct eyas_bytes *in, uint16_t cpu,
		      uint8_t lane, struct eyas_capture_pieces_out *out,
		      const struct eyas_capture_pieces_out *full)
{
	bool change = !c->ring || c->ring->cpu != cpu || c->ring->lane != lane;
	struct eyas_capture_pieces_out o = *out;
	int count = 0;

	while (eyas_bytes_left(in) && o.tokens < full->tokens && o.words < full->words &&
	       o.rest < full->rest) {
		const struct eyas_record *rec = (const void *)in->p;
		uint32_t len = rec->len;
		unsigned int n, s;

		if (eyas_bytes_left(in) < sizeof(*rec) || len < sizeof(*rec) ||
		    len > eyas_bytes_left(in) || len > EYAS_RECORD_MAX || len % 8)
			return -EBADMSG;
		n = head_words(len);
		s = slot_of(rec);
		*o.tokens++ = (unsigned char)(change ? s | RING_CHANGES : s);
		if (change)
			o.tokens += ring_change(c, cpu, lane, o.tokens);
		change = false;
		put_words(c, rec, c->slots[s], n, &o);
		if (len > 8 * n) {
			memcpy(o.rest, in->p + 8 * n, len - 8 * n);
			o.rest += len - 8 * n;
		}
		in->p += len;
		count++;
	}
	*out = o;
	return count;
}

/* ---- reading ---- */

static int bad(struct eyas_err *err, const char *what)
{
	return eyas_err_set(err, -EBADMSG, "%s", what);
}

static int ring_read(struct eyas_capture_coder *c, struct eyas_bytes *in, struct eyas_err *err)
{
	unsigned char n, def[4];

	if (!eyas_bytes_get(in, &n, 1))
		return bad(err, "a record ends in its ring");
	if (n == RING_NEW) {
		if (!eyas_bytes_get(in, def, sizeof(def)))
			return bad(err, "a record ends in its ring");
		n = def[0];
		if (n == RING_NEW || def[3] >= EYAS_LANE_MAX)
			return bad(err, "a ring that can't be");
		c->rings[n] = (struct eyas_capture_ring){
			.cpu = (uint16_t)(def[1] | def[2] << 8),
			.lane = def[3],
			.known = true,
		};
	}
	if (!c->rings[n].known)
		return bad(err, "a ring that was not told of");
	c->ring = &c->rings[n];
	return 0;
}

/* Check the length in the first word of a record, as soon as that is there. */
static int length_read(uint64_t w0, unsigned int *ret_words, uint32_t *ret_len,
		       struct eyas_err *err)
{
	struct eyas_record rec;

	memcpy(&rec, &w0, sizeof(w0));
	if (rec.len < sizeof(rec) || rec.len > EYAS_RECORD_MAX || rec.len % 8)
		return eyas_err_set(err, -EBADMSG, "a record of %" PRIu32 " bytes", rec.len);
	*ret_len = rec.len;
	*ret_words = head_words(rec.len);
	return 0;
}

/* Differences of the first words; how many there are, their first one tells. */
static int words_read(struct eyas_capture_pieces *in, uint64_t slot0,
		      uint64_t diff[EYAS_CAPTURE_WORDS], uint32_t *ret_len, struct eyas_err *err)
{
	unsigned int n = EYAS_CAPTURE_WORDS, i = 0, skip, bytes;
	unsigned char token;
	int r;

	do {
		uint64_t d = 0;

		if (!eyas_bytes_get(&in->tokens, &token, 1))
			return bad(err, "a record ends in its tokens");
		skip = (token & SKIP_MAX) / SKIP_ONE;
		bytes = token & BYTES_MASK;
		if (!token || bytes > 8)
			return bad(err, "a token that can't be");
		if (!eyas_bytes_get(&in->words, &d, bytes))
			return bad(err, "a record ends in its words");
		d = le64toh(d);
		if (!i) {
			r = length_read(skip || !bytes ? slot0 : slot0 ^ d, &n, ret_len, err);
			if (r)
				return r;
		}
		i += skip;
		if (i + !!bytes > n)
			return bad(err, "more words than the record has");
		if (bytes)
			diff[i++] = d;
	} while (i < n && !(token & LAST));
	return 0;
}

static void words_apply(struct eyas_capture_coder *c, uint64_t *slot,
			const uint64_t diff[EYAS_CAPTURE_WORDS], uint32_t len, void *out)
{
	struct eyas_capture_ring *ring = c->ring;
	struct eyas_record *rec = out;
	unsigned int n = head_words(len);

	slot[0] ^= diff[0];
	c->time += diff[1];
	ring->task ^= diff[2];
	slot[3] ^= (uint32_t)diff[3];
	ring->seq += 1 + (uint32_t)(diff[3] >> 32);
	for (unsigned int i = HEADER_WORDS; i < n; i++)
		slot[i] ^= diff[i];
	memcpy(out, slot, 8 * n);
	rec->time = c->time;
	memcpy((unsigned char *)out + 16, &ring->task, sizeof(ring->task));
	rec->nr = (__s32)(uint32_t)slot[3];
	rec->seq = ring->seq;
}

int eyas_capture_unpack(struct eyas_capture_coder *c, struct eyas_capture_pieces *in, void *out,
			struct eyas_err *err)
{
	uint64_t diff[EYAS_CAPTURE_WORDS] = { 0 }, *slot;
	unsigned char first;
	uint32_t len = 0;
	size_t head;
	int r = 0;

	if (!eyas_bytes_get(&in->tokens, &first, 1))
		return 0;
	slot = c->slots[first % EYAS_CAPTURE_SLOTS];
	if (first & RING_CHANGES)
		r = ring_read(c, &in->tokens, err);
	else if (!c->ring)
		r = bad(err, "a record of no ring");
	if (!r)
		r = words_read(in, slot[0], diff, &len, err);
	if (r)
		return r;
	words_apply(c, slot, diff, len, out);
	head = 8 * head_words(len);
	if (!eyas_bytes_get(&in->rest, (unsigned char *)out + head, len - head))
		return bad(err, "a record ends in its rest");
	return 1;
}
