// SPDX-License-Identifier: Apache-2.0
/* Falco's configuration: a table of keys, and how they are found in a file or an option. */
#include "pipeline/config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "base/util.h"
#include "base/json.h"
#include "pipeline/config_read.h"
#include "rule/near.h"

#define DEPTH_MAX 16 /* parts of a key */

/* ---- messages ---- */

static const char *place(const struct eyas_config_in *in, const struct eyas_yaml *at, char *buf,
			 size_t size)
{
	if (in->by_option || !at)
		snprintf(buf, size, "%.200s", in->name);
	else
		snprintf(buf, size, "%.200s:%u:%u", in->name, at->at.line, at->at.col);
	return buf;
}

int eyas_config_fail(struct eyas_config_in *in, const struct eyas_yaml *at, const char *key,
		     const char *fmt, ...)
{
	char where[256], what[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return eyas_err_set(in->err, -EINVAL, "%s: %s: %s", place(in, at, where, sizeof(where)),
			    key, what);
}

int eyas_config_warn(struct eyas_config_in *in, const struct eyas_yaml *at, const char *fmt, ...)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	char where[256];
	const char *line;
	va_list ap;

	va_start(ap, fmt);
	eyas_strbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	line = eyas_arena_printf(&in->c->arena, "%s: %s", place(in, at, where, sizeof(where)),
				 text.buf);
	if (!eyas_strbuf_ok(&text) || !line)
		return -ENOMEM;
	return eyas_vec_push(&in->c->warnings, line);
}

/* ---- single values ---- */

/* ${NAME} as the environment has it, or nothing; $${NAME} stays, less the first $. */
static const char *expand(struct eyas_config_in *in, const char *s)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	const char *p, *end, *name, *value;

	while ((p = strstr(s, "${")) && (end = strchr(p, '}'))) {
		bool escaped = p > s && p[-1] == '$';

		eyas_strbuf_add(&sb, s, (size_t)(p - s) - escaped);
		if (escaped) {
			eyas_strbuf_add(&sb, p, (size_t)(end + 1 - p));
		} else {
			name = eyas_arena_strndup(&in->c->arena, p + 2, (size_t)(end - p - 2));
			value = name ? getenv(name) : NULL;
			eyas_strbuf_adds(&sb, value ? value : "");
		}
		s = end + 1;
	}
	eyas_strbuf_adds(&sb, s);
	return eyas_strbuf_ok(&sb) ? eyas_arena_strndup(&in->c->arena, sb.buf, sb.len) : NULL;
}

int eyas_config_text(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		     const char **ret)
{
	if (eyas_yaml_is_null(val)) {
		*ret = "";
		return 0;
	}
	if (val->kind != EYAS_YAML_SCALAR)
		return eyas_config_fail(in, val, key, "it must be one text");
	if (strlen(val->scalar.s) != val->scalar.len)
		return eyas_config_fail(in, val, key, "it holds a NUL byte");
	*ret = val->scalar.s;
	/* A shell has seen to that of an option. */
	if (!in->by_option && strstr(*ret, "${"))
		*ret = expand(in, *ret);
	return *ret ? 0 : -ENOMEM;
}

int eyas_config_bool(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val,
		     bool *ret)
{
	static const char *const words[] = { "false", "true", "no", "yes", "off", "on" };
	const char *s = "";
	int r = eyas_config_text(in, key, val, &s);

	for (size_t i = 0; !r && i < EYAS_ARRAY_LEN(words); i++) {
		if (strcasecmp(s, words[i]) != 0)
			continue;
		*ret = i & 1;
		return 0;
	}
	return r ? r : eyas_config_fail(in, val, key, "'%.40s' is neither true nor false", s);
}

static int set_priority(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val)
{
	enum eyas_priority prio;
	const char *s = "";
	int r = eyas_config_text(in, key, val, &s);

	if (!r && eyas_priority_parse(s, &prio))
		r = eyas_config_fail(in, val, key, "'%.40s' is not a priority, as 'warning' is", s);
	if (!r)
		in->c->priority = s;
	return r;
}

static int set_matching(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val)
{
	const char *s = "";
	int r = eyas_config_text(in, key, val, &s);

	if (!r && strcmp(s, "first") != 0 && strcmp(s, "all") != 0)
		r = eyas_config_fail(in, val, key, "'%.40s' is neither 'first' nor 'all'", s);
	if (!r)
		in->c->rule_matching = s;
	return r;
}

static int set_threshold(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val)
{
	const char *s = "";
	char *end;
	double d;
	int r = eyas_config_text(in, key, val, &s);

	if (r)
		return r;
	d = strtod(s, &end);
	if (!*s || *end || !(d >= 0 && d <= 1))
		return eyas_config_fail(in, val, key, "'%.40s' is not a number from 0 to 1", s);
	in->c->drops_threshold = d;
	return 0;
}

/* ---- the table ---- */

typedef int set_fn(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val);

#define AT(member) offsetof(struct eyas_config, member)
/* clang-format off */
static const struct row {
	const char *key;
	enum { BOOL, TEXT, OTHER } kind;
	size_t at;
	set_fn *set;
} rows[] = {
	{ "rules_files",			OTHER, 0, eyas_config_rules_files },
	{ "rules_file",				OTHER, 0, eyas_config_rules_files },
	{ "rules",				OTHER, 0, eyas_config_rules },
	{ "append_output",			OTHER, 0, eyas_config_append_output },
	{ "static_fields",			OTHER, 0, eyas_config_static_fields },
	{ "priority",				OTHER, 0, set_priority },
	{ "rule_matching",			OTHER, 0, set_matching },
	{ "watch_config_files",			BOOL, AT(watch_files), NULL },
	{ "json_output",			BOOL, AT(json), NULL },
	{ "json_include_output_property",	BOOL, AT(json_output), NULL },
	{ "json_include_message_property",	BOOL, AT(json_message), NULL },
	{ "json_include_output_fields_property", BOOL, AT(json_fields), NULL },
	{ "json_include_tags_property",		BOOL, AT(json_tags), NULL },
	{ "time_format_iso_8601",		BOOL, AT(iso_time), NULL },
	{ "stdout_output.enabled",		BOOL, AT(stdout_on), NULL },
	{ "file_output.enabled",		BOOL, AT(file_on), NULL },
	{ "file_output.filename",		TEXT, AT(file), NULL },
	{ "file_output.keep_alive",		BOOL, AT(file_keep), NULL },
	{ "syscall_event_drops.actions",	OTHER, 0, eyas_config_drop_actions },
	{ "syscall_event_drops.threshold",	OTHER, 0, set_threshold },
};

/* What Falco has and what means nothing here; with "enabled: false" nobody asks for it. */
static const char *const idle[] = {
	"base_syscalls", "buffer_format_base64", "buffered_outputs", "capture", "config_files",
	"engine", "falco_libs", "grpc", "grpc_output", "http_output",
	"libs_logger", "load_plugins", "log_level", "log_stderr", "log_syslog", "metrics",
	"output_timeout", "outputs", "outputs_queue", "plugins", "plugins_hostinfo",
	"program_output", "syscall_buf_size_preset", "syscall_drop_failed_exit",
	"syscall_event_drops.max_burst", "syscall_event_drops.rate",
	"syscall_event_drops.simulate_drops", "syscall_event_timeouts", "syslog_output",
	"threadiness", "webserver",
};
/* clang-format on */

static const struct row *find(const char *key)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(rows); i++)
		if (!strcmp(rows[i].key, key))
			return &rows[i];
	return NULL;
}

static bool is_idle(const char *key)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(idle); i++)
		if (!strcmp(idle[i], key))
			return true;
	return false;
}

/* Is it the first part of a key that has several? */
static bool is_folder(const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i < EYAS_ARRAY_LEN(rows); i++)
		if (!strncmp(rows[i].key, key, n) && rows[i].key[n] == '.')
			return true;
	return false;
}

/* ---- finding keys ---- */

static int unknown(struct eyas_config_in *in, const char *key, const struct eyas_yaml *at)
{
	struct eyas_near near;
	const char *hint;

	eyas_near_init(&near, key);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(rows); i++)
		eyas_near_offer(&near, rows[i].key);
	hint = eyas_near_hint(&near, NULL);
	return eyas_config_warn(in, at, "unknown key '%.100s'%s%s", key, hint ? "; " : "",
				hint ? hint : "");
}

static int note_idle(struct eyas_config_in *in, const char *key, const struct eyas_yaml *val)
{
	const struct eyas_yaml *on = val->kind == EYAS_YAML_MAP ? eyas_yaml_get(val, "enabled") :
								  NULL;

	if (on && on->kind == EYAS_YAML_SCALAR && !strcmp(on->scalar.s, "false"))
		return 0;
	eyas_strbuf_addf(&in->idle, "%s%s", in->idle.len ? ", " : "", key);
	return 0;
}

static int take_map(struct eyas_config_in *in, const char *folder, const struct eyas_yaml *map);

static int take(struct eyas_config_in *in, const char *key, const struct eyas_yaml *at,
		const struct eyas_yaml *val)
{
	const struct row *row = find(key);
	char *member = (char *)in->c;

	if (row && row->kind == BOOL)
		return eyas_config_bool(in, key, val, (bool *)(void *)(member + row->at));
	if (row && row->kind == TEXT)
		return eyas_config_text(in, key, val, (const char **)(void *)(member + row->at));
	if (row)
		return row->set(in, key, val);
	if (is_idle(key))
		return note_idle(in, key, val);
	if (is_folder(key) && val->kind == EYAS_YAML_MAP)
		return take_map(in, key, val);
	if (is_folder(key) && eyas_yaml_is_null(val))
		return 0;
	return unknown(in, key, at);
}

static int take_map(struct eyas_config_in *in, const char *folder, const struct eyas_yaml *map)
{
	int r = 0;

	for (size_t i = 0; i < map->map.len && !r; i++) {
		const struct eyas_yaml_pair *p = &map->map.v[i];
		const char *name = p->key->kind == EYAS_YAML_SCALAR ? p->key->scalar.s : "?";
		const char *key = eyas_arena_printf(&in->c->arena, "%s%s%s", folder,
						    *folder ? "." : "", name);

		r = key ? take(in, key, p->key, p->val) : -ENOMEM;
	}
	return r;
}

static int take_text(struct eyas_config_in *in, const char *text, size_t len)
{
	struct eyas_yaml_docs docs = { 0 };
	struct eyas_yaml_err yerr;
	struct eyas_yaml at = { 0 };
	int r = eyas_yaml_parse(text, len, 0, &in->c->arena, &docs, &yerr);

	if (r == -EINVAL) {
		at.at = yerr.at;
		eyas_config_fail(in, &at, "this is no YAML", "%s", yerr.msg);
	}
	for (size_t i = 0; i < docs.v.len && !r; i++) {
		const struct eyas_yaml *root = docs.v.data[i];

		if (!root || eyas_yaml_is_null(root))
			continue;
		if (root->kind != EYAS_YAML_MAP)
			r = eyas_config_fail(in, root, "this is no configuration",
					     "write KEY: VALUE");
		else
			r = take_map(in, "", root);
	}
	eyas_vec_release(&docs.v);
	if (!r && in->idle.len)
		r = eyas_config_warn(in, NULL, "no effect here: %s", in->idle.buf);
	if (!r && !eyas_strbuf_ok(&in->idle))
		r = -ENOMEM;
	eyas_strbuf_release(&in->idle);
	return r == -ENOMEM ? eyas_err_set(in->err, r, "out of memory") : r;
}

int eyas_config_read(struct eyas_config *c, const char *name, const char *text, size_t len,
		     struct eyas_err *err)
{
	struct eyas_config_in in = { .c = c, .name = name, .idle = EYAS_STRBUF_INIT, .err = err };

	return take_text(&in, text, len);
}

/* ---- options ---- */

bool eyas_config_is_set(const char *arg)
{
	size_t n = strcspn(arg, "=.[");
	char key[64];

	if (!strchr(arg, '=') || !arg[n] || n >= sizeof(key))
		return false;
	memcpy(key, arg, n);
	key[n] = '\0';
	return find(key) || is_idle(key) || is_folder(key);
}

/* "[]" or "[2]" at @arg: its length, 0: neither. */
static size_t take_index(struct eyas_config_in *in, const char *arg)
{
	size_t digits = *arg == '[' ? strspn(arg + 1, "0123456789") : 0;

	if (*arg != '[' || digits > 6 || arg[digits + 1] != ']')
		return 0;
	in->append = !digits;
	in->one = digits;
	in->index = strtoul(arg + 1, NULL, 10);
	return digits + 2;
}

/* a.b[].c=x becomes {"a": {"b": [{"c": "x"}]}}. */
static int write_out(struct eyas_config_in *in, const char *arg, struct eyas_strbuf *out)
{
	char ends[DEPTH_MAX * 2 + 1];
	size_t n = 0;

	while (*arg != '=') {
		size_t len = strcspn(arg, "=.["), index = take_index(in, arg);

		if (n + 2 > DEPTH_MAX)
			return eyas_config_fail(in, NULL, "this key", "it has too many parts");
		if (index) {
			eyas_strbuf_addc(out, '[');
			ends[n++] = ']';
			arg += index;
			if (in->one && *arg != '=')
				return eyas_config_fail(in, NULL, "this key",
							"an item is set whole: a[0]={...}");
		} else if (len) {
			eyas_strbuf_addc(out, '{');
			eyas_json_string(out, arg, len);
			eyas_strbuf_adds(out, ": ");
			ends[n++] = '}';
			arg += len;
		} else {
			return eyas_config_fail(in, NULL, "this key",
						"write a.b=VALUE, a[]=VALUE to add to a list, "
						"or a[0]=VALUE");
		}
		if (*arg == '.')
			arg++;
	}
	arg++;
	if (*arg == '{' || *arg == '[')
		eyas_strbuf_adds(out, arg);
	else
		eyas_json_string(out, arg, strlen(arg));
	while (n)
		eyas_strbuf_addc(out, ends[--n]);
	return eyas_strbuf_ok(out) ? 0 : eyas_err_set(in->err, -ENOMEM, "out of memory");
}

int eyas_config_set(struct eyas_config *c, const char *arg, struct eyas_err *err)
{
	struct eyas_config_in in = {
		.c = c, .name = arg, .by_option = true, .idle = EYAS_STRBUF_INIT, .err = err
	};
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	int r;

	if (!strchr(arg, '='))
		return eyas_config_fail(&in, NULL, "this key", "write KEY=VALUE");
	r = write_out(&in, arg, &text);
	return r ? r : take_text(&in, text.buf, text.len);
}

/* ---- the whole ---- */

void eyas_config_init(struct eyas_config *c)
{
	*c = (struct eyas_config){
		.watch_files = true,
		.json_output = true,
		.json_fields = true,
		.json_tags = true,
		.stdout_on = true,
	};
}

unsigned int eyas_config_drops(const struct eyas_config *c)
{
	unsigned int drops = 0;

	if (!c->drops_given)
		return EYAS_DROPS_ALERT;
	eyas_vec_for_each(&c->drop_actions, it)
		drops |= *it;
	return drops;
}

void eyas_config_release(struct eyas_config *c)
{
	eyas_vec_release(&c->rules_files);
	eyas_vec_release(&c->rules);
	eyas_vec_release(&c->appends);
	eyas_vec_release(&c->statics);
	eyas_vec_release(&c->drop_actions);
	eyas_vec_release(&c->warnings);
	eyas_arena_release(&c->arena);
}
