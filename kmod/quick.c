// SPDX-License-Identifier: GPL-2.0
/*
 * The end of a native call that one session wants: by far the most frequent
 * thing there is to do. Whatever is unusual is left to capture.c, which does it
 * all again, so that what this does not know it need not know.
 */
#include <linux/limits.h>
#include <linux/uaccess.h>
#include "capture.h"
#include "fetch.h"
#include "late.h"
#include "policy.h"
#include "quick.h"
#include "userstr.h"

#define STRUCT_MAX	256

enum how {
	HOW_STRING,
	HOW_BYTES,		/* as many as an argument says */
	HOW_RESULT,		/* as many as the result says, but not more than an argument */
	HOW_STRUCT,		/* size bytes */
	HOW_ADDRESS,		/* of a socket: as many as the next argument says */
};

/* Kind, argument and flags as a blob begins with them. */
static __always_inline u16 head(u8 kind, u8 arg)
{
	union {
		struct eyas_blob blob;
		u16 head;
	} u = { .blob = { .kind = kind, .arg = arg } };

	return u.head;
}

#define REREAD_HEAD	head(0, EYAS_BLOB_F_REREAD)

static u8 string_init(struct eyas_quick_op *q, const struct eyas_op *op, u32 snaplen)
{
	q->how = HOW_STRING;
	q->size = op->size ? op->size : min_t(u32, snaplen, PATH_MAX);
	return q->size & 7 ? 0 : EYAS_BLOB_STRING;
}

static u8 bytes_init(struct eyas_quick_op *q, const struct eyas_op *op, u32 snaplen)
{
	q->how = op->len == EYAS_LEN_RET ? HOW_RESULT : HOW_BYTES;
	q->len = op->len == EYAS_LEN_RET ? op->arg + 1 : op->len;
	q->size = snaplen;
	return q->len < 6 ? EYAS_BLOB_BYTES : 0;
}

static u8 struct_init(struct eyas_quick_op *q, const struct eyas_op *op)
{
	q->how = HOW_STRUCT;
	q->size = op->size;
	return op->size <= STRUCT_MAX ? EYAS_BLOB_STRUCT : 0;
}

static u8 address_init(struct eyas_quick_op *q, const struct eyas_op *op)
{
	q->how = HOW_ADDRESS;
	q->len = op->arg + 1;
	q->size = sizeof(struct __kernel_sockaddr_storage);
	return op->when == EYAS_OP_IN ? EYAS_BLOB_SOCKADDR : 0;
}

/* All of @q but its heads; returns the kind of the blob, 0: it is not quick. */
static u8 how_init(struct eyas_quick_op *q, const struct eyas_op *op, u32 snaplen)
{
	switch (op->fetch) {
	case EYAS_FETCH_STRING:
		return string_init(q, op, snaplen);
	case EYAS_FETCH_BYTES:
		return bytes_init(q, op, snaplen);
	case EYAS_FETCH_STRUCT:
		return struct_init(q, op);
	case EYAS_FETCH_SOCKADDR:
		return address_init(q, op);
	default:
		return 0;
	}
}

/* What @op asks for, with nothing left to decide but how much there is. */
static bool op_init(struct eyas_quick_op *q, const struct eyas_op *op, u32 snaplen)
{
	u8 kind;

	*q = (struct eyas_quick_op) { .arg = op->arg };
	kind = how_init(q, op, snaplen);
	if (op->when & EYAS_OP_IN)
		q->head[0] = q->head[1] = head(kind, op->arg | EYAS_BLOB_F_REREAD);
	if (op->when & EYAS_OP_OUT)
		q->head[0] = head(kind, op->arg | EYAS_BLOB_F_OUT);
	return kind;
}

/* EYAS_QUICK_STRING and _STRUCT, if that is all there is to the ops of @q. */
static u8 plain(const struct eyas_quick *q)
{
	const struct eyas_quick_op *last = &q->ops[q->nops - 1];
	u8 what = last == q->ops ? 0 : EYAS_QUICK_STRING;

	if (what && q->ops[0].how != HOW_STRING)
		return 0;
	if (last->how == HOW_STRUCT && !(last->size & 7))
		return what | EYAS_QUICK_STRUCT;
	return last->how == HOW_STRING && !what ? EYAS_QUICK_STRING : 0;
}

/* False: they are not all quick. */
static bool ops_init(struct eyas_quick *q, const struct eyas_sc *sc, u8 plan, u32 snaplen)
{
	u8 end = (plan & EYAS_PLAN_DATA) ? sc->nops : sc->strings;
	u8 i = (plan & EYAS_PLAN_STRINGS) ? 0 : sc->strings;

	for (; i < end; i++)
		if (q->nops == EYAS_QUICK_OPS_MAX ||
		    !op_init(&q->ops[q->nops++], &sc->ops[i], snaplen))
			return false;
	return true;
}

void eyas_quick_init(struct eyas_policy *p, unsigned int nr)
{
	const struct eyas_sc *sc = eyas_sc_row(EYAS_ABI_NATIVE, nr);
	u8 plan = eyas_policy_effective(p->plan[EYAS_SLOT_NATIVE + nr], sc);
	struct eyas_quick *q = &p->quick[nr];

	*q = (struct eyas_quick) { .cls = sc->cls, .lane = sc->lane };
	if ((plan & ~EYAS_PLAN_MORE) != EYAS_PLAN_RECORD || (p->flags & EYAS_SESSION_F_TIMES) ||
	    (sc->flags & EYAS_SC_EXEC) ||
	    ((sc->flags & EYAS_SC_FORK) && (p->flags & EYAS_SESSION_F_BRIEF)))
		return;
	if (p->flags & EYAS_SESSION_F_LATE)
		q->what |= EYAS_QUICK_LATE;
	if (!(p->flags & EYAS_POLICY_SCOPED))
		q->what |= EYAS_QUICK_ALL;
	else if (!eyas_scope_only_tree(&p->scope))
		return;
	q->what |= EYAS_QUICK;
	if ((plan & EYAS_PLAN_OBJECTS) || !ops_init(q, sc, plan, p->snaplen))
		q->what |= EYAS_QUICK_MORE;
	else if (q->nops)
		q->what |= EYAS_QUICK_OPS | plain(q);
	if ((q->what & (EYAS_QUICK_ALL | EYAS_QUICK_LATE)) == EYAS_QUICK_ALL)
		q->what |= EYAS_QUICK_STRAIGHT;
}

/* ---- memory ---- */

/* All @len bytes, or false. */
static __always_inline bool copy_bytes(u8 *dst, const void __user *src, u32 len)
{
	if (unlikely(!access_ok(src, len)) || unlikely(raw_copy_from_user(dst, src, len)))
		return false;
	/* What was in the ring before is nobody's business. */
	if (unlikely(len & 7))
		*(u64 *)(dst + (len & ~7U)) &= eyas_low_bytes(len & 7);
	return true;
}

/* How many bytes there are at argument op->arg. */
static __always_inline u32 op_length(const struct eyas_quick_op *op, const struct eyas_sys_exit *x)
{
	u64 len = x->args[op->len];

	if (op->how == HOW_ADDRESS)
		return len;
	if (op->how == HOW_RESULT && len > (u64)x->ret)
		len = x->ret;
	return min_t(u64, len, EYAS_BLOB_FULL_UNKNOWN - 1);
}

/* What there is of argument op->arg at @src, behind @b. */
static __always_inline bool put_memory(struct eyas_record *rec, const struct eyas_quick_op *op,
				       struct eyas_blob *b, const void __user *src, const u8 *limit)
{
	u32 full = op->size, len = full;

	if (op->how != HOW_STRUCT) {
		full = op_length(op, (const struct eyas_sys_exit *)(rec + 1));
		if (unlikely(full > op->size))
			rec->flags |= EYAS_REC_F_TRUNC;
		else
			len = full;
	}
	b->stored = len;
	b->full = full;
	return likely((u8 *)(b + 1) + ALIGN(len, 8) <= limit) &&
	       copy_bytes((u8 *)(b + 1), src, len);
}

static __always_inline bool put_string(const struct eyas_quick_op *op, struct eyas_blob *b,
				       const void __user *src, const u8 *limit)
{
	u32 len;

	if (unlikely((u8 *)(b + 1) + PATH_MAX > limit))
		return false;
	len = eyas_userstr_copy((u8 *)(b + 1), src, op->size);
	b->stored = len;
	b->full = len;
	return likely(len < PATH_MAX);
}

/*
 * What @op asks for of the call whose registers are in @rec. Returns where the next
 * blob goes; NULL: it is not that simple, or does not fit below @limit.
 */
static __always_inline struct eyas_blob *put_op(struct eyas_record *rec,
						const struct eyas_quick_op *op, struct eyas_blob *b,
						const u8 *limit, bool failed)
{
	const struct eyas_sys_exit *x = (const struct eyas_sys_exit *)(rec + 1);
	const void __user *src = (const void __user *)(unsigned long)x->args[op->arg];
	u16 head = op->head[failed];

	if (!head)
		return b;
	*(u16 *)b = head;
	if (op->how == HOW_STRING) {
		if (unlikely(!put_string(op, b, src, limit)))
			return NULL;
	} else if (!src || (op->how == HOW_ADDRESS && (s32)x->args[op->len] <= 0)) {
		return b;
	} else if (unlikely(!put_memory(rec, op, b, src, limit))) {
		return NULL;
	}
	if (b->arg & EYAS_BLOB_F_REREAD)
		rec->flags |= EYAS_REC_F_REREAD;
	return (struct eyas_blob *)((u8 *)(b + 1) + ALIGN(b->stored, 8));
}

/* ---- the record ---- */

static __always_inline void finish_more(struct eyas_ring *ring, struct eyas_record *rec,
					const struct eyas_quick *q)
{
	const struct eyas_policy *p = container_of(q - rec->nr, struct eyas_policy, quick[0]);

	eyas_capture_finish(ring, rec, p, p->plan[EYAS_SLOT_NATIVE + rec->nr],
			    &eyas_sc_native[rec->nr]);
}

static noinline void finish_ops(struct eyas_ring *ring, struct eyas_record *rec,
				const struct eyas_quick *q)
{
	struct eyas_blob *b = (struct eyas_blob *)((u8 *)(rec + 1) + sizeof(struct eyas_sys_exit));
	const u8 *limit = (u8 *)rec + (ring->end - ring->prod->head);

	bool failed = IS_ERR_VALUE((unsigned long)((struct eyas_sys_exit *)(rec + 1))->ret);

	BUILD_BUG_ON(EYAS_QUICK_OPS_MAX != 2);
	b = put_op(rec, &q->ops[0], b, limit, failed);
	if (b && q->nops > 1)
		b = put_op(rec, &q->ops[1], b, limit, failed);
	if (likely(b)) {
		eyas_ring_publish(ring, rec, (u8 *)b - (u8 *)rec);
		return;
	}
	/* Again, by those who know what else there may be. */
	rec->flags = 0;
	finish_more(ring, rec, q);
}

/*
 * A string, or a struct of whole words, or both in this order, with nothing to ask
 * about them. What is not that simple, or has no room, is left to finish_ops().
 */
static __always_inline void finish_plain(struct eyas_ring *ring, struct eyas_record *rec,
					 const struct eyas_quick *q, u8 what)
{
	const struct eyas_sys_exit *x = (const struct eyas_sys_exit *)(rec + 1);
	const struct eyas_quick_op *op = &q->ops[0];
	struct eyas_blob *b = (struct eyas_blob *)(x + 1);
	struct eyas_ring_producer *prod = ring->prod;
	const void __user *src;
	u32 len, room = sizeof(*rec) + sizeof(*x);
	u16 begin;

	if (what & EYAS_QUICK_STRING)
		room += sizeof(*b) + PATH_MAX;
	if (what & EYAS_QUICK_STRUCT)
		room += sizeof(*b) + STRUCT_MAX;
	if (unlikely(prod->head + room > ring->end))
		goto more;
	if (what & EYAS_QUICK_STRING) {
		src = (const void __user *)(unsigned long)x->args[op->arg];
		len = eyas_userstr_copy((u8 *)(b + 1), src, op->size);
		if (unlikely(len >= PATH_MAX))
			goto more;
		*(u16 *)b = op->head[0];
		b->stored = len;
		b->full = len;
		rec->flags = EYAS_REC_F_REREAD;
		b = (struct eyas_blob *)((u8 *)(b + 1) + ALIGN(len, 8));
		op++;
	}
	if (what & EYAS_QUICK_STRUCT) {
		src = (const void __user *)(unsigned long)x->args[op->arg];
		begin = op->head[IS_ERR_VALUE((unsigned long)x->ret)];
		if (begin && src) {
			len = op->size;
			if (unlikely(!access_ok(src, len)) ||
			    unlikely(raw_copy_from_user(b + 1, src, len)))
				goto more;
			*(u16 *)b = begin;
			b->stored = len;
			b->full = len;
			if (!(what & EYAS_QUICK_STRING) && (begin & REREAD_HEAD))
				rec->flags = EYAS_REC_F_REREAD;
			b = (struct eyas_blob *)((u8 *)(b + 1) + len);
		}
	}
	eyas_ring_publish_at(ring, prod, rec, (u8 *)b - (u8 *)rec);
	return;
more:
	finish_ops(ring, rec, q);
}

static noinline void finish_string(struct eyas_ring *ring, struct eyas_record *rec,
				   const struct eyas_quick *q)
{
	finish_plain(ring, rec, q, EYAS_QUICK_STRING);
}

static noinline void finish_struct(struct eyas_ring *ring, struct eyas_record *rec,
				   const struct eyas_quick *q)
{
	finish_plain(ring, rec, q, EYAS_QUICK_STRUCT);
}

static noinline void finish_both(struct eyas_ring *ring, struct eyas_record *rec,
				 const struct eyas_quick *q)
{
	finish_plain(ring, rec, q, EYAS_QUICK_BOTH);
}

/*
 * Pages that are not there are not waited for. Where preemption is counted, that it
 * is off says so already.
 */
static __always_inline void faults_off(void)
{
	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		pagefault_disable();
}

static __always_inline void faults_on(void)
{
	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		pagefault_enable();
}

static __always_inline void finish_quick(struct eyas_ring *ring, struct eyas_record *rec,
					 const struct eyas_quick *q)
{
	u8 what = q->what & EYAS_QUICK_BOTH;

	faults_off();
	if (!what)
		finish_ops(ring, rec, q);
	else if (what == EYAS_QUICK_STRING)
		finish_string(ring, rec, q);
	else if (what == EYAS_QUICK_STRUCT)
		finish_struct(ring, rec, q);
	else
		finish_both(ring, rec, q);
	faults_on();
}

/*
 * What is to be seen to before, unless it is straight on; false: it is not for
 * this session. Workers of io_uring, which are in the tree by another number, make
 * no calls.
 */
static __always_inline bool go_on(const struct eyas_policy *p, u8 what)
{
	u32 tid = current->pid;

	if (!(what & EYAS_QUICK_ALL) && !test_bit(tid, p->scope.tree->tids))
		return false;
	if (what & EYAS_QUICK_LATE)
		eyas_late_forget(tid);
	return true;
}

/* False: nothing has been done, as it is not quick. */
static __always_inline bool record(struct eyas_session *s, struct pt_regs *regs, long ret)
{
	const struct eyas_policy *p = rcu_dereference_sched(s->policy);
	const struct eyas_quick *q = &p->quick[syscall_get_nr(current, regs)];
	struct eyas_ring_producer *prod;
	struct eyas_record *rec;
	struct eyas_sys_exit *x;
	struct eyas_ring *ring;

	/* Once worked out, it should be kept. */
	OPTIMIZER_HIDE_VAR(q);
	if (!(q->what & EYAS_QUICK_STRAIGHT)) {
		if (unlikely(!(q->what & EYAS_QUICK)))
			return false;
		if (!go_on(p, q->what))
			return true;
	}
	if (eyas_session_owned(s))
		return true;
	ring = eyas_capture_ring(s, q->lane);
	if (unlikely(!ring))
		return true;
	prod = ring->prod;
	rec = eyas_ring_reserve_at(ring, prod, sizeof(*rec) + sizeof(*x), &q->cls);
	if (unlikely(!rec))
		return true;
	eyas_capture_header(rec, EYAS_REC_SYS_EXIT, EYAS_ABI_NATIVE, syscall_get_nr(current, regs));
	x = (struct eyas_sys_exit *)(rec + 1);
	eyas_arch_native_args(regs, x->args);
	x->ret = ret;
	if (!(q->what & (EYAS_QUICK_OPS | EYAS_QUICK_MORE)))
		eyas_ring_publish_at(ring, prod, rec, sizeof(*rec) + sizeof(*x));
	else if (q->what & EYAS_QUICK_OPS)
		finish_quick(ring, rec, q);
	else
		finish_more(ring, rec, q);
	return true;
}

void eyas_quick_sys_exit(unsigned long sessions, struct pt_regs *regs, long ret)
{
	struct eyas_session *s;
	bool done = true;
	int nr;

	if (likely(!(sessions & (sessions - 1)))) {
		preempt_disable_notrace();
		s = rcu_dereference_sched(eyas_sessions[__ffs(sessions)]);
		if (likely(s))
			done = record(s, regs, ret);
		preempt_enable_notrace();
		if (likely(done))
			return;
	}
	nr = syscall_get_nr(current, regs);
	eyas_capture_sys_exit(sessions, EYAS_ABI_NATIVE, nr, EYAS_SLOT_NATIVE + nr, regs, ret);
}
