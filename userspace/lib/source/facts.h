/* SPDX-License-Identifier: Apache-2.0 */
/* What a capture tells of the host that it is of: read here, written, read back. */
#ifndef EYAS_SOURCE_FACTS_H
#define EYAS_SOURCE_FACTS_H

#include <stdint.h>
#include "base/bytes.h"
#include "base/strbuf.h"
#include "source/capture_items.h"

/* Texts are NUL-terminated, "" if unknown, and may be cut. */
struct eyas_facts {
	char hostname[256];
	char kernel[128], kernel_build[128], machine[32];	/* as uname has them */
	char boot_id[64];
	char program[64];		/* "eyas 1.2" */
	char module[64];		/* its version */
	uint64_t features;		/* of the module, EYAS_FEATURE_* */
	uint32_t cpus;
	struct eyas_capture_clocks clocks;
};

/* Of this host, now; program, module and features are left as they are. */
void eyas_facts_read(struct eyas_facts *f);

/* As items; @command: the command line, ended by NULL, or NULL. */
void eyas_facts_save(const struct eyas_facts *f, const char *const *command,
		     struct eyas_strbuf *out);

/* From items. 0, or -EBADMSG if they do not fit @items. */
int eyas_facts_load(struct eyas_facts *f, struct eyas_bytes items);

#endif
