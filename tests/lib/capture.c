// SPDX-License-Identifier: Apache-2.0
/* The records of a call that is written down. */
#include "capture.h"

#include <stdlib.h>
#include <string.h>
#include <linux/eyas_kinds.h>

#define IOVS_MAX 64
#define MSGS_MAX 16
#define STRINGS_MAX 4096U

#ifndef EYAS_SIZE_NEXT
#define EYAS_SIZE_NEXT 0xffff
#define EYAS_SIZE_SELF0 0xfffe
#define EYAS_SIZE_SELF4 0xfffd
#define EYAS_SIZE_FDSET 0xfffc
#define EYAS_SIZE_HANDLE 0xfffb
#endif

#define STRUCT(name, x86_64, ia32, arm64) { #name, x86_64, ia32 },
static const struct {
	const char *name;
	uint32_t native, compat;
} sizes[] = {
#include <linux/eyas_structs.h>
};

/* What a call's memory is recorded with. */
struct fetch {
	struct eyas_recs *b;
	const struct eyas_case *c;
	uint32_t snaplen;
	bool after; /* as it is then */
	uint8_t flags;
};

static bool is_32(const struct fetch *f)
{
	return f->c->abi == EYAS_ABI_IA32;
}

static uint64_t min64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Bytes at @addr, at most @want: how many there are. */
static uint64_t readable(const struct fetch *f, uint64_t addr, uint64_t want,
			 const unsigned char **ret)
{
	uint64_t len;

	*ret = eyas_case_at(f->c, f->after, addr, &len);
	return *ret ? min64(len, want) : 0;
}

static void blob(struct fetch *f, uint8_t kind, unsigned int arg, const void *data, uint64_t stored,
		 uint64_t want, uint64_t full)
{
	uint8_t flags = f->flags | (stored < want ? EYAS_BLOB_F_FAULT : 0);

	eyas_rec_blob(f->b, kind, (uint8_t)(arg | flags), data, stored)->full = (uint32_t)full;
}

static void counted(struct fetch *f, uint8_t kind, unsigned int arg, uint64_t addr, uint64_t len,
		    uint32_t max)
{
	uint64_t want = min64(len, max), n;
	const unsigned char *p;

	n = readable(f, addr, want, &p);
	blob(f, kind, arg, p, n, want, min64(len, EYAS_BLOB_FULL_UNKNOWN - 1));
}

static void string(struct fetch *f, unsigned int arg, uint64_t max)
{
	const unsigned char *p, *nul;
	uint64_t n = readable(f, f->c->args[arg], max, &p);

	nul = n ? memchr(p, '\0', n) : NULL;
	if (nul)
		blob(f, EYAS_BLOB_STRING, arg, p, (uint64_t)(nul - p), 0, (uint64_t)(nul - p));
	else
		blob(f, EYAS_BLOB_STRING, arg, p, n, max, EYAS_BLOB_FULL_UNKNOWN);
}

/* A word of an array of pointers; false: unreadable. */
static bool word_at(const struct fetch *f, uint64_t addr, uint64_t *ret)
{
	unsigned int size = is_32(f) ? 4 : 8;
	const unsigned char *p;

	*ret = 0;
	if (readable(f, addr, size, &p) < size)
		return false;
	memcpy(ret, p, size);
	return true;
}

static void strings(struct fetch *f, unsigned int arg)
{
	static char all[UINT16_MAX];
	uint32_t max = f->snaplen > STRINGS_MAX ? f->snaplen : STRINGS_MAX, done = 0;
	uint64_t at = f->c->args[arg], one, n;
	bool fault = false, whole = false;
	const unsigned char *p, *nul;

	if (!at)
		return;
	if (max > sizeof(all))
		max = sizeof(all);
	for (; done < max; at += is_32(f) ? 4 : 8) {
		fault = !word_at(f, at, &one);
		whole = !fault && !one;
		if (fault || whole)
			break;
		n = readable(f, one, max - done, &p);
		nul = n ? memchr(p, '\0', n) : NULL;
		fault = !nul && n < max - done;
		if (fault)
			break;
		n = nul ? (uint64_t)(nul - p) + 1 : max - done;
		memcpy(all + done, p, n);
		done += (uint32_t)n;
	}
	blob(f, EYAS_BLOB_STRINGS, arg, all, done, done + fault,
	     whole ? done : EYAS_BLOB_FULL_UNKNOWN);
}

static uint64_t own_size(const struct fetch *f, uint64_t addr, unsigned int off, unsigned int more)
{
	const unsigned char *p;
	uint32_t size;

	if (readable(f, addr + off, 4, &p) < 4)
		return off + 4;
	memcpy(&size, p, 4);
	return (uint64_t)size + more;
}

static uint32_t struct_size(const struct fetch *f, const char *name)
{
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		if (strcmp(sizes[i].name, name) == 0)
			return is_32(f) ? sizes[i].compat : sizes[i].native;
	}
	abort();
}

static void structure(struct fetch *f, unsigned int arg, const char *name)
{
	uint64_t addr = f->c->args[arg], len = struct_size(f, name);
	uint32_t bits = is_32(f) ? 32 : 64;
	int n = (int)f->c->args[0];

	if (!addr)
		return;
	switch (len) {
	case EYAS_SIZE_NEXT:
		len = arg < 5 ? f->c->args[arg + 1] : 0;
		break;
	case EYAS_SIZE_SELF0:
		len = own_size(f, addr, 0, 0);
		break;
	case EYAS_SIZE_SELF4:
		len = own_size(f, addr, 4, 0);
		break;
	case EYAS_SIZE_HANDLE:
		len = own_size(f, addr, 0, 8);
		break;
	case EYAS_SIZE_FDSET:
		len = n > 0 ? ((uint32_t)n + bits - 1) / bits * (bits / 8) : 0;
		break;
	}
	counted(f, EYAS_BLOB_STRUCT, arg, addr, len, f->snaplen > 256 ? f->snaplen : 256);
}

static void array(struct fetch *f, unsigned int arg, const char *name, bool by_ret)
{
	int64_t n = by_ret ? f->c->ret : (int64_t)(uint32_t)f->c->args[arg + 1];

	if (f->c->args[arg])
		counted(f, EYAS_BLOB_ARRAY, arg, f->c->args[arg],
			(uint64_t)(n > 0 ? n : 0) * struct_size(f, name),
			f->snaplen > 256 ? f->snaplen : 256);
}

static void buffer(struct fetch *f, unsigned int arg, const char *aux)
{
	uint64_t len;

	if (strcmp(aux, "RET") == 0) {
		len = (uint64_t)f->c->ret;
		if (arg < 5 && len > f->c->args[arg + 1])
			len = f->c->args[arg + 1];
	} else {
		len = f->c->args[aux[0] - '0'];
	}
	if (f->c->args[arg])
		counted(f, EYAS_BLOB_BYTES, arg, f->c->args[arg], len, f->snaplen);
}

/* ---- vectors and messages ---- */

static void vector(struct fetch *f, unsigned int arg, uint64_t addr, uint64_t count, bool told,
		   uint64_t len)
{
	struct eyas_iov iov[IOVS_MAX] = { 0 };
	unsigned char *data = calloc(1, f->snaplen);
	uint64_t n = min64(count, IOVS_MAX), got, sum = 0, want, done = 0;
	const unsigned char *p;

	for (got = 0; got < n; got++) {
		uint64_t at = addr + got * (is_32(f) ? 8 : 16), w[2];

		if (!word_at(f, at, &w[0]) || !word_at(f, at + (is_32(f) ? 4 : 8), &w[1]))
			break;
		iov[got] = (struct eyas_iov){ w[0], w[1] };
		sum += min64(w[1], UINT32_MAX);
	}
	blob(f, EYAS_BLOB_IOV, arg, iov, got * sizeof(*iov), n * sizeof(*iov),
	     min64(count, 1024) * sizeof(*iov));
	want = min64(told ? min64(len, sum) : sum, f->snaplen);
	for (uint64_t i = 0; i < got && done < want; i++) {
		uint64_t part = min64(iov[i].len, want - done);
		uint64_t have = readable(f, iov[i].base, part, &p);

		memcpy(data + done, p ? p : data, have);
		done += have;
		if (have < part)
			break;
	}
	blob(f, EYAS_BLOB_IOV_DATA, arg, data, done, want,
	     told	 ? min64(len, UINT32_MAX - 1) :
	     got < count ? EYAS_BLOB_FULL_UNKNOWN :
			   min64(sum, UINT32_MAX - 1));
	free(data);
}

static void iov(struct fetch *f, unsigned int arg)
{
	if (f->c->args[arg])
		vector(f, arg, f->c->args[arg], (uint32_t)f->c->args[arg + 1],
		       f->flags & EYAS_BLOB_F_OUT, (uint64_t)f->c->ret);
}

static void address(struct fetch *f, unsigned int arg, uint64_t addr, int32_t len)
{
	if (addr && len > 0)
		counted(f, EYAS_BLOB_SOCKADDR, arg, addr, (uint64_t)len, 128);
}

#define MSG_SIZE 56
#define MSG_SIZE_32 28

static bool one_msg32(const struct fetch *f, uint64_t addr, struct eyas_msg *m)
{
	const unsigned char *p;
	uint32_t v[MSG_SIZE_32 / 4];

	if (readable(f, addr, sizeof(v), &p) < sizeof(v))
		return false;
	memcpy(v, p, sizeof(v));
	*m = (struct eyas_msg){ .name = v[0],
				.namelen = v[1],
				.iov = v[2],
				.iovlen = v[3],
				.control = v[4],
				.controllen = v[5],
				.flags = v[6] };
	return true;
}

static bool one_msg64(const struct fetch *f, uint64_t addr, struct eyas_msg *m)
{
	const unsigned char *p;

	if (readable(f, addr, MSG_SIZE, &p) < MSG_SIZE)
		return false;
	memset(m, 0, sizeof(*m));
	memcpy(&m->name, p, 8);
	memcpy(&m->namelen, p + 8, 4);
	memcpy(&m->iov, p + 16, 8);
	memcpy(&m->iovlen, p + 24, 8);
	memcpy(&m->control, p + 32, 8);
	memcpy(&m->controllen, p + 40, 8);
	memcpy(&m->flags, p + 48, 4);
	return true;
}

static bool one_msg(const struct fetch *f, uint64_t addr, bool many, struct eyas_msg *m)
{
	const unsigned char *p;

	if (!(is_32(f) ? one_msg32(f, addr, m) : one_msg64(f, addr, m)))
		return false;
	if (!many)
		return true;
	if (readable(f, addr + (is_32(f) ? MSG_SIZE_32 : MSG_SIZE), 4, &p) < 4)
		return false;
	memcpy(&m->len, p, 4);
	return true;
}

static void messages(struct fetch *f, unsigned int arg, uint64_t count, bool many)
{
	struct eyas_msg msg[MSGS_MAX] = { 0 };
	uint64_t n = min64(count, MSGS_MAX), i, addr = f->c->args[arg];

	for (i = 0; i < n; i++) {
		if (!one_msg(f, addr + i * (is_32(f) ? MSG_SIZE_32 + 4 : MSG_SIZE + 8), many,
			     &msg[i]))
			break;
	}
	blob(f, EYAS_BLOB_MSG, arg, msg, i * sizeof(*msg), n * sizeof(*msg),
	     min64(count, 1024) * sizeof(*msg));
	if (!i)
		return;
	address(f, arg, msg->name, (int32_t)msg->namelen);
	vector(f, arg, msg->iov, msg->iovlen, f->flags & EYAS_BLOB_F_OUT,
	       many ? msg->len : (uint64_t)f->c->ret);
	if (msg->control && msg->controllen)
		counted(f, EYAS_BLOB_CONTROL, arg, msg->control, msg->controllen, f->snaplen);
}

static void sockaddr(struct fetch *f, unsigned int arg)
{
	int32_t len = (int32_t)f->c->args[arg + 1];
	const unsigned char *p;

	if (f->flags & EYAS_BLOB_F_OUT) {
		if (readable(f, f->c->args[arg + 1], 4, &p) < 4)
			return;
		memcpy(&len, p, 4);
	}
	address(f, arg, f->c->args[arg], len);
}

/* ---- calls ---- */

#define IN 1
#define OUT 2

static const uint8_t when[EYAS_KIND_MAX] = {
	[EYAS_KIND_PATH] = IN,
	[EYAS_KIND_STRING] = IN,
	[EYAS_KIND_STRINGS] = IN,
	[EYAS_KIND_INBUF] = IN,
	[EYAS_KIND_OUTBUF] = OUT,
	[EYAS_KIND_INSTRUCT] = IN,
	[EYAS_KIND_OUTSTRUCT] = OUT,
	[EYAS_KIND_IOSTRUCT] = IN | OUT,
	[EYAS_KIND_INARRAY] = IN,
	[EYAS_KIND_OUTARRAY] = OUT,
	[EYAS_KIND_IOARRAY] = IN | OUT,
	[EYAS_KIND_INIOV] = IN,
	[EYAS_KIND_OUTIOV] = OUT,
	[EYAS_KIND_INMSG] = IN,
	[EYAS_KIND_OUTMSG] = OUT,
	[EYAS_KIND_INSOCKADDR] = IN,
	[EYAS_KIND_OUTSOCKADDR] = OUT,
	[EYAS_KIND_SIGSET] = IN,
	[EYAS_KIND_OUTSIGSET] = OUT,
};

static void fetch_arg(struct fetch *f, unsigned int arg)
{
	const struct eyas_syscall_arg *a = &f->c->sc->args[arg];

	switch (a->kind) {
	case EYAS_KIND_PATH:
		string(f, arg, 4096);
		break;
	case EYAS_KIND_STRING:
		string(f, arg, min64(f->snaplen, 4096));
		break;
	case EYAS_KIND_STRINGS:
		strings(f, arg);
		break;
	case EYAS_KIND_INBUF:
	case EYAS_KIND_OUTBUF:
		buffer(f, arg, a->aux);
		break;
	case EYAS_KIND_INSTRUCT:
	case EYAS_KIND_OUTSTRUCT:
	case EYAS_KIND_IOSTRUCT:
		structure(f, arg, a->aux);
		break;
	case EYAS_KIND_INARRAY:
	case EYAS_KIND_OUTARRAY:
	case EYAS_KIND_IOARRAY:
		if (strcmp(a->aux, "mmsghdr") != 0)
			array(f, arg, a->aux, a->kind == EYAS_KIND_OUTARRAY);
		else if (f->c->args[arg])
			messages(f, arg,
				 a->kind == EYAS_KIND_OUTARRAY ? (uint64_t)f->c->ret :
								 (uint32_t)f->c->args[arg + 1],
				 true);
		break;
	case EYAS_KIND_INIOV:
	case EYAS_KIND_OUTIOV:
		iov(f, arg);
		break;
	case EYAS_KIND_INMSG:
	case EYAS_KIND_OUTMSG:
		if (f->c->args[arg])
			messages(f, arg, 1, false);
		break;
	case EYAS_KIND_INSOCKADDR:
	case EYAS_KIND_OUTSOCKADDR:
		sockaddr(f, arg);
		break;
	default:
		if (f->c->args[arg])
			counted(f, EYAS_BLOB_STRUCT, arg, f->c->args[arg], 8, 8);
		break;
	}
}

static bool failed(const struct eyas_case *c)
{
	return c->ret < 0 && c->ret >= -4095;
}

static void fetch_all(struct fetch *f, bool exit)
{
	const struct eyas_syscall *sc = f->c->sc;

	for (unsigned int i = 0; sc && i < sc->nargs; i++) {
		uint8_t w = when[sc->args[i].kind];

		if (exit && (w & OUT) && !failed(f->c))
			f->flags = EYAS_BLOB_F_OUT;
		else if (!exit && (w & IN))
			f->flags = 0;
		else
			continue;
		fetch_arg(f, i);
	}
}

void eyas_capture_enter(struct eyas_recs *b, const struct eyas_case *c, uint32_t snaplen,
			struct eyas_event *ret)
{
	struct fetch f = { .b = b, .c = c, .snaplen = snaplen };
	struct eyas_sys_enter *e = eyas_rec_other(b, EYAS_REC_SYS_ENTER, sizeof(*e));

	b->last->nr = c->nr;
	b->last->abi = c->abi;
	memcpy(e->args, c->args, sizeof(e->args));
	fetch_all(&f, false);
	eyas_capture_extra(b, c, snaplen, false);
	eyas_rec_event(b, ret);
	ret->sc = c->sc;
}

void eyas_capture_exit(struct eyas_recs *b, const struct eyas_case *c, uint32_t snaplen,
		       struct eyas_event *ret)
{
	struct fetch f = { .b = b, .c = c, .snaplen = snaplen, .after = true };
	struct eyas_sys_exit *x = eyas_rec_other(b, EYAS_REC_SYS_EXIT, sizeof(*x));

	b->last->nr = c->nr;
	b->last->abi = c->abi;
	memcpy(x->args, c->args, sizeof(x->args));
	x->ret = c->ret;
	fetch_all(&f, true);
	if (!failed(c))
		eyas_capture_extra(b, c, snaplen, true);
	eyas_rec_event(b, ret);
	ret->sc = c->sc;
}
