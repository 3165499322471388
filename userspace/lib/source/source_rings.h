/* SPDX-License-Identifier: Apache-2.0 */
/* Live rings, with the device and the control plane given from outside. For tests, too. */
#ifndef EYAS_SOURCE_SOURCE_RINGS_H
#define EYAS_SOURCE_SOURCE_RINGS_H

#include "source/source.h"

/* How a session is told its policy. */
struct eyas_rings_control {
	int (*set)(void *arg, uint32_t session, const struct eyas_policy *p, struct eyas_err *err);
	void (*close)(void *arg);
	void *arg;
};

/* As eyas_source_rings_open(); takes over @fd and @ctl, also when it fails. */
int eyas_source_rings_attach(struct eyas_source **ret, int fd,
			     const struct eyas_rings_control *ctl, const struct eyas_policy *p,
			     struct eyas_err *err) _must_check_;

#endif
