/* SPDX-License-Identifier: Apache-2.0 */
/* The container id that a cgroup path holds. */
#ifndef EYAS_ENRICH_CGROUP_H
#define EYAS_ENRICH_CGROUP_H

#include <stddef.h>

#define EYAS_CONTAINER_ID_MAX	64

/*
 * Look for a container in @text, a /proc/PID/cgroup file, and write its full
 * id; "" if the process is in none.
 */
void eyas_cgroup_container(const char *text, char ret[EYAS_CONTAINER_ID_MAX + 1]);

#endif
