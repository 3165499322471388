// SPDX-License-Identifier: Apache-2.0
/* Memory whose shape another argument of the call tells. */
#include "capture.h"

#include <string.h>

#define IN 1
#define OUT 2
#define BOTH 3

/* How many bytes there are. */
enum extra_len {
	FIXED, /* n */
	TIMES_ARG, /* n times argument k */
	TIMES_RET, /* n times the result */
	PLUS_ARG, /* n and argument k */
	PLUS_RET,
	DEREF, /* what the 32 bits at argument k are after the call */
	STRING, /* up to a NUL */
	IOC_SIZE, /* as the request, argument 1, says in its bits 16 to 29 */
	BITS_ARG, /* argument k bits, in whole words of 8 bytes */
	PAGES, /* one for each page of argument k */
};

#define ANY ~0ULL, 0, ~0ULL

static const struct extra {
	const char *call;
	uint8_t sel; /* the argument that tells */
	uint64_t mask, lo, hi; /* lo <= its value & mask <= hi */
	uint8_t arg;
	uint8_t when;
	uint8_t len; /* enum extra_len */
	uint8_t k;
	uint16_t n;
} extras[] = {
	{ "futex", 1, 0x7f, 0, 0, 3, IN, FIXED, 0, 16 },
	{ "futex", 1, 0x7f, 6, 6, 3, IN, FIXED, 0, 16 },
	{ "futex", 1, 0x7f, 9, 9, 3, IN, FIXED, 0, 16 },
	{ "futex", 1, 0x7f, 11, 11, 3, IN, FIXED, 0, 16 },
	{ "futex", 1, 0x7f, 13, 13, 3, IN, FIXED, 0, 16 },

	{ "fcntl", 1, ~0U, 5, 5, 2, BOTH, FIXED, 0, 32 },
	{ "fcntl", 1, ~0U, 6, 7, 2, IN, FIXED, 0, 32 },
	{ "fcntl", 1, ~0U, 12, 12, 2, BOTH, FIXED, 0, 32 },
	{ "fcntl", 1, ~0U, 13, 14, 2, IN, FIXED, 0, 32 },
	{ "fcntl", 1, ~0U, 15, 15, 2, IN, FIXED, 0, 8 },
	{ "fcntl", 1, ~0U, 16, 17, 2, OUT, FIXED, 0, 8 },
	{ "fcntl", 1, ~0U, 36, 36, 2, BOTH, FIXED, 0, 32 },
	{ "fcntl", 1, ~0U, 37, 38, 2, IN, FIXED, 0, 32 },
	{ "fcntl", 1, ~0U, 1036, 1036, 2, IN, FIXED, 0, 8 },
	{ "fcntl", 1, ~0U, 1038, 1038, 2, IN, FIXED, 0, 8 },
	{ "fcntl", 1, ~0U, 1035, 1035, 2, OUT, FIXED, 0, 8 },
	{ "fcntl", 1, ~0U, 1037, 1037, 2, OUT, FIXED, 0, 8 },

	{ "getsockopt", 2, ANY, 3, OUT, DEREF, 4, 0 },
	{ "getgroups", 0, ~0U, 1, ~0U, 1, OUT, TIMES_RET, 0, 4 },
	{ "setgroups", 0, ~0U, 1, ~0U, 1, IN, TIMES_ARG, 0, 4 },
	{ "mincore", 0, ANY, 2, OUT, PAGES, 1, 0 },
	{ "get_robust_list", 0, ANY, 1, OUT, FIXED, 0, 8 },
	{ "get_robust_list", 0, ANY, 2, OUT, FIXED, 0, 8 },
	{ "get_mempolicy", 0, ANY, 1, OUT, BITS_ARG, 2, 0 },
	{ "mbind", 0, ANY, 3, IN, BITS_ARG, 4, 0 },
	{ "set_mempolicy", 0, ANY, 1, IN, BITS_ARG, 2, 0 },
	{ "migrate_pages", 0, ANY, 2, IN, BITS_ARG, 1, 0 },
	{ "migrate_pages", 0, ANY, 3, IN, BITS_ARG, 1, 0 },
	{ "arch_prctl", 0, ~0U, 0x1003, 0x1004, 1, OUT, FIXED, 0, 8 },
	{ "arch_prctl", 0, ~0U, 0x1021, 0x1022, 1, OUT, FIXED, 0, 8 },
	{ "arch_prctl", 0, ~0U, 0x1024, 0x1024, 1, OUT, FIXED, 0, 8 },

	{ "prctl", 0, ~0U, 2, 2, 1, OUT, FIXED, 0, 4 },
	{ "prctl", 0, ~0U, 5, 5, 1, OUT, FIXED, 0, 4 },
	{ "prctl", 0, ~0U, 9, 9, 1, OUT, FIXED, 0, 4 },
	{ "prctl", 0, ~0U, 11, 11, 1, OUT, FIXED, 0, 4 },
	{ "prctl", 0, ~0U, 15, 15, 1, IN, STRING, 0, 16 },
	{ "prctl", 0, ~0U, 16, 16, 1, OUT, STRING, 0, 16 },
	{ "prctl", 0, ~0U, 19, 19, 1, OUT, FIXED, 0, 4 },
	{ "prctl", 0, ~0U, 22, 22, 2, IN, FIXED, 0, 16 },
	{ "prctl", 0, ~0U, 25, 25, 1, OUT, FIXED, 0, 4 },
	{ "prctl", 0, ~0U, 37, 37, 1, OUT, FIXED, 0, 4 },
	{ "prctl", 0, ~0U, 40, 40, 1, OUT, FIXED, 0, 8 },
	{ "prctl", 0, ~0U, 62, 62, 4, OUT, FIXED, 0, 8 },
	{ "prctl", 0, ~0U, 0x53564d41, 0x53564d41, 4, IN, STRING, 0, 80 },

	{ "shmctl", 1, 0xff, 1, 1, 2, IN, FIXED, 0, 112 },
	{ "shmctl", 1, 0xff, 2, 3, 2, OUT, FIXED, 0, 112 },
	{ "shmctl", 1, 0xff, 13, 15, 2, OUT, FIXED, 0, 112 },
	{ "msgctl", 1, 0xff, 1, 1, 2, IN, FIXED, 0, 120 },
	{ "msgctl", 1, 0xff, 2, 3, 2, OUT, FIXED, 0, 120 },
	{ "msgctl", 1, 0xff, 11, 13, 2, OUT, FIXED, 0, 120 },
	{ "semctl", 2, 0xff, 1, 1, 3, IN, FIXED, 0, 104 },
	{ "semctl", 2, 0xff, 2, 3, 3, OUT, FIXED, 0, 104 },
	{ "semctl", 2, 0xff, 18, 20, 3, OUT, FIXED, 0, 104 },
	{ "msgsnd", 0, ANY, 1, IN, PLUS_ARG, 2, 8 },
	{ "msgrcv", 0, ANY, 1, OUT, PLUS_RET, 0, 8 },
	{ "io_getevents", 0, ANY, 3, OUT, TIMES_RET, 0, 32 },
	{ "io_pgetevents", 0, ANY, 3, OUT, TIMES_RET, 0, 32 },
	{ "seccomp", 0, ~0U, 1, 1, 2, IN, FIXED, 0, 16 },
	{ "seccomp", 0, ~0U, 2, 2, 2, IN, FIXED, 0, 4 },
	{ "seccomp", 0, ~0U, 3, 3, 2, OUT, FIXED, 0, 6 },
	{ "landlock_add_rule", 1, ~0U, 1, 1, 2, IN, FIXED, 0, 12 },
	{ "landlock_add_rule", 1, ~0U, 2, 2, 2, IN, FIXED, 0, 16 },
	{ "fsconfig", 1, ~0U, 1, 1, 3, IN, STRING, 0, 256 },
	{ "fsconfig", 1, ~0U, 2, 2, 3, IN, PLUS_ARG, 4, 0 },
	{ "fsconfig", 1, ~0U, 3, 4, 3, IN, STRING, 0, 4096 },
	{ "reboot", 2, ~0U, 0xA1B2C3D4, 0xA1B2C3D4, 3, IN, STRING, 0, 256 },
	{ "keyctl", 0, ~0U, 1, 1, 1, IN, STRING, 0, 4096 },
	{ "keyctl", 0, ~0U, 2, 2, 2, IN, PLUS_ARG, 3, 0 },
	{ "keyctl", 0, ~0U, 6, 6, 2, OUT, PLUS_RET, 0, 0 },
	{ "keyctl", 0, ~0U, 10, 10, 2, IN, STRING, 0, 4096 },
	{ "keyctl", 0, ~0U, 10, 10, 3, IN, STRING, 0, 4096 },
	{ "keyctl", 0, ~0U, 11, 11, 2, OUT, PLUS_RET, 0, 0 },
	{ "keyctl", 0, ~0U, 12, 12, 2, IN, PLUS_ARG, 3, 0 },
	{ "keyctl", 0, ~0U, 17, 17, 2, OUT, PLUS_RET, 0, 0 },
	{ "keyctl", 0, ~0U, 25, 29, 2, IN, STRING, 0, 4096 },
	{ "keyctl", 0, ~0U, 29, 29, 3, IN, STRING, 0, 4096 },
	{ "io_uring_enter", 3, 8, 0, 0, 4, IN, FIXED, 0, 8 },
	{ "io_uring_register", 1, ~0U, 2, 2, 2, IN, TIMES_ARG, 3, 4 },
	{ "io_uring_register", 1, ~0U, 4, 4, 2, IN, FIXED, 0, 4 },
	{ "io_uring_register", 1, ~0U, 7, 7, 2, IN, FIXED, 0, 4 },

	{ "ioctl", 1, ~0U, 0x5401, 0x5401, 2, OUT, FIXED, 0, 36 },
	{ "ioctl", 1, ~0U, 0x5402, 0x5404, 2, IN, FIXED, 0, 36 },
	{ "ioctl", 1, ~0U, 0x540f, 0x540f, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5410, 0x5410, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5411, 0x5411, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5413, 0x5413, 2, OUT, FIXED, 0, 8 },
	{ "ioctl", 1, ~0U, 0x5414, 0x5414, 2, IN, FIXED, 0, 8 },
	{ "ioctl", 1, ~0U, 0x5415, 0x5415, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5416, 0x5418, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5419, 0x5419, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x541a, 0x541a, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x541b, 0x541b, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5420, 0x5421, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5423, 0x5423, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5424, 0x5424, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5429, 0x5429, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x5452, 0x5452, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x8901, 0x8902, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x8903, 0x8905, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x8910, 0x8910, 2, BOTH, FIXED, 0, 40 },
	{ "ioctl", 1, ~0U, 0x8912, 0x8912, 2, BOTH, FIXED, 0, 16 },
	{ "ioctl", 1, ~0U, 0x8913, 0x8943, 2, BOTH, FIXED, 0, 40 },
	{ "ioctl", 1, ~0U, 0x1, 0x1, 2, BOTH, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x2, 0x2, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x125d, 0x125d, 2, IN, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x125e, 0x125e, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x1260, 0x1260, 2, OUT, FIXED, 0, 8 },
	{ "ioctl", 1, ~0U, 0x1263, 0x1263, 2, OUT, FIXED, 0, 8 },
	{ "ioctl", 1, ~0U, 0x1268, 0x1268, 2, OUT, FIXED, 0, 4 },
	{ "ioctl", 1, ~0U, 0x4c02, 0x4c02, 2, IN, FIXED, 0, 168 },
	{ "ioctl", 1, ~0U, 0x4c03, 0x4c03, 2, OUT, FIXED, 0, 168 },
	{ "ioctl", 1, ~0U, 0x4c04, 0x4c04, 2, IN, FIXED, 0, 232 },
	{ "ioctl", 1, ~0U, 0x4c05, 0x4c05, 2, OUT, FIXED, 0, 232 },
	{ "ioctl", 1, 0xc0000000, 0x40000000, 0x40000000, 2, IN, IOC_SIZE, 0, 0 },
	{ "ioctl", 1, 0xc0000000, 0x80000000, 0x80000000, 2, OUT, IOC_SIZE, 0, 0 },
	{ "ioctl", 1, 0xc0000000, 0xc0000000, 0xc0000000, 2, BOTH, IOC_SIZE, 0, 0 },
};

static uint64_t length(const struct extra *e, const struct eyas_case *c)
{
	uint64_t n = 0, there;
	const unsigned char *p;
	uint32_t v = 0;

	switch ((enum extra_len)e->len) {
	case FIXED:
		return e->n;
	case TIMES_ARG:
		return e->n * (uint32_t)c->args[e->k];
	case TIMES_RET:
		return e->n * (uint64_t)c->ret;
	case PLUS_ARG:
		return e->n + c->args[e->k];
	case PLUS_RET:
		return e->n + (uint64_t)c->ret;
	case DEREF:
		p = eyas_case_at(c, true, c->args[e->k], &there);
		if (p && there >= 4)
			memcpy(&v, p, 4);
		return (int32_t)v > 0 ? v : 0;
	case STRING:
		p = eyas_case_at(c, e->when & OUT, c->args[e->arg], &there);
		n = p ? strnlen((const char *)p, there) : 0;
		return n < e->n ? n + 1 : e->n;
	case IOC_SIZE:
		return c->args[1] >> 16 & 0x3fff;
	case BITS_ARG:
		return c->args[e->k] > 0xffff ? 0x2000 : (c->args[e->k] + 63) / 64 * 8;
	case PAGES:
		return (c->args[e->k] + 4095) / 4096;
	}
	return 0;
}

/* By its name, or that of the native call that it is. */
static bool is_call(const struct eyas_syscall *sc, const char *name)
{
	const struct eyas_syscall *native = eyas_syscall_by_nr(EYAS_ABI_X86_64, sc->evtype);

	return strcmp(sc->name, name) == 0 || (native && strcmp(native->name, name) == 0);
}

void eyas_capture_extra(struct eyas_recs *b, const struct eyas_case *c, uint32_t snaplen, bool exit)
{
	for (size_t i = 0; c->sc && i < sizeof(extras) / sizeof(extras[0]); i++) {
		const struct extra *e = &extras[i];
		uint64_t sel = c->args[e->sel] & e->mask, want, n;
		uint8_t flags = exit ? EYAS_BLOB_F_OUT : 0;
		const unsigned char *p;

		if (!is_call(c->sc, e->call) || sel < e->lo || sel > e->hi ||
		    !(e->when & (exit ? OUT : IN)) || !c->args[e->arg])
			continue;
		want = length(e, c);
		if (want > snaplen)
			want = snaplen;
		p = eyas_case_at(c, exit, c->args[e->arg], &n);
		if (n > want)
			n = want;
		if (n < want)
			flags |= EYAS_BLOB_F_FAULT;
		eyas_rec_blob(b, EYAS_BLOB_STRUCT, e->arg | flags, p, n)->full =
			(uint32_t)length(e, c);
	}
}
