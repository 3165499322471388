/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that stand for something of the kernel's: descriptors, processes, users, devices. */
#ifndef EYAS_DECODE_FD_H
#define EYAS_DECODE_FD_H

#include <stdint.h>
#include "decode/state.h"

/*
 * A descriptor, with what it stands for if -y asks for it: from the record's
 * blobs of @arg, else from the caller's table.
 */
void eyas_dec_fd(struct eyas_decode *d, int fd, unsigned int arg);
void eyas_dec_dirfd(struct eyas_decode *d, int fd, unsigned int arg); /* knows AT_FDCWD */

/* A descriptor that is no argument: in a struct or an array. */
#define EYAS_DEC_NO_ARG EYAS_DEC_ARGS

void eyas_dec_pid(struct eyas_decode *d, int pid);
void eyas_dec_id(struct eyas_decode *d, uint32_t id);
void eyas_dec_dev(struct eyas_decode *d, uint64_t dev);

#endif
