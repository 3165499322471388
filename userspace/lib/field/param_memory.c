// SPDX-License-Identifier: Apache-2.0
/* What is behind pointers. Layouts are those of the program, not ours. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include "base/strbuf.h"
#include "field/flags.h"
#include "field/param_memory.h"
#include "field/subject.h"

#define NS		1000000000ULL

/* The memory of one argument: the first blob that is of it, or the last. */
static const struct eyas_event_blob *memory(const struct eyas_event *ev, unsigned int arg,
					    bool last)
{
	const struct eyas_event_blob *found = NULL;

	for (unsigned int i = 0; i < ev->nblobs && (last || !found); i++) {
		const struct eyas_event_blob *b = &ev->blobs[i];

		if (b->arg == arg && (b->kind == EYAS_BLOB_STRUCT || b->kind == EYAS_BLOB_ARRAY))
			found = b;
	}
	return found;
}

int eyas_param_bytes(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     struct eyas_text *ret)
{
	uint8_t kind = p->source == EYAS_PS_CONTROL ? EYAS_BLOB_CONTROL : EYAS_BLOB_BYTES;
	const struct eyas_event_blob *b = eyas_event_blob(ctx->ev, kind, p->n);

	if (!b && kind == EYAS_BLOB_BYTES)
		b = eyas_event_blob(ctx->ev, EYAS_BLOB_IOV_DATA, p->n);
	if (!b || (!b->len && b->flags & EYAS_BLOB_F_FAULT))
		return -ENOENT;
	*ret = (struct eyas_text){ b->data, b->len };
	if (p->type == EYAS_PT_STR)
		ret->len = strnlen(ret->p, ret->len);
	return 0;
}

static int element(const struct eyas_event_blob *b, unsigned int i, unsigned int width,
		   uint64_t *ret)
{
	uint16_t u16;
	uint32_t u32;

	if (!b || b->len < (i + 1) * width)
		return -ENOENT;
	switch (width) {
	case 2:
		memcpy(&u16, b->data + (size_t)i * width, width);
		*ret = u16;
		return 0;
	case 4:
		memcpy(&u32, b->data + (size_t)i * width, width);
		*ret = u32;
		return 0;
	default:
		memcpy(ret, b->data + (size_t)i * width, sizeof(*ret));
		return 0;
	}
}

/* A long of the program, unless the struct is one for 64 bits everywhere. */
static unsigned int long_width(const struct eyas_event *ev, unsigned int arg)
{
	const char *of = ev->sc && arg < ev->sc->nargs ? ev->sc->args[arg].aux : "";
	size_t len = strlen(of);

	if (ev->abi != EYAS_ABI_IA32 && ev->abi != EYAS_ABI_ARM32)
		return 8;
	return !strcmp(of, "loff_t") || (len > 2 && !strcmp(of + len - 2, "64")) ? 8 : 4;
}

/* Of signed ones the sign goes up to the top; all ones are no limit, whatever the width. */
static uint64_t widen(const struct eyas_param *p, uint64_t v, unsigned int width)
{
	if (p->type != EYAS_PT_INT)
		return v;
	if (width == 2)
		return (uint64_t)(int64_t)(int16_t)v;
	return width == 4 && v == UINT32_MAX ? UINT64_MAX : v;
}

int eyas_param_word(const struct eyas_event *ev, const struct eyas_param *p, uint64_t *ret)
{
	unsigned int arg = p->n >> 5, i = p->n & 31, width;
	int r;

	switch ((enum eyas_param_source)p->source) {
	case EYAS_PS_WORD16:
		width = 2;
		break;
	case EYAS_PS_WORD32:
		width = 4;
		break;
	case EYAS_PS_LONG:
		width = long_width(ev, arg);
		break;
	default:
		width = 8;
	}
	r = element(memory(ev, arg, true), i, width, ret);
	if (r == 0)
		*ret = widen(p, *ret, width);
	return r;
}

int eyas_param_span(const struct eyas_event *ev, const struct eyas_param *p, uint64_t *ret)
{
	const struct eyas_event_blob *b = memory(ev, p->n, false);
	unsigned int width = long_width(ev, p->n);
	uint64_t s, ns;

	if (element(b, 0, width, &s) < 0 || element(b, 1, width, &ns) < 0)
		return -ENOENT;
	*ret = s * NS + ns;
	return 0;
}

int eyas_param_iov_size(const struct eyas_event *ev, const struct eyas_param *p, uint64_t *ret)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_IOV, p->n);
	struct eyas_iov iov;

	if (!b || b->full != b->len)
		return -ENOENT;
	*ret = 0;
	for (size_t i = 0; i + sizeof(iov) <= b->len; i += sizeof(iov)) {
		memcpy(&iov, b->data + i, sizeof(iov));
		*ret += iov.len;
	}
	return 0;
}

static const struct eyas_flag poll_events[] = {
	{ POLLIN, 1 << 0, "" }, { POLLPRI, 1 << 1, "" }, { POLLOUT, 1 << 2, "" },
	{ 0x2000 /* POLLRDHUP */, 1 << 3, "" }, { POLLERR, 1 << 4, "" }, { POLLHUP, 1 << 5, "" },
	{ POLLNVAL, 1 << 6, "" }, { 0x40 /* POLLRDNORM */, 1 << 7, "" },
	{ 0x80 /* POLLRDBAND */, 1 << 8, "" }, { 0x100 /* POLLWRNORM */, 1 << 9, "" },
	{ 0x200 /* POLLWRBAND */, 1 << 10, "" }, { 0 }
};

int eyas_param_polled(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		      struct eyas_text *ret)
{
	const struct eyas_event_blob *b = memory(ctx->ev, p->n, true);
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	struct pollfd pf;
	struct eyas_fd fd;

	if (!b)
		return -ENOENT;
	for (size_t i = 0; i + sizeof(pf) <= b->len; i += sizeof(pf)) {
		memcpy(&pf, b->data + i, sizeof(pf));
		if (eyas_enrich_fd(ctx->en, ctx->proc, pf.fd, &fd) < 0)
			fd.type = '?';
		eyas_strbuf_addf(&sb, "%s%d:%c%llx", i ? " " : "", pf.fd, fd.type ? fd.type : 'o',
				 (unsigned long long)eyas_flags_value(poll_events,
								      (uint16_t)pf.revents));
	}
	ret->p = eyas_strbuf_ok(&sb) ? eyas_arena_strndup(ctx->arena, sb.buf, sb.len) : NULL;
	ret->len = sb.len;
	return ret->p ? 0 : -ENOMEM;
}
