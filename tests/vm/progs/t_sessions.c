// SPDX-License-Identifier: Apache-2.0
/*
 * Sixteen sessions at once over two processes on two CPUs, each with a policy of its
 * own, each exact; and counters, against what was done and what records say.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "recs.h"

#define N	1000
#define UID	4242

static int go[2];
static int pids[2];

/* Both do the same, N times; the second one as a user. */
static void actor(void *arg)
{
	int zero = open("/dev/zero", O_RDONLY), i;
	char buf[64];

	if (arg)
		CHECK(!setresuid(UID, UID, UID));
	CHECK(read(go[0], buf, 1) == 1);
	for (i = 0; i < N; i++) {
		syscall(SYS_getppid);
		syscall(SYS_close, -1);
		CHECK(syscall(SYS_pread64, zero, buf, 64, 0) == 64);
		syscall(SYS_open, "/no/such/file", O_RDONLY);
		syscall(SYS_setpriority, 77, i, 0);
		syscall(600 + i % 2, 1, 2, 3);
		syscall(5000);
	}
}

enum scope { ALL, FIRST, SECOND, USER, BOTH_AND_USER };

#define R	EYAS_PLAN_RECORD

/* Expected: records of the call at its end, at its start; calls counted of it. */
static const struct session {
	int nr;
	uint8_t plan;
	enum scope scope;
	unsigned int snaplen, exits, enters, counted;
	uint32_t bulk;
	bool lossy;
} sessions[EYAS_SESSIONS_MAX] = {
	{ SYS_getppid, R, ALL, 0, 2 * N, 0, 0, 1U << 20, 0 },
	{ SYS_getppid, R, FIRST, 0, N, 0, 0, 1U << 20, 0 },
	{ SYS_getppid, R, SECOND, 0, N, 0, 0, 1U << 20, 0 },
	{ SYS_getppid, R, USER, 0, N, 0, 0, 1U << 20, 0 },
	{ SYS_getppid, R, BOTH_AND_USER, 0, N, 0, 0, 1U << 20, 0 },
	{ SYS_close, R | EYAS_PLAN_NO_OK, ALL, 0, 2 * N, 0, 0, 1U << 20, 0 },
	{ SYS_setpriority, R | EYAS_PLAN_NO_FAILED, ALL, 0, 0, 0, 0, 16U << 10, 0 },
	{ SYS_pread64, R | EYAS_PLAN_DATA, ALL, 64, 2 * N, 0, 0, 1U << 20, 0 },
	{ SYS_pread64, R | EYAS_PLAN_DATA, SECOND, 16, N, 0, 0, 1U << 20, 0 },
	{ SYS_open, R | EYAS_PLAN_STRINGS | EYAS_PLAN_NO_OK, ALL, 0, 2 * N, 0, 0, 1U << 20, 0 },
	{ SYS_getppid, R | EYAS_PLAN_ENTER, ALL, 0, 2 * N, 2 * N, 0, 1U << 20, 0 },
	{ SYS_getppid, R, ALL, 0, 2 * N, 0, 0, 16U << 10, true },
	{ SYS_setpriority, EYAS_PLAN_COUNT, ALL, 0, 0, 0, 2 * N, 16U << 10, 0 },
	{ SYS_setpriority, EYAS_PLAN_COUNT, FIRST, 0, 0, 0, N, 16U << 10, 0 },
	{ 601, R | EYAS_PLAN_COUNT | EYAS_PLAN_NO_FAILED, USER, 0, 0, 0, N / 2, 16U << 10, 0 },
	{ SYS_kexec_load, R, ALL, 0, 0, 0, 0, 16U << 10, 0 },
};

static struct raw raws[EYAS_SESSIONS_MAX];
static char extra[EYAS_SESSIONS_MAX][256];

static void start(unsigned int i)
{
	const struct session *s = &sessions[i];
	struct raw_policy p = { .bulk = s->bulk, .crit = 16U << 10, .snaplen = s->snaplen,
				.extra = extra[i] };
	uint32_t uid = UID;

	p.plan[s->nr] = s->plan;
	if (s->scope == FIRST || s->scope == SECOND)
		p.extra_len = raw_attr(extra[i], 0, EYAS_A_SCOPE_PIDS, &pids[s->scope == SECOND], 4);
	if (s->scope == BOTH_AND_USER)
		p.extra_len = raw_attr(extra[i], 0, EYAS_A_SCOPE_PIDS, pids, 8);
	if (s->scope == USER || s->scope == BOTH_AND_USER)
		p.extra_len = raw_attr(extra[i], p.extra_len, EYAS_A_SCOPE_UIDS, &uid, 4);
	CHECK(!raw_open(&raws[i]) && !raw_start(&raws[i], &p), "%u: %s", i, raws[i].sentence);
}

static void check_record(unsigned int i, const struct eyas_record *rec)
{
	const struct session *s = &sessions[i];
	const struct eyas_blob *b;

	CHECK(rec->nr == s->nr, "session %u: call %d", i, rec->nr);
	if (s->snaplen) {
		b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_BYTES, 1, true);
		CHECK(b && b->stored == s->snaplen && b->full == 64, "session %u", i);
	}
	if (s->plan & EYAS_PLAN_STRINGS)
		RECS_TEXT(rec, EYAS_BLOB_STRING, 0, "/no/such/file");
	if (!(s->plan & (EYAS_PLAN_STRINGS | EYAS_PLAN_DATA)))
		CHECK(rec->len == sizeof(*rec) + raw_fixed(rec), "session %u: %u bytes", i, rec->len);
}

static void check_session(unsigned int i)
{
	static struct eyas_counter c[EYAS_NR_MAX + 1];
	const struct session *s = &sessions[i];
	unsigned int k, exits = 0, enters = 0;
	struct raw *r = &raws[i];
	uint64_t lost = 0;

	for (k = 0; k < r->nrings; k++) {
		const struct eyas_record *rec;

		while ((rec = raw_next(&r->rings[k]))) {
			if (rec->type == EYAS_REC_LOSS)
				continue;
			if ((int)rec->pid != pids[0] && (int)rec->pid != pids[1])
				continue;
			check_record(i, rec);
			exits += rec->type == EYAS_REC_SYS_EXIT;
			enters += rec->type == EYAS_REC_SYS_ENTER;
		}
		lost += r->rings[k].told + raw_account(&r->rings[k]);
	}
	/* Somebody else may call getppid now and then; then it is not ours that are lost. */
	CHECK(s->lossy ? lost && exits + lost >= s->exits && exits < s->exits :
	      exits == s->exits && !lost, "session %u: %u ends, %lu lost", i, exits, lost);
	CHECK(enters == s->enters, "session %u: %u starts", i, enters);
	raw_counters(r, EYAS_ABI_X86_64, c);
	CHECK(c[s->nr].count == s->counted && (s->counted == 0 || c[s->nr].errors == s->counted),
	      "session %u: %llu calls, %llu errors", i, c[s->nr].count, c[s->nr].errors);
}

static void test_sessions(void)
{
	unsigned int i;
	int status;

	CHECK(!pipe(go));
	for (i = 0; i < 2; i++)
		pids[i] = raw_child(i, actor, (void *)(long)i, false);
	/* So that the second one is its user already. */
	usleep(100000);
	for (i = 0; i < EYAS_SESSIONS_MAX; i++)
		start(i);
	CHECK(raw_open(&(struct raw){ 0 }) == -EBUSY);
	CHECK(write(go[1], "go", 2) == 2);
	for (i = 0; i < 2; i++)
		CHECK(waitpid(pids[i], &status, 0) == pids[i] && !status);
	for (i = 0; i < EYAS_SESSIONS_MAX; i++)
		check_session(i);
	for (i = 0; i < EYAS_SESSIONS_MAX; i++)
		raw_close(&raws[i]);
	printf("%d sessions at once: each exact\n", EYAS_SESSIONS_MAX);
}

/* ---- counters and records of the same calls ---- */

#define SLEEPS	20
#define MS	3000000ULL

static void counted(void *arg)
{
	struct timespec t = { 0, MS };
	int i, pid;

	(void)arg;
	for (i = 0; i < SLEEPS; i++) {
		CHECK(!syscall(SYS_nanosleep, &t, NULL));
		syscall(SYS_nanosleep, NULL, NULL);
	}
	for (i = 0; i < 3; i++) {
		pid = syscall(SYS_fork);
		if (!pid)
			_exit(0);
		CHECK(waitpid(pid, NULL, 0) == pid);
	}
	for (i = 0; i < 7; i++)
		syscall(5000 + i);
}

struct sums {
	uint64_t n, errors, sum, min, max;
};

static void sum_up(struct sums *s, const struct eyas_record *rec)
{
	const struct eyas_times *t = recs_blob(rec, EYAS_BLOB_TIMES, EYAS_BLOB_NO_ARG);
	uint64_t took = rec->time - t->enter;

	s->n++;
	s->errors += recs_ret(rec) < 0;
	s->sum += took;
	if (s->n == 1 || took < s->min)
		s->min = took;
	if (took > s->max)
		s->max = took;
}

/* A record is made after its call was counted, so that its time is not less. */
static void test_counters(void)
{
	static struct eyas_counter c[EYAS_NR_MAX + 1];
	static struct recs rs;
	uint32_t self = getpid();
	struct raw_policy p = { .flags = EYAS_SESSION_F_TIMES, .extra = extra[0],
				.other = R | EYAS_PLAN_COUNT };
	const struct eyas_counter *s = &c[SYS_nanosleep];
	struct sums sums = { 0 };
	unsigned int i;
	struct raw r;

	memset(p.plan, R | EYAS_PLAN_COUNT, sizeof(p.plan));
	p.extra_len = raw_attr(extra[0], 0, EYAS_A_SCOPE_PIDS, &self, 4);
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	raw_child(-1, counted, NULL, true);
	recs_take(&rs, &r, 0);
	raw_counters(&r, EYAS_ABI_X86_64, c);
	for (i = 0; i < rs.n; i++)
		if (rs.rec[i]->type == EYAS_REC_SYS_EXIT && rs.rec[i]->nr == SYS_nanosleep)
			sum_up(&sums, rs.rec[i]);
	CHECK(s->count == 2 * SLEEPS && s->errors == SLEEPS && s->timed == 2 * SLEEPS);
	CHECK(sums.n == s->count && sums.errors == s->errors);
	CHECK(s->time_sum >= SLEEPS * MS && s->time_sum <= sums.sum, "%llu of %lu", s->time_sum,
	      sums.sum);
	CHECK(s->time_min < MS && s->time_min <= sums.min && s->time_max >= MS &&
	      s->time_max <= sums.max);
	/* One call each, however often it returns. */
	CHECK(c[SYS_fork].count == 3 && !c[SYS_fork].errors);
	CHECK(c[EYAS_NR_MAX].count == 7 && c[EYAS_NR_MAX].errors == 7);
	/* Ended without an end. */
	CHECK(!c[SYS_exit_group].count);
	/* Every record is counted, and nothing else is. */
	for (i = 0; i < rs.n; i++) {
		const struct eyas_record *rec = rs.rec[i];
		unsigned int nr = rec->nr < EYAS_NR_MAX ? rec->nr : EYAS_NR_MAX;

		if (rec->type != EYAS_REC_SYS_EXIT || (rec->nr == SYS_fork && !recs_ret(rec)) ||
		    (rec->nr == SYS_clone && !recs_ret(rec)))
			continue;
		CHECK(c[nr].count--, "call %d is not counted", rec->nr);
	}
	for (i = 0; i <= EYAS_NR_MAX; i++)
		CHECK(!c[i].count, "call %u: %llu more than recorded", i, c[i].count);
	raw_close(&r);
	printf("counters: as many, as long as records say\n");
}

int main(void)
{
	test_sessions();
	test_counters();
	return 0;
}
