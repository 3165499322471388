// SPDX-License-Identifier: Apache-2.0
/* Items of capture files, written and read. */
#include "source/capture_items.h"

#include <errno.h>

#define PADDED(len)	(((size_t)(len) + 7) & ~(size_t)7)

static const char zeros[8];

size_t eyas_item_begin(struct eyas_strbuf *out, uint16_t type)
{
	struct eyas_capture_item item = { .type = type };
	size_t begun = out->len;

	eyas_strbuf_add(out, &item, sizeof(item));
	return begun;
}

void eyas_item_end(struct eyas_strbuf *out, size_t begun)
{
	struct eyas_capture_item *item;
	size_t len;

	if (!eyas_strbuf_ok(out))
		return;
	len = out->len - begun - sizeof(*item);
	eyas_strbuf_add(out, zeros, PADDED(len) - len);
	item = (void *)(out->buf + begun);
	item->len = (__u32)len;
}

void eyas_item_put2(struct eyas_strbuf *out, uint16_t type, const void *head, size_t head_len,
		    const void *data, size_t len)
{
	size_t begun = eyas_item_begin(out, type);

	eyas_strbuf_add(out, head, head_len);
	eyas_strbuf_add(out, data, len);
	eyas_item_end(out, begun);
}

void eyas_item_put(struct eyas_strbuf *out, uint16_t type, const void *data, size_t len)
{
	eyas_item_put2(out, type, NULL, 0, data, len);
}

int eyas_item_next(struct eyas_bytes *b, uint16_t *ret_type, struct eyas_bytes *ret)
{
	struct eyas_capture_item item;
	const void *data;

	if (!eyas_bytes_left(b))
		return 0;
	if (!eyas_bytes_get(b, &item, sizeof(item)) || item.len > eyas_bytes_left(b))
		return -EBADMSG;
	data = eyas_bytes_take(b, PADDED(item.len));
	if (!data)
		return -EBADMSG;
	*ret_type = item.type;
	*ret = eyas_bytes_of(data, item.len);
	return 1;
}

void eyas_item_struct(struct eyas_bytes *data, void *ret, size_t size)
{
	size_t left = eyas_bytes_left(data), len = size < left ? size : left;

	memset(ret, 0, size);
	eyas_bytes_get(data, ret, len);
}
