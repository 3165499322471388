/* SPDX-License-Identifier: Apache-2.0 */
/* What a user changes of rules without touching their files. */
#ifndef EYAS_RULE_OPTIONS_H
#define EYAS_RULE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Rules go on or off, whatever their files say; later ones win. */
struct eyas_rule_switch {
	bool enable;
	const char *rule; /* wildcard of the name; NULL: any */
	const char *tag; /* that it has; NULL: any */
};

/* A member of output_fields that the rule's output does not name. */
struct eyas_append_field {
	const char *key;
	const char *format; /* its text; NULL: the value of the field called @key */
};

/* More output for the rules to which all that is not NULL applies. */
struct eyas_append {
	const char *source, *rule;
	const char *const *tags; /* all of them */
	size_t ntags;
	const char *output; /* added after a blank; NULL: nothing */
	const struct eyas_append_field *fields;
	size_t nfields;
	bool suggested; /* add what tells a container, too */
};

/* The field "static.NAME" is @value in each event, and a member of each alert. */
struct eyas_static_field {
	const char *name, *value;
};

#endif
