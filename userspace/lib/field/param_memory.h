/* SPDX-License-Identifier: Apache-2.0 */
/* Values of parameters that are behind pointers of the call. */
#ifndef EYAS_FIELD_PARAM_MEMORY_H
#define EYAS_FIELD_PARAM_MEMORY_H

#include "field/params.h"

/* All: 0; -ENOENT if it was not recorded, or not that far; -ENOMEM. */

/* What the argument points to, after the call if the call changed it. */
int eyas_param_bytes(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     struct eyas_text *ret);
/* Of a struct or an array, the element of EYAS_WORD() as wide as the source tells. */
int eyas_param_word(const struct eyas_event *ev, const struct eyas_param *p, uint64_t *ret);
/* A time span in ns, as it was given. */
int eyas_param_span(const struct eyas_event *ev, const struct eyas_param *p, uint64_t *ret);
/* How many bytes all buffers of an I/O vector hold. */
int eyas_param_iov_size(const struct eyas_event *ev, const struct eyas_param *p, uint64_t *ret);
/* "3:f1 4:p4": descriptors polled, what they are, and what happened to them. */
int eyas_param_polled(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		      struct eyas_text *ret);

#endif
