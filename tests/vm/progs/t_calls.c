// SPDX-License-Identifier: Apache-2.0
/*
 * Each call of each table, and numbers of none, in every ABI: a program makes it,
 * writes down what came of it, and the stream must say the same, in that order.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/eyas_kinds.h>
#include "raw.h"
#include "rows.h"

#define X32	0x40000000
#define MARK	77		/* as which of setpriority: nobody else calls that */

enum way { NATIVE, GATE, PROGRAM, X32_WAY, WAYS };

/* ---- the tables ---- */

struct entry {
	const char *name;
	uint16_t nr, same;
	uint8_t nargs;
	uint8_t kinds[6];
};

#define SC(nr, name, ...)	ROW_##name = nr,
enum {
#include <linux/eyas_syscalls.h>
};
#undef SC

#define ARG(name, kind, aux)	EYAS_KIND_##kind,
#define SC(nr, name, ret, cls, lane, trace, ...)				\
	{ #name, nr, 0, sizeof((uint8_t[]){ __VA_ARGS__ }), { __VA_ARGS__ } },
#define SAME(nr, name)		{ NULL, nr, ROW_##name, 0, { 0 } },

static const struct entry native[] = {
#include <linux/eyas_syscalls.h>
};

static const struct entry ia32[] = {
#include <linux/eyas_syscalls_ia32.h>
};

static const struct entry x32[] = {
#include <linux/eyas_syscalls_x32.h>
};

static const struct entry *find(const struct entry *table, size_t n, unsigned int nr)
{
	for (; n && table->nr != nr; table++, n--)
		;
	return n ? table : NULL;
}

#define FIND(table, nr)	find(table, sizeof(table) / sizeof(*(table)), nr)

/* What is behind a number; NULL: nothing is. */
static const struct entry *entry_of(enum way way, unsigned int nr)
{
	const struct entry *e = NULL;

	if (way == GATE || way == PROGRAM)
		e = FIND(ia32, nr);
	else if (way == X32_WAY)
		e = FIND(x32, nr);
	if (e)
		return e->name ? e : FIND(native, e->same);
	return way == GATE || way == PROGRAM ? NULL : FIND(native, nr);
}

/* What is not called, and why. All that is not here is. */
static const struct {
	const char *name, *why;
} exceptions[] = {
	{ "exit",		"the children of fork end by it: seen there" },
	{ "exit_group",		"the last call that is made" },
	{ "pause",		"waits for a signal" },
	{ "sigsuspend",		"waits for a signal" },
	{ "sigreturn",		"goes where the stack says" },
	{ "rt_sigreturn",	"goes where the stack says" },
	{ "uretprobe",		"kills who calls it himself" },
	{ "uprobe",		"kills who calls it himself" },
};

static bool excepted(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(exceptions) / sizeof(*exceptions); i++)
		if (!strcmp(exceptions[i].name, name))
			return true;
	return false;
}

/* Arguments that make a difference; all others are what can only fail, by kind. */
static const struct {
	const char *name;
	unsigned int arg;
	long long value;
} special[] = {
	{ "personality",	0, 0xffffffff },	/* asks only */
	{ "clone",		0, 0x800 },		/* handlers without memory: EINVAL */
	{ "vhangup",		0, 0 },
};

static struct rows *rows;
static int rows_fd;

static bool is_string(uint8_t kind)
{
	return kind == EYAS_KIND_PATH || kind == EYAS_KIND_STRING;
}

/*
 * Descriptors that nobody has, names of nothing, memory that is not there, and
 * for 64-bit calls, ones above the 32 bits that most of them look at.
 */
static long long argument(enum way way, uint8_t kind, unsigned int arg, unsigned int at)
{
	long long high = way == NATIVE ? 0x5aa5000000000000 : 0;

	switch (kind) {
	case EYAS_KIND_FD:
	case EYAS_KIND_DIRFD:
		return high | (0x40000000 + at * 8 + arg);
	case EYAS_KIND_PATH:
	case EYAS_KIND_STRING:
		return (long)rows->text[at];
	case EYAS_KIND_PID:
		return high | (0x7ff00000 + at);
	case EYAS_KIND_UID:
	case EYAS_KIND_GID:
		return high | 0x5a5a;
	case EYAS_KIND_SIGNAL:
		return high | 0x5a00 | arg;
	case EYAS_KIND_INT:
	case EYAS_KIND_UINT:
	case EYAS_KIND_HEX:
	case EYAS_KIND_MODE:
	case EYAS_KIND_DEV:
	case EYAS_KIND_OFFSET:
	case EYAS_KIND_FLAGS:
	case EYAS_KIND_ENUM:
	case EYAS_KIND_CMD:
		return high | 0x5a5a5a00 | arg;
	default:
		/* Odd, so that nothing is unmapped there. */
		return 0x1001 + 16 * arg;
	}
}

static struct row *row_add(enum way way, long long nr)
{
	struct row *r = &rows->row[rows->count];
	unsigned int i;

	CHECK(rows->count < ROWS_MAX);
	memset(r, 0, sizeof(*r));
	snprintf(rows->text[rows->count], sizeof(rows->text[0]), "/no/such/%llu", rows->count);
	r->nr = way == X32_WAY ? nr | X32 : nr;
	for (i = 0; i < 6; i++)
		r->args[i] = 0x11111111LL * (i + 1);
	rows->count++;
	return r;
}

static void row_table(enum way way, const struct entry *e, unsigned int nr)
{
	struct row *r = row_add(way, nr);
	unsigned int i, k;

	for (i = 0; i < e->nargs; i++) {
		r->args[i] = argument(way, e->kinds[i], i, rows->count - 1);
		for (k = 0; k < sizeof(special) / sizeof(*special); k++)
			if (!strcmp(special[k].name, e->name) && special[k].arg == i)
				r->args[i] = special[k].value;
	}
	if (!strcmp(e->name, "fork") || !strcmp(e->name, "vfork"))
		r->flags = ROW_FORKS;
}

static unsigned int row_all(enum way way)
{
	static const int beyond[] = { EYAS_NR_MAX, 1000, 4711, 0x3ffffff };
	unsigned int nr, known = 0;
	struct row *r;

	rows->count = 0;
	r = row_add(way, way == GATE || way == PROGRAM ? 97 : SYS_setpriority);
	r->args[0] = MARK;
	for (nr = 0; nr < EYAS_NR_MAX; nr++) {
		const struct entry *e = entry_of(way, nr);

		if (e && excepted(e->name))
			continue;
		known += !!e;
		if (e)
			row_table(way, e, nr);
		else
			row_add(way, nr);
	}
	for (nr = 0; nr < sizeof(beyond) / sizeof(*beyond); nr++)
		row_add(way, beyond[nr]);
	r = row_add(way, way == GATE || way == PROGRAM ? 252 : SYS_exit_group);
	r->args[0] = 0;
	return known;
}

/* ---- who makes them ---- */

static long call64(const struct row *r, long exit_nr)
{
	register long r10 asm("r10") = r->args[3];
	register long r8 asm("r8") = r->args[4];
	register long r9 asm("r9") = r->args[5];
	long ret;

	/* A child ends before it can use what it shares. */
	asm volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\ttest %[forks], %[forks]\n\tjz 1f\n\t"
		     "mov %[exit], %%rax\n\txor %%edi, %%edi\n\tsyscall\n1:"
		     : "=&a"(ret)
		     : "0"(r->nr), "D"(r->args[0]), "S"(r->args[1]), "d"(r->args[2]), "r"(r10),
		       "r"(r8), "r"(r9), [forks] "r"(r->flags), [exit] "r"(exit_nr)
		     : "rcx", "r11", "memory", "cc");
	return ret;
}

static long call_gate(const struct row *r)
{
	long ret;

	/* Not onto what the compiler may keep below the stack's end. */
	asm volatile("lea -128(%%rsp), %%rsp\n\tpush %%rbp\n\tpush %%rbx\n\tmov %[r], %%r12\n\tmov 0(%%r12), %%rax\n\t"
		     "mov 8(%%r12), %%rbx\n\tmov 16(%%r12), %%rcx\n\tmov 24(%%r12), %%rdx\n\t"
		     "mov 32(%%r12), %%rsi\n\tmov 40(%%r12), %%rdi\n\tmov 48(%%r12), %%rbp\n\t"
		     "int $0x80\n\ttest %%eax, %%eax\n\tjnz 1f\n\tcmpq $0, 64(%%r12)\n\tjz 1f\n\t"
		     "mov $1, %%eax\n\txor %%ebx, %%ebx\n\tint $0x80\n1:\n\t"
		     "pop %%rbx\n\tpop %%rbp\n\tlea 128(%%rsp), %%rsp"
		     : "=&a"(ret)
		     : [r] "r"(r)
		     : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "memory", "cc");
	return (int)ret;
}

/* Nobody, so that what needs rights fails. */
static void drop(void)
{
	CHECK(!setresgid(65534, 65534, 65534) && !setresuid(65534, 65534, 65534));
}

static char dir[256];		/* of this program */

static void act(void *arg)
{
	enum way way = (long)arg;
	unsigned int i;
	char prog[300], *argv[] = { "act32", NULL }, *envp[] = { NULL };

	/* A page that a child has yet to map would be unreadable at entry. */
	for (i = 0; i < rows->count; i++)
		(void)*(volatile char *)rows->text[i];
	if (way == PROGRAM) {
		CHECK(dup2(rows_fd, ROWS_FD) == ROWS_FD);
		snprintf(prog, sizeof(prog), "%s/act32", dir);
		drop();
		execve(prog, argv, envp);
		_exit(3);
	}
	drop();
	for (i = 0; i < rows->count; i++) {
		struct row *r = &rows->row[i];

		r->ret = way == GATE ? call_gate(r) :
				       call64(r, way == X32_WAY ? SYS_exit | X32 : SYS_exit);
	}
	_exit(4);
}

/* ---- what the stream says ---- */

struct got {
	const struct eyas_record *rec;
	unsigned int at;		/* as taken: of one ring, in order */
};

static struct got got[8192];
static unsigned int ngot;

static int by_time(const void *a, const void *b)
{
	const struct got *x = a, *y = b;

	if (x->rec->time != y->rec->time)
		return x->rec->time < y->rec->time ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

/* One thread's records in order of time. */
static void collect(struct raw *r, unsigned int tid)
{
	unsigned int i;

	ngot = 0;
	for (i = 0; i < r->nrings; i++) {
		struct raw_ring ring = r->rings[i];
		const struct eyas_record *rec;

		while ((rec = raw_next(&ring))) {
			CHECK(rec->type != EYAS_REC_LOSS);
			if (rec->tid != tid)
				continue;
			CHECK(ngot < sizeof(got) / sizeof(*got));
			got[ngot] = (struct got){ rec, ngot };
			ngot++;
		}
	}
	qsort(got, ngot, sizeof(*got), by_time);
}

static uint8_t abi_of(enum way way)
{
	static const uint8_t abis[WAYS] = {
		[NATIVE] = EYAS_ABI_X86_64,
		[GATE] = EYAS_ABI_IA32 | EYAS_ABI_GATE32,
		[PROGRAM] = EYAS_ABI_IA32,
		[X32_WAY] = EYAS_ABI_X32,
	};

	return abis[way];
}

static void check_strings(enum way way, const struct row *r, const struct eyas_record *rec)
{
	const struct entry *e = entry_of(way, rec->nr);
	unsigned int i;

	for (i = 0; e && i < e->nargs; i++) {
		const char *text = (const char *)(long)r->args[i];
		const struct eyas_blob *b;

		if (!is_string(e->kinds[i]))
			continue;
		b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_STRING, i, false);
		CHECK(b && b->stored == strlen(text) && !memcmp(b + 1, text, b->stored),
		      "%s: string %u", e->name, i);
	}
}

/* Number, ABI and arguments of @rec are those of @r. */
static void check_call(enum way way, const struct row *r, const struct eyas_record *rec)
{
	const struct eyas_sys_enter *x = (const void *)(rec + 1);
	uint64_t mask = way == GATE || way == PROGRAM ? 0xffffffff : ~0ULL;
	int i;

	CHECK(rec->abi == abi_of(way), "call %lld: ABI %02x", r->nr, rec->abi);
	CHECK(rec->nr == (r->nr & ~(way == X32_WAY ? X32 : 0)), "record of %d, not %lld", rec->nr,
	      r->nr);
	for (i = 0; i < 6; i++)
		CHECK(x->args[i] == ((uint64_t)r->args[i] & mask), "call %lld: argument %d: %llx",
		      r->nr, i, x->args[i]);
}

static void check_exit(enum way way, const struct row *r, const struct eyas_record *rec, long long ret,
		       bool entered)
{
	const struct eyas_sys_exit *x = (const void *)(rec + 1);

	CHECK(rec->type == EYAS_REC_SYS_EXIT, "call %lld: type %u", r->nr, rec->type);
	check_call(way, r, rec);
	/* modify_ldt fails with 32 bits of -ENOSYS, 123 it is there. */
	if ((way == GATE || way == PROGRAM) && (ret >= 0 || ret < -4095 || r->nr == 123))
		CHECK((uint32_t)x->ret == (uint32_t)ret, "call %lld: %llx", r->nr, x->ret);
	else
		CHECK(x->ret == ret, "call %lld: %lld, not %lld", r->nr, x->ret, ret);
	CHECK(!!(rec->flags & EYAS_REC_F_NO_ENTER) == !entered, "call %lld: entry", r->nr);
}

/* A child of fork: the other return from it, its end. */
static void check_child(struct raw *r, enum way way, const struct row *row, bool enter)
{
	collect(r, row->ret);
	CHECK(ngot == (enter ? 2U : 1U), "child of %lld: %u records", row->nr, ngot);
	check_exit(way, row, got[0].rec, 0, !enter);
	if (enter)
		CHECK(got[1].rec->type == EYAS_REC_SYS_ENTER &&
		      got[1].rec->nr == (way == GATE || way == PROGRAM ? 1 : SYS_exit));
}

static void check(struct raw *r, enum way way, unsigned int pid, bool enter)
{
	unsigned int i, k = 0;

	collect(r, pid);
	/* Before the first one: what it takes to start. */
	while (k < ngot && ((const struct eyas_sys_enter *)(got[k].rec + 1))->args[0] != MARK)
		k++;
	for (i = 0; i < rows->count; i++) {
		const struct row *row = &rows->row[i];

		if (enter) {
			CHECK(k < ngot && got[k].rec->type == EYAS_REC_SYS_ENTER, "call %lld",
			      row->nr);
			check_call(way, row, got[k].rec);
			check_strings(way, row, got[k++].rec);
		}
		/* The last one does not return. */
		if (i == rows->count - 1)
			break;
		CHECK(k < ngot, "call %lld is missing", row->nr);
		check_exit(way, row, got[k].rec, row->ret, true);
		if (!enter)
			check_strings(way, row, got[k].rec);
		k++;
	}
	CHECK(k == ngot, "%u records too many", ngot - k);
	for (i = 0; i < rows->count; i++)
		if (rows->row[i].flags & ROW_FORKS)
			check_child(r, way, &rows->row[i], enter);
}

/* ---- runs ---- */

static void move(int pid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(pid, sizeof(set), &set);
}

static void run(enum way way, bool pinned, bool enter)
{
	uint8_t plan = EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | (enter ? EYAS_PLAN_ENTER : 0);
	struct raw_policy p = { .other = plan, .bulk = 4U << 20, .crit = 4U << 20 };
	unsigned int moves = 0;
	int pid, status;
	struct raw r;

	memset(p.plan, plan, sizeof(p.plan));
	memset(p.compat, plan, sizeof(p.compat));
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	pid = raw_child(pinned ? 1 : -1, act, (void *)(long)way, false);
	while (waitpid(pid, &status, pinned ? 0 : WNOHANG) != pid)
		if (!pinned)
			move(pid, moves++ % 2);
	CHECK(!status, "status %x", status);
	/* Its children, which it did not wait for. */
	while (wait(NULL) > 0)
		;
	check(&r, way, pid, enter);
	raw_close(&r);
}

static void runs(enum way way, const char *name)
{
	unsigned int known = row_all(way), i;

	for (i = 0; i < 4; i++)
		run(way, i & 1, i & 2);
	printf("%s: %u calls of its table, %llu others, each with and without entry, pinned and moved\n",
	       name, known, rows->count - known - 2);
}

static bool booted_with(const char *word)
{
	static char line[4096];
	int fd = open("/proc/cmdline", O_RDONLY);

	CHECK(fd >= 0 && read(fd, line, sizeof(line) - 1) > 0 && !close(fd));
	return strstr(line, word);
}

int main(int argc, char **argv)
{
	char *slash;

	(void)argc;
	CHECK(realpath(argv[0], dir) && (slash = strrchr(dir, '/')));
	*slash = 0;
	CHECK(!prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
	rows_fd = memfd_create("rows", 0);
	CHECK(rows_fd >= 0 && !ftruncate(rows_fd, sizeof(*rows)));
	rows = mmap((void *)ROWS_BASE, sizeof(*rows), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_FIXED_NOREPLACE, rows_fd, 0);
	CHECK(rows == (void *)ROWS_BASE);
	runs(NATIVE, "x86_64");
	runs(GATE, "int 0x80 from 64-bit code");
	runs(PROGRAM, "32-bit program");
	if (syscall(SYS_getpid | X32) == getpid()) {
		runs(X32_WAY, "x32");
	} else {
		CHECK(!booted_with("syscall.x32=y"), "x32 was asked for");
		printf("x32: not in this kernel\n");
	}
	return 0;
}
