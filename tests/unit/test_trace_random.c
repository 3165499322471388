// SPDX-License-Identifier: Apache-2.0
/* Records in any order, of any threads: no order of them may be too much, nor undecided. */
#include "tracing.h"

#define RECORDS 20000

static uint32_t random_of(uint64_t *state, uint32_t n)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(*state >> 33) % n;
}

static void some_call(struct tracing *s, uint64_t *seed, bool entry)
{
	static const int nrs[] = {
		SYS_read,
		SYS_close,
		SYS_execve,
		SYS_clone,
		SYS_fork,
		SYS_kill,
		SYS_rt_sigreturn,
		SYS_restart_syscall,
		SYS_exit_group,
		SYS_pause,
		SYS_openat,
		7777,
		-1,
	};
	static const int rets[] = { 0, 1, -2, -4, -512, -513, -514, -516, -4095, -4096 };
	int nr = nrs[random_of(seed, sizeof(nrs) / sizeof(nrs[0]))];
	int ret = rets[random_of(seed, sizeof(rets) / sizeof(rets[0]))];
	uint64_t pid = 100 + random_of(seed, 4);

	if (entry)
		tracing_entry(s, nr, pid, SIGKILL, 0x1000);
	else
		eyas_rec_sys(&s->recs, nr, ret, pid, SIGKILL, 0x1000);
	if (random_of(seed, 3) == 0)
		eyas_rec_text(&s->recs, EYAS_BLOB_STRING,
			      (uint8_t)(random_of(seed, 3) |
					(random_of(seed, 2) ? EYAS_BLOB_F_FAULT : 0)),
			      "/tmp/x");
	if (random_of(seed, 8) == 0)
		eyas_rec_text(&s->recs, EYAS_BLOB_FILE_PATH, 0, "/tmp/y");
}

static void some_record(struct tracing *s, uint64_t *seed)
{
	uint32_t pid = 100 + random_of(seed, 4), what = random_of(seed, 20);

	tracing_by(s, pid, pid + 10 * random_of(seed, 3));
	if (what < 14) {
		some_call(s, seed, what < 7);
	} else if (what == 14) {
		eyas_rec_exec(&s->recs, "prog");
		s->recs.last->tid = pid;
	} else if (what == 15) {
		eyas_rec_fork(&s->recs, 100 + random_of(seed, 4), "child")->child_tid =
			100 + random_of(seed, 40);
	} else if (what == 16) {
		eyas_rec_exit(&s->recs, random_of(seed, 2) ? SIGKILL : 0)->flags =
			random_of(seed, 2);
	} else if (what == 17) {
		struct eyas_signal *sig = eyas_rec_other(&s->recs, EYAS_REC_SIGNAL, sizeof(*sig));

		sig->sig = random_of(seed, 70);
	} else if (what == 18) {
		eyas_rec_loss(&s->recs, EYAS_CLASS_DESC, random_of(seed, 5));
	} else {
		eyas_rec_other(&s->recs, EYAS_REC_COMM, sizeof(struct eyas_comm));
	}
}

static void run(struct tracing *s, int way, bool flush)
{
	uint64_t seed = 42;

	tracing_start(s);
	s->o.follow = true;
	s->o.separate = way == 1;
	s->o.file = s->o.pids = way == 2;
	s->o.form = way == 3 ? EYAS_TRACE_JSON : EYAS_TRACE_TEXT;
	if (way == 4)
		s->o.status = EYAS_TRACE_SUCCESSFUL;
	if (way == 5)
		s->o.end = EYAS_TRACE_END_SUMMARY | EYAS_TRACE_END_FILES | EYAS_TRACE_END_NETWORK |
			   EYAS_TRACE_END_TREE;
	if (way == 6)
		ck_assert_int_eq(eyas_trace_command(tracing_trace(s), 101), 0);
	for (int i = 0; i < RECORDS; i++) {
		eyas_recs_reset(&s->recs);
		some_record(s, &seed);
		tracing_feed(s);
		if (flush && i % 3 == 0)
			ck_assert_int_eq(eyas_trace_flush(s->t), 0);
	}
	ck_assert_int_eq(eyas_trace_finish(s->t), 0);
}

/* When it is written out makes no difference to what is written. */
START_TEST(any_order)
{
	struct tracing a, b;

	run(&a, _i, false);
	run(&b, _i, true);
	ck_assert_str_eq(a.text.buf, b.text.buf);
	for (int i = 0; i < TRACING_FILES && a.files[i].tid; i++)
		ck_assert_str_eq(a.files[i].text.buf, tracing_file(&b, a.files[i].tid, false)->buf);
	if (a.text.len)
		ck_assert_int_eq(a.text.buf[a.text.len - 1], '\n');
	tracing_stop(&a);
	tracing_stop(&b);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, any_order, 0, 7);
}

EYAS_TEST_MAIN("trace random", fill)
