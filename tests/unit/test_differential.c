// SPDX-License-Identifier: Apache-2.0
/*
 * Random rules and events, by the engine and by the book: both must agree on
 * each rule. EYAS_SEED=N starts there, EYAS_ROUNDS=N goes on for so long.
 */
#include <stdio.h>
#include <stdlib.h>
#include "unit.h"
#include "slow.h"

#define ROUNDS		1500
#define RULES_MAX	40
#define EVENTS		25
#define MACROS_MAX	6

/* ---- chance ---- */

static uint64_t state;

static uint32_t roll(uint32_t n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(state >> 33) % n;
}

#define PICK(a)	((a)[roll(sizeof(a) / sizeof((a)[0]))])

static const char *const texts[] = {
	"a", "b", "ab", "ba", "aa", "aab", "bab", "A", "aB", "/a", "/a/b", "/b", "/a/bb", "abc",
	"\"\"", "\"/\"", "/a/b/c", "abab", "long-text-of-many-bytes", "/usr/lib/x", "/usr/lib64",
};
static const char *const globs[] = { "\"a*\"", "\"*b\"", "\"?\"", "\"[ab]*\"", "\"/*/b*\"", "ab" };
static const char *const regexes[] = { "\"a.*\"", "\"(a|b)+\"", "\"/a(/.*)?\"", "ab", "\"[^/]*\"" };
static const char *const paths[] = { "/a", "/a/b", "\"/*/b\"", "/usr/lib", "/b", "\"/\"" };
static const char *const ints[] = { "-2", "-1", "0", "1", "2", "0x10" };
static const char *const uints[] = { "0", "1", "2", "16", "0x10" };
static const char *const bools[] = { "true", "false" };
static const char *const doubles[] = { "0", "0.5", "1", "-1.5" };
static const char *const ips[] = { "10.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fe80::1" };
static const char *const nets[] = { "10.0.0.0/8", "10.0.0.0/30", "192.168.0.0/16", "fe80::/10",
				    "0.0.0.0/0" };
static const char *const types[] = { "open", "openat", "execve", "connect", "close" };

/* ---- conditions ---- */

static void add_const(struct eyas_strbuf *sb, enum eyas_type type, const char *op)
{
	const char *s;

	if (!strcmp(op, "glob") || !strcmp(op, "iglob"))
		s = PICK(globs);
	else if (!strcmp(op, "regex"))
		s = PICK(regexes);
	else if (!strcmp(op, "pmatch"))
		s = PICK(paths);
	else if (type == EYAS_T_STRING || type == EYAS_T_BYTES)
		s = PICK(texts);
	else if (type == EYAS_T_INT)
		s = PICK(ints);
	else if (type == EYAS_T_BOOL)
		s = PICK(bools);
	else if (type == EYAS_T_DOUBLE)
		s = PICK(doubles);
	else if (type == EYAS_T_IP)
		s = PICK(ips);
	else if (type == EYAS_T_NET)
		s = PICK(nets);
	else
		s = PICK(uints);
	eyas_strbuf_adds(sb, s);
}

static void add_consts(struct eyas_strbuf *sb, enum eyas_type type, const char *op)
{
	uint32_t n = roll(8) ? roll(4) : 9 + roll(5);

	eyas_strbuf_addc(sb, '(');
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			eyas_strbuf_adds(sb, ", ");
		add_const(sb, type, op);
	}
	eyas_strbuf_addc(sb, ')');
}

static const char *pick_op(enum eyas_type type, bool list)
{
	static const char *const of_text[] = {
		"=", "!=", "contains", "icontains", "startswith", "endswith", "glob", "iglob",
		"regex", "in", "intersects", "pmatch", "exists", "=", "in", "startswith",
	};
	static const char *const of_bytes[] = { "=", "!=", "contains", "startswith", "endswith",
						"in" };
	static const char *const of_nums[] = { "=", "!=", "<", "<=", ">", ">=", "in", "exists" };
	static const char *const of_rest[] = { "=", "!=", "in", "intersects", "exists" };
	static const char *const of_list[] = { "in", "intersects", "exists" };

	if (list)
		return PICK(of_list);
	if (type == EYAS_T_STRING)
		return PICK(of_text);
	if (type == EYAS_T_BYTES)
		return PICK(of_bytes);
	if (type == EYAS_T_BOOL || type == EYAS_T_IP || type == EYAS_T_NET)
		return PICK(of_rest);
	return PICK(of_nums);
}

static bool takes_modifier(const char *op)
{
	return strchr("=!cisegr", *op) && strcmp(op, "in") != 0 && strcmp(op, "intersects") != 0 &&
	       strcmp(op, "exists") != 0;
}

static void add_test(struct eyas_strbuf *sb, enum eyas_type type, bool list)
{
	static const char *const mods[] = { "oneof", "anyof", "allof" };
	const char *op = pick_op(type, list);

	eyas_strbuf_addf(sb, " %s ", op);
	if (!strcmp(op, "exists"))
		return;
	if (!strcmp(op, "in") || !strcmp(op, "intersects") || !strcmp(op, "pmatch")) {
		add_consts(sb, type, op);
	} else if (takes_modifier(op) && !list && !roll(6)) {
		eyas_strbuf_addf(sb, "%s ", PICK(mods));
		add_consts(sb, type, op);
	} else {
		add_const(sb, type, op);
	}
}

static void add_type_check(struct eyas_strbuf *sb)
{
	switch (roll(4)) {
	case 0:
		eyas_strbuf_addf(sb, "evt.type in (%s, %s)", PICK(types), PICK(types));
		break;
	case 1:
		eyas_strbuf_addf(sb, "evt.type != %s", PICK(types));
		break;
	case 2:
		eyas_strbuf_addf(sb, "evt.num %s %u", roll(2) ? "=" : ">=", roll(3));
		break;
	default:
		eyas_strbuf_addf(sb, "%s = %s", roll(4) ? "evt.type" : "syscall.type",
				 PICK(types));
	}
}

static void add_special(struct eyas_strbuf *sb)
{
	static const char *const checks[] = {
		"t.s1 = val(t.s2)", "t.path1 = val(t.path2)", "t.s1 != val(t.path1)",
		"t.int < val(t.int)", "t.uint >= val(t.uint)", "t.s1 startswith val(t.s2)",
		"tolower(t.s1) = tolower(t.s2)", "basename(t.path1) = val(t.s1)",
		"t.list[0] = a", "t.list[1] startswith a", "t.anc[0] = a", "t.anc[1] != b",
		"len(t.list) > 1", "len(t.s1) = 2", "concat(t.s1, t.s2) startswith ab",
		"join(\"/\", (t.s1, a)) in (a/a, ab/a)", "toupper(t.s1) in (A, AB)",
		"basename(t.path1) in (a, b, c)", "tolower(t.path2) startswith /a",
		"t.any = val(t.s1)", "t.path1 contains val(t.s1)", "t.s1 < val(t.s2)",
		"t.path1 >= val(t.s1)",
	};

	eyas_strbuf_adds(sb, PICK(checks));
}

static void add_check(struct eyas_strbuf *sb, uint32_t nmacros)
{
	static const enum fake_id often[] = { F_S1, F_S1, F_S2, F_PATH1, F_PATH1, F_PATH2, F_ANY,
					      F_ANC };
	enum fake_id id;

	switch (roll(8)) {
	case 0:
		add_type_check(sb);
		return;
	case 1:
		add_special(sb);
		return;
	case 2:
		if (nmacros) {
			eyas_strbuf_addf(sb, "m%u", roll(nmacros));
			return;
		}
		break;
	default:
		break;
	}
	id = roll(3) ? PICK(often) : (enum fake_id)roll(F_KEY);
	eyas_strbuf_adds(sb, fake_fields[id].name);
	add_test(sb, fake_fields[id].type, fake_fields[id].flags & EYAS_FIELD_LIST);
}

static void add_condition(struct eyas_strbuf *sb, uint32_t depth, uint32_t nmacros)
{
	uint32_t n = 2 + roll(3), how = roll(6);
	const char *word = roll(2) ? " and " : " or ";

	if (!depth || how == 0) {
		add_check(sb, nmacros);
		return;
	}
	eyas_strbuf_adds(sb, how < 3 ? "not (" : "(");
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			eyas_strbuf_adds(sb, word);
		add_condition(sb, depth - 1, nmacros);
	}
	eyas_strbuf_addc(sb, ')');
}

/* ---- events ---- */

static struct eyas_value pick_value(enum eyas_type type, struct eyas_arena *arena)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	size_t len;
	char *s;

	add_const(&sb, type, "=");
	s = eyas_arena_strndup(arena, sb.buf, sb.len);
	len = sb.len;
	if (*s == '"') {
		s[len - 1] = '\0';
		s++;
	}
	return slow_const(type, s);
}

/* Often the process is the one of the event before, and what is told of it the same. */
static bool change_process(struct fake *f)
{
	if (f->ctx.epoch && roll(3))
		return false;
	f->ctx.epoch = roll(4) ? f->ctx.epoch + 1 : 0;
	return true;
}

static void fill_event(struct fake *f, struct eyas_arena *arena)
{
	bool other = change_process(f);

	memset(f->real, 0, sizeof(f->real));
	f->ev.evtype = (uint16_t)eyas_evtype_by_name(PICK(types));
	f->ev.num = 1 + roll(2);
	for (unsigned int id = 0; id < F_KEY; id++) {
		const struct eyas_field *field = &fake_fields[id];
		enum eyas_type type = field->type == EYAS_T_NET ? EYAS_T_IP : field->type;
		struct eyas_value *v = eyas_arena_alloc(arena, 3 * sizeof(*v));
		size_t n = roll(4);

		if (!other && field->flags & EYAS_FIELD_OF_PROC)
			continue;
		f->given[id].known = false;
		if (!roll(6))
			continue;
		for (size_t i = 0; i < 3; i++)
			v[i] = pick_value(type, arena);
		if (field->flags & (EYAS_FIELD_LIST | EYAS_FIELD_ANY))
			fake_list(f, (enum fake_id)id, v, n);
		else
			fake_set(f, (enum fake_id)id, v[0]);
	}
	for (unsigned int id = F_PATH1; id <= F_PATH2; id++) {
		f->given[id].known = false;
		if (roll(8))
			fake_set(f, (enum fake_id)id, pick_value(EYAS_T_STRING, arena));
		if (!roll(3))
			f->real[id] = (struct fake_value){ true,
							   pick_value(EYAS_T_STRING, arena) };
	}
}

/* ---- rounds ---- */

struct round {
	uint64_t seed;
	struct conds all, first;
	struct slow slow;
	struct fake f;
	struct eyas_arena arena;
	const char *conds[RULES_MAX];
	const struct eyas_ast *asts[RULES_MAX];
	uint32_t nrules;
	char names[MACROS_MAX][16];
};

static const struct eyas_ast *parse(struct round *r, const char *cond)
{
	struct eyas_parse_err perr;
	struct eyas_ast *ast = NULL;
	int e = eyas_parse_condition(cond, strlen(cond), EYAS_PARSE_DEPTH, &r->arena, &ast, &perr);

	ck_assert_msg(!e, "seed %llu: %s: %s", (unsigned long long)r->seed, cond, perr.err.msg);
	return ast;
}

static const char *invent(struct round *r, uint32_t depth, uint32_t nmacros)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	add_condition(&sb, depth, nmacros);
	return eyas_arena_strndup(&r->arena, sb.buf, sb.len);
}

static void make_rules(struct round *r)
{
	uint32_t nmacros = roll(MACROS_MAX);

	for (uint32_t i = 0; i < nmacros; i++) {
		const char *cond = invent(r, roll(3), i);

		snprintf(r->names[i], sizeof(r->names[i]), "m%u", i);
		conds_macro(&r->all, r->names[i], cond);
		conds_macro(&r->first, r->names[i], cond);
		r->slow.names[i] = r->names[i];
		r->slow.macros[i] = parse(r, cond);
		r->slow.nmacros++;
	}
	r->nrules = 1 + roll(RULES_MAX);
	for (uint32_t i = 0; i < r->nrules; i++) {
		/* Some are the same, as in real files. */
		r->conds[i] = i && !roll(6) ? r->conds[roll(i)] : invent(r, roll(4), nmacros);
		r->asts[i] = parse(r, r->conds[i]);
		conds_rule(&r->all, r->conds[i]);
		conds_rule(&r->first, r->conds[i]);
	}
	ck_assert_int_eq(eyas_ruleset_index(r->all.rs), 0);
	ck_assert_int_eq(eyas_ruleset_index(r->first.rs), 0);
}

/* Returns how many rules match. */
static size_t compare(struct round *r)
{
	struct fake_hits all, first;
	int least = -1;

	fill_event(&r->f, &r->arena);
	all = fake_match(&r->all, &r->f);
	first = fake_match(&r->first, &r->f);
	for (uint32_t i = 0; i < r->nrules; i++) {
		bool want = slow_eval(&r->slow, r->asts[i], false);

		ck_assert_msg(all.rule[i] == want, "seed %llu: by the book it is %s: %s",
			      (unsigned long long)r->seed, want ? "true" : "false", r->conds[i]);
		if (want && least < 0)
			least = (int)i;
	}
	ck_assert_msg(first.n == (least >= 0) && (least < 0 || first.rule[least]),
		      "seed %llu: first is not %d", (unsigned long long)r->seed, least);
	return all.n;
}

/* Returns how many of @ret_total evaluations were true. */
static size_t one_round(uint64_t seed, size_t *ret_total)
{
	struct round *r = calloc(1, sizeof(*r));
	size_t hits = 0;
	bool as_given;

	ck_assert_ptr_nonnull(r);
	r->seed = seed;
	state = seed * 0x9e3779b97f4a7c15ULL + 1;
	as_given = !roll(4);
	conds_init(&r->all, true, as_given);
	conds_init(&r->first, false, as_given);
	r->slow.f = &r->f;
	r->slow.as_given = as_given;
	make_rules(r);
	for (int i = 0; i < EVENTS; i++) {
		hits += compare(r);
		*ret_total += r->nrules;
	}
	conds_release(&r->all);
	conds_release(&r->first);
	eyas_arena_release(&r->f.arena);
	eyas_arena_release(&r->arena);
	free(r);
	return hits;
}

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *s = getenv(name);

	return s ? strtoull(s, NULL, 10) : otherwise;
}

START_TEST(agrees_with_the_book)
{
	uint64_t seed = number("EYAS_SEED", 1), end = seed + number("EYAS_ROUNDS", ROUNDS);
	size_t hits = 0, total = 0;

	for (; seed < end; seed++)
		hits += one_round(seed, &total);
	printf("%zu of %zu evaluations were true\n", hits, total);
	/* Or it would say nothing. */
	ck_assert_uint_gt(hits, total / 10);
	ck_assert_uint_lt(hits, total / 10 * 9);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, agrees_with_the_book);
}

EYAS_TEST_MAIN("differential", fill)
