/* SPDX-License-Identifier: Apache-2.0 */
/* Release what a variable owns when it leaves its scope. */
#ifndef EYAS_BASE_CLEANUP_H
#define EYAS_BASE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define _cleanup_(f)	__attribute__((cleanup(f)))
#define _must_check_	__attribute__((warn_unused_result))
#define _printf_(a, b)	__attribute__((format(printf, a, b)))
#define _unused_	__attribute__((unused))

static inline void eyas_cleanup_free(void *p)
{
	free(*(void **)p);
}

static inline void eyas_cleanup_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void eyas_cleanup_fclose(FILE **f)
{
	if (*f)
		fclose(*f);
}

#define _cleanup_free_		_cleanup_(eyas_cleanup_free)
#define _cleanup_close_		_cleanup_(eyas_cleanup_close)
#define _cleanup_fclose_	_cleanup_(eyas_cleanup_fclose)

/* Hand a pointer on: its variable no longer owns it. */
#define TAKE_PTR(p)						\
	({							\
		__typeof__(p) *_pp = &(p);			\
		__typeof__(p) _p = *_pp;			\
		*_pp = NULL;					\
		_p;						\
	})

#endif
