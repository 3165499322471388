/* SPDX-License-Identifier: Apache-2.0 */
/* What rules files define, collected before anything of it is compiled. */
#ifndef EYAS_RULE_ITEMS_H
#define EYAS_RULE_ITEMS_H

#include "base/map.h"
#include "rule/parse.h"
#include "rule/rules.h"
#include "rule/version.h"
#include "rule/want.h"

struct eyas_list_def {
	const char *name;
	struct eyas_place at;
	size_t index, visibility; /* of its first and of its last mention */
	EYAS_VEC(const struct eyas_yaml *) items;
	/* By expand.c: the items joined by commas, later lists in it written out. */
	struct eyas_srctext text;
	EYAS_VEC(struct eyas_list_def *) uses;
	bool used;
};

/* Where in a text a list was written out. */
struct eyas_list_use {
	struct eyas_list_def *list;
	size_t off, end;
};
struct eyas_list_uses {
	EYAS_VEC(struct eyas_list_use) v;
};

/* Why a macro can't be compiled. */
struct eyas_failure {
	const char *msg, *hint;
	struct eyas_loc loc;
};

struct eyas_macro_def {
	const char *name;
	struct eyas_place at, cond_at;
	size_t index, visibility;
	struct eyas_srctext cond; /* as written */
	bool fragment; /* appended to what we don't know; syntax only */
	/* By macros.c. */
	struct eyas_srctext text; /* lists written out */
	struct eyas_list_uses lists;
	struct eyas_ast *ast;
	EYAS_VEC(struct eyas_macro_def *) refs;
	enum { EYAS_MACRO_NEW, EYAS_MACRO_OPEN, EYAS_MACRO_DONE } state;
	bool used, built;
	uint32_t node; /* if it was built and nothing failed */
	const struct eyas_macro_def *failed; /* the macro in which, perhaps itself */
	struct eyas_failure failure;
};

/* A field, an operator, a value of an exception, or several of them. */
struct eyas_entry {
	enum { EYAS_ENTRY_NONE, EYAS_ENTRY_TEXT, EYAS_ENTRY_LIST } kind;
	struct eyas_place at;
	const char *s; /* TEXT */
	struct eyas_entry *v; /* LIST */
	size_t len;
};

struct eyas_exception_def {
	const char *name;
	struct eyas_place at;
	struct eyas_entry fields, comps;
	EYAS_VEC(struct eyas_entry) values;
};

struct eyas_exceptions {
	EYAS_VEC(struct eyas_exception_def) v;
	struct eyas_strmap names; /* one more than the index of the first so called */
};

struct eyas_rule_def {
	const char *name, *source;
	struct eyas_place at, cond_at, output_at;
	struct eyas_srctext cond, output; /* as written, appends included */
	struct eyas_strbuf desc;
	enum eyas_priority priority;
	EYAS_VEC(const char *) tags;
	struct eyas_exceptions exceptions;
	bool enabled, warn_evttypes, skip_unknown, capture;
	bool unknown_source;
	bool fragment; /* as of macros */
	uint32_t capture_ms;
	struct eyas_rule *rule; /* by compile.c; NULL: left out */
};

/* One of these is needed. */
struct eyas_plugin_need {
	struct {
		const char *name, *version;
	} * any;
	size_t len;
};

struct eyas_items {
	struct eyas_notes *notes;
	struct eyas_arena arena;
	bool syntax_only; /* names need not exist */
	EYAS_VEC(struct eyas_list_def *) lists; /* each in order of first mention */
	EYAS_VEC(struct eyas_macro_def *) macros;
	EYAS_VEC(struct eyas_rule_def *) rules;
	struct eyas_strmap list_names, macro_names, rule_names;
	size_t mentions;
	EYAS_VEC(struct eyas_list_def *) odd_lists; /* with blanks and such in the name */
	size_t expanded; /* bytes that lists became so far */
	struct eyas_version engine; /* the highest that is asked for */
	EYAS_VEC(struct eyas_plugin_need) plugins;
};

void eyas_exceptions_release(struct eyas_exceptions *ex);

void eyas_items_init(struct eyas_items *it, struct eyas_notes *notes, bool syntax_only);
void eyas_items_release(struct eyas_items *it);

struct eyas_list_def *eyas_items_list(const struct eyas_items *it, const char *name, size_t len);
struct eyas_macro_def *eyas_items_macro(const struct eyas_items *it, const char *name, size_t len);
struct eyas_rule_def *eyas_items_rule(const struct eyas_items *it, const char *name);

/* The one of that name, or a new one; its visibility is now. NULL: out of memory. */
struct eyas_list_def *eyas_items_add_list(struct eyas_items *it, const char *name);
struct eyas_macro_def *eyas_items_add_macro(struct eyas_items *it, const char *name);
struct eyas_rule_def *eyas_items_add_rule(struct eyas_items *it, const char *name);

#endif
