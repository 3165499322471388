// SPDX-License-Identifier: Apache-2.0
/* containerd: the bundle of a running container, with what Kubernetes noted in it. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "enrich/reading.h"

#define CRI		"io.kubernetes.cri."
#define NAMESPACES_MAX	64

static const char *const states[] = {
	"/run/containerd/io.containerd.runtime.v2.task",
	"/run/k3s/containerd/io.containerd.runtime.v2.task",
};

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

/* The bundle in whichever namespace has it. @docker: it is in that of Docker. */
static json_t *find_bundle(const struct eyas_reading *r, const char *state, bool *docker)
{
	_cleanup_free_ char *path = NULL;
	_cleanup_(close_dir) DIR *dir = NULL;
	struct dirent *de;

	if (asprintf(&path, "%s%s", r->root, state) < 0) {
		path = NULL;
		return NULL;
	}
	dir = opendir(path);
	for (int n = 0; dir && n < NAMESPACES_MAX && (de = readdir(dir)); n++) {
		json_t *spec;

		if (de->d_name[0] == '.')
			continue;
		spec = eyas_reading_file(r, EYAS_READ_BUNDLE_MAX, "%s/%s/%s/config.json", state,
					 de->d_name, r->id);
		*docker = eyas_streq(de->d_name, "moby");
		if (json_is_object(spec))
			return spec;
		json_decref(spec);
	}
	return NULL;
}

static void take_cri(const struct eyas_reading *r, const json_t *annotations)
{
	static const char *const labels[][2] = {
		{ "io.kubernetes.pod.namespace", CRI "sandbox-namespace" },
		{ "io.kubernetes.pod.name", CRI "sandbox-name" },
		{ "io.kubernetes.pod.uid", CRI "sandbox-uid" },
		{ "io.kubernetes.container.name", CRI "container-name" },
		{ "io.kubernetes.sandbox.id", CRI "sandbox-id" },
	};

	r->c->name = eyas_reading_keep(r, eyas_reading_text(annotations, CRI "container-name"));
	r->c->pod_sandbox_id =
		eyas_reading_keep(r, eyas_reading_text(annotations, CRI "sandbox-id"));
	eyas_reading_image(r, eyas_reading_text(annotations, CRI "image-name"));
	for (size_t i = 0; i < EYAS_ARRAY_LEN(labels); i++)
		eyas_reading_label(r, labels[i][0], eyas_reading_text(annotations, labels[i][1]));
}

int eyas_runtime_containerd(const struct eyas_reading *r)
{
	_cleanup_json_ json_t *spec = NULL;
	bool docker = false;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(states) && !spec; i++)
		spec = find_bundle(r, states[i], &docker);
	if (!spec)
		return -ENOENT;
	/* Docker runs its own this way, too. */
	r->c->type = docker ? "docker" : "containerd";
	take_cri(r, json_object_get(spec, "annotations"));
	eyas_reading_oci(r, spec);
	return 0;
}
