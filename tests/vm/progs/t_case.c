// SPDX-License-Identifier: Apache-2.0
/*
 * Arguments that lead to memory or not, and to how much, by the value of another
 * one: exact bytes, read after the call and, in a second run, before and after it.
 */
#include <asm/prctl.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/keyctl.h>
#include <net/if.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "raw.h"

#define CALLS	80
#define WANTS	4
#define ANY	(-9999)		/* whatever the result is */
#define L(x)	((long)(uintptr_t)(x))

enum when { GIVEN, WRITTEN, BOTH };

struct want {
	uint8_t kind, arg, when;
	const void *before;	/* a copy of what is given */
	const void *at;		/* where it is, in memory that all processes share */
	uint32_t len, full;
	bool cold;		/* not in memory before the call */
};

static struct call {
	const char *what;
	int nr;
	long args[6];
	long ret;		/* ANY */
	bool interrupted;	/* by a timer */
	unsigned int nwants;
	struct want want[WANTS];
	bool entered, ended;
} calls[CALLS];
static unsigned int ncalls;
static char *arena, *cold;
static size_t used;

/* Memory that the caller and we see alike. */
static void *room(size_t size)
{
	void *p = arena + used;

	used += (size + 63) & ~63UL;
	CHECK(used <= 1 << 16);
	return p;
}

static void *put(const void *data, size_t size)
{
	return memcpy(room(size), data, size);
}

static struct call *add(const char *what, int nr, long ret, long a, long b, long c, long d,
			long e, long f)
{
	struct call *call = &calls[ncalls++];

	CHECK(ncalls <= CALLS);
	*call = (struct call){ .what = what, .nr = nr, .args = { a, b, c, d, e, f }, .ret = ret };
	return call;
}

/* What is behind argument @arg: @len bytes, of @full. */
static void want(struct call *c, uint8_t kind, uint8_t arg, enum when when, uint32_t len,
		 uint32_t full)
{
	struct want *w = &c->want[c->nwants++];
	void *at = (void *)(uintptr_t)c->args[arg];
	void *copy = malloc(len + 1);

	CHECK(c->nwants <= WANTS && copy);
	memcpy(copy, at, len);
	*w = (struct want){ kind, arg, when, copy, at, len, full, at == cold };
}

static void one(const char *what, int nr, long ret, long a, long b, const void *given,
		uint32_t len, enum when when)
{
	struct call *c = add(what, nr, ret, a, b, L(given), 0, 0, 0);

	if (len)
		want(c, EYAS_BLOB_STRUCT, 2, when, len, len);
}

static void files(int fd)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 5, .l_len = 7 };
	long owner = (long)getpid() << 32 | 1, hint = 2;

	one("setlk", SYS_fcntl, 0, fd, F_SETLK, put(&lock, 32), 32, GIVEN);
	one("getlk", SYS_fcntl, 0, fd, F_GETLK, put(&lock, 32), 32, BOTH);
	one("getlk bad", SYS_fcntl, -EBADF, 999, F_GETLK, put(&lock, 32), 32, GIVEN);
	one("ofd_setlk", SYS_fcntl, ANY, fd, F_OFD_SETLK, put("there are 32 bytes of this.....", 32),
	    32, GIVEN);
	one("getfl", SYS_fcntl, ANY, fd, F_GETFL, put(&lock, 32), 0, GIVEN);
	one("setown_ex", SYS_fcntl, ANY, fd, F_SETOWN_EX, put(&owner, 8), 8, GIVEN);
	one("getown_ex", SYS_fcntl, 0, fd, F_GETOWN_EX, room(8), 8, WRITTEN);
	one("set_rw_hint", SYS_fcntl, 0, fd, F_SET_RW_HINT, put(&hint, 8), 8, GIVEN);
	one("get_rw_hint", SYS_fcntl, 0, fd, F_GET_RW_HINT, room(8), 8, WRITTEN);
	one("null", SYS_fcntl, -EFAULT, fd, F_SETLK, NULL, 0, GIVEN);
	one("cold", SYS_fcntl, 0, fd, F_SETLK, cold, 32, GIVEN);
}

static void requests(int fd)
{
	int zero = 0, s = socket(AF_INET, SOCK_DGRAM, 0), pipes[2];
	struct ifreq lo = { .ifr_name = "lo" };

	CHECK(!pipe(pipes) && write(pipes[1], "seven..", 7) == 7);
	one("fionread", SYS_ioctl, 0, pipes[0], FIONREAD, room(4), 4, WRITTEN);
	one("fionbio", SYS_ioctl, 0, pipes[0], FIONBIO, put(&zero, 4), 4, GIVEN);
	one("tcgets", SYS_ioctl, -ENOTTY, pipes[0], TCGETS, room(36), 0, WRITTEN);
	one("tcsets", SYS_ioctl, -ENOTTY, pipes[0], TCSETS, room(36), 36, GIVEN);
	one("fioclex", SYS_ioctl, 0, pipes[0], FIOCLEX, room(36), 0, GIVEN);
	one("siocgifindex", SYS_ioctl, 0, s, SIOCGIFINDEX, put(&lo, sizeof(lo)), sizeof(lo), BOTH);
	one("_IOW", SYS_ioctl, -ENOTTY, fd, _IOW('Z', 1, char[24]), put("given", 24), 24, GIVEN);
	one("_IOWR", SYS_ioctl, -ENOTTY, fd, _IOWR('Z', 1, char[24]), put("both.", 24), 24, BOTH);
	one("_IOR", SYS_ioctl, -ENOTTY, fd, _IOR('Z', 1, char[24]), room(24), 0, WRITTEN);
	one("_IO", SYS_ioctl, -ENOTTY, fd, _IO('Z', 1), room(24), 0, GIVEN);
}

static struct call *option(const char *what, long ret, long option, const void *arg)
{
	return add(what, SYS_prctl, ret, option, L(arg), 0, 0, 0, 0);
}

static void options(void)
{
	struct call *c;

	c = option("set_name", 0, PR_SET_NAME, put("a name", 7));
	want(c, EYAS_BLOB_STRING, 1, GIVEN, 6, 6);
	c = option("set_name long", 0, PR_SET_NAME, put("a name that is too long", 24));
	want(c, EYAS_BLOB_STRING, 1, GIVEN, 16, EYAS_BLOB_FULL_UNKNOWN);
	c = option("get_name", 0, PR_GET_NAME, room(16));
	want(c, EYAS_BLOB_STRING, 1, WRITTEN, 15, 15);
	c = option("get_pdeathsig", 0, PR_GET_PDEATHSIG, room(4));
	want(c, EYAS_BLOB_STRUCT, 1, WRITTEN, 4, 4);
	option("set_pdeathsig", 0, PR_SET_PDEATHSIG, NULL);
	option("get_dumpable", 1, PR_GET_DUMPABLE, room(4));
	c = add("get_fs", SYS_arch_prctl, 0, ARCH_GET_FS, L(room(8)), 0, 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 1, WRITTEN, 8, 8);
	add("set_fs bad", SYS_arch_prctl, -EPERM, ARCH_SET_FS, -1L, 0, 0, 0, 0);
	c = add("keyctl search", SYS_keyctl, -ENOKEY, KEYCTL_SEARCH, KEY_SPEC_PROCESS_KEYRING,
		L(put("user", 5)), L(put("none", 5)), 0, 0);
	want(c, EYAS_BLOB_STRING, 2, GIVEN, 4, 4);
	want(c, EYAS_BLOB_STRING, 3, GIVEN, 4, 4);
	c = add("action_avail", SYS_seccomp, 0, 2, 0, L(put("\0\0\xff\x7f", 4)), 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 2, GIVEN, 4, 4);
	c = add("notif_sizes", SYS_seccomp, 0, 3, 0, L(room(6)), 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 2, WRITTEN, 6, 6);
	c = add("landlock", SYS_landlock_add_rule, ANY, -1, 1, L(put("twelve bytes", 12)), 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 2, GIVEN, 12, 12);
	c = add("fsconfig", SYS_fsconfig, ANY, -1, 1, L(put("key", 4)), L(put("value", 6)), 0, 0);
	want(c, EYAS_BLOB_STRING, 2, GIVEN, 3, 3);
	want(c, EYAS_BLOB_STRING, 3, GIVEN, 5, 5);
	c = add("quotaon", SYS_quotactl, ANY, 0x80000200, L(put("/none", 6)), 2, L(put("/quota", 7)),
		0, 0);
	want(c, EYAS_BLOB_STRING, 1, GIVEN, 5, 5);
	want(c, EYAS_BLOB_STRING, 3, GIVEN, 6, 6);
	c = add("register", SYS_io_uring_register, ANY, -1, 2, L(put("three ints..", 12)), 3, 0, 0);
	want(c, EYAS_BLOB_ARRAY, 2, GIVEN, 12, 12);
	c = add("kexec", SYS_kexec_file_load, ANY, -1, -1, 6, L(put("quiet", 6)), 0, 0);
	want(c, EYAS_BLOB_BYTES, 3, GIVEN, 6, 6);
}

static void ipc(void)
{
	int sem = semget(IPC_PRIVATE, 1, 0600), shm = shmget(IPC_PRIVATE, 4096, 0600);
	int msg = msgget(IPC_PRIVATE, 0600);
	long type = 3;
	char *text = put(&type, 32);
	struct call *c;

	CHECK(sem >= 0 && shm >= 0 && msg >= 0);
	memcpy(text + 8, "hello", 5);
	c = add("semctl", SYS_semctl, 0, sem, 0, IPC_STAT, L(room(104)), 0, 0);
	want(c, EYAS_BLOB_STRUCT, 3, WRITTEN, 104, 104);
	add("semctl setval", SYS_semctl, 0, sem, 0, SETVAL, 1, 0, 0);
	one("shmctl", SYS_shmctl, 0, shm, IPC_STAT, room(112), 112, WRITTEN);
	one("msgctl", SYS_msgctl, 0, msg, IPC_STAT, room(120), 120, WRITTEN);
	c = add("msgsnd", SYS_msgsnd, 0, msg, L(text), 5, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, GIVEN, 13, 13);
	c = add("msgrcv", SYS_msgrcv, 5, msg, L(room(64)), 50, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, WRITTEN, 13, 13);
	c = add("futex wait", SYS_futex, -EAGAIN, L(room(4)), FUTEX_WAIT_PRIVATE, 1,
		L(put("sixteen bytes...", 16)), 0, 0);
	memset((void *)(uintptr_t)c->args[3], 0, 16);
	want(c, EYAS_BLOB_STRUCT, 3, GIVEN, 16, 16);
	add("futex wake", SYS_futex, 0, L(room(4)), FUTEX_WAKE_PRIVATE, 1, L(room(16)), 0, 0);
}

static void lists(int fd)
{
	uint32_t groups[3] = { 1, 20, 300 }, len = 4;
	long iocbs[2] = { L(put("the first iocb", 64)), L(put("the other iocb", 64)) };
	unsigned long set = 1UL << (SIGUSR1 - 1), nodes = 1;
	long pair[2] = { L(put(&set, 8)), 8 };
	struct want *w;
	struct call *c;

	(void)fd;
	c = add("setgroups", SYS_setgroups, 0, 3, L(put(groups, 12)), 0, 0, 0, 0);
	want(c, EYAS_BLOB_ARRAY, 1, GIVEN, 12, 12);
	c = add("getgroups", SYS_getgroups, 3, 10, L(room(40)), 0, 0, 0, 0);
	want(c, EYAS_BLOB_ARRAY, 1, WRITTEN, 12, 12);
	add("getgroups number", SYS_getgroups, 3, 0, L(room(40)), 0, 0, 0, 0);
	c = add("io_submit", SYS_io_submit, -EINVAL, 0xdead, 2, L(put(iocbs, 16)), 0, 0, 0);
	want(c, EYAS_BLOB_ARRAY, 2, GIVEN, 128, 128);
	w = &c->want[0];
	w->before = memcpy(memcpy(malloc(128), (void *)iocbs[0], 64) + 64, (void *)iocbs[1], 64) - 64;
	c = add("getsockopt", SYS_getsockopt, 0, socket(AF_UNIX, SOCK_DGRAM, 0), SOL_SOCKET, SO_TYPE,
		L(room(8)), L(put(&len, 4)), 0);
	want(c, EYAS_BLOB_BYTES, 3, WRITTEN, 4, 4);
	want(c, EYAS_BLOB_STRUCT, 4, BOTH, 4, 4);
	c = add("mincore", SYS_mincore, 0, L(arena), 8192, L(room(2)), 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 2, WRITTEN, 2, 2);
	c = add("set_mempolicy", SYS_set_mempolicy, ANY, 2, L(put(&nodes, 8)), 60, 0, 0, 0);
	want(c, EYAS_BLOB_BYTES, 1, GIVEN, 8, 8);
	c = add("move_pages", SYS_move_pages, 0, 0, 2, L(put(iocbs, 16)), 0, L(room(8)), 0);
	want(c, EYAS_BLOB_ARRAY, 2, GIVEN, 16, 16);
	want(c, EYAS_BLOB_ARRAY, 4, WRITTEN, 8, 8);
	c = add("kexec_load", SYS_kexec_load, ANY, 0, 1, L(put("there are 32 bytes of this.....", 32)),
		0xffff0000, 0, 0);
	want(c, EYAS_BLOB_ARRAY, 2, GIVEN, 32, 32);
	c = add("robust", SYS_get_robust_list, 0, 0, L(room(8)), L(room(8)), 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 1, WRITTEN, 8, 8);
	want(c, EYAS_BLOB_STRUCT, 2, WRITTEN, 8, 8);
	c = add("pselect6", SYS_pselect6, 0, 0, 0, 0, 0, L(room(16)), L(put(pair, 16)));
	want(c, EYAS_BLOB_STRUCT, 4, BOTH, 16, 16);
	want(c, EYAS_BLOB_STRUCT, 5, GIVEN, 16, 16);
	want(c, EYAS_BLOB_BYTES, 5, GIVEN, 8, 8);
	c->want[2].before = put(&set, 8);
}

static void sleeps(void)
{
	struct timespec little = { 0, 1000 }, much = { 100, 0 };
	struct call *c;

	c = add("nanosleep", SYS_nanosleep, 0, L(put(&little, 16)), L(room(16)), 0, 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 0, GIVEN, 16, 16);
	c = add("nanosleep cut", SYS_nanosleep, -EINTR, L(put(&much, 16)), L(room(16)), 0, 0, 0, 0);
	want(c, EYAS_BLOB_STRUCT, 0, GIVEN, 16, 16);
	want(c, EYAS_BLOB_STRUCT, 1, WRITTEN, 16, 16);
	c->interrupted = true;
	c = add("clock_nanosleep cut", SYS_clock_nanosleep, -EINTR, CLOCK_MONOTONIC, 0,
		L(put(&much, 16)), L(room(16)), 0, 0);
	want(c, EYAS_BLOB_STRUCT, 2, GIVEN, 16, 16);
	want(c, EYAS_BLOB_STRUCT, 3, WRITTEN, 16, 16);
	c->interrupted = true;
}

static void nothing(int sig)
{
	(void)sig;
}

static void call(struct call *c)
{
	const struct itimerval soon = { .it_value.tv_usec = 30000 };
	const long *a = c->args;
	long ret;

	if (c->want[0].cold)
		CHECK(!madvise(cold, 4096, MADV_DONTNEED));
	if (c->interrupted)
		CHECK(!setitimer(ITIMER_REAL, &soon, NULL));
	ret = syscall(c->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	ret = ret == -1 ? -errno : ret;
	CHECK(ret == c->ret || c->ret == ANY, "%s: %ld", c->what, ret);
}

static void actor(void *arg)
{
	struct sigaction sa = { .sa_handler = nothing };
	volatile char *p;
	unsigned int i;

	(void)arg;
	sigaction(SIGALRM, &sa, NULL);
	/* A new process has yet to map what it shares with its parent. */
	for (p = arena; p < arena + (1 << 16); p += 4096)
		(void)*p;
	for (i = 0; i < ncalls; i++)
		call(&calls[i]);
}

static unsigned int blobs(const struct eyas_record *rec)
{
	const uint8_t *p = (const uint8_t *)(rec + 1) + raw_fixed(rec);
	const uint8_t *end = (const uint8_t *)rec + rec->len;
	unsigned int n = 0;

	for (; p < end; n++)
		p += 8 + ((((const struct eyas_blob *)p)->stored + 7) & ~7);
	return n;
}

static void check_blob(const struct call *c, const struct want *w, const struct eyas_record *rec,
		       bool out)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), w->kind, w->arg, out);
	bool reread = rec->type == EYAS_REC_SYS_EXIT && !out;

	CHECK(b, "%s: no blob %u of argument %u", c->what, w->kind, w->arg);
	if (w->cold && rec->type == EYAS_REC_SYS_ENTER) {
		CHECK(!b->stored && b->full == w->full && (b->arg & EYAS_BLOB_F_FAULT));
		return;
	}
	CHECK(b->stored == w->len && b->full == w->full, "%s: %u of %u bytes, not %u of %u",
	      c->what, b->stored, b->full, w->len, w->full);
	CHECK(!memcmp(b + 1, out ? w->at : w->before, w->len), "%s: argument %u", c->what, w->arg);
	CHECK(!(b->arg & EYAS_BLOB_F_FAULT) && !!(b->arg & EYAS_BLOB_F_REREAD) == reread, "%s",
	      c->what);
}

static void check(struct call *c, const struct eyas_record *rec, bool enter)
{
	const long *args = (const long *)(rec + 1);
	bool after = rec->type == EYAS_REC_SYS_EXIT, ok = after && args[6] >= 0;
	unsigned int i, n = 0;

	for (i = 0; i < 6; i++)
		CHECK(args[i] == c->args[i], "%s: argument %u is %lx", c->what, i, args[i]);
	if (after && c->interrupted)
		CHECK(args[6] == -516, "%s: %ld", c->what, args[6]);
	else if (after && c->ret != ANY)
		CHECK(args[6] == c->ret, "%s: %ld", c->what, args[6]);
	for (i = 0; i < c->nwants; i++) {
		const struct want *w = &c->want[i];
		bool out = after && w->when != GIVEN && (ok || c->interrupted);
		/* With entries, what was unreadable there is read again at the end. */
		bool in = w->when != WRITTEN && !out && (!after || !enter || w->cold);

		if (!in && !out)
			continue;
		n++;
		check_blob(c, w, rec, out);
	}
	CHECK(blobs(rec) == n, "%s: %u blobs, not %u", c->what, blobs(rec), n);
	*(after ? &c->ended : &c->entered) = true;
}

/* The next call of that number that has no such record yet. */
static struct call *find(const struct eyas_record *rec)
{
	unsigned int i;

	for (i = 0; i < ncalls; i++) {
		struct call *c = &calls[i];

		if (c->nr == rec->nr && !(rec->type == EYAS_REC_SYS_EXIT ? c->ended : c->entered))
			return c;
	}
	CHECK(0, "a call %d too many", rec->nr);
	return NULL;
}

/* The mask that a handler's end restores is on the stack, which no argument tells. */
static void check_return(const struct eyas_record *rec)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_STRUCT, 0, false);
	unsigned long blocked = 1UL << (SIGUSR2 - 1);

	CHECK(b && b->stored == 8 && !memcmp(b + 1, &blocked, 8), "mask");
}

static void run(bool enter)
{
	uint8_t plan = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_DATA |
		       (enter ? EYAS_PLAN_ENTER : 0);
	struct raw_policy p = { .snaplen = 256 };
	const struct eyas_record *rec;
	unsigned int i, returns = 0;
	struct raw r;
	int pid;

	for (i = 0; i < ncalls; i++) {
		p.plan[calls[i].nr] = plan;
		calls[i].entered = calls[i].ended = false;
	}
	p.plan[SYS_rt_sigreturn] = plan;
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	pid = raw_child(1, actor, NULL, true);
	for (i = 0; i < r.nrings; i++)
		while ((rec = raw_next(&r.rings[i]))) {
			if ((int)rec->pid != pid)
				continue;
			if (rec->nr != SYS_rt_sigreturn)
				check(find(rec), rec, enter);
			else if (rec->type == EYAS_REC_SYS_ENTER)
				check_return(rec), returns++;
		}
	for (i = 0; i < ncalls; i++)
		CHECK(calls[i].ended && calls[i].entered == enter, "%s: no record", calls[i].what);
	CHECK(returns == (enter ? 2 : 0), "%u returns", returns);
	raw_close(&r);
	printf("%u calls, memory %s\n", ncalls, enter ? "before and after" : "after");
}

int main(void)
{
	int fd = open("/tmp/cases", O_CREAT | O_RDWR | O_TRUNC, 0600);
	struct flock lock = { .l_type = F_RDLCK, .l_start = 100, .l_len = 1 };
	sigset_t set;

	CHECK(fd >= 0 && !ftruncate(fd, 4096) && pwrite(fd, &lock, sizeof(lock), 0) == sizeof(lock));
	arena = mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	cold = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(arena != MAP_FAILED && cold != MAP_FAILED);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	files(fd);
	requests(fd);
	options();
	ipc();
	lists(fd);
	sleeps();
	run(false);
	/* What was written is as it was. */
	for (unsigned int i = 0; i < ncalls; i++)
		for (unsigned int k = 0; k < calls[i].nwants; k++)
			if (calls[i].want[k].when == BOTH)
				memcpy((void *)calls[i].want[k].at, calls[i].want[k].before,
				       calls[i].want[k].len);
	run(true);
	return 0;
}
