// SPDX-License-Identifier: Apache-2.0
/* Nodes: equal ones are one, constants vanish, event types are inferred. */
#include "unit.h"
#include "fake.h"

static uint32_t node_of(struct conds *r, const char *cond)
{
	uint32_t node = 0;
	int e = conds_node(r, cond, &node);

	ck_assert_msg(!e, "%s: %s", cond, r->perr.err.msg);
	return node;
}

/* Pairs that mean the same and become one node. */
static const char *const same[][2] = {
	{ "t.s1 = a", "(t.s1 = a)" },
	{ "t.s1 = a and t.s2 = b", "t.s2 = b and t.s1 = a" },
	{ "t.s1 = a or t.s2 = b", "t.s2 = b or t.s1 = a or t.s2 = b" },
	{ "t.s1 = a and t.s1 = a", "t.s1 = a" },
	{ "t.s1 = a and (t.s2 = b and t.s3 = c)", "(t.s3 = c and t.s2 = b) and t.s1 = a" },
	{ "t.s1 = a or (t.s2 = b or t.s3 = c)", "t.s1 = a or t.s2 = b or t.s3 = c" },
	{ "not not t.s1 = a", "t.s1 = a" },
	{ "not (not (t.s1 = a))", "t.s1 = a" },
	{ "t.s1 = a and not evt.num = 0", "t.s1 = a" },
	{ "t.s1 = a or evt.num = 0", "t.s1 = a" },
	{ "t.s1 = a and evt.num = 0", "evt.num = 0" },
	{ "t.s1 = a or not evt.num = 0", "not evt.num = 0" },
	{ "not (t.s1 = a or not evt.num = 0)", "evt.num < 1" },
	{ "evt.num = 0 or evt.num < 1", "evt.num = 0" },
};

START_TEST(equal_ones_are_one)
{
	struct conds r;

	conds_init(&r, false, false);
	ck_assert_uint_eq(node_of(&r, same[_i][0]), node_of(&r, same[_i][1]));
	conds_release(&r);
}
END_TEST

START_TEST(macros_are_shared)
{
	struct conds r;
	uint32_t a, b;

	conds_init(&r, false, false);
	conds_macro(&r, "m", "t.s1 = a or t.s2 = b");
	a = node_of(&r, "m and t.s3 = c");
	b = node_of(&r, "t.s3 = c and (t.s1 = a or t.s2 = b)");
	ck_assert_uint_eq(a, b);
	ck_assert_uint_eq(node_of(&r, "m"), r.macros[0].node);
	conds_release(&r);
}
END_TEST

/* The types for which it can be true; "all", "none", or not those after "!". */
static const struct { const char *cond, *may; } types[] = {
	{ "evt.type = open", "open" },
	{ "evt.type == open", "open" },
	{ "evt.type in (open, openat)", "open openat" },
	{ "evt.type intersects (open)", "open" },
	{ "evt.type != open", "! open" },
	{ "not evt.type = open", "! open" },
	{ "not evt.type != open", "open" },
	{ "syscall.type = open", "open" },
	{ "evt.type = open and evt.type = openat", "none" },
	{ "evt.type = open or evt.type = openat", "open openat" },
	{ "evt.type = open or t.s1 = a", "all" },
	{ "evt.type = open and t.s1 = a", "open" },
	{ "evt.type = open and not t.s1 = a", "open" },
	{ "not (evt.type = open and t.s1 = a)", "all" },
	{ "not (evt.type = open or t.s1 = a)", "! open" },
	{ "not (evt.type = open or evt.type = openat)", "! open openat" },
	{ "not (evt.type != open or t.s1 = a)", "open" },
	{ "evt.num = 0", "none" },
	{ "evt.type = open and evt.num = 0", "none" },
	{ "evt.type = open or evt.num = 0", "open" },
	{ "not evt.num = 0", "all" },
	{ "evt.type = open and not evt.num = 0", "open" },
	{ "evt.type exists", "all" },
	{ "evt.type startswith open", "all" },
	{ "(evt.type = open and t.s1 = a) or (evt.type = close and t.s1 = b)", "open close" },
	{ "evt.type in (open, openat) and evt.type in (openat, close)", "openat" },
	{ "evt.type in (open, openat) and evt.type != openat", "open" },
	{ "t.s1 = a", "all" },
};

static void read_set(const char *text, struct eyas_evset *ret)
{
	bool others = *text == '!';
	char buf[64], *save = NULL;

	eyas_evset_all(ret);
	if (!strcmp(text, "all"))
		return;
	if (!others)
		memset(ret, 0, sizeof(*ret));
	snprintf(buf, sizeof(buf), "%s", text + others);
	for (char *p = strtok_r(buf, " ", &save); p && strcmp(text, "none") != 0;
	     p = strtok_r(NULL, " ", &save)) {
		int t = eyas_evtype_by_name(p);

		ck_assert_int_ge(t, 0);
		if (others)
			ret->w[t / 64] &= ~(1ULL << (t % 64));
		else
			eyas_evset_add(ret, (unsigned int)t);
	}
}

START_TEST(types_as_listed)
{
	struct eyas_evset want;
	struct conds r;
	uint32_t node;

	conds_init(&r, false, false);
	read_set(types[_i].may, &want);
	node = node_of(&r, types[_i].cond);
	ck_assert_mem_eq(&r.rs->prog.nodes.data[node].may, &want, sizeof(want));
	conds_release(&r);
}
END_TEST

START_TEST(all_types_are_those_with_names)
{
	struct eyas_evset all;

	eyas_evset_all(&all);
	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++)
		ck_assert_int_eq(eyas_evset_has(&all, t), eyas_evtype_name(t) != NULL);
	ck_assert_uint_gt(eyas_evset_count(&all), 300);
	ck_assert(!eyas_evset_has(&all, EYAS_EVT_LOSS));
}
END_TEST

/* Macros can nest deeper than one text may. */
START_TEST(depth_is_bounded)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	char names[64][8];
	struct conds r;
	uint32_t node;
	int e = 0;

	conds_init(&r, false, false);
	conds_macro(&r, "m", "t.s1 = a");
	for (unsigned int i = 0; i < 30 && !e; i++) {
		const char *below = i ? names[i - 1] : "m";

		eyas_strbuf_reset(&sb);
		for (int k = 0; k < 20; k++)
			eyas_strbuf_addf(&sb, "(t.s1 = a%u and (t.s2 = a%u or ", i * 20 + k, i);
		eyas_strbuf_adds(&sb, below);
		for (int k = 0; k < 20; k++)
			eyas_strbuf_adds(&sb, "))");
		snprintf(names[i], sizeof(names[i]), "m%u", i);
		e = conds_node(&r, sb.buf, &node);
		r.macros[r.nmacros++] = (struct conds_macro){ names[i], node };
	}
	ck_assert_int_eq(e, -EINVAL);
	ck_assert_str_eq(r.perr.err.msg, "exceeded max depth limit of 1000");
	conds_release(&r);
}
END_TEST

/* As deep as is allowed: it must also run. */
START_TEST(the_deepest_runs)
{
	enum { DEEP = 80 };	/* twice that many parentheses, six levels each */
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct fake f = { 0 };

	fake_text(&f, F_S1, "a");
	for (int k = 0; k < DEEP; k++)
		eyas_strbuf_addf(&sb, "(t.s1 startswith a and not (t.s2 = b%d or ", k);
	eyas_strbuf_adds(&sb, "t.s1 = a");
	for (int k = 0; k < DEEP; k++)
		eyas_strbuf_adds(&sb, "))");
	ck_assert(fake_holds(sb.buf, &f));
	eyas_arena_release(&f.arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, equal_ones_are_one, 0, sizeof(same) / sizeof(same[0]));
	tcase_add_test(tc, macros_are_shared);
	tcase_add_loop_test(tc, types_as_listed, 0, sizeof(types) / sizeof(types[0]));
	tcase_add_test(tc, all_types_are_those_with_names);
	tcase_add_test(tc, depth_is_bounded);
	tcase_add_test(tc, the_deepest_runs);
}

EYAS_TEST_MAIN("node", fill)
