// SPDX-License-Identifier: Apache-2.0
/*
 * Processes told of in brief (EYAS_SESSION_F_BRIEF), and the start of a fork, which
 * is told before its child is (EYAS_SESSION_F_LATE).
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "recs.h"

static struct raw r;
static struct recs rs;

static int fork_and_exec(void)
{
	int pid = (int)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0), status;

	if (!pid) {
		execl("/proc/self/exe", "t_brief", "exit", NULL);
		_exit(1);
	}
	CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && !status);
	return pid;
}

/* @t has a name and a time, and with @brief nothing else. */
static void check_task(const struct eyas_task *t, const char *comm, bool brief)
{
	struct eyas_task only = { .start_time = t->start_time };

	CHECK(t->start_time && !strcmp(t->comm, comm), "'%.16s'", t->comm);
	/* What is behind the name is not cleared before 5.17. */
	memcpy(only.comm, t->comm, sizeof(only.comm));
	CHECK(!memcmp(t, &only, sizeof(only)) == brief, "of %s", comm);
}

static void check_child(int child, bool brief)
{
	const struct eyas_record *rec;

	recs_take(&rs, &r, 0);
	for (unsigned int i = 0; i < rs.n; i++) {
		rec = rs.rec[i];
		if ((int)rec->pid != child || rec->type != EYAS_REC_EXEC)
			continue;
		check_task((const void *)(rec + 1), "exe", brief);
		CHECK((rec->len == sizeof(*rec) + sizeof(struct eyas_task)) == brief, "%u bytes",
		      rec->len);
		return;
	}
	CHECK(0, "no record of the exec");
}

/* Numbers of @type and call clone that thread @tid made; the last is *ret. */
static unsigned int clones(uint16_t type, int tid, const struct eyas_record **ret)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < rs.n; i++)
		if (rs.rec[i]->type == type && (int)rs.rec[i]->tid == tid &&
		    (type == EYAS_REC_FORK || rs.rec[i]->nr == SYS_clone)) {
			*ret = rs.rec[i];
			n++;
		}
	return n;
}

static void check_parent(int pid, int child, uint32_t flags)
{
	bool brief = flags & EYAS_SESSION_F_BRIEF, late = flags & EYAS_SESSION_F_LATE;
	const struct eyas_record *fork = NULL, *start = NULL, *end = NULL;
	const struct eyas_fork *f;
#ifdef __x86_64__
	unsigned int born = !brief;	/* returns of a child, from the clone that it was born in */
#else
	unsigned int born = 0;
#endif

	CHECK(clones(EYAS_REC_FORK, pid, &fork) == 1);
	f = (const void *)(fork + 1);
	CHECK((int)f->child_tid == child && (int)f->child_pid == child && !f->flags, "%x", f->flags);
	check_task(&f->task, "t_brief", brief);
	CHECK(clones(EYAS_REC_SYS_EXIT, pid, &end) == 1 + born && recs_ret(end) == child);
	CHECK(clones(EYAS_REC_SYS_ENTER, pid, &start) == late, "no, or more than one start");
	if (late)
		CHECK((start->flags & EYAS_REC_F_REREAD) && start->time <= fork->time &&
		      start->time <= end->time && ((const struct eyas_sys_enter *)(start + 1))
		      ->args[0] == SIGCHLD, "flags %x", start->flags);
	CHECK(clones(EYAS_REC_SYS_EXIT, child, &end) == born);
}

static void round_of(uint32_t flags)
{
	struct raw_policy p = { .events = EYAS_EVENT_PROCESS, .flags = flags };
	int told[2], pid, child, status;

	p.plan[SYS_clone] = EYAS_PLAN_RECORD;
	CHECK(!pipe(told) && !raw_open(&r), "%s", r.sentence);
	CHECK(r.page->features & EYAS_FEATURE_BRIEF);
	if (!(r.page->features & EYAS_FEATURE_LATE))
		p.flags &= ~EYAS_SESSION_F_LATE;
	CHECK(!raw_start(&r, &p), "%s", r.sentence);
	pid = fork();
	if (!pid) {
		child = fork_and_exec();
		CHECK(write(told[1], &child, sizeof(child)) == sizeof(child));
		_exit(0);
	}
	CHECK(pid > 0 && read(told[0], &child, sizeof(child)) == sizeof(child));
	CHECK(waitpid(pid, &status, 0) == pid && !status);
	check_child(child, flags & EYAS_SESSION_F_BRIEF);
	check_parent(pid, child, p.flags);
	raw_close(&r);
	close(told[0]);
	close(told[1]);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "exit"))
		return 0;
	round_of(0);
	round_of(EYAS_SESSION_F_BRIEF);
	round_of(EYAS_SESSION_F_BRIEF | EYAS_SESSION_F_LATE);
	return 0;
}
