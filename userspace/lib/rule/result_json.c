// SPDX-License-Identifier: Apache-2.0
/* What loading found, as JSON; the keys are Falco's. */
#include <string.h>
#include "rule/describe.h"

static bool put(json_t *o, const char *key, json_t *val)
{
	return !json_object_set_new(o, key, val);
}

/* Names of files may be any bytes. */
static json_t *text(const char *s)
{
	json_t *v = json_string(s);

	return v ? v : json_string("?");
}

static json_t *location(const char *file, const struct eyas_load_location *w)
{
	json_t *o = json_object(), *pos = json_object();

	if (!put(pos, "name", text(file)) || !put(pos, "line", json_integer(w->line)) ||
	    !put(pos, "column", json_integer(w->col)) ||
	    !put(pos, "offset", json_integer((json_int_t)w->offset)) ||
	    !put(o, "item_type", text(w->item_type)) || !put(o, "item_name", text(w->item_name))) {
		json_decref(pos);
		json_decref(o);
		return NULL;
	}
	put(o, "position", pos);
	return o;
}

/* The line, and a caret below it. */
static json_t *snippet(const struct eyas_load_issue *is)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	if (is->snippet)
		eyas_strbuf_addf(&sb, "%s\n%*s^\n", is->snippet,
				 is->snippet_col ? (int)is->snippet_col - 1 : 0, "");
	return text(sb.buf);
}

static json_t *issue(const struct eyas_load_issue *is)
{
	json_t *o = json_object(), *context = json_object(), *where = json_array();
	bool ok = true;

	for (size_t i = 0; i < is->nwhere; i++)
		ok &= !json_array_append_new(where, location(is->file, &is->where[i]));
	ok &= put(context, "locations", where);
	ok &= put(context, "snippet", snippet(is));
	ok &= put(o, "context", context);
	ok &= put(o, "code", json_string(is->code));
	ok &= put(o, "codedesc", json_string(is->code_text));
	ok &= put(o, "message", text(is->msg));
	if (is->hint)
		ok &= put(o, "hint", text(is->hint));
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}

static json_t *file_result(const struct eyas_load_result *res, const char *name)
{
	json_t *o = json_object(), *errors = json_array(), *warnings = json_array();
	bool ok = true;

	for (size_t i = 0; i < res->len; i++) {
		const struct eyas_load_issue *is = &res->issues[i];

		if (!strcmp(is->file, name))
			ok &= !json_array_append_new(is->warning ? warnings : errors, issue(is));
	}
	ok &= put(o, "name", text(name));
	ok &= put(o, "successful", json_boolean(!json_array_size(errors)));
	ok &= put(o, "errors", errors);
	ok &= put(o, "warnings", warnings);
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}

json_t *eyas_load_result_json(const struct eyas_load_result *res,
			      const struct eyas_rules_text *texts, size_t n)
{
	json_t *o = json_object(), *files = json_array();
	bool ok = true;

	for (size_t i = 0; i < n; i++)
		ok &= !json_array_append_new(files, file_result(res, texts[i].name));
	ok &= put(o, "falco_load_results", files);
	if (ok)
		return o;
	json_decref(o);
	return NULL;
}
