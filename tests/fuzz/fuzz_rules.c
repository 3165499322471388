// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a rules file: loaded, described, or refused with an error that has a place. */
#include <errno.h>
#include <stdlib.h>
#include "fuzz.h"
#include "rule/check.h"
#include "rule/describe.h"

static void check(int ok)
{
	if (!ok)
		abort();
}

static void check_result(int r, const struct eyas_load_result *res)
{
	_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT;

	check(r ? r == -EINVAL && res->errors == 1 : res->errors == 0);
	for (size_t i = 0; i < res->len; i++)
		check(res->issues[i].msg && res->issues[i].context && res->issues[i].nwhere);
	eyas_load_result_text(res, &out);
	for (size_t i = 0; i < out.len; i++)
		check((unsigned char)out.buf[i] >= ' ' || out.buf[i] == '\n' || out.buf[i] == '\t');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_rules_text text = { "rules.yaml", (const char *)data, size };
	struct eyas_description *d = NULL;
	struct eyas_load_result res;
	int r = eyas_description_load(&d, &text, 1, &opt, &res);

	check_result(r, &res);
	json_decref(eyas_load_result_json(&res, &text, 1));
	if (!r)
		json_decref(eyas_description_json(d, NULL));
	eyas_description_free(d);
	eyas_load_result_release(&res);
	check_result(eyas_rules_check_grammar(&text, 1, &res), &res);
	eyas_load_result_release(&res);
	return 0;
}
