/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of eyas status share. */
#ifndef EYAS_CMD_CMD_STATUS_H
#define EYAS_CMD_CMD_STATUS_H

#include <stdbool.h>

/* Print how each call of @abi is captured; needs no module. Returns the exit status. */
int eyas_status_captures(const char *abi, bool json);

/* Name of an ABI, and its number or -1. */
const char *eyas_status_abi_name(unsigned int abi);
int eyas_status_abi(const char *name);

#endif
