// SPDX-License-Identifier: Apache-2.0
/*
 * Makes one system call with memory as it was told, and nothing else that
 * strace could print: no libc, no start-up. Arguments, all in hexadecimal:
 * m:ADDRESS:BYTES..., then c:NUMBER:ARG:... (i: for the 32-bit entry).
 */
typedef unsigned long u64;

#define REGION_BASE 0x100000
#define REGION_STEP 0x10000
#define REGION_SIZE 0x8000
#define REGIONS 6
#define NR_MMAP 9
#define NR_EXIT_GROUP 231
#define MMAP_RW 3
#define MMAP_FIXED_ANON 0x32

static long call64(const u64 *a)
{
	register u64 r10 __asm__("r10") = a[4];
	register u64 r8 __asm__("r8") = a[5];
	register u64 r9 __asm__("r9") = a[6];
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(a[0]), "D"(a[1]), "S"(a[2]), "d"(a[3]), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

static long call32(const u64 *a)
{
	long ret;

	__asm__ volatile(
		"push %%rbp\n\tmov %[e], %%rdi\n\tmov %[f], %%rbp\n\tint $0x80\n\tpop %%rbp"
		: "=a"(ret)
		: "a"(a[0]), "b"(a[1]), "c"(a[2]), "d"(a[3]),
		  "S"(a[4]), [e] "r"(a[5]), [f] "r"(a[6])
		: "rdi", "r8", "r9", "r10", "r11", "memory");
	return ret;
}

static unsigned int digit(char c)
{
	return c >= 'a' ? (unsigned int)(c - 'a' + 10) : (unsigned int)(c - '0');
}

static u64 number(const char **p)
{
	u64 v = 0;

	for (; **p && **p != ':'; (*p)++)
		v = v << 4 | digit(**p);
	if (**p)
		(*p)++;
	return v;
}

static void one(const char *p)
{
	char what = p[0];
	u64 a[7] = { 0 };

	p += 2;
	if (what == 'm') {
		unsigned char *to = (unsigned char *)number(&p);

		for (; *p; p += 2)
			*to++ = (unsigned char)(digit(p[0]) << 4 | digit(p[1]));
		return;
	}
	for (int i = 0; i < 7 && *p; i++)
		a[i] = number(&p);
	if (what == 'c')
		call64(a);
	else
		call32(a);
}

__attribute__((used)) void start(const u64 *stack)
{
	char *const *argv = (char *const *)(stack + 1);

	for (u64 i = 0; i < REGIONS; i++)
		call64((const u64[7]){ NR_MMAP, REGION_BASE + i * REGION_STEP, REGION_SIZE, MMAP_RW,
				       MMAP_FIXED_ANON, (u64)-1, 0 });
	for (int i = 1; argv[i]; i++)
		one(argv[i]);
	call64((const u64[7]){ NR_EXIT_GROUP });
}

__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall start\n");
