// SPDX-License-Identifier: Apache-2.0
/* Memory of growing arrays. */
#include "base/vec.h"

#include <errno.h>

#define VEC_MIN		8

int eyas_vec_grow(void **data, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap ? *cap : VEC_MIN, bytes;
	void *p;

	if (need <= *cap)
		return 0;
	while (n < need)
		if (__builtin_mul_overflow(n, 2, &n))
			return -ENOMEM;
	if (__builtin_mul_overflow(n, size, &bytes))
		return -ENOMEM;
	p = realloc(*data, bytes);
	if (!p)
		return -ENOMEM;
	*data = p;
	*cap = n;
	return 0;
}
