// SPDX-License-Identifier: Apache-2.0
/* Reading what others wrote: every text copied, every number of things bounded. */
#include "enrich/reading.h"

#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include "base/strbuf.h"
#include "base/util.h"

#define TEXT_MAX	4096	/* bytes of a name, a path */
#define LABEL_MAX	100	/* bytes of a label's value, as Falco has it */

json_t *eyas_reading_file(const struct eyas_reading *r, size_t max, const char *fmt, ...)
{
	_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT, text = EYAS_STRBUF_INIT;
	struct stat st;
	va_list ap;

	eyas_strbuf_adds(&path, r->root);
	va_start(ap, fmt);
	eyas_strbuf_vaddf(&path, fmt, ap);
	va_end(ap);
	/* A pipe would wait for somebody to write. */
	if (!eyas_strbuf_ok(&path) || stat(path.buf, &st) < 0 || !S_ISREG(st.st_mode))
		return NULL;
	if (eyas_read_file(path.buf, max, &text) < 0 || !text.len)
		return NULL;
	return json_loadb(text.buf, text.len, 0, NULL);
}

json_t *eyas_reading_nested(const char *text)
{
	return text ? json_loads(text, 0, NULL) : NULL;
}

const char *eyas_reading_text(const json_t *obj, const char *key)
{
	const char *s = json_string_value(json_object_get(obj, key));

	return s && *s ? s : NULL;
}

const char *eyas_reading_keep(const struct eyas_reading *r, const char *text)
{
	size_t len = text ? strlen(text) : 0;

	return text && len <= TEXT_MAX ? eyas_arena_strndup(r->arena, text, len) : NULL;
}

/* ---- labels, mounts ---- */

static void add_label(const struct eyas_reading *r, struct eyas_label *to, size_t *n,
		      const char *key, const char *value)
{
	struct eyas_label l;

	if (!value || strlen(value) > LABEL_MAX || *n >= EYAS_READ_LABELS_MAX)
		return;
	l.key = eyas_reading_keep(r, key);
	l.value = eyas_reading_keep(r, value);
	if (l.key && l.value)
		to[(*n)++] = l;
}

void eyas_reading_label(const struct eyas_reading *r, const char *key, const char *value)
{
	add_label(r, r->labels, &r->c->nlabels, key, value);
}

void eyas_reading_labels(const struct eyas_reading *r, const json_t *map, bool pod)
{
	const char *key;
	json_t *val;

	struct eyas_label *to = pod ? r->pod_labels : r->labels;
	size_t *n = pod ? &r->c->npod_labels : &r->c->nlabels;

	json_object_foreach((json_t *)map, key, val)
		add_label(r, to, n, key, json_string_value(val));
}

void eyas_reading_mount(const struct eyas_reading *r, const struct eyas_mount *m)
{
	struct eyas_mount own = {
		.source = eyas_reading_keep(r, m->source ? m->source : ""),
		.dest = eyas_reading_keep(r, m->dest ? m->dest : ""),
		.mode = eyas_reading_keep(r, m->mode ? m->mode : ""),
		.propagation = eyas_reading_keep(r, m->propagation ? m->propagation : ""),
		.rdwr = m->rdwr,
	};

	if (own.source && own.dest && own.mode && own.propagation &&
	    r->c->nmounts < EYAS_READ_MOUNTS_MAX)
		r->mounts[r->c->nmounts++] = own;
}

/* ---- images ---- */

static void set(const struct eyas_reading *r, const char **to, const char *p, size_t len)
{
	if (!*to && len && len <= TEXT_MAX)
		*to = eyas_arena_strndup(r->arena, p, len);
}

void eyas_reading_image(const struct eyas_reading *r, const char *name)
{
	const char *at, *slash, *colon;
	size_t len;

	if (!name || !*name)
		return;
	set(r, &r->c->image, name, strlen(name));
	/* Started by its id: it has no name. */
	if (eyas_startswith(name, "sha256:"))
		return;
	at = strchr(name, '@');
	if (at)
		set(r, &r->c->image_digest, at + 1, strlen(at + 1));
	len = at ? (size_t)(at - name) : strlen(name);
	slash = memrchr(name, '/', len);
	/* In front of a slash a colon is that of a port. */
	colon = memrchr(name, ':', len);
	if (colon && slash && colon < slash)
		colon = NULL;
	if (colon)
		set(r, &r->c->image_tag, colon + 1, len - (size_t)(colon + 1 - name));
	set(r, &r->c->image_repository, name, colon ? (size_t)(colon - name) : len);
}

void eyas_reading_image_id(const struct eyas_reading *r, const char *id)
{
	static const char algorithm[] = "sha256:";

	if (!id)
		return;
	if (eyas_startswith(id, algorithm))
		id += sizeof(algorithm) - 1;
	set(r, &r->c->image_id, id, strlen(id));
}

/* ---- OCI bundles ---- */

static bool has_text(const json_t *list, const char *text)
{
	size_t i;
	json_t *val;

	json_array_foreach(list, i, val)
		if (json_is_string(val) && eyas_streq(json_string_value(val), text))
			return true;
	return false;
}

static const char *propagation(const json_t *options)
{
	static const char *const words[] = {
		"private", "rprivate", "shared", "rshared", "slave", "rslave",
	};

	for (size_t i = 0; i < EYAS_ARRAY_LEN(words); i++)
		if (has_text(options, words[i]))
			return words[i];
	return NULL;
}

static void take_mounts(const struct eyas_reading *r, const json_t *mounts)
{
	size_t i;
	json_t *m;

	json_array_foreach(mounts, i, m) {
		const json_t *options = json_object_get(m, "options");
		const char *type = eyas_reading_text(m, "type");
		struct eyas_mount mount = { 0 };

		/* What is not of the host is made by every runtime: proc, sysfs, ... */
		if (!has_text(options, "bind") && !has_text(options, "rbind") &&
		    (!type || !eyas_streq(type, "bind")))
			continue;
		mount.source = eyas_reading_text(m, "source");
		mount.dest = eyas_reading_text(m, "destination");
		mount.propagation = propagation(options);
		mount.rdwr = !has_text(options, "ro");
		eyas_reading_mount(r, &mount);
	}
}

/* It shares the host's if it has none of its own; one that it joins can be any. */
static enum eyas_told shares(const json_t *linux_, const char *type)
{
	const json_t *list = json_object_get(linux_, "namespaces");
	size_t i;
	json_t *ns;

	if (!json_is_array(list))
		return EYAS_NOT_TOLD;
	json_array_foreach(list, i, ns) {
		const char *t = eyas_reading_text(ns, "type");

		if (t && eyas_streq(t, type))
			return eyas_reading_text(ns, "path") ? EYAS_NOT_TOLD : EYAS_TOLD_NO;
	}
	return EYAS_TOLD_YES;
}

/*
 * Nobody writes "privileged" into a bundle, but runtimes hide parts of /proc
 * from all others. That nothing is hidden proves nothing.
 */
static enum eyas_told privileged(const json_t *linux_)
{
	size_t hidden = json_array_size(json_object_get(linux_, "maskedPaths"));

	return hidden ? EYAS_TOLD_NO : EYAS_NOT_TOLD;
}

static void told(enum eyas_told *to, enum eyas_told what)
{
	if (*to == EYAS_NOT_TOLD)
		*to = what;
}

void eyas_reading_oci(const struct eyas_reading *r, const json_t *spec)
{
	const json_t *l = json_object_get(spec, "linux");

	if (!r->c->nmounts)
		take_mounts(r, json_object_get(spec, "mounts"));
	if (!json_is_object(l))
		return;
	told(&r->c->host_pid, shares(l, "pid"));
	told(&r->c->host_network, shares(l, "network"));
	told(&r->c->host_ipc, shares(l, "ipc"));
	told(&r->c->privileged, privileged(l));
}
