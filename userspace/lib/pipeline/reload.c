// SPDX-License-Identifier: Apache-2.0
/* Rules loaded anew: if they are right they are swapped in, if not an alert says where not. */
#include "pipeline/reload.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define TOLD EYAS_RELOAD_FAILURE ": the old rules stay: "

int eyas_pipeline_tell_reload_failure(struct eyas_pipeline *p, const struct eyas_err *err)
{
	const char *fields[] = { "error", err->msg, NULL };
	_cleanup_strbuf_ struct eyas_strbuf msg = EYAS_STRBUF_INIT;

	eyas_strbuf_addf(&msg, TOLD "%s", err->msg);
	if (!eyas_strbuf_ok(&msg))
		return -ENOMEM;
	return eyas_pipeline_tell(p, EYAS_RELOAD_FAILURE, EYAS_PRIO_CRITICAL, msg.buf, fields);
}

static const struct eyas_load_issue *first_error(const struct eyas_load_result *res)
{
	for (size_t i = 0; i < res->len; i++)
		if (!res->issues[i].warning)
			return &res->issues[i];
	return NULL;
}

static int tell_issue(struct eyas_pipeline *p, const struct eyas_load_issue *is)
{
	_cleanup_strbuf_ struct eyas_strbuf msg = EYAS_STRBUF_INIT;
	char line[16], col[16];
	const char *fields[] = { "code", is->code, "column", col,  "error", is->msg,
				 "file", is->file, "line",   line, NULL };

	snprintf(line, sizeof(line), "%u", is->line);
	snprintf(col, sizeof(col), "%u", is->col);
	eyas_strbuf_addf(&msg, TOLD "%s:%u:%u: %s: %s", is->file, is->line, is->col, is->code,
			 is->msg);
	if (!eyas_strbuf_ok(&msg))
		return -ENOMEM;
	return eyas_pipeline_tell(p, EYAS_RELOAD_FAILURE, EYAS_PRIO_CRITICAL, msg.buf, fields);
}

static int tell(struct eyas_pipeline *p, const struct eyas_load_result *res,
		const struct eyas_err *err)
{
	const struct eyas_load_issue *is = first_error(res);

	return is ? tell_issue(p, is) : eyas_pipeline_tell_reload_failure(p, err);
}

int eyas_pipeline_reload(struct eyas_pipeline *p, const struct eyas_rules_text *texts, size_t n,
			 const struct eyas_ruleset_options *opt, struct eyas_load_result *res,
			 struct eyas_ruleset **ret, struct eyas_err *err)
{
	struct eyas_ruleset *rules = NULL;
	struct eyas_policy policy;
	int r = eyas_ruleset_load(&rules, texts, n, opt, res);

	if (r == -EINVAL)
		eyas_err_set(err, r, "the rules have an error");
	else if (r < 0)
		eyas_err_set(err, r, "cannot load the rules: %s", strerror(-r));
	if (!r) {
		eyas_ruleset_policy(rules, &policy);
		r = eyas_pipeline_swap(p, rules, &policy, err);
	}
	if (!r) {
		*ret = rules;
		return 0;
	}
	eyas_ruleset_free(rules);
	/* Without memory the caller still has the return value. */
	if (r != -EBUSY)
		(void)tell(p, res, err);
	return r;
}
