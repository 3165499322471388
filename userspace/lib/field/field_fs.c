// SPDX-License-Identifier: Apache-2.0
/* fs.path.*: the paths of calls that change a file system, if they succeeded. */
#include <errno.h>
#include <string.h>
#include "event/callnr.h"
#include "event/evtype.h"
#include "field/family.h"
#include "field/subject.h"

/* Which argument is what: its number, or one of these. */
#define NONE		(-1)
#define BY_FD		(-2)	/* what the descriptor is of */

struct paths {
	uint16_t evtype;
	int8_t name, source, target;
};

#define NAME(nr, n)			{ nr, n, NONE, NONE }
#define MOVES(nr, source, target)	{ nr, NONE, source, target }

/* Of links the new name is the source, and the target is what it leads to. */
static const struct paths table[] = {
	NAME(SYS_open, 0), NAME(SYS_creat, 0), NAME(SYS_mkdir, 0), NAME(SYS_rmdir, 0),
	NAME(SYS_unlink, 0), NAME(SYS_chmod, 0), NAME(SYS_chown, 0), NAME(SYS_lchown, 0),
	NAME(SYS_mknod, 0), MOVES(SYS_rename, 0, 1), MOVES(SYS_link, 1, 0),
	MOVES(SYS_symlink, 1, 0),
	MOVES(SYS_renameat, 1, 3),
	NAME(SYS_openat, 1), NAME(SYS_openat2, 1), NAME(SYS_mkdirat, 1), NAME(SYS_unlinkat, 1),
	NAME(SYS_fchmodat, 1), NAME(SYS_fchownat, 1), NAME(SYS_mknodat, 1),
	NAME(SYS_newfstatat, 1), NAME(SYS_quotactl, 1), NAME(SYS_umount2, 0),
	NAME(EYAS_EVT_umount, 0), NAME(SYS_fchmod, BY_FD), NAME(SYS_fchown, BY_FD),
	MOVES(SYS_renameat2, 1, 3), MOVES(SYS_linkat, 3, 1), MOVES(SYS_symlinkat, 2, 0),
	MOVES(SYS_mount, 0, 1),
};

static const struct paths *paths_of(const struct eyas_event *ev)
{
	if (!ev->sys || ev->sys->ret < 0)
		return NULL;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].evtype == ev->evtype)
			return &table[i];
	return NULL;
}

static int path_raw(const struct eyas_field_ctx *ctx, int n, struct eyas_text *ret)
{
	if (n == BY_FD)
		return eyas_subject_name(ctx, ret);
	return n < 0 ? -ENOENT : eyas_subject_path_raw(ctx->ev, (unsigned int)n, ret);
}

/* A device need not be a path: "tmpfs" is none, however it is written elsewhere. */
static bool is_word(const struct eyas_field_ctx *ctx, int n)
{
	struct eyas_text t;

	return ctx->ev->evtype == SYS_mount && n == 0 && path_raw(ctx, n, &t) == 0 &&
	       (!t.len || !memchr(t.p, '/', t.len));
}

static int path_absolute(const struct eyas_field_ctx *ctx, int n, struct eyas_text *ret)
{
	if (n < 0 || is_word(ctx, n))
		return path_raw(ctx, n, ret);
	return eyas_subject_path(ctx, (unsigned int)n, ret);
}

static int path_real(const struct eyas_field_ctx *ctx, int n, struct eyas_text *ret)
{
	if (n == BY_FD)
		return eyas_subject_real(ctx, ret);
	return n < 0 ? -ENOENT : eyas_subject_path_real(ctx, (unsigned int)n, ret);
}

#define PATH(fn, how, which)							\
	GETTER(fn)								\
	{									\
		const struct paths *p = paths_of(ctx->ev);			\
		struct eyas_text t;						\
		int r = p ? how(ctx, p->which, &t) : -ENOENT;			\
										\
		return r ? r : give_text(ret, t);				\
	}

PATH(get_name, path_absolute, name)
PATH(get_name_real, path_real, name)
PATH(get_nameraw, path_raw, name)
PATH(get_source, path_absolute, source)
PATH(get_source_real, path_real, source)
PATH(get_sourceraw, path_raw, source)
PATH(get_target, path_absolute, target)
PATH(get_target_real, path_real, target)
PATH(get_targetraw, path_raw, target)

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "fs.path.name", EYAS_T_STRING, 0, get_name, get_name_real, NULL,
	  "path that the call works on, absolute" },
	{ "fs.path.nameraw", EYAS_T_STRING, 0, get_nameraw, NULL, NULL, "the same as given" },
	{ "fs.path.source", EYAS_T_STRING, 0, get_source, get_source_real, NULL,
	  "path that is renamed, made as a link, or mounted; absolute" },
	{ "fs.path.sourceraw", EYAS_T_STRING, 0, get_sourceraw, NULL, NULL,
	  "the same as given" },
	{ "fs.path.target", EYAS_T_STRING, 0, get_target, get_target_real, NULL,
	  "path that it gets, that a link leads to, or that is mounted on; absolute" },
	{ "fs.path.targetraw", EYAS_T_STRING, 0, get_targetraw, NULL, NULL,
	  "the same as given" },
};
/* clang-format on */

FAMILY(eyas_family_fs, "fs", "paths of calls that change a file system", rows);
