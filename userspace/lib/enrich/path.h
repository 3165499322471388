/* SPDX-License-Identifier: Apache-2.0 */
/* Path names as text: joining and normalising, without looking at any file. */
#ifndef EYAS_ENRICH_PATH_H
#define EYAS_ENRICH_PATH_H

#include "base/arena.h"
#include "enrich/enrich.h"

/*
 * @name, relative to @base unless it starts with '/', with "." and ".." and
 * repeated slashes resolved textually and no slash at the end. A relative
 * @name without @base (base.len 0) comes back as it is. The result borrows
 * @name or @base where nothing changes, else it is in @arena.
 * 0 or -ENOMEM.
 */
int eyas_path_join(struct eyas_text base, struct eyas_text name, struct eyas_arena *arena,
		   struct eyas_text *ret);

/* "/a/b" of "/a/b (deleted)", where the kernel says so. */
struct eyas_text eyas_path_strip_deleted(struct eyas_text path);

#endif
