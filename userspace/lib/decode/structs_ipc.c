// SPDX-License-Identifier: Apache-2.0
/* Structs of queues and semaphores. */
#include "decode/struct.h"
#include "event/callnr.h"


#define F(name, kind, off, size, off32, size32, ...)                               \
	{                                                                          \
		name, EYAS_DF_##kind, false, off, off32, size, size32, __VA_ARGS__ \
	}

/* Of those that a queue is opened with, the kernel looks at none. */
static void print_mq_flags(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	if (d->plan->sc->evtype == SYS_mq_open)
		eyas_dec_hex(d, eyas_dec_get(p, len));
	else
		eyas_dec_flags(d, &eyas_xlat_mq_flags, eyas_dec_get(p, len));
}

/* clang-format off */
static const struct eyas_dec_field sembuf_fields[] = {
	F("sem_num", UINT,  0, 2, 0, 2, NULL, NULL),
	F("sem_op",  INT,   2, 2, 2, 2, NULL, NULL),
	F("sem_flg", FLAGS, 4, 2, 4, 2, &eyas_xlat_sem_flags, NULL),
};
static const struct eyas_dec_field mq_attr_fields[] = {
	F("mq_flags",   FN,  0, 8,  0, 4, NULL, print_mq_flags),
	F("mq_maxmsg",  INT,    8, 8,  4, 4, NULL, NULL),
	F("mq_msgsize", INT,   16, 8,  8, 4, NULL, NULL),
	F("mq_curmsgs", INT,   24, 8, 12, 4, NULL, NULL),
};

const struct eyas_dec_struct eyas_dec_structs_ipc[] = {
	{ "sembuf",  6,  6, EYAS_DEC_FIELDS(sembuf_fields) },
	{ "mq_attr", 32, 16, EYAS_DEC_FIELDS(mq_attr_fields) },
	{ .name = NULL },
};
/* clang-format on */
