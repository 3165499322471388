// SPDX-License-Identifier: Apache-2.0
/* Calls on the address space. */
#include "calls.h"

int main(void)
{
	static unsigned char vec[4];
	char *a, *b;

	begin();
	X(SYS_brk, 0), line_hex("brk(NULL)");
	X(SYS_brk, ret), line_hex("brk(%#lx)", ret);
	X(BY(SYS_mmap, 192), 0, 8192, PROT_READ | PROT_WRITE, P(MAP_PRIVATE | MAP_ANONYMOUS), P(-1), 0);
	line_hex("mmap%s(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)", BY("", "2"));
	a = (char *)ret;
	X(BY(SYS_mmap, 192), A(a), 4096, PROT_READ, P(MAP_SHARED), P(77), BY(0x2000, 2));
	line("mmap%s(%s, 4096, PROT_READ, MAP_SHARED, 77, 0x2000)", BY("", "2"), ptr(a));
	X(BY(SYS_mmap, 192), 0, 0, 0, P(MAP_PRIVATE | MAP_FIXED_NOREPLACE), P(-1), 0);
	line("mmap%s(NULL, 0, PROT_NONE, MAP_PRIVATE|MAP_FIXED_NOREPLACE, -1, 0)", BY("", "2"));
#ifdef __i386__
	static const uint32_t in_memory[6] = { 0, 4096, PROT_READ, MAP_SHARED, 77, 0 };

	X(90, A(in_memory)), line("mmap(NULL, 4096, PROT_READ, MAP_SHARED, 77, 0)");
#endif
	X(SYS_mprotect, A(a), 4096, PROT_READ | PROT_EXEC);
	line("mprotect(%s, 4096, PROT_READ|PROT_EXEC)", ptr(a));
	X(SYS_mprotect, 1, 4096, 0x40), line("mprotect(0x1, 4096, 0x40 /* PROT_??? */)");
	X(SYS_madvise, A(a), 4096, P(MADV_DONTNEED)), line("madvise(%s, 4096, MADV_DONTNEED)", ptr(a));
	X(SYS_madvise, A(a), 4096, P(999)), line("madvise(%s, 4096, 0x3e7 /* MADV_??? */)", ptr(a));
	a[4096] = 1;
	X(SYS_mincore, A(a + 1), 4096, A(vec)), line("mincore(%s, 4096, %s)", ptr(a + 1), ptr(vec));
	X(SYS_mincore, A(a), 4096, A(edge)), line("mincore(%s, 4096, %s)", ptr(a), ptr(edge));
	X(SYS_msync, A(a), 4096, P(MS_ASYNC)), line("msync(%s, 4096, MS_ASYNC)", ptr(a));
	X(SYS_mlock, A(a), 4096), line("mlock(%s, 4096)", ptr(a));
	X(SYS_mlock2, A(a), 4096, P(1)), line("mlock2(%s, 4096, MLOCK_ONFAULT)", ptr(a));
	X(SYS_munlock, A(a), 4096), line("munlock(%s, 4096)", ptr(a));
	X(SYS_mlockall, P(8)), line("mlockall(0x8 /* MCL_??? */)");
	X(SYS_munlockall), line("munlockall()");
	X(SYS_mremap, A(a + 4096), 4096, 8192, MREMAP_MAYMOVE, 0);
	b = (char *)ret;
	line_hex("mremap(%s, 4096, 8192, MREMAP_MAYMOVE)", ptr(a + 4096));
	X(SYS_mremap, A(a), 4096, 0, 3, A(b)), line("mremap(%s, 4096, 0, MREMAP_MAYMOVE|MREMAP_FIXED, %s)", ptr(a), ptr(b));
	X(SYS_remap_file_pages, A(edge), 4096, 0, 0, P(MAP_NONBLOCK));
	line("remap_file_pages(%s, 4096, PROT_NONE, 0, MAP_FILE|MAP_NONBLOCK)", ptr(edge));
	X(SYS_munmap, A(b), 8192), line("munmap(%s, 8192)", ptr(b));
	X(SYS_munmap, 1, 4096), line("munmap(0x1, 4096)");
	X(SYS_pkey_alloc, 0, 9), line("pkey_alloc(0, PKEY_DISABLE_ACCESS|0x8)");
	X(SYS_pkey_free, P(77)), line("pkey_free(77)");
	X(SYS_pkey_mprotect, 1, 4096, PROT_READ, P(-1)), line("pkey_mprotect(0x1, 4096, PROT_READ, -1)");
	X(SYS_membarrier, P(0), P(9), P(0)), line("membarrier(MEMBARRIER_CMD_QUERY, MEMBARRIER_CMD_FLAG_CPU|0x8, 0)");
	X(SYS_process_madvise, P(77), 0, 0, P(MADV_COLD), P(1));
	line("process_madvise(77, NULL, 0, MADV_COLD, 0x1)");
	X(SYS_process_vm_readv, P(0x7fffffff), 0, 0, 0, 0, 0);
	line("process_vm_readv(2147483647, NULL, 0, NULL, 0, 0)");
	X(SYS_process_vm_writev, P(0x7fffffff), A(edge), 0, A(edge), 0, 1);
	line("process_vm_writev(2147483647, [], 0, [], 0, 1)");
	finish();
}
