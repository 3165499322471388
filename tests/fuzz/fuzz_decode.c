// SPDX-License-Identifier: Apache-2.0
/*
 * Bytes as a call and the memory it was about: printed in whole, in parts and as
 * JSON. Lines are of printable characters, JSON is an object.
 *
 * Bytes are: options (2), number (2), ABI (1), what there is (1), result (8),
 * arguments (6 * 8), then pieces of memory: record, kind, arg and flags, what full
 * is (1 each), length (1), data.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "decode/decode.h"
#include "fuzz.h"

#define HAS_ENTER 1
#define HAS_EXIT 2
#define IS_SIGNAL 4
#define RECORD_MAX (64U << 10)
#define HEAD 4 /* bytes before a piece's data, but for its length */

struct input {
	const uint8_t *p, *end;
};

static uint64_t take(struct input *in, size_t n)
{
	uint64_t v = 0;

	if ((size_t)(in->end - in->p) < n)
		n = (size_t)(in->end - in->p);
	if (n)
		memcpy(&v, in->p, n);
	in->p += n;
	return v;
}

/* ---- records ---- */

static struct eyas_record *new_record(uint16_t type, const void *fixed, size_t size)
{
	struct eyas_record *rec = calloc(1, RECORD_MAX);

	if (!rec)
		abort();
	rec->len = (uint32_t)(sizeof(*rec) + size);
	rec->type = type;
	rec->pid = rec->tid = 1;
	memcpy(rec + 1, fixed, size);
	return rec;
}

static void add_blob(struct eyas_record *rec, uint8_t kind, uint8_t arg, uint32_t full,
		     const void *data, size_t len)
{
	size_t size = sizeof(struct eyas_blob) + ((len + 7) & ~(size_t)7);
	struct eyas_blob *b = (void *)((char *)rec + rec->len);

	if (rec->len + size > RECORD_MAX)
		return;
	*b = (struct eyas_blob){ .kind = kind, .arg = arg, .stored = (uint16_t)len, .full = full };
	memcpy(b + 1, data, len);
	rec->len += (uint32_t)size;
}

static void add_blobs(struct input *in, struct eyas_record *const recs[2])
{
	while (in->end - in->p > HEAD) {
		unsigned int which = take(in, 1) & 1;
		uint8_t kind = (uint8_t)take(in, 1), arg = (uint8_t)take(in, 1);
		uint32_t full = (uint32_t)take(in, 1);
		size_t len = take(in, 1);

		if (len > (size_t)(in->end - in->p))
			len = (size_t)(in->end - in->p);
		full = full == 0xff ? EYAS_BLOB_FULL_UNKNOWN : (uint32_t)len + full;
		add_blob(recs[which], kind % EYAS_BLOB_KIND_MAX, arg, full, in->p, len);
		in->p += len;
	}
}

/* Copied to where it ends with its memory, so that nothing reads further. */
static bool lay_out(const struct eyas_record *rec, void **ret_mem, struct eyas_event *ret)
{
	struct eyas_err err;

	*ret_mem = malloc(rec->len);
	if (!*ret_mem)
		abort();
	memcpy(*ret_mem, rec, rec->len);
	if (eyas_event_parse(ret, eyas_bytes_of(*ret_mem, rec->len), &err))
		return false;
	/* For the structs of ABIs that have no table of their own. */
	if (!ret->sc)
		ret->sc = eyas_syscall_by_nr(EYAS_ABI_X86_64, rec->nr);
	return true;
}

/* ---- checks ---- */

static void check_line(struct eyas_strbuf *out)
{
	for (size_t i = 0; i < out->len; i++) {
		if (out->buf[i] < ' ' || out->buf[i] > '~')
			abort();
	}
	eyas_strbuf_reset(out);
}

static void check_json(struct eyas_strbuf *out)
{
	json_t *o;

	eyas_strbuf_addc(out, '}');
	o = json_loads(out->buf, JSON_REJECT_DUPLICATES, NULL);
	if (!o) {
		fprintf(stderr, "%s\n", out->buf);
		abort();
	}
	json_decref(o);
	eyas_strbuf_reset(out);
}

static void print_call(struct eyas_decode *d, const struct eyas_decode_call *c,
		       struct eyas_strbuf *out)
{
	eyas_decode_call(d, c, out);
	check_line(out);
	eyas_decode_enter(d, c, out);
	check_line(out);
	eyas_decode_resumed(d, c, out);
	check_line(out);
	eyas_decode_result(d, c, out);
	check_line(out);
	eyas_strbuf_addc(out, '{');
	eyas_decode_json(d, c, out);
	check_json(out);
}

static void print_signal(struct eyas_decode *d, const struct eyas_event *ev,
			 struct eyas_strbuf *out)
{
	eyas_decode_signal(d, ev, out);
	check_line(out);
	eyas_strbuf_addc(out, '{');
	eyas_decode_json_signal(d, ev, out);
	check_json(out);
	eyas_decode_exit(d, (uint32_t)ev->signal->value, out);
	check_line(out);
}

/* ---- what the caller knows ---- */

static bool hook_fd(void *arg, const struct eyas_event *ev, int fd, struct eyas_decode_fd *ret)
{
	(void)arg;
	(void)ev;
	ret->path = "/tmp/\n<x>";
	ret->len = strlen(ret->path);
	return fd & 1;
}

static bool hook_comm(void *arg, const struct eyas_event *ev, int pid, char ret[16])
{
	(void)arg;
	(void)ev;
	memset(ret, '\n', 16);
	return pid & 1;
}

static struct eyas_decode *new_decoder(uint64_t bits)
{
	struct eyas_decode_opts o = {
		.strsize = bits & 0x1f,
		.hex = bits >> 5 & 3,
		.xlat = bits >> 7 & 3,
		.fds = bits >> 9 & 3,
		.verbose = bits >> 11 & 1,
		.pids = bits >> 12 & 1,
		.names = bits >> 13 & 1,
		.raw = bits >> 14 & 1,
		.no_structs = bits >> 15 & 1,
		.hooks = { .fd = hook_fd, .comm = hook_comm },
	};
	struct eyas_decode *d = eyas_decode_new(&o);

	if (!d)
		abort();
	return d;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, data + size };
	struct eyas_decode *d = new_decoder(take(&in, 2));
	uint16_t nr = (uint16_t)take(&in, 2);
	uint8_t abi = (uint8_t)take(&in, 1), what = (uint8_t)take(&in, 1);
	struct eyas_sys_exit x = { .ret = (int64_t)take(&in, 8) };
	struct eyas_strbuf out = EYAS_STRBUF_INIT;
	struct eyas_signal sig = { 0 };
	struct eyas_event ev[3];
	struct eyas_record *rec[3];
	struct eyas_decode_call c = { 0 };
	void *mem[3];

	for (unsigned int i = 0; i < 6; i++)
		x.args[i] = take(&in, 8);
	memcpy(&sig, &x, sizeof(sig) < sizeof(x) ? sizeof(sig) : sizeof(x));
	rec[0] = new_record(EYAS_REC_SYS_ENTER, x.args, sizeof(x.args));
	rec[1] = new_record(EYAS_REC_SYS_EXIT, &x, sizeof(x));
	rec[2] = new_record(EYAS_REC_SIGNAL, &sig, sizeof(sig));
	rec[0]->nr = rec[1]->nr = nr;
	for (unsigned int i = 0; i < 3; i++)
		rec[i]->abi = abi % EYAS_ABI_MAX;
	add_blobs(&in, rec);
	if (lay_out(rec[0], &mem[0], &ev[0]) && (what & HAS_ENTER))
		c.enter = &ev[0];
	if (lay_out(rec[1], &mem[1], &ev[1]) && (what & HAS_EXIT))
		c.exit = &ev[1];
	if (c.enter || c.exit)
		print_call(d, &c, &out);
	if (lay_out(rec[2], &mem[2], &ev[2]) && (what & IS_SIGNAL))
		print_signal(d, &ev[2], &out);
	for (unsigned int i = 0; i < 3; i++) {
		free(mem[i]);
		free(rec[i]);
	}
	eyas_strbuf_release(&out);
	eyas_decode_free(d);
	return 0;
}
