// SPDX-License-Identifier: Apache-2.0
/* Writing capture files: records are packed, blocks are sealed, bytes leave. */
#include "source/capture_write.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "source/capture_items.h"

#define PIECE_FULL	(128U << 10)	/* bytes of any piece that seal a block */
#define TOKENS_SIZE	(PIECE_FULL + EYAS_CAPTURE_TOKENS_MAX)
#define WORDS_SIZE	(PIECE_FULL + EYAS_CAPTURE_WORDS_MAX)
#define REST_SIZE	(PIECE_FULL + EYAS_RECORD_MAX)
#define HEAD_SIZE	sizeof(struct eyas_capture_events)
#define PACKER_SIZE	(HEAD_SIZE + TOKENS_SIZE + WORDS_SIZE + REST_SIZE)
#define STATE_PART	(1U << 20)	/* bytes of items in a block, and of one item */
#define CLOCK_STEP	10000000U	/* ns; as much as a clock is slewed between two blocks */

static_assert(PACKER_SIZE <= EYAS_CAPTURE_PAYLOAD_MAX, "what is packed fits a block");

/* ---- an EVENTS block in the making ---- */

/* Where each piece begins, or, with PIECE_FULL, is full. */
static struct eyas_capture_pieces_out pieces(const struct eyas_capture_packer *p, size_t at)
{
	unsigned char *tokens = p->mem + sizeof(struct eyas_capture_events);

	return (struct eyas_capture_pieces_out){
		.tokens = tokens + at,
		.words = tokens + TOKENS_SIZE + at,
		.rest = tokens + TOKENS_SIZE + WORDS_SIZE + at,
	};
}

static void packer_begin(struct eyas_capture_packer *p)
{
	memset(&p->head, 0, sizeof(p->head));
	memset(&p->coder, 0, sizeof(p->coder));
	p->head.type = EYAS_CAPTURE_EVENTS;
	p->head.num = p->num;
	p->out = pieces(p, 0);
}

int eyas_capture_packer_init(struct eyas_capture_packer *p, uint64_t num)
{
	memset(p, 0, sizeof(*p));
	p->mem = malloc(PACKER_SIZE);
	if (!p->mem)
		return -ENOMEM;
	p->num = num;
	packer_begin(p);
	return 0;
}

void eyas_capture_packer_release(struct eyas_capture_packer *p)
{
	free(p->mem);
	p->mem = NULL;
}

static void count(struct eyas_capture_packer *p, unsigned int n, const struct eyas_loss *loss)
{
	if (!loss) {
		p->totals.events += n;
		return;
	}
	p->totals.loss_records += n;
	for (unsigned int c = 0; n && c < EYAS_CLASS_MAX; c++) {
		p->totals.lost[c] += loss->count[c];
		p->head.lost += loss->count[c];
	}
}

int eyas_capture_packer_put(struct eyas_capture_packer *p, struct eyas_record_run *run)
{
	struct eyas_capture_pieces_out full = pieces(p, PIECE_FULL);
	struct eyas_bytes in = eyas_bytes_of(run->rec, run->len);
	uint64_t step = run->clock - p->head.clock;
	int n;

	if (!p->head.records) {
		p->head.first = run->rec->time;
		p->head.clock = run->clock;
	} else if (step + CLOCK_STEP > 2 * (uint64_t)CLOCK_STEP) {
		return 0;
	}
	n = eyas_capture_pack(&p->coder, &in, run->cpu, run->lane, &p->out, &full);
	if (n < 0)
		return n;
	p->head.records += (uint32_t)n;
	p->head.last = p->coder.time;
	p->num += (uint64_t)n;
	p->totals.bytes += run->len - eyas_bytes_left(&in);
	count(p, (unsigned int)n, run->loss);
	run->rec = (const void *)in.p;
	run->len = (uint32_t)eyas_bytes_left(&in);
	run->count -= (uint32_t)n;
	return 0;
}

int eyas_capture_packer_seal(struct eyas_capture_packer *p, struct eyas_capture_sealer *s,
			     struct eyas_capture_block *ret, const void **ret_stored)
{
	struct eyas_capture_pieces_out start = pieces(p, 0);
	size_t words = (size_t)(p->out.words - start.words);
	size_t rest = (size_t)(p->out.rest - start.rest);
	struct eyas_capture_events head = {
		.tokens = (uint32_t)(p->out.tokens - start.tokens),
		.words = (uint32_t)words,
	};
	int r;

	memcpy(p->mem, &head, sizeof(head));
	memmove(p->out.tokens, start.words, words);
	memmove(p->out.tokens + words, start.rest, rest);
	*ret = p->head;
	r = eyas_capture_seal(s, ret, p->mem, sizeof(head) + head.tokens + words + rest,
			      ret_stored);
	/* What is stored may be this memory: it is written to when the next record comes. */
	if (!r)
		packer_begin(p);
	return r;
}

/* ---- a file ---- */

struct eyas_capture_writer {
	int fd;
	bool regular;
	char *path;
	uint64_t size;			/* bytes of whole blocks */
	struct eyas_capture_end written; /* totals of these */
	struct eyas_err failed;
	struct eyas_capture_sealer sealer;
	struct eyas_capture_packer packer;
};

static int write_all(int fd, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The first failure counts, and leaves a file that ends with a whole block. */
static int fail(struct eyas_capture_writer *w, int code)
{
	eyas_err_set(&w->failed, code, "cannot write '%s': %s", w->path, strerror(-code));
	if (w->regular && ftruncate(w->fd, (off_t)w->size) < 0)
		eyas_err_prefix(&w->failed, "cannot cut '%s' at byte %" PRIu64 ": ", w->path,
				w->size);
	return code;
}

static int give_err(const struct eyas_capture_writer *w, struct eyas_err *err)
{
	if (err)
		*err = w->failed;
	return w->failed.code;
}

static int put_block(struct eyas_capture_writer *w, const struct eyas_capture_block *b,
		     const void *stored)
{
	int r = write_all(w->fd, b, sizeof(*b));

	if (!r)
		r = write_all(w->fd, stored, b->stored);
	if (r)
		return fail(w, r);
	w->size += sizeof(*b) + b->stored;
	return 0;
}

/* A block of another kind than events. */
static int put_other(struct eyas_capture_writer *w, uint16_t type, const void *payload, size_t len)
{
	struct eyas_capture_block b = { .type = type, .num = w->packer.num };
	const void *stored;
	int r = eyas_capture_seal(&w->sealer, &b, payload, len, &stored);

	return r ? fail(w, r) : put_block(w, &b, stored);
}

static int flush(struct eyas_capture_writer *w)
{
	struct eyas_capture_block b;
	const void *stored;
	int r;

	if (w->failed.code)
		return w->failed.code;
	if (eyas_capture_packer_empty(&w->packer))
		return 0;
	r = eyas_capture_packer_seal(&w->packer, &w->sealer, &b, &stored);
	r = r ? fail(w, r) : put_block(w, &b, stored);
	if (!r)
		w->written = w->packer.totals;
	return r;
}

static int begin(struct eyas_capture_writer *w, const struct eyas_capture_opening *o)
{
	struct eyas_capture_file head = { .part = o->part };
	int r;

	memcpy(head.id, o->id, sizeof(head.id));
	eyas_capture_file_seal(&head);
	r = write_all(w->fd, &head, sizeof(head));
	if (r)
		return fail(w, r);
	w->size = sizeof(head);
	return put_other(w, EYAS_CAPTURE_FACTS, o->facts->buf, o->facts->len);
}

static int open_path(const char *path)
{
	int fd;

	if (!strcmp(path, "-"))
		fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	else
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
	return fd < 0 ? -errno : fd;
}

int eyas_capture_writer_open(struct eyas_capture_writer **ret, const struct eyas_capture_opening *o,
			     struct eyas_err *err)
{
	struct eyas_capture_writer *w = calloc(1, sizeof(*w));
	struct stat st;
	int r;

	if (w) {
		w->fd = -1;
		w->path = strdup(o->path);
	}
	if (!w || !w->path || eyas_capture_packer_init(&w->packer, o->num)) {
		eyas_capture_writer_free(w);
		return eyas_err_set(err, -ENOMEM, "cannot write '%s': out of memory", o->path);
	}
	w->fd = open_path(o->path);
	if (w->fd < 0) {
		r = eyas_err_set(err, w->fd, "cannot make '%s': %s", o->path, strerror(-w->fd));
		eyas_capture_writer_free(w);
		return r;
	}
	w->regular = !fstat(w->fd, &st) && S_ISREG(st.st_mode);
	if (begin(w, o)) {
		r = give_err(w, err);
		eyas_capture_writer_free(w);
		return r;
	}
	*ret = w;
	return 0;
}

bool eyas_capture_state_part(struct eyas_bytes *left, struct eyas_bytes *ret)
{
	struct eyas_bytes rest = *left, data;
	const unsigned char *end = rest.p;
	uint16_t type;

	while (eyas_item_next(&rest, &type, &data) > 0) {
		if (end > left->p && (size_t)(rest.p - left->p) > STATE_PART)
			break;
		end = rest.p;
	}
	*ret = eyas_bytes_of(left->p, (size_t)(end - left->p));
	left->p = end;
	return eyas_bytes_left(ret) > 0;
}

int eyas_capture_writer_state(struct eyas_capture_writer *w, const struct eyas_strbuf *items,
			      struct eyas_err *err)
{
	struct eyas_bytes left = eyas_bytes_of(items->buf, items->len), part;
	int r = flush(w);

	while (!r && eyas_capture_state_part(&left, &part)) {
		size_t n = eyas_bytes_left(&part);

		r = n > EYAS_CAPTURE_PAYLOAD_MAX ? fail(w, -E2BIG) :
						   put_other(w, EYAS_CAPTURE_STATE, part.p, n);
	}
	return r ? give_err(w, err) : 0;
}

int eyas_capture_writer_put(struct eyas_capture_writer *w, const struct eyas_record_run *run,
			    struct eyas_err *err)
{
	struct eyas_record_run left = *run;

	for (;;) {
		if (w->failed.code)
			return give_err(w, err);
		if (eyas_capture_packer_put(&w->packer, &left))
			return eyas_err_set(err, -EBADMSG,
					    "cannot write '%s': bytes that are no record", w->path);
		if (!left.len)
			return 0;
		flush(w);
	}
}

int eyas_capture_writer_flush(struct eyas_capture_writer *w, struct eyas_err *err)
{
	return flush(w) ? give_err(w, err) : 0;
}

void eyas_capture_end_add(struct eyas_capture_end *a, const struct eyas_capture_end *b)
{
	a->events += b->events;
	a->loss_records += b->loss_records;
	a->bytes += b->bytes;
	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		a->lost[c] += b->lost[c];
}

int eyas_capture_writer_block(struct eyas_capture_writer *w, const struct eyas_capture_block *b,
			      const void *stored, const struct eyas_capture_end *totals,
			      struct eyas_err *err)
{
	int r = flush(w);

	if (!r)
		r = put_block(w, b, stored);
	if (r)
		return give_err(w, err);
	eyas_capture_end_add(&w->packer.totals, totals);
	w->written = w->packer.totals;
	w->packer.num = b->num + b->records;
	packer_begin(&w->packer);
	return 0;
}

int eyas_capture_writer_end(struct eyas_capture_writer *w, uint32_t flags, struct eyas_err *err)
{
	int r = flush(w);

	w->packer.totals.flags = flags;
	if (!r)
		r = put_other(w, EYAS_CAPTURE_END, &w->packer.totals, sizeof(w->packer.totals));
	if (!r && close(w->fd) < 0)
		fail(w, r = -errno);
	else if (r)
		close(w->fd);
	w->fd = -1;
	return r ? give_err(w, err) : 0;
}

void eyas_capture_writer_free(struct eyas_capture_writer *w)
{
	if (!w)
		return;
	eyas_cleanup_close(&w->fd);
	eyas_capture_packer_release(&w->packer);
	eyas_capture_sealer_release(&w->sealer);
	free(w->path);
	free(w);
}

uint64_t eyas_capture_writer_size(const struct eyas_capture_writer *w)
{
	return w->size;
}

uint64_t eyas_capture_writer_num(const struct eyas_capture_writer *w)
{
	return w->packer.num;
}

const struct eyas_capture_end *eyas_capture_writer_totals(const struct eyas_capture_writer *w)
{
	return &w->written;
}

bool eyas_capture_writer_pending(const struct eyas_capture_writer *w)
{
	return !eyas_capture_packer_empty(&w->packer);
}
