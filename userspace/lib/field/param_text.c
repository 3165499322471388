// SPDX-License-Identifier: Apache-2.0
/* Parameters as text: the bare value, and what it means. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include "field/params.h"
#include "field/subject.h"
#include "field/datetext.h"

/* What the kernel keeps to itself, and what restarts hide from programs. */
static const char *const kernel_errors[] = {
	[512 - 512] = "ERESTARTSYS", [513 - 512] = "ERESTARTNOINTR",
	[514 - 512] = "ERESTARTNOHAND", [515 - 512] = "ENOIOCTLCMD",
	[516 - 512] = "ERESTART_RESTARTBLOCK", [517 - 512] = "EPROBE_DEFER",
	[518 - 512] = "EOPENSTALE", [519 - 512] = "ENOPARAM", [521 - 512] = "EBADHANDLE",
	[522 - 512] = "ENOTSYNC", [523 - 512] = "EBADCOOKIE", [524 - 512] = "ENOTSUPP",
	[525 - 512] = "ETOOSMALL", [526 - 512] = "ESERVERFAULT", [527 - 512] = "EBADTYPE",
	[528 - 512] = "EJUKEBOX", [529 - 512] = "EIOCBQUEUED", [530 - 512] = "ERECALLCONFLICT",
};

const char *eyas_errno_name(int64_t err)
{
	if (!eyas_is_errno(err))
		return NULL;
	err = -err;
	if (err >= 512)
		return err - 512 < (int64_t)(sizeof(kernel_errors) / sizeof(*kernel_errors)) ?
			       kernel_errors[err - 512] :
			       NULL;
	return strerrorname_np((int)err);
}

static int set(struct eyas_text *ret, const char *s)
{
	if (!s)
		return -ENOENT;
	*ret = (struct eyas_text){ s, strlen(s) };
	return 0;
}

/* Results that are addresses or lengths are errors, too, near the end of the range. */
static bool is_error(const struct eyas_param *p, const struct eyas_value *v)
{
	if (p->type == EYAS_PT_ERRNO)
		return v->i < 0;
	return p->source == EYAS_PS_RET && p->type == EYAS_PT_HEX && eyas_is_errno(v->i);
}

/* ---- the bare value ---- */

static int printable(const struct eyas_field_ctx *ctx, const struct eyas_value *v, bool list,
		     struct eyas_text *ret)
{
	char *out;

	if (!v->s.len)
		return -ENOENT;
	out = eyas_arena_alloc(ctx->arena, v->s.len + 1);
	if (!out)
		return -ENOMEM;
	for (size_t i = 0; i < v->s.len; i++)
		out[i] = v->s.p[i] >= ' ' && v->s.p[i] <= '~' ? v->s.p[i] : '.';
	/* Each string of a list has its NUL. */
	if (list)
		out[v->s.len] = '.';
	*ret = (struct eyas_text){ out, v->s.len + list };
	return 0;
}

static int printed(struct eyas_text *ret, const char *s)
{
	if (!s)
		return -ENOMEM;
	*ret = (struct eyas_text){ s, strlen(s) };
	return 0;
}

int eyas_param_raw(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		   struct eyas_text *ret)
{
	struct eyas_arena *arena = ctx->arena;
	struct eyas_value v;
	int r = eyas_param_value(ctx, p, &v);

	if (r < 0)
		return r;
	switch ((enum eyas_param_type)p->type) {
	case EYAS_PT_STR:
	case EYAS_PT_PATH:
	case EYAS_PT_ADDR:
	case EYAS_PT_TUPLE:
		*ret = (struct eyas_text){ v.s.p, v.s.len };
		return 0;
	case EYAS_PT_BUF:
	case EYAS_PT_LIST:
		return printable(ctx, &v, p->type == EYAS_PT_LIST, ret);
	case EYAS_PT_ABSTIME:
		return eyas_time_text(v.u, EYAS_TIME_DATE | EYAS_TIME_NS | EYAS_TIME_ZONE, arena,
				      ret);
	case EYAS_PT_HEX:
		if (!is_error(p, &v))
			return printed(ret,
				       eyas_arena_printf(arena, "%llX", (unsigned long long)v.u));
		break;
	case EYAS_PT_OCT:
	case EYAS_PT_MODE:
		return printed(ret, eyas_arena_printf(arena, "%#llo", (unsigned long long)v.u));
	case EYAS_PT_UID:
	case EYAS_PT_GID:
		if (v.u == UINT32_MAX)
			v.i = -1;
		break;
	case EYAS_PT_UINT:
	case EYAS_PT_FLAGS:
	case EYAS_PT_ENUM:
	case EYAS_PT_SIG:
	case EYAS_PT_SYSCALL:
	case EYAS_PT_RELTIME:
		return printed(ret, eyas_arena_printf(arena, "%llu", (unsigned long long)v.u));
	case EYAS_PT_FD:
	case EYAS_PT_ERRNO:
	case EYAS_PT_PID:
	case EYAS_PT_INT:
	case EYAS_PT_MAX:
		break;
	}
	return printed(ret, eyas_arena_printf(arena, "%lld", (long long)v.i));
}

/* ---- what it means ---- */

/* Is it the descriptor that the event is about? Then more is known of it. */
static bool is_subject(const struct eyas_field_ctx *ctx, const struct eyas_param *p, int64_t num)
{
	const struct eyas_subject *s = eyas_subject(ctx);

	if (!s || !s->has_num)
		return false;
	if (p->source == EYAS_PS_PAIR)
		return s->made;		/* both are alike */
	return s->num == num && (p->source == EYAS_PS_RET ? s->made : s->arg == p->n);
}

static int find_fd(const struct eyas_field_ctx *ctx, const struct eyas_param *p, int64_t num,
		   struct eyas_fd *ret)
{
	int r;

	if (!is_subject(ctx, p, num))
		return eyas_enrich_fd(ctx->en, ctx->proc, (int32_t)num, ret);
	*ret = (struct eyas_fd){ .num = (int32_t)num, .type = eyas_subject_type(ctx),
				 .proto = eyas_subject_proto(ctx) };
	r = eyas_subject_name(ctx, &ret->name);
	if (r == -ENOENT && ret->type)
		return 0;
	return r;
}

/* "<4t>1.2.3.4:5->6.7.8.9:80" */
static int fd_text(const struct eyas_field_ctx *ctx, const struct eyas_param *p, int64_t num,
		   struct eyas_text *ret)
{
	struct eyas_fd fd = { 0 };
	char proto[2] = "";
	int r;

	if (num == AT_FDCWD)
		return set(ret, "AT_FDCWD");
	if (num < 0)
		return set(ret, eyas_errno_name(num));
	r = find_fd(ctx, p, num, &fd);
	if (r < 0)
		return r;
	if (fd.type == '4' || fd.type == '6')
		proto[0] = fd.proto;
	return printed(ret, eyas_arena_printf(ctx->arena, "<%c%s>%.*s", fd.type ? fd.type : 'o',
					      proto, (int)fd.name.len, fd.name.p ? fd.name.p : ""));
}

/* Numbers that a program uses are of its own namespace. */
static bool is_host_pid(const struct eyas_field_ctx *ctx, const struct eyas_param *p)
{
	if (p->source == EYAS_PS_SIGNAL)
		return true;
	if (p->source == EYAS_PS_PROC && (p->n == EYAS_PP_TID || p->n == EYAS_PP_PID ||
					  p->n == EYAS_PP_PPID || p->n == EYAS_PP_PGID))
		return true;
	return ctx->proc && ctx->proc->vpid == ctx->proc->pid;
}

/* Whom the kernel found behind the number. */
static const struct eyas_target *target(const struct eyas_event *ev, const struct eyas_param *p)
{
	const struct eyas_event_blob *b = NULL;

	if (p->source == EYAS_PS_ARG32S)
		b = eyas_event_blob(ev, EYAS_BLOB_TASK, p->n);
	return b ? (const void *)b->data : NULL;
}

static int pid_text(const struct eyas_field_ctx *ctx, const struct eyas_param *p, int64_t pid,
		    struct eyas_text *ret)
{
	const struct eyas_target *t = target(ctx->ev, p);
	const struct eyas_proc *proc;

	if (t) {
		*ret = (struct eyas_text){ t->comm, strnlen(t->comm, sizeof(t->comm)) };
		return 0;
	}
	if (pid <= 0 || pid > UINT32_MAX || !is_host_pid(ctx, p))
		return -ENOENT;
	proc = pid == ctx->ev->tid ? ctx->proc : eyas_enrich_proc(ctx->en, (uint32_t)pid);
	if (!proc || !proc->comm.p)
		return -ENOENT;
	*ret = proc->comm;
	return 0;
}

static int owner_text(const struct eyas_field_ctx *ctx, const struct eyas_param *p, uint64_t id,
		      struct eyas_text *ret)
{
	const char *name;

	if (id == UINT32_MAX)
		return set(ret, "<NONE>");
	name = p->type == EYAS_PT_UID ? eyas_enrich_user(ctx->en, (uint32_t)id) :
					eyas_enrich_group(ctx->en, (uint32_t)id);
	return set(ret, name ? name : "<NA>");
}

/* A relative path, made absolute; of others there is no more to say. */
static int path_text(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     const struct eyas_value *v, struct eyas_text *ret)
{
	int r;

	if (p->source != EYAS_PS_STRING || (v->s.len && v->s.p[0] == '/'))
		return -ENOENT;
	r = eyas_subject_path(ctx, p->n, ret);
	return r == 0 && !(ret->len && ret->p[0] == '/') ? -ENOENT : r;
}

static int signal_text(const struct eyas_field_ctx *ctx, uint64_t sig, struct eyas_text *ret)
{
	const char *name = sig && sig < NSIG ? sigabbrev_np((int)sig) : NULL;

	return name ? printed(ret, eyas_arena_printf(ctx->arena, "SIG%s", name)) : -ENOENT;
}

int eyas_param_resolved(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
			struct eyas_text *ret)
{
	struct eyas_value v;
	int r = eyas_param_value(ctx, p, &v);

	if (r < 0)
		return r;
	switch ((enum eyas_param_type)p->type) {
	case EYAS_PT_FD:
		return fd_text(ctx, p, v.i, ret);
	case EYAS_PT_ERRNO:
	case EYAS_PT_HEX:
		return is_error(p, &v) ? set(ret, eyas_errno_name(v.i)) : -ENOENT;
	case EYAS_PT_PID:
		return pid_text(ctx, p, v.i, ret);
	case EYAS_PT_UID:
	case EYAS_PT_GID:
		return owner_text(ctx, p, v.u, ret);
	case EYAS_PT_PATH:
		return path_text(ctx, p, &v, ret);
	case EYAS_PT_FLAGS:
	case EYAS_PT_MODE:
		return p->names ? eyas_flags_text(p->names, v.u, ctx->arena, ret) : -ENOENT;
	case EYAS_PT_ENUM:
		return eyas_flags_enum_text(p->names, v.u, ctx->arena, ret);
	case EYAS_PT_SIG:
		return signal_text(ctx, v.u, ret);
	case EYAS_PT_RELTIME:
		return printed(ret, eyas_arena_printf(ctx->arena, "%gs", (double)v.u / 1e9));
	case EYAS_PT_SYSCALL:
		return ctx->ev->sc ? set(ret, ctx->ev->sc->name) : -ENOENT;
	default:
		return -ENOENT;
	}
}

int eyas_param_text(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		    struct eyas_text *ret)
{
	bool list = p->type == EYAS_PT_BUF || p->type == EYAS_PT_LIST || p->type == EYAS_PT_TUPLE;
	int r = eyas_param_resolved(ctx, p, ret);

	if (r == -ENOENT)
		r = eyas_param_raw(ctx, p, ret);
	if (r == -ENOENT)
		r = set(ret, list ? "NULL" : "<NA>");
	return r;
}
