// SPDX-License-Identifier: Apache-2.0
/* The coding of records: what goes in comes out, whatever it is; what is wrong is refused. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include "records.h"
#include "source/capture_pack.h"
#include "unit.h"

#define PIECE	(1U << 20)

static struct eyas_capture_coder enc, dec;
static unsigned char tokens[PIECE], words[PIECE], rest[PIECE];
static _Alignas(8) unsigned char got[EYAS_RECORD_MAX];
static struct eyas_capture_pieces_out out;
static const struct eyas_capture_pieces_out full = {
	tokens + PIECE / 2,
	words + PIECE / 2,
	rest + PIECE / 2,
};
static struct eyas_capture_pieces in;
static struct eyas_recs b;
static struct eyas_err err;

static void setup(void)
{
	memset(&enc, 0, sizeof(enc));
	memset(&dec, 0, sizeof(dec));
	memset(&b, 0, sizeof(b));
	memset(&err, 0, sizeof(err));
	out = (struct eyas_capture_pieces_out){ tokens, words, rest };
}

static void teardown(void)
{
	eyas_recs_release(&b);
}

/* Pack all records of @b, which are of one ring. */
static void pack(uint16_t cpu, uint8_t lane, int count)
{
	struct eyas_bytes bytes = eyas_bytes_of(b.data, b.len);

	ck_assert_int_eq(eyas_capture_pack(&enc, &bytes, cpu, lane, &out, &full), count);
	ck_assert_uint_eq(eyas_bytes_left(&bytes), 0);
}

static void begin_unpack(void)
{
	in = (struct eyas_capture_pieces){
		eyas_bytes_of(tokens, (size_t)(out.tokens - tokens)),
		eyas_bytes_of(words, (size_t)(out.words - words)),
		eyas_bytes_of(rest, (size_t)(out.rest - rest)),
	};
}

static int unpack(void)
{
	return eyas_capture_unpack(&dec, &in, got, &err);
}

/* The next ones are exactly those of @b. */
static void same(uint16_t cpu, uint8_t lane)
{
	for (size_t at = 0; at < b.len;) {
		const struct eyas_record *want = (const void *)(b.data + at);

		ck_assert_msg(unpack() == 1, "%s", err.msg);
		ck_assert_mem_eq(got, want, want->len);
		ck_assert_uint_eq(dec.ring->cpu, cpu);
		ck_assert_uint_eq(dec.ring->lane, lane);
		at += want->len;
	}
}

static void nothing_left(void)
{
	ck_assert_int_eq(unpack(), 0);
	ck_assert_uint_eq(eyas_bytes_left(&in.words), 0);
	ck_assert_uint_eq(eyas_bytes_left(&in.rest), 0);
}

START_TEST(records_of_all_kinds_come_back)
{
	eyas_rec_by(&b, 700);
	eyas_rec_exec(&b, "cat")->ppid = 1;
	eyas_rec_text(&b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/cat");
	eyas_rec_fork(&b, 701, "child");
	eyas_rec_sys(&b, SYS_openat, 3, (uint64_t)-100, 0x7ffd12345678, 0x80000);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/etc/shadow");
	eyas_rec_sys(&b, SYS_openat, -2, (uint64_t)-100, 0x7ffd12345679, 0);
	eyas_rec_loss(&b, EYAS_CLASS_FILE, 4000000000U);
	eyas_rec_sys(&b, SYS_getppid, 1);
	eyas_rec_sys(&b, SYS_getppid, 1);
	eyas_rec_other(&b, EYAS_REC_SIGNAL, sizeof(struct eyas_signal));
	eyas_rec_other(&b, EYAS_REC_COMM, 0);
	eyas_rec_exit(&b, 256);
	pack(3, EYAS_LANE_CRIT, 10);
	begin_unpack();
	same(3, EYAS_LANE_CRIT);
	nothing_left();
}
END_TEST

/* One with all six arguments, and only time and number different from the last. */
START_TEST(what_repeats_takes_few_bytes)
{
	for (int i = 0; i < 1000; i++)
		eyas_rec_sys(&b, SYS_getppid, 1234, 1, 2, 3, 4, 5, 6);
	pack(0, EYAS_LANE_BULK, 1000);
	ck_assert_uint_le((size_t)(out.tokens - tokens) + (size_t)(out.words - words), 4100);
	ck_assert_ptr_eq(out.rest, rest);
	begin_unpack();
	same(0, EYAS_LANE_BULK);
	nothing_left();
}
END_TEST

/* More rings than there are numbers for them, in and out of order. */
START_TEST(records_of_many_rings_come_back)
{
	static const uint16_t cpus[] = { 0, 1, 0, 127, 128, 254, 255, 511, 0, 65535, 1, 256 };

	/* The same records twice: to be packed, to be compared with. */
	for (int twice = 0; twice < 2; twice++) {
		for (size_t i = 0; i < sizeof(cpus) / sizeof(cpus[0]); i++) {
			eyas_recs_reset(&b);
			eyas_rec_by(&b, 10 + cpus[i]);
			eyas_rec_sys(&b, SYS_close, 0, i);
			if (!twice)
				pack(cpus[i], i % 2, 1);
			else
				same(cpus[i], i % 2);
		}
		if (!twice)
			begin_unpack();
		eyas_recs_release(&b);
	}
	nothing_left();
}
END_TEST

/* Headers of every length and garbage in every word. */
START_TEST(any_words_come_back)
{
	uint64_t random = 1;

	for (unsigned int i = 0; i < 3000; i++) {
		struct eyas_record *rec;
		uint64_t w;

		eyas_rec_other(&b, EYAS_REC_EXIT, 8 * (i % 30));
		rec = b.last;
		for (size_t at = 8; at < rec->len; at += 8) {
			random = random * 6364136223846793005ULL + 1442695040888963407ULL;
			w = random >> 8 * (random >> 61);
			if (random >> 33 & 1)
				memcpy((unsigned char *)rec + at, &w, sizeof(w));
		}
		rec->type = (uint16_t)(i % 12);
	}
	pack(7, EYAS_LANE_BULK, 3000);
	begin_unpack();
	same(7, EYAS_LANE_BULK);
	nothing_left();
}
END_TEST

START_TEST(the_longest_record_comes_back)
{
	char blob[65528];

	memset(blob, 'x', sizeof(blob));
	eyas_rec_sys(&b, SYS_write, sizeof(blob));
	for (int i = 0; i < 3; i++)
		eyas_rec_blob(&b, EYAS_BLOB_BYTES, 1, blob, sizeof(blob));
	eyas_rec_blob(&b, EYAS_BLOB_BYTES, 1, blob,
		      EYAS_RECORD_MAX - b.last->len - sizeof(struct eyas_blob));
	ck_assert_uint_eq(b.last->len, EYAS_RECORD_MAX);
	pack(0, EYAS_LANE_BULK, 1);
	begin_unpack();
	same(0, EYAS_LANE_BULK);
	nothing_left();
}
END_TEST

START_TEST(it_stops_when_a_piece_is_full)
{
	const struct eyas_capture_pieces_out small = { tokens + 4, words + PIECE, rest + PIECE };
	struct eyas_bytes bytes;

	for (int i = 0; i < 10; i++)
		eyas_rec_sys(&b, SYS_getppid, 1);
	bytes = eyas_bytes_of(b.data, b.len);
	ck_assert_int_eq(eyas_capture_pack(&enc, &bytes, 0, 0, &out, &small), 1);
	ck_assert_uint_eq(eyas_bytes_left(&bytes), b.len - 88);
	ck_assert_int_eq(eyas_capture_pack(&enc, &bytes, 0, 0, &out, &small), 0);
	ck_assert_int_eq(eyas_capture_pack(&enc, &bytes, 0, 0, &out, &full), 9);
	begin_unpack();
	same(0, 0);
	nothing_left();
}
END_TEST

START_TEST(bytes_that_are_no_record_are_not_packed)
{
	static const uint32_t lens[] = { 0, 8, 24, 31, 47, 49, 56, 1U << 31 };

	eyas_rec_exit(&b, 0);
	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		struct eyas_bytes bytes = eyas_bytes_of(b.data, b.len);

		b.last->len = lens[i];
		ck_assert_int_eq(eyas_capture_pack(&enc, &bytes, 0, 0, &out, &full), -EBADMSG);
	}
}
END_TEST

/* Each piece cut at each byte: an error or fewer records, never one that was not there. */
START_TEST(pieces_that_are_cut_are_refused)
{
	size_t whole[3];

	eyas_rec_exec(&b, "cat");
	eyas_rec_sys(&b, SYS_openat, 3, 1, 2, 3);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/etc/shadow");
	pack(300, EYAS_LANE_CRIT, 2);
	whole[0] = (size_t)(out.tokens - tokens);
	whole[1] = (size_t)(out.words - words);
	whole[2] = (size_t)(out.rest - rest);
	for (unsigned int piece = 0; piece < 3; piece++) {
		for (size_t len = 0; len < whole[piece]; len++) {
			struct eyas_bytes *p;
			int r, n = 0;

			memset(&dec, 0, sizeof(dec));
			begin_unpack();
			p = piece == 0 ? &in.tokens : piece == 1 ? &in.words : &in.rest;
			p->end = p->p + len;
			while ((r = unpack()) > 0)
				n++;
			ck_assert_int_lt(n, 2);
			if (r)
				ck_assert_int_eq(r, -EBADMSG);
			else
				ck_assert_uint_eq(piece, 0);
		}
	}
}
END_TEST

/* What decoding says to @n token bytes and no others. */
static const char *told(const unsigned char *t, size_t n)
{
	memset(&dec, 0, sizeof(dec));
	memset(&err, 0, sizeof(err));
	memset(words, 0xff, 64);
	in = (struct eyas_capture_pieces){
		eyas_bytes_of(t, n),
		eyas_bytes_of(words, 64),
		eyas_bytes_of(rest, 0),
	};
	ck_assert_int_eq(unpack(), -EBADMSG);
	return err.msg;
}

#define TOLD(...) \
	told((const unsigned char[]){ __VA_ARGS__ }, sizeof((unsigned char[]){ __VA_ARGS__ }))

START_TEST(tokens_that_cannot_be_are_refused)
{
	ck_assert_str_eq(TOLD(0x00, 0x01), "a record of no ring");
	ck_assert_str_eq(TOLD(0x80), "a record ends in its ring");
	ck_assert_str_eq(TOLD(0x80, 5), "a ring that was not told of");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0), "a record ends in its ring");
	ck_assert_str_eq(TOLD(0x80, 255, 255, 0, 0, 0), "a ring that can't be");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 2), "a ring that can't be");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 1), "a record ends in its tokens");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 1, 0x00), "a token that can't be");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 1, 0x09), "a token that can't be");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 1, 0x80), "a record of 0 bytes");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 1, 0x10), "a record of 0 bytes");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 1, 0x01), "a record of 255 bytes");
	ck_assert_str_eq(TOLD(0x80, 255, 5, 0, 0, 1, 0x08), "a record of 4294967295 bytes");
	words[0] = 0;
}
END_TEST

/* A header of four words may not have a fifth. */
START_TEST(more_words_than_the_length_tells_are_refused)
{
	static const unsigned char t[] = { 0x80, 255, 0, 0, 0, 0, 0x01, 0x20, 0x11 };
	static const unsigned char w[] = { 32, 1 };

	in = (struct eyas_capture_pieces){
		eyas_bytes_of(t, sizeof(t)),
		eyas_bytes_of(w, sizeof(w)),
		eyas_bytes_of(rest, 0),
	};
	ck_assert_int_eq(unpack(), -EBADMSG);
	ck_assert_str_eq(err.msg, "more words than the record has");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, records_of_all_kinds_come_back);
	tcase_add_test(tc, what_repeats_takes_few_bytes);
	tcase_add_test(tc, records_of_many_rings_come_back);
	tcase_add_test(tc, any_words_come_back);
	tcase_add_test(tc, the_longest_record_comes_back);
	tcase_add_test(tc, it_stops_when_a_piece_is_full);
	tcase_add_test(tc, bytes_that_are_no_record_are_not_packed);
	tcase_add_test(tc, pieces_that_are_cut_are_refused);
	tcase_add_test(tc, tokens_that_cannot_be_are_refused);
	tcase_add_test(tc, more_words_than_the_length_tells_are_refused);
}

EYAS_TEST_MAIN("capture_pack", fill)
