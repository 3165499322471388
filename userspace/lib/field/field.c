// SPDX-License-Identifier: Apache-2.0
/* The list of families, and finding a field by its name. */
#include "field/field.h"

#include "base/util.h"
#include "field/family.h"

#define NEAR_MAX	3	/* edits that make one name of another */

static const struct eyas_field_family *const families[] = {
	&eyas_family_evt, &eyas_family_proc, &eyas_family_thread, &eyas_family_fd,
	&eyas_family_fs, &eyas_family_user, &eyas_family_group, &eyas_family_container,
	&eyas_family_k8s,
};

const struct eyas_field_family *const *eyas_field_families(size_t *ret_len)
{
	*ret_len = EYAS_ARRAY_LEN(families);
	return families;
}

/* ---- by name ---- */

/* Length of what precedes the first dot. */
static size_t head_len(const char *name, size_t len)
{
	const char *dot = memchr(name, '.', len);

	return dot ? (size_t)(dot - name) : len;
}

/* Families are named as their fields begin; but syscall.type is of the event, too. */
static bool may_have(const struct eyas_field_family *f, const char *name, size_t head)
{
	if (strlen(f->name) == head && !memcmp(f->name, name, head))
		return true;
	return f == &eyas_family_evt && head == 7 && !memcmp(name, "syscall", head);
}

/* Is @name the row's, or the row's and an argument behind a dot? */
static bool is_row(const struct eyas_field *f, const char *name, size_t len,
		   struct eyas_field_arg *ret_arg)
{
	size_t n = strlen(f->name);

	if (len < n || memcmp(f->name, name, n) != 0)
		return false;
	if (len == n)
		return true;
	if (!(f->flags & EYAS_FIELD_ARG_DOT) || name[n] != '.' || len == n + 1)
		return false;
	ret_arg->key = name + n + 1;
	ret_arg->key_len = len - n - 1;
	return true;
}

/* The event's arguments have a row for each type that they can be of. */
static const struct eyas_field *find_arg(const char *name, size_t len,
					 struct eyas_field_arg *ret_arg)
{
	static const struct {
		const char *prefix;
		const struct eyas_field *(*find)(const char *name, size_t len);
	} kinds[] = {
		{ "evt.arg.", eyas_field_evt_arg }, { "evt.rawarg.", eyas_field_evt_rawarg },
	};

	for (size_t i = 0; i < EYAS_ARRAY_LEN(kinds); i++) {
		size_t n = strlen(kinds[i].prefix);

		if (len <= n || memcmp(kinds[i].prefix, name, n) != 0)
			continue;
		ret_arg->key = name + n;
		ret_arg->key_len = len - n;
		return kinds[i].find(name + n, len - n);
	}
	return NULL;
}

const struct eyas_field *eyas_field_find(const char *name, size_t len,
					 struct eyas_field_arg *ret_arg)
{
	size_t head = head_len(name, len);

	*ret_arg = (struct eyas_field_arg){ 0 };
	for (size_t i = 0; i < EYAS_ARRAY_LEN(families); i++) {
		const struct eyas_field_family *f = families[i];

		if (!may_have(f, name, head))
			continue;
		for (size_t j = 0; j < f->len; j++)
			if (is_row(&f->fields[j], name, len, ret_arg))
				return &f->fields[j];
	}
	return find_arg(name, len, ret_arg);
}

const char *eyas_field_nearest(const char *name, size_t len)
{
	size_t best = len / 2 < NEAR_MAX ? len / 2 : NEAR_MAX;
	char wrong[EYAS_EDIT_MAX + 1];
	const char *near = NULL;

	if (len > EYAS_EDIT_MAX)
		return NULL;
	memcpy(wrong, name, len);
	wrong[len] = '\0';
	for (size_t i = 0; i < EYAS_ARRAY_LEN(families); i++) {
		for (size_t j = 0; j < families[i]->len; j++) {
			const char *known = families[i]->fields[j].name;
			size_t d = eyas_edit_distance(wrong, known);

			/* Of equals the one that was cut short. */
			if (d > best || (near && d == best && !eyas_startswith(known, wrong)))
				continue;
			best = d;
			near = known;
		}
	}
	return near;
}

/* ---- contexts ---- */

void eyas_field_ctx_init(struct eyas_field_ctx *ctx, const struct eyas_event *ev,
			 struct eyas_enrich *en, struct eyas_arena *arena, const char *hostname)
{
	ctx->ev = ev;
	ctx->en = en;
	ctx->proc = eyas_enrich_actor(en, ev);
	ctx->epoch = eyas_enrich_epoch(en, ctx->proc);
	ctx->arena = arena;
	ctx->hostname = hostname;
	/* The rest of the subject is set when this is. */
	ctx->subject.known = false;
	ctx->subject.name_known = false;
	ctx->subject.type_known = false;
}

int eyas_field_get_never(const struct eyas_field_ctx *ctx _unused_,
			 const struct eyas_field_arg *arg _unused_, struct eyas_value *ret _unused_)
{
	return -ENOENT;
}
