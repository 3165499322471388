/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls written down as text, with the memory that they are given and write,
 * and the line that is to be printed of each. One format for three readers: the
 * unit test, the program that asks strace (tests/oracle), and people.
 *
 *	# a comment
 *	! -v -s 8			options for what follows; "!": none again
 *	openat -100 "/etc/passwd" 0x80000 0 = 3
 *	openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3
 *
 * A call is its name, up to six arguments, and its result: a number, errors
 * negative, or "?" if it does not end. An argument is a number, or memory, whose
 * address is then passed: "text", ended by NUL, or items in braces:
 *
 *	4:0x10  b2:80		a number of so many bytes; big endian
 *	"text"  'text'		with and without NUL; \n, \0, \x1f, \\, \"
 *	x:00ff  z:16		bytes in hexadecimal; so many zeros
 *	*{ 8:1 }  *"text"	a pointer to more memory
 *
 * ~{ } is followed by unreadable memory. { } > { } is what the call finds and,
 * at the same place, what it leaves. Memory of argument N begins at 0x100000 +
 * N * 0x10000. "ia32:" before a name is a call of that ABI; nr:0x1bad instead of
 * one is a number that may have no name.
 */
#ifndef EYAS_TEST_CASES_H
#define EYAS_TEST_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "event/syscall.h"

#define EYAS_CASE_ARGS 6
#define EYAS_CASE_REGION 0x8000 /* bytes of memory for each argument */

struct eyas_case {
	unsigned int line; /* of the call, from 1 */
	const char *opts; /* text after "!" */
	const char *expect;
	uint8_t abi;
	const struct eyas_syscall *sc; /* NULL: nr has no row */
	int nr;
	uint64_t args[EYAS_CASE_ARGS];
	int64_t ret;
	bool ended;
	struct eyas_case_memory {
		unsigned char before[EYAS_CASE_REGION], after[EYAS_CASE_REGION];
		size_t used; /* bytes that a case has set, from the start */
		size_t end_used; /* and at the end */
		size_t poke, poke_len; /* where after differs */
	} memory[EYAS_CASE_ARGS];
};

struct eyas_cases {
	char *text, *pos;
	const char *file;
	char *opts;
	unsigned int line;
};

/* Read @file; false if that does not work. Freed by eyas_cases_close(). */
bool eyas_cases_open(struct eyas_cases *cs, const char *file);
void eyas_cases_close(struct eyas_cases *cs);

/*
 * The next case; false at the end. A line that is wrong ends the program with a
 * message. Texts of @ret are valid until the next call.
 */
bool eyas_cases_next(struct eyas_cases *cs, struct eyas_case *ret);

static inline uint64_t eyas_case_base(unsigned int arg)
{
	return 0x100000 + (uint64_t)arg * 0x10000;
}

/* Bytes of memory at @addr, as they are then, that can be read; NULL: none. */
const unsigned char *eyas_case_at(const struct eyas_case *c, bool after, uint64_t addr,
				  uint64_t *ret_len);

#endif
