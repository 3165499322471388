// SPDX-License-Identifier: Apache-2.0
/*
 * An alert as a line: Falco's text line or its JSON object, key by key in
 * alphabetical order, so that equal alerts are equal bytes.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/vec.h"
#include "base/json.h"
#include "output/output.h"

#define NSEC	1000000000ULL

/* One member of output_fields; its value is ready JSON. */
struct member {
	const char *key;
	char *json;
};

struct members {
	EYAS_VEC(struct member) v;
	const char *time_key;	/* always there, once, as a number */
};

static void add_local_time(struct eyas_strbuf *out, uint64_t ns)
{
	time_t sec = (time_t)(ns / NSEC);
	struct tm tm = { 0 };

	localtime_r(&sec, &tm);
	eyas_strbuf_addf(out, "%02d:%02d:%02d.%09u", tm.tm_hour, tm.tm_min, tm.tm_sec,
			 (unsigned int)(ns % NSEC));
}

static void add_utc_time(struct eyas_strbuf *out, uint64_t ns, const char *zone)
{
	time_t sec = (time_t)(ns / NSEC);
	struct tm tm = { 0 };

	gmtime_r(&sec, &tm);
	eyas_strbuf_addf(out, "%04d-%02d-%02dT%02d:%02d:%02d.%09u%s", tm.tm_year + 1900,
			 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
			 (unsigned int)(ns % NSEC), zone);
}

static void add_time(struct eyas_strbuf *out, uint64_t ns, const struct eyas_alert_options *opt)
{
	if (opt->time_iso_8601)
		add_utc_time(out, ns, "+0000");
	else
		add_local_time(out, ns);
}

static const char *color_of(enum eyas_priority prio)
{
	if (prio <= EYAS_PRIO_CRITICAL)
		return "\033[1;31m";
	if (prio == EYAS_PRIO_ERROR)
		return "\033[31m";
	if (prio == EYAS_PRIO_WARNING)
		return "\033[33m";
	return prio == EYAS_PRIO_NOTICE ? "\033[36m" : "\033[2m";
}

/* "<time>: <Priority> " */
static void add_prefix(struct eyas_strbuf *out, uint64_t time, enum eyas_priority prio,
		       const struct eyas_alert_options *opt)
{
	bool color = opt->color && opt->form == EYAS_ALERT_TEXT;

	add_time(out, time, opt);
	eyas_strbuf_adds(out, ": ");
	if (color)
		eyas_strbuf_adds(out, color_of(prio));
	eyas_strbuf_adds(out, eyas_priority_name(prio));
	if (color)
		eyas_strbuf_adds(out, "\033[0m");
	eyas_strbuf_addc(out, ' ');
}

static void add_string(struct eyas_strbuf *out, const char *s)
{
	eyas_json_string(out, s, strlen(s));
}

void eyas_alert_json_value(struct eyas_strbuf *out, const struct eyas_field *field,
			   const struct eyas_value *val)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	enum eyas_type type = val->list ? EYAS_T_NONE : val->type;

	if (field && field->flags & EYAS_FIELD_HEX)
		type = EYAS_T_NONE;
	switch (type) {
	case EYAS_T_INT:
		eyas_strbuf_addi(out, val->i);
		return;
	case EYAS_T_UINT:
	case EYAS_T_RELTIME:
	case EYAS_T_ABSTIME:
	case EYAS_T_PORT:
		eyas_strbuf_addu(out, val->u);
		return;
	case EYAS_T_BOOL:
		eyas_strbuf_adds(out, val->u ? "true" : "false");
		return;
	case EYAS_T_DOUBLE:
		eyas_json_double(out, val->d);
		return;
	case EYAS_T_NONE:
	case EYAS_T_STRING:
	case EYAS_T_BYTES:
	case EYAS_T_IP:
	case EYAS_T_NET:
		break;
	}
	eyas_value_format(field, val, &text);
	eyas_json_string(out, text.buf, text.len);
	if (!eyas_strbuf_ok(&text))
		out->oom = true;
}

/* A key is there once; what comes later is its value. */
static int add_member(struct members *m, const char *key, struct eyas_strbuf *json)
{
	struct member one = { .key = key, .json = eyas_strbuf_detach(json) };
	int r;

	if (!one.json)
		return -ENOMEM;
	eyas_vec_for_each(&m->v, it) {
		if (strcmp(it->key, key) != 0)
			continue;
		free(it->json);
		it->json = one.json;
		return 0;
	}
	r = eyas_vec_push(&m->v, one);
	if (r)
		free(one.json);
	return r;
}

static int collect(const char *key, const struct eyas_field *field, const struct eyas_value *val,
		   void *arg)
{
	_cleanup_strbuf_ struct eyas_strbuf json = EYAS_STRBUF_INIT;
	struct members *m = arg;

	if (!strcmp(key, m->time_key))
		return 0;
	if (val)
		eyas_alert_json_value(&json, field, val);
	else
		eyas_strbuf_adds(&json, "null");
	return add_member(m, key, &json);
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct member *)a)->key, ((const struct member *)b)->key);
}

static void add_members(struct eyas_strbuf *out, struct members *m)
{
	const char *sep = "";

	qsort(m->v.data, m->v.len, sizeof(*m->v.data), by_key);
	eyas_strbuf_addc(out, '{');
	eyas_vec_for_each(&m->v, it) {
		eyas_strbuf_adds(out, sep);
		add_string(out, it->key);
		eyas_strbuf_addc(out, ':');
		eyas_strbuf_adds(out, it->json);
		sep = ",";
	}
	eyas_strbuf_addc(out, '}');
}

static void members_release(struct members *m)
{
	eyas_vec_for_each(&m->v, it)
		free(it->json);
	eyas_vec_release(&m->v);
}

/* What a JSON line is made of beside its fields. */
struct head {
	const char *rule, *source;
	enum eyas_priority priority;
	uint64_t time;
	const char *text;	/* "output" */
	size_t text_len;
	size_t message;		/* where in it the "message" begins */
	const char *const *tags;
	size_t ntags;
};

static void add_tags(struct eyas_strbuf *out, const struct head *h)
{
	eyas_strbuf_addc(out, '[');
	for (size_t i = 0; i < h->ntags; i++) {
		if (i)
			eyas_strbuf_addc(out, ',');
		add_string(out, h->tags[i]);
	}
	eyas_strbuf_addc(out, ']');
}

static void add_object(struct eyas_strbuf *out, const struct head *h, struct members *m,
		       const struct eyas_alert_options *opt)
{
	eyas_strbuf_adds(out, "{\"hostname\":");
	add_string(out, opt->hostname ? opt->hostname : "");
	if (opt->message) {
		eyas_strbuf_adds(out, ",\"message\":");
		eyas_json_string(out, h->text + h->message, h->text_len - h->message);
	}
	if (!opt->no_output) {
		eyas_strbuf_adds(out, ",\"output\":");
		eyas_json_string(out, h->text, h->text_len);
	}
	if (!opt->no_output_fields) {
		eyas_strbuf_adds(out, ",\"output_fields\":");
		add_members(out, m);
	}
	eyas_strbuf_adds(out, ",\"priority\":");
	add_string(out, eyas_priority_name(h->priority));
	eyas_strbuf_adds(out, ",\"rule\":");
	add_string(out, h->rule);
	eyas_strbuf_adds(out, ",\"source\":");
	add_string(out, h->source);
	if (!opt->no_tags) {
		eyas_strbuf_adds(out, ",\"tags\":");
		add_tags(out, h);
	}
	eyas_strbuf_adds(out, ",\"time\":\"");
	add_utc_time(out, h->time, "Z");
	eyas_strbuf_adds(out, "\"}");
}

static int add_time_member(struct members *m, uint64_t time)
{
	_cleanup_strbuf_ struct eyas_strbuf json = EYAS_STRBUF_INIT;

	eyas_strbuf_addu(&json, time);
	return add_member(m, m->time_key, &json);
}

static const char *time_key(const struct eyas_alert_options *opt)
{
	return opt->time_iso_8601 ? "evt.time.iso8601" : "evt.time";
}

static int done(const struct eyas_strbuf *out)
{
	return eyas_strbuf_ok(out) ? 0 : -ENOMEM;
}

int eyas_alert_render(const struct eyas_rule *rule, struct eyas_field_ctx *ctx,
		      const struct eyas_alert_options *opt, struct eyas_strbuf *out)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	_cleanup_(members_release) struct members m = { .time_key = time_key(opt) };
	struct eyas_rule_info info;
	struct head h;
	size_t message;
	int r;

	eyas_rule_info(rule, &info);
	eyas_strbuf_reset(out);
	if (opt->form == EYAS_ALERT_TEXT) {
		add_prefix(out, ctx->ev->time, info.priority, opt);
		r = eyas_rule_format(rule, ctx, &text);
		if (r < 0)
			return r;
		eyas_json_escape(out, text.buf, text.len);
		return done(out);
	}
	add_prefix(&text, ctx->ev->time, info.priority, opt);
	message = text.len;
	r = eyas_rule_format(rule, ctx, &text);
	if (r < 0)
		return r;
	r = add_time_member(&m, ctx->ev->time);
	if (!r)
		r = eyas_rule_output_fields(rule, ctx, collect, &m);
	if (r < 0)
		return r;
	h = (struct head){ .rule = info.name,
			   .source = info.source,
			   .priority = info.priority,
			   .time = ctx->ev->time,
			   .text = text.buf,
			   .text_len = text.len,
			   .message = message,
			   .tags = info.tags,
			   .ntags = info.ntags };
	add_object(out, &h, &m, opt);
	return done(out);
}

/* "<time>: <Priority> <message> (k="v" k="v")" */
static void add_internal_text(struct eyas_strbuf *out, const char *msg, const char *const *fields)
{
	const char *sep = " (";

	eyas_json_escape(out, msg, strlen(msg));
	if (!fields || !fields[0])
		return;
	for (const char *const *f = fields; f[0]; f += 2) {
		eyas_strbuf_adds(out, sep);
		eyas_strbuf_addf(out, "%s=", f[0]);
		add_string(out, f[1]);
		sep = " ";
	}
	eyas_strbuf_addc(out, ')');
}

int eyas_alert_render_internal(const char *rule, enum eyas_priority prio, uint64_t time,
			       const char *msg, const char *const *fields,
			       const struct eyas_alert_options *opt, struct eyas_strbuf *out)
{
	_cleanup_(members_release) struct members m = { .time_key = time_key(opt) };
	struct head h = { .rule = rule,
			  .source = "internal",
			  .priority = prio,
			  .time = time,
			  .text = msg,
			  .text_len = strlen(msg) };
	int r = 0;

	eyas_strbuf_reset(out);
	if (opt->form == EYAS_ALERT_TEXT) {
		add_prefix(out, time, prio, opt);
		add_internal_text(out, msg, fields);
		return done(out);
	}
	for (const char *const *f = fields; f && f[0] && !r; f += 2) {
		_cleanup_strbuf_ struct eyas_strbuf json = EYAS_STRBUF_INIT;

		add_string(&json, f[1]);
		r = add_member(&m, f[0], &json);
	}
	/* Receivers refuse an alert without any field. */
	if (!r && !m.v.len)
		r = add_time_member(&m, time);
	if (r)
		return r;
	add_object(out, &h, &m, opt);
	return done(out);
}
