/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of runtimes.h: how the files of a runtime become a struct eyas_container. */
#ifndef EYAS_ENRICH_READING_H
#define EYAS_ENRICH_READING_H

#include <jansson.h>
#include "base/arena.h"
#include "base/cleanup.h"
#include "enrich/container.h"

#define EYAS_READ_BUNDLE_MAX	(1U << 20)	/* bytes of a file about one container */
#define EYAS_READ_LIST_MAX	(4U << 20)	/* and of one about all */

#define EYAS_READ_LABELS_MAX	128
#define EYAS_READ_MOUNTS_MAX	64

/* One container being read. Its texts are in @arena. */
struct eyas_reading {
	const char *root, *id;
	struct eyas_arena *arena;
	struct eyas_container *c;
	struct eyas_label *labels, *pod_labels;	/* of @c, room for as many as there can be */
	struct eyas_mount *mounts;
};

static inline void eyas_json_cleanup(json_t **p)
{
	json_decref(*p);
}
#define _cleanup_json_ _cleanup_(eyas_json_cleanup)

/* The JSON file below the root; NULL: none, too large or no JSON. The caller's to free. */
json_t *eyas_reading_file(const struct eyas_reading *r, size_t max, const char *fmt, ...)
	_printf_(3, 4);

/* The JSON in a text, as in a file. */
json_t *eyas_reading_nested(const char *text);

/* Members by name; NULL, also of what is no object or no text, and for "". */
const char *eyas_reading_text(const json_t *obj, const char *key);
/* A copy; NULL: none, too long or out of memory. */
const char *eyas_reading_keep(const struct eyas_reading *r, const char *text);

/* One label more; one that has no value or a long one is left out. */
void eyas_reading_label(const struct eyas_reading *r, const char *key, const char *value);
/* All texts of an object; of the pod if @pod. */
void eyas_reading_labels(const struct eyas_reading *r, const json_t *map, bool pod);
/* One mount more; what is NULL is "". */
void eyas_reading_mount(const struct eyas_reading *r, const struct eyas_mount *m);

/* NAME[:TAG][@DIGEST] as image, repository, tag and digest, where not known yet. */
void eyas_reading_image(const struct eyas_reading *r, const char *name);
/* An image id, without "sha256:". */
void eyas_reading_image_id(const struct eyas_reading *r, const char *id);

/* What an OCI bundle's config.json tells whoever made it: mounts, rights, namespaces. */
void eyas_reading_oci(const struct eyas_reading *r, const json_t *spec);

/* The runtimes. 0 if the container is theirs, -ENOENT if not. */
int eyas_runtime_docker(const struct eyas_reading *r);
int eyas_runtime_storage(const struct eyas_reading *r);
int eyas_runtime_containerd(const struct eyas_reading *r);

#endif
