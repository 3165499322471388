/* SPDX-License-Identifier: Apache-2.0 */
/* Rules loaded anew while events come. */
#ifndef EYAS_PIPELINE_RELOAD_H
#define EYAS_PIPELINE_RELOAD_H

#include "pipeline/pipeline.h"

/* The rule that tells a failure: source internal, priority Critical. */
#define EYAS_RELOAD_FAILURE "eyas internal: reload failure"

/*
 * Compile @texts and go over to them, see eyas_pipeline_swap(). @res is what
 * loading found, initialised here and released by the caller in any case. 0,
 * and the new rules in *@ret, which are the caller's to free after the
 * pipeline gave them back or was released. Else the old rules go on: -EBUSY as
 * swap says it, with nothing told; -EINVAL if a text is wrong, -ENOMEM, -errno
 * of the source: the failure has been told as an alert.
 */
int eyas_pipeline_reload(struct eyas_pipeline *p, const struct eyas_rules_text *texts, size_t n,
			 const struct eyas_ruleset_options *opt, struct eyas_load_result *res,
			 struct eyas_ruleset **ret, struct eyas_err *err) _must_check_;

/* Tell that the files could not even be read, for the reason in @err. 0 or -ENOMEM. */
int eyas_pipeline_tell_reload_failure(struct eyas_pipeline *p, const struct eyas_err *err);

#endif
