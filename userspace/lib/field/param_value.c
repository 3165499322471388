// SPDX-License-Identifier: Apache-2.0
/* Values of parameters, one function for each place they come from. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include "event/callnr.h"
#include "event/evtype.h"
#include "field/ends.h"
#include "field/family.h"
#include "field/param_memory.h"
#include "field/params.h"
#include "field/subject.h"

#define VALUE(fn)								\
	static int fn(const struct eyas_field_ctx *ctx _unused_,		\
		      const struct eyas_param *p _unused_, struct eyas_value *ret)

const struct eyas_param *eyas_param_of(const struct eyas_event *ev, const char *name, size_t len)
{
	const struct eyas_params *ps = eyas_params_of(ev->evtype);

	for (size_t i = 0; i < ps->len; i++)
		if (!strncmp(ps->p[i].name, name, len) && !ps->p[i].name[len])
			return &ps->p[i];
	return NULL;
}

/* A number as the parameter's type has it. */
static int give_number(struct eyas_value *ret, const struct eyas_param *p, uint64_t v)
{
	return give_uint(ret, eyas_param_value_type(p), v);
}

static int give_bytes(struct eyas_value *ret, struct eyas_text t)
{
	int r = give_text(ret, t);

	ret->type = EYAS_T_BYTES;
	return r;
}

/* ---- the call ---- */

VALUE(value_none)
{
	(void)ret;
	return -ENOENT;
}

/* An exec record is there because the call succeeded. */
VALUE(value_ret)
{
	if (ctx->ev->sys)
		return give_number(ret, p, (uint64_t)ctx->ev->sys->ret);
	return ctx->ev->type == EYAS_REC_EXEC ? give_number(ret, p, 0) : -ENOENT;
}

/* Masks and enumerations are ints to the kernel: what is above does not count. */
static uint64_t by_names(const struct eyas_param *p, uint64_t kernel)
{
	if (p->type == EYAS_PT_ENUM)
		return (uint32_t)kernel;
	if (p->type == EYAS_PT_FLAGS || p->type == EYAS_PT_MODE)
		return eyas_flags_value(p->names, kernel);
	return kernel;
}

VALUE(value_arg)
{
	uint64_t v;
	int r = eyas_event_arg(ctx->ev, p->n, &v);

	return r ? r : give_number(ret, p, by_names(p, v));
}

/* Flags that share the argument are above. */
VALUE(value_arg8)
{
	uint64_t v;
	int r = eyas_event_arg(ctx->ev, p->n, &v);

	return r ? r : give_number(ret, p, (uint8_t)v);
}

VALUE(value_arg32)
{
	uint64_t v;
	int r = eyas_event_arg(ctx->ev, p->n, &v);

	return r ? r : give_number(ret, p, (uint32_t)v);
}

VALUE(value_arg32s)
{
	uint64_t v;
	int r = eyas_event_arg(ctx->ev, p->n, &v);

	return r ? r : give_number(ret, p, (uint64_t)(int64_t)(int32_t)v);
}

VALUE(value_string)
{
	struct eyas_text t;
	int r = eyas_subject_path_raw(ctx->ev, p->n, &t);

	return r ? r : give_text(ret, t);
}

/* ---- behind pointers ---- */

VALUE(value_bytes)
{
	struct eyas_text t;
	int r = eyas_param_bytes(ctx, p, &t);

	if (r < 0)
		return r;
	return p->type == EYAS_PT_BUF ? give_bytes(ret, t) : give_text(ret, t);
}

VALUE(value_word)
{
	uint64_t v;
	int r = eyas_param_word(ctx->ev, p, &v);

	return r ? r : give_number(ret, p, by_names(p, v));
}

VALUE(value_span)
{
	uint64_t v;
	int r = eyas_param_span(ctx->ev, p, &v);

	return r ? r : give_number(ret, p, v);
}

VALUE(value_iov_size)
{
	uint64_t v;
	int r = eyas_param_iov_size(ctx->ev, p, &v);

	return r ? r : give_number(ret, p, v);
}

VALUE(value_polled)
{
	struct eyas_text t;
	int r = eyas_param_polled(ctx, p, &t);

	return r ? r : give_text(ret, t);
}

VALUE(value_pair)
{
	int32_t pair[2];
	int r = ctx->ev->sys ? eyas_subject_pair(ctx->ev, pair) : -ENOENT;

	return r ? r : give_int(ret, pair[p->n]);
}

VALUE(value_nr)
{
	return ctx->ev->nr < 0 ? -ENOENT : give_number(ret, p, (uint64_t)ctx->ev->nr);
}

/* ---- objects ---- */

VALUE(value_peer)
{
	struct eyas_peer peer;
	struct eyas_text t;
	int r = eyas_peer_get(ctx->ev, &peer);

	if (r == -EBADMSG) {
		if (peer.family == AF_INET || peer.family == AF_INET6)
			return give_str(ret,
					peer.family == AF_INET ? "INVALID IPv4" : "INVALID IPv6");
		t.p = eyas_arena_printf(ctx->arena, "family %u", (unsigned int)peer.family);
		return t.p ? give_str(ret, t.p) : -ENOMEM;
	}
	if (r == 0)
		r = eyas_peer_text(&peer, ctx->arena, &t);
	return r ? r : give_text(ret, t);
}

VALUE(value_tuple)
{
	struct eyas_text t;
	int r = eyas_ends_tuple(ctx, &t);

	return r ? r : give_text(ret, t);
}

VALUE(value_name)
{
	struct eyas_text t;
	int r = eyas_subject_name(ctx, &t);

	return r ? r : give_text(ret, t);
}

VALUE(value_file_dev)
{
	const struct eyas_file *f = eyas_subject_file(ctx);

	return f ? give_number(ret, p, eyas_file_dev(f)) : -ENOENT;
}

VALUE(value_file_ino)
{
	const struct eyas_file *f = eyas_subject_file(ctx);

	return f ? give_number(ret, p, f->ino) : -ENOENT;
}

VALUE(value_open_flags)
{
	const struct eyas_file *f = eyas_subject_file(ctx);
	const struct eyas_param how = { .source = EYAS_PS_WORD64, .n = EYAS_WORD(2, 0) };
	uint64_t flags = O_CREAT | O_WRONLY | O_TRUNC;	/* what creat() means */

	if (!ctx->ev->sys)
		return -ENOENT;
	if (ctx->ev->evtype == SYS_openat2) {
		if (eyas_param_word(ctx->ev, &how, &flags) < 0)
			return -ENOENT;
	} else if (ctx->ev->evtype != SYS_creat) {
		flags = (uint32_t)ctx->ev->sys->args[p->n];
	}
	flags = eyas_event_open_flags(ctx->ev->abi, flags);
	return give_number(ret, p, eyas_flags_open_value(flags, f ? f->flags : 0));
}

VALUE(value_signal)
{
	const struct eyas_signal *s = ctx->ev->signal;

	if (!s)
		return -ENOENT;
	if (p->n == EYAS_PSIG_RECEIVER)
		return give_number(ret, p, ctx->ev->tid);
	return give_number(ret, p, p->n == EYAS_PSIG_SENDER ? s->sender_pid : s->sig);
}

/* ---- how a process ended ---- */

VALUE(value_exit_status)
{
	return ctx->ev->exit ? give_int(ret, (int32_t)ctx->ev->exit->status) : -ENOENT;
}

VALUE(value_exit_code)
{
	int status;

	if (!ctx->ev->exit)
		return -ENOENT;
	status = (int)ctx->ev->exit->status;
	return give_int(ret, WIFEXITED(status) ? WEXITSTATUS(status) : 0);
}

VALUE(value_exit_sig)
{
	int status;

	if (!ctx->ev->exit)
		return -ENOENT;
	status = (int)ctx->ev->exit->status;
	return give_number(ret, p, WIFSIGNALED(status) ? (uint64_t)WTERMSIG(status) : 0);
}

VALUE(value_exit_core)
{
	int status;

	if (!ctx->ev->exit)
		return -ENOENT;
	status = (int)ctx->ev->exit->status;
	return give_number(ret, p, WIFSIGNALED(status) && WCOREDUMP(status));
}

/* ---- the process ---- */

/* The arguments without the first, as a list. */
static struct eyas_text rest_of(struct eyas_text argv)
{
	size_t first = argv.p ? strnlen(argv.p, argv.len) : 0;

	if (first < argv.len)
		first++;
	return (struct eyas_text){ argv.p ? argv.p + first : NULL, argv.len - first };
}

/* The path that a failed exec was given: it is none of the process. */
static int failed_name(const struct eyas_event *ev, struct eyas_value *ret)
{
	int n = eyas_subject_arg(ev, EYAS_KIND_PATH);
	struct eyas_text t;
	int r = n < 0 ? -ENOENT : eyas_subject_path_raw(ev, (unsigned int)n, &t);

	return r ? r : give_text(ret, t);
}

static int proc_text(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     struct eyas_value *ret)
{
	const struct eyas_proc *proc = ctx->proc;

	switch ((enum eyas_param_proc)p->n) {
	case EYAS_PP_EXE:
		return give_text(ret, proc->exe);
	case EYAS_PP_ARGS:
		return give_bytes(ret, rest_of(proc->argv));
	case EYAS_PP_ENV:
		return give_bytes(ret, proc->envp);
	case EYAS_PP_CWD:
		return give_text(ret, proc->cwd);
	case EYAS_PP_COMM:
		return give_text(ret, proc->comm);
	case EYAS_PP_EXEPATH:
		return give_text(ret, proc->exepath);
	case EYAS_PP_EXENAME:
		return give_text(ret, proc->exename);
	default:
		return -ENOENT;
	}
}

static int64_t proc_vtid(const struct eyas_field_ctx *ctx)
{
	if (ctx->ev->tid == ctx->ev->pid)
		return ctx->proc->vpid;
	return ctx->proc->vpid == ctx->proc->pid ? (int64_t)ctx->ev->tid : -1;
}

static int proc_id(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		   struct eyas_value *ret)
{
	const struct eyas_proc *proc = ctx->proc;
	int64_t vtid = proc_vtid(ctx);

	switch ((enum eyas_param_proc)p->n) {
	case EYAS_PP_PPID:
		return give_number(ret, p, proc->ppid);
	case EYAS_PP_TTY:
		return give_number(ret, p, proc->tty);
	case EYAS_PP_VPGID:
		return give_number(ret, p, proc->vpgid);
	case EYAS_PP_PGID:
		return give_number(ret, p, proc->pgid);
	case EYAS_PP_LOGINUID:
		return give_number(ret, p, proc->loginuid);
	case EYAS_PP_UID:
		return give_number(ret, p, proc->euid);
	case EYAS_PP_GID:
		return give_number(ret, p, proc->egid);
	case EYAS_PP_VTID:
		return vtid < 0 ? -ENOENT : give_number(ret, p, (uint64_t)vtid);
	case EYAS_PP_VPID:
		return give_number(ret, p, proc->vpid);
	default:
		return proc_text(ctx, p, ret);
	}
}

/* The event may know better than the table. */
static int proc_caps(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     struct eyas_value *ret)
{
	const struct eyas_event_blob *b =
		eyas_event_blob(ctx->ev, EYAS_BLOB_CREDS, EYAS_BLOB_NO_ARG);
	const struct eyas_creds *c = b ? (const void *)b->data : NULL;
	const struct eyas_proc *proc = ctx->proc;

	switch ((enum eyas_param_proc)p->n) {
	case EYAS_PP_CAP_INH:
		return give_number(ret, p, c ? c->cap_inheritable : proc->cap_inheritable);
	case EYAS_PP_CAP_PERM:
		return give_number(ret, p, c ? c->cap_permitted : proc->cap_permitted);
	default:
		return give_number(ret, p, c ? c->cap_effective : proc->cap_effective);
	}
}

VALUE(value_proc)
{
	const struct eyas_proc *proc = ctx->proc;

	if (p->n == EYAS_PP_TID || p->n == EYAS_PP_PID)
		return give_number(ret, p, p->n == EYAS_PP_TID ? ctx->ev->tid : ctx->ev->pid);
	if (p->n == EYAS_PP_EXENAME && ctx->ev->sys)
		return failed_name(ctx->ev, ret);
	if (!proc)
		return -ENOENT;
	switch ((enum eyas_param_proc)p->n) {
	case EYAS_PP_EXEC_FLAGS:
		return give_number(ret, p, eyas_flags_value(p->names, proc->exec_flags));
	case EYAS_PP_CAP_INH:
	case EYAS_PP_CAP_PERM:
	case EYAS_PP_CAP_EFF:
		return proc_caps(ctx, p, ret);
	case EYAS_PP_EXE_INO:
		return proc->exe_file ? give_number(ret, p, proc->exe_file->ino) : -ENOENT;
	case EYAS_PP_EXE_CTIME:
		return proc->exe_file ? give_number(ret, p, proc->exe_file->ctime) : -ENOENT;
	case EYAS_PP_EXE_MTIME:
		return proc->exe_file ? give_number(ret, p, proc->exe_file->mtime) : -ENOENT;
	default:
		return proc_id(ctx, p, ret);
	}
}

int eyas_param_value(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     struct eyas_value *ret)
{
	static int (*const values[])(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
				     struct eyas_value *ret) = {
		[EYAS_PS_NONE] = value_none,		[EYAS_PS_RET] = value_ret,
		[EYAS_PS_ARG] = value_arg,		[EYAS_PS_ARG8] = value_arg8,
		[EYAS_PS_ARG32] = value_arg32,		[EYAS_PS_ARG32S] = value_arg32s,
		[EYAS_PS_STRING] = value_string,	[EYAS_PS_BYTES] = value_bytes,
		[EYAS_PS_IOV_SIZE] = value_iov_size,	[EYAS_PS_CONTROL] = value_bytes,
		[EYAS_PS_WORD16] = value_word,		[EYAS_PS_WORD32] = value_word,
		[EYAS_PS_WORD64] = value_word,		[EYAS_PS_LONG] = value_word,
		[EYAS_PS_SPAN] = value_span,		[EYAS_PS_POLLED] = value_polled,
		[EYAS_PS_PAIR] = value_pair,		[EYAS_PS_NAME] = value_name,
		[EYAS_PS_PEER] = value_peer,		[EYAS_PS_TUPLE] = value_tuple,
		[EYAS_PS_FILE_DEV] = value_file_dev,	[EYAS_PS_FILE_INO] = value_file_ino,
		[EYAS_PS_OPEN_FLAGS] = value_open_flags, [EYAS_PS_NR] = value_nr,
		[EYAS_PS_EXIT_STATUS] = value_exit_status,
		[EYAS_PS_EXIT_CODE] = value_exit_code,	[EYAS_PS_EXIT_SIG] = value_exit_sig,
		[EYAS_PS_EXIT_CORE] = value_exit_core,	[EYAS_PS_SIGNAL] = value_signal,
		[EYAS_PS_PROC] = value_proc,
	};

	_Static_assert(sizeof(values) / sizeof(*values) == EYAS_PS_MAX, "a source has no function");
	return values[p->source](ctx, p, ret);
}
