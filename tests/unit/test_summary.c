// SPDX-License-Identifier: Apache-2.0
/* The table of calls, digit by digit as strace prints it. */
#include <errno.h>
#include <sys/syscall.h>
#include "trace/summary.h"
#include "unit.h"

static void add(struct eyas_summary *s, uint32_t nr, uint64_t count, uint64_t errors, uint64_t us)
{
	struct eyas_counter c = {
		.nr = nr, .count = count, .errors = errors, .timed = count,
		.time_sum = us * 1000, .time_min = 1000, .time_max = us * 500,
	};

	ck_assert_int_eq(eyas_summary_add(s, EYAS_ABI_X86_64, &c), 0);
}

static void fill_in(struct eyas_summary *s)
{
	memset(s, 0, sizeof(*s));
	add(s, SYS_read, 7, 0, 80);
	add(s, SYS_openat, 34, 13, 409);
	add(s, SYS_close, 20, 0, 250);
	add(s, SYS_close, 3, 0, 2);
}

static void expect(const struct eyas_summary *s, const struct eyas_summary_opts *o,
		   const char *want)
{
	_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT;

	ck_assert_int_eq(eyas_summary_text(s, o, &out), 0);
	ck_assert_str_eq(out.buf, want);
}

START_TEST(usual)
{
	struct eyas_summary_opts o;
	struct eyas_summary s;

	fill_in(&s);
	eyas_summary_opts_init(&o);
	expect(&s, &o,
	       "% time     seconds  usecs/call     calls    errors syscall\n"
	       "------ ----------- ----------- --------- --------- ----------------\n"
	       " 55.20    0.000409          12        34        13 openat\n"
	       " 34.01    0.000252          10        23           close\n"
	       " 10.80    0.000080          11         7           read\n"
	       "------ ----------- ----------- --------- --------- ----------------\n"
	       "100.00    0.000741          11        64        13 total\n");
	eyas_summary_release(&s);
}
END_TEST

START_TEST(columns)
{
	struct eyas_summary_opts o;
	struct eyas_summary s;

	fill_in(&s);
	eyas_summary_opts_init(&o);
	ck_assert_int_eq(eyas_summary_columns_parse(&o, "name,max-time,calls,errors", NULL), 0);
	ck_assert_int_eq(eyas_summary_sort_parse(&o, "name", NULL), 0);
	expect(&s, &o,
	       "syscall           longest     calls    errors\n"
	       "---------------- -------- --------- ---------\n"
	       "close            0.000125        23          \n"
	       "openat           0.000204        34        13\n"
	       "read             0.000040         7          \n"
	       "---------------- -------- --------- ---------\n"
	       "total            0.000204        64        13\n");
	/* A table without names would tell nothing. */
	ck_assert_int_eq(eyas_summary_columns_parse(&o, "count", NULL), 0);
	ck_assert_int_eq(eyas_summary_sort_parse(&o, "calls", NULL), 0);
	expect(&s, &o,
	       "    calls syscall\n"
	       "--------- ----------------\n"
	       "       34 openat\n"
	       "       23 close\n"
	       "        7 read\n"
	       "--------- ----------------\n"
	       "       64 total\n");
	eyas_summary_release(&s);
}
END_TEST

START_TEST(sorting)
{
	static const struct { const char *by, *first; } orders[] = {
		{ "time", "openat" }, { "errors", "openat" }, { "avg-time", "openat" },
		{ "max-time", "openat" }, { "calls", "openat" }, { "name", "close" },
		{ "nothing", "close" },
	};
	struct eyas_summary_opts o;
	struct eyas_summary s;

	fill_in(&s);
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT;
		const char *p;

		eyas_summary_opts_init(&o);
		ck_assert_int_eq(eyas_summary_columns_parse(&o, "name", NULL), 0);
		ck_assert_int_eq(eyas_summary_sort_parse(&o, orders[i].by, NULL), 0);
		ck_assert_int_eq(eyas_summary_text(&s, &o, &out), 0);
		p = strchr(strchr(out.buf, '\n') + 1, '\n') + 1;
		ck_assert_msg(!strncmp(p, orders[i].first, strlen(orders[i].first)), "%s: %s",
			      orders[i].by, p);
	}
	eyas_summary_release(&s);
}
END_TEST

START_TEST(overhead)
{
	struct eyas_summary_opts o;
	struct eyas_summary s;

	fill_in(&s);
	eyas_summary_opts_init(&o);
	ck_assert_int_eq(eyas_summary_columns_parse(&o, "total-time,min-time,name", NULL), 0);
	o.overhead = 10000;
	expect(&s, &o,
	       "    seconds shortest syscall\n"
	       "----------- -------- ----------------\n"
	       "   0.000069 0.000000 openat\n"
	       "   0.000022 0.000000 close\n"
	       "   0.000010 0.000000 read\n"
	       "----------- -------- ----------------\n"
	       "   0.000101 0.000000 total\n");
	eyas_summary_release(&s);
}
END_TEST

/* Numbers without a name, and those beyond all numbers; another ABI has a table of its own. */
START_TEST(strange)
{
	struct eyas_counter c = { .nr = 600, .count = 2, .errors = 2 };
	struct eyas_summary_opts o;
	struct eyas_summary s = { 0 };

	eyas_summary_opts_init(&o);
	expect(&s, &o, "");
	ck_assert_int_eq(eyas_summary_add(&s, EYAS_ABI_X86_64, &c), 0);
	c.nr = EYAS_NR_MAX;
	c.count = 1;
	ck_assert_int_eq(eyas_summary_add(&s, EYAS_ABI_IA32, &c), 0);
	ck_assert_int_eq(eyas_summary_columns_parse(&o, "calls,name", NULL), 0);
	expect(&s, &o,
	       "System call usage summary for 64 bit mode:\n"
	       "    calls syscall\n"
	       "--------- ----------------\n"
	       "        2 syscall_0x258\n"
	       "--------- ----------------\n"
	       "        2 total\n"
	       "System call usage summary for 32 bit mode:\n"
	       "    calls syscall\n"
	       "--------- ----------------\n"
	       "        1 (other numbers)\n"
	       "--------- ----------------\n"
	       "        1 total\n");
	eyas_summary_release(&s);
}
END_TEST

START_TEST(bad)
{
	struct eyas_summary_opts o;
	struct eyas_err err;

	eyas_summary_opts_init(&o);
	ck_assert_int_eq(eyas_summary_columns_parse(&o, "calls,foo", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "unknown column name 'foo'");
	ck_assert_int_eq(eyas_summary_columns_parse(&o, "calls,count", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "column 'count' is named twice");
	ck_assert_int_eq(eyas_summary_sort_parse(&o, "foo", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "invalid sortby: 'foo'");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, usual);
	tcase_add_test(tc, columns);
	tcase_add_test(tc, sorting);
	tcase_add_test(tc, overhead);
	tcase_add_test(tc, strange);
	tcase_add_test(tc, bad);
}

EYAS_TEST_MAIN("summary", fill)
