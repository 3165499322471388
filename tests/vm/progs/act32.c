// SPDX-License-Identifier: Apache-2.0
/*
 * A 32-bit program that makes the calls it is given in the memory behind ROWS_FD,
 * by turns with int 0x80 and as libraries do. It has no library itself.
 */
#include "rows.h"

#define NR_EXIT		1
#define NR_MMAP2	192
#define AT_SYSINFO	32

void *gates[2];		/* int 0x80, and what the kernel offers instead */
unsigned int call32(const long long *args, unsigned int nr, void *gate, unsigned int forks);

/* All registers are the call's own, so that what is needed after it is on the stack. */
__asm__(
	".text\n"
	"by_int:	int $0x80\n"
	"	ret\n"
	"call32:	push %ebx\n"
	"	push %esi\n"
	"	push %edi\n"
	"	push %ebp\n"
	"	mov 20(%esp), %esi\n"
	"	mov 24(%esp), %eax\n"
	"	mov (%esi), %ebx\n"
	"	mov 8(%esi), %ecx\n"
	"	mov 16(%esi), %edx\n"
	"	mov 32(%esi), %edi\n"
	"	mov 40(%esi), %ebp\n"
	"	mov 24(%esi), %esi\n"
	"	call *28(%esp)\n"
	"	test %eax, %eax\n"
	"	jnz 1f\n"
	"	cmpl $0, 32(%esp)\n"
	"	je 1f\n"
	/* A child, perhaps on its parent's stack. */
	"	mov $1, %eax\n"
	"	xor %ebx, %ebx\n"
	"	int $0x80\n"
	"1:	pop %ebp\n"
	"	pop %edi\n"
	"	pop %esi\n"
	"	pop %ebx\n"
	"	ret\n"
	".globl _start\n"
	"_start:	mov %esp, %eax\n"
	"	and $-16, %esp\n"
	"	sub $12, %esp\n"
	"	push %eax\n"
	"	call start\n");

extern char by_int[];

static unsigned int call(unsigned int nr, long long a, long long b, long long c, long long d,
			 long long e)
{
	const long long args[6] = { a, b, c, d, e, 0 };

	return call32(args, nr, by_int, 0);
}

__attribute__((used)) void start(unsigned int *stack)
{
	struct rows *rows = (struct rows *)ROWS_BASE;
	unsigned int i;

	/* argc, argv, NULL, environment, NULL, pairs */
	stack += stack[0] + 2;
	while (*stack++)
		;
	gates[0] = gates[1] = by_int;
	for (; stack[0]; stack += 2)
		if (stack[0] == AT_SYSINFO)
			gates[1] = (void *)stack[1];
	/* read and write; shared, at this address */
	if (call(NR_MMAP2, ROWS_BASE, sizeof(*rows), 3, 0x11, ROWS_FD) != ROWS_BASE)
		call(NR_EXIT, 1, 0, 0, 0, 0);
	/* What has yet to be mapped would be unreadable at entry. */
	for (i = 0; i < rows->count; i++)
		(void)*(volatile char *)rows->text[i];
	for (i = 0; i < rows->count; i++) {
		struct row *r = &rows->row[i];

		r->ret = (int)call32(r->args, r->nr, gates[i % 2], r->flags & ROW_FORKS);
	}
	call(NR_EXIT, 2, 0, 0, 0, 0);
}
