// SPDX-License-Identifier: Apache-2.0
/* thread.*: the thread that made the event. */
#include <errno.h>
#include <string.h>
#include "enrich/live.h"
#include "field/family.h"

/* ---- capabilities ---- */

/* By number. */
static const char *const caps[] = {
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID",
	"SETUID", "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST",
	"NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO",
	"SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
	"SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE",
	"AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM",
	"BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
};

#define CAPS		(sizeof(caps) / sizeof(*caps))
#define CAP_TEXT_MAX	24	/* bytes of "CAP_CHECKPOINT_RESTORE " */

static int give_caps(const struct eyas_field_ctx *ctx, uint64_t set, struct eyas_value *ret)
{
	char *out = eyas_arena_alloc(ctx->arena, CAPS * CAP_TEXT_MAX);
	size_t len = 0;

	if (!out)
		return -ENOMEM;
	for (size_t i = 0; i < CAPS; i++) {
		size_t n = strlen(caps[i]);

		if (!(set >> i & 1))
			continue;
		if (len)
			out[len++] = ' ';
		memcpy(out + len, "CAP_", 4);
		memcpy(out + len + 4, caps[i], n);
		len += 4 + n;
	}
	return give_text(ret, (struct eyas_text){ out, len });
}

#define CAP_SET(fn, member)							\
	GETTER(fn)								\
	{									\
		return ctx->proc ? give_caps(ctx, ctx->proc->member, ret) : -ENOENT; \
	}

CAP_SET(get_cap_permitted, cap_permitted)
CAP_SET(get_cap_inheritable, cap_inheritable)
CAP_SET(get_cap_effective, cap_effective)

/* ---- ids ---- */

static bool is_main(const struct eyas_event *ev)
{
	return ev->tid == ev->pid;
}

GETTER(get_tid)
{
	return give_int(ret, ctx->ev->tid);
}

GETTER(get_ismain)
{
	return give_bool(ret, is_main(ctx->ev));
}

/* Of other threads than the first it is known only where all numbers are the host's. */
GETTER(get_vtid)
{
	const struct eyas_proc *p = ctx->proc;

	if (!p)
		return -ENOENT;
	if (is_main(ctx->ev))
		return give_int(ret, p->vpid);
	return p->vpid == p->pid ? give_int(ret, ctx->ev->tid) : -ENOENT;
}

/* ---- control groups ---- */

/* One line of /proc/PID/cgroup is "number:controllers:path". */
struct line { struct eyas_text controllers, path; };

/* Take the next line of *@text; false at its end. Lines that are none are skipped. */
static bool next_line(struct eyas_text *text, struct line *ret)
{
	while (text->len) {
		const char *nl = memchr(text->p, '\n', text->len), *p = text->p, *first, *second;
		size_t len = nl ? (size_t)(nl - p) : text->len;

		text->p += len + (nl != NULL);
		text->len -= len + (nl != NULL);
		first = memchr(p, ':', len);
		second = first ? memchr(first + 1, ':', len - (size_t)(first + 1 - p)) : NULL;
		if (!second)
			continue;
		ret->controllers = (struct eyas_text){ first + 1, (size_t)(second - first - 1) };
		ret->path = (struct eyas_text){ second + 1, len - (size_t)(second + 1 - p) };
		return true;
	}
	return false;
}

static int cgroup_text(const struct eyas_field_ctx *ctx, struct eyas_text *ret)
{
	return ctx->proc ? eyas_live_cgroup(ctx->en, ctx->proc, ctx->arena, ret) : -ENOENT;
}

/* "controllers=path" of each line; what replaces is never longer than what was there. */
GETTER(get_cgroups)
{
	struct eyas_text text;
	struct line l;
	size_t len = 0;
	char *out;
	int r = cgroup_text(ctx, &text);

	if (r)
		return r;
	out = eyas_arena_alloc(ctx->arena, text.len + 1);
	if (!out)
		return -ENOMEM;
	while (next_line(&text, &l)) {
		if (len)
			out[len++] = ' ';
		memcpy(out + len, l.controllers.p, l.controllers.len);
		len += l.controllers.len;
		out[len++] = '=';
		memcpy(out + len, l.path.p, l.path.len);
		len += l.path.len;
	}
	return len ? give_text(ret, (struct eyas_text){ out, len }) : -ENOENT;
}

/* Is @name one of the controllers "cpu,cpuacct"? */
static bool has_controller(struct eyas_text list, const char *name, size_t len)
{
	const char *p = list.p, *end = list.p + list.len;

	while (p < end) {
		const char *comma = memchr(p, ',', (size_t)(end - p));
		size_t n = (size_t)((comma ? comma : end) - p);

		if (n == len && !memcmp(p, name, n))
			return true;
		p += n + 1;
	}
	return false;
}

/* With one hierarchy for all, a line without controllers, its path is that of each. */
GETTER(get_cgroup)
{
	struct eyas_text text, all = { 0 };
	struct line l;
	int r = cgroup_text(ctx, &text);

	if (r)
		return r;
	while (next_line(&text, &l)) {
		if (has_controller(l.controllers, arg->key, key_len(arg)))
			return give_text(ret, l.path);
		if (!l.controllers.len)
			all = l.path;
	}
	return give_text(ret, all);
}

/* ---- what only /proc knows ---- */

#define FAULTS(fn, member)							\
	GETTER(fn)								\
	{									\
		struct eyas_live_faults f;					\
		int r = ctx->proc ? eyas_live_faults(ctx->en, ctx->proc, ctx->ev->tid, &f) \
				  : -ENOENT;					\
										\
		return r ? r : give_uint(ret, EYAS_T_UINT, f.member);		\
	}

FAULTS(get_pfmajor, major)
FAULTS(get_pfminor, minor)

/* Memory belongs to all threads; it is counted once, for the first. */
#define MEMORY(fn, member)							\
	GETTER(fn)								\
	{									\
		struct eyas_live_memory m;					\
		int r;								\
										\
		if (!is_main(ctx->ev))						\
			return give_uint(ret, EYAS_T_UINT, 0);			\
		r = ctx->proc ? eyas_live_memory(ctx->en, ctx->proc, &m) : -ENOENT; \
		return r ? r : give_uint(ret, EYAS_T_UINT, m.member);		\
	}

MEMORY(get_vmsize, size)
MEMORY(get_vmrss, rss)

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "thread.cap_permitted", EYAS_T_STRING, 0, get_cap_permitted, NULL, NULL,
	  "permitted capabilities: CAP_CHOWN CAP_KILL" },
	{ "thread.cap_inheritable", EYAS_T_STRING, 0, get_cap_inheritable, NULL, NULL,
	  "inheritable capabilities" },
	{ "thread.cap_effective", EYAS_T_STRING, 0, get_cap_effective, NULL, NULL,
	  "effective capabilities" },
	{ "thread.pfmajor", EYAS_T_UINT, 0, get_pfmajor, NULL, NULL,
	  "page faults that needed a disk, now" },
	{ "thread.pfminor", EYAS_T_UINT, 0, get_pfminor, NULL, NULL,
	  "page faults that needed none, now" },
	{ "thread.tid", EYAS_T_INT, 0, get_tid, NULL, NULL, "thread id" },
	{ "thread.ismain", EYAS_T_BOOL, 0, get_ismain, NULL, NULL,
	  "it is the first thread of its process" },
	{ "thread.vtid", EYAS_T_INT, 0, get_vtid, NULL, NULL,
	  "thread id in its own pid namespace" },
	{ "thread.exectime", EYAS_T_RELTIME, EYAS_FIELD_NEVER, eyas_field_get_never, NULL, NULL,
	  "CPU time of the thread that was scheduled last" },
	{ "thread.totexectime", EYAS_T_RELTIME, EYAS_FIELD_NEVER, eyas_field_get_never, NULL,
	  NULL, "CPU time of the thread" },
	{ "thread.cgroups", EYAS_T_STRING, 0, get_cgroups, NULL, NULL,
	  "its control groups: controllers=path, now" },
	{ "thread.cgroup", EYAS_T_STRING,
	  EYAS_FIELD_ARG_REQ | EYAS_FIELD_ARG_KEY | EYAS_FIELD_ARG_DOT, get_cgroup, NULL, NULL,
	  "thread.cgroup.cpu: path for one controller, now" },
	{ "thread.cpu", EYAS_T_DOUBLE, EYAS_FIELD_NEVER, eyas_field_get_never, NULL, NULL,
	  "CPU used within the last second" },
	{ "thread.cpu.user", EYAS_T_DOUBLE, EYAS_FIELD_NEVER, eyas_field_get_never, NULL, NULL,
	  "CPU used by the program itself" },
	{ "thread.cpu.system", EYAS_T_DOUBLE, EYAS_FIELD_NEVER, eyas_field_get_never, NULL, NULL,
	  "CPU used in the kernel for it" },
	{ "thread.vmsize", EYAS_T_UINT, 0, get_vmsize, NULL, NULL,
	  "first thread: virtual memory in KiB, now; others: 0" },
	{ "thread.vmrss", EYAS_T_UINT, 0, get_vmrss, NULL, NULL,
	  "first thread: resident memory in KiB, now; others: 0" },
};
/* clang-format on */

FAMILY(eyas_family_thread, "thread", "the thread that made the event", rows);
