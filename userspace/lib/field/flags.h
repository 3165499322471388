/* SPDX-License-Identifier: Apache-2.0 */
/* Names of flags and of enumerated values, in the order they are printed. */
#ifndef EYAS_FIELD_FLAGS_H
#define EYAS_FIELD_FLAGS_H

#include <stdint.h>
#include "base/arena.h"
#include "enrich/enrich.h"

/*
 * Lists end with a row without name. The kernel's value and the one that
 * rules and captures know, which for some sets is another.
 */
struct eyas_flag { uint64_t kernel, value; const char *name; };

extern const struct eyas_flag eyas_flags_open[], eyas_flags_chmod[], eyas_flags_exec[],
	eyas_flags_clone[], eyas_flags_ptrace[], eyas_flags_domain[], eyas_flags_bpf[],
	eyas_flags_unlinkat[], eyas_flags_linkat[], eyas_flags_fchownat[], eyas_flags_rename[],
	eyas_flags_umount[], eyas_flags_mount[], eyas_flags_resolve[], eyas_flags_dup3[],
	eyas_flags_memfd[], eyas_flags_finit[], eyas_flags_delete[], eyas_flags_prctl[],
	eyas_flags_prot[], eyas_flags_mmap[], eyas_flags_fcntl[], eyas_flags_uffd[],
	eyas_flags_pidfd[], eyas_flags_uring_setup[], eyas_flags_uring_features[],
	eyas_flags_uring_enter[], eyas_flags_uring_register[], eyas_flags_socket[],
	eyas_flags_sockopt_level[], eyas_flags_sockopt[], eyas_flags_whence[],
	eyas_flags_shutdown[], eyas_flags_flock[], eyas_flags_access[], eyas_flags_rlimit[],
	eyas_flags_mlockall[], eyas_flags_splice[], eyas_flags_fstatat[];

/* A kernel value as rules know it. */
uint64_t eyas_flags_value(const struct eyas_flag *names, uint64_t kernel);

/* Open flags have an access mode that is no bit mask. */
uint64_t eyas_flags_open_value(uint64_t kernel, uint32_t file_flags);

/* Names of the set bits of @value (as rules know it) joined by '|'. 0, -ENOMEM;
 * -ENOENT if it has none. */
int eyas_flags_text(const struct eyas_flag *names, uint64_t value, struct eyas_arena *arena,
		    struct eyas_text *ret);
/* All names that equal @value. */
int eyas_flags_enum_text(const struct eyas_flag *names, uint64_t value,
			 struct eyas_arena *arena, struct eyas_text *ret);

#endif
