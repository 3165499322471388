// SPDX-License-Identifier: Apache-2.0
/* What an event is about. Worked out once an event, when first asked for. */
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/stat.h>
#include "enrich/fds.h"
#include "event/callnr.h"
#include "field/ends.h"
#include "field/params.h"
#include "field/subject.h"

#define BIT(n)		(1ULL << (n))

bool eyas_subject_is_open(const struct eyas_event *ev)
{
	return ev->type == EYAS_REC_SYS_EXIT && eyas_params_of(ev->evtype)->opens;
}

int eyas_subject_arg(const struct eyas_event *ev, uint8_t kind)
{
	for (int i = 0; ev->sc && i < ev->sc->nargs; i++)
		if (ev->sc->args[i].kind == kind)
			return i;
	return -1;
}

/* ---- which descriptor ---- */

int eyas_subject_pair(const struct eyas_event *ev, int32_t ret[2])
{
	int n = eyas_subject_arg(ev, EYAS_KIND_OUTSTRUCT);
	const struct eyas_event_blob *b;

	if (n < 0 || strcmp(ev->sc->args[n].aux, "fdpair") != 0 || ev->sys->ret < 0)
		return -ENOENT;
	b = eyas_event_blob(ev, EYAS_BLOB_STRUCT, (uint8_t)n);
	if (!b || b->len < 2 * sizeof(*ret))
		return -ENOENT;
	memcpy(ret, b->data, 2 * sizeof(*ret));
	return 0;
}

/* Of the commands of bpf() only these give a descriptor. */
static bool makes_bpf(const struct eyas_event *ev)
{
	static const uint64_t commands = BIT(BPF_MAP_CREATE) | BIT(BPF_PROG_LOAD) |
		BIT(BPF_OBJ_GET) | BIT(BPF_PROG_GET_FD_BY_ID) | BIT(BPF_MAP_GET_FD_BY_ID) |
		BIT(BPF_RAW_TRACEPOINT_OPEN) | BIT(BPF_BTF_LOAD) | BIT(BPF_BTF_GET_FD_BY_ID) |
		BIT(BPF_LINK_CREATE) | BIT(BPF_LINK_GET_FD_BY_ID) | BIT(BPF_ITER_CREATE);
	uint32_t cmd = (uint32_t)ev->sys->args[0];

	return ev->evtype == SYS_bpf && cmd < 64 && (commands >> cmd & 1);
}

static void set_made(struct eyas_subject *s, int64_t num)
{
	s->some = s->made = s->has_num = true;
	s->arg = -1;
	s->num = num < 0 ? -1 : num;
}

/* Calls that make two, and that return no descriptor. */
static void set_pair(const struct eyas_event *ev, struct eyas_subject *s)
{
	int32_t pair[2];

	set_made(s, -1);
	if (ev->sys->ret < 0)
		return;
	if (eyas_subject_pair(ev, pair) == 0)
		s->num = pair[0];
	else
		s->has_num = false;
}

/* Which descriptor it is about. */
static void find_num(const struct eyas_event *ev, struct eyas_subject *s)
{
	const struct eyas_params *params = eyas_params_of(ev->evtype);
	int arg;

	if (params->opens)
		s->path_arg = params->path_arg;
	if (params->opens || ev->sc->ret == EYAS_RET_FD || makes_bpf(ev)) {
		set_made(s, ev->sys->ret);
		return;
	}
	arg = eyas_subject_arg(ev, EYAS_KIND_OUTSTRUCT);
	if (arg >= 0 && !strcmp(ev->sc->args[arg].aux, "fdpair")) {
		set_pair(ev, s);
		return;
	}
	arg = eyas_subject_arg(ev, EYAS_KIND_FD);
	if (arg < 0)
		return;
	s->some = s->has_num = true;
	s->arg = (int16_t)arg;
	s->num = (int32_t)ev->sys->args[arg];
}

/* ---- what the kernel told of it ---- */

/* Of several blobs the one of the descriptor, else the first: a copy is as its original. */
static inline bool is_better(const struct eyas_event_blob *b, const struct eyas_event_blob *than,
			     uint8_t arg)
{
	return !than || (b->arg == arg && than->arg != arg);
}

static inline uint8_t blob_arg(const struct eyas_subject *s)
{
	return s->arg < 0 ? EYAS_BLOB_NO_ARG : (uint8_t)s->arg;
}

/* All of it in one go: there are few, and most rules ask for each of them. */
static void find_blobs(const struct eyas_event *ev, struct eyas_subject *s)
{
	const struct eyas_event_blob *file = NULL, *path = NULL, *b = ev->blobs;
	const struct eyas_event_blob *end = b + ev->nblobs;
	uint8_t arg = blob_arg(s);

	for (; b < end; b++) {
		if (b->kind == EYAS_BLOB_FILE && is_better(b, file, arg))
			file = b;
		else if (b->kind == EYAS_BLOB_FILE_PATH && is_better(b, path, arg))
			path = b;
		else if (b->kind == EYAS_BLOB_STRING && b->arg == s->path_arg && !s->raw.p &&
			 (b->len || !(b->flags & EYAS_BLOB_F_FAULT)))
			s->raw = (struct eyas_text){ b->data, b->len };
	}
	if (file && file->len >= sizeof(struct eyas_file))
		s->file = (const void *)file->data;
	if (path && path->len)
		s->path = (struct eyas_text){ path->data, path->len };
}

void eyas_subject_find(const struct eyas_event *ev, struct eyas_subject *s)
{
	*s = (struct eyas_subject){ .known = true, .path_arg = -1 };
	if (!ev->sys || !ev->sc)
		return;
	find_num(ev, s);
	if (s->some)
		find_blobs(ev, s);
}

const struct eyas_event_blob *eyas_subject_blob(const struct eyas_field_ctx *ctx, uint8_t kind)
{
	const struct eyas_subject *s = eyas_subject(ctx);
	const struct eyas_event_blob *best = NULL;

	for (unsigned int i = 0; s && i < ctx->ev->nblobs; i++) {
		const struct eyas_event_blob *b = &ctx->ev->blobs[i];

		if (b->kind == kind && is_better(b, best, blob_arg(s)))
			best = b;
	}
	return best;
}

uint32_t eyas_file_dev(const struct eyas_file *f)
{
	return (f->dev_minor & 0xff) | (f->dev_major & 0xfff) << 8 | (f->dev_minor & ~0xffU) << 12;
}

static bool is_absolute(struct eyas_text t)
{
	return t.len && t.p[0] == '/';
}

/* What the kernel says of the object itself; 0 of sockets, whose family is not in it. */
static char type_of_object(const struct eyas_subject *s)
{
	const struct eyas_file *file = s->file;
	struct eyas_text path = s->path;
	char type;

	/* Only what is no file has a name that tells more. */
	if (file && (S_ISREG(file->mode) || S_ISDIR(file->mode)))
		return eyas_fd_type_of_mode(file->mode, file->flags);
	type = path.len && !is_absolute(path) ? eyas_fd_type_of_link(path) : 0;
	if (type || !file)
		return type;
	if (S_ISSOCK(file->mode) && !is_absolute(path))
		return 0;
	return eyas_fd_type_of_mode(file->mode, file->flags);
}

/* Where no object is at hand: what the call says of itself. */
static char type_of_call(const struct eyas_field_ctx *ctx, const struct eyas_subject *s)
{
	char made = eyas_params_of(ctx->ev->evtype)->made;
	struct eyas_peer peer;

	if (ctx->ev->evtype == SYS_socket && ctx->ev->sys->ret >= 0)
		return eyas_fd_type_of_domain((uint32_t)ctx->ev->sys->args[0]);
	if (eyas_peer_get(ctx->ev, &peer) != -ENOENT)
		return eyas_fd_type_of_domain(peer.family);
	return s->made ? made : 0;
}

static void find_type(const struct eyas_field_ctx *ctx, struct eyas_subject *s)
{
	struct eyas_fd fd;

	s->type_known = true;
	/* What is opened by a path is no socket. */
	if (s->path_arg < 0)
		s->type = eyas_ends_type(ctx, &s->proto);
	if (!s->type)
		s->type = type_of_object(s);
	if (!s->type && s->num >= 0 &&
	    eyas_enrich_fd(ctx->en, ctx->proc, (int32_t)s->num, &fd) == 0) {
		s->type = fd.type;
		s->proto = fd.proto;
	}
	if (!s->type)
		s->type = type_of_call(ctx, s);
}

char eyas_subject_find_type(const struct eyas_field_ctx *ctx)
{
	struct eyas_subject *s = eyas_subject_shared(ctx);

	if (eyas_subject(ctx))
		find_type(ctx, s);
	s->type_known = true;
	return s->type;
}

char eyas_subject_proto(const struct eyas_field_ctx *ctx)
{
	return eyas_subject_type(ctx) ? ctx->subject.proto : 0;
}

/* ---- what it is called ---- */

static bool is_equal(struct eyas_text a, struct eyas_text b)
{
	return a.len == b.len && a.p && b.p && !memcmp(a.p, b.p, a.len);
}

static int find_name(const struct eyas_field_ctx *ctx, struct eyas_subject *s,
		     struct eyas_text *ret)
{
	struct eyas_text real = s->path;
	struct eyas_fd fd;
	int r;

	/* As most are: where they say they are. */
	if (s->path_arg >= 0 && s->raw.p && is_absolute(real) &&
	    eyas_enrich_path_is(ctx->en, ctx->ev, (unsigned int)s->path_arg, s->raw, real)) {
		s->same = true;
		*ret = real;
		return 0;
	}
	if (s->path_arg >= 0) {
		r = eyas_enrich_path(ctx->en, ctx->ev, (unsigned int)s->path_arg, ctx->arena, ret);
		if (r != -ENOENT)
			return r;
	}
	/* "socket:[1234]" is the last that one wants to know of a socket. */
	if (is_absolute(real)) {
		*ret = real;
		return 0;
	}
	r = eyas_ends_name(ctx, ret);
	if (r != -ENOENT)
		return r;
	if (s->num >= 0 && s->path_arg < 0) {
		r = eyas_enrich_fd(ctx->en, ctx->proc, (int32_t)s->num, &fd);
		if (r == -ENOMEM)
			return r;
		if (r == 0 && fd.name.len) {
			*ret = fd.name;
			return 0;
		}
	}
	*ret = real;
	return real.len ? 0 : -ENOENT;
}

int eyas_subject_find_name(const struct eyas_field_ctx *ctx)
{
	struct eyas_subject *s = eyas_subject_shared(ctx);
	bool some = eyas_subject(ctx);

	s->name_known = true;
	s->name_r = some ? find_name(ctx, s, &s->name) : -ENOENT;
	if (s->name_r == 0 && !s->same)
		s->same = is_equal(s->name, s->path);
	return s->name_r;
}

int eyas_subject_real(const struct eyas_field_ctx *ctx, struct eyas_text *ret)
{
	struct eyas_subject *s = eyas_subject_shared(ctx);
	struct eyas_text given;

	if (eyas_subject_name(ctx, &given) == -ENOMEM)
		return -ENOMEM;
	if (!s->some || s->same || !is_absolute(s->path))
		return -ENOENT;
	*ret = s->path;
	return 0;
}

int eyas_subject_path(const struct eyas_field_ctx *ctx, unsigned int n, struct eyas_text *ret)
{
	const struct eyas_subject *s = eyas_subject(ctx);

	if (s && s->path_arg == (int)n)
		return eyas_subject_name(ctx, ret);
	return eyas_enrich_path(ctx->en, ctx->ev, n, ctx->arena, ret);
}

int eyas_subject_path_raw(const struct eyas_event *ev, unsigned int n, struct eyas_text *ret)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_STRING, (uint8_t)n);

	if (!b || (!b->len && (b->flags & EYAS_BLOB_F_FAULT)))
		return -ENOENT;
	*ret = (struct eyas_text){ b->data, b->len };
	return 0;
}

int eyas_subject_path_real(const struct eyas_field_ctx *ctx, unsigned int n, struct eyas_text *ret)
{
	const struct eyas_subject *s = eyas_subject(ctx);
	const struct eyas_event_blob *b;
	struct eyas_text given;

	if (s && s->path_arg == (int)n)
		return eyas_subject_real(ctx, ret);
	b = eyas_event_blob(ctx->ev, EYAS_BLOB_FILE_PATH, (uint8_t)n);
	if (!b || !b->len || b->data[0] != '/')
		return -ENOENT;
	if (eyas_subject_path(ctx, n, &given) == 0 && given.len == b->len &&
	    !memcmp(given.p, b->data, b->len))
		return -ENOENT;
	*ret = (struct eyas_text){ b->data, b->len };
	return 0;
}

const char *eyas_fd_type_name(char type, struct eyas_text name)
{
	static const char uffd[] = "anon_inode:[userfaultfd]";
	static const struct { char type; const char *name; } names[] = {
		{ 'f', "file" }, { 'd', "directory" }, { '4', "ipv4" }, { '6', "ipv6" },
		{ 'u', "unix" }, { 'p', "pipe" }, { 'e', "event" }, { 's', "signalfd" },
		{ 'l', "eventpoll" }, { 'i', "inotify" }, { 't', "timerfd" }, { 'n', "netlink" },
		{ 'b', "bpf" }, { 'r', "io_uring" }, { 'm', "memfd" }, { 'P', "pidfd" },
		{ 'o', "other" },
	};

	if (type == 'u' && name.len >= sizeof(uffd) - 1 && !memcmp(name.p, uffd, sizeof(uffd) - 1))
		return "userfaultfd";
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].type == type)
			return names[i].name;
	return NULL;
}
