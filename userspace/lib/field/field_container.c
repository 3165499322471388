// SPDX-License-Identifier: Apache-2.0
/* container.*: the id is in the cgroup, the rest is what its runtime told. */
#include <errno.h>
#include <fnmatch.h>
#include <linux/capability.h>
#include "base/strbuf.h"
#include "field/facts.h"

#define HOST	"host"

/* ---- labels ---- */

int eyas_facts_label(const struct eyas_label *labels, size_t n, const char *key, size_t len,
		     struct eyas_value *ret)
{
	for (size_t i = 0; i < n; i++)
		if (!strncmp(labels[i].key, key, len) && !labels[i].key[len])
			return give_str(ret, labels[i].value);
	return -ENOENT;
}

static int keep(const struct eyas_field_ctx *ctx, const struct eyas_strbuf *text,
		struct eyas_value *ret)
{
	char *out = eyas_strbuf_ok(text) ? eyas_arena_strndup(ctx->arena, text->buf, text->len) :
					   NULL;

	return out ? give_text(ret, (struct eyas_text){ out, text->len }) : -ENOMEM;
}

/* Labels by which Kubernetes and runtimes talk to themselves. */
static bool is_internal(const char *key)
{
	return !strncmp(key, "io.kubernetes.", 14) || !strncmp(key, "annotation.", 11);
}

int eyas_facts_labels(const struct eyas_field_ctx *ctx, const struct eyas_label *labels, size_t n,
		      struct eyas_value *ret)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	for (size_t i = 0; i < n; i++) {
		if (is_internal(labels[i].key))
			continue;
		if (text.len)
			eyas_strbuf_adds(&text, ", ");
		eyas_strbuf_adds(&text, labels[i].key);
		if (*labels[i].value)
			eyas_strbuf_addf(&text, ":%s", labels[i].value);
	}
	return keep(ctx, &text, ret);
}

GETTER(get_label)
{
	const struct eyas_container *c = facts(ctx);

	return c ? eyas_facts_label(c->labels, c->nlabels, arg->key, key_len(arg), ret) : -ENOENT;
}

GETTER(get_labels)
{
	const struct eyas_container *c = facts(ctx);

	return c && c->nlabels ? eyas_facts_labels(ctx, c->labels, c->nlabels, ret) : -ENOENT;
}

/* ---- who it is ---- */

GETTER(get_id)
{
	const char *id = facts_id(ctx);

	return id && !*id ? give_str(ret, HOST) : give_short(ret, id);
}

GETTER(get_full_id)
{
	const char *id = facts_id(ctx);

	return id && *id ? give_str(ret, id) : -ENOENT;
}

static bool is_host(const struct eyas_field_ctx *ctx)
{
	const char *id = facts_id(ctx);

	return id && !*id;
}

GETTER(get_name)
{
	const struct eyas_container *c = facts(ctx);

	return is_host(ctx) ? give_str(ret, HOST) : give_str(ret, c ? c->name : NULL);
}

GETTER(get_type)
{
	const struct eyas_container *c = facts(ctx);

	return is_host(ctx) ? give_str(ret, HOST) : give_str(ret, c ? c->type : NULL);
}

#define TOLD(fn, member)							\
	GETTER(fn)								\
	{									\
		const struct eyas_container *c = facts(ctx);			\
										\
		return give_str(ret, c ? c->member : NULL);			\
	}

TOLD(get_image, image)
TOLD(get_image_id, image_id)
TOLD(get_image_repository, image_repository)
TOLD(get_image_tag, image_tag)
TOLD(get_image_digest, image_digest)
TOLD(get_ip, ip)
TOLD(get_cni_json, cni_json)

/* ---- its rights ---- */

static int give_told(struct eyas_value *ret, enum eyas_told told)
{
	return told == EYAS_NOT_TOLD ? -ENOENT : give_bool(ret, told == EYAS_TOLD_YES);
}

/* All capabilities that there are since 5.9. */
#define CAPS_ALL	((1ULL << (CAP_CHECKPOINT_RESTORE + 1)) - 1)

/*
 * Where no runtime tells: a container whose first process holds every
 * capability of the host has nothing left to be granted. That it holds fewer
 * proves nothing, it may have dropped some.
 */
static bool has_all_rights(const struct eyas_field_ctx *ctx)
{
	const struct eyas_proc *first = eyas_enrich_ns_init(ctx->en, ctx->proc->ns_pid);
	const struct eyas_proc *host = eyas_enrich_proc(ctx->en, 1);

	if (!first || first->pid == 1)
		first = ctx->proc;
	return (first->cap_permitted & CAPS_ALL) == CAPS_ALL && host &&
	       first->ns_user == host->ns_user;
}

GETTER(get_privileged)
{
	const struct eyas_container *c = facts(ctx);

	if (c && c->privileged != EYAS_NOT_TOLD)
		return give_told(ret, c->privileged);
	if (!facts_id(ctx) || is_host(ctx) || !ctx->proc || !has_all_rights(ctx))
		return -ENOENT;
	return give_bool(ret, true);
}

/* The kernel knows namespaces better than any runtime. */
static int shares(const struct eyas_field_ctx *ctx, uint32_t own, uint32_t host,
		  enum eyas_told told, struct eyas_value *ret)
{
	if (!facts_id(ctx) || is_host(ctx))
		return -ENOENT;
	return own && host ? give_bool(ret, own == host) : give_told(ret, told);
}

static const struct eyas_proc *first_process(const struct eyas_field_ctx *ctx)
{
	static const struct eyas_proc unknown;
	const struct eyas_proc *p = eyas_enrich_proc(ctx->en, 1);

	return p ? p : &unknown;
}

#define SHARES(fn, ns, member)							\
	GETTER(fn)								\
	{									\
		const struct eyas_container *c = facts(ctx);			\
										\
		return shares(ctx, ctx->proc ? ctx->proc->ns : 0,		\
			      first_process(ctx)->ns, c ? c->member : EYAS_NOT_TOLD, ret); \
	}

SHARES(get_host_pid, ns_pid, host_pid)
SHARES(get_host_network, ns_net, host_network)

GETTER(get_host_ipc)
{
	const struct eyas_container *c = facts(ctx);

	return c ? give_told(ret, c->host_ipc) : -ENOENT;
}

/* ---- when it began ---- */

/* As its pid namespace did, if it has one of its own. 0: unknown. */
static uint64_t start_of(const struct eyas_field_ctx *ctx)
{
	const struct eyas_proc *init;

	if (!ctx->proc || is_host(ctx) || !facts_id(ctx))
		return 0;
	init = eyas_enrich_ns_init(ctx->en, ctx->proc->ns_pid);
	return init && init->pid != 1 ? init->start_real : 0;
}

GETTER(get_start_ts)
{
	uint64_t start = start_of(ctx);

	return start ? give_uint(ret, EYAS_T_ABSTIME, start) : -ENOENT;
}

GETTER(get_duration)
{
	uint64_t start = start_of(ctx), now = ctx->ev->time;

	if (!start)
		return -ENOENT;
	return give_uint(ret, EYAS_T_RELTIME, now > start ? now - start : 0);
}

/* ---- what is mounted in it ---- */

static int add_mount(const struct eyas_mount *m, struct eyas_strbuf *out)
{
	eyas_strbuf_addf(out, "%s:%s:%s:%s:%s", m->source, m->dest, m->mode,
			 m->rdwr ? "true" : "false", m->propagation);
	return 0;
}

GETTER(get_mounts)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	const struct eyas_container *c = facts(ctx);

	if (!c)
		return -ENOENT;
	for (size_t i = 0; i < c->nmounts; i++) {
		if (i)
			eyas_strbuf_addc(&text, ',');
		add_mount(&c->mounts[i], &text);
	}
	return keep(ctx, &text, ret);
}

/* A number counts from 0, anything else is a pattern. */
static int bind_mount(struct eyas_field_arg *arg, struct eyas_err *err)
{
	size_t n = strspn(arg->key, "0123456789");

	if (!n || arg->key[n])
		return 0;
	if (n > 9)
		return eyas_err_set(err, -EINVAL, "number of a mount is too large: %.32s",
				    arg->key);
	arg->index = strtoull(arg->key, NULL, 10);
	arg->bound = true;
	return 0;
}

static const struct eyas_mount *find_mount(const struct eyas_field_ctx *ctx,
					   const struct eyas_field_arg *arg, bool by_dest)
{
	const struct eyas_container *c = facts(ctx);

	if (!c)
		return NULL;
	if (arg->bound)
		return arg->index < c->nmounts ? &c->mounts[arg->index] : NULL;
	for (size_t i = 0; i < c->nmounts; i++) {
		const struct eyas_mount *m = &c->mounts[i];

		if (!fnmatch(arg->key, by_dest ? m->dest : m->source, 0))
			return m;
	}
	return NULL;
}

GETTER(get_mount)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	const struct eyas_mount *m = find_mount(ctx, arg, false);

	if (!m)
		return -ENOENT;
	add_mount(m, &text);
	return keep(ctx, &text, ret);
}

#define MOUNT(fn, by_dest, expr)						\
	GETTER(fn)								\
	{									\
		const struct eyas_mount *m = find_mount(ctx, arg, by_dest);	\
										\
		return m ? give_str(ret, expr) : -ENOENT;			\
	}

MOUNT(get_mount_source, true, m->source)
MOUNT(get_mount_dest, false, m->dest)
MOUNT(get_mount_mode, false, m->mode)
MOUNT(get_mount_rdwr, false, m->rdwr ? "true" : "false")
MOUNT(get_mount_propagation, false, m->propagation)

#define KEY	(EYAS_FIELD_ARG_REQ | EYAS_FIELD_ARG_KEY)

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "container.id", EYAS_T_STRING, EYAS_FIELD_OF_PROC, get_id, NULL, NULL,
	  "first 12 characters of its id, host outside of containers" },
	{ "container.full_id", EYAS_T_STRING, 0, get_full_id, NULL, NULL, "the whole id" },
	{ "container.name", EYAS_T_STRING, 0, get_name, NULL, NULL,
	  "its name, host outside of containers" },
	{ "container.image", EYAS_T_STRING, 0, get_image, NULL, NULL, "name of its image" },
	{ "container.image.id", EYAS_T_STRING, 0, get_image_id, NULL, NULL, "id of its image" },
	{ "container.type", EYAS_T_STRING, 0, get_type, NULL, NULL,
	  "its runtime, host outside of containers" },
	{ "container.privileged", EYAS_T_BOOL, 0, get_privileged, NULL, NULL,
	  "it was started as privileged" },
	{ "container.mounts", EYAS_T_STRING, 0, get_mounts, NULL, NULL,
	  "all that is mounted in it: source:dest:mode:rdwr:propagation" },
	{ "container.mount", EYAS_T_STRING, KEY, get_mount, NULL, bind_mount,
	  "one mount, by number or pattern of its source" },
	{ "container.mount.source", EYAS_T_STRING, KEY, get_mount_source, NULL, bind_mount,
	  "source of a mount, by number or pattern of its destination" },
	{ "container.mount.dest", EYAS_T_STRING, KEY, get_mount_dest, NULL, bind_mount,
	  "destination of a mount, by number or pattern of its source" },
	{ "container.mount.mode", EYAS_T_STRING, KEY, get_mount_mode, NULL, bind_mount,
	  "mode of a mount, by number or pattern of its source" },
	{ "container.mount.rdwr", EYAS_T_STRING, KEY, get_mount_rdwr, NULL, bind_mount,
	  "true if a mount may be written, by number or pattern of its source" },
	{ "container.mount.propagation", EYAS_T_STRING, KEY, get_mount_propagation, NULL,
	  bind_mount, "propagation of a mount, by number or pattern of its source" },
	{ "container.image.repository", EYAS_T_STRING, 0, get_image_repository, NULL, NULL,
	  "repository of its image" },
	{ "container.image.tag", EYAS_T_STRING, 0, get_image_tag, NULL, NULL,
	  "tag of its image" },
	{ "container.image.digest", EYAS_T_STRING, 0, get_image_digest, NULL, NULL,
	  "digest of its image" },
	{ "container.start_ts", EYAS_T_ABSTIME, 0, get_start_ts, NULL, NULL,
	  "when it began, nanoseconds since the epoch" },
	{ "container.duration", EYAS_T_RELTIME, 0, get_duration, NULL, NULL,
	  "nanoseconds since it began" },
	{ "container.ip", EYAS_T_STRING, 0, get_ip, NULL, NULL, "its address" },
	{ "container.cni.json", EYAS_T_STRING, 0, get_cni_json, NULL, NULL,
	  "what its network plugin answered, as JSON" },
	{ "container.host_pid", EYAS_T_BOOL, 0, get_host_pid, NULL, NULL,
	  "it has the host's pid namespace" },
	{ "container.host_network", EYAS_T_BOOL, 0, get_host_network, NULL, NULL,
	  "it has the host's network namespace" },
	{ "container.host_ipc", EYAS_T_BOOL, 0, get_host_ipc, NULL, NULL,
	  "it has the host's IPC namespace" },
	{ "container.label", EYAS_T_STRING, KEY | EYAS_FIELD_ARG_DOT, get_label, NULL, NULL,
	  "one label: container.label[app]" },
	{ "container.labels", EYAS_T_STRING, 0, get_labels, NULL, NULL,
	  "all labels: key:value, key:value" },
};
/* clang-format on */

FAMILY(eyas_family_container, "container", "the container that the process is in", rows);
