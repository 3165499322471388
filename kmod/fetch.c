// SPDX-License-Identifier: GPL-2.0
/* User memory into a record, without ever waiting for a page: a function for each kind. */
#include <linux/limits.h>
#include <linux/socket.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <asm/word-at-a-time.h>
#include <linux/eyas_kinds.h>
#include "cases.h"
#include "fetch.h"
#include "userstr.h"

#define STRING_PIECE	64U	/* bytes that are copied at first of a string */
#define IOVS_MAX	64	/* elements of an iovec array that are recorded */
#define MSGS_MAX	16	/* of an array of messages */
#define MSGS_DEEP	4	/* of these, with what they point to: 20 blobs at most */
#define POINTERS_MAX	16	/* of an array of pointers to structs */
#define STRINGS_MIN	4096U	/* bytes for argv and the like, however small snaplen is */
#define STRINGS_COUNT	4096U	/* strings that are looked at */

/* The layouts of 32-bit programs; headers have them only where they can run. */
struct iov32 {
	u32 base;
	u32 len;
};

struct msg32 {
	u32 name;
	u32 namelen;
	u32 iov;
	u32 iovlen;
	u32 control;
	u32 controllen;
	u32 flags;
};

/*
 * Copy what is readable of @len bytes; returns how much. The plain copy of the
 * architecture: what it is wrapped in elsewhere guards against programs that
 * choose lengths for kernel objects, or sleeps.
 */
static __always_inline u32 copy_prefix(u8 *dst, const void __user *src, u32 len)
{
	unsigned long left;

	if (unlikely(!access_ok(src, len)))
		return 0;
	pagefault_disable();
	left = raw_copy_from_user(dst, src, len);
	pagefault_enable();
	return len - left;
}

static const void __user *user_ptr(u64 addr)
{
	return (const void __user *)(unsigned long)addr;
}

/* Close a blob of this call's, @stored being less than @want because of a fault. */
static __always_inline void fetch_end(struct eyas_fetch *f, u8 kind, u8 arg, u32 stored, u32 want,
				      u32 full)
{
	u8 flags = f->flags;

	if (unlikely(stored < want)) {
		flags |= EYAS_BLOB_F_FAULT;
		f->faults |= 1U << arg;
	}
	eyas_blob_end(f->w, kind, arg | flags, stored, full);
}

static __always_inline bool fetch_counted(struct eyas_fetch *f, u8 kind, u8 arg, u64 addr, u64 len,
					  u32 max)
{
	u32 want = min_t(u64, len, max);
	void *dst = eyas_blob_begin(f->w, want);

	if (!dst)
		return false;
	fetch_end(f, kind, arg, copy_prefix(dst, user_ptr(addr), want), want,
		  min_t(u64, len, EYAS_BLOB_FULL_UNKNOWN - 1));
	return true;
}

/* Where a NUL is in @len bytes at @s, both multiples of 8; @len: nowhere. */
static __always_inline u32 find_nul(const char *s, u32 len)
{
	const struct word_at_a_time constants = WORD_AT_A_TIME_CONSTANTS;
	unsigned long word, data;
	u32 i;

	for (i = 0; i < len; i += sizeof(word)) {
		word = *(const unsigned long *)(s + i);
		if (!has_zero(word, &data, &constants))
			continue;
		data = prep_zero_mask(word, data, &constants);
		return i + find_zero(create_zero_mask(data));
	}
	return len;
}

/*
 * A string of less than @max bytes at @src; returns its length, or how much of
 * it there is with *ret_fault set (it goes on in memory that is not readable)
 * or @max (it goes on). Copied piece by piece, as what is behind it may not be
 * there: cheaper than to look at each byte of a program's memory. @max is
 * a multiple of 8.
 */
static u32 copy_string(char *dst, const char __user *src, u32 max, bool *ret_fault)
{
	u32 done = 0, want, got, at;

	*ret_fault = false;
	do {
		want = min_t(u32, max - done, done ? 512 : STRING_PIECE);
		got = copy_prefix(dst + done, src + done, want);
		if (unlikely(got < want)) {
			at = strnlen(dst + done, got);
			*ret_fault = at == got;
			return done + at;
		}
		at = find_nul(dst + done, got);
		done += at;
	} while (at == got && done < max);
	return done;
}

static bool fetch_string(struct eyas_fetch *f, const struct eyas_op *op)
{
	u32 max = op->size ? op->size : ALIGN(min_t(u32, f->snaplen, PATH_MAX), 8), len;
	char *dst = eyas_blob_begin(f->w, max);
	bool fault;

	if (unlikely(!dst))
		return false;
	len = copy_string(dst, user_ptr(f->args[op->arg]), max, &fault);
	if (unlikely(!op->size && len > f->snaplen))
		len = f->snaplen;
	if (likely(len < max && !fault))
		fetch_end(f, EYAS_BLOB_STRING, op->arg, len, 0, len);
	else
		fetch_end(f, EYAS_BLOB_STRING, op->arg, len, len + fault, EYAS_BLOB_FULL_UNKNOWN);
	return true;
}

/* Element @i of an array of pointers in user memory; false: unreadable. */
static bool pointer_at(const struct eyas_fetch *f, u64 array, u32 i, u64 *ret)
{
	const void __user *at = user_ptr(array + i * (f->compat ? sizeof(u32) : sizeof(u64)));

	u32 small;

	if (f->compat) {
		if (copy_prefix((u8 *)&small, at, sizeof(small)) < sizeof(small))
			return false;
		*ret = small;
		return true;
	}
	return copy_prefix((u8 *)ret, at, sizeof(u64)) == sizeof(u64);
}

/* One string of an array at @dst, NUL included; 0: unreadable, @max: does not fit. */
static u32 one_of_strings(char *dst, u64 addr, u32 max)
{
	u32 words = min_t(u32, max, PATH_MAX) & ~7U;
	long n = PATH_MAX;

	pagefault_disable();
	if (words)
		n = eyas_userstr_copy((u8 *)dst, user_ptr(addr), words);
	if (n == PATH_MAX)
		n = strncpy_from_user(dst, user_ptr(addr), max);
	pagefault_enable();
	if (n < 0)
		return 0;
	return n < max ? n + 1 : max;
}

static bool fetch_strings(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 array = f->args[op->arg];
	u32 max = max(f->snaplen, STRINGS_MIN), done = 0, i;
	char *dst = array ? eyas_blob_begin(f->w, max) : NULL;
	bool fault = false, whole = false;
	u64 addr;

	if (!array)
		return true;
	if (!dst)
		return false;
	for (i = 0; i < STRINGS_COUNT && done < max; i++) {
		u32 n;

		fault = !pointer_at(f, array, i, &addr);
		whole = !fault && !addr;
		if (fault || whole)
			break;
		n = one_of_strings(dst + done, addr, max - done);
		fault = !n;
		if (fault)
			break;
		done += n;
	}
	fetch_end(f, EYAS_BLOB_STRINGS, op->arg, done, done + fault,
		  whole ? done : EYAS_BLOB_FULL_UNKNOWN);
	return true;
}

static bool fetch_buffer(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 addr = f->args[op->arg], len;

	if (op->len == EYAS_LEN_RET) {
		len = f->ret;
		/* Some tell how much there would have been. */
		if (op->arg < 5 && len > f->args[op->arg + 1])
			len = f->args[op->arg + 1];
	} else {
		len = f->args[op->len];
		if (f->compat)
			len = (u32)len;
	}
	if (!addr)
		return true;
	return fetch_counted(f, EYAS_BLOB_BYTES, op->arg, addr, len, f->snaplen);
}

static u64 own_size(u64 addr, u32 offset, u32 more)
{
	u32 size;

	if (copy_from_user_nofault(&size, user_ptr(addr + offset), sizeof(size)))
		return offset + sizeof(size);
	return (u64)size + more;
}

static u64 struct_bytes(const struct eyas_fetch *f, const struct eyas_op *op)
{
	u32 bits = f->compat ? 32 : BITS_PER_LONG;

	switch (op->size) {
	case EYAS_SIZE_NEXT:
		return op->arg < 5 ? f->args[op->arg + 1] : 0;
	case EYAS_SIZE_SELF0:
		return own_size(f->args[op->arg], 0, 0);
	case EYAS_SIZE_SELF4:
		return own_size(f->args[op->arg], 4, 0);
	case EYAS_SIZE_HANDLE:
		return own_size(f->args[op->arg], 0, 8);
	case EYAS_SIZE_FDSET:
		return (int)f->args[0] > 0 ? DIV_ROUND_UP((u32)f->args[0], bits) * (bits / 8) : 0;
	default:
		return op->size;
	}
}

static bool fetch_struct(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 addr = f->args[op->arg];

	if (!addr)
		return true;
	return fetch_counted(f, EYAS_BLOB_STRUCT, op->arg, addr, struct_bytes(f, op),
			     max_t(u32, f->snaplen, 256));
}

static u64 array_count(const struct eyas_fetch *f, const struct eyas_op *op)
{
	s64 n = op->len == EYAS_LEN_RET ? f->ret : (s64)(u32)f->args[op->len];

	return n > 0 ? n : 0;
}

static bool fetch_array(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 addr = f->args[op->arg];

	if (!addr)
		return true;
	return fetch_counted(f, EYAS_BLOB_ARRAY, op->arg, addr, array_count(f, op) * op->size,
			     max_t(u32, f->snaplen, 256));
}

/* Elements of an iovec array, in the 64-bit layout, at @dst; returns how many could be read. */
static u32 copy_iovs(const struct eyas_fetch *f, struct eyas_iov *dst, u64 addr, u32 n)
{
	struct iov32 c;
	u32 i;

	BUILD_BUG_ON(sizeof(struct iovec) != sizeof(struct eyas_iov));
	if (!f->compat)
		return copy_prefix((u8 *)dst, user_ptr(addr), n * sizeof(*dst)) / sizeof(*dst);
	for (i = 0; i < n; i++) {
		if (copy_from_user_nofault(&c, user_ptr(addr + i * sizeof(c)), sizeof(c)))
			break;
		dst[i] = (struct eyas_iov) { .base = c.base, .len = c.len };
	}
	return i;
}

/* What @n elements point to, joined: @len bytes, at most snaplen stored. */
static bool iov_data(struct eyas_fetch *f, u8 arg, const struct eyas_iov *iov, u32 n, u64 len,
		     u32 full)
{
	u32 want = min_t(u64, len, f->snaplen), done = 0, i;
	u8 *dst = eyas_blob_begin(f->w, want);

	if (!dst)
		return false;
	for (i = 0; i < n && done < want; i++) {
		u32 part = min_t(u64, iov[i].len, want - done);
		u32 got = copy_prefix(dst + done, user_ptr(iov[i].base), part);

		done += got;
		if (got < part)
			break;
	}
	fetch_end(f, EYAS_BLOB_IOV_DATA, arg, done, want, full);
	return true;
}

/* An iovec array and what is behind it: @len bytes if the call has told. */
static bool fetch_iovs(struct eyas_fetch *f, u8 arg, u64 addr, u64 count, bool told, u64 len)
{
	u32 n = min_t(u64, count, IOVS_MAX), got, i;
	struct eyas_iov *iov = eyas_blob_begin(f->w, n * sizeof(*iov));
	u64 sum = 0;

	if (!iov)
		return false;
	got = copy_iovs(f, iov, addr, n);
	fetch_end(f, EYAS_BLOB_IOV, arg, got * sizeof(*iov), n * sizeof(*iov),
		  min_t(u64, count, UIO_MAXIOV) * sizeof(*iov));
	for (i = 0; i < got; i++)
		sum += min_t(u64, iov[i].len, U32_MAX);
	if (told)
		return iov_data(f, arg, iov, got, min(len, sum), min_t(u64, len, U32_MAX - 1));
	return iov_data(f, arg, iov, got, sum,
			got < count ? EYAS_BLOB_FULL_UNKNOWN : min_t(u64, sum, U32_MAX - 1));
}

static bool fetch_iov(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 addr = f->args[op->arg];
	bool told = f->flags & EYAS_BLOB_F_OUT;

	if (!addr)
		return true;
	return fetch_iovs(f, op->arg, addr, (u32)f->args[op->arg + 1], told, f->ret);
}

static bool copy_msg_compat(struct eyas_msg *msg, u64 addr, bool array)
{
	struct msg32 c;
	u32 len = 0;

	if (copy_from_user_nofault(&c, user_ptr(addr), sizeof(c)) ||
	    (array && copy_from_user_nofault(&len, user_ptr(addr + sizeof(c)), sizeof(len))))
		return false;
	*msg = (struct eyas_msg) {
		.name = c.name,
		.iov = c.iov,
		.iovlen = c.iovlen,
		.control = c.control,
		.controllen = c.controllen,
		.namelen = c.namelen,
		.flags = c.flags,
		.len = len,
	};
	return true;
}

static bool copy_msg(const struct eyas_fetch *f, struct eyas_msg *msg, u64 addr, bool array)
{
	struct user_msghdr m;
	u32 len = 0;

	if (f->compat)
		return copy_msg_compat(msg, addr, array);
	if (copy_from_user_nofault(&m, user_ptr(addr), sizeof(m)) ||
	    (array && copy_from_user_nofault(&len, user_ptr(addr + sizeof(m)), sizeof(len))))
		return false;
	*msg = (struct eyas_msg) {
		.name = (unsigned long)m.msg_name,
		.iov = (unsigned long)m.msg_iov,
		.iovlen = m.msg_iovlen,
		.control = (unsigned long)m.msg_control,
		.controllen = m.msg_controllen,
		.namelen = m.msg_namelen,
		.flags = m.msg_flags,
		.len = len,
	};
	return true;
}

static bool fetch_address(struct eyas_fetch *f, u8 arg, u64 addr, s32 len)
{
	if (!addr || len <= 0)
		return true;
	return fetch_counted(f, EYAS_BLOB_SOCKADDR, arg, addr, len,
			     sizeof(struct __kernel_sockaddr_storage));
}

static bool msg_parts(struct eyas_fetch *f, u8 arg, const struct eyas_msg *msg, u64 len)
{
	return fetch_address(f, arg, msg->name, msg->namelen) &&
	       fetch_iovs(f, arg, msg->iov, msg->iovlen, f->flags & EYAS_BLOB_F_OUT, len) &&
	       (!msg->control || !msg->controllen ||
		fetch_counted(f, EYAS_BLOB_CONTROL, arg, msg->control, msg->controllen,
			      f->snaplen));
}

static bool fetch_msg(struct eyas_fetch *f, const struct eyas_op *op)
{
	struct eyas_msg *msg;
	bool got;

	if (!f->args[op->arg])
		return true;
	msg = eyas_blob_begin(f->w, sizeof(*msg));
	if (!msg)
		return false;
	got = copy_msg(f, msg, f->args[op->arg], false);
	fetch_end(f, EYAS_BLOB_MSG, op->arg, got ? sizeof(*msg) : 0, sizeof(*msg), sizeof(*msg));
	/* Of one to be filled only the room for it is told: there is nothing in it yet. */
	if (!got || ((op->when & EYAS_OP_OUT) && !(f->flags & EYAS_BLOB_F_OUT)))
		return true;
	return msg_parts(f, op->arg, msg, f->ret);
}

/* The first messages with what they point to, each behind a blob of its own but for the first. */
static bool mmsg_parts(struct eyas_fetch *f, u8 arg, const struct eyas_msg *msg, u32 n)
{
	struct eyas_msg *again;
	u32 i;

	for (i = 0; i < min_t(u32, n, MSGS_DEEP); i++) {
		if (i) {
			again = eyas_blob_begin(f->w, sizeof(*again));
			if (!again)
				return false;
			*again = msg[i];
			fetch_end(f, EYAS_BLOB_MSG, arg, sizeof(*again), 0, sizeof(*again));
		}
		if (!msg_parts(f, arg, &msg[i], msg[i].len))
			return false;
	}
	return true;
}

static bool fetch_mmsg(struct eyas_fetch *f, const struct eyas_op *op)
{
	u32 step = f->compat ? sizeof(struct msg32) + 4 : sizeof(struct user_msghdr) + 8, i, n;
	u64 addr = f->args[op->arg], count = array_count(f, op);
	/* Of those sent the call wrote only how much that was. */
	bool sent = (op->when & EYAS_OP_IN) && (f->flags & EYAS_BLOB_F_OUT);
	struct eyas_msg *msg;

	if (!addr || !count)
		return true;
	n = min_t(u64, count, MSGS_MAX);
	msg = eyas_blob_begin(f->w, n * sizeof(*msg));
	if (!msg)
		return false;
	for (i = 0; i < n; i++)
		if (!copy_msg(f, &msg[i], addr + i * step, true))
			break;
	fetch_end(f, EYAS_BLOB_MSG, op->arg, i * sizeof(*msg), n * sizeof(*msg),
		  min_t(u64, count, UIO_MAXIOV) * sizeof(*msg));
	if (!sent)
		return mmsg_parts(f, op->arg, msg, i);
	if (!(f->faults & (1U << op->arg)))
		return true;
	/* Nobody read the rest before the call. */
	f->flags = EYAS_BLOB_F_REREAD;
	return fetch_mmsg(f, op);
}

static bool fetch_sockaddr(struct eyas_fetch *f, const struct eyas_op *op)
{
	s32 len = f->args[op->arg + 1];

	/* Got ones are as long as the call left where the next argument points. */
	if ((f->flags & EYAS_BLOB_F_OUT) &&
	    copy_from_user_nofault(&len, user_ptr(f->args[op->arg + 1]), sizeof(len)))
		return true;
	return fetch_address(f, op->arg, f->args[op->arg], len);
}

/* The structs that an array leads to, joined. */
static bool fetch_pointers(struct eyas_fetch *f, const struct eyas_op *op)
{
	u64 count = array_count(f, op), addr;
	u32 n = min_t(u64, count, POINTERS_MAX), i;
	u8 *dst = eyas_blob_begin(f->w, n * op->size);

	if (!dst)
		return false;
	for (i = 0; i < n; i++)
		if (!pointer_at(f, f->args[op->arg], i, &addr) ||
		    copy_prefix(dst + i * op->size, user_ptr(addr), op->size) < op->size)
			break;
	fetch_end(f, EYAS_BLOB_ARRAY, op->arg, i * op->size, n * op->size,
		  min_t(u64, count, U16_MAX) * op->size);
	return true;
}

static bool (* const fetch[])(struct eyas_fetch *f, const struct eyas_op *op) = {
	[EYAS_FETCH_STRING]	= fetch_string,
	[EYAS_FETCH_STRINGS]	= fetch_strings,
	[EYAS_FETCH_BYTES]	= fetch_buffer,
	[EYAS_FETCH_STRUCT]	= fetch_struct,
	[EYAS_FETCH_ARRAY]	= fetch_array,
	[EYAS_FETCH_IOV]	= fetch_iov,
	[EYAS_FETCH_MSG]	= fetch_msg,
	[EYAS_FETCH_MMSG]	= fetch_mmsg,
	[EYAS_FETCH_SOCKADDR]	= fetch_sockaddr,
	[EYAS_FETCH_POINTERS]	= fetch_pointers,
	[EYAS_FETCH_CASE]	= eyas_cases_fetch,
};

bool eyas_fetch_op(struct eyas_fetch *f, const struct eyas_op *op)
{
	BUILD_BUG_ON(ARRAY_SIZE(fetch) != EYAS_FETCH_MAX);
	/* The two that nearly all calls have need no indirect call. */
	if (op->fetch == EYAS_FETCH_STRING)
		return fetch_string(f, op);
	if (op->fetch == EYAS_FETCH_BYTES)
		return fetch_buffer(f, op);
	return fetch[op->fetch](f, op);
}

bool eyas_fetch_counted(struct eyas_fetch *f, u8 kind, u8 arg, u64 len, u32 max)
{
	return fetch_counted(f, kind, arg, f->args[arg], len, max);
}

bool eyas_fetch_at(struct eyas_fetch *f, u8 kind, u8 arg, u64 addr, u64 len, u32 max)
{
	return fetch_counted(f, kind, arg, addr, len, max);
}

bool eyas_fetch_bytes(struct eyas_writer *w, u8 kind, u8 arg, const void __user *src, u64 len,
		      u32 max)
{
	struct eyas_fetch f = { .w = w };

	return fetch_counted(&f, kind, arg, (unsigned long)src, len, max);
}

bool eyas_fetch_kernel(struct eyas_writer *w, u8 kind, u8 arg, const void *src, u32 len)
{
	void *dst = eyas_blob_begin(w, len);

	if (!dst)
		return false;
	memcpy(dst, src, len);
	eyas_blob_end(w, kind, arg, len, len);
	return true;
}
