/* SPDX-License-Identifier: Apache-2.0 */
/* What loading finds wrong: the codes, and how an issue is noted down. */
#ifndef EYAS_RULE_ISSUE_H
#define EYAS_RULE_ISSUE_H

#include "rule/ruleset.h"
#include "rule/srctext.h"

/* Errors first, then warnings. */
enum eyas_load_code {
	EYAS_LOAD_ERR_FILE_READ,
	EYAS_LOAD_ERR_YAML_PARSE,
	EYAS_LOAD_ERR_YAML_VALIDATE,
	EYAS_LOAD_ERR_COMPILE_CONDITION,
	EYAS_LOAD_ERR_COMPILE_OUTPUT,
	EYAS_LOAD_ERR_VALIDATE,
	EYAS_LOAD_ERR_EXTENSION,
	EYAS_LOAD_UNKNOWN_SOURCE,
	EYAS_LOAD_UNSAFE_NA_CHECK,
	EYAS_LOAD_NO_EVTTYPE,
	EYAS_LOAD_UNKNOWN_FILTER,
	EYAS_LOAD_UNUSED_MACRO,
	EYAS_LOAD_UNUSED_LIST,
	EYAS_LOAD_UNKNOWN_ITEM,
	EYAS_LOAD_DEPRECATED_ITEM,
	EYAS_LOAD_WARNING_EXTENSION,
	EYAS_LOAD_APPEND_NO_VALUES,
	EYAS_LOAD_EXCEPTION_NAME_NOT_UNIQUE,
	EYAS_LOAD_INVALID_MACRO_NAME,
	EYAS_LOAD_INVALID_LIST_NAME,
	EYAS_LOAD_COMPILE_CONDITION,
	EYAS_LOAD_UNKNOWN_KEY,
	EYAS_LOAD_CODE_MAX,
};

/* What an issue is about, and what that is a part of, outwards. */
struct eyas_about {
	const char *type; /* "rule condition"; one of Falco's words */
	const char *name; /* NULL: none */
	struct eyas_place at;
	const struct eyas_about *in; /* NULL: the file itself */
};

/* A place of which the offset is known: line beginnings, and some on the way. */
struct eyas_mark {
	size_t off;
	uint32_t line, col;
};
struct eyas_marks {
	EYAS_VEC(struct eyas_mark) v;
};

/* Takes the issues down. One for each loading. */
struct eyas_notes {
	struct eyas_load_result *res;
	const struct eyas_rules_text *texts;
	size_t n;
	struct eyas_marks *marks; /* of each text, made when first needed */
};

int eyas_notes_init(struct eyas_notes *notes, const struct eyas_rules_text *texts, size_t n,
		    struct eyas_load_result *res);
void eyas_notes_release(struct eyas_notes *notes);

/*
 * Note an issue at about->at. @hint (may be NULL) is copied. Returns -EINVAL
 * for an error, 0 for a warning, -ENOMEM. An issue already noted is not repeated.
 */
int eyas_note(struct eyas_notes *notes, enum eyas_load_code code, const struct eyas_about *about,
	      const char *hint, const char *fmt, ...) _printf_(5, 6);

/* Are there so many warnings that further ones are only counted? */
bool eyas_notes_full(const struct eyas_notes *notes);

/* Byte offset of a place, -1 if out of memory or there is no such line. */
ptrdiff_t eyas_notes_offset(struct eyas_notes *notes, struct eyas_place at);

#endif
