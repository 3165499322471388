/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files and directories that somebody edits. However an editor goes about it
 * (in place, by renaming, by turning a symbolic link), what counts is that
 * something else is there and has stayed so for the settle time.
 */
#ifndef EYAS_BASE_FILEWATCH_H
#define EYAS_BASE_FILEWATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

struct eyas_filewatch;

/*
 * Watch @paths (copied), of a directory also what is in it, from the state they
 * are in now; they need not exist. @settle_ms: milliseconds. 0 or -errno.
 */
int eyas_filewatch_open(struct eyas_filewatch **ret, const char *const *paths, size_t n,
			unsigned int settle_ms, struct eyas_err *err) _must_check_;
void eyas_filewatch_close(struct eyas_filewatch *fw); /* NULL is fine */

/* To poll for POLLIN. */
int eyas_filewatch_fd(const struct eyas_filewatch *fw);

/* Milliseconds from @now after which to look though the descriptor is quiet; -1: none. */
int eyas_filewatch_timeout(const struct eyas_filewatch *fw, uint64_t now);

/*
 * Has something changed since it was last said so, and settled? @now is
 * CLOCK_MONOTONIC in milliseconds. Never blocks; true once for each change.
 */
bool eyas_filewatch_changed(struct eyas_filewatch *fw, uint64_t now);

#endif
