// SPDX-License-Identifier: GPL-2.0
/* User memory into a record, without ever waiting for a page. */
#include <linux/uaccess.h>
#include "fetch.h"

void *eyas_blob_begin(struct eyas_writer *w, u32 max)
{
	if (!eyas_writer_room(w, sizeof(struct eyas_blob) + ALIGN(max, 8)))
		return NULL;
	return w->pos + sizeof(struct eyas_blob);
}

void eyas_blob_end(struct eyas_writer *w, u8 kind, u8 arg, u32 stored, u32 full)
{
	struct eyas_blob *blob = (struct eyas_blob *)w->pos;
	u8 *data = (u8 *)(blob + 1);

	*blob = (struct eyas_blob) {
		.kind = kind,
		.arg = arg,
		.stored = stored,
		.full = full,
	};
	if (arg & EYAS_BLOB_F_FAULT)
		w->rec->flags |= EYAS_REC_F_FAULT;
	else if (stored < full)
		w->rec->flags |= EYAS_REC_F_TRUNC;
	if (arg & EYAS_BLOB_F_REREAD)
		w->rec->flags |= EYAS_REC_F_REREAD;
	/* What was in the ring before is nobody's business. */
	memset(data + stored, 0, ALIGN(stored, 8) - stored);
	w->pos = data + ALIGN(stored, 8);
}

/* Copy what is readable of @len bytes, page by page; returns how much. */
static u32 copy_prefix(u8 *dst, const void __user *src, u32 len)
{
	u32 done = 0;

	while (done < len) {
		unsigned long addr = (unsigned long)src + done;
		u32 part = min_t(u32, len - done, PAGE_SIZE - (addr & ~PAGE_MASK));

		if (copy_from_user_nofault(dst + done, (const void __user *)addr, part))
			break;
		done += part;
	}
	return done;
}

bool eyas_fetch_string(struct eyas_writer *w, u8 kind, u8 arg, const char __user *src, u32 max)
{
	char *dst = eyas_blob_begin(w, max);
	long n;

	if (!dst)
		return false;
	pagefault_disable();
	n = strncpy_from_user(dst, src, max);
	pagefault_enable();
	if (n >= 0) {
		eyas_blob_end(w, kind, arg, n, n < max ? n : EYAS_BLOB_FULL_UNKNOWN);
	} else {
		/* Keep what can be read; the string may even end there by now. */
		u32 got = copy_prefix(dst, src, max);
		u32 len = strnlen(dst, got);

		if (len < got)
			eyas_blob_end(w, kind, arg, len, len);
		else
			eyas_blob_end(w, kind, arg | EYAS_BLOB_F_FAULT, got,
				      EYAS_BLOB_FULL_UNKNOWN);
	}
	return true;
}

bool eyas_fetch_bytes(struct eyas_writer *w, u8 kind, u8 arg, const void __user *src, u64 len,
		      u32 max)
{
	u32 want = min_t(u64, len, max);
	void *dst = eyas_blob_begin(w, want);
	u32 full = min_t(u64, len, EYAS_BLOB_FULL_UNKNOWN - 1);
	u32 got;

	if (!dst)
		return false;
	got = copy_prefix(dst, src, want);
	eyas_blob_end(w, kind, got < want ? arg | EYAS_BLOB_F_FAULT : arg, got, full);
	return true;
}

bool eyas_fetch_kernel(struct eyas_writer *w, u8 kind, const void *src, u32 len)
{
	void *dst = eyas_blob_begin(w, len);

	if (!dst)
		return false;
	memcpy(dst, src, len);
	eyas_blob_end(w, kind, EYAS_BLOB_NO_ARG, len, len);
	return true;
}
