/* SPDX-License-Identifier: Apache-2.0 */
/* The table of system calls of 32-bit programs, from <linux/eyas_syscalls_ia32.h>. */
#ifndef EYAS_TEST_ROWS_IA32_H
#define EYAS_TEST_ROWS_IA32_H

#include <stddef.h>
#include "event/syscall.h"

/* Row of a name, or NULL. */
const struct eyas_syscall *eyas_row_ia32(const char *name);

/* All of them, in no order. */
const struct eyas_syscall *eyas_rows_ia32(size_t *ret_n);

#endif
