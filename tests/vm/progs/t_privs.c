// SPDX-License-Identifier: Apache-2.0
/*
 * Who may do what, and to whom: each call that changes credentials, before and after;
 * each way to reach into another process; binaries that give rights.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <signal.h>
#include <sys/fsuid.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "recs.h"

#define D	"/tmp/privs"
#define CAP(n)	(1ULL << (n))

static struct recs rs;
static struct raw r;

/* ---- credentials ---- */

/* As /proc has them: all that struct eyas_creds has but for securebits and the namespace. */
static struct eyas_creds creds_now(void)
{
	struct eyas_creds c = { .securebits = prctl(PR_GET_SECUREBITS) };
	FILE *f = fopen("/proc/thread-self/status", "r");
	char line[256];

	CHECK(f);
	while (fgets(line, sizeof(line), f)) {
		char *p;

		sscanf(line, "Uid: %u %u %u %u", &c.uid, &c.euid, &c.suid, &c.fsuid);
		sscanf(line, "Gid: %u %u %u %u", &c.gid, &c.egid, &c.sgid, &c.fsgid);
		sscanf(line, "CapInh: %llx", &c.cap_inheritable);
		sscanf(line, "CapPrm: %llx", &c.cap_permitted);
		sscanf(line, "CapEff: %llx", &c.cap_effective);
		sscanf(line, "CapBnd: %llx", &c.cap_bounding);
		sscanf(line, "CapAmb: %llx", &c.cap_ambient);
		if (strncmp(line, "Groups:", 7))
			continue;
		for (p = strtok(line + 7, " \t\n"); p; p = strtok(NULL, " \t\n"))
			c.ngroups++;
	}
	fclose(f);
	return c;
}

static int cap_set(uint64_t effective, uint64_t permitted, uint64_t inheritable)
{
	struct __user_cap_header_struct h = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct d[2] = {
		{ effective, permitted, inheritable },
		{ effective >> 32, permitted >> 32, inheritable >> 32 },
	};

	return syscall(SYS_capset, &h, d);
}

static uint64_t all;		/* capabilities that root has here */

static int set_groups(void)
{
	static const gid_t groups[] = { 31, 32, 33 };

	return syscall(SYS_setgroups, 3, groups);
}

/* Each in a process of its own, as root. */
static const struct change {
	const char *what;
	int nr;
	long args[3];
	int (*fn)(void);
} changes[] = {
	{ "setgid",	SYS_setgid,	{ 11 }, NULL },
	{ "setuid",	SYS_setuid,	{ 12 }, NULL },
	{ "setreuid",	SYS_setreuid,	{ -1, 13 }, NULL },
	{ "setregid",	SYS_setregid,	{ 14, -1 }, NULL },
	{ "setresuid",	SYS_setresuid,	{ 15, -1, 16 }, NULL },
	{ "setresgid",	SYS_setresgid,	{ -1, 17, 18 }, NULL },
	{ "setfsuid",	SYS_setfsuid,	{ 19 }, NULL },
	{ "setfsgid",	SYS_setfsgid,	{ 20 }, NULL },
	{ "setgroups",	SYS_setgroups,	{ 0 }, set_groups },
	{ "bounding",	SYS_prctl,	{ PR_CAPBSET_DROP, CAP_SYS_BOOT }, NULL },
	{ "securebits",	SYS_prctl,	{ PR_SET_SECUREBITS, SECBIT_NOROOT }, NULL },
};

#define CHANGES	(sizeof(changes) / sizeof(*changes))

static struct log {
	struct eyas_creds before[CHANGES + 3], after[CHANGES + 3];
	int pid[CHANGES + 3];
} *log;

static void change(void *arg)
{
	unsigned int i = (long)arg;
	const struct change *c = &changes[i];

	log->pid[i] = getpid();
	log->before[i] = creds_now();
	CHECK((c->fn ? c->fn() : syscall(c->nr, c->args[0], c->args[1], c->args[2])) >= 0, "%s: %s",
	      c->what, strerror(errno));
	log->after[i] = creds_now();
}

static bool same(const struct eyas_creds *a, const struct eyas_creds *b)
{
	struct eyas_creds x = *a, y = *b;

	x.ns_user = y.ns_user = x.__pad = y.__pad = 0;
	return !memcmp(&x, &y, sizeof(x));
}

static void check_change(const char *what, int nr, unsigned int i)
{
	const struct eyas_record *rec;
	const struct eyas_creds_change *c;
	const struct eyas_creds *own;

	recs_take(&rs, &r, log->pid[i]);
	rec = recs_only(&rs, EYAS_REC_CREDS, nr);
	c = (const void *)(rec + 1);
	CHECK(same(&c->before, &log->before[i]), "%s: before", what);
	CHECK(same(&c->after, &log->after[i]), "%s: after", what);
	CHECK(!same(&c->before, &c->after) && c->before.ns_user == c->after.ns_user && c->after.ns_user);
	/* That does other things most of the time, so its own record has none. */
	if (nr == SYS_prctl)
		return;
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, nr);
	own = recs_blob(rec, EYAS_BLOB_CREDS, EYAS_BLOB_NO_ARG);
	CHECK(recs_ret(rec) >= 0 && own && same(own, &log->after[i]), "%s: own", what);
}

/* Rights away, some back, others to be inherited. */
static void caps(void *arg)
{
	unsigned int i = CHANGES;

	(void)arg;
	log->pid[i] = log->pid[i + 1] = log->pid[i + 2] = getpid();
	log->before[i] = creds_now();
	CHECK(!cap_set(CAP(CAP_KILL) | CAP(CAP_BPF), all & ~CAP(CAP_SYS_ADMIN), CAP(CAP_KILL)));
	log->after[i] = log->before[i + 1] = creds_now();
	CHECK(!cap_set(CAP(CAP_CHECKPOINT_RESTORE), CAP(CAP_CHECKPOINT_RESTORE) | CAP(CAP_KILL),
		       CAP(CAP_KILL)));
	log->after[i + 1] = log->before[i + 2] = creds_now();
	CHECK(!prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_KILL, 0, 0));
	log->after[i + 2] = creds_now();
	/* Refused: nothing is changed, and nothing is told but the call. */
	CHECK(cap_set(all, all, 0) < 0 && errno == EPERM);
}

static void test_caps(void)
{
	const struct eyas_record *rec;
	unsigned int i;

	raw_child(1, caps, NULL, true);
	recs_take(&rs, &r, log->pid[CHANGES]);
	for (i = 0; i < 3; i++) {
		const struct eyas_creds_change *c;

		rec = recs_nth(&rs, EYAS_REC_CREDS, RECS_ANY, i);
		CHECK(rec && rec->nr == (i < 2 ? SYS_capset : SYS_prctl));
		c = (const void *)(rec + 1);
		CHECK(same(&c->before, &log->before[CHANGES + i]), "change %u: before", i);
		CHECK(same(&c->after, &log->after[CHANGES + i]), "change %u: after", i);
	}
	CHECK(!recs_nth(&rs, EYAS_REC_CREDS, RECS_ANY, 3));
	for (i = 0; i < 3; i++) {
		rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_capset, i);
		CHECK(rec && recs_ret(rec) == (i < 2 ? 0 : -EPERM));
	}
}

static void test_changes(void)
{
	unsigned int i;

	recs_take(&rs, &r, 0);
	all = creds_now().cap_permitted;
	for (i = 0; i < CHANGES; i++) {
		raw_child(1, change, (void *)(long)i, true);
		check_change(changes[i].what, changes[i].nr, i);
	}
	test_caps();
	printf("%zu changes of credentials, capabilities: ok\n", CHANGES);
}

/* ---- other processes ---- */

static int victim, victim_fd;
static char here[8];

static void victim_main(void *arg)
{
	struct sigaction sa = { .sa_handler = SIG_IGN };

	sigaction(SIGUSR1, &sa, NULL);
	*(volatile int *)arg = open("/etc/passwd", O_RDONLY);
	for (;;)
		pause();
}

static void reach(void *arg)
{
	struct iovec local = { here, sizeof(here) }, remote = { here, sizeof(here) };
	siginfo_t info = { .si_code = SI_QUEUE };
	int pidfd = syscall(SYS_pidfd_open, victim, 0);
	char path[64];

	(void)arg;
	CHECK(process_vm_readv(victim, &local, 1, &remote, 1, 0) == sizeof(here));
	CHECK(process_vm_writev(victim, &local, 1, &remote, 1, 0) == sizeof(here));
	CHECK(pidfd >= 0 && syscall(SYS_pidfd_getfd, pidfd, victim_fd, 0) >= 0, "%s", strerror(errno));
	snprintf(path, sizeof(path), "/proc/%d/mem", victim);
	CHECK(open(path, O_RDWR) >= 0);
	CHECK(!kill(victim, SIGUSR1) && !syscall(SYS_tkill, victim, SIGUSR1));
	CHECK(!syscall(SYS_tgkill, victim, victim, SIGUSR1));
	CHECK(!syscall(SYS_rt_sigqueueinfo, victim, SIGUSR1, &info));
	CHECK(!syscall(SYS_rt_tgsigqueueinfo, victim, victim, SIGUSR1, &info));
	CHECK(!syscall(SYS_pidfd_send_signal, pidfd, SIGUSR1, NULL, 0));
	CHECK(!ptrace(PTRACE_ATTACH, victim, 0, 0) && waitpid(victim, NULL, 0) == victim);
	CHECK(!ptrace(PTRACE_DETACH, victim, 0, 0));
	if (!fork())
		_exit(ptrace(PTRACE_TRACEME, 0, 0, 0) ? 1 : 0);
	wait(NULL);
}

static void is_target(const struct eyas_record *rec, int pid, const char *comm)
{
	const struct eyas_target *t = recs_blob(rec, EYAS_BLOB_TASK, 0);
	struct stat st;

	CHECK(!stat("/proc/self/ns/pid", &st));
	CHECK(t && (int)t->pid == pid && (int)t->tid == pid && !t->uid && t->start_time &&
	      t->ns_pid == st.st_ino && !strcmp(t->comm, comm), "call %d", rec->nr);
}

static void test_reach(void)
{
	static const int traces[] = { SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd,
				      SYS_openat, SYS_ptrace };
	static const int kills[] = { SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo,
				     SYS_rt_tgsigqueueinfo, SYS_pidfd_send_signal };
	volatile int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				    -1, 0);
	const struct eyas_record *rec;
	unsigned int i;
	int pid;

	victim = raw_child(-1, victim_main, (void *)shared, false);
	while (!*shared)
		usleep(1000);
	victim_fd = *shared;
	recs_take(&rs, &r, 0);
	pid = raw_child(1, reach, NULL, true);
	recs_take(&rs, &r, 0);
	for (i = 0; i < 5; i++)
		is_target(recs_anchor(&rs, EYAS_ANCHOR_PTRACE, traces[i]), victim, "t_privs");
	for (i = 0; i < 6; i++) {
		rec = recs_anchor(&rs, EYAS_ANCHOR_KILL, kills[i]);
		CHECK(recs_value(rec, 0) == SIGUSR1);
		is_target(rec, victim, "t_privs");
	}
	is_target(recs_anchor(&rs, EYAS_ANCHOR_PTRACE_TRACEME, SYS_ptrace), pid, "t_privs");
	/* The call itself: whom it was told, what it got. */
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_pidfd_getfd);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/passwd");
	CHECK(recs_blob(recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_process_vm_writev), EYAS_BLOB_TASK, 0));
	kill(victim, SIGKILL);
	waitpid(victim, NULL, 0);
	printf("5 ways into a process, 6 ways to signal it, to be traced: ok\n");
}

/* ---- descriptors ---- */

static void dups(void *arg)
{
	int fd = open("/etc/passwd", O_RDONLY);

	(void)arg;
	CHECK(dup(fd) >= 0 && dup2(fd, 40) == 40 && dup3(fd, 41, O_CLOEXEC) == 41);
	CHECK(fcntl(fd, F_DUPFD, 42) == 42);
	CHECK(dup2(fd, fd) == fd && dup2(-1, 50) < 0);
}

static void test_dups(void)
{
	static const struct {
		int nr;
		uint8_t arg;
	} want[] = { { SYS_dup, EYAS_BLOB_NO_ARG }, { SYS_dup2, EYAS_BLOB_NO_ARG },
		     { SYS_dup3, EYAS_BLOB_NO_ARG }, { SYS_fcntl, 0 } };
	const struct eyas_record *rec;
	unsigned int i;

	recs_take(&rs, &r, 0);
	recs_take(&rs, &r, raw_child(1, dups, NULL, true));
	for (i = 0; i < 4; i++) {
		rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, want[i].nr, 0);
		CHECK(rec && recs_ret(rec) >= 0);
		RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, want[i].arg, "/etc/passwd");
	}
	rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_dup2, 2);
	CHECK(rec && recs_ret(rec) == -EBADF && !recs_blob(rec, EYAS_BLOB_FILE, EYAS_BLOB_NO_ARG));
	printf("dup and its kind: ok\n");
}

/* ---- memory that runs ---- */

static struct stat self;

static void maps(void *arg)
{
	int fd = open("/proc/self/exe", O_RDONLY), mem = memfd_create("code", 0);
	char *p, *q;

	(void)arg;
	CHECK(!fstat(fd, &self) && !ftruncate(mem, 4096));
	p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	CHECK(p != MAP_FAILED && mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) != MAP_FAILED);
	q = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, mem, 0);
	CHECK(q != MAP_FAILED && !mprotect(q, 4096, PROT_READ | PROT_WRITE | PROT_EXEC));
	/* Not more than it was. */
	CHECK(!mprotect(p, 4096, PROT_READ));
	CHECK(!syscall(SYS_pkey_mprotect, p, 4096, PROT_EXEC, -1));
}

static void test_maps(void)
{
	const struct eyas_record *rec;
	const struct eyas_file *f;
	struct stat st;

	CHECK(!stat("/proc/self/exe", &st));
	recs_take(&rs, &r, 0);
	recs_take(&rs, &r, raw_child(1, maps, NULL, true));
	rec = recs_anchor(&rs, EYAS_ANCHOR_MMAP_EXEC, SYS_mmap);
	CHECK(recs_value(rec, 0) == (PROT_READ | PROT_EXEC) && recs_value(rec, 1) == MAP_PRIVATE);
	f = recs_blob(rec, EYAS_BLOB_FILE, 0);
	CHECK(f && f->ino == st.st_ino);
	rec = recs_anchor(&rs, EYAS_ANCHOR_MPROTECT_EXEC, SYS_mprotect);
	CHECK(recs_value(rec, 0) == (PROT_READ | PROT_WRITE | PROT_EXEC));
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, 0, "/memfd:code");
	CHECK(((const struct eyas_file *)recs_blob(rec, EYAS_BLOB_FILE, 0))->flags & EYAS_FILE_F_MEMFD);
	rec = recs_anchor(&rs, EYAS_ANCHOR_MPROTECT_EXEC, SYS_pkey_mprotect);
	CHECK(recs_value(rec, 0) == PROT_EXEC);
	f = recs_blob(rec, EYAS_BLOB_FILE, 0);
	CHECK(f && f->ino == st.st_ino);
	printf("memory that is made executable: ok\n");
}

/* ---- binaries that give rights ---- */

static const struct binary {
	const char *path;
	uint32_t uid, gid;	/* who owns it */
	uint32_t mode;
	bool caps;
	uint32_t by;		/* who runs it */
	uint32_t flags, euid, egid;
	uint64_t effective;	/* capabilities then; ~0: not looked at */
} binaries[] = {
	{ D "/plain",	0, 0, 0755, 0, 0, EYAS_EXEC_F_WRITABLE, 0, 0, ~0ULL },
	{ D "/plain",	0, 0, 0755, 0, 1000, 0, 1000, 1000, 0 },
	{ D "/open",	0, 0, 0777, 0, 1000, EYAS_EXEC_F_WRITABLE, 1000, 1000, 0 },
	{ D "/own",	1000, 1000, 0755, 0, 1000, EYAS_EXEC_F_WRITABLE, 1000, 1000, 0 },
	{ D "/suid",	0, 0, 04755, 0, 1000, EYAS_EXEC_F_SETUID | EYAS_EXEC_F_SECURE |
	  EYAS_EXEC_F_WRITABLE, 0, 1000, ~0ULL },
	{ D "/suid9",	9, 0, 04755, 0, 1000, EYAS_EXEC_F_SETUID | EYAS_EXEC_F_SECURE |
	  EYAS_EXEC_F_WRITABLE, 9, 1000, 0 },
	{ D "/sgid",	0, 8, 02755, 0, 1000, EYAS_EXEC_F_SETGID | EYAS_EXEC_F_SECURE, 1000, 8, 0 },
	{ D "/suid",	0, 0, 04755, 0, 0, EYAS_EXEC_F_SETUID | EYAS_EXEC_F_WRITABLE, 0, 0, ~0ULL },
	{ D "/caps",	0, 0, 0755, 1, 1000, EYAS_EXEC_F_FILECAPS | EYAS_EXEC_F_SECURE, 1000, 1000,
	  CAP(CAP_NET_RAW) },
	{ D "/ov/low",	0, 0, 0755, 0, 0, EYAS_EXEC_F_LOWER | EYAS_EXEC_F_WRITABLE, 0, 0, ~0ULL },
	{ D "/ov/up",	0, 0, 0755, 0, 1000, EYAS_EXEC_F_UPPER, 1000, 1000, 0 },
};

static void install(const char *path, const struct binary *b)
{
	static const uint32_t cap[5] = { 0x02000001, CAP(CAP_NET_RAW), 0, 0, 0 };
	int in = open("/proc/self/exe", O_RDONLY), out = open(path, O_CREAT | O_WRONLY, 0700);
	char buf[65536];
	ssize_t n;

	CHECK(in >= 0 && out >= 0, "%s", path);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		CHECK(write(out, buf, n) == n);
	CHECK(!fchown(out, b->uid, b->gid) && !fchmod(out, b->mode));
	if (b->caps)
		CHECK(!syscall(SYS_fsetxattr, out, "security.capability", cap, sizeof(cap), 0));
	close(in), close(out);
}

static void exec_as(void *arg)
{
	const struct binary *b = arg;
	char *argv[] = { "x", "exit", NULL }, *envp[] = { NULL };

	if (b->by)
		CHECK(!setgroups(0, NULL) && !setresgid(b->by, b->by, b->by) &&
		      !setresuid(b->by, b->by, b->by));
	execve(b->path, argv, envp);
	_exit(1);
}

static void test_binaries(void)
{
	const struct eyas_record *rec;
	const struct eyas_file *f;
	const struct eyas_task *t;
	unsigned int i;

	CHECK(!system("modprobe overlay") && !mkdir(D, 0755) && !mkdir(D "/low", 0755) &&
	      !mkdir(D "/upper", 0755) && !mkdir(D "/work", 0755) && !mkdir(D "/ov", 0755));
	install(D "/low/low", &binaries[0]);
	CHECK(!mount("ov", D "/ov", "overlay", 0,
		     "lowerdir=" D "/low,upperdir=" D "/upper,workdir=" D "/work"));
	for (i = 0; i < sizeof(binaries) / sizeof(*binaries); i++) {
		const struct binary *b = &binaries[i];
		struct stat st;

		if (access(b->path, F_OK))
			install(b->path, b);
		recs_take(&rs, &r, 0);
		recs_take(&rs, &r, raw_child(1, exec_as, (void *)b, true));
		rec = recs_only(&rs, EYAS_REC_EXEC, RECS_ANY);
		t = (const void *)(rec + 1);
		CHECK(t->exec_flags == b->flags, "%s by %u: flags %x, not %x", b->path, b->by,
		      t->exec_flags, b->flags);
		CHECK(t->uid == b->by && t->euid == b->euid && t->egid == b->egid && t->suid == b->euid);
		CHECK(b->effective == ~0ULL || t->cap_effective == b->effective, "%s: %llx", b->path,
		      t->cap_effective);
		f = recs_blob(rec, EYAS_BLOB_EXE_FILE, EYAS_BLOB_NO_ARG);
		CHECK(f && !stat(b->path, &st) && f->ino == st.st_ino && f->mode == st.st_mode &&
		      f->uid == b->uid && f->gid == b->gid, "%s: file", b->path);
		RECS_TEXT(rec, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, b->path);
	}
	CHECK(!umount(D "/ov"));
	printf("%u executions of binaries: ok\n", i);
}

int main(int argc, char **argv)
{
	uint8_t plan = EYAS_PLAN_RECORD | EYAS_PLAN_OBJECTS;
	struct raw_policy p = { .bulk = 4U << 20, .crit = 8U << 20,
				.events = EYAS_EVENT_CREDS | EYAS_EVENT_PROCESS };

	(void)argv;
	if (argc == 2)
		return 0;
	memset(p.plan, plan, sizeof(p.plan));
	p.anchors = 1ULL << EYAS_ANCHOR_PTRACE | 1ULL << EYAS_ANCHOR_PTRACE_TRACEME |
		    1ULL << EYAS_ANCHOR_KILL | 1ULL << EYAS_ANCHOR_MMAP_EXEC |
		    1ULL << EYAS_ANCHOR_MPROTECT_EXEC;
	log = mmap(NULL, sizeof(*log), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(log != MAP_FAILED && !raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	test_changes();
	test_reach();
	test_dups();
	test_maps();
	test_binaries();
	raw_close(&r);
	return 0;
}
