// SPDX-License-Identifier: Apache-2.0
/* eyas watch: rules and settings read anew when files change or a signal asks for it. */
#include <errno.h>
#include <string.h>
#include "cmd_watch.h"
#include "pipeline/reload.h"

#define SETTLE_MS 100
#define FINISH_MS 100 /* patience with the reader of an output that is given up */

struct paths {
	EYAS_VEC(const char *) v;
};

static void paths_release(struct paths *p)
{
	eyas_vec_release(&p->v);
}

/* Rules files, and those of configuration. */
static int list_paths(const struct eyas_watch_opts *o, const struct eyas_config *c, const char *dir,
		      struct paths *ret)
{
	const char *const *rules = o->paths.len ? o->paths.data : c->rules_files.data;
	size_t n = o->paths.len ? o->paths.len : c->rules_files.len;
	int r = n ? 0 : eyas_vec_push(&ret->v, dir);

	for (size_t i = 0; i < n && !r; i++)
		r = eyas_vec_push(&ret->v, rules[i]);
	for (size_t i = 0; i < o->configs.len && !r; i++)
		r = eyas_vec_push(&ret->v, o->configs.data[i]);
	return r;
}

int eyas_watch_reload_open(struct eyas_watch *w, struct eyas_err *err)
{
	_cleanup_(paths_release) struct paths paths = { .v.len = 0 };
	_cleanup_strbuf_ struct eyas_strbuf dir = EYAS_STRBUF_INIT;

	eyas_rulefiles_default_dir(&dir);
	if (list_paths(w->opts, &w->opts->set.config, dir.buf, &paths) < 0)
		return eyas_err_set(err, -ENOMEM, "out of memory");
	return eyas_filewatch_open(&w->files, paths.v.data, paths.v.len, SETTLE_MS, err);
}

/* Apart: a policy is large. */
static __attribute__((noinline)) void say_loaded(const struct eyas_watch *w,
						 const struct eyas_rulefiles *files)
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

/* What it takes to go on otherwise; nothing of it is in use before all of it is there. */
struct next {
	struct eyas_watch_settings set;
	struct eyas_watch_outputs outs;
	struct eyas_rulefiles files;
	bool other_outs;
};

static void next_release(struct next *n)
{
	eyas_watch_outputs_close(&n->outs);
	eyas_rulefiles_release(&n->files);
	eyas_watch_settings_release(&n->set);
}

static int read_next(const struct eyas_watch *w, struct next *ret, struct eyas_err *err)
{
	const struct eyas_watch_opts *o = w->opts;
	int r = eyas_watch_settings_read(o, &ret->set, err);

	if (!r)
		r = eyas_watch_opts_read_rules(o, &ret->set, &ret->files, err);
	ret->other_outs = !r && !eyas_watch_outputs_equal(o, &o->set.config, &ret->set.config);
	if (ret->other_outs)
		r = eyas_watch_outputs_open(&ret->outs, o, &ret->set.config, err);
	return r;
}

#define SWAP(a, b)                      \
	do {                            \
		__typeof__(a) _t = (a); \
		(a) = (b);              \
		(b) = _t;               \
	} while (0)

static bool is_watched_alike(const struct eyas_config *a, const struct eyas_config *b)
{
	if (a->watch_files != b->watch_files || a->rules_files.len != b->rules_files.len)
		return false;
	for (size_t i = 0; i < a->rules_files.len; i++)
		if (strcmp(a->rules_files.data[i], b->rules_files.data[i]) != 0)
			return false;
	return true;
}

/* Other files may count than those that @old named. */
static void watch_others(struct eyas_watch *w, const struct eyas_config *old)
{
	const struct eyas_config *c = &w->opts->set.config;
	struct eyas_err err;

	if (is_watched_alike(c, old))
		return;
	eyas_filewatch_close(w->files);
	w->files = NULL;
	if (c->watch_files && eyas_watch_reload_open(w, &err) < 0)
		eyas_msg_err(&err);
	/* What changed since they were read would be missed. */
	w->reload = w->files;
}

/* The new rules are on their way: now the rest. What is old is released with @next. */
static void go_over(struct eyas_watch *w, struct next *next)
{
	SWAP(w->opts->set, next->set);
	if (next->other_outs) {
		for (size_t i = 0; i < w->outs.n; i++)
			(void)eyas_output_finish(w->outs.v[i], FINISH_MS);
		SWAP(w->outs, next->outs);
	}
	eyas_watch_apply(w, &w->pipe.cfg);
	watch_others(w, &next->set.config);
}

static void reload(struct eyas_watch *w)
{
	_cleanup_(next_release) struct next next = { .other_outs = false };
	struct eyas_load_result res;
	struct eyas_err err;
	int r = read_next(w, &next, &err);

	if (r < 0) {
		eyas_msg("%s; the old rules stay", err.msg);
		(void)eyas_pipeline_tell_reload_failure(&w->pipe, &err);
		return;
	}
	r = eyas_pipeline_reload(&w->pipe, next.files.v.data, next.files.v.len, &next.set.rules,
				 &res, &w->next_rules, &err);
	eyas_watch_print_result(w, &res, r == -EINVAL);
	eyas_load_result_release(&res);
	if (r < 0) {
		eyas_msg("%s; the old rules stay", err.msg);
		return;
	}
	go_over(w, &next);
	say_loaded(w, &next.files);
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
