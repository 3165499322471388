// SPDX-License-Identifier: Apache-2.0
/* Records into events: what is taken over, what is refused, and that no bytes do harm. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include "event/event.h"
#include "event/evtype.h"
#include "records.h"
#include "unit.h"

#define HDR	sizeof(struct eyas_record)
#define SYS	sizeof(struct eyas_sys_exit)
#define LEN	216	/* of the record that make_openat() makes */

static struct eyas_recs b;
static struct eyas_event ev;
static struct eyas_err err;

static void setup(void)
{
	memset(&b, 0, sizeof(b));
	memset(&ev, 0xa5, sizeof(ev));
	memset(&err, 0, sizeof(err));
}

static void teardown(void)
{
	eyas_recs_release(&b);
}

/* openat(AT_FDCWD, "/etc/shadow", O_RDONLY) = 3, with all that comes along. */
static void make_openat(void)
{
	eyas_rec_sys(&b, SYS_openat, 3, (uint64_t)AT_FDCWD, 0x7000, O_RDONLY);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1 | EYAS_BLOB_F_REREAD, "/etc/shadow");
	eyas_rec_file(&b, EYAS_BLOB_FILE, 0100640);
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/shadow");
}

static int parse_last(void)
{
	return eyas_event_parse(&ev, eyas_bytes_of(b.last, b.last->len), &err);
}

START_TEST(call_is_laid_out)
{
	const struct eyas_event_blob *blob;

	make_openat();
	b.last->abi = EYAS_ABI_X86_64;
	b.last->flags = EYAS_REC_F_REREAD;
	b.last->tid = 1001;
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_ptr_eq(ev.rec, b.last);
	ck_assert_uint_eq(ev.mono, EYAS_RECS_TIME);
	ck_assert_uint_eq(ev.pid, 1000);
	ck_assert_uint_eq(ev.tid, 1001);
	ck_assert_int_eq(ev.nr, SYS_openat);
	ck_assert_uint_eq(ev.type, EYAS_REC_SYS_EXIT);
	ck_assert_uint_eq(ev.abi, EYAS_ABI_X86_64);
	ck_assert_uint_eq(ev.gate32, 0);
	ck_assert_uint_eq(ev.flags, EYAS_REC_F_REREAD);
	ck_assert_uint_eq(ev.evtype, SYS_openat);
	ck_assert_str_eq(ev.sc->name, "openat");
	ck_assert_int_eq(ev.sys->ret, 3);
	ck_assert_int_eq((int)ev.sys->args[0], AT_FDCWD);
	ck_assert_ptr_null(ev.task);
	ck_assert_ptr_null(ev.fork);
	ck_assert_ptr_null(ev.exit);
	ck_assert_ptr_null(ev.loss);
	ck_assert_uint_eq(ev.num, 0);
	ck_assert_uint_eq(ev.cpu, 0);

	ck_assert_uint_eq(ev.nblobs, 3);
	blob = eyas_event_blob(&ev, EYAS_BLOB_STRING, 1);
	ck_assert_ptr_eq(blob, &ev.blobs[0]);
	ck_assert_bytes_eq(blob->data, blob->len, "/etc/shadow");
	ck_assert_uint_eq(blob->full, 11);
	ck_assert_uint_eq(blob->arg, 1);
	ck_assert_uint_eq(blob->flags, EYAS_BLOB_F_REREAD);
	ck_assert_ptr_eq(eyas_event_blob(&ev, EYAS_BLOB_STRING, EYAS_BLOB_NO_ARG), blob);
	ck_assert_ptr_null(eyas_event_blob(&ev, EYAS_BLOB_STRING, 0));
	ck_assert_ptr_null(eyas_event_blob(&ev, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG));
	ck_assert_uint_eq(eyas_event_file(&ev, EYAS_BLOB_FILE)->mode, 0100640);
	ck_assert_ptr_null(eyas_event_file(&ev, EYAS_BLOB_EXE_FILE));
}
END_TEST

START_TEST(other_records_are_laid_out)
{
	eyas_rec_exec(&b, "cat")->uid = 33;
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_ptr_eq(ev.task, b.last + 1);
	ck_assert_uint_eq(ev.task->uid, 33);
	ck_assert_uint_eq(ev.evtype, SYS_execve);
	ck_assert_int_eq(ev.nr, -1);
	ck_assert_ptr_null(ev.sc);
	ck_assert_ptr_null(ev.sys);

	eyas_rec_fork(&b, 1002, "sh");
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.fork->child_pid, 1002);
	ck_assert_ptr_eq(ev.task, &ev.fork->task);
	ck_assert_uint_eq(ev.evtype, EYAS_EVT_CLONED);

	eyas_rec_exit(&b, 256);
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.exit->status, 256);
	ck_assert_uint_eq(ev.evtype, EYAS_EVT_PROCEXIT);
	ck_assert_ptr_null(ev.task);

	eyas_rec_loss(&b, EYAS_CLASS_FILE, 7);
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.loss->count[EYAS_CLASS_FILE], 7);
	ck_assert_uint_eq(ev.evtype, EYAS_EVT_LOSS);
	ck_assert_uint_eq(ev.nblobs, 0);

	((struct eyas_signal *)eyas_rec_other(&b, EYAS_REC_SIGNAL, sizeof(struct eyas_signal)))
		->sig = 9;
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.signal->sig, 9);
	ck_assert_uint_eq(ev.evtype, EYAS_EVT_SIGNALDELIVER);
	ck_assert_ptr_null(ev.loss);
}
END_TEST

/* What rules do not see, and where it goes. */
static const struct {
	enum eyas_record_type type;
	size_t size, member;
} hidden[] = {
	{ EYAS_REC_SYS_ENTER, sizeof(struct eyas_sys_enter), offsetof(struct eyas_event, enter) },
	{ EYAS_REC_COMM, sizeof(struct eyas_comm), offsetof(struct eyas_event, comm) },
	{ EYAS_REC_CREDS, sizeof(struct eyas_creds_change), offsetof(struct eyas_event, creds) },
	{ EYAS_REC_ANCHOR, sizeof(struct eyas_anchor), offsetof(struct eyas_event, anchor) },
	{ EYAS_REC_URING, sizeof(struct eyas_uring), offsetof(struct eyas_event, uring) },
};

START_TEST(hidden_records_are_laid_out)
{
	const void *p;

	eyas_rec_other(&b, hidden[_i].type, hidden[_i].size);
	b.last->nr = SYS_openat;
	ck_assert_msg(parse_last() == 0, "%s", err.msg);
	memcpy(&p, (const char *)&ev + hidden[_i].member, sizeof(p));
	ck_assert_ptr_eq(p, b.last + 1);
	ck_assert_uint_eq(ev.evtype, EYAS_EVT_HIDDEN);
	ck_assert_str_eq(ev.sc->name, "openat");
	ck_assert_ptr_null(ev.sys);
}
END_TEST

START_TEST(other_abis_have_types_by_name)
{
	eyas_rec_sys(&b, 520, 0);	/* x32 execve */
	b.last->abi = EYAS_ABI_X32;
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_int_eq(ev.nr, 520);
	ck_assert_str_eq(ev.sc->name, "execve");
	ck_assert_uint_eq(ev.evtype, SYS_execve);

	eyas_rec_sys(&b, 5000, 0);
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_ptr_null(ev.sc);
	ck_assert_uint_eq(ev.evtype, EYAS_EVT_SYSCALL);

	eyas_rec_sys(&b, -1, -ENOSYS);
	b.last->abi = EYAS_ABI_IA32 | EYAS_ABI_GATE32;
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.abi, EYAS_ABI_IA32);
	ck_assert_uint_eq(ev.gate32, 1);
	ck_assert_ptr_null(ev.sc);
}
END_TEST

/* Four flags of open have other numbers on arm. */
START_TEST(open_flags_are_those_of_x86)
{
	static const struct { uint64_t arm, x86; } flags[] = {
		{ 040000, 0200000 }, { 0100000, 0400000 }, { 0200000, 040000 },
		{ 0400000, 0100000 }, { 02000101, 02000101 }, { 020040002, 020200002 },
		{ 0740000, 0740000 },
	};
	uint64_t v;

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		ck_assert_uint_eq(eyas_event_open_flags(EYAS_ABI_ARM64, flags[i].arm), flags[i].x86);
		ck_assert_uint_eq(eyas_event_open_flags(EYAS_ABI_ARM32, flags[i].arm), flags[i].x86);
		ck_assert_uint_eq(eyas_event_open_flags(EYAS_ABI_X86_64, flags[i].arm), flags[i].arm);
		ck_assert_uint_eq(eyas_event_open_flags(EYAS_ABI_IA32, flags[i].arm), flags[i].arm);
	}
	/* openat, and the options of wait4, which are none of them. */
	eyas_rec_sys(&b, 56, 3, (uint64_t)AT_FDCWD, 0x7000, 040000);
	b.last->abi = EYAS_ABI_ARM64;
	ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(b.last, b.last->len), &err), 0);
	ck_assert_int_eq(eyas_event_arg(&ev, 2, &v), 0);
	ck_assert_uint_eq(v, 0200000);
	eyas_rec_sys(&b, 260, 3, 1, 0x7000, 040000);
	b.last->abi = EYAS_ABI_ARM64;
	ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(b.last, b.last->len), &err), 0);
	ck_assert_int_eq(eyas_event_arg(&ev, 2, &v), 0);
	ck_assert_uint_eq(v, 040000);
}
END_TEST

START_TEST(blobs_of_newer_modules_are_stepped_over)
{
	make_openat();
	eyas_rec_blob(&b, EYAS_BLOB_KIND_MAX, EYAS_BLOB_NO_ARG, "later", 5);
	eyas_rec_blob(&b, 255, 3, NULL, 0);
	eyas_rec_text(&b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/tmp");
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.nblobs, 4);
	ck_assert_uint_eq(ev.blobs[3].kind, EYAS_BLOB_CWD);
	ck_assert_bytes_eq(ev.blobs[3].data, ev.blobs[3].len, "/tmp");
}
END_TEST

START_TEST(blobs_may_be_cut_empty_and_long)
{
	static const char page[4096] = { 'x' };

	eyas_rec_exec(&b, "sh");
	eyas_rec_text(&b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG | EYAS_BLOB_F_FAULT, "")->full =
		EYAS_BLOB_FULL_UNKNOWN;
	eyas_rec_blob(&b, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, page, sizeof(page))->full = 100000;
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.nblobs, 2);
	ck_assert_uint_eq(ev.blobs[0].len, 0);
	ck_assert_uint_eq(ev.blobs[0].full, EYAS_BLOB_FULL_UNKNOWN);
	ck_assert_uint_eq(ev.blobs[0].flags, EYAS_BLOB_F_FAULT);
	ck_assert_uint_eq(ev.blobs[1].len, sizeof(page));
	ck_assert_uint_eq(ev.blobs[1].full, 100000);
	ck_assert_uint_eq((uintptr_t)ev.blobs[1].data % 8, 0);
}
END_TEST

START_TEST(the_result_comes_before_arguments)
{
	eyas_rec_sys(&b, SYS_openat, 3, 7);
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, 0, "/var/log");
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, 1, "/other");
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(eyas_event_blob(&ev, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG)->arg, 0);
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/var/log/syslog");
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_ptr_eq(eyas_event_blob(&ev, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG), &ev.blobs[2]);
	ck_assert_ptr_eq(eyas_event_blob(&ev, EYAS_BLOB_FILE_PATH, 1), &ev.blobs[1]);
	ck_assert_ptr_null(eyas_event_blob(&ev, EYAS_BLOB_FILE_PATH, 2));
}
END_TEST

/* One byte at @at of the record made by make_openat() set to @val. */
static const struct { size_t at; uint8_t val; const char *want; } lies[] = {
	{ 0, 0, "byte 0: the record says that it has 0 bytes, it has 216" },
	{ 0, 215, "byte 0: the record says that it has 215 bytes, it has 216" },
	{ 3, 1, "byte 0: the record says that it has 16777432 bytes, it has 216" },
	{ 4, 0, "byte 4: record type 0 is unknown" },
		{ 4, 12, "byte 4: record type 12 is unknown" },
	{ 5, 1, "byte 4: record type 258 is unknown" },
	{ 6, 5, "byte 6: ABI 5 is unknown" },
	{ 6, 0x85, "byte 6: ABI 5 is unknown" },
	{ 6, 0x7f, "byte 6: ABI 127 is unknown" },
	/* the first blob: "/etc/shadow", 16 bytes after its header */
	{ HDR + SYS, 0, "byte 88: a blob of kind 0" },
	{ HDR + SYS + 1, 6, "byte 89: a blob of argument 6" },
	{ HDR + SYS + 1, 0x1e, "byte 89: a blob of argument 14" },
	{ HDR + SYS + 2, 12, "byte 92: a blob that holds 12 bytes of 11" },
	{ HDR + SYS + 2, 121, "byte 90: a blob of 121 bytes where 120 are left" },
	{ HDR + SYS + 3, 255, "byte 90: a blob of 65291 bytes where 120 are left" },
	{ HDR + SYS + 4, 10, "byte 92: a blob that holds 11 bytes of 10" },
	/* the second one: struct eyas_file */
	{ HDR + SYS + 24 + 2, 64, "byte 114: a blob of kind 3 with 64 bytes, it needs 72" },
	{ HDR + SYS + 24, EYAS_BLOB_EXE_FILE, NULL },
	{ HDR + SYS + 24, 0xff, NULL },
};

START_TEST(lies_are_named)
{
	make_openat();
	ck_assert_uint_eq(b.last->len, LEN);
	((unsigned char *)b.last)[lies[_i].at] = lies[_i].val;
	ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(b.last, LEN), &err),
			 lies[_i].want ? -EBADMSG : 0);
	ck_assert_str_eq(err.msg, lies[_i].want ? lies[_i].want : "");
	ck_assert_int_eq(err.code, lies[_i].want ? -EBADMSG : 0);
}
END_TEST

/* Bytes of their own on the heap, so that one read too many is seen. */
static int parse_copy(const void *p, size_t len)
{
	unsigned char *own = malloc(len ? len : 1);
	int r;

	ck_assert_ptr_nonnull(own);
	if (len)
		memcpy(own, p, len);
	r = eyas_event_parse(&ev, eyas_bytes_of(own, len), &err);
	free(own);
	return r;
}

START_TEST(cut_records_are_refused)
{
	make_openat();
	for (uint32_t len = 0; len < LEN; len++) {
		b.last->len = LEN;
		ck_assert_int_eq(parse_copy(b.last, len), -EBADMSG);
		b.last->len = len;
		/* Whole again where a blob ends. */
		ck_assert_int_eq(parse_copy(b.last, len),
				 len == 88 || len == 112 || len == 192 ? 0 : -EBADMSG);
	}
	ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(b.last, 8), &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "byte 0: a record of 8 bytes has no header");
	b.last->len = 40;
	ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(b.last, 40), &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "byte 32: a system call record has 8 bytes here, it needs 56");
}
END_TEST

START_TEST(every_type_needs_its_fixed_part)
{
	static const size_t size[EYAS_REC_TYPE_MAX] = {
		[EYAS_REC_SYS_ENTER] = sizeof(struct eyas_sys_enter),
		[EYAS_REC_SYS_EXIT] = sizeof(struct eyas_sys_exit),
		[EYAS_REC_EXEC] = sizeof(struct eyas_task),
		[EYAS_REC_FORK] = sizeof(struct eyas_fork),
		[EYAS_REC_EXIT] = sizeof(struct eyas_exit),
		[EYAS_REC_LOSS] = sizeof(struct eyas_loss),
		[EYAS_REC_SIGNAL] = sizeof(struct eyas_signal),
		[EYAS_REC_COMM] = sizeof(struct eyas_comm),
		[EYAS_REC_CREDS] = sizeof(struct eyas_creds_change),
		[EYAS_REC_ANCHOR] = sizeof(struct eyas_anchor),
		[EYAS_REC_URING] = sizeof(struct eyas_uring),
	};

	eyas_rec_other(&b, EYAS_REC_FORK, 1000);
	for (uint16_t type = 1; type < EYAS_REC_TYPE_MAX; type++) {
		b.last->type = type;
		for (uint32_t len = HDR; len <= HDR + size[type]; len += 8) {
			b.last->len = len;
			ck_assert_int_eq(parse_copy(b.last, len),
					 len == HDR + size[type] ? 0 : -EBADMSG);
		}
	}
}
END_TEST

START_TEST(blobs_are_counted)
{
	make_openat();
	for (int i = 3; i < EYAS_EVENT_BLOBS_MAX; i++)
		eyas_rec_text(&b, EYAS_BLOB_STRING, 5, "");
	ck_assert_int_eq(parse_last(), 0);
	ck_assert_uint_eq(ev.nblobs, EYAS_EVENT_BLOBS_MAX);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 5, "");
	ck_assert_int_eq(parse_last(), -EBADMSG);
	ck_assert_str_eq(err.msg, "byte 448: more than 32 blobs");
}
END_TEST

START_TEST(structs_are_whole)
{
	static const struct { uint8_t kind; size_t size; } structs[] = {
		{ EYAS_BLOB_FILE, sizeof(struct eyas_file) },
		{ EYAS_BLOB_EXE_FILE, sizeof(struct eyas_file) },
		{ EYAS_BLOB_SOCKET, sizeof(struct eyas_socket) },
		{ EYAS_BLOB_TASK, sizeof(struct eyas_target) },
		{ EYAS_BLOB_CREDS, sizeof(struct eyas_creds) },
		{ EYAS_BLOB_NS, sizeof(struct eyas_ns) },
		{ EYAS_BLOB_TIMES, sizeof(struct eyas_times) },
	};
	static const char zeroes[256];

	for (uint8_t kind = 1; kind < EYAS_BLOB_KIND_MAX; kind++) {
		size_t need = 0;

		for (size_t i = 0; i < sizeof(structs) / sizeof(structs[0]); i++)
			if (structs[i].kind == kind)
				need = structs[i].size;
		for (size_t len = 0; len <= need + 8; len++) {
			eyas_recs_reset(&b);
			eyas_rec_exit(&b, 0);
			eyas_rec_blob(&b, kind, 0, zeroes, len);
			ck_assert_int_eq(parse_last(), len < need ? -EBADMSG : 0);
		}
	}
}
END_TEST

START_TEST(records_have_a_longest)
{
	uint32_t len = EYAS_RECORD_MAX + 8;
	struct eyas_record *rec = calloc(1, len);
	struct eyas_blob *blob = (struct eyas_blob *)(void *)((char *)rec + HDR + 16);

	ck_assert_ptr_nonnull(rec);
	rec->type = EYAS_REC_EXIT;
	/* blobs of a later kind up to the end */
	for (uint32_t at = HDR + 16; at < len; at += 8 + 32760U) {
		*blob = (struct eyas_blob){ .kind = 200, .stored = 32760, .full = UINT32_MAX };
		if (len - at - 8 < 32760)
			blob->stored = (uint16_t)(len - at - 8);
		blob += 4096;
	}
	rec->len = len;
	ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(rec, len), &err), -EBADMSG);
	ck_assert_str_eq(err.msg, "byte 0: a record of 262152 bytes is too long");
	blob[-4096].stored -= 8;
	rec->len = len - 8;
	ck_assert_msg(eyas_event_parse(&ev, eyas_bytes_of(rec, len - 8), &err) == 0, "%s", err.msg);
	ck_assert_uint_eq(ev.nblobs, 0);
	free(rec);
}
END_TEST

/* What was accepted holds together, whatever the bytes were. */
static void check_sane(const unsigned char *p, size_t len)
{
	ck_assert_uint_le(ev.nblobs, EYAS_EVENT_BLOBS_MAX);
	ck_assert_uint_lt(ev.evtype, EYAS_EVT_MAX);
	ck_assert_uint_lt(ev.abi, EYAS_ABI_MAX);
	ck_assert_int_eq(!!ev.enter + !!ev.sys + !!ev.task + !!ev.exit + !!ev.loss + !!ev.signal +
			 !!ev.comm + !!ev.creds + !!ev.anchor + !!ev.uring, 1);
	for (unsigned int i = 0; i < ev.nblobs; i++) {
		const struct eyas_event_blob *blob = &ev.blobs[i];
		const unsigned char *data = (const unsigned char *)blob->data;

		ck_assert(data >= p + HDR && data + blob->len <= p + len);
		ck_assert_uint_ge(blob->full, blob->len);
		ck_assert(blob->arg < 6 || blob->arg == EYAS_BLOB_NO_ARG);
		ck_assert(blob->kind > 0 && blob->kind < EYAS_BLOB_KIND_MAX);
	}
}

START_TEST(random_changes_do_no_harm)
{
	unsigned int seed = 20240601, taken = 0, refused = 0;
	size_t len;

	make_openat();
	eyas_rec_exec(&b, "sh");
	eyas_rec_file(&b, EYAS_BLOB_EXE_FILE, 0100755);
	eyas_rec_blob(&b, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, "sh\0-c\0id", 9);
	len = b.last->len;
	for (int round = 0; round < 200000; round++) {
		size_t n = round % 2 ? len : LEN;
		unsigned char *own = malloc(n);

		ck_assert_ptr_nonnull(own);
		memcpy(own, round % 2 ? (void *)b.last : (void *)b.data, n);
		for (int k = rand_r(&seed) % 4; k >= 0; k--)
			own[(size_t)rand_r(&seed) % n] = (unsigned char)rand_r(&seed);
		if (eyas_event_parse(&ev, eyas_bytes_of(own, n), &err) == 0) {
			check_sane(own, n);
			taken++;
		} else {
			refused++;
		}
		free(own);
	}
	/* Both happened, or this was no test. */
	ck_assert_uint_gt(taken, 10000);
	ck_assert_uint_gt(refused, 10000);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, call_is_laid_out);
	tcase_add_test(tc, other_records_are_laid_out);
	tcase_add_loop_test(tc, hidden_records_are_laid_out, 0, sizeof(hidden) / sizeof(hidden[0]));
	tcase_add_test(tc, other_abis_have_types_by_name);
	tcase_add_test(tc, open_flags_are_those_of_x86);
	tcase_add_test(tc, blobs_of_newer_modules_are_stepped_over);
	tcase_add_test(tc, blobs_may_be_cut_empty_and_long);
	tcase_add_test(tc, the_result_comes_before_arguments);
	tcase_add_loop_test(tc, lies_are_named, 0, sizeof(lies) / sizeof(lies[0]));
	tcase_add_test(tc, cut_records_are_refused);
	tcase_add_test(tc, every_type_needs_its_fixed_part);
	tcase_add_test(tc, blobs_are_counted);
	tcase_add_test(tc, structs_are_whole);
	tcase_add_test(tc, records_have_a_longest);
	tcase_add_test(tc, random_changes_do_no_harm);
}

EYAS_TEST_MAIN("event", fill)
