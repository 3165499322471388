// SPDX-License-Identifier: Apache-2.0
/* Arguments by their place in the x86_64 call, whatever ABI the call was of. */
#include <errno.h>
#include <string.h>
#include "event/callnr.h"
#include "event/event.h"
#include "event/evtype.h"
#include "event/syscall.h"

#define PAGE_SHIFT	12	/* of mmap2, whatever the host's pages are */

/* Numbers of ia32 whose ids are of 16 bits; those of 32 have others. */
static bool has_ids16(int nr)
{
	static const uint8_t nrs[] = { 16, 23, 46, 70, 71, 95, 138, 139, 164, 170, 182 };

	return nr > 0 && nr <= UINT8_MAX && memchr(nrs, nr, sizeof(nrs));
}

/* The one argument of the first mmap leads to all of them. */
static int from_memory(const struct eyas_event *ev, unsigned int n, uint64_t *ret)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_STRUCT, 0);
	uint32_t v;

	if (!b || b->len < (n + 1) * sizeof(v))
		return -ENOENT;
	memcpy(&v, b->data + n * sizeof(v), sizeof(v));
	*ret = v;
	return 0;
}

static uint64_t widen(const struct eyas_event *ev, const uint64_t *args, unsigned int n)
{
	const struct eyas_syscall_arg *a = &ev->sc->args[n];
	uint32_t v = (uint32_t)args[n];

	switch (a->kind) {
	case EYAS_KIND_INT:
	case EYAS_KIND_OFFSET:
		return (uint64_t)(int64_t)(int32_t)v;
	case EYAS_KIND_UID:
	case EYAS_KIND_GID:
		if (!has_ids16(ev->nr))
			return v;
		return (uint16_t)v == UINT16_MAX ? UINT32_MAX : (uint16_t)v;
	default:
		if (!strcmp(a->name, "pos_l"))
			return v | args[n + 1] << 32;
		return strcmp(a->name, "pgoff") ? v : (uint64_t)v << PAGE_SHIFT;
	}
}

uint64_t eyas_event_open_flags(uint8_t abi, uint64_t flags)
{
	/* O_DIRECTORY, O_NOFOLLOW, O_DIRECT, O_LARGEFILE; on x86 the last two come first. */
	uint64_t four = flags & 0x3c000;

	if (abi != EYAS_ABI_ARM64 && abi != EYAS_ABI_ARM32)
		return flags;
	return (flags & ~(uint64_t)0x3c000) | (four << 2 & 0x30000) | (four >> 2 & 0xc000);
}

int eyas_event_arg(const struct eyas_event *ev, unsigned int n, uint64_t *ret)
{
	uint64_t args[6];

	if (n >= 6 || (!ev->sys && !ev->enter))
		return -ENOENT;
	memcpy(args, ev->sys ? ev->sys->args : ev->enter->args, sizeof(args));
	*ret = args[n];
	if (!ev->sc || ev->abi == EYAS_ABI_X86_64)
		return 0;
	if (n < ev->sc->nargs && !strcmp(ev->sc->args[n].aux, "open"))
		*ret = eyas_event_open_flags(ev->abi, *ret);
	if (ev->abi != EYAS_ABI_IA32)
		return 0;
	if (ev->sc->evtype == SYS_mmap && ev->sc->nargs == 1)
		return from_memory(ev, n, ret);
	if (n < ev->sc->nargs)
		*ret = widen(ev, args, n);
	return 0;
}
