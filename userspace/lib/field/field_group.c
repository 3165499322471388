// SPDX-License-Identifier: Apache-2.0
/* group.*: the group whose rights the process has. */
#include <errno.h>
#include "field/family.h"

GETTER(get_gid)
{
	return ctx->proc ? give_uint(ret, EYAS_T_UINT, ctx->proc->egid) : -ENOENT;
}

GETTER(get_name)
{
	const char *name;

	if (!ctx->proc)
		return -ENOENT;
	name = eyas_enrich_group(ctx->en, ctx->proc->egid);
	return give_str(ret, name ? name : ctx->proc->egid ? "<NA>" : "root");
}

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "group.gid", EYAS_T_UINT, 0, get_gid, NULL, NULL, "effective group id" },
	{ "group.name", EYAS_T_STRING, 0, get_name, NULL, NULL,
	  "its name, <NA> if there is no such group" },
};
/* clang-format on */

FAMILY(eyas_family_group, "group", "the group that the process runs as", rows);
