// SPDX-License-Identifier: Apache-2.0
/* k8s.*: the pod of a container, from the labels that its runtime told. */
#include <errno.h>
#include "field/facts.h"

static int give_label(const struct eyas_field_ctx *ctx, const char *key, struct eyas_value *ret)
{
	const struct eyas_container *c = facts(ctx);

	if (!c)
		return -ENOENT;
	return eyas_facts_label(c->labels, c->nlabels, key, strlen(key), ret);
}

#define LABEL(fn, key)	GETTER(fn) { return give_label(ctx, key, ret); }
LABEL(get_ns_name, "io.kubernetes.pod.namespace")
LABEL(get_pod_name, "io.kubernetes.pod.name")
LABEL(get_pod_uid, "io.kubernetes.pod.uid")

/* What a container has, and a pod only if the container is in one. */
static const struct eyas_container *pod(const struct eyas_field_ctx *ctx)
{
	const struct eyas_container *c = facts(ctx);

	return c && c->pod_sandbox_id ? c : NULL;
}

GETTER(get_sandbox_id)
{
	const struct eyas_container *c = pod(ctx);

	return give_short(ret, c ? c->pod_sandbox_id : NULL);
}

GETTER(get_full_sandbox_id)
{
	const struct eyas_container *c = pod(ctx);

	return give_str(ret, c ? c->pod_sandbox_id : NULL);
}

GETTER(get_pod_label)
{
	const struct eyas_container *c = pod(ctx);

	if (!c)
		return -ENOENT;
	return eyas_facts_label(c->pod_labels, c->npod_labels, arg->key, key_len(arg), ret);
}

GETTER(get_pod_labels)
{
	const struct eyas_container *c = pod(ctx);

	if (!c || !c->npod_labels)
		return -ENOENT;
	return eyas_facts_labels(ctx, c->pod_labels, c->npod_labels, ret);
}

GETTER(get_pod_ip)
{
	const struct eyas_container *c = pod(ctx);

	return give_str(ret, c ? c->ip : NULL);
}

GETTER(get_pod_cni_json)
{
	const struct eyas_container *c = pod(ctx);

	return give_str(ret, c ? c->cni_json : NULL);
}

#define KEY		(EYAS_FIELD_ARG_REQ | EYAS_FIELD_ARG_KEY | EYAS_FIELD_ARG_DOT)
#define OLD		(EYAS_FIELD_DEPRECATED | EYAS_FIELD_NEVER)
#define OLD_ROW(name, flags, help) \
	{ name, EYAS_T_STRING, OLD | (flags), eyas_field_get_never, NULL, NULL, help }
/* What only the server of the cluster knows; it is not asked any more. */
#define OLD_ROWS(what, help) \
	OLD_ROW("k8s." what ".name", 0, "name of the " help), \
	OLD_ROW("k8s." what ".id", 0, "id of the " help), \
	OLD_ROW("k8s." what ".label", KEY, "one label of the " help), \
	OLD_ROW("k8s." what ".labels", 0, "labels of the " help)

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "k8s.ns.name", EYAS_T_STRING, 0, get_ns_name, NULL, NULL, "namespace of the pod" },
	{ "k8s.pod.name", EYAS_T_STRING, 0, get_pod_name, NULL, NULL, "name of the pod" },
	{ "k8s.pod.id", EYAS_T_STRING, 0, get_pod_uid, NULL, NULL, "the same as k8s.pod.uid" },
	{ "k8s.pod.uid", EYAS_T_STRING, 0, get_pod_uid, NULL, NULL, "unique id of the pod" },
	{ "k8s.pod.sandbox_id", EYAS_T_STRING, 0, get_sandbox_id, NULL, NULL,
	  "first 12 characters of the id of the pod's sandbox" },
	{ "k8s.pod.full_sandbox_id", EYAS_T_STRING, 0, get_full_sandbox_id, NULL, NULL,
	  "the whole id" },
	{ "k8s.pod.label", EYAS_T_STRING, KEY, get_pod_label, NULL, NULL,
	  "one label of the pod: k8s.pod.label[app]" },
	{ "k8s.pod.labels", EYAS_T_STRING, 0, get_pod_labels, NULL, NULL,
	  "all labels: key:value, key:value" },
	{ "k8s.pod.ip", EYAS_T_STRING, 0, get_pod_ip, NULL, NULL, "address of the pod" },
	{ "k8s.pod.cni.json", EYAS_T_STRING, 0, get_pod_cni_json, NULL, NULL,
	  "what the pod's network plugin answered, as JSON" },
	OLD_ROWS("rc", "replication controller"),
	OLD_ROWS("svc", "service"),
	OLD_ROW("k8s.ns.id", 0, "id of the namespace"),
	OLD_ROW("k8s.ns.label", KEY, "one label of the namespace"),
	OLD_ROW("k8s.ns.labels", 0, "labels of the namespace"),
	OLD_ROWS("rs", "replica set"),
	OLD_ROWS("deployment", "deployment"),
};
/* clang-format on */

FAMILY(eyas_family_k8s, "k8s", "the pod that the process is in", rows);
