// SPDX-License-Identifier: Apache-2.0
/* Random events of few processes: they do no harm, and what is said to last does. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include "base/strbuf.h"
#include "enrich/enrich.h"
#include "life.h"
#include "unit.h"

#define PIDS	30
#define EVENTS	50000

static struct eyas_life l;
static unsigned int state;

static void setup(void)
{
	state = 31;
	eyas_life_create(&l);
}

static void teardown(void)
{
	eyas_life_release(&l);
}

static uint32_t roll(uint32_t n)
{
	return (uint32_t)rand_r(&state) % n;
}

static const char *const paths[] = { "", "/", "..", "a/b", "/x/../..", "\xff\xfe", "." };

static void make_call(void)
{
	static const int calls[] = {
		SYS_setuid, SYS_setresuid, SYS_setreuid, SYS_setsid, SYS_setpgid, SYS_chdir,
		SYS_fchdir, SYS_openat, SYS_open, SYS_creat, SYS_openat2, SYS_socket, SYS_accept4,
		SYS_dup, SYS_dup3, SYS_fcntl, SYS_close, SYS_close_range, SYS_memfd_create,
		SYS_prctl, SYS_capset, SYS_eventfd2, SYS_signalfd4, SYS_setns, SYS_unshare,
		SYS_chroot,
	};

	eyas_rec_sys(&l.b, calls[roll(26)], (int)roll(40) - 4, roll(40), roll(20), roll(8) << 16,
		     0);
	for (uint8_t a = 0; a < 3; a++)
		eyas_rec_text(&l.b, EYAS_BLOB_STRING, a, paths[roll(7)]);
}

static void make_record(void)
{
	struct eyas_creds_change *creds;
	struct eyas_comm *comm;

	switch (roll(8)) {
	case 0:
		eyas_rec_fork(&l.b, 1 + roll(PIDS), "f")->flags = roll(4) ? 0 : EYAS_FORK_F_THREAD;
		return;
	case 1:
		eyas_rec_exec(&l.b, "e")->start_time = roll(4);
		eyas_rec_text(&l.b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, paths[roll(7)]);
		return;
	case 2:
		eyas_rec_exit(&l.b, 0)->flags = roll(2);
		return;
	case 3:
		creds = eyas_rec_other(&l.b, EYAS_REC_CREDS, sizeof(*creds));
		creds->after.uid = roll(3);
		return;
	case 4:
		comm = eyas_rec_other(&l.b, EYAS_REC_COMM, sizeof(*comm));
		comm->pid = 1 + roll(PIDS);
		comm->tid = comm->pid + roll(2) * 100;
		comm->after[0] = (char)('a' + roll(3));
		return;
	default:
		make_call();
	}
}

/* Returns who acts in it. */
static const struct eyas_proc *next(void)
{
	if (l.b.len > EYAS_RECS_SIZE / 2)
		eyas_recs_reset(&l.b);
	eyas_rec_by(&l.b, 1 + roll(PIDS));
	make_record();
	l.b.last->tid += roll(4) ? 0 : 100;
	eyas_life_update(&l);
	return eyas_enrich_actor(l.en, &l.ev);
}

START_TEST(no_harm_is_done)
{
	for (int i = 0; i < EVENTS; i++) {
		const struct eyas_proc *p = next();
		struct eyas_text t;
		struct eyas_fd fd;

		for (int32_t n = 0; p && n < 5; n++)
			(void)eyas_enrich_fd(l.en, p, n, &fd);
		for (unsigned int n = 0; n < 4; n++)
			(void)eyas_enrich_path(l.en, &l.ev, n, &l.arena, &t);
		for (int n = 0; p; n++) {
			ck_assert_int_lt(n, 10000);
			(void)eyas_enrich_container(l.en, p);
			p = eyas_enrich_parent(l.en, p);
		}
		eyas_arena_reset(&l.arena);
	}
}
END_TEST

/* ---- epochs ---- */

struct told {
	const struct eyas_proc *p;
	uint64_t epoch;
	struct eyas_strbuf text;
};

static void tell_text(struct eyas_strbuf *sb, struct eyas_text t)
{
	/* Where it is counts, too: who remembers a value remembers that. */
	eyas_strbuf_addf(sb, "%p %.*s|", (const void *)t.p, (int)t.len, t.p ? t.p : "");
}

/* What fields that last are made of. */
static void tell(struct eyas_strbuf *sb, const struct eyas_proc *p)
{
	const char *container = eyas_enrich_container(l.en, p);

	eyas_strbuf_addf(sb, "%s|", container ? container : "?");
	for (int n = 0; p && n < 10; n++, p = eyas_enrich_parent(l.en, p)) {
		eyas_strbuf_addf(sb, "%u %u %u|", p->pid, p->euid, p->loginuid);
		tell_text(sb, p->comm);
		tell_text(sb, p->exe);
		tell_text(sb, p->exepath);
		tell_text(sb, p->cmdline);
		tell_text(sb, p->args);
	}
}

START_TEST(an_epoch_is_of_one_state)
{
	struct told last = { 0 };
	unsigned int same = 0;

	for (int i = 0; i < EVENTS; i++) {
		const struct eyas_proc *p = next();
		struct told now = { p, eyas_enrich_epoch(l.en, p), EYAS_STRBUF_INIT };

		if (now.epoch)
			tell(&now.text, p);
		if (now.epoch && last.p == now.p && last.epoch == now.epoch) {
			ck_assert_str_eq(last.text.buf, now.text.buf);
			same++;
		}
		eyas_strbuf_release(&last.text);
		last = now;
		eyas_arena_reset(&l.arena);
	}
	eyas_strbuf_release(&last.text);
	ck_assert_uint_gt(same, EVENTS / 200);
}
END_TEST

START_TEST(descriptors_begin_no_epoch)
{
	uint64_t epoch;

	eyas_life_start(&l, 700);
	epoch = eyas_enrich_epoch(l.en, eyas_enrich_proc(l.en, 700));
	ck_assert_uint_ne(epoch, 0);
	eyas_life_open(&l, 700, 5, "/etc/passwd", 0);
	eyas_life_call(&l, 700, SYS_dup, 6, 5);
	eyas_life_call(&l, 700, SYS_close, 0, 5);
	eyas_life_call(&l, 700, SYS_getpid, 700, 0);
	ck_assert_uint_eq(epoch, eyas_enrich_epoch(l.en, eyas_enrich_proc(l.en, 700)));
	eyas_life_call(&l, 700, SYS_setuid, 0, 33);
	ck_assert_uint_ne(epoch, eyas_enrich_epoch(l.en, eyas_enrich_proc(l.en, 700)));
	ck_assert_uint_eq(eyas_enrich_epoch(l.en, NULL), 0);
}
END_TEST

START_TEST(a_thread_of_its_own_has_none)
{
	struct eyas_creds_change *c;

	eyas_life_start(&l, 700);
	eyas_rec_by(&l.b, 700);
	c = eyas_rec_other(&l.b, EYAS_REC_CREDS, sizeof(*c));
	l.b.last->tid = 701;
	c->after.uid = 5;
	eyas_life_update(&l);
	eyas_rec_by(&l.b, 700);
	eyas_rec_sys(&l.b, SYS_getpid, 700, 0);
	l.b.last->tid = 701;
	eyas_life_update(&l);
	ck_assert_uint_eq(eyas_enrich_epoch(l.en, eyas_enrich_actor(l.en, &l.ev)), 0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, no_harm_is_done);
	tcase_add_test(tc, an_epoch_is_of_one_state);
	tcase_add_test(tc, descriptors_begin_no_epoch);
	tcase_add_test(tc, a_thread_of_its_own_has_none);
}

EYAS_TEST_MAIN("enrich random", fill)
