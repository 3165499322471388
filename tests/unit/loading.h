/* SPDX-License-Identifier: Apache-2.0 */
/* Rules files from strings, for tests of loading. */
#ifndef EYAS_TEST_LOADING_H
#define EYAS_TEST_LOADING_H

#include <errno.h>
#include <string.h>
#include "rule/load.h"
#include "rule/unparse.h"
#include "unit.h"

static struct eyas_loading ld;
static struct eyas_load_result res;

/* Load one file, rules.yaml; no options: grammar only. */
static inline int loading_start_with(const char *text, size_t len,
				     const struct eyas_ruleset_options *opt)
{
	static struct eyas_rules_text t;

	t = (struct eyas_rules_text){ "rules.yaml", text, len };
	return eyas_loading_run(&ld, &t, 1, opt, &res);
}

static inline int loading_start(const char *text)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };

	return loading_start_with(text, strlen(text), &opt);
}

static inline void loading_end(void)
{
	eyas_load_result_release(&res);
	eyas_loading_release(&ld);
}

#define ck_assert_loads(text)                                                          \
	do {                                                                           \
		int _r = loading_start(text);                                          \
		ck_assert_msg(!_r, "%s", res.len ? res.issues[res.len - 1].msg : "?"); \
	} while (0)

/* A rule that needs nothing but a name and a condition. */
#define RULE(name, condition) \
	"- {rule: " name ", desc: d, condition: '" condition "', output: o, priority: INFO}\n"

#endif
