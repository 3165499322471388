// SPDX-License-Identifier: Apache-2.0
/* Keys of the configuration whose values are lists or mappings. */
#include <errno.h>
#include <string.h>
#include "pipeline/config_read.h"

/* Call @fn for each item of a list; one item alone is a list, too, and null is none. */
static int each(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		int (*fn)(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
			  void *arg),
		void *arg)
{
	int r = 0;

	if (eyas_yaml_is_null(val))
		return 0;
	if (val->kind != EYAS_YAML_SEQ)
		return fn(in, key, val, arg);
	for (size_t i = 0; i < val->seq.len && !r; i++)
		r = fn(in, key, val->seq.v[i], arg);
	return r;
}

/* Begin to fill a list of @len items: what stays of it, if it is not another one. */
static size_t begin(const struct eyas_config_in *in, size_t len)
{
	return in->append || in->one ? len : 0;
}

/*
 * Items were added to the @old ones of @data, @size bytes each; *@len is their
 * number now. One that was meant for a place of its own goes there.
 */
static int place_item(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		      void *data, size_t size, size_t old, size_t *len)
{
	char *items = data;
	size_t n = *len - old;

	if (!in->one)
		return 0;
	*len = old;
	if (in->index > old)
		return eyas_config_fail(in, val, key, "it has no item %zu, only %zu", in->index,
					old);
	if (n != 1)
		return eyas_config_fail(in, val, key, "one item is wanted, these are %zu", n);
	if (in->index == old)
		*len = old + 1;
	else
		memcpy(items + in->index * size, items + old * size, size);
	return 0;
}

#define PLACE(in, key, val, vec, old) \
	place_item(in, key, val, (vec)->data, sizeof(*(vec)->data), old, &(vec)->len)

/* What is in a mapping, in its order; any other kind of value is wrong. */
static int each_member(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		       int (*fn)(struct eyas_config_in *in, const char *key,
				 const struct eyas_yaml_pair *p, void *arg),
		       void *arg)
{
	int r = 0;

	if (val->kind != EYAS_YAML_MAP)
		return eyas_config_fail(in, val, key, "it must be KEY: VALUE");
	for (size_t i = 0; i < val->map.len && !r; i++) {
		if (val->map.v[i].key->kind != EYAS_YAML_SCALAR)
			return eyas_config_fail(in, val->map.v[i].key, key,
						"a key must be one text");
		r = fn(in, key, &val->map.v[i], arg);
	}
	return r;
}

static bool is_key(const struct eyas_yaml_pair *p, const char *name)
{
	return !strcmp(p->key->scalar.s, name);
}

static int unknown(struct eyas_config_in *in, const char *key, const struct eyas_yaml_pair *p)
{
	return eyas_config_warn(in, p->key, "%s: unknown key '%.100s'", key, p->key->scalar.s);
}

/* ---- rules_files ---- */

static int add_file(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		    void *arg _unused_)
{
	const char *s = "";
	int r = eyas_config_text(in, key, val, &s);

	if (!r && !*s)
		r = eyas_config_fail(in, val, key, "a file has a name");
	return r ? r : eyas_vec_push(&in->c->rules_files, s);
}

int eyas_config_rules_files(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val)
{
	size_t old = in->c->rules_files.len = begin(in, in->c->rules_files.len);
	int r = each(in, key, val, add_file, NULL);

	return r ? r : PLACE(in, key, val, &in->c->rules_files, old);
}

/* ---- rules ---- */

static int take_selector(struct eyas_config_in *in, const char *key, const struct eyas_yaml_pair *p,
			 void *arg)
{
	struct eyas_rule_switch *s = arg;

	if (is_key(p, "rule"))
		return eyas_config_text(in, key, p->val, &s->rule);
	if (is_key(p, "tag"))
		return eyas_config_text(in, key, p->val, &s->tag);
	return unknown(in, key, p);
}

static int take_switch(struct eyas_config_in *in, const char *key, const struct eyas_yaml_pair *p,
		       void *arg _unused_)
{
	struct eyas_rule_switch s = { .enable = is_key(p, "enable") };
	int r;

	if (!s.enable && !is_key(p, "disable"))
		return unknown(in, key, p);
	r = each_member(in, key, p->val, take_selector, &s);
	if (!r && !s.rule && !s.tag)
		r = eyas_config_fail(in, p->val, key, "name a rule or a tag");
	return r ? r : eyas_vec_push(&in->c->rules, s);
}

static int add_switch(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		      void *arg)
{
	return each_member(in, key, val, take_switch, arg);
}

int eyas_config_rules(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val)
{
	size_t old = in->c->rules.len = begin(in, in->c->rules.len);
	int r = each(in, key, val, add_switch, NULL);

	return r ? r : PLACE(in, key, val, &in->c->rules, old);
}

/* ---- append_output ---- */

/* One being read: what it has several of is not yet in the arena. */
struct appending {
	struct eyas_append a;
	EYAS_VEC(const char *) tags;
	EYAS_VEC(struct eyas_append_field) fields;
};

static int add_tag(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		   void *arg)
{
	struct appending *ap = arg;
	const char *s = "";
	int r = eyas_config_text(in, key, val, &s);

	return r ? r : eyas_vec_push(&ap->tags, s);
}

static int take_match(struct eyas_config_in *in, const char *key, const struct eyas_yaml_pair *p,
		      void *arg)
{
	struct appending *ap = arg;

	if (is_key(p, "source"))
		return eyas_config_text(in, key, p->val, &ap->a.source);
	if (is_key(p, "rule"))
		return eyas_config_text(in, key, p->val, &ap->a.rule);
	if (is_key(p, "tags"))
		return each(in, key, p->val, add_tag, ap);
	return unknown(in, key, p);
}

/* "key: format" */
static int take_format(struct eyas_config_in *in, const char *key, const struct eyas_yaml_pair *p,
		       void *arg)
{
	struct appending *ap = arg;
	struct eyas_append_field f = { .key = p->key->scalar.s };
	int r = eyas_config_text(in, key, p->val, &f.format);

	return r ? r : eyas_vec_push(&ap->fields, f);
}

static int add_field(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		     void *arg)
{
	struct appending *ap = arg;
	struct eyas_append_field f = { 0 };
	int r;

	if (val->kind == EYAS_YAML_MAP)
		return each_member(in, key, val, take_format, ap);
	r = eyas_config_text(in, key, val, &f.key);
	return r ? r : eyas_vec_push(&ap->fields, f);
}

static int take_part(struct eyas_config_in *in, const char *key, const struct eyas_yaml_pair *p,
		     void *arg)
{
	struct appending *ap = arg;

	if (is_key(p, "match"))
		return eyas_yaml_is_null(p->val) ? 0 : each_member(in, key, p->val, take_match, ap);
	if (is_key(p, "extra_output"))
		return eyas_config_text(in, key, p->val, &ap->a.output);
	if (is_key(p, "extra_fields"))
		return each(in, key, p->val, add_field, ap);
	if (is_key(p, "suggested_output"))
		return eyas_config_bool(in, key, p->val, &ap->a.suggested);
	return unknown(in, key, p);
}

static const void *keep(struct eyas_config *c, const void *data, size_t size)
{
	void *copy = eyas_arena_alloc(&c->arena, size ? size : 1);

	return copy && size ? memcpy(copy, data, size) : copy;
}

static int settle(struct eyas_config *c, struct appending *ap)
{
	ap->a.ntags = ap->tags.len;
	ap->a.tags = keep(c, ap->tags.data, ap->tags.len * sizeof(*ap->tags.data));
	ap->a.nfields = ap->fields.len;
	ap->a.fields = keep(c, ap->fields.data, ap->fields.len * sizeof(*ap->fields.data));
	return ap->a.tags && ap->a.fields ? eyas_vec_push(&c->appends, ap->a) : -ENOMEM;
}

static int add_append(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		      void *arg _unused_)
{
	struct appending ap = { 0 };
	int r = each_member(in, key, val, take_part, &ap);

	/* Falco takes "" for "any". */
	if (ap.a.source && !*ap.a.source)
		ap.a.source = NULL;
	if (ap.a.rule && !*ap.a.rule)
		ap.a.rule = NULL;
	if (!r)
		r = settle(in->c, &ap);
	eyas_vec_release(&ap.tags);
	eyas_vec_release(&ap.fields);
	return r;
}

int eyas_config_append_output(struct eyas_config_in *in, const char *key,
			      const struct eyas_yaml *val)
{
	size_t old = in->c->appends.len = begin(in, in->c->appends.len);
	int r = each(in, key, val, add_append, NULL);

	return r ? r : PLACE(in, key, val, &in->c->appends, old);
}

/* ---- static_fields ---- */

static int take_static(struct eyas_config_in *in, const char *key, const struct eyas_yaml_pair *p,
		       void *arg _unused_)
{
	struct eyas_static_field f = { .name = p->key->scalar.s };
	int r = eyas_config_text(in, key, p->val, &f.value);

	/* It has to be the name of a field. */
	if (!r && (!*f.name || strspn(f.name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					      "0123456789_.") != p->key->scalar.len))
		r = eyas_config_fail(in, p->key, key,
				     "'%.40s' is not made of letters, digits, '_' and '.'", f.name);
	if (r)
		return r;
	eyas_vec_for_each(&in->c->statics, it) {
		if (strcmp(it->name, f.name) != 0)
			continue;
		it->value = f.value;
		return 0;
	}
	return eyas_vec_push(&in->c->statics, f);
}

int eyas_config_static_fields(struct eyas_config_in *in, const char *key,
			      const struct eyas_yaml *val)
{
	/* Of an option it is one of them: static_fields.NAME=VALUE. */
	if (!in->by_option)
		in->c->statics.len = 0;
	return eyas_yaml_is_null(val) ? 0 : each_member(in, key, val, take_static, NULL);
}

/* ---- syscall_event_drops ---- */

static int add_action(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		      void *arg _unused_)
{
	static const struct {
		const char *name;
		unsigned int bit;
	} names[] = {
		{ "ignore", 0 },
		{ "log", EYAS_DROPS_LOG },
		{ "alert", EYAS_DROPS_ALERT },
		{ "exit", EYAS_DROPS_EXIT },
	};
	const char *s = "";
	int r = eyas_config_text(in, key, val, &s);

	for (size_t i = 0; !r && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(s, names[i].name) != 0)
			continue;
		return eyas_vec_push(&in->c->drop_actions, names[i].bit);
	}
	return r ? r :
		   eyas_config_fail(in, val, key, "'%.40s' is not ignore, log, alert or exit", s);
}

int eyas_config_drop_actions(struct eyas_config_in *in, const char *key,
			     const struct eyas_yaml *val)
{
	size_t old = in->c->drop_actions.len = begin(in, in->c->drop_actions.len);
	int r = each(in, key, val, add_action, NULL);

	in->c->drops_given = true;
	return r ? r : PLACE(in, key, val, &in->c->drop_actions, old);
}
