/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs that make system calls, and write to stdout what a tracer has to
 * show of them, exactly. Nothing else happens between begin() and finish():
 *
 *	int main(void)
 *	{
 *		begin();
 *		X(SYS_dup, P(0));
 *		line("dup(0)");
 *		finish();
 *	}
 *
 * line() adds what the call made of it. They are built twice, for 64 and for 32
 * bits.
 */
#ifndef EYAS_TEST_CALLS_H
#define EYAS_TEST_CALLS_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __i386__
#define IS32	true
#define P(n)	(n)
#else
#define IS32	false
/* An int whose upper half the kernel does not look at. */
#define P(n)	((long)(0xdeadbeef00000000 | (uint32_t)(n)))
#endif
#define A(p)	((long)(uintptr_t)(p))
#define BY(on64, on32)	(IS32 ? (on32) : (on64))	/* two names of one call */

#define X(nr, ...)	(ret = raw_call(nr, (const long[6]){ __VA_ARGS__ }))
#define MARK		-424242				/* as close() gets it */
#define COLUMN		39				/* where " = " is */

static long ret;				/* of the last call: -errno */
static char text[1 << 16];
static size_t text_len;
static char *edge;				/* the page from here on can't be reached */

long raw_call(long nr, const long args[6]);

#ifdef __i386__
asm("raw_call: push %ebp; push %ebx; push %esi; push %edi\n"
    "mov 20(%esp), %eax; mov 24(%esp), %ebp\n"
    "mov (%ebp), %ebx; mov 4(%ebp), %ecx; mov 8(%ebp), %edx\n"
    "mov 12(%ebp), %esi; mov 16(%ebp), %edi; mov 20(%ebp), %ebp\n"
    "int $0x80; pop %edi; pop %esi; pop %ebx; pop %ebp; ret");
#else
asm("raw_call: mov %rdi, %rax; mov %rsi, %r11\n"
    "mov (%r11), %rdi; mov 8(%r11), %rsi; mov 16(%r11), %rdx\n"
    "mov 24(%r11), %r10; mov 32(%r11), %r8; mov 40(%r11), %r9; syscall; ret");
#endif

static void add(const char *fmt, va_list ap)
{
	text_len += (size_t)vsnprintf(text + text_len, sizeof(text) - text_len, fmt, ap);
}

__attribute__((format(printf, 1, 2))) static void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(fmt, ap);
	va_end(ap);
}

static void pad(size_t from)
{
	while (text_len - from < COLUMN)
		text[text_len++] = ' ';
	say(" = ");
}

static void say_ret(const char *fmt)
{
	if (ret < 0 && ret > -4096)
		say("-1 %s (%s)\n", strerrorname_np((int)-ret), strerror((int)-ret));
	else
		say(fmt, ret);
}

#define LINE(name, result)							\
	__attribute__((format(printf, 1, 2), unused))				\
	static void name(const char *fmt, ...)					\
	{									\
		size_t from = text_len;						\
		va_list ap;							\
										\
		va_start(ap, fmt);						\
		add(fmt, ap);							\
		va_end(ap);							\
		pad(from);							\
		say_ret(result);						\
	}

LINE(line, "%ld\n")
LINE(line_hex, "%#lx\n")
LINE(line_oct, "%#lo\n")
LINE(line_gone, "?\n")

/* With more to be told of a result that is no error: line_note(" (Timeout)", "poll(...)"). */
__attribute__((format(printf, 2, 3), unused))
static void line_note(const char *note, const char *fmt, ...)
{
	size_t from = text_len;
	va_list ap;

	va_start(ap, fmt);
	add(fmt, ap);
	va_end(ap);
	pad(from);
	if (ret < 0)
		say_ret("");
	else
		say("%ld%s\n", ret, note);
}

/* The result as told: line_as("1 (flags FD_CLOEXEC)", "fcntl(...)"). */
__attribute__((format(printf, 2, 3), unused))
static void line_as(const char *result, const char *fmt, ...)
{
	size_t from = text_len;
	va_list ap;

	va_start(ap, fmt);
	add(fmt, ap);
	va_end(ap);
	pad(from);
	say("%s\n", result);
}

/* A pointer as it is shown; each use lives until the fourth one after it. */
__attribute__((unused)) static const char *ptr(const void *p)
{
	static char buf[4][24];
	static unsigned int n;
	char *s = buf[n++ % 4];

	snprintf(s, sizeof(buf[0]), p ? "%#lx" : "NULL", A(p));
	return s;
}

/* @n bytes with nothing behind them. */
__attribute__((unused)) static void *last(const void *from, size_t n)
{
	return memcpy(edge - n, from, n);
}

static void begin(void)
{
	long page = sysconf(_SC_PAGESIZE);
	char *p = mmap(NULL, (size_t)page * 3, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED || mprotect(p + 2 * page, (size_t)page, PROT_NONE) < 0 ||
	    (mkdir("/tmp/calls", 0755) < 0 && errno != EEXIST) || chdir("/tmp/calls") < 0)
		exit(2);
	edge = p + 2 * page;
	umask(022);
	strerror(EPERM);	/* what that does at first, is done */
	memset(p, 'e', (size_t)page * 2);
	X(SYS_close, MARK);
}

static void finish(void)
{
	X(SYS_close, MARK);
	for (size_t n = 0; n < text_len;) {
		ssize_t r = write(1, text + n, text_len - n);

		if (r <= 0)
			_exit(2);
		n += (size_t)r;
	}
	_exit(0);
}

#endif
