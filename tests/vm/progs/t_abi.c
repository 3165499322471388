// SPDX-License-Identifier: Apache-2.0
/*
 * Every way into the kernel: 32-bit calls of 64-bit code (x86) and of a 32-bit
 * program, x32, calls that seccomp refuses, numbers that no table has.
 */
#include <errno.h>
#include <limits.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "raw.h"

#define X32	0x40000000

#ifdef __x86_64__
/* Memory that 32-bit calls can reach. */
static struct low {
	char path[32], text[8], arg0[8];
	uint32_t iov[4], argv[2], envp[1];
	char buf[64];
} *low;

static int null;

static long int80(long nr, long a, long b, long c, long d, long e)
{
	long ret;

	asm volatile("int $0x80" : "=a"(ret) : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
		     : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

#define LO(x)	((long)(uint32_t)(uintptr_t)(x))
#define GARBAGE	0x1234567800000000

static void by_gate(void *arg)
{
	(void)arg;
	memset(low->buf, 0, sizeof(low->buf));
	CHECK(int80(20, 1, 2, 3, 4, 5) == getpid());			/* getpid */
	CHECK(int80(295, AT_FDCWD, LO(low->path), O_RDONLY, 0, 0) >= 0);	/* openat */
	/* The upper halves are not seen by the call. */
	CHECK(int80(5, GARBAGE | LO(low->path), O_RDONLY, 0, 0, 0) >= 0);	/* open */
	CHECK(int80(146, null, LO(low->iov), 2, 0, 0) == 7);		/* writev */
	CHECK(int80(11, LO(low->text), LO(low->argv), LO(low->envp), 0, 0) == -ENOENT);
	CHECK(int80(265, 1, LO(low->buf), 0, 0, 0) == 0);		/* clock_gettime */
	CHECK(int80(600, 1, 2, 3, 4, 5) == -ENOSYS);
	CHECK(int80(5000, 1, 2, 3, 4, 5) == -ENOSYS);
}

/* ELF header, one segment; getpid, exit(7). */
static const uint8_t tiny32[] = {
	0x7f, 'E', 'L', 'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	2, 0, 3, 0, 1, 0, 0, 0, 0x54, 0x80, 0x04, 0x08, 52, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 52, 0, 32, 0, 1, 0, 0, 0, 0, 0, 0, 0,
	1, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x04, 0x08, 0, 0x80, 0x04, 0x08,
	104, 0, 0, 0, 104, 0, 0, 0, 5, 0, 0, 0, 0, 0x10, 0, 0,
	0xb8, 20, 0, 0, 0, 0xcd, 0x80,			/* mov eax, 20; int 0x80 */
	0xbb, 7, 0, 0, 0, 0xb8, 1, 0, 0, 0, 0xcd, 0x80,	/* ebx = 7; eax = 1 */
	0,
};
#else
static const uint8_t tiny32[] = {
	0x7f, 'E', 'L', 'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	2, 0, 40, 0, 1, 0, 0, 0, 0x54, 0, 1, 0, 52, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 5, 52, 0, 32, 0, 1, 0, 0, 0, 0, 0, 0, 0,
	1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0,
	104, 0, 0, 0, 104, 0, 0, 0, 5, 0, 0, 0, 0, 0x10, 0, 0,
	20, 0x70, 0xa0, 0xe3, 0, 0, 0, 0xef,		/* mov r7, #20; svc 0 */
	7, 0, 0xa0, 0xe3, 1, 0x70, 0xa0, 0xe3, 0, 0, 0, 0xef,	/* r0 = 7; r7 = 1 */
};
#endif

static void by_program(void *arg)
{
	char *argv[] = { "/tmp/tiny32", NULL };

	(void)arg;
	execv(argv[0], argv);
	_exit(1);
}

static void by_number(void *arg)
{
	static const long numbers[] = { 500, 639, 640, 5000, 0x3fffffff, 0x7fffffff, -2 };
	size_t i;

	(void)arg;
	CHECK(syscall(X32 | SYS_getpid) == -1 || 1);
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		CHECK(syscall(numbers[i], 11, 22, 33, 44, 55, 66) == -1 && errno == ENOSYS);
}

static void by_seccomp(void *arg)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { 4, code };

	(void)arg;
	syscall(SYS_getppid);
	CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	CHECK(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog));
	CHECK(syscall(SYS_getppid) == -1 && errno == EPERM);
}

/* The records of @pid in order of number of ring: one CPU, so one ring for each lane. */
static unsigned int collect(struct raw *r, int pid, const struct eyas_record **ret,
			    unsigned int max)
{
	const struct eyas_record *rec;
	unsigned int i, n = 0;

	for (i = 0; i < r->nrings; i++)
		while ((rec = raw_next(&r->rings[i])))
			if ((int)rec->pid == pid && (rec->type == EYAS_REC_SYS_EXIT ||
						     rec->type == EYAS_REC_SYS_ENTER)) {
				CHECK(n < max);
				ret[n++] = rec;
			}
	return n;
}

static const struct eyas_record *find(const struct eyas_record **recs, unsigned int n, uint8_t abi,
				      int nr, long ret)
{
	const struct eyas_record *found = NULL;
	unsigned int i;

	for (i = 0; i < n; i++) {
		const struct eyas_sys_exit *x = (const void *)(recs[i] + 1);

		if (recs[i]->type != EYAS_REC_SYS_EXIT || recs[i]->abi != abi ||
		    recs[i]->nr != nr || (ret != LONG_MAX && x->ret != ret))
			continue;
		CHECK(!found, "two of %d", nr);
		found = recs[i];
	}
	CHECK(found, "no record of call %d in ABI %02x", nr, abi);
	return found;
}

static struct raw_policy policy(uint8_t more)
{
	struct raw_policy p = { .other = EYAS_PLAN_RECORD };

	memset(p.plan, EYAS_PLAN_RECORD | more, sizeof(p.plan));
	memset(p.compat, EYAS_PLAN_RECORD | more, sizeof(p.compat));
	return p;
}

static unsigned int run(struct raw *r, uint8_t more, void (*fn)(void *), int status,
			const struct eyas_record **recs, unsigned int max)
{
	struct raw_policy p = policy(more);
	int pid, st;

	CHECK(!raw_open(r) && !raw_start(r, &p), "%s", r->sentence);
	pid = raw_child(1, fn, NULL, false);
	CHECK(waitpid(pid, &st, 0) == pid && WIFEXITED(st) && WEXITSTATUS(st) == status);
	return collect(r, pid, recs, max);
}

#ifdef __x86_64__
#define GATE	(EYAS_ABI_IA32 | EYAS_ABI_GATE32)

static void blob_is(const struct eyas_record *rec, uint8_t kind, uint8_t arg, bool out,
		    const void *data, size_t len)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), kind, arg, out);

	CHECK(b && b->stored == len && !memcmp(b + 1, data, len), "call %d: blob %u: %u bytes",
	      rec->nr, kind, b ? b->stored : 0);
}

static void test_gate(void)
{
	const struct eyas_record *recs[200], *rec;
	struct eyas_iov iov[2] = { { LO(low->text), 3 }, { LO(low->text + 3), 4 } };
	const struct eyas_sys_exit *x;
	struct raw r;
	unsigned int n;

	n = run(&r, EYAS_PLAN_STRINGS | EYAS_PLAN_DATA | EYAS_PLAN_OBJECTS, by_gate, 0, recs, 200);
	x = (const void *)(find(recs, n, GATE, 20, LONG_MAX) + 1);
	CHECK(x->args[0] == 1 && x->args[1] == 2 && x->args[2] == 3 && x->args[3] == 4 &&
	      x->args[4] == 5);
	rec = find(recs, n, GATE, 295, LONG_MAX);
	blob_is(rec, EYAS_BLOB_STRING, 1, false, low->path, strlen(low->path));
	blob_is(rec, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, false, "/etc/passwd", 11);
	CHECK(rec->flags & EYAS_REC_F_MISMATCH);
	rec = find(recs, n, GATE, 5, LONG_MAX);
	x = (const void *)(rec + 1);
	CHECK(x->args[0] == (uint64_t)LO(low->path), "argument %llx", x->args[0]);
	blob_is(rec, EYAS_BLOB_STRING, 0, false, low->path, strlen(low->path));
	rec = find(recs, n, GATE, 146, 7);
	blob_is(rec, EYAS_BLOB_IOV, 1, false, iov, sizeof(iov));
	blob_is(rec, EYAS_BLOB_IOV_DATA, 1, false, low->text, 7);
	rec = find(recs, n, GATE, 11, -ENOENT);
	blob_is(rec, EYAS_BLOB_STRINGS, 1, false, "arg0", 5);
	blob_is(rec, EYAS_BLOB_STRINGS, 2, false, "", 0);
	rec = find(recs, n, GATE, 265, 0);
	CHECK(raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_STRUCT, 1, true)->stored == 8);
	find(recs, n, GATE, 600, -ENOSYS);
	find(recs, n, GATE, 5000, -ENOSYS);
	raw_close(&r);
}

static void gate(void)
{
	null = open("/dev/null", O_WRONLY);
	low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	CHECK(low != MAP_FAILED);
	strcpy(low->path, "/proc/self/root/etc/passwd");
	strcpy(low->text, "abcdefg");
	strcpy(low->arg0, "arg0");
	low->iov[0] = LO(low->text), low->iov[1] = 3;
	low->iov[2] = LO(low->text + 3), low->iov[3] = 4;
	low->argv[0] = LO(low->arg0);
	test_gate();
	printf("int 0x80 from 64-bit code: ok\n");
}
#else
static void gate(void)
{
	printf("SKIP: 32-bit calls of 64-bit code, and x32, are of x86\n");
}
#endif

static void test_program(void)
{
	const struct eyas_record *recs[200];
	struct raw r;
	unsigned int n;
	int fd = open("/tmp/tiny32", O_CREAT | O_WRONLY, 0755);

	CHECK(write(fd, tiny32, sizeof(tiny32)) == sizeof(tiny32) && !close(fd));
	n = run(&r, 0, by_program, 7, recs, 200);
	find(recs, n, RAW_COMPAT, 20, LONG_MAX);
	raw_close(&r);
}

static void test_number(void)
{
	/* Bit 30 makes a number one of x32. */
	bool x32 = RAW_NATIVE == EYAS_ABI_X86_64;
	int numbers[] = { 500, 639, 640, 5000, 0x3fffffff, x32 ? 0x3fffffff : 0x7fffffff, -2 };
	const struct eyas_record *recs[200];
	unsigned int n, i, native = 0;
	struct raw r;

	n = run(&r, 0, by_number, 0, recs, 200);
	for (i = 0; i < n; i++) {
		const struct eyas_sys_exit *x = (const void *)(recs[i] + 1);

		if (x->args[0] != 11 || x->args[5] != 66)
			continue;
		CHECK(native < 7 && recs[i]->nr == numbers[native], "%d", recs[i]->nr);
		CHECK(x->ret == -ENOSYS && x->args[1] == 22 && x->args[4] == 55);
		CHECK(recs[i]->abi == (native == 5 && x32 ? EYAS_ABI_X32 : RAW_NATIVE));
		native++;
	}
	CHECK(native == 7, "%u", native);
	raw_close(&r);
}

static void test_seccomp(void)
{
	const struct eyas_record *recs[200];
	unsigned int n, i, enters = 0, exits = 0;
	struct raw r;

	n = run(&r, EYAS_PLAN_ENTER, by_seccomp, 0, recs, 200);
	for (i = 0; i < n; i++) {
		if (recs[i]->nr != SYS_getppid)
			continue;
		if (recs[i]->type == EYAS_REC_SYS_ENTER) {
			enters++;
			continue;
		}
		exits++;
		CHECK(!!(recs[i]->flags & EYAS_REC_F_NO_ENTER) == (exits == 2), "call %u", exits);
	}
	CHECK(enters == 1 && exits == 2, "%u, %u", enters, exits);
	raw_close(&r);
}

int main(void)
{
	gate();
	test_program();
	printf("32-bit program: ok\n");
	test_number();
	printf("x32 and unknown numbers: ok\n");
	test_seccomp();
	printf("seccomp: ok\n");
	return 0;
}
