/* SPDX-License-Identifier: Apache-2.0 */
/* One typed value of a field. Text and arrays are borrowed from the event's arena. */
#ifndef EYAS_EVENT_VALUE_H
#define EYAS_EVENT_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum eyas_type {
	EYAS_T_NONE,
	EYAS_T_STRING,		/* s */
	EYAS_T_BYTES,		/* s */
	EYAS_T_INT,		/* i */
	EYAS_T_UINT,		/* u */
	EYAS_T_BOOL,		/* u, 0 or 1 */
	EYAS_T_DOUBLE,		/* d */
	EYAS_T_RELTIME,		/* u, ns */
	EYAS_T_ABSTIME,		/* u, ns since the epoch */
	EYAS_T_IP,		/* ip */
	EYAS_T_NET,		/* ip and prefix: only on the right of an operator */
	EYAS_T_PORT,		/* u */
};

struct eyas_value;

struct eyas_value {
	enum eyas_type type;	/* of the elements if list is set */
	bool list;		/* the value is l */
	union {
		struct { const char *p; size_t len; } s;	/* not NUL-terminated */
		int64_t i;
		uint64_t u;
		double d;
		struct { uint8_t addr[16]; uint8_t family, prefix; } ip;	/* 4 or 6 */
		struct { const struct eyas_value *v; size_t len; } l;
	};
};

#endif
