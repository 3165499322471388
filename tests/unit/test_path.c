// SPDX-License-Identifier: Apache-2.0
/* Path names as text: joined and normalised without looking at any file. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include "enrich/path.h"
#include "unit.h"

static struct eyas_text text(const char *s)
{
	return (struct eyas_text){ s, strlen(s) };
}

static const struct { const char *base, *name, *want; } joins[] = {
	{ "/tmp", "a", "/tmp/a" }, { "/tmp", "a/b", "/tmp/a/b" }, { "/", "a", "/a" },
	{ "/tmp/", "a", "/tmp/a" }, { "/tmp", "/etc/shadow", "/etc/shadow" },
	{ "/tmp", "./a", "/tmp/a" }, { "/tmp", "a/./b/.", "/tmp/a/b" },
	{ "/tmp/x", "../a", "/tmp/a" }, { "/tmp/x", "..", "/tmp" }, { "/tmp", "../..", "/" },
	{ "/tmp", "../../../etc/passwd", "/etc/passwd" }, { "/tmp", "a//b", "/tmp/a/b" },
	{ "/tmp", "a/", "/tmp/a" }, { "/tmp", "", "/tmp" }, { "/tmp", ".", "/tmp" },
	{ "/", "", "/" }, { "/", "..", "/" }, { "/", ".", "/" }, { "/tmp/", "", "/tmp" },
	{ "/tmp", "/", "/" }, { "/tmp", "//", "/" }, { "/tmp", "//etc//x//", "/etc/x" },
	{ "/tmp", "/..", "/" }, { "/tmp", "/.", "/" }, { "/tmp", "/etc/../root/.", "/root" },
	{ "/tmp", "/a/b/../../c", "/c" }, { "/tmp", ".../a", "/tmp/.../a" },
	{ "/tmp", "..a", "/tmp/..a" }, { "/tmp", ".a/..", "/tmp" },
	{ "/tmp", "/.hidden", "/.hidden" }, { "/tmp", "/a/.b", "/a/.b" },
	{ "/tmp", "/a/..b/c", "/a/..b/c" },
	/* Nobody knows what it is relative to. */
	{ "", "a", "a" }, { "", "../a/.", "../a/." }, { "", "", "" }, { "", "/a/../b", "/b" },
	/* A directory that is not clean itself. */
	{ "/a/../b//", "c", "/b/c" },
};

START_TEST(names_are_joined)
{
	struct eyas_text base = text(joins[_i].base), name = text(joins[_i].name), ret;
	struct eyas_arena arena = { 0 };

	ck_assert_int_eq(eyas_path_join(base, name, &arena, &ret), 0);
	ck_assert_msg(ret.len == strlen(joins[_i].want) &&
		      !memcmp(ret.p, joins[_i].want, ret.len), "'%s' + '%s' is '%.*s', not '%s'",
		      joins[_i].base, joins[_i].name, (int)ret.len, ret.p, joins[_i].want);
	eyas_arena_release(&arena);
}
END_TEST

START_TEST(clean_names_are_borrowed)
{
	static const char *const names[] = { "/", "/a", "/etc/passwd", "/a b/c" };
	struct eyas_arena arena = { 0 };
	struct eyas_text ret;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		ck_assert_int_eq(eyas_path_join(text("/tmp"), text(names[i]), &arena, &ret), 0);
		ck_assert_ptr_eq(ret.p, names[i]);
	}
	ck_assert_ptr_null(arena.first);
}
END_TEST

/* All texts of up to eight characters that matter, in memory that ends where they do. */
START_TEST(no_name_does_harm)
{
	static const char chars[] = "/.ab";
	struct eyas_arena arena = { 0 };

	for (unsigned int v = 0; v < 1U << 16; v++) {
		unsigned int len = 1 + v % 8;
		char *name = malloc(len);
		struct eyas_text ret;

		ck_assert_ptr_nonnull(name);
		for (unsigned int i = 0; i < len; i++)
			name[i] = chars[v >> 2 * i & 3];
		ck_assert_int_eq(eyas_path_join(text("/b/c"), (struct eyas_text){ name, len },
						&arena, &ret), 0);
		/* Clean: absolute, no double slash, no dots, none at the end. */
		ck_assert_uint_gt(ret.len, 0);
		ck_assert_int_eq(ret.p[0], '/');
		ck_assert(ret.len == 1 || ret.p[ret.len - 1] != '/');
		for (size_t i = 0; i < ret.len; i++) {
			size_t n = 0;

			if (ret.p[i] != '/')
				continue;
			while (i + 1 + n < ret.len && ret.p[i + 1 + n] != '/')
				n++;
			ck_assert(n > 0 || ret.len == 1);
			ck_assert(!(n == 1 && ret.p[i + 1] == '.'));
			ck_assert(!(n == 2 && ret.p[i + 1] == '.' && ret.p[i + 2] == '.'));
		}
		eyas_arena_reset(&arena);
		free(name);
	}
	eyas_arena_release(&arena);
}
END_TEST

START_TEST(deleted_is_no_part_of_a_name)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "/a/b (deleted)", "/a/b" }, { "/a/b", "/a/b" }, { " (deleted)", " (deleted)" },
		{ "x (deleted)", "x" }, { "/a (deleted) (deleted)", "/a (deleted)" }, { "", "" },
		{ "/a (deleted)/b", "/a (deleted)/b" }, { "/a(deleted)", "/a(deleted)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct eyas_text t = eyas_path_strip_deleted(text(cases[i].in));

		ck_assert_bytes_eq(t.p, t.len, cases[i].want);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, names_are_joined, 0, sizeof(joins) / sizeof(joins[0]));
	tcase_add_test(tc, clean_names_are_borrowed);
	tcase_add_test(tc, no_name_does_harm);
	tcase_add_test(tc, deleted_is_no_part_of_a_name);
}

EYAS_TEST_MAIN("path", fill)
