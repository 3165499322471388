// SPDX-License-Identifier: Apache-2.0
/* Counts of calls, and the table that they are printed as. */
#include "trace/summary.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "base/util.h"

#define NAME_WIDTH	16
#define NS_PER_S	1000000000U

struct eyas_summary_row {
	unsigned int abi;
	char name[32];
	uint64_t calls, errors, timed, sum, min, max;	/* times in ns */
};

static const struct {
	const char *name;
	const char *title;
	int width;
} columns[EYAS_SUMMARY_COLUMN_MAX] = {
	[EYAS_SUMMARY_TIME_PERCENT]	= { "time-percent", "% time", 6 },
	[EYAS_SUMMARY_TOTAL_TIME]	= { "total-time", "seconds", 11 },
	[EYAS_SUMMARY_MIN_TIME]		= { "min-time", "shortest", 8 },
	[EYAS_SUMMARY_MAX_TIME]		= { "max-time", "longest", 8 },
	[EYAS_SUMMARY_AVG_TIME]		= { "avg-time", "usecs/call", 11 },
	[EYAS_SUMMARY_CALLS]		= { "calls", "calls", 9 },
	[EYAS_SUMMARY_ERRORS]		= { "errors", "errors", 9 },
	[EYAS_SUMMARY_NAME]		= { "name", "syscall", NAME_WIDTH },
};

/* Other words for the same. */
static const struct {
	const char *name;
	uint8_t column;
} aliases[] = {
	{ "time", EYAS_SUMMARY_TIME_PERCENT },	 { "time_percent", EYAS_SUMMARY_TIME_PERCENT },
	{ "time-total", EYAS_SUMMARY_TOTAL_TIME }, { "time_total", EYAS_SUMMARY_TOTAL_TIME },
	{ "total_time", EYAS_SUMMARY_TOTAL_TIME }, { "min_time", EYAS_SUMMARY_MIN_TIME },
	{ "time-min", EYAS_SUMMARY_MIN_TIME },	 { "time_min", EYAS_SUMMARY_MIN_TIME },
	{ "shortest", EYAS_SUMMARY_MIN_TIME },	 { "max_time", EYAS_SUMMARY_MAX_TIME },
	{ "time-max", EYAS_SUMMARY_MAX_TIME },	 { "time_max", EYAS_SUMMARY_MAX_TIME },
	{ "longest", EYAS_SUMMARY_MAX_TIME },	 { "avg_time", EYAS_SUMMARY_AVG_TIME },
	{ "time-avg", EYAS_SUMMARY_AVG_TIME },	 { "time_avg", EYAS_SUMMARY_AVG_TIME },
	{ "count", EYAS_SUMMARY_CALLS },	 { "error", EYAS_SUMMARY_ERRORS },
	{ "syscall", EYAS_SUMMARY_NAME },	 { "syscall-name", EYAS_SUMMARY_NAME },
	{ "syscall_name", EYAS_SUMMARY_NAME },
};

/* ---- options ---- */

void eyas_summary_opts_init(struct eyas_summary_opts *o)
{
	static const uint8_t usual[] = {
		EYAS_SUMMARY_TIME_PERCENT, EYAS_SUMMARY_TOTAL_TIME, EYAS_SUMMARY_AVG_TIME,
		EYAS_SUMMARY_CALLS,	   EYAS_SUMMARY_ERRORS,	    EYAS_SUMMARY_NAME,
	};

	memset(o, 0, sizeof(*o));
	memcpy(o->columns, usual, sizeof(usual));
	o->ncolumns = sizeof(usual);
	o->sort = EYAS_SUMMARY_TOTAL_TIME;
}

static bool word_is(const char *word, size_t len, const char *name)
{
	return strlen(name) == len && !memcmp(word, name, len);
}

static int column_of(const char *word, size_t len)
{
	for (unsigned int i = 0; i < EYAS_SUMMARY_COLUMN_MAX; i++)
		if (word_is(word, len, columns[i].name))
			return (int)i;
	for (size_t i = 0; i < EYAS_ARRAY_LEN(aliases); i++)
		if (word_is(word, len, aliases[i].name))
			return aliases[i].column;
	return -ENOENT;
}

int eyas_summary_columns_parse(struct eyas_summary_opts *o, const char *s, struct eyas_err *err)
{
	o->ncolumns = 0;
	for (;;) {
		size_t len = strcspn(s, ",");
		int c = column_of(s, len);

		if (c < 0)
			return eyas_err_set(err, -EINVAL, "unknown column name '%.*s'", (int)len,
					    s);
		if (memchr(o->columns, c, o->ncolumns))
			return eyas_err_set(err, -EINVAL, "column '%.*s' is named twice", (int)len,
					    s);
		o->columns[o->ncolumns++] = (uint8_t)c;
		if (!s[len])
			break;
		s += len + 1;
	}
	/* A line without a name says nothing. */
	if (!memchr(o->columns, EYAS_SUMMARY_NAME, o->ncolumns))
		o->columns[o->ncolumns++] = EYAS_SUMMARY_NAME;
	return 0;
}

int eyas_summary_sort_parse(struct eyas_summary_opts *o, const char *s, struct eyas_err *err)
{
	int c = column_of(s, strlen(s));

	if (eyas_streq(s, "nothing") || eyas_streq(s, "none"))
		c = EYAS_SUMMARY_NOTHING;
	if (c < 0)
		return eyas_err_set(err, -EINVAL, "invalid sortby: '%s'", s);
	o->sort = (uint8_t)c;
	return 0;
}

/* ---- counting ---- */

void eyas_summary_release(struct eyas_summary *s)
{
	size_t pos = 0;
	uint64_t key;
	void *row;

	while (eyas_map_next(&s->rows, &pos, &key, &row))
		free(row);
	eyas_map_release(&s->rows);
}

static int row_get(struct eyas_summary *s, unsigned int abi, uint32_t nr,
		   struct eyas_summary_row **ret)
{
	uint64_t key = (uint64_t)abi << 32 | nr;
	struct eyas_summary_row *row = eyas_map_get(&s->rows, key);
	const struct eyas_syscall *sc = eyas_syscall_by_nr(abi, (int)nr);
	int r;

	*ret = row;
	if (row)
		return 0;
	row = calloc(1, sizeof(*row));
	if (!row)
		return -ENOMEM;
	row->abi = abi;
	row->min = UINT64_MAX;
	if (sc)
		snprintf(row->name, sizeof(row->name), "%s", sc->name);
	else if (nr == EYAS_NR_MAX)
		snprintf(row->name, sizeof(row->name), "(other numbers)");
	else
		snprintf(row->name, sizeof(row->name), "syscall_0x%x", (unsigned int)nr);
	r = eyas_map_set(&s->rows, key, row);
	if (r < 0)
		free(row);
	else
		*ret = row;
	return r;
}

int eyas_summary_add(struct eyas_summary *s, unsigned int abi, const struct eyas_counter *add)
{
	struct eyas_summary_row *row;
	int r = row_get(s, abi, add->nr, &row);

	if (r < 0)
		return r;
	row->calls += add->count;
	row->errors += add->errors;
	if (!add->timed)
		return 0;
	row->timed += add->timed;
	row->sum += add->time_sum;
	if (add->time_min < row->min)
		row->min = add->time_min;
	if (add->time_max > row->max)
		row->max = add->time_max;
	return 0;
}

/* ---- the table ---- */

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? 1 : a > b ? -1 : 0;
}

static uint64_t average(const struct eyas_summary_row *row)
{
	return row->calls ? row->sum / row->calls : 0;
}

static int row_compare(const void *pa, const void *pb, void *arg)
{
	const struct eyas_summary_row *a = *(struct eyas_summary_row *const *)pa;
	const struct eyas_summary_row *b = *(struct eyas_summary_row *const *)pb;
	int r = 0;

	switch (*(const uint8_t *)arg) {
	case EYAS_SUMMARY_TIME_PERCENT:
	case EYAS_SUMMARY_TOTAL_TIME:
		r = compare(a->sum, b->sum);
		break;
	case EYAS_SUMMARY_MIN_TIME:
		r = compare(a->min, b->min);
		break;
	case EYAS_SUMMARY_MAX_TIME:
		r = compare(a->max, b->max);
		break;
	case EYAS_SUMMARY_AVG_TIME:
		r = compare(average(a), average(b));
		break;
	case EYAS_SUMMARY_CALLS:
		r = compare(a->calls, b->calls);
		break;
	case EYAS_SUMMARY_ERRORS:
		r = compare(a->errors, b->errors);
		break;
	}
	/* What is equal comes in the same order each time. */
	return r ? r : strcmp(a->name, b->name);
}

struct table {
	const struct eyas_summary_opts *o;
	struct eyas_strbuf *out;
	struct eyas_summary_row total;
	int name_width;
};

static void put_seconds(struct table *t, uint64_t ns, int width)
{
	eyas_strbuf_addf(t->out, "%*" PRIu64 ".%06" PRIu64, width - 7, ns / NS_PER_S,
			 ns % NS_PER_S / 1000);
}

static void put_cell(struct table *t, const struct eyas_summary_row *row, uint8_t column, bool last)
{
	int width = columns[column].width;
	uint64_t min = row->min == UINT64_MAX ? 0 : row->min;

	switch ((enum eyas_summary_column)column) {
	case EYAS_SUMMARY_TIME_PERCENT:
		eyas_strbuf_addf(t->out, "%*.2f", width,
				 row == &t->total ? 100.0 :
				 t->total.sum ? 100.0 * (double)row->sum / (double)t->total.sum :
						0.0);
		break;
	case EYAS_SUMMARY_TOTAL_TIME:
		put_seconds(t, row->sum, width);
		break;
	case EYAS_SUMMARY_MIN_TIME:
		put_seconds(t, min, width);
		break;
	case EYAS_SUMMARY_MAX_TIME:
		put_seconds(t, row->max, width);
		break;
	case EYAS_SUMMARY_AVG_TIME:
		eyas_strbuf_addf(t->out, "%*" PRIu64, width, average(row) / 1000);
		break;
	case EYAS_SUMMARY_CALLS:
		eyas_strbuf_addf(t->out, "%*" PRIu64, width, row->calls);
		break;
	case EYAS_SUMMARY_ERRORS:
		if (row->errors)
			eyas_strbuf_addf(t->out, "%*" PRIu64, width, row->errors);
		else
			eyas_strbuf_addf(t->out, "%*s", width, "");
		break;
	case EYAS_SUMMARY_NAME:
		eyas_strbuf_addf(t->out, "%-*s", last ? 0 : t->name_width, row->name);
		break;
	case EYAS_SUMMARY_COLUMN_MAX:
		break;
	}
}

static void put_row(struct table *t, const struct eyas_summary_row *row)
{
	for (unsigned int i = 0; i < t->o->ncolumns; i++) {
		bool last = i + 1U == t->o->ncolumns;

		put_cell(t, row, t->o->columns[i], last);
		eyas_strbuf_addc(t->out, last ? '\n' : ' ');
	}
}

static void put_head(struct table *t)
{
	for (unsigned int i = 0; i < t->o->ncolumns; i++) {
		uint8_t c = t->o->columns[i];
		bool last = i + 1U == t->o->ncolumns;

		if (c == EYAS_SUMMARY_NAME)
			eyas_strbuf_addf(t->out, "%-*s", last ? 0 : t->name_width,
					 columns[c].title);
		else
			eyas_strbuf_addf(t->out, "%*s", columns[c].width, columns[c].title);
		eyas_strbuf_addc(t->out, last ? '\n' : ' ');
	}
}

static void put_rule(struct table *t)
{
	for (unsigned int i = 0; i < t->o->ncolumns; i++) {
		uint8_t c = t->o->columns[i];
		int width = c == EYAS_SUMMARY_NAME ? t->name_width : columns[c].width;

		for (; width; width--)
			eyas_strbuf_addc(t->out, '-');
		eyas_strbuf_addc(t->out, i + 1U == t->o->ncolumns ? '\n' : ' ');
	}
}

/* Time that belongs to the tracing itself is taken off. */
static void take_overhead(struct eyas_summary_row *row, uint64_t overhead)
{
	uint64_t all = overhead * row->timed;

	row->sum = row->sum > all ? row->sum - all : 0;
	row->max = row->max > overhead ? row->max - overhead : 0;
	if (row->min != UINT64_MAX)
		row->min = row->min > overhead ? row->min - overhead : 0;
}

static void add_total(struct table *t, const struct eyas_summary_row *row)
{
	int width = (int)strlen(row->name);

	t->total.calls += row->calls;
	t->total.errors += row->errors;
	t->total.sum += row->sum;
	if (row->min < t->total.min)
		t->total.min = row->min;
	if (row->max > t->total.max)
		t->total.max = row->max;
	if (width > t->name_width)
		t->name_width = width;
}

static void put_table(struct table *t, struct eyas_summary_row **rows, size_t n)
{
	t->name_width = NAME_WIDTH;
	memset(&t->total, 0, sizeof(t->total));
	t->total.min = UINT64_MAX;
	memcpy(t->total.name, "total", sizeof("total"));
	for (size_t i = 0; i < n; i++)
		add_total(t, rows[i]);
	put_head(t);
	put_rule(t);
	for (size_t i = 0; i < n; i++)
		put_row(t, rows[i]);
	put_rule(t);
	put_row(t, &t->total);
}

/* The rows of an ABI, sorted, at @ret. */
static size_t collect(const struct eyas_summary *s, const struct eyas_summary_opts *o,
		      unsigned int abi, struct eyas_summary_row *copies,
		      struct eyas_summary_row **ret)
{
	size_t pos = 0, n = 0;
	uint64_t key;
	void *row;

	while (eyas_map_next(&s->rows, &pos, &key, &row)) {
		if (key >> 32 != abi)
			continue;
		copies[n] = *(struct eyas_summary_row *)row;
		take_overhead(&copies[n], o->overhead);
		ret[n] = &copies[n];
		n++;
	}
	qsort_r(ret, n, sizeof(*ret), row_compare, (void *)&o->sort);
	return n;
}

int eyas_summary_text(const struct eyas_summary *s, const struct eyas_summary_opts *o,
		      struct eyas_strbuf *out)
{
	static const char *const modes[EYAS_ABI_MAX] = {
		[EYAS_ABI_X86_64] = "64 bit", [EYAS_ABI_IA32] = "32 bit", [EYAS_ABI_X32] = "x32",
		[EYAS_ABI_ARM64] = "64 bit",  [EYAS_ABI_ARM32] = "32 bit",
	};
	_cleanup_free_ struct eyas_summary_row *copies = calloc(s->rows.len + 1, sizeof(*copies));
	_cleanup_free_ struct eyas_summary_row **rows = calloc(s->rows.len + 1, sizeof(*rows));
	struct table t = { .o = o, .out = out };

	if (!copies || !rows)
		return -ENOMEM;
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		size_t n = collect(s, o, abi, copies, rows);

		if (!n)
			continue;
		if (n < s->rows.len)
			eyas_strbuf_addf(out, "System call usage summary for %s mode:\n",
					 modes[abi]);
		put_table(&t, rows, n);
	}
	return eyas_strbuf_ok(out) ? 0 : -ENOMEM;
}
