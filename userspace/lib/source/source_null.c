// SPDX-License-Identifier: Apache-2.0
/* A source without a kernel: nothing, or records from memory, once. For tests and dry runs. */
#include "source/source.h"

#include <errno.h>
#include <stdlib.h>

struct null_source {
	struct eyas_source src;
	struct eyas_bytes left;
	size_t len;
	uint64_t num;
	_Alignas(8) unsigned char data[];
};

static int null_next(struct eyas_source *src, struct eyas_event *ret, struct eyas_err *err)
{
	struct null_source *s = (struct null_source *)src;
	size_t at = s->len - eyas_bytes_left(&s->left);
	struct eyas_bytes rest = s->left;
	const struct eyas_record *rec = (const void *)rest.p;
	int r;

	if (at == s->len)
		return -ENODATA;
	if (s->len - at < sizeof(*rec) || rec->len < sizeof(*rec) || rec->len % 8 ||
	    !eyas_bytes_take(&rest, rec->len))
		return eyas_err_set(err, -EBADMSG, "offset %zu: record does not fit", at);
	r = eyas_event_parse(ret, eyas_bytes_of(rec, rec->len), err);
	if (r) {
		eyas_err_prefix(err, "offset %zu: ", at);
		return r;
	}
	s->left = rest;
	ret->num = ++s->num;
	/* There is no clock to convert by: these records have the time they say. */
	ret->time = ret->mono;
	ret->cpu = 0;
	ret->lane = ret->sc ? ret->sc->lane : EYAS_LANE_CRIT;
	return 1;
}

static int null_fd(const struct eyas_source *src)
{
	(void)src;
	return -1;
}

static void null_close(struct eyas_source *src)
{
	free(src);
}

static const struct eyas_source_ops null_ops = {
	.next = null_next,
	.fd = null_fd,
	.close = null_close,
};

int eyas_source_null_open(struct eyas_source **ret, const void *records, size_t len,
			  struct eyas_err *err)
{
	struct null_source *s = calloc(1, sizeof(*s) + len);

	if (!s)
		return eyas_err_set(err, -ENOMEM, "cannot keep %zu bytes of records", len);
	if (len)
		memcpy(s->data, records, len);
	s->src.ops = &null_ops;
	s->left = eyas_bytes_of(s->data, len);
	s->len = len;
	*ret = &s->src;
	return 0;
}
