// SPDX-License-Identifier: Apache-2.0
/*
 * Lists are written out as text, as Falco does: for each list in order of its
 * definition, wherever its name stands between blanks, parentheses, commas and
 * equals signs, even in quotes. So a list's items may name lists that were
 * defined later. Written out once, from the last list to the first, the result
 * is the same in one pass over each text.
 */
#include "rule/expand.h"

#include <errno.h>
#include <string.h>
#include "rule/lex.h"

#define TOTAL_MAX (128U << 20) /* bytes that all lists may become */
#define ITEM_COST 8 /* of an item's place, in such bytes */
#define ODD_MAX 64 /* lists with names that are no single word */

/* A text being expanded. */
struct expansion {
	struct eyas_items *it;
	const struct eyas_about *about;
	const struct eyas_srctext *from;
	struct eyas_srctext *to;
	size_t copied; /* of from */
	size_t min_index; /* earlier lists had their turn */
	int (*use)(struct expansion *x, struct eyas_list_def *l, size_t off);
	void *arg;
};

static bool is_delim(char c)
{
	return eyas_is_blank(c) || c == '(' || c == ')' || c == ',' || c == '=';
}

static int too_much(struct eyas_items *it, const struct eyas_about *about)
{
	return eyas_note(it->notes, EYAS_LOAD_ERR_VALIDATE, about,
			 "name long lists in a macro, and the macro in the rules",
			 "Lists are too long: written out, they take more than %u MiB",
			 TOTAL_MAX >> 20);
}

/* A list of empty lists is one, too. */
static size_t text_len(const struct eyas_list_def *l)
{
	const struct eyas_strbuf *s = &l->text.text;
	size_t n = s->len;

	/* A later list's blank behind it is as good as the one that follows here. */
	while (n && eyas_is_blank(s->buf[n - 1]))
		n--;
	return n;
}

/* Put the text of @l for what stands from @start up to @end. */
static int replace(struct expansion *x, struct eyas_list_def *l, size_t start, size_t *end)
{
	const struct eyas_strbuf *s = &x->from->text;
	struct eyas_place at = eyas_srctext_place(x->from, start);
	struct eyas_srctext *to = x->to;
	size_t len, n = text_len(l);

	eyas_srctext_copy(to, x->from, x->copied, start - x->copied);
	for (len = to->text.len; len && eyas_is_blank(to->text.buf[len - 1]); len--)
		;
	while (*end < s->len && eyas_is_blank(s->buf[*end]))
		(*end)++;
	/* An empty list takes one comma with it. */
	if (!n && len && to->text.buf[len - 1] == ',')
		len--;
	else if (!n && *end < s->len && s->buf[*end] == ',')
		(*end)++;
	if (len < to->text.len)
		eyas_srctext_cut(to, len);
	if (len)
		eyas_srctext_add_fixed(to, " ", 1, at);
	len = to->text.len;
	eyas_srctext_copy(to, &l->text, 0, n);
	eyas_srctext_add_fixed(to, " ", 1, at);
	x->copied = *end;
	x->it->expanded += n + ITEM_COST * l->text.runs.len + 2;
	if (x->it->expanded > TOTAL_MAX)
		return too_much(x->it, x->about);
	return x->use(x, l, len);
}

/* The end of the text's word at @pos. */
static size_t word_end(const struct eyas_strbuf *s, size_t pos)
{
	while (pos < s->len && !is_delim(s->buf[pos]))
		pos++;
	return pos;
}

/* Does the odd name of @l stand at @pos? */
static bool is_odd_here(const struct eyas_strbuf *s, size_t pos, const struct eyas_list_def *l)
{
	size_t n = strlen(l->name);

	return n <= s->len - pos && !memcmp(s->buf + pos, l->name, n) &&
	       (pos + n == s->len || is_delim(s->buf[pos + n]));
}

/* The list whose name stands at @pos, where one may begin. */
static struct eyas_list_def *list_at(const struct expansion *x, size_t pos, size_t *ret_end)
{
	const struct eyas_strbuf *s = &x->from->text;
	struct eyas_list_def *l;

	*ret_end = word_end(s, pos);
	l = eyas_items_list(x->it, s->buf + pos, *ret_end - pos);
	if (l && l->index < x->min_index)
		l = NULL;
	eyas_vec_for_each(&x->it->odd_lists, odd) {
		if ((*odd)->index < x->min_index || (l && l->index < (*odd)->index) ||
		    !is_odd_here(s, pos, *odd))
			continue;
		l = *odd;
		*ret_end = pos + strlen(l->name);
	}
	return l;
}

static int expand(struct expansion *x)
{
	const struct eyas_strbuf *s = &x->from->text;
	size_t pos = 0, end;
	int r = 0;

	while (pos < s->len && x->it->lists.len && !r) {
		struct eyas_list_def *l = list_at(x, pos, &end);

		if (l)
			r = replace(x, l, pos, &end);
		/* Behind a list another one may follow at once. */
		pos = l ? end : end + 1;
	}
	if (r)
		return r;
	eyas_srctext_copy(x->to, x->from, x->copied, s->len - x->copied);
	return x->to->text.oom ? -ENOMEM : 0;
}

/* ---- conditions ---- */

static int use_in_text(struct expansion *x, struct eyas_list_def *l, size_t off)
{
	struct eyas_list_uses *uses = x->arg;

	l->used = true;
	return eyas_vec_push(&uses->v, (struct eyas_list_use){ l, off, x->to->text.len });
}

int eyas_expand_text(struct eyas_items *it, const struct eyas_about *about,
		     const struct eyas_srctext *from, struct eyas_srctext *to,
		     struct eyas_list_uses *uses)
{
	struct expansion x = {
		.it = it, .about = about, .from = from, .to = to, .use = use_in_text, .arg = uses
	};

	return expand(&x);
}

/* ---- lists ---- */

static int use_in_list(struct expansion *x, struct eyas_list_def *l, size_t off _unused_)
{
	struct eyas_list_def *user = x->arg;

	return eyas_vec_push(&user->uses, l);
}

/* Blanks in it: quotes around it, unless it brings its own. */
static void add_item(struct eyas_items *it, const struct eyas_yaml *item, struct eyas_srctext *to)
{
	const struct eyas_rules_text *t = &it->notes->texts[item->at.file];
	const char *s = item->scalar.s;
	bool quote = strchr(s, ' ') && *s != '"' && *s != '\'';

	if (to->text.len)
		eyas_srctext_add_fixed(to, ", ", 2, item->at);
	if (quote)
		eyas_srctext_add_fixed(to, "\"", 1, item->at);
	eyas_yaml_srctext(item, t->text, t->len, to);
	if (quote)
		eyas_srctext_add_fixed(to, "\"", 1, item->at);
	it->expanded += item->scalar.len + ITEM_COST + 2;
}

/* The items joined; an item that names an earlier list stands for that list's own items. */
static int join(struct eyas_items *it, const struct eyas_about *about, struct eyas_list_def *l,
		struct eyas_srctext *to)
{
	for (size_t i = 0; i < l->items.len; i++) {
		const struct eyas_yaml *item = l->items.data[i];
		struct eyas_list_def *ref = eyas_items_list(it, item->scalar.s, item->scalar.len);

		if (!ref || ref->index >= l->visibility) {
			add_item(it, item, to);
			continue;
		}
		ref->used = true;
		for (size_t k = 0; k < ref->items.len && it->expanded <= TOTAL_MAX; k++)
			add_item(it, ref->items.data[k], to);
		it->expanded++;
		if (it->expanded > TOTAL_MAX)
			return too_much(it, about);
	}
	return to->text.oom ? -ENOMEM : 0;
}

static int expand_list(struct eyas_items *it, struct eyas_list_def *l)
{
	struct eyas_about about = { "list", l->name, l->at, NULL };
	_cleanup_srctext_ struct eyas_srctext joined = EYAS_SRCTEXT_INIT;
	struct expansion x = { .it = it,
			       .about = &about,
			       .from = &joined,
			       .to = &l->text,
			       .min_index = l->index + 1,
			       .use = use_in_list,
			       .arg = l };
	int r = join(it, &about, l, &joined);

	return r ? r : expand(&x);
}

int eyas_expand_lists(struct eyas_items *it)
{
	int r = 0;

	if (it->odd_lists.len > ODD_MAX) {
		const struct eyas_list_def *l = it->odd_lists.data[ODD_MAX];
		struct eyas_about about = { "list", l->name, l->at, NULL };

		return eyas_note(it->notes, EYAS_LOAD_ERR_VALIDATE, &about, NULL,
				 "More than %d lists have invalid names", ODD_MAX);
	}
	for (size_t i = it->lists.len; i-- > 0 && !r;)
		r = expand_list(it, it->lists.data[i]);
	return r;
}

void eyas_expand_settle_uses(struct eyas_items *it)
{
	/* Only later lists were written out, so that one pass is enough. */
	eyas_vec_for_each(&it->lists, l) {
		if (!(*l)->used)
			continue;
		eyas_vec_for_each(&(*l)->uses, u)
			(*u)->used = true;
	}
}
