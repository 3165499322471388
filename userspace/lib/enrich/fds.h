/* SPDX-License-Identifier: Apache-2.0 */
/* Types of descriptors, by what they are made from. */
#ifndef EYAS_ENRICH_FDS_H
#define EYAS_ENRICH_FDS_H

#include <stdint.h>
#include "enrich/enrich.h"

/* Letters of fd.typechar; 0: unknown. */
char eyas_fd_type_of_mode(uint32_t mode, uint32_t file_flags);	/* EYAS_FILE_F_* */
char eyas_fd_type_of_link(struct eyas_text link);		/* of /proc/PID/fd; no file: 0 */
char eyas_fd_type_of_domain(uint32_t domain);			/* AF_* */
/* Letter of the transport of a socket; @type may hold SOCK_CLOEXEC and the like. */
char eyas_fd_proto(uint32_t domain, uint32_t type, uint32_t protocol);

#endif
