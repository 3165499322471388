// SPDX-License-Identifier: Apache-2.0
/* Threads that come, exec, get signals and end; and what of it is lost. */
#include "tracing.h"

#define ERESTARTSYS	512

static void exec_enter(struct tracing *s)
{
	tracing_entry(s, SYS_execve, 0x1000, 0x2000, 0x3000);
	eyas_rec_text(&s->recs, EYAS_BLOB_STRING, 0, "/bin/true");
	eyas_rec_blob(&s->recs, EYAS_BLOB_STRINGS, 1, "true", 5);
	eyas_rec_blob(&s->recs, EYAS_BLOB_STRINGS, 2, "A=1\0B=2", 8);
	tracing_feed(s);
}

static void exec_done(struct tracing *s)
{
	eyas_rec_exec(&s->recs, "true");
	tracing_feed(s);
}

#define EXEC_LINE "execve(\"/bin/true\", [\"true\"], 0x3000 /* 2 vars */) = 0\n"

/* Nothing of the process is shown that is ours: what it does before exec. */
START_TEST(command)
{
	struct tracing s;

	tracing_start(&s);
	ck_assert_int_eq(eyas_trace_command(tracing_trace(&s), 1000), 0);
	tracing_leave(&s, SYS_kill, 0, 1000, SIGSTOP);
	tracing_signal(&s, SIGSTOP, 0);
	tracing_enter(&s, SYS_close, 3);
	tracing_leave(&s, SYS_close, 0, 3);
	exec_enter(&s);
	exec_done(&s);
	tracing_enter(&s, SYS_exit_group, 0);
	ck_assert_uint_eq(eyas_trace_alive(s.t), 1);
	tracing_exit(&s, 0, true);
	ck_assert_uint_eq(eyas_trace_alive(s.t), 0);
	tracing_expect(&s, EXEC_LINE
			   "exit_group(0)                           = ?\n"
			   "+++ exited with 0 +++\n");
	tracing_stop(&s);
}
END_TEST

/* Nor what it does when exec has failed. */
START_TEST(command_fails)
{
	struct tracing s;

	tracing_start(&s);
	ck_assert_int_eq(eyas_trace_command(tracing_trace(&s), 1000), 0);
	exec_enter(&s);
	tracing_leave(&s, SYS_execve, -13, 0x1000, 0x2000, 0x3000);
	tracing_enter(&s, SYS_close, 2);
	tracing_leave(&s, SYS_close, 0, 2);
	tracing_exit(&s, 0x100, true);
	tracing_expect(&s, "execve(\"/bin/true\", [\"true\"], 0x3000 /* 2 vars */) = "
			   "-1 EACCES (Permission denied)\n"
			   "+++ exited with 1 +++\n");
	tracing_stop(&s);
}
END_TEST

/* exec is not among the calls: still the program, not what was before it. */
START_TEST(command_without_exec)
{
	struct tracing s;

	tracing_start(&s);
	ck_assert_int_eq(eyas_callset_parse(&s.o.calls, "close", NULL), 0);
	ck_assert_int_eq(eyas_trace_command(tracing_trace(&s), 1000), 0);
	tracing_leave(&s, SYS_close, 0, 3);
	exec_done(&s);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_expect(&s, "close(4)                                = 0\n");
	tracing_stop(&s);
}
END_TEST

static void fork_to(struct tracing *s, uint32_t pid, uint32_t tid)
{
	struct eyas_fork *f = eyas_rec_fork(&s->recs, pid, "child");

	f->child_tid = tid;
	f->flags = pid == s->recs.pid ? EYAS_FORK_F_THREAD : 0;
	tracing_feed(s);
}

START_TEST(follows)
{
	struct tracing s;

	tracing_start(&s);
	s.o.follow = s.o.tell_attach = true;
	ck_assert_int_eq(eyas_trace_command(tracing_trace(&s), 1000), 0);
	exec_enter(&s);
	exec_done(&s);
	tracing_enter(&s, SYS_fork, 0);
	fork_to(&s, 1001, 1001);
	tracing_leave(&s, SYS_fork, 1001, 0);
	/* The child's return from fork is no line. */
	tracing_by(&s, 1001, 1001);
	tracing_leave(&s, SYS_fork, 0, 0);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_exit(&s, SIGKILL, true);
	tracing_by(&s, 1000, 1000);
	tracing_leave(&s, SYS_close, 0, 5);
	tracing_expect(&s, EXEC_LINE
			   "fork( <unfinished ...>\n"
			   "eyas: Process 1001 attached\n"
			   "[pid  1000] <... fork resumed>)         = 1001\n"
			   "[pid  1001] close(4)                    = 0\n"
			   "[pid  1001] +++ killed by SIGKILL +++\n"
			   "close(5)                                = 0\n");
	tracing_stop(&s);
}
END_TEST

/* Without -f: the first thread of a command, and nobody else. */
START_TEST(first_thread_only)
{
	struct tracing s;

	tracing_start(&s);
	ck_assert_int_eq(eyas_trace_command(tracing_trace(&s), 1000), 0);
	exec_done(&s);
	fork_to(&s, 1000, 1002);
	fork_to(&s, 1001, 1001);
	tracing_by(&s, 1000, 1002);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_by(&s, 1000, 1000);
	tracing_leave(&s, SYS_close, 0, 4);
	ck_assert_uint_eq(eyas_trace_alive(s.t), 1);
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	ck_assert_ptr_null(strstr(s.text.buf, "close(3)"));
	ck_assert_ptr_nonnull(strstr(s.text.buf, "\nclose(4)"));
	tracing_stop(&s);
}
END_TEST

/* Of all that is in a capture, some processes and what they fork. */
START_TEST(limited)
{
	struct tracing s;

	tracing_start(&s);
	s.o.follow = true;
	ck_assert_int_eq(eyas_trace_limit(tracing_trace(&s), 500), 0);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_by(&s, 500, 500);
	tracing_leave(&s, SYS_close, 0, 4);
	fork_to(&s, 501, 501);
	tracing_by(&s, 501, 501);
	tracing_leave(&s, SYS_close, 0, 5);
	tracing_by(&s, 502, 502);
	tracing_leave(&s, SYS_close, 0, 6);
	tracing_expect(&s, "close(4)                                = 0\n"
			   "[pid   501] close(5)                    = 0\n");
	tracing_stop(&s);
}
END_TEST

/* ---- ends ---- */

START_TEST(ends_in_call)
{
	struct tracing s;

	tracing_start(&s);
	tracing_enter(&s, SYS_pause, 0);
	tracing_exit(&s, 3 << 8, false);
	tracing_enter(&s, SYS_read, 3, 0x1000, 10);
	tracing_exit(&s, 3 << 8, true);
	tracing_expect(&s, "pause()                                 = ?\n"
			   "+++ exited with 3 +++\n"
			   "read(3,  <unfinished ...>)              = ?\n"
			   "+++ exited with 3 +++\n");
	tracing_stop(&s);
}
END_TEST

/* A signal ends the call, the kernel says to restart it: both are told. */
START_TEST(interrupted)
{
	struct tracing s;

	tracing_start(&s);
	tracing_enter(&s, SYS_pause, 0);
	tracing_leave(&s, SYS_pause, -ERESTARTSYS, 0);
	/* Not before it is known what for. */
	tracing_expect(&s, "pause(");
	tracing_signal(&s, SIGALRM, 0);
	tracing_exit(&s, SIGALRM, true);
	tracing_expect(&s, ")                                 = ? ERESTARTSYS "
			   "(To be restarted if SA_RESTART is set)\n"
			   "--- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---\n"
			   "+++ killed by SIGALRM +++\n");
	tracing_stop(&s);
}
END_TEST

/* A killed thread never saw the end of its call. */
START_TEST(killed_in_call)
{
	struct tracing s;

	tracing_start(&s);
	tracing_enter(&s, SYS_read, 3, 0x1000, 10);
	tracing_leave(&s, SYS_read, -ERESTARTSYS, 3, 0x1000, 10);
	tracing_signal(&s, SIGKILL, 0);
	tracing_exit(&s, SIGKILL, false);
	/* By another thread, with exit_group. */
	tracing_enter(&s, SYS_read, 3, 0x1000, 10);
	tracing_leave(&s, SYS_read, -ERESTARTSYS, 3, 0x1000, 10);
	tracing_exit(&s, 0, false);
	/* By itself. */
	tracing_enter(&s, SYS_kill, 1000, SIGKILL);
	tracing_leave(&s, SYS_kill, 0, 1000, SIGKILL);
	tracing_exit(&s, SIGKILL, true);
	tracing_expect(&s, "read(3,  <unfinished ...>)              = ?\n"
			   "+++ killed by SIGKILL +++\n"
			   "read(3,  <unfinished ...>)              = ?\n"
			   "+++ exited with 0 +++\n"
			   "kill(1000, SIGKILL)                     = ?\n"
			   "+++ killed by SIGKILL +++\n");
	tracing_stop(&s);
}
END_TEST

/* The same with starts that were not recorded: all is in the end of the call. */
START_TEST(killed_without_start)
{
	struct tracing s;

	tracing_start(&s);
	tracing_leave(&s, SYS_read, -ERESTARTSYS, 3, 0x1000, 10);
	tracing_exit(&s, SIGKILL, false);
	tracing_leave(&s, SYS_kill, 0, 1000, SIGKILL);
	tracing_exit(&s, SIGKILL, true);
	tracing_expect(&s, "read(3,  <unfinished ...>)              = ?\n"
			   "+++ killed by SIGKILL +++\n"
			   "kill(1000, SIGKILL)                     = ?\n"
			   "+++ killed by SIGKILL +++\n");
	tracing_stop(&s);
}
END_TEST

/* A start that is told late may be told twice. */
START_TEST(late_start)
{
	struct tracing s;

	tracing_start(&s);
	for (int i = 0; i < 2; i++) {
		tracing_entry(&s, SYS_close, 3);
		s.recs.last->flags = EYAS_REC_F_REREAD;
		tracing_feed(&s);
	}
	tracing_expect(&s, "close(3");
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_leave(&s, SYS_close, 0, 4);
	tracing_expect(&s, ")                                = 0\n"
			   "close(4)                                = 0\n");
	tracing_stop(&s);
}
END_TEST

START_TEST(stopped)
{
	struct tracing s;

	tracing_start(&s);
	tracing_signal(&s, SIGSTOP, 0);
	tracing_signal(&s, SIGTSTP, 0x4000);
	tracing_expect(&s, "--- SIGSTOP {si_signo=SIGSTOP, si_code=SI_KERNEL} ---\n"
			   "--- stopped by SIGSTOP ---\n"
			   "--- SIGTSTP {si_signo=SIGTSTP, si_code=SI_KERNEL} ---\n");
	tracing_stop(&s);
}
END_TEST

/* A thread calls exec: it takes the number of the leader, which is no more. */
START_TEST(superseded)
{
	struct tracing s;

	tracing_start(&s);
	s.o.follow = s.o.file = s.o.pids = true;
	tracing_enter(&s, SYS_pause, 0);
	tracing_by(&s, 1000, 1001);
	exec_enter(&s);
	tracing_by(&s, 1000, 1000);
	tracing_exit(&s, SIGKILL, false);
	exec_done(&s);
	tracing_leave(&s, SYS_close, 0, 3);
	tracing_expect(&s, "1000  pause( <unfinished ...>\n"
			   "1001  execve(\"/bin/true\", [\"true\"], 0x3000 /* 2 vars */ "
			   "<unfinished ...>\n"
			   "1000  <... pause resumed>)              = ?\n"
			   "1000  +++ superseded by execve in pid 1001 +++\n"
			   "1000  <... execve resumed>)             = 0\n"
			   "1000  close(3)                          = 0\n");
	ck_assert_uint_eq(eyas_trace_alive(s.t), 1);
	tracing_stop(&s);
}
END_TEST

/* It waits in a call since before anybody looked. */
START_TEST(in_call)
{
	static const uint64_t args[6] = { 3, 0x1000, 10 };
	struct tracing s;

	tracing_start(&s);
	s.o.spent = true;
	ck_assert_int_eq(eyas_trace_add(tracing_trace(&s), 1000, 1000), 0);
	ck_assert_int_eq(eyas_trace_in_call(s.t, 1000, SYS_read, args, 1), 0);
	tracing_expect(&s, "read(3, ");
	eyas_rec_sys(&s.recs, SYS_read, 3, 3, 0x1000, 10);
	s.recs.last->flags = EYAS_REC_F_NO_ENTER;
	eyas_rec_blob(&s.recs, EYAS_BLOB_BYTES, 1 | EYAS_BLOB_F_OUT, "abc", 3);
	tracing_feed(&s);
	tracing_expect(&s, "\"abc\", 10)                      = 3 <unavailable>\n");
	/* Now that there are events, they tell. */
	ck_assert_int_eq(eyas_trace_in_call(s.t, 1000, SYS_read, args, 1), 0);
	tracing_expect(&s, "");
	tracing_stop(&s);
}
END_TEST

START_TEST(detached)
{
	struct tracing s;

	tracing_start(&s);
	tracing_enter(&s, SYS_read, 3, 0x1000, 10);
	ck_assert_int_eq(eyas_trace_finish(s.t), 0);
	ck_assert_str_eq(s.text.buf, "read(3,  <detached ...>\n");
	tracing_stop(&s);
}
END_TEST

/* ---- losses ---- */

START_TEST(loss)
{
	struct tracing s;

	tracing_start(&s);
	tracing_enter(&s, SYS_read, 3, 0x1000, 10);
	eyas_rec_loss(&s.recs, EYAS_CLASS_DESC, 2)->count[EYAS_CLASS_FILE] = 1;
	tracing_feed(&s);
	tracing_enter(&s, SYS_close, 4);
	tracing_expect(&s, "read(3,  <unfinished ...>\n"
			   "--- 3 events lost: file 1, desc 2 ---\n"
			   "<... read resumed> <unfinished ...>)    = ?\n"
			   "close(4");
	tracing_stop(&s);
}
END_TEST

/* ---- an output for each thread ---- */

START_TEST(separate)
{
	struct tracing s;

	tracing_start(&s);
	s.o.follow = s.o.file = s.o.separate = true;
	tracing_enter(&s, SYS_read, 3, 0x1000, 10);
	tracing_by(&s, 1000, 1001);
	tracing_leave(&s, SYS_close, 0, 3);
	eyas_rec_loss(&s.recs, EYAS_CLASS_DESC, 1);
	tracing_feed(&s);
	tracing_by(&s, 1000, 1001);
	tracing_exit(&s, 0, false);
	tracing_by(&s, 1000, 1000);
	eyas_rec_sys(&s.recs, SYS_read, 0, 3, 0x1000, 10);
	eyas_rec_blob(&s.recs, EYAS_BLOB_BYTES, 1 | EYAS_BLOB_F_OUT, "", 0);
	tracing_feed(&s);
	tracing_expect(&s, "");
	ck_assert_str_eq(tracing_file(&s, 1001, false)->buf,
			 "close(3)                                = 0\n"
			 "--- 1 event lost: desc 1 ---\n"
			 "+++ exited with 0 +++\n");
	ck_assert_str_eq(tracing_file(&s, 1000, false)->buf,
			 "read(3,  <unfinished ...>\n"
			 "--- 1 event lost: desc 1 ---\n"
			 "<... read resumed>\"\", 10)               = 0\n");
	ck_assert(s.files[0].closed || s.files[1].closed);
	tracing_stop(&s);
}
END_TEST

/* Two threads may tell of the signal that killed their group. */
START_TEST(a_group_is_killed_once)
{
	struct eyas_signal *sig;
	struct tracing s;
	const char *first;

	tracing_start(&s);
	s.o.follow = true;
	for (uint32_t tid = 700; tid < 702; tid++) {
		eyas_rec_by(&s.recs, 700);
		sig = eyas_rec_other(&s.recs, EYAS_REC_SIGNAL, sizeof(*sig));
		s.recs.last->tid = tid;
		sig->sig = 15;
		sig->flags = EYAS_SIGNAL_F_WHOLE | EYAS_SIGNAL_F_GROUP;
		tracing_feed(&s);
	}
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	first = strstr(s.text.buf, "--- SIGTERM {");
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_null(strstr(first + 1, "--- SIGTERM {"));
	tracing_stop(&s);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, a_group_is_killed_once);
	tcase_add_test(tc, command);
	tcase_add_test(tc, command_fails);
	tcase_add_test(tc, command_without_exec);
	tcase_add_test(tc, follows);
	tcase_add_test(tc, first_thread_only);
	tcase_add_test(tc, limited);
	tcase_add_test(tc, ends_in_call);
	tcase_add_test(tc, interrupted);
	tcase_add_test(tc, killed_in_call);
	tcase_add_test(tc, killed_without_start);
	tcase_add_test(tc, late_start);
	tcase_add_test(tc, stopped);
	tcase_add_test(tc, superseded);
	tcase_add_test(tc, in_call);
	tcase_add_test(tc, detached);
	tcase_add_test(tc, loss);
	tcase_add_test(tc, separate);
}

EYAS_TEST_MAIN("trace life", fill)
