// SPDX-License-Identifier: Apache-2.0
/* Points in time for people. */
#include "decode/timetext.h"

#include <time.h>
#include "decode/emit.h"

bool eyas_dec_time_text(struct eyas_decode *d, int64_t sec, uint64_t fraction, unsigned int digits)
{
	time_t t = (time_t)sec;
	char text[64], zone[16];
	struct tm tm;

	if ((!sec && !fraction) || fraction >= (digits == EYAS_TIME_NSEC ? 1000000000 : 1000000))
		return false;
	if (!localtime_r(&t, &tm) || !strftime(text, sizeof(text), "%FT%T", &tm) ||
	    !strftime(zone, sizeof(zone), "%z", &tm))
		return false;
	eyas_dec_puts(d, text);
	if (digits && fraction)
		eyas_strbuf_addf(d->out, ".%0*llu", (int)digits, (unsigned long long)fraction);
	eyas_dec_puts(d, zone);
	return true;
}

void eyas_dec_time_note(struct eyas_decode *d, int64_t sec, uint64_t fraction, unsigned int digits)
{
	size_t was = d->out->len;

	if (d->json)
		return;
	eyas_dec_puts(d, " /* ");
	if (eyas_dec_time_text(d, sec, fraction, digits))
		eyas_dec_puts(d, " */");
	else
		eyas_strbuf_cut(d->out, was);
}
