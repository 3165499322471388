// SPDX-License-Identifier: Apache-2.0
/* Text that knows where in the rules files it came from. */
#include "rule/srctext.h"

void eyas_srctext_init(struct eyas_srctext *st)
{
	*st = (struct eyas_srctext)EYAS_SRCTEXT_INIT;
}

void eyas_srctext_release(struct eyas_srctext *st)
{
	eyas_strbuf_release(&st->text);
	eyas_vec_release(&st->runs);
}

size_t eyas_utf8_len(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

static bool goes_on(const struct eyas_srctext *st, struct eyas_place at, bool fixed)
{
	const struct eyas_run *last;

	if (!st->runs.len)
		return false;
	last = &st->runs.data[st->runs.len - 1];
	return last->fixed == fixed && st->next.file == at.file && st->next.line == at.line &&
	       st->next.col == at.col;
}

static void add(struct eyas_srctext *st, const char *s, size_t len, struct eyas_place at,
		bool fixed)
{
	if (!len)
		return;
	if (!goes_on(st, at, fixed)) {
		struct eyas_run run = { .off = st->text.len, .at = at, .fixed = fixed };

		if (eyas_vec_push(&st->runs, run))
			st->text.oom = true;
	}
	st->next = at;
	if (!fixed)
		st->next.col += (uint32_t)eyas_utf8_len(s, len);
	eyas_strbuf_add(&st->text, s, len);
}

void eyas_srctext_add(struct eyas_srctext *st, const char *s, size_t len, struct eyas_place at)
{
	add(st, s, len, at, false);
}

void eyas_srctext_add_fixed(struct eyas_srctext *st, const char *s, size_t len,
			    struct eyas_place at)
{
	add(st, s, len, at, true);
}

void eyas_srctext_cut(struct eyas_srctext *st, size_t len)
{
	eyas_strbuf_cut(&st->text, len);
	while (st->runs.len && st->runs.data[st->runs.len - 1].off >= len)
		st->runs.len--;
	/* Whatever comes next begins a run. */
	st->next = (struct eyas_place){ .file = UINT32_MAX };
}

/* The run that holds @off; runs must not be empty. */
static size_t run_at(const struct eyas_srctext *st, size_t off)
{
	size_t lo = 0, hi = st->runs.len;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (st->runs.data[mid].off <= off)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

struct eyas_place eyas_srctext_place(const struct eyas_srctext *st, size_t off)
{
	struct eyas_place at = { 0 };
	const struct eyas_run *run;

	if (!st->runs.len)
		return at;
	if (off > st->text.len)
		off = st->text.len;
	run = &st->runs.data[run_at(st, off)];
	at = run->at;
	if (!run->fixed)
		at.col += (uint32_t)eyas_utf8_len(st->text.buf + run->off, off - run->off);
	return at;
}

void eyas_srctext_copy(struct eyas_srctext *st, const struct eyas_srctext *from, size_t off,
		       size_t len)
{
	size_t end = off + len, base = st->text.len;
	size_t i = len && from->runs.len ? run_at(from, off) : from->runs.len;
	bool first = true;

	if (from->text.oom)
		st->text.oom = true;
	for (; i < from->runs.len && (first || from->runs.data[i].off < end); i++) {
		struct eyas_run run = from->runs.data[i];

		if (first) {
			run.at = eyas_srctext_place(from, off);
			run.off = off;
		}
		run.off = run.off - off + base;
		if ((!first || !goes_on(st, run.at, run.fixed)) && eyas_vec_push(&st->runs, run))
			st->text.oom = true;
		first = false;
	}
	if (first)
		return;
	eyas_strbuf_add(&st->text, from->text.buf + off, len);
	st->next = eyas_srctext_place(from, end);
	/* The place of the end may be that of the next run: then it is not where this one ends. */
	if (i < from->runs.len)
		st->next = (struct eyas_place){ .file = UINT32_MAX };
}
