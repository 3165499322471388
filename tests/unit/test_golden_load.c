// SPDX-License-Identifier: Apache-2.0
/*
 * Loading as data: tests/golden/load/ *.test, many cases in each file.
 *
 *	=== what the case shows
 *	(a rules file, called rules.yaml in messages)
 *	--- file other.yaml		optional: further rules files
 *	--- option syntax		grammar only
 *	--- option append_output=TEXT
 *	--- issues
 *	(what is printed, exactly; nothing if all is well)
 *	--- rules			optional
 *	(Priority name: resolved condition; "off" before it if it is disabled)
 *
 * With EYAS_GOLDEN=write the last two parts are written anew: look at the diff.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "base/vec.h"
#include "rule/load.h"
#include "rule/unparse.h"
#include "unit.h"

#define DIR_NAME "tests/golden/load"
#define FILES_MAX 8

/* A case: pieces of the file's text, which is cut into strings. */
struct golden {
	const char *title;
	struct eyas_rules_text files[FILES_MAX];
	size_t nfiles;
	const char *append_output;
	bool syntax, has_rules;
	struct eyas_strbuf input, issues, rules; /* as in the file */
};

struct golden_file {
	char path[300];
	struct eyas_strbuf text;
	EYAS_VEC(struct golden) cases;
};

static struct dirent **names;
static int nnames;

/* ---- reading ---- */

static bool starts(const char *line, const char *prefix, const char **ret_rest)
{
	size_t n = strlen(prefix);

	if (strncmp(line, prefix, n) != 0)
		return false;
	*ret_rest = line + n;
	return true;
}

static char *rest_of_line(const char *rest)
{
	char *s = strndup(rest, strcspn(rest, "\n"));

	ck_assert_ptr_nonnull(s);
	return s;
}

/* Lines before the first "---" are the first file, those after it go where it says. */
static void add_line(struct golden *g, struct eyas_strbuf **part, const char *line, size_t len)
{
	struct eyas_strbuf *input = &g->input;
	const char *rest;

	if (starts(line, "--- issues\n", &rest)) {
		*part = &g->issues;
		return;
	}
	if (starts(line, "--- rules\n", &rest)) {
		*part = &g->rules;
		g->has_rules = true;
		return;
	}
	if (starts(line, "--- option append_output=", &rest))
		g->append_output = rest_of_line(rest);
	else if (starts(line, "--- option syntax\n", &rest))
		g->syntax = true;
	else
		ck_assert_msg(strncmp(line, "--- ", 4) != 0 || starts(line, "--- file ", &rest),
			      "not a part of a case: %.40s", line);
	eyas_strbuf_add(*part ? *part : input, line, len);
}

/* The files in the input. */
static void split_input(struct golden *g)
{
	struct eyas_strbuf text = EYAS_STRBUF_INIT;
	const char *name = "rules.yaml", *rest;
	size_t len;

	for (const char *p = g->input.buf;; p += len) {
		bool file = starts(p, "--- file ", &rest);

		len = strcspn(p, "\n") + (strchr(p, '\n') != NULL);
		if (file || !*p) {
			struct eyas_rules_text *t = &g->files[g->nfiles++];

			ck_assert_uint_le(g->nfiles, FILES_MAX);
			t->name = name;
			t->len = text.len;
			t->text = eyas_strbuf_detach(&text);
			eyas_strbuf_init(&text);
		}
		if (!*p)
			break;
		if (file)
			name = rest_of_line(rest);
		else if (strncmp(p, "--- ", 4) != 0)
			eyas_strbuf_add(&text, p, len);
	}
}

static void read_cases(struct golden_file *f)
{
	struct eyas_strbuf *part = NULL;
	struct golden *g = NULL;
	const char *rest;
	size_t len;

	ck_assert_int_eq(eyas_read_file(f->path, 1 << 24, &f->text), 0);
	for (const char *p = f->text.buf; *p; p += len) {
		len = strcspn(p, "\n") + 1;
		ck_assert_msg(p[len - 1] == '\n', "%s: the last line has no end", f->path);
		if (starts(p, "=== ", &rest)) {
			struct golden empty = { .title = rest_of_line(rest) };

			eyas_strbuf_init(&empty.input);
			eyas_strbuf_init(&empty.issues);
			eyas_strbuf_init(&empty.rules);
			ck_assert_int_eq(eyas_vec_push(&f->cases, empty), 0);
			g = &f->cases.data[f->cases.len - 1];
			part = NULL;
		} else if (g) {
			add_line(g, &part, p, len);
		}
	}
	eyas_vec_for_each(&f->cases, it)
		split_input(it);
}

/* ---- loading ---- */

static void describe_rules(const struct eyas_loading *ld, struct eyas_items *items,
			   struct eyas_strbuf *out)
{
	eyas_vec_for_each(&ld->items.rules, def) {
		_cleanup_condition_ struct eyas_condition cond = EYAS_CONDITION_INIT;
		const struct eyas_rule *rule = (*def)->rule;

		if (!rule)
			continue;
		ck_assert_int_eq(eyas_compile_condition_text(items, *def, &cond), 0);
		eyas_strbuf_addf(out, "%s%s %s: ", rule->enabled ? "" : "off ",
				 eyas_priority_name(rule->priority), rule->name);
		eyas_unparse(cond.ast, items, 100000, out);
		eyas_strbuf_addc(out, '\n');
	}
}

static void load(const struct golden *g, struct eyas_strbuf *issues, struct eyas_strbuf *rules)
{
	struct eyas_append append = { .output = g->append_output };
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG, .appends = &append,
					    .nappends = 1 };
	struct eyas_load_result res;
	struct eyas_loading ld;
	int r = eyas_loading_run(&ld, g->files, g->nfiles, g->syntax ? NULL : &opt, &res);

	ck_assert_msg(r == (res.errors ? -EINVAL : 0), "%s: %s, but %zu errors", g->title,
		      strerror(-r), res.errors);
	eyas_load_result_text(&res, issues);
	if (!r && ld.rules)
		describe_rules(&ld, &ld.items, rules);
	eyas_load_result_release(&res);
	eyas_loading_release(&ld);
}

/* ---- comparing ---- */

static bool compare(const struct golden_file *f, const struct golden *g, const char *what,
		    const char *want, const char *got)
{
	if (!strcmp(want, got))
		return true;
	printf("%s: %s: %s\n--- wanted\n%s--- got\n%s", f->path, g->title, what, want, got);
	return false;
}

static void add_case(struct eyas_strbuf *out, const struct golden *g, const char *issues,
		     const char *rules)
{
	eyas_strbuf_addf(out, "=== %s\n%s--- issues\n%s", g->title, g->input.buf, issues);
	if (g->has_rules)
		eyas_strbuf_addf(out, "--- rules\n%s", rules);
}

static void write_file(const struct golden_file *f, const struct eyas_strbuf *cases)
{
	const char *first = strstr(f->text.buf, "=== ");
	FILE *out = fopen(f->path, "w");

	ck_assert_ptr_nonnull(out);
	fwrite(f->text.buf, 1, first ? (size_t)(first - f->text.buf) : f->text.len, out);
	fwrite(cases->buf, 1, cases->len, out);
	ck_assert_int_eq(fclose(out), 0);
}

START_TEST(cases_of_a_file)
{
	/* Static: what it holds is for the process to free. */
	static struct golden_file f = { .text = EYAS_STRBUF_INIT };
	static struct eyas_strbuf out = EYAS_STRBUF_INIT;
	const char *mode = getenv("EYAS_GOLDEN");
	bool same = true;

	snprintf(f.path, sizeof(f.path), DIR_NAME "/%s", names[_i]->d_name);
	read_cases(&f);
	eyas_vec_for_each(&f.cases, g) {
		struct eyas_strbuf issues = EYAS_STRBUF_INIT, rules = EYAS_STRBUF_INIT;

		load(g, &issues, &rules);
		add_case(&out, g, issues.buf, rules.buf);
		same &= compare(&f, g, "issues", g->issues.buf, issues.buf);
		same &= !g->has_rules || compare(&f, g, "rules", g->rules.buf, rules.buf);
		eyas_strbuf_release(&issues);
		eyas_strbuf_release(&rules);
	}
	printf("%s: %zu cases\n", f.path, f.cases.len);
	fflush(stdout);
	if (mode && !strcmp(mode, "write"))
		write_file(&f, &out);
	else
		ck_assert_msg(same, "%s: see above", f.path);
}
END_TEST

static int is_case_file(const struct dirent *d)
{
	const char *dot = strrchr(d->d_name, '.');

	return dot && !strcmp(dot, ".test");
}

static void fill(TCase *tc)
{
	nnames = scandir(DIR_NAME, &names, is_case_file, alphasort);
	if (nnames > 0)
		tcase_add_loop_test(tc, cases_of_a_file, 0, nnames);
}

int main(void)
{
	int r = eyas_test_run("golden_load", fill);

	if (nnames <= 0)
		fprintf(stderr, "no cases in %s\n", DIR_NAME);
	return nnames > 0 ? r : EXIT_FAILURE;
}
