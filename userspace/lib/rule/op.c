// SPDX-License-Identifier: Apache-2.0
/* The operators of conditions. What they do is in test.c. */
#include "rule/op.h"

#include <string.h>

#define T(t)	(1U << EYAS_T_##t)
#define TEXT	(T(STRING))
#define BLOB	(T(BYTES))
#define NUMBERS	(T(INT) | T(UINT) | T(DOUBLE) | T(RELTIME) | T(ABSTIME) | T(PORT))
#define ALL	(TEXT | BLOB | NUMBERS | T(BOOL) | T(IP) | T(NET))

/* clang-format off */
static const struct eyas_op ops[] = {
	/* name          id                    form           word   types            cost  odds */
	{ "exists",      EYAS_OP_EXISTS,      EYAS_OP_UNARY, false, ALL,             1,    90 },
	{ "<=",          EYAS_OP_LE,          EYAS_OP_NUM,   false, NUMBERS | TEXT,  1,    50 },
	{ "<",           EYAS_OP_LT,          EYAS_OP_NUM,   false, NUMBERS | TEXT,  1,    50 },
	{ ">=",          EYAS_OP_GE,          EYAS_OP_NUM,   false, NUMBERS | TEXT,  1,    60 },
	{ ">",           EYAS_OP_GT,          EYAS_OP_NUM,   false, NUMBERS | TEXT,  1,    50 },
	{ "==",          EYAS_OP_EQ,          EYAS_OP_STR,   false, ALL,             1,    4 },
	{ "=",           EYAS_OP_EQ,          EYAS_OP_STR,   false, ALL,             1,    4 },
	{ "!=",          EYAS_OP_NE,          EYAS_OP_STR,   false, ALL,             1,    90 },
	{ "glob",        EYAS_OP_GLOB,        EYAS_OP_STR,   true,  TEXT,            8,    4 },
	{ "iglob",       EYAS_OP_IGLOB,       EYAS_OP_STR,   true,  TEXT,            9,    4 },
	{ "contains",    EYAS_OP_CONTAINS,    EYAS_OP_STR,   true,  TEXT | BLOB,     4,    4 },
	{ "icontains",   EYAS_OP_ICONTAINS,   EYAS_OP_STR,   true,  TEXT,            6,    4 },
	{ "bcontains",   EYAS_OP_BCONTAINS,   EYAS_OP_STR,   true,  BLOB,            4,    4 },
	{ "startswith",  EYAS_OP_STARTSWITH,  EYAS_OP_STR,   true,  TEXT | BLOB,     1,    8 },
	{ "bstartswith", EYAS_OP_BSTARTSWITH, EYAS_OP_STR,   true,  BLOB,            1,    8 },
	{ "endswith",    EYAS_OP_ENDSWITH,    EYAS_OP_STR,   true,  TEXT | BLOB,     1,    4 },
	{ "regex",       EYAS_OP_REGEX,       EYAS_OP_STR,   true,  TEXT,            20,   4 },
	{ "intersects",  EYAS_OP_INTERSECTS,  EYAS_OP_LIST,  false, ALL,             2,    4 },
	{ "in",          EYAS_OP_IN,          EYAS_OP_LIST,  false, ALL,             2,    4 },
	{ "pmatch",      EYAS_OP_PMATCH,      EYAS_OP_LIST,  false, TEXT,            6,    10 },
};

static const char *const modifiers[] = {
	[EYAS_MOD_NONE] = "",
	[EYAS_MOD_ONEOF] = "oneof",
	[EYAS_MOD_ANYOF] = "anyof",
	[EYAS_MOD_ALLOF] = "allof",
};

static const char *const types[] = {
	[EYAS_T_NONE] = "none",
	[EYAS_T_STRING] = "string",
	[EYAS_T_BYTES] = "byte buffer",
	[EYAS_T_INT] = "signed number",
	[EYAS_T_UINT] = "unsigned number",
	[EYAS_T_BOOL] = "boolean",
	[EYAS_T_DOUBLE] = "floating-point number",
	[EYAS_T_RELTIME] = "duration",
	[EYAS_T_ABSTIME] = "time",
	[EYAS_T_IP] = "IP address",
	[EYAS_T_NET] = "IP network",
	[EYAS_T_PORT] = "port",
};
/* clang-format on */

const struct eyas_op *eyas_op_table(size_t *ret_len)
{
	*ret_len = sizeof(ops) / sizeof(ops[0]);
	return ops;
}

const struct eyas_op *eyas_op_find(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (strlen(ops[i].name) == len && !memcmp(ops[i].name, name, len))
			return &ops[i];
	return NULL;
}

enum eyas_modifier eyas_modifier_find(const char *name, size_t len)
{
	for (unsigned int i = EYAS_MOD_ONEOF; i <= EYAS_MOD_ALLOF; i++)
		if (strlen(modifiers[i]) == len && !memcmp(modifiers[i], name, len))
			return (enum eyas_modifier)i;
	return EYAS_MOD_NONE;
}

const char *eyas_modifier_name(enum eyas_modifier mod)
{
	return modifiers[mod];
}

const char *eyas_type_name(enum eyas_type type)
{
	return types[type];
}
