/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading capture files block by block. Nothing in them is believed: what is
 * wrong is an error that names the file, the offset and what it is. A file that
 * just ends somewhere is read up to its last whole block.
 */
#ifndef EYAS_SOURCE_CAPTURE_READ_H
#define EYAS_SOURCE_CAPTURE_READ_H

#include <stdbool.h>
#include "source/capture_block.h"

struct eyas_capture_reader;

/* @path "-": stdin. @follow: wait for more at the end of a file that has no END. */
int eyas_capture_reader_open(struct eyas_capture_reader **ret, const char *path, bool follow,
			     struct eyas_err *err) _must_check_;
void eyas_capture_reader_close(struct eyas_capture_reader *r);	/* NULL is fine */

const struct eyas_capture_file *eyas_capture_reader_file(const struct eyas_capture_reader *r);
const char *eyas_capture_reader_path(const struct eyas_capture_reader *r);
/* Of the last block. */
uint64_t eyas_capture_reader_offset(const struct eyas_capture_reader *r);

/*
 * The next block of a known type, valid until the next call: 1; none now, when
 * following: 0; -ENODATA after END or at the end of the file; -errno, final.
 */
int eyas_capture_reader_next(struct eyas_capture_reader *r, const struct eyas_capture_block **ret,
			     struct eyas_bytes *ret_payload, struct eyas_err *err);

/* A descriptor to poll when following; -1: none is needed. */
int eyas_capture_reader_fd(const struct eyas_capture_reader *r);

/* After -ENODATA: how the file ended if not with END, else NULL. */
const char *eyas_capture_reader_note(const struct eyas_capture_reader *r);

/* "cannot read '<path>': offset <offset>: " in front of @err; returns its code. */
int eyas_capture_reader_fail(const struct eyas_capture_reader *r, struct eyas_err *err);

#endif
