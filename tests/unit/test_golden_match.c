// SPDX-License-Identifier: Apache-2.0
/*
 * Matching as data: tests/golden/match/ *.test. A file is a scene, events in
 * the order in which they happen, and what conditions and outputs say of them.
 *
 *	exec cat pid=700 ppid=600 exe=/usr/bin/cat argv="cat /etc/shadow" uid=1000
 *	call read openat pid=700 ret=3 a0=AT_FDCWD s1=/etc/shadow file=/etc/shadow
 *	macro m | fd.name startswith /etc/
 *	is read | m and proc.name = cat		the events for which it holds
 *	is - | fd.name = /etc/passwd		none; "*": all
 *	given read | ...			the same with --paths=as-given
 *	print read | %proc.name %fd.name | cat /etc/shadow
 *	bad fd.nosuch = x | its message begins so
 *
 * Keys of events are in scene.h. All conditions of a file are one set of rules.
 */
#include <dirent.h>
#include <stdio.h>
#include "scene.h"
#include "conds.h"
#include "unit.h"

#define DIR_NAME	"tests/golden/match"
#define EVENTS_MAX	64

struct expectation {
	unsigned int line;
	const char *names, *cond;
	uint32_t rule;
	bool as_given;
};

struct print {
	unsigned int line;
	const char *name, *want;
	struct eyas_format *format;
	bool done;
};

struct golden {
	char path[300];
	struct eyas_strbuf text;
	struct conds rules[2];		/* as safe as can be; as given */
	EYAS_VEC(struct expectation) expected;
	EYAS_VEC(struct print) prints;
	EYAS_VEC(char *) lines;
	char *names[EVENTS_MAX];
	size_t nnames, bad, checks;
	bool failed;
};

static struct dirent **files;
static int nfiles;

/* ---- reading ---- */

/* Cut "a | b | c" up; blanks around are not part of it. */
static size_t cut(char *s, char **parts, size_t max)
{
	size_t n = 0;

	while (s && n < max) {
		char *next = n + 1 < max ? strstr(s, " | ") : NULL, *end;

		if (next)
			*next = '\0';
		end = s + strlen(s);
		s += strspn(s, " ");
		while (end > s && (end[-1] == ' ' || end[-1] == '\n'))
			*--end = '\0';
		parts[n++] = s;
		s = next ? next + 3 : NULL;
	}
	return n;
}

static void add_condition(struct golden *g, unsigned int line, char *names, char *cond,
			  bool as_given)
{
	struct conds *r = &g->rules[as_given];
	struct eyas_rule *rule = eyas_arena_alloc(&r->rs->arena, sizeof(*rule));
	struct expectation e = { line, names, cond, (uint32_t)r->rs->rules.len, as_given };

	ck_assert_msg(!conds_node(r, cond, &rule->node), "%s:%u: %s: %s", g->path, line, cond,
		      r->perr.err.msg);
	rule->name = cond;
	rule->enabled = true;
	ck_assert_int_eq(eyas_vec_push(&r->rs->rules, rule), 0);
	ck_assert_int_eq(eyas_vec_push(&g->expected, e), 0);
}

static void add_print(struct golden *g, unsigned int line, char *name, char *format, char *want)
{
	struct print p = { .line = line, .name = name, .want = want };
	struct eyas_build b = conds_build(&g->rules[0]);

	ck_assert_msg(!eyas_format_compile(&b, format, strlen(format), &p.format), "%s:%u: %s",
		      g->path, line, g->rules[0].perr.err.msg);
	ck_assert_int_eq(eyas_vec_push(&g->prints, p), 0);
}

static void add_bad(struct golden *g, unsigned int line, char *cond, char *want)
{
	uint32_t node;

	ck_assert_msg(conds_node(&g->rules[0], cond, &node) == -EINVAL, "%s:%u: it compiles",
		      g->path, line);
	g->bad++;
	if (!strncmp(g->rules[0].perr.err.msg, want, strlen(want)))
		return;
	printf("%s:%u: %s\n", g->path, line, g->rules[0].perr.err.msg);
	g->failed = true;
}

static void read_line(struct golden *g, unsigned int line, char *s)
{
	char *rest = strchr(s, ' '), *parts[3];
	size_t n;

	if (*s == '#' || *s == '\n')
		return;
	ck_assert_ptr_nonnull(rest);
	if (!strncmp(s, "call ", 5) || !strncmp(s, "exec ", 5) || !strncmp(s, "fork ", 5) ||
	    !strncmp(s, "exit ", 5)) {
		ck_assert_int_eq(eyas_vec_push(&g->lines, s), 0);
		return;
	}
	*rest++ = '\0';
	n = cut(rest, parts, !strcmp(s, "print") ? 3 : 2);
	if (!strcmp(s, "macro") && n == 2) {
		conds_macro(&g->rules[0], parts[0], parts[1]);
		conds_macro(&g->rules[1], parts[0], parts[1]);
	} else if ((!strcmp(s, "is") || !strcmp(s, "given")) && n == 2) {
		add_condition(g, line, parts[0], parts[1], *s == 'g');
	} else if (!strcmp(s, "print") && n == 3) {
		add_print(g, line, parts[0], parts[1], parts[2]);
	} else if (!strcmp(s, "bad") && n == 2) {
		add_bad(g, line, parts[0], parts[1]);
	} else {
		ck_abort_msg("%s:%u: what is '%s'?", g->path, line, s);
	}
}

static void read_file(struct golden *g)
{
	unsigned int line = 0;
	char *next;

	ck_assert_int_eq(eyas_read_file(g->path, 1 << 24, &g->text), 0);
	for (char *s = g->text.buf; s && *s; s = next) {
		next = strchr(s, '\n');
		if (next)
			*next++ = '\0';
		line++;
		if (*s)
			read_line(g, line, s);
	}
}

/* ---- comparing ---- */

static bool is_named(const char *names, const char *name)
{
	size_t n = strlen(name);

	if (!strcmp(names, "*"))
		return true;
	for (const char *p = names; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (len == n && !memcmp(p, name, n))
			return true;
		p += len;
	}
	return false;
}

struct hits { bool *is; };

static int hit(const struct eyas_rule *rule, void *arg)
{
	((struct hits *)arg)->is[rule->index] = true;
	return 0;
}

static void check_conditions(struct golden *g, struct eyas_fields *f, const char *name,
			     bool as_given)
{
	struct eyas_ruleset *rs = g->rules[as_given].rs;
	struct hits hits = { calloc(rs->rules.len + 1, sizeof(bool)) };

	ck_assert_int_ge(eyas_ruleset_match(rs, &f->ctx, hit, &hits), 0);
	eyas_vec_for_each(&g->expected, e) {
		if (e->as_given != as_given)
			continue;
		g->checks++;
		if (hits.is[e->rule] == is_named(e->names, name))
			continue;
		printf("%s:%u: %s for %s: %s\n", g->path, e->line,
		       hits.is[e->rule] ? "it holds" : "it does not hold", name, e->cond);
		g->failed = true;
	}
	free(hits.is);
}

static void check_prints(struct golden *g, struct eyas_fields *f, const char *name)
{
	eyas_vec_for_each(&g->prints, p) {
		_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

		if (strcmp(p->name, name) != 0)
			continue;
		ck_assert_int_eq(eyas_format_render(p->format, &f->ctx, &sb), 0);
		p->done = true;
		if (!strcmp(sb.buf, p->want))
			continue;
		printf("%s:%u: '%s' is printed, not '%s'\n", g->path, p->line, sb.buf, p->want);
		g->failed = true;
	}
}

static void play(struct golden *g, struct eyas_fields *f)
{
	eyas_vec_for_each(&g->lines, s) {
		struct scene_line l;

		scene_split(*s, &l);
		ck_assert_msg(scene_event(f, &l), "%s: %s: no event", g->path, l.words[0]);
		ck_assert_uint_lt(g->nnames, EVENTS_MAX);
		g->names[g->nnames++] = l.words[1];
		check_conditions(g, f, l.words[1], false);
		check_conditions(g, f, l.words[1], true);
		check_prints(g, f, l.words[1]);
	}
}

/* A name that is none is a test that never was. */
static void check_names(struct golden *g)
{
	eyas_vec_for_each(&g->expected, e) {
		char *names = strdup(e->names), *save = NULL;

		for (char *p = strtok_r(names, " ", &save); p; p = strtok_r(NULL, " ", &save)) {
			bool known = !strcmp(p, "*") || !strcmp(p, "-");

			for (size_t i = 0; i < g->nnames; i++)
				known |= !strcmp(g->names[i], p);
			ck_assert_msg(known, "%s:%u: no event %s", g->path, e->line, p);
		}
		free(names);
	}
	eyas_vec_for_each(&g->prints, p)
		ck_assert_msg(p->done, "%s:%u: no event %s", g->path, p->line, p->name);
}

START_TEST(scene_of_a_file)
{
	/* Static: what it holds is for the process to free. */
	static struct golden g = { .text = EYAS_STRBUF_INIT };
	static struct eyas_fields f;

	snprintf(g.path, sizeof(g.path), DIR_NAME "/%s", files[_i]->d_name);
	conds_init(&g.rules[0], true, false);
	conds_init(&g.rules[1], true, true);
	read_file(&g);
	ck_assert_int_eq(eyas_ruleset_index(g.rules[0].rs), 0);
	ck_assert_int_eq(eyas_ruleset_index(g.rules[1].rs), 0);
	eyas_fields_create(&f);
	play(&g, &f);
	check_names(&g);
	printf("%s: %zu cases, %zu events, %zu checks\n", g.path,
	       g.expected.len + g.prints.len + g.bad, g.nnames,
	       g.checks + g.prints.len + g.bad);
	fflush(stdout);
	eyas_fields_release(&f);
	conds_release(&g.rules[0]);
	conds_release(&g.rules[1]);
	ck_assert_msg(!g.failed, "%s: see above", g.path);
}
END_TEST

static int is_case_file(const struct dirent *d)
{
	const char *dot = strrchr(d->d_name, '.');

	return dot && !strcmp(dot, ".test");
}

static void fill(TCase *tc)
{
	if (nfiles > 0)
		tcase_add_loop_test(tc, scene_of_a_file, 0, nfiles);
}

int main(void)
{
	nfiles = scandir(DIR_NAME, &files, is_case_file, alphasort);
	if (nfiles <= 0) {
		printf("no cases in " DIR_NAME "\n");
		return EXIT_FAILURE;
	}
	return eyas_test_run("golden_match", fill);
}
