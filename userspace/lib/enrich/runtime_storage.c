// SPDX-License-Identifier: Apache-2.0
/*
 * Podman and CRI-O: both keep containers in containers/storage. Only that of
 * root: what is in the home of a user says what that user likes.
 */
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "enrich/reading.h"

#define LIB	"/var/lib/containers/storage/"
#define RUN	"/run/containers/storage/"
#define CRIO	"io.kubernetes.cri-o."
#define NAME	"io.kubernetes.container.name"

static const char *const drivers[] = { "overlay", "vfs", "btrfs", "zfs" };

/* Containers of a list; those that end with the host or with themselves are apart. */
static const char *const lists[] = {
	LIB "%s-containers/containers.json",
	LIB "%s-containers/volatile-containers.json",
	RUN "%s-containers/volatile-containers.json",
};

static const char *const bundles[] = {
	RUN "%s-containers/%s/userdata/config.json",
	LIB "%s-containers/%s/userdata/config.json",
};

/* The member of a list with this id. Borrowed. */
static const json_t *by_id(const json_t *list, const char *id)
{
	size_t i;
	json_t *it;

	json_array_foreach(list, i, it) {
		const char *own = eyas_reading_text(it, "id");

		if (own && eyas_streq(own, id))
			return it;
	}
	return NULL;
}

#pragma GCC diagnostic push
/* Formats of the tables above. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* The entry of a container, and its driver. The caller's to free. */
static json_t *find_entry(const struct eyas_reading *r, const char **driver)
{
	for (size_t d = 0; d < EYAS_ARRAY_LEN(drivers); d++) {
		for (size_t i = 0; i < EYAS_ARRAY_LEN(lists); i++) {
			_cleanup_json_ json_t *list =
				eyas_reading_file(r, EYAS_READ_LIST_MAX, lists[i], drivers[d]);
			const json_t *entry = by_id(list, r->id);

			if (!entry)
				continue;
			*driver = drivers[d];
			return json_incref((json_t *)entry);
		}
	}
	return NULL;
}

static json_t *find_bundle(const struct eyas_reading *r, const char *id)
{
	for (size_t d = 0; d < EYAS_ARRAY_LEN(drivers); d++) {
		for (size_t i = 0; i < EYAS_ARRAY_LEN(bundles); i++) {
			json_t *spec = eyas_reading_file(r, EYAS_READ_BUNDLE_MAX, bundles[i],
							 drivers[d], id);

			if (json_is_object(spec))
				return spec;
			json_decref(spec);
		}
	}
	return NULL;
}

#pragma GCC diagnostic pop

static void take_entry(const struct eyas_reading *r, const json_t *entry, const char *driver)
{
	_cleanup_json_ json_t *meta = eyas_reading_nested(eyas_reading_text(entry, "metadata"));
	_cleanup_json_ json_t *images =
		eyas_reading_file(r, EYAS_READ_LIST_MAX, LIB "%s-images/images.json", driver);
	const char *image = eyas_reading_text(entry, "image");
	const json_t *of = image ? by_id(images, image) : NULL;
	const char *name = eyas_reading_text(meta, "name");

	if (!name)
		name = json_string_value(json_array_get(json_object_get(entry, "names"), 0));
	if (!r->c->name)
		r->c->name = eyas_reading_keep(r, name);
	eyas_reading_image(r, eyas_reading_text(meta, "image-name"));
	eyas_reading_image_id(r, image);
	eyas_reading_image(r, json_string_value(json_array_get(json_object_get(of, "names"), 0)));
	if (!r->c->image_digest)
		r->c->image_digest = eyas_reading_keep(r, eyas_reading_text(of, "digest"));
}

/* The sandbox of a pod is a container of its own; that knows what all of them share. */
static void take_sandbox(const struct eyas_reading *r, const json_t *annotations)
{
	_cleanup_json_ json_t *labels =
		eyas_reading_nested(eyas_reading_text(annotations, CRIO "Labels"));

	eyas_reading_labels(r, labels, true);
	r->c->ip = eyas_reading_keep(r, eyas_reading_text(annotations, CRIO "IP.0"));
	r->c->cni_json = eyas_reading_keep(r, eyas_reading_text(annotations, CRIO "CNIResult"));
	eyas_reading_label(r, "io.kubernetes.pod.namespace",
			   eyas_reading_text(annotations, "io.kubernetes.pod.namespace"));
	eyas_reading_label(r, "io.kubernetes.pod.name",
			   eyas_reading_text(annotations, "io.kubernetes.pod.name"));
	eyas_reading_label(r, "io.kubernetes.pod.uid",
			   eyas_reading_text(annotations, "io.kubernetes.pod.uid"));
	eyas_reading_label(r, "io.kubernetes.sandbox.id", r->c->pod_sandbox_id);
}

static void take_crio(const struct eyas_reading *r, const json_t *annotations)
{
	_cleanup_json_ json_t *labels =
		eyas_reading_nested(eyas_reading_text(annotations, CRIO "Labels"));
	const char *sandbox = eyas_reading_text(annotations, CRIO "SandboxID");
	_cleanup_json_ json_t *pod = NULL;
	const json_t *of = annotations;

	r->c->type = "cri-o";
	r->c->name = eyas_reading_keep(r, eyas_reading_text(annotations, NAME));
	eyas_reading_image(r, eyas_reading_text(annotations, CRIO "ImageName"));
	if (!sandbox)
		return;
	r->c->pod_sandbox_id = eyas_reading_keep(r, sandbox);
	if (!eyas_streq(sandbox, r->id)) {
		pod = strchr(sandbox, '/') ? NULL : find_bundle(r, sandbox);
		if (pod)
			of = json_object_get(pod, "annotations");
	}
	/* First, so that a label of a container can't speak for its pod. */
	take_sandbox(r, of);
	eyas_reading_labels(r, labels, false);
}

int eyas_runtime_storage(const struct eyas_reading *r)
{
	const char *driver = NULL;
	_cleanup_json_ json_t *entry = find_entry(r, &driver), *spec = find_bundle(r, r->id);
	const json_t *annotations = json_object_get(spec, "annotations");
	const char *manager = eyas_reading_text(annotations, "io.container.manager");

	if (!entry && !spec)
		return -ENOENT;
	r->c->type = "podman";
	if ((manager && eyas_streq(manager, "cri-o")) ||
	    eyas_reading_text(annotations, CRIO "SandboxID"))
		take_crio(r, annotations);
	if (entry)
		take_entry(r, entry, driver);
	eyas_reading_oci(r, spec);
	return 0;
}
