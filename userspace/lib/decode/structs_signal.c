// SPDX-License-Identifier: Apache-2.0
/* Structs of signals. */
#include "decode/struct.h"

#include <signal.h>
#include "decode/signals.h"

#define SA_RESTORER_BIT 0x4000000U
#define RT_SET 8 /* bytes of a set that the kernel takes */

static void put_handler(struct eyas_decode *d, uint64_t handler)
{
	if (eyas_xlat_get(&eyas_xlat_sa_handler, handler))
		eyas_dec_enum(d, &eyas_xlat_sa_handler, handler, 0);
	else
		eyas_dec_addr(d, handler);
}

/* Handler, flags, restorer, mask in words. */
static void print_sigaction(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	unsigned int word = eyas_dec_word_size(d);
	uint64_t flags = eyas_dec_get(p + word, word);

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "sa_handler");
	put_handler(d, eyas_dec_signed(eyas_dec_get(p, word), word) == -1 ? UINT64_MAX :
									    eyas_dec_get(p, word));
	eyas_dec_field(d, "sa_mask");
	eyas_dec_sigset(d, p + 3 * word, RT_SET);
	eyas_dec_field(d, "sa_flags");
	eyas_dec_flags(d, &eyas_xlat_sa_flags, flags);
	if (flags & SA_RESTORER_BIT) {
		eyas_dec_field(d, "sa_restorer");
		eyas_dec_addr(d, eyas_dec_get(p + 2 * word, word));
	}
	eyas_dec_close(d, '}');
}

/* ia32's first one: handler, mask, flags, restorer. */
static void print_oldsigaction(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	uint64_t flags = eyas_dec_get(p + 8, 4);

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "sa_handler");
	put_handler(d, eyas_dec_get(p, 4));
	eyas_dec_field(d, "sa_mask");
	eyas_dec_sigset(d, p + 4, 4);
	eyas_dec_field(d, "sa_flags");
	eyas_dec_flags(d, &eyas_xlat_sa_flags, flags);
	if (flags & SA_RESTORER_BIT) {
		eyas_dec_field(d, "sa_restorer");
		eyas_dec_addr(d, eyas_dec_get(p + 12, 4));
	}
	eyas_dec_close(d, '}');
}

static void print_sigevent(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	unsigned int word = eyas_dec_word_size(d);
	int32_t signo = (int32_t)eyas_dec_get(p + word, 4);
	uint32_t notify = (uint32_t)eyas_dec_get(p + word + 4, 4);
	const unsigned char *rest = p + word + 8;

	(void)len;
	eyas_dec_open(d, '{');
	if (eyas_dec_get(p, word)) {
		eyas_dec_field(d, "sigev_value");
		eyas_dec_open(d, '{');
		eyas_dec_field(d, "sival_int");
		eyas_dec_int(d, (int32_t)eyas_dec_get(p, 4));
		eyas_dec_field(d, "sival_ptr");
		eyas_dec_addr(d, eyas_dec_get(p, word));
		eyas_dec_close(d, '}');
	}
	eyas_dec_field(d, "sigev_signo");
	if (notify == SIGEV_SIGNAL || notify == SIGEV_THREAD || notify == SIGEV_THREAD_ID)
		eyas_dec_signal(d, signo);
	else
		eyas_dec_int(d, signo);
	eyas_dec_field(d, "sigev_notify");
	eyas_dec_enum(d, &eyas_xlat_sigev_notify, notify, 0);
	if (notify == SIGEV_THREAD_ID) {
		eyas_dec_field(d, "sigev_notify_thread_id");
		eyas_dec_pid(d, (int32_t)eyas_dec_get(rest, 4));
	} else if (notify == SIGEV_THREAD) {
		eyas_dec_field(d, "sigev_notify_function");
		eyas_dec_addr(d, eyas_dec_get(rest, word));
		eyas_dec_field(d, "sigev_notify_attributes");
		eyas_dec_addr(d, eyas_dec_get(rest + word, word));
	}
	eyas_dec_close(d, '}');
}

#define F(name, kind, off, size, off32, size32, ...)                               \
	{                                                                          \
		name, EYAS_DF_##kind, false, off, off32, size, size32, __VA_ARGS__ \
	}

/* clang-format off */
static const struct eyas_dec_field stack_fields[] = {
	F("ss_sp",    ADDR,   0, 8, 0, 4, NULL, NULL),
	F("ss_flags", FLAGS,  8, 4, 4, 4, &eyas_xlat_ss_flags, NULL),
	F("ss_size",  UINT,  16, 8, 8, 4, NULL, NULL),
};
static const struct eyas_dec_field sigset_arg_fields[] = {
	F("sigmask",    ADDR, 0, 8, 0, 4, NULL, NULL),
	F("sigsetsize", UINT, 8, 8, 4, 4, NULL, NULL),
};

const struct eyas_dec_struct eyas_dec_structs_signal[] = {
	{ "sigaction",    32,  20, .fn = print_sigaction },
	{ "oldsigaction", 16,  16, .fn = print_oldsigaction },
	{ "siginfo",     128, 128, .fn = eyas_dec_siginfo },
	{ "sigevent",     32,  20, .fn = print_sigevent },
	{ "stack",        24,  12, EYAS_DEC_FIELDS(stack_fields) },
	{ "sigset_arg",   16,   8, EYAS_DEC_FIELDS(sigset_arg_fields) },
	{ .name = NULL },
};
/* clang-format on */
