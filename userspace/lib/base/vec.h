/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing array of anything: struct { EYAS_VEC(int) v; }.
 * Elements move when it grows; keep indices, not pointers.
 */
#ifndef EYAS_BASE_VEC_H
#define EYAS_BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>

#define EYAS_VEC(type)		struct { type *data; size_t len; size_t cap; }

/* Grow *data to hold at least @need elements of @size bytes; 0 or -ENOMEM. */
int eyas_vec_grow(void **data, size_t *cap, size_t need, size_t size);

/* Append @val; 0 or -ENOMEM (nothing appended). */
#define eyas_vec_push(v, ...)							\
	({									\
		int _r = 0;							\
		if ((v)->len == (v)->cap)					\
			_r = eyas_vec_grow((void **)&(v)->data, &(v)->cap,	\
					   (v)->len + 1, sizeof(*(v)->data));	\
		if (!_r)							\
			(v)->data[(v)->len++] = (__VA_ARGS__);			\
		_r;								\
	})

#define eyas_vec_release(v)							\
	do {									\
		free((v)->data);						\
		(v)->data = NULL;						\
		(v)->len = (v)->cap = 0;					\
	} while (0)

#define eyas_vec_for_each(v, it)						\
	for (__typeof__(*(v)->data) *it = (v)->data; it && it < (v)->data + (v)->len; it++)

#endif
