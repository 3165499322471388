/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of event a type is, as rules ask for it. */
#ifndef EYAS_FIELD_EVTINFO_H
#define EYAS_FIELD_EVTINFO_H

#include <stdint.h>

/* Values of evt.category; of the last three what is read or written decides. */
enum eyas_category {
	EYAS_CAT_OTHER, EYAS_CAT_FILE, EYAS_CAT_NET, EYAS_CAT_IPC, EYAS_CAT_MEMORY,
	EYAS_CAT_PROCESS, EYAS_CAT_SLEEP, EYAS_CAT_SIGNAL, EYAS_CAT_USER, EYAS_CAT_TIME,
	EYAS_CAT_WAIT, EYAS_CAT_SCHEDULER, EYAS_CAT_IO_READ, EYAS_CAT_IO_WRITE,
	EYAS_CAT_IO_OTHER, EYAS_CAT_MAX,
};

#define EYAS_EVTINFO_READS	(1U << 0)	/* from a descriptor */
#define EYAS_EVTINFO_WRITES	(1U << 1)
#define EYAS_EVTINFO_WAITS	(1U << 2)

struct eyas_evtinfo { uint8_t category, flags; };

/* Any number may be asked for. */
struct eyas_evtinfo eyas_evtinfo(unsigned int evtype);

/* "file"; NULL for those that depend on the descriptor. */
const char *eyas_category_name(enum eyas_category cat);

#endif
