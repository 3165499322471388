// SPDX-License-Identifier: Apache-2.0
/* Points in time as text, in the forms that rules print. */
#include "field/datetext.h"

#include <errno.h>
#include <string.h>
#include <time.h>

int eyas_time_text(uint64_t ns, unsigned int how, struct eyas_arena *arena, struct eyas_text *ret)
{
	char date[32] = "", fraction[16] = "", zone[16] = "";
	time_t sec = (time_t)(ns / EYAS_NSEC);
	struct tm tm = { 0 };
	char *out;

	if (how & EYAS_TIME_ISO)
		gmtime_r(&sec, &tm);
	else
		localtime_r(&sec, &tm);
	if (how & (EYAS_TIME_DATE | EYAS_TIME_ISO))
		strftime(date, sizeof(date), how & EYAS_TIME_ISO ? "%Y-%m-%dT" : "%Y-%m-%d ", &tm);
	if (how & (EYAS_TIME_NS | EYAS_TIME_ISO))
		snprintf(fraction, sizeof(fraction), ".%09u", (unsigned int)(ns % EYAS_NSEC));
	if (how & (EYAS_TIME_ZONE | EYAS_TIME_ISO))
		strftime(zone, sizeof(zone), how & EYAS_TIME_ISO ? "+0000" : " %z", &tm);
	out = eyas_arena_printf(arena, "%s%02d:%02d:%02d%s%s", date, tm.tm_hour, tm.tm_min,
				tm.tm_sec, fraction, zone);
	if (!out)
		return -ENOMEM;
	*ret = (struct eyas_text){ out, strlen(out) };
	return 0;
}
