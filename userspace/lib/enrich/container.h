/* SPDX-License-Identifier: Apache-2.0 */
/* What the runtime of a container tells of it, beside the id that its cgroup has. */
#ifndef EYAS_ENRICH_CONTAINER_H
#define EYAS_ENRICH_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include "enrich/enrich.h"

enum eyas_told { EYAS_NOT_TOLD, EYAS_TOLD_NO, EYAS_TOLD_YES };

struct eyas_label { const char *key, *value; };

struct eyas_mount {
	const char *source, *dest, *mode, *propagation;
	bool rdwr;
};

/* Texts that are NULL were not told. */
struct eyas_container {
	const char *name, *type;		/* "docker", "podman", ... */
	const char *image, *image_id, *image_repository, *image_tag, *image_digest;
	const char *ip, *cni_json;
	const char *pod_sandbox_id;		/* full; of Kubernetes, as are pod_labels */
	enum eyas_told privileged, host_pid, host_network, host_ipc;
	const struct eyas_label *labels, *pod_labels;
	size_t nlabels, npod_labels;
	const struct eyas_mount *mounts;
	size_t nmounts;
};

/* What is known of a full id by now, NULL: nothing. Stays valid until the next event. */
typedef const struct eyas_container *eyas_container_find(void *arg, const char *id);

/* Who is asked; @find NULL, as at the start: nobody. */
void eyas_enrich_set_containers(struct eyas_enrich *en, eyas_container_find *find, void *arg);

/* Of the container that @p is in; NULL on the host and if nothing is known. */
const struct eyas_container *eyas_enrich_container_facts(struct eyas_enrich *en,
							 const struct eyas_proc *p);

#endif
