/* SPDX-License-Identifier: Apache-2.0 */
/* Getters of evt.arg and its kin, for the table in field_evt.c. */
#ifndef EYAS_FIELD_EVTARGS_H
#define EYAS_FIELD_EVTARGS_H

#include "field/field.h"

#define EYAS_GETTER(fn)								\
	int fn(const struct eyas_field_ctx *ctx, const struct eyas_field_arg *arg, \
	       struct eyas_value *ret)
EYAS_GETTER(eyas_evt_get_args);
EYAS_GETTER(eyas_evt_get_arg);
EYAS_GETTER(eyas_evt_get_rawarg);
EYAS_GETTER(eyas_evt_get_buffer);
EYAS_GETTER(eyas_evt_get_abspath);
EYAS_GETTER(eyas_evt_get_abspath_real);
EYAS_GETTER(eyas_evt_get_abspath_dst);
EYAS_GETTER(eyas_evt_get_abspath_dst_real);

int eyas_evt_bind_rawarg(struct eyas_field_arg *arg, struct eyas_err *err);

#endif
