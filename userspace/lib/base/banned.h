/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that nobody calls here. Included before all else, by the Makefile. */
#ifndef EYAS_BASE_BANNED_H
#define EYAS_BASE_BANNED_H

/* Their declarations have to be read before the names are taken away. */
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef alloca
#undef sprintf
#undef strcat
#undef strcpy
#undef strncat
#undef strncpy
#undef vsprintf

#define EYAS_BANNED(name)	eyas_##name##_is_banned

/* No bound, or one that leaves text without its end: use a strbuf. */
#define gets(...)	EYAS_BANNED(gets)
#define sprintf(...)	EYAS_BANNED(sprintf)
#define strcat(...)	EYAS_BANNED(strcat)
#define strcpy(...)	EYAS_BANNED(strcpy)
#define strncat(...)	EYAS_BANNED(strncat)
#define strncpy(...)	EYAS_BANNED(strncpy)
#define vsprintf(...)	EYAS_BANNED(vsprintf)

/* No error: use eyas_parse_u64. */
#define atof(...)	EYAS_BANNED(atof)
#define atoi(...)	EYAS_BANNED(atoi)
#define atol(...)	EYAS_BANNED(atol)
#define atoll(...)	EYAS_BANNED(atoll)

/* Memory that all threads share: use the variants ending in _r. */
#define asctime(...)	EYAS_BANNED(asctime)
#define ctime(...)	EYAS_BANNED(ctime)
#define gmtime(...)	EYAS_BANNED(gmtime)
#define localtime(...)	EYAS_BANNED(localtime)
#define strtok(...)	EYAS_BANNED(strtok)

/* Stack, races, shells. */
#define alloca(...)	EYAS_BANNED(alloca)
#define mktemp(...)	EYAS_BANNED(mktemp)
#define system(...)	EYAS_BANNED(system)

#endif
