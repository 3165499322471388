/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of config.h, for the files of this folder only. */
#ifndef EYAS_PIPELINE_CONFIG_READ_H
#define EYAS_PIPELINE_CONFIG_READ_H

#include "pipeline/config.h"
#include "rule/yaml.h"

struct eyas_config_in {
	struct eyas_config *c;
	const char *name; /* of the file, or the KEY=VALUE */
	bool by_option; /* it is no file: places mean nothing */
	bool append; /* lists are added to */
	bool one; /* of a list an item is replaced, */
	size_t index; /* this one */
	struct eyas_strbuf idle; /* keys without effect, "a, b" */
	struct eyas_err *err;
};

/* -EINVAL, with @in->err saying where and "KEY: ...". */
int eyas_config_fail(struct eyas_config_in *in, const struct eyas_yaml *at, const char *key,
		     const char *fmt, ...) _printf_(4, 5);

/* One line for c->warnings; @at NULL: the whole file. 0 or -ENOMEM. */
int eyas_config_warn(struct eyas_config_in *in, const struct eyas_yaml *at, const char *fmt, ...)
	_printf_(3, 4);

/* A scalar without NUL bytes, null is "". 0 or -EINVAL. */
int eyas_config_text(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		     const char **ret);
int eyas_config_bool(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		     bool *ret);

/* The keys whose values are lists or mappings. 0, -EINVAL, -ENOMEM. */
int eyas_config_rules_files(struct eyas_config_in *in, const char *key,
			    const struct eyas_yaml *val);
int eyas_config_rules(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val);
int eyas_config_append_output(struct eyas_config_in *in, const char *key,
			      const struct eyas_yaml *val);
int eyas_config_static_fields(struct eyas_config_in *in, const char *key,
			      const struct eyas_yaml *val);
int eyas_config_drop_actions(struct eyas_config_in *in, const char *key,
			     const struct eyas_yaml *val);

#endif
