// SPDX-License-Identifier: Apache-2.0
/* eyas watch: rules loaded anew when their files change or a signal asks for it. */
#include <errno.h>
#include <string.h>
#include "cmd_watch.h"
#include "pipeline/reload.h"

#define SETTLE_MS 100

int eyas_watch_reload_open(struct eyas_watch *w, struct eyas_err *err)
{
	const struct eyas_watch_opts *o = w->opts;
	_cleanup_strbuf_ struct eyas_strbuf dir = EYAS_STRBUF_INIT;
	const char *const *paths = o->paths.data;
	const char *one;
	size_t n = o->paths.len;

	if (!n) {
		paths = o->config.rules_files.data;
		n = o->config.rules_files.len;
	}
	if (!n) {
		eyas_rulefiles_default_dir(&dir);
		one = dir.buf;
		paths = &one;
		n = 1;
	}
	return eyas_filewatch_open(&w->files, paths, n, SETTLE_MS, err);
}

static void say_loaded(const struct eyas_watch *w, const struct eyas_rulefiles *files)
{
	struct eyas_policy policy;

	if (w->opts->quiet)
		return;
	eyas_ruleset_policy(w->next_rules, &policy);
	eyas_msg("reloaded, %zu rules, %u calls selected", eyas_ruleset_len(w->next_rules),
		 eyas_watch_calls_selected(&policy));
	for (size_t i = 0; i < files->v.len && w->opts->verbose; i++)
		eyas_msg("rules from '%s'", files->v.data[i].name);
}

static void reload(struct eyas_watch *w)
{
	_cleanup_(eyas_rulefiles_release) struct eyas_rulefiles files = { 0 };
	struct eyas_load_result res;
	struct eyas_err err;
	int r = eyas_watch_opts_read_rules(w->opts, &files, &err);

	if (r < 0) {
		eyas_msg("%s; the old rules stay", err.msg);
		(void)eyas_pipeline_tell_reload_failure(&w->pipe, &err);
		return;
	}
	r = eyas_pipeline_reload(&w->pipe, files.v.data, files.v.len, &w->opts->rules, &res,
				 &w->next_rules, &err);
	eyas_watch_print_result(w, &res, r == -EINVAL);
	eyas_load_result_release(&res);
	if (r < 0)
		eyas_msg("%s; the old rules stay", err.msg);
	else
		say_loaded(w, &files);
}

void eyas_watch_reload_step(struct eyas_watch *w, uint64_t now)
{
	struct eyas_ruleset *old = eyas_pipeline_take_old(&w->pipe);

	if (old) {
		eyas_ruleset_free(old);
		w->rules = TAKE_PTR(w->next_rules);
	}
	if (w->files && eyas_filewatch_changed(w->files, now))
		w->reload = true;
	/* One after the other. */
	if (!w->reload || w->next_rules)
		return;
	w->reload = false;
	reload(w);
}
