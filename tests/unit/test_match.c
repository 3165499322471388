// SPDX-License-Identifier: Apache-2.0
/* What conditions say of events: missing fields, lists, candidates, two paths. */
#include "unit.h"
#include "fake.h"

struct one { const char *cond; bool want; };

static void check(struct fake *f, const struct one *c)
{
	ck_assert_msg(fake_holds(c->cond, f) == c->want, "%s", c->cond);
}

static const struct one missing[] = {
	{ "t.s1 = a", false },
	{ "t.s1 != a", false },
	{ "not t.s1 = a", true },
	{ "not t.s1 != a", true },
	{ "t.s1 exists", false },
	{ "not t.s1 exists", true },
	{ "t.s1 in ()", false },
	{ "t.s1 contains ''", false },
	{ "t.int < 5", false },
	{ "t.int >= 5", false },	{ "t.list in ()", false },	{ "t.any != x", false },
	{ "not t.any = x", true },
	{ "t.path1 startswith /", false },
	{ "t.anyip != ::1", false },
	{ "t.s1 = val(t.s2)", false },	{ "t.s1 = a or not t.s2 = b", true },
	{ "not (t.s1 = a or t.s2 = b)", true }, { "t.s1 contains oneof (a)", false },
	{ "not t.s1 in (a, b, c) and not t.s1 startswith d", true },
};

START_TEST(missing_fields)
{
	struct fake f = { 0 };

	check(&f, &missing[_i]);
	eyas_arena_release(&f.arena);
}
END_TEST

/* s1 = "ab", s2 = "", int = 5, uint = 5, list = (a, b), nums = (1, 2). */
static const struct one scalars[] = {
	{ "t.s1 = ab", true },			{ "t.s1 = a", false },
	{ "t.s1 != ab", false },		{ "t.s1 in (x, ab)", true },
	{ "t.s1 in (x, a)", false },		{ "t.s1 in ()", false },
	{ "t.s1 intersects (x, ab)", true },	{ "t.s1 exists", true },
	{ "t.s2 exists", true },		{ "t.s2 = ''", true },
	{ "t.s2 startswith ''", true },		{ "t.s2 in ('')", true },
	{ "t.s2 contains x", false },		{ "t.s1 contains oneof (a, x)", true },
	{ "t.s1 contains oneof (a, b)", false }, { "t.s1 contains anyof (x, b)", true },
	{ "t.s1 contains anyof (x, y)", false }, { "t.s1 contains allof (a, b)", true },
	{ "t.s1 contains allof (a, x)", false }, { "t.s1 contains allof ()", false },
	{ "t.s1 contains anyof ()", false },	{ "t.s1 contains oneof ()", false },
	{ "t.s1 = oneof (ab, ab)", false },	{ "t.s1 != allof (x, y)", true },
	{ "t.s1 != anyof (ab, y)", true },	{ "t.s1 startswith anyof (x, a)", true },
	{ "t.int = 5", true },			{ "t.int in (1, 5)", true },
	{ "t.int in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11)", false },
	{ "t.int in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11)", true },
	{ "t.int = oneof (5, 6)", true },	{ "t.uint < val(t.uint)", false },
	{ "t.uint <= val(t.uint)", true },	{ "t.s1 > val(t.s2)", true },
	{ "t.list in (a, b)", true },		{ "t.list in (a, b, c)", true },
	{ "t.list in (a)", false },		{ "t.list intersects (b, x)", true },
	{ "t.list intersects (x)", false },	{ "t.list exists", true },
	{ "t.list[0] = a", true },		{ "t.list[2] exists", false },
	{ "t.list in val(t.list)", true },	{ "t.nums in (1, 2, 3)", true },
	{ "t.nums intersects (2)", true },	{ "t.nums in (1)", false },
	{ "t.nums in (0,1,2,3,4,5,6,7,8,9)", true }, { "t.s1 in val(t.list)", false },
	{ "t.s1 glob a*", true },		{ "t.s1 regex 'a.'", true },
	{ "t.s1 regex 'a'", false },		{ "t.s1 iglob A?", true },
	{ "t.s1 in (a,b,c,d,e,f,g,h,i,ab)", true },
	{ "evt.type = openat", true },		{ "evt.type = open", false },
	{ "evt.type in (open, openat)", true },	{ "evt.type != open", true },
	{ "evt.type startswith open", true },	{ "syscall.type = openat", true },
	{ "evt.num = 0", false },		{ "not evt.num = 0", true },
	{ "evt.num >= 1", true },		{ "t.s1 = ab and evt.num = 0", false },
	{ "t.s1 = ab and not evt.num = 0", true },
};

START_TEST(values)
{
	struct eyas_value list[2] = { fake_str("a"), fake_str("b") };
	struct eyas_value nums[2] = { { .type = EYAS_T_INT, .i = 1 },
				      { .type = EYAS_T_INT, .i = 2 } };
	struct fake f = { 0 };

	fake_text(&f, F_S1, "ab");
	fake_text(&f, F_S2, "");
	fake_u(&f, F_INT, 5);
	fake_u(&f, F_UINT, 5);
	fake_list(&f, F_LIST, list, 2);
	fake_list(&f, F_NUMS, nums, 2);
	check(&f, &scalars[_i]);
	eyas_arena_release(&f.arena);
}
END_TEST

/* any = anc = (bash, sshd); anyip = 10.0.0.1 and 192.168.0.1, ports 22 and 4000. */
static const struct one candidates[] = {
	{ "t.any = bash", true },		{ "t.any = sshd", true },
	{ "t.any = cat", false },		{ "t.any in (cat, sshd)", true },
	{ "t.any startswith ss", true },	{ "t.any contains x", false },
	{ "t.any exists", true },		{ "not t.any = cat", true },
	/* Not equal means that none is; of ancestors, that one is not. */
	{ "t.any != cat", true },		{ "t.any != bash", false },
	{ "t.anc = bash", true },		{ "t.anc != bash", true },
	{ "t.anc[0] != bash", false },		{ "t.anc[1] = sshd", true },
	{ "t.anc[2] != x", false },		{ "t.anc contains oneof (ba, ss)", true },
	{ "t.anyip = 10.0.0.1", true },		{ "t.anyip = 192.168.0.1", true },
	{ "t.anyip = 10.0.0.2", false },	{ "t.anyip != 10.0.0.1", false },
	{ "t.anyip != 10.0.0.2", true },	{ "t.anyip in (10.0.0.2, 10.0.0.1)", true },
	{ "t.anynet = 10.0.0.0/8", true },	{ "t.anynet != 10.0.0.0/8", false },
	{ "t.anynet != 172.16.0.0/12", true },	{ "t.anynet in (172.16.0.0/12)", false },
	{ "t.anyport = 22", true },		{ "t.anyport = ssh", true },
	{ "t.anyport != 22", false },		{ "t.anyport != 23", true },
	{ "t.anyport > 1000", true },		{ "t.anyport < 20", false },
};

START_TEST(any_of_several)
{
	struct eyas_value names[2] = { fake_str("bash"), fake_str("sshd") };
	struct eyas_value ips[2] = { { .type = EYAS_T_IP, .ip = { { 10, 0, 0, 1 }, 4, 32 } },
				     { .type = EYAS_T_IP, .ip = { { 192, 168, 0, 1 }, 4, 32 } } };
	struct eyas_value ports[2] = { { .type = EYAS_T_PORT, .u = 22 },
				       { .type = EYAS_T_PORT, .u = 4000 } };
	struct fake f = { 0 };

	fake_list(&f, F_ANY, names, 2);
	fake_list(&f, F_ANC, names, 2);
	fake_list(&f, F_ANYIP, ips, 2);
	fake_list(&f, F_ANYNET, ips, 2);
	fake_list(&f, F_ANYPORT, ports, 2);
	check(&f, &candidates[_i]);
	eyas_arena_release(&f.arena);
}
END_TEST

/*
 * path1 was given as /tmp/x and is /etc/shadow; path2 is /usr/a by both. With
 * the last column, as given only.
 */
static const struct { const char *cond; bool want, as_given; } paths[] = {
	/* For an alert one of them is enough ... */
	{ "t.path1 = /etc/shadow", true, false },
	{ "t.path1 = /tmp/x", true, true },
	{ "t.path1 startswith /etc", true, false },
	{ "t.path1 startswith /tmp/", true, true },
	{ "t.path1 startswith /usr", false, false },
	{ "t.path1 in (/etc/shadow, /etc/passwd)", true, false },
	{ "t.path1 endswith shadow", true, false },
	{ "t.path1 contains tc/sh", true, false },
	{ "t.path1 glob /etc/*", true, false },
	{ "t.path1 pmatch (/etc)", true, false },
	{ "t.path1 != /tmp/x", true, false },
	{ "t.path1 != /etc/shadow", true, true },
	{ "basename(t.path1) = shadow", true, false },
	{ "t.path1 exists", true, true },
	{ "t.path1 = val(t.path1)", true, true },
	/* ... against one, both must fit. */
	{ "not t.path1 = /etc/shadow", true, true },
	{ "not t.path1 = /tmp/x", true, false },
	{ "not t.path1 startswith /tmp/", true, false },
	{ "not t.path1 startswith /", false, false },
	{ "not t.path1 in (/tmp/x, /tmp/y)", true, false },
	{ "not t.path1 in (/tmp/x, /etc/shadow)", false, false },
	{ "not t.path1 exists", false, false },
	{ "not (t.path1 startswith /tmp/ or t.path1 startswith /usr)", true, false },
	/* Each test by itself: neither of them fits both paths. */
	{ "not (t.path1 startswith /tmp/ or t.path1 startswith /etc)", true, false },
	{ "not (t.path1 = /tmp/x or t.path1 = /etc/shadow or t.path1 = /y)", true, false },
	{ "not (t.path1 startswith /tmp/ and t.path1 startswith /tmp)", true, false },
	{ "not not t.path1 = /etc/shadow", true, false },
	{ "not not t.path1 = /tmp/x", true, true },
	{ "not not not t.path1 = /tmp/x", true, false },
	{ "t.path1 startswith /etc and not t.path1 startswith /tmp/", true, false },
	{ "t.path1 startswith /etc and t.path1 startswith /tmp/", true, false },
	/* Where both are the same, nothing is special. */
	{ "t.path2 = /usr/a", true, true },
	{ "not t.path2 = /usr/a", false, false },
	{ "t.path2 != /usr/a", false, false },
	{ "not (t.path2 startswith /tmp/ or t.path2 startswith /usr)", false, false },
};

START_TEST(given_and_real_paths)
{
	struct fake f = { 0 };

	fake_paths(&f, F_PATH1, "/tmp/x", "/etc/shadow");
	fake_text(&f, F_PATH2, "/usr/a");
	ck_assert_msg(fake_holds(paths[_i].cond, &f) == paths[_i].want, "%s", paths[_i].cond);
	ck_assert_msg(fake_holds_as(paths[_i].cond, &f, true) == paths[_i].as_given,
		      "as given: %s", paths[_i].cond);
	eyas_arena_release(&f.arena);
}
END_TEST

/* A macro is read in favour of safety where it is used, not where it is written. */
START_TEST(macros_in_both_ways)
{
	struct fake f = { 0 };
	struct conds r;

	fake_paths(&f, F_PATH1, "/tmp/x", "/etc/shadow");
	conds_init(&r, true, false);
	conds_macro(&r, "in_tmp", "t.path1 startswith /tmp/");
	conds_macro(&r, "not_tmp", "not in_tmp");
	conds_rule(&r, "in_tmp");
	conds_rule(&r, "not in_tmp");
	conds_rule(&r, "not_tmp");
	conds_rule(&r, "not not_tmp");
	ck_assert_int_eq(eyas_ruleset_index(r.rs), 0);
	ck_assert_uint_eq(fake_match(&r, &f).n, 4);
	conds_release(&r);
	eyas_arena_release(&f.arena);
}
END_TEST

/* The real path alone, where the given one could not be read. */
START_TEST(only_a_real_path)
{
	struct fake f = { 0 };

	f.real[F_PATH1] = (struct fake_value){ true, fake_str("/etc/shadow") };
	ck_assert(fake_holds("t.path1 = /etc/shadow", &f));
	ck_assert(fake_holds("t.path1 startswith /etc and t.path1 endswith w", &f));
	ck_assert(fake_holds("not t.path1 = /etc/shadow", &f));
	ck_assert(fake_holds("t.path1 exists", &f));
	ck_assert(!fake_holds_as("t.path1 exists", &f, true));
	eyas_arena_release(&f.arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, missing_fields, 0, EYAS_ARRAY_LEN(missing));
	tcase_add_loop_test(tc, values, 0, EYAS_ARRAY_LEN(scalars));
	tcase_add_loop_test(tc, any_of_several, 0, EYAS_ARRAY_LEN(candidates));
	tcase_add_loop_test(tc, given_and_real_paths, 0, EYAS_ARRAY_LEN(paths));
	tcase_add_test(tc, macros_in_both_ways);
	tcase_add_test(tc, only_a_real_path);
}

EYAS_TEST_MAIN("match", fill)
