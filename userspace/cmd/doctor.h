/* SPDX-License-Identifier: Apache-2.0 */
/* What eyas doctor looks at. A check is a row in doctor_checks.c. */
#ifndef EYAS_CMD_DOCTOR_H
#define EYAS_CMD_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>
#include "base/strbuf.h"

enum eyas_finding_state { EYAS_FINDING_OK, EYAS_FINDING_WARN, EYAS_FINDING_FAIL };

struct eyas_finding {
	enum eyas_finding_state state;
	struct eyas_strbuf text;	/* what was found */
	struct eyas_strbuf mend;	/* the command, "" if there is none */
};

/* Where to look. */
struct eyas_doctor {
	const char *root;	/* of the file system, "" for our own */
	const char *release;	/* kernel that the module is wanted for */
	bool live;		/* that root, that kernel, is what runs here */
};

struct eyas_doctor_check {
	const char *name;	/* of at most 12 characters */
	void (*look)(const struct eyas_doctor *d, struct eyas_finding *ret);
	bool live_only;		/* about the running system, not a root elsewhere */
};

const struct eyas_doctor_check *eyas_doctor_checks(size_t *ret_len);

#endif
