// SPDX-License-Identifier: Apache-2.0
/* evt.arg, evt.rawarg, evt.args, evt.buffer, evt.abspath: what a call was given. */
#include "field/evtargs.h"

#include <errno.h>
#include <string.h>
#include "base/strbuf.h"
#include "event/callnr.h"
#include "event/evtype.h"
#include "field/family.h"
#include "field/params.h"
#include "field/subject.h"

static const struct eyas_param *param_of(const struct eyas_field_ctx *ctx,
					 const struct eyas_field_arg *arg)
{
	const struct eyas_params *ps;

	if (arg->key)
		return eyas_param_of(ctx->ev, arg->key, key_len(arg));
	ps = eyas_params_of(ctx->ev->evtype);
	return arg->index < ps->len ? &ps->p[arg->index] : NULL;
}

EYAS_GETTER(eyas_evt_get_arg)
{
	const struct eyas_param *p = param_of(ctx, arg);
	struct eyas_text t;
	int r = p ? eyas_param_text(ctx, p, &t) : -ENOENT;

	return r ? r : give_text(ret, t);
}

GETTER(get_arg_real)
{
	const struct eyas_param *p = param_of(ctx, arg);
	struct eyas_text t;
	int r;

	if (!p || p->type != EYAS_PT_PATH || p->source != EYAS_PS_STRING)
		return -ENOENT;
	r = eyas_subject_path_real(ctx, p->n, &t);
	return r ? r : give_text(ret, t);
}

EYAS_GETTER(eyas_evt_get_rawarg)
{
	const struct eyas_param *p = param_of(ctx, arg);

	return p ? eyas_param_value(ctx, p, ret) : -ENOENT;
}

int eyas_evt_bind_rawarg(struct eyas_field_arg *arg, struct eyas_err *err)
{
	if (arg->given)
		return eyas_err_set(err, -EINVAL, "evt.rawarg takes a name, not a number: "
				    "evt.rawarg.res");
	return 0;
}

/* ---- rows that the name decides on ---- */

const struct eyas_field *eyas_field_evt_arg(const char *name, size_t len)
{
	static const struct eyas_field text = {
		"evt.arg", EYAS_T_STRING, EYAS_FIELD_ARG_REQ, eyas_evt_get_arg, NULL, NULL,
		"one argument as text",
	}, path = {
		"evt.arg", EYAS_T_STRING, EYAS_FIELD_ARG_REQ, eyas_evt_get_arg, get_arg_real, NULL,
		"one argument, a path",
	};

	if (!eyas_params_find(name, len))
		return NULL;
	return eyas_params_is_path(name, len) ? &path : &text;
}

#define RAWARG	EYAS_FIELD_ARG_REQ | EYAS_FIELD_NO_TRANSFORM | EYAS_FIELD_NO_RHS,	\
		eyas_evt_get_rawarg, NULL, eyas_evt_bind_rawarg, "one argument as it is"

const struct eyas_field *eyas_field_evt_rawarg(const char *name, size_t len)
{
	static const struct eyas_field rows[] = {
		{ "evt.rawarg", EYAS_T_INT, RAWARG }, { "evt.rawarg", EYAS_T_UINT, RAWARG },
		{ "evt.rawarg", EYAS_T_STRING, RAWARG }, { "evt.rawarg", EYAS_T_BYTES, RAWARG },
		{ "evt.rawarg", EYAS_T_ABSTIME, RAWARG }, { "evt.rawarg", EYAS_T_RELTIME, RAWARG },
	}, hex = { "evt.rawarg", EYAS_T_UINT, EYAS_FIELD_HEX | RAWARG };
	const struct eyas_param *p = eyas_params_find(name, len);

	if (!p)
		return NULL;
	if (p->type == EYAS_PT_HEX)
		return &hex;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].type == eyas_param_value_type(p))
			return &rows[i];
	return NULL;
}

/* ---- all of them ---- */

static int add_param(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     struct eyas_strbuf *out)
{
	struct eyas_text raw, resolved;
	int r = eyas_param_raw(ctx, p, &raw);

	if (r == -ENOENT) {
		r = eyas_param_text(ctx, p, &raw);	/* what stands for nothing */
		resolved.len = 0;
	} else if (r == 0) {
		r = eyas_param_resolved(ctx, p, &resolved);
		if (r == -ENOENT) {
			resolved.len = 0;
			r = 0;
		}
	}
	if (r)
		return r;
	if (out->len)
		eyas_strbuf_addc(out, ' ');
	eyas_strbuf_addf(out, "%s=", p->name);
	eyas_strbuf_add(out, raw.p, raw.len);
	if (resolved.len) {
		eyas_strbuf_addc(out, '(');
		eyas_strbuf_add(out, resolved.p, resolved.len);
		eyas_strbuf_addc(out, ')');
	}
	return 0;
}

/* Calls that rules know by their name only show nothing. */
EYAS_GETTER(eyas_evt_get_args)
{
	const struct eyas_params *ps = eyas_params_of(ctx->ev->evtype);
	_cleanup_strbuf_ struct eyas_strbuf out = EYAS_STRBUF_INIT;
	char *text;
	int r = 0;

	(void)arg;
	if (ps == eyas_params_of(EYAS_EVT_SYSCALL))
		return give_str(ret, "");
	for (size_t i = 0; i < ps->len && !r; i++)
		r = add_param(ctx, &ps->p[i], &out);
	if (r)
		return r;
	text = eyas_strbuf_ok(&out) ? eyas_arena_strndup(ctx->arena, out.buf, out.len) : NULL;
	return text ? give_text(ret, (struct eyas_text){ text, out.len }) : -ENOMEM;
}

EYAS_GETTER(eyas_evt_get_buffer)
{
	const struct eyas_param *p = eyas_param_of(ctx->ev, "data", 4);

	(void)arg;
	return p && p->type == EYAS_PT_BUF ? eyas_param_value(ctx, p, ret) : -ENOENT;
}

/* ---- paths with their directories ---- */

/* Number of the path that follows the @n-th directory, or the last before; -1: none. */
static int at_path(const struct eyas_event *ev, int n)
{
	int found = -1;

	for (int i = 0; ev->sys && ev->sc && i + 1 < ev->sc->nargs; i++) {
		if (ev->sc->args[i].kind != EYAS_KIND_DIRFD ||
		    ev->sc->args[i + 1].kind != EYAS_KIND_PATH)
			continue;
		found = i + 1;
		if (!n--)
			break;
	}
	return found;
}

static int abspath(const struct eyas_field_ctx *ctx, int n, struct eyas_value *ret)
{
	int arg = at_path(ctx->ev, n), r;
	struct eyas_text t;

	if (ctx->ev->sys && ctx->ev->evtype == SYS_open_by_handle_at)
		r = ctx->ev->sys->ret < 0 ? -ENOENT : eyas_subject_name(ctx, &t);
	else
		r = arg < 0 ? -ENOENT : eyas_subject_path(ctx, (unsigned int)arg, &t);
	return r ? r : give_text(ret, t);
}

static int abspath_real(const struct eyas_field_ctx *ctx, int n, struct eyas_value *ret)
{
	int arg = at_path(ctx->ev, n), r;
	struct eyas_text t;

	r = arg < 0 ? -ENOENT : eyas_subject_path_real(ctx, (unsigned int)arg, &t);
	return r ? r : give_text(ret, t);
}

#define ABSPATH(fn, what, n)								\
	EYAS_GETTER(fn)									\
	{										\
		(void)arg;								\
		return what(ctx, n, ret);						\
	}
ABSPATH(eyas_evt_get_abspath, abspath, 0)
ABSPATH(eyas_evt_get_abspath_real, abspath_real, 0)
ABSPATH(eyas_evt_get_abspath_dst, abspath, 1)
ABSPATH(eyas_evt_get_abspath_dst_real, abspath_real, 1)
