// SPDX-License-Identifier: Apache-2.0
/* user.*: whose rights the process has, and who logged in. */
#include <errno.h>
#include "field/family.h"

#define UNSET	UINT32_MAX
/* A value that rules compare with, not a missing one. */
#define UNKNOWN	"<NA>"

GETTER(get_uid)
{
	return ctx->proc ? give_uint(ret, EYAS_T_UINT, ctx->proc->euid) : -ENOENT;
}

static const char *name_of(const struct eyas_field_ctx *ctx, uint32_t uid)
{
	const char *name = uid == UNSET ? NULL : eyas_enrich_user(ctx->en, uid);

	if (name)
		return name;
	return uid ? UNKNOWN : "root";
}

GETTER(get_name)
{
	return ctx->proc ? give_str(ret, name_of(ctx, ctx->proc->euid)) : -ENOENT;
}

GETTER(get_homedir)
{
	const char *home = ctx->proc ? eyas_enrich_user_home(ctx->en, ctx->proc->euid) : NULL;

	if (!ctx->proc)
		return -ENOENT;
	return give_str(ret, home ? home : ctx->proc->euid ? UNKNOWN : "/root");
}

GETTER(get_shell)
{
	const char *shell = ctx->proc ? eyas_enrich_user_shell(ctx->en, ctx->proc->euid) : NULL;

	return ctx->proc ? give_str(ret, shell ? shell : UNKNOWN) : -ENOENT;
}

GETTER(get_loginuid)
{
	if (!ctx->proc)
		return -ENOENT;
	return give_int(ret, ctx->proc->loginuid == UNSET ? -1 : (int64_t)ctx->proc->loginuid);
}

GETTER(get_loginname)
{
	return ctx->proc ? give_str(ret, name_of(ctx, ctx->proc->loginuid)) : -ENOENT;
}

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "user.uid", EYAS_T_UINT, EYAS_FIELD_OF_PROC, get_uid, NULL, NULL, "effective user id" },
	{ "user.name", EYAS_T_STRING, 0, get_name, NULL, NULL,
	  "its name, <NA> if there is no such user" },
	{ "user.homedir", EYAS_T_STRING, 0, get_homedir, NULL, NULL, "its home directory" },
	{ "user.shell", EYAS_T_STRING, 0, get_shell, NULL, NULL, "its shell" },
	{ "user.loginuid", EYAS_T_INT, EYAS_FIELD_OF_PROC, get_loginuid, NULL, NULL,
	  "user id at login, -1 outside of a login" },
	{ "user.loginname", EYAS_T_STRING, 0, get_loginname, NULL, NULL,
	  "name of the user who logged in" },
};
/* clang-format on */

FAMILY(eyas_family_user, "user", "the user that the process runs as", rows);
