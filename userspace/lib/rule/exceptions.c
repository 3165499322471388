// SPDX-License-Identifier: Apache-2.0
/* Exceptions: read, checked and written out as text, before anything is parsed. */
#include "rule/exceptions.h"

#include <errno.h>
#include <string.h>
#include "rule/near.h"

#define ERR_NO_FIELDS "Rule exception item must have fields property with a list of fields"
#define ERR_NEW_FIELDS "Rule exception must have fields property with a list of fields"
#define ERR_NEW_VALUES "Rule exception must have values property with a list of values"
#define ERR_OLD_FIELDS "Can not append exception fields to existing exception, only values"
#define ERR_OLD_COMPS "Can not append exception comps to existing exception, only values"
#define ERR_LENGTH "Fields and comps lists must have equal length"
#define ERR_STRINGS "Fields and comps must both be strings"
#define ERR_SINGLE                                                          \
	"When fields is a single value, comps must be one of (in, pmatch, " \
	"intersects) or a modifier operator (e.g. startswith oneof)"
#define ERR_TUPLE "Fields and values lists must have equal length"
#define ERR_NO_LIST "Expected values array to contain a list of strings"

static struct eyas_exception_def *find(const struct eyas_exceptions *all, const char *name)
{
	uintptr_t n = (uintptr_t)eyas_strmap_get(&all->names, name, strlen(name));

	return n ? &all->v.data[n - 1] : NULL;
}

/* @ex is empty afterwards. Of equal names the first is the one that is found. */
static int add(struct eyas_exceptions *all, struct eyas_exception_def *ex)
{
	int r = eyas_vec_push(&all->v, *ex);

	if (r)
		return r;
	memset(&ex->values, 0, sizeof(ex->values));
	if (find(all, ex->name))
		return 0;
	return eyas_strmap_set(&all->names, ex->name, strlen(ex->name),
			       (void *)(uintptr_t)all->v.len);
}

/* An error about the exception @ex of the rule that @w is. */
static int invalid(const struct eyas_want *w, const struct eyas_exception_def *ex,
		   struct eyas_place at, const char *hint, const char *msg)
{
	struct eyas_about about = { "exception", ex->name, at, w->about };

	return eyas_note(w->notes, EYAS_LOAD_ERR_VALIDATE, &about, hint, "%s", msg);
}

/* ---- reading ---- */

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Values may need the blanks around them, names of fields and operators never do. */
static const char *trim(struct eyas_items *it, const char *s)
{
	size_t n = strlen(s);

	while (n && is_blank(s[n - 1]))
		n--;
	while (n && is_blank(*s)) {
		s++;
		n--;
	}
	return eyas_arena_strndup(&it->arena, s, n);
}

static int read_entry(struct eyas_items *it, const struct eyas_want *w, const char *key,
		      const struct eyas_yaml *node, struct eyas_entry *ret)
{
	int r = 0;

	ret->at = node->at;
	if (eyas_yaml_is_text(node)) {
		if (!node->scalar.len)
			return eyas_want_fail(w, "value for", key, node->at, NULL,
					      "Value must be non-empty");
		if (memchr(node->scalar.s, '\0', node->scalar.len))
			return eyas_want_fail(w, "value for", key, node->at, "it holds a NUL byte",
					      "Could not decode scalar value");
		ret->kind = EYAS_ENTRY_TEXT;
		ret->s = key ? trim(it, node->scalar.s) : node->scalar.s;
		return ret->s ? 0 : -ENOMEM;
	}
	if (node->kind != EYAS_YAML_SEQ)
		return 0;
	ret->kind = EYAS_ENTRY_LIST;
	ret->len = node->seq.len;
	ret->v = eyas_arena_alloc(&it->arena, (ret->len + 1) * sizeof(*ret->v));
	if (!ret->v)
		return -ENOMEM;
	for (size_t i = 0; i < ret->len && !r; i++)
		r = read_entry(it, w, key, node->seq.v[i], &ret->v[i]);
	return r;
}

static int read_values(struct eyas_items *it, const struct eyas_want *w, bool partial,
		       struct eyas_exception_def *ex)
{
	const struct eyas_yaml *seq = eyas_yaml_get(w->map, "values");
	int r = 0;

	if (!seq && !partial)
		return 0;
	if (!seq)
		return eyas_note(w->notes, EYAS_LOAD_APPEND_NO_VALUES, w->about, NULL,
				 "Overriding/appending exception with no values");
	if (seq->kind != EYAS_YAML_SEQ)
		return eyas_want_fail(w, "exception values", NULL, seq->at, NULL,
				      "Rule exception values must be a sequence");
	for (size_t i = 0; i < seq->seq.len && !r; i++) {
		struct eyas_entry e = { 0 };

		r = read_entry(it, w, NULL, seq->seq.v[i], &e);
		if (!r)
			r = eyas_vec_push(&ex->values, e);
	}
	return r;
}

/* All but the name. */
static int read_parts(struct eyas_items *it, const struct eyas_want *w, bool partial,
		      struct eyas_exception_def *ex)
{
	static const char *const keys[] = { "name", "fields", "comps", "values", NULL };
	const struct eyas_yaml *fields = eyas_yaml_get(w->map, "fields");
	const struct eyas_yaml *comps = eyas_yaml_get(w->map, "comps");
	int r = eyas_want_known_keys(w, keys);

	if (!r && !fields && !partial)
		return eyas_want_fail(w, NULL, NULL, ex->at, NULL,
				      "Item has no mapping for key 'fields'");
	if (!r && fields)
		r = read_entry(it, w, "fields", fields, &ex->fields);
	if (!r && comps)
		r = read_entry(it, w, "comps", comps, &ex->comps);
	return r ? r : read_values(it, w, partial, ex);
}

static int read_exception(struct eyas_items *it, const struct eyas_want *w,
			  const struct eyas_yaml *node, bool partial,
			  const struct eyas_exceptions *all, struct eyas_exception_def *ex)
{
	struct eyas_about about = { "exception", NULL, node->at, w->about };
	struct eyas_want in = { w->notes, node, &about };
	struct eyas_yaml *name = NULL;
	int r;

	if (node->kind != EYAS_YAML_MAP)
		return eyas_want_fail(&in, NULL, NULL, node->at, NULL,
				      "Rule exception must be a mapping");
	r = eyas_want_text(&in, "name", &name);
	if (r)
		return r;
	ex->name = about.name = name->scalar.s;
	ex->at = node->at;
	if (find(all, ex->name))
		r = eyas_note(w->notes, EYAS_LOAD_EXCEPTION_NAME_NOT_UNIQUE, &about, NULL,
			      "Multiple definitions of exception '%.200s' in the same rule",
			      ex->name);
	return r ? r : read_parts(it, &in, partial, ex);
}

int eyas_exceptions_read(struct eyas_items *it, const struct eyas_want *w, bool partial,
			 struct eyas_exceptions *ret)
{
	const struct eyas_yaml *seq = eyas_yaml_get(w->map, "exceptions");
	int r = 0;

	if (!seq || eyas_yaml_is_null(seq))
		return 0;
	if (seq->kind != EYAS_YAML_SEQ)
		return eyas_want_fail(w, "exceptions", NULL, seq->at, "write '- name: NAME'",
				      "Rule exceptions must be a sequence");
	for (size_t i = 0; i < seq->seq.len && !r; i++) {
		struct eyas_exception_def ex = { 0 };

		r = read_exception(it, w, seq->seq.v[i], partial, ret, &ex);
		if (!r)
			r = add(ret, &ex);
		eyas_vec_release(&ex.values);
	}
	return r;
}

/* ---- checking ---- */

/* "in", or "startswith oneof": -1 if it is none, else whether it takes a list. */
static int comp_kind(const char *s)
{
	size_t n = strcspn(s, " \t\n\v\f\r");
	const struct eyas_op *op = eyas_op_find(s, n);
	const char *mod = s + n;

	if (!op)
		return -1;
	if (!*mod)
		return op->form == EYAS_OP_LIST;
	while (is_blank(*mod))
		mod++;
	return op->form == EYAS_OP_STR && eyas_modifier_find(mod, strlen(mod)) ? 1 : -1;
}

/* Are all fields of an operand known? */
static bool is_known(const struct eyas_operand *o)
{
	struct eyas_field_arg arg = { 0 };

	if (o->kind == EYAS_OPERAND_FIELD)
		return eyas_field_find(o->name.s, o->name.len, &arg);
	for (size_t i = 0; i < o->nargs; i++)
		if (!is_known(&o->args[i]))
			return false;
	return true;
}

/* A field or transformer, as a condition would begin with it: 1, 0 if it is none, -ENOMEM. */
static int is_field(struct eyas_items *it, const char *s)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	struct eyas_parse_err perr;
	struct eyas_ast *ast;
	int r;

	eyas_strbuf_addf(&text, "%s exists", s);
	if (!eyas_strbuf_ok(&text))
		return -ENOMEM;
	r = eyas_parse_condition(text.buf, text.len, EYAS_PARSE_DEPTH, &it->arena, &ast, &perr);
	if (r)
		return r == -EINVAL ? 0 : r;
	return ast->kind == EYAS_AST_CHECK && ast->check.op->form == EYAS_OP_UNARY &&
	       is_known(&ast->check.lhs);
}

static int check_field(struct eyas_items *it, const struct eyas_want *w,
		       const struct eyas_exception_def *ex, const struct eyas_entry *field)
{
	const char *s = field->kind == EYAS_ENTRY_TEXT ? field->s : "";
	_cleanup_strbuf_ struct eyas_strbuf msg = EYAS_STRBUF_INIT;
	int r = is_field(it, s);
	char hint[96];
	const char *near;

	if (r)
		return r < 0 ? r : 0;
	near = eyas_field_nearest(s, strlen(s));
	snprintf(hint, sizeof(hint), "did you mean '%s'?", near ? near : "");
	eyas_strbuf_addf(&msg, "'%.200s' is not a supported filter field", s);
	return invalid(w, ex, field->at, near ? hint : "'eyas rules fields' lists all of them",
		       msg.buf);
}

static int bad_comp(const struct eyas_want *w, const struct eyas_exception_def *ex,
		    const struct eyas_entry *comp)
{
	const char *s = comp->kind == EYAS_ENTRY_TEXT ? comp->s : "";
	_cleanup_strbuf_ struct eyas_strbuf msg = EYAS_STRBUF_INIT;
	struct eyas_near near;
	size_t n;
	const struct eyas_op *op = eyas_op_table(&n);

	eyas_near_init(&near, s);
	for (size_t i = 0; i < n; i++)
		eyas_near_offer(&near, op[i].name);
	eyas_strbuf_addf(&msg, "'%.200s' is not a supported comparison operator", s);
	return invalid(w, ex, comp->at, eyas_near_hint(&near, NULL), msg.buf);
}

static const struct eyas_entry equals = { .kind = EYAS_ENTRY_TEXT, .s = "=" };
static const struct eyas_entry in_list = { .kind = EYAS_ENTRY_TEXT, .s = "in" };

static int check_tuple(struct eyas_items *it, const struct eyas_want *w, bool names,
		       struct eyas_exception_def *ex)
{
	struct eyas_entry *comps = &ex->comps;
	int r = 0;

	if (comps->kind == EYAS_ENTRY_NONE) {
		comps->kind = EYAS_ENTRY_LIST;
		comps->len = ex->fields.len;
		comps->v = eyas_arena_alloc(&it->arena, (comps->len + 1) * sizeof(*comps->v));
		if (!comps->v)
			return -ENOMEM;
		for (size_t i = 0; i < comps->len; i++)
			comps->v[i] = equals;
	}
	if (comps->len != ex->fields.len)
		return invalid(w, ex, ex->at, NULL, ERR_LENGTH);
	for (size_t i = 0; i < comps->len; i++)
		if (comps->v[i].kind != EYAS_ENTRY_TEXT || comp_kind(comps->v[i].s) < 0)
			return bad_comp(w, ex, &comps->v[i]);
	for (size_t i = 0; i < ex->fields.len && !r && names; i++)
		r = check_field(it, w, ex, &ex->fields.v[i]);
	return r;
}

static int check_single(struct eyas_items *it, const struct eyas_want *w, bool names,
			struct eyas_exception_def *ex)
{
	if (ex->comps.kind == EYAS_ENTRY_NONE)
		ex->comps = in_list;
	if (ex->comps.kind != EYAS_ENTRY_TEXT)
		return invalid(w, ex, ex->at, NULL, ERR_STRINGS);
	if (comp_kind(ex->comps.s) != 1)
		return invalid(w, ex, ex->comps.at, NULL, ERR_SINGLE);
	return names ? check_field(it, w, ex, &ex->fields) : 0;
}

static int check(struct eyas_items *it, const struct eyas_want *w, const struct eyas_rule_def *r,
		 struct eyas_exception_def *ex)
{
	bool names = !r->unknown_source && !it->syntax_only;

	if (ex->fields.kind == EYAS_ENTRY_LIST)
		return check_tuple(it, w, names, ex);
	return check_single(it, w, names, ex);
}

int eyas_exceptions_set(struct eyas_items *it, const struct eyas_want *w, struct eyas_rule_def *r,
			struct eyas_exceptions *ex)
{
	int ret = 0;

	for (size_t i = 0; i < ex->v.len && !ret; i++) {
		if (ex->v.data[i].fields.kind == EYAS_ENTRY_NONE)
			return invalid(w, &ex->v.data[i], ex->v.data[i].at, NULL, ERR_NO_FIELDS);
		ret = check(it, w, r, &ex->v.data[i]);
	}
	if (ret)
		return ret;
	eyas_exceptions_release(&r->exceptions);
	r->exceptions = *ex;
	*ex = (struct eyas_exceptions){ 0 };
	return 0;
}

/* ---- appending ---- */

static int append_new(struct eyas_items *it, const struct eyas_want *w, struct eyas_rule_def *r,
		      struct eyas_exception_def *ex)
{
	int ret;

	if (ex->fields.kind == EYAS_ENTRY_NONE)
		return invalid(w, ex, ex->at, NULL, ERR_NEW_FIELDS);
	if (!ex->values.len)
		return invalid(w, ex, ex->at, NULL, ERR_NEW_VALUES);
	ret = check(it, w, r, ex);
	return ret ? ret : add(&r->exceptions, ex);
}

static int append_values(const struct eyas_want *w, struct eyas_exception_def *old,
			 struct eyas_exception_def *ex)
{
	if (ex->fields.kind != EYAS_ENTRY_NONE)
		return invalid(w, ex, ex->fields.at, NULL, ERR_OLD_FIELDS);
	if (ex->comps.kind != EYAS_ENTRY_NONE)
		return invalid(w, ex, ex->comps.at, NULL, ERR_OLD_COMPS);
	for (size_t i = 0; i < ex->values.len; i++)
		if (eyas_vec_push(&old->values, ex->values.data[i]))
			return -ENOMEM;
	return 0;
}

int eyas_exceptions_append(struct eyas_items *it, const struct eyas_want *w,
			   struct eyas_rule_def *r, struct eyas_exceptions *ex)
{
	int ret = 0;

	for (size_t i = 0; i < ex->v.len && !ret; i++) {
		struct eyas_exception_def *one = &ex->v.data[i];
		struct eyas_exception_def *old = find(&r->exceptions, one->name);

		if (old)
			ret = append_values(w, old, one);
		/* With the rest of a fragment it may be in another file. */
		else if (!r->fragment)
			ret = append_new(it, w, r, one);
	}
	return ret;
}

/* ---- writing out ---- */

/* Text being written, and the place that its glue is said to be at. */
struct writer {
	struct eyas_srctext *out;
	struct eyas_place at;
};

static void put(const struct writer *w, const char *s)
{
	eyas_srctext_add_fixed(w->out, s, strlen(s), w->at);
}

static void put_entry(const struct writer *w, const struct eyas_entry *e)
{
	const char *s = e->kind == EYAS_ENTRY_TEXT ? e->s : "";

	eyas_srctext_add_fixed(w->out, s, strlen(s), e->at.line ? e->at : w->at);
}

/* What has blanks in it gets quotes, unless it begins with one. */
static void put_quoted(const struct writer *w, const struct eyas_entry *e)
{
	const char *s = e->kind == EYAS_ENTRY_TEXT ? e->s : "";
	bool quote = strchr(s, ' ') && *s != '"' && *s != '\'';

	if (quote)
		put(w, "\"");
	put_entry(w, e);
	if (quote)
		put(w, "\"");
}

static void put_value(const struct writer *w, const struct eyas_entry *v, bool as_list)
{
	if (v->kind == EYAS_ENTRY_LIST) {
		put(w, "(");
		for (size_t i = 0; i < v->len; i++) {
			put(w, i ? ", " : "");
			put_quoted(w, &v->v[i]);
		}
		put(w, ")");
	} else if (!as_list) {
		put_quoted(w, v);
	} else if (v->kind == EYAS_ENTRY_TEXT && *v->s == '(') {
		put_entry(w, v);
	} else {
		put(w, "(");
		put_entry(w, v);
		put(w, ")");
	}
}

/* "((f1 = v1 and f2 = v2) or (...))" */
static int put_tuples(const struct writer *w, const struct eyas_want *rule,
		      const struct eyas_exception_def *ex)
{
	for (size_t i = 0; i < ex->values.len; i++) {
		const struct eyas_entry *v = &ex->values.data[i];

		if (v->kind != EYAS_ENTRY_LIST || v->len != ex->fields.len)
			return invalid(rule, ex, v->at.line ? v->at : ex->at, NULL, ERR_TUPLE);
		put(w, i ? " or (" : "((");
		for (size_t k = 0; k < v->len; k++) {
			put(w, k ? " and " : "");
			put_entry(w, &ex->fields.v[k]);
			put(w, " ");
			put_entry(w, &ex->comps.v[k]);
			put(w, " ");
			put_value(w, &v->v[k], comp_kind(ex->comps.v[k].s) == 1);
		}
		put(w, ")");
	}
	put(w, ")");
	return 0;
}

/* "(f in (v1, v2))" */
static int put_list(const struct writer *w, const struct eyas_want *rule,
		    const struct eyas_exception_def *ex)
{
	put(w, "(");
	put_entry(w, &ex->fields);
	put(w, " ");
	put_entry(w, &ex->comps);
	put(w, " (");
	for (size_t i = 0; i < ex->values.len; i++) {
		const struct eyas_entry *v = &ex->values.data[i];

		if (v->kind == EYAS_ENTRY_LIST)
			return invalid(rule, ex, v->at, NULL, ERR_NO_LIST);
		put(w, i ? ", " : "");
		put_quoted(w, v);
	}
	put(w, "))");
	return 0;
}

int eyas_exceptions_expand(struct eyas_items *it, const struct eyas_rule_def *r,
			   struct eyas_srctext *ret)
{
	struct eyas_about about = { "rule", r->name, r->at, NULL };
	struct eyas_want rule = { it->notes, NULL, &about };
	struct writer w = { ret, r->cond_at };
	int err = 0;

	if (r->exceptions.v.len)
		put(&w, "(");
	eyas_srctext_copy(ret, &r->cond, 0, r->cond.text.len);
	if (r->exceptions.v.len)
		put(&w, ")");
	for (size_t i = 0; i < r->exceptions.v.len && !err; i++) {
		const struct eyas_exception_def *ex = &r->exceptions.v.data[i];

		if (!ex->values.len)
			continue;
		w.at = ex->at;
		put(&w, " and not ");
		if (ex->fields.kind == EYAS_ENTRY_LIST)
			err = put_tuples(&w, &rule, ex);
		else
			err = put_list(&w, &rule, ex);
	}
	return err ? err : ret->text.oom ? -ENOMEM : 0;
}
