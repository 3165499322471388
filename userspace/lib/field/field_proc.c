// SPDX-License-Identifier: Apache-2.0
/* proc.*: the process that made the event, and its ancestors. */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include "enrich/live.h"
#include "field/family.h"
#include "field/lineage.h"
#include "field/subject.h"

#define ENV_LEVELS	20	/* ancestors whose environment is looked through for a name */

/* ---- texts: of the process, of its parent, of an ancestor or all of them ---- */

static int give_member(const struct eyas_proc *p, size_t offset, struct eyas_value *ret)
{
	struct eyas_text t;

	if (!p)
		return -ENOENT;
	memcpy(&t, (const char *)p + offset, sizeof(t));
	return give_text(ret, t);
}

#define OWN(fn, member)								\
	GETTER(get_##fn)							\
	{									\
		return give_member(ctx->proc, offsetof(struct eyas_proc, member), ret); \
	}
#define PARENT(fn, member)							\
	GETTER(get_p##fn)							\
	{									\
		return give_member(eyas_lineage_up(ctx, 1),			\
				   offsetof(struct eyas_proc, member), ret);	\
	}
#define ANCESTOR(fn, member)							\
	static int one_##fn(const struct eyas_field_ctx *ctx _unused_,		\
			    const struct eyas_proc *p, struct eyas_value *ret)	\
	{									\
		return give_member(p, offsetof(struct eyas_proc, member), ret);	\
	}									\
	GETTER(get_a##fn)							\
	{									\
		return eyas_lineage_value(ctx, arg, one_##fn, ret);		\
	}

OWN(exe, exe)
PARENT(exe, exe)
ANCESTOR(exe, exe)
OWN(exepath, exepath)
PARENT(exepath, exepath)
ANCESTOR(exepath, exepath)
OWN(name, comm)
PARENT(name, comm)
ANCESTOR(name, comm)
OWN(cmdline, cmdline)
PARENT(cmdline, cmdline)
ANCESTOR(cmdline, cmdline)
ANCESTOR(args, args)
OWN(exeline, exeline)

/* ---- lists ---- */

/* The @n-th string of a list; {0} if it has fewer. */
static struct eyas_text item(struct eyas_text list, uint64_t n)
{
	const char *p = list.p, *end = list.p + list.len, *nul;

	for (; p && n; n--) {
		nul = p < end ? memchr(p, '\0', (size_t)(end - p)) : NULL;
		p = nul ? nul + 1 : NULL;
	}
	return (struct eyas_text){ p, p ? strnlen(p, (size_t)(end - p)) : 0 };
}

GETTER(get_args)
{
	if (!ctx->proc)
		return -ENOENT;
	if (!arg->given)
		return give_text(ret, ctx->proc->args);
	return give_text(ret, item(ctx->proc->argv, arg->index + 1));
}

static size_t count_nul(struct eyas_text list)
{
	size_t n = 0;

	for (size_t i = 0; i < list.len; i++)
		n += !list.p[i];
	return n;
}

/* What separates strings is one more than them, less the first, which is no argument. */
GETTER(get_cmdnargs)
{
	if (!ctx->proc || !ctx->proc->argv.p)
		return -ENOENT;
	return give_uint(ret, EYAS_T_UINT, count_nul(ctx->proc->argv));
}

GETTER(get_cmdlenargs)
{
	const struct eyas_proc *p = ctx->proc;

	if (!p || !p->argv.p)
		return -ENOENT;
	return give_uint(ret, EYAS_T_UINT, p->argv.len - item(p->argv, 0).len - count_nul(p->argv));
}

/* ---- environment ---- */

static int join_env(const struct eyas_field_ctx *ctx, const struct eyas_proc *p,
		    struct eyas_value *ret)
{
	struct eyas_text t = p->envp;
	char *out;

	if (!t.p)
		return -ENOENT;
	out = eyas_arena_strndup(ctx->arena, t.p, t.len);
	if (!out)
		return -ENOMEM;
	for (size_t i = 0; i < t.len; i++)
		if (!out[i])
			out[i] = ' ';
	return give_text(ret, (struct eyas_text){ out, t.len });
}

static int find_env(const struct eyas_proc *p, const struct eyas_field_arg *arg,
		    struct eyas_value *ret)
{
	const char *at = p->envp.p, *end = at + p->envp.len;
	size_t n = key_len(arg);

	while (at && at < end) {
		size_t len = strnlen(at, (size_t)(end - at));

		if (len > n && at[n] == '=' && !memcmp(at, arg->key, n))
			return give_text(ret, (struct eyas_text){ at + n + 1, len - n - 1 });
		at += len + 1;
	}
	return -ENOENT;
}

GETTER(get_env)
{
	if (!ctx->proc)
		return -ENOENT;
	return arg->given ? find_env(ctx->proc, arg, ret) : join_env(ctx, ctx->proc, ret);
}

/* A number is an ancestor, anything else a name to look for. */
static int bind_aenv(struct eyas_field_arg *arg, struct eyas_err *err)
{
	size_t n = arg->given ? strspn(arg->key, "0123456789") : 0;

	if (!n || arg->key[n])
		return 0;
	if (n > 9)
		return eyas_err_set(err, -EINVAL,
				    "argument of field 'proc.aenv' is too large: "
				    "%.32s",
				    arg->key);
	arg->index = strtoull(arg->key, NULL, 10);
	arg->bound = true;
	return 0;
}

GETTER(get_aenv)
{
	const struct eyas_proc *p;
	int r = -ENOENT;

	if (!arg->given || arg->bound)
		return eyas_lineage_value(ctx, arg, join_env, ret);
	for (uint64_t i = 1; i <= ENV_LEVELS && r == -ENOENT; i++) {
		p = eyas_lineage_up(ctx, i);
		if (!p)
			break;
		r = find_env(p, arg, ret);
	}
	return r;
}

/* ---- directory, terminal, numbers ---- */

GETTER(get_cwd)
{
	struct eyas_text cwd = ctx->proc ? ctx->proc->cwd : (struct eyas_text){ 0 };
	char *out;

	if (!cwd.len || cwd.p[cwd.len - 1] == '/')
		return give_text(ret, cwd);
	out = eyas_arena_printf(ctx->arena, "%.*s/", (int)cwd.len, cwd.p);
	return out ? give_text(ret, (struct eyas_text){ out, cwd.len + 1 }) : -ENOMEM;
}

static bool is_shell(const struct eyas_proc *p)
{
	struct eyas_text c = p->comm;

	return c.len >= 2 && c.p[c.len - 2] == 's' && c.p[c.len - 1] == 'h';
}

GETTER(get_loginshellid)
{
	const struct eyas_proc *p = ctx->proc, *shell = NULL;

	for (int i = 0; p && i < EYAS_LINEAGE_MAX; i++) {
		if (is_shell(p))
			shell = p;
		p = eyas_enrich_parent(ctx->en, p);
	}
	return shell ? give_int(ret, shell->pid) : -ENOENT;
}

GETTER(get_pid)
{
	return give_int(ret, ctx->ev->pid);
}

static int one_pid(const struct eyas_field_ctx *ctx _unused_, const struct eyas_proc *p,
		   struct eyas_value *ret)
{
	return give_int(ret, p->pid);
}

GETTER(get_apid)
{
	return eyas_lineage_value(ctx, arg, one_pid, ret);
}

GETTER(get_pvpid)
{
	const struct eyas_proc *p = eyas_lineage_up(ctx, 1);

	return p ? give_int(ret, p->vpid) : -ENOENT;
}

#define NUMBER(fn, give, expr)							\
	GETTER(fn)								\
	{									\
		const struct eyas_proc *p = ctx->proc;				\
										\
		return p ? give(ret, expr) : -ENOENT;				\
	}

static inline int give_count(struct eyas_value *ret, uint64_t v)
{
	return give_uint(ret, EYAS_T_UINT, v);
}

NUMBER(get_tty, give_count, p->tty)
NUMBER(get_ppid, give_int, p->ppid)
NUMBER(get_vpid, give_int, p->vpid)
NUMBER(get_sid, give_int, p->vsid)
NUMBER(get_vpgid, give_int, p->vpgid)
NUMBER(get_pgid, give_int, p->pgid)
NUMBER(get_nthreads, give_count, p->threads)
NUMBER(get_nchilds, give_count, p->threads ? p->threads - 1 : 0)
NUMBER(get_is_sid_leader, give_bool, p->vsid == p->vpid)
NUMBER(get_is_vpgid_leader, give_bool, p->vpgid == p->vpid)
NUMBER(get_is_pgid_leader, give_bool, p->pgid == p->pid)
NUMBER(get_is_exe_writable, give_bool, p->exec_flags &EYAS_EXEC_F_WRITABLE)
NUMBER(get_is_exe_upper, give_bool, p->exec_flags &EYAS_EXEC_F_UPPER)
NUMBER(get_is_exe_lower, give_bool, p->exec_flags &EYAS_EXEC_F_LOWER)
NUMBER(get_is_exe_memfd, give_bool, p->exec_flags &EYAS_EXEC_F_MEMFD)

/* ---- leaders ---- */

#define LEADER(fn, id, member)							\
	GETTER(fn)								\
	{									\
		return give_member(eyas_lineage_leader(ctx, offsetof(struct eyas_proc, id)), \
				   offsetof(struct eyas_proc, member), ret);	\
	}

LEADER(get_sname, sid, comm)
LEADER(get_sid_exe, sid, exe)
LEADER(get_sid_exepath, sid, exepath)
LEADER(get_pgid_name, pgid, comm)
LEADER(get_pgid_exe, pgid, exe)
LEADER(get_pgid_exepath, pgid, exepath)

/* ---- times ---- */

static int give_age(const struct eyas_field_ctx *ctx, const struct eyas_proc *p,
		    struct eyas_value *ret)
{
	uint64_t now = ctx->ev->time;

	if (!p || !p->start_real)
		return -ENOENT;
	return give_uint(ret, EYAS_T_RELTIME, now > p->start_real ? now - p->start_real : 0);
}

GETTER(get_duration)
{
	return give_age(ctx, ctx->proc, ret);
}

GETTER(get_ppid_duration)
{
	return give_age(ctx, eyas_lineage_up(ctx, 1), ret);
}

static int give_start(const struct eyas_proc *p, enum eyas_type type, struct eyas_value *ret)
{
	if (!p || !p->start_real)
		return -ENOENT;
	return give_uint(ret, type, p->start_real);
}

GETTER(get_pid_ts)
{
	return give_start(ctx->proc, EYAS_T_RELTIME, ret);
}

GETTER(get_ppid_ts)
{
	return give_start(eyas_lineage_up(ctx, 1), EYAS_T_RELTIME, ret);
}

static const struct eyas_proc *ns_init(const struct eyas_field_ctx *ctx)
{
	return ctx->proc ? eyas_enrich_ns_init(ctx->en, ctx->proc->ns_pid) : NULL;
}

GETTER(get_pidns_start)
{
	return give_start(ns_init(ctx), EYAS_T_UINT, ret);
}

/* ---- the binary ---- */

/* The kernel has no inode 0, and what it does not know is 0. */
#define BINARY(fn, type, member)						\
	GETTER(fn)								\
	{									\
		const struct eyas_proc *p = ctx->proc;				\
										\
		if (!p || !p->exe_file || !p->exe_file->member)		\
			return -ENOENT;						\
		return give_uint(ret, type, p->exe_file->member);		\
	}

BINARY(get_exe_ino, EYAS_T_INT, ino)
BINARY(get_exe_ctime, EYAS_T_ABSTIME, ctime)
BINARY(get_exe_mtime, EYAS_T_ABSTIME, mtime)

/* A binary that was changed after the process began is the youngest there can be. */
GETTER(get_ctime_to_start)
{
	const struct eyas_proc *p = ctx->proc;
	uint64_t ctime;

	if (!p || !p->exe_file || !p->exe_file->ctime || !p->start_real)
		return -ENOENT;
	ctime = p->exe_file->ctime;
	return give_uint(ret, EYAS_T_ABSTIME, p->start_real > ctime ? p->start_real - ctime : 0);
}

/* Only of binaries that were changed after their namespace began. */
GETTER(get_ctime_since_ns)
{
	const struct eyas_proc *p = ctx->proc, *init = ns_init(ctx);

	if (!init || !init->start_real || !p->exe_file || p->exe_file->ctime <= init->start_real)
		return -ENOENT;
	return give_uint(ret, EYAS_T_ABSTIME, p->exe_file->ctime - init->start_real);
}

/* ---- what only /proc knows ---- */

static int count_one(int32_t num _unused_, void *arg)
{
	++*(uint64_t *)arg;
	return 0;
}

static int open_fds(const struct eyas_field_ctx *ctx, uint64_t *ret)
{
	*ret = 0;
	return ctx->proc ? eyas_live_each_fd(ctx->en, ctx->proc, count_one, ret) : -ENOENT;
}

static int fd_limit(const struct eyas_field_ctx *ctx, int64_t *ret)
{
	return ctx->proc ? eyas_live_fd_limit(ctx->en, ctx->proc, ret) : -ENOENT;
}

GETTER(get_fdopencount)
{
	uint64_t n;
	int r = open_fds(ctx, &n);

	return r ? r : give_uint(ret, EYAS_T_UINT, n);
}

GETTER(get_fdlimit)
{
	int64_t max;
	int r = fd_limit(ctx, &max);

	return r ? r : give_int(ret, max);
}

GETTER(get_fdusage)
{
	int64_t max;
	uint64_t n;
	int r = open_fds(ctx, &n);

	if (!r)
		r = fd_limit(ctx, &max);
	if (r)
		return r;
	*ret = (struct eyas_value){ .type = EYAS_T_DOUBLE };
	ret->d = max > 0 ? (double)n * 100 / (double)max : 0;
	return 0;
}

#define MEMORY(fn, member)							\
	GETTER(fn)								\
	{									\
		struct eyas_live_memory m;					\
		int r = ctx->proc ? eyas_live_memory(ctx->en, ctx->proc, &m) : -ENOENT; \
										\
		return r ? r : give_uint(ret, EYAS_T_UINT, m.member);		\
	}

MEMORY(get_vmsize, size)
MEMORY(get_vmrss, rss)
MEMORY(get_vmswap, swap)

/* ---- standard input, output, error ---- */

static int stdio(const struct eyas_field_ctx *ctx, int32_t num, bool name, struct eyas_value *ret)
{
	struct eyas_fd fd;
	int r = eyas_enrich_fd(ctx->en, ctx->proc, num, &fd);

	if (r)
		return r;
	if (!name)
		return give_str(ret, eyas_fd_type_name(fd.type, fd.name));
	return fd.name.len ? give_text(ret, fd.name) : -ENOENT;
}

#define STDIO(fn, num, name)	GETTER(fn) { return stdio(ctx, num, name, ret); }
STDIO(get_stdin_type, 0, false)
STDIO(get_stdout_type, 1, false)
STDIO(get_stderr_type, 2, false)
STDIO(get_stdin_name, 0, true)
STDIO(get_stdout_name, 1, true)
STDIO(get_stderr_name, 2, true)

#define OF_ANY		(EYAS_FIELD_ARG_OPT | EYAS_FIELD_ANY | EYAS_FIELD_JOIN)
#define OF_PROC		EYAS_FIELD_OF_PROC
#define ANCESTORS	(OF_ANY | EYAS_FIELD_NO_TRANSFORM | EYAS_FIELD_NO_RHS)

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "proc.exe", EYAS_T_STRING, OF_PROC, get_exe, NULL, NULL,
	  "first argument (argv[0]), usually the program's name" },
	{ "proc.pexe", EYAS_T_STRING, OF_PROC, get_pexe, NULL, NULL, "proc.exe of the parent" },
	{ "proc.aexe", EYAS_T_STRING, ANCESTORS | OF_PROC, get_aexe, NULL, NULL,
	  "proc.exe of ancestor [n], of any without [n]" },
	{ "proc.exepath", EYAS_T_STRING, OF_PROC, get_exepath, NULL, NULL,
	  "the binary's path as the kernel has it" },
	{ "proc.pexepath", EYAS_T_STRING, OF_PROC, get_pexepath, NULL, NULL,
	  "proc.exepath of the parent" },
	{ "proc.aexepath", EYAS_T_STRING, ANCESTORS | OF_PROC, get_aexepath, NULL, NULL,
	  "proc.exepath of ancestor [n], of any without [n]" },
	{ "proc.name", EYAS_T_STRING, OF_PROC, get_name, NULL, NULL,
	  "the name that the kernel has, 15 characters at most" },
	{ "proc.pname", EYAS_T_STRING, OF_PROC, get_pname, NULL, NULL, "proc.name of the parent" },
	{ "proc.aname", EYAS_T_STRING, ANCESTORS | OF_PROC, get_aname, NULL, NULL,
	  "proc.name of ancestor [n], of any without [n]" },
	{ "proc.args", EYAS_T_STRING, EYAS_FIELD_ARG_OPT | OF_PROC, get_args, NULL, NULL,
	  "arguments joined with blanks, without the first; [0]: the first of these" },
	{ "proc.aargs", EYAS_T_STRING, OF_ANY | OF_PROC, get_aargs, NULL, NULL,
	  "proc.args of ancestor [n], of any without [n]" },
	{ "proc.cmdline", EYAS_T_STRING, OF_PROC, get_cmdline, NULL, NULL,
	  "proc.name and proc.args" },
	{ "proc.pcmdline", EYAS_T_STRING, OF_PROC, get_pcmdline, NULL, NULL,
	  "proc.cmdline of the parent" },
	{ "proc.acmdline", EYAS_T_STRING, ANCESTORS | OF_PROC, get_acmdline, NULL, NULL,
	  "proc.cmdline of ancestor [n], of any without [n]" },
	{ "proc.cmdnargs", EYAS_T_UINT, OF_PROC, get_cmdnargs, NULL, NULL,
	  "number of arguments, without the first" },
	{ "proc.cmdlenargs", EYAS_T_UINT, OF_PROC, get_cmdlenargs, NULL, NULL,
	  "bytes of all of them, without blanks between" },
	{ "proc.exeline", EYAS_T_STRING, OF_PROC, get_exeline, NULL, NULL,
	  "all arguments joined with blanks" },
	{ "proc.env", EYAS_T_STRING, EYAS_FIELD_ARG_OPT | EYAS_FIELD_ARG_KEY, get_env, NULL, NULL,
	  "environment joined with blanks; [NAME]: the value of one" },
	{ "proc.aenv", EYAS_T_STRING, ANCESTORS | EYAS_FIELD_ARG_KEY, get_aenv, NULL, bind_aenv,
	  "proc.env of ancestor [n], of any without [n]; [NAME]: the nearest value of one" },
	{ "proc.cwd", EYAS_T_STRING, 0, get_cwd, NULL, NULL,
	  "current directory, with a slash at the end" },
	{ "proc.loginshellid", EYAS_T_INT, 0, get_loginshellid, NULL, NULL,
	  "pid of the oldest shell among it and its ancestors" },
	{ "proc.tty", EYAS_T_UINT, OF_PROC, get_tty, NULL, NULL, "number of its terminal, 0: none" },
	{ "proc.pid", EYAS_T_INT, 0, get_pid, NULL, NULL, "process id" },
	{ "proc.ppid", EYAS_T_INT, 0, get_ppid, NULL, NULL, "process id of the parent" },
	{ "proc.apid", EYAS_T_INT, ANCESTORS, get_apid, NULL, NULL,
	  "proc.pid of ancestor [n], of any without [n]" },
	{ "proc.vpid", EYAS_T_INT, 0, get_vpid, NULL, NULL,
	  "process id in its own pid namespace" },
	{ "proc.pvpid", EYAS_T_INT, 0, get_pvpid, NULL, NULL, "proc.vpid of the parent" },
	{ "proc.sid", EYAS_T_INT, 0, get_sid, NULL, NULL,
	  "session id in its own pid namespace" },
	{ "proc.sname", EYAS_T_STRING, 0, get_sname, NULL, NULL,
	  "proc.name of the session's leader" },
	{ "proc.sid.exe", EYAS_T_STRING, 0, get_sid_exe, NULL, NULL,
	  "proc.exe of the session's leader" },
	{ "proc.sid.exepath", EYAS_T_STRING, 0, get_sid_exepath, NULL, NULL,
	  "proc.exepath of the session's leader" },
	{ "proc.vpgid", EYAS_T_INT, 0, get_vpgid, NULL, NULL,
	  "process group id in its own pid namespace" },
	{ "proc.vpgid.name", EYAS_T_STRING, 0, get_pgid_name, NULL, NULL,
	  "proc.name of the group's leader" },
	{ "proc.vpgid.exe", EYAS_T_STRING, 0, get_pgid_exe, NULL, NULL,
	  "proc.exe of the group's leader" },
	{ "proc.vpgid.exepath", EYAS_T_STRING, 0, get_pgid_exepath, NULL, NULL,
	  "proc.exepath of the group's leader" },
	{ "proc.pgid", EYAS_T_INT, 0, get_pgid, NULL, NULL, "process group id" },
	{ "proc.pgid.name", EYAS_T_STRING, 0, get_pgid_name, NULL, NULL,
	  "proc.name of the group's leader" },
	{ "proc.pgid.exe", EYAS_T_STRING, 0, get_pgid_exe, NULL, NULL,
	  "proc.exe of the group's leader" },
	{ "proc.pgid.exepath", EYAS_T_STRING, 0, get_pgid_exepath, NULL, NULL,
	  "proc.exepath of the group's leader" },
	{ "proc.duration", EYAS_T_RELTIME, 0, get_duration, NULL, NULL,
	  "nanoseconds since it began" },
	{ "proc.ppid.duration", EYAS_T_RELTIME, 0, get_ppid_duration, NULL, NULL,
	  "nanoseconds since the parent began" },
	{ "proc.pid.ts", EYAS_T_RELTIME, 0, get_pid_ts, NULL, NULL,
	  "when it began, nanoseconds since the epoch" },
	{ "proc.ppid.ts", EYAS_T_RELTIME, 0, get_ppid_ts, NULL, NULL,
	  "when the parent began, nanoseconds since the epoch" },
	{ "proc.is_exe_writable", EYAS_T_BOOL, OF_PROC, get_is_exe_writable, NULL, NULL,
	  "who runs the binary may write to it" },
	{ "proc.is_exe_upper_layer", EYAS_T_BOOL, OF_PROC, get_is_exe_upper, NULL, NULL,
	  "the binary was added to or changed in its container" },
	{ "proc.is_exe_lower_layer", EYAS_T_BOOL, OF_PROC, get_is_exe_lower, NULL, NULL,
	  "the binary is of the container's image" },
	{ "proc.is_exe_from_memfd", EYAS_T_BOOL, OF_PROC, get_is_exe_memfd, NULL, NULL,
	  "the binary is in memory only" },
	{ "proc.is_sid_leader", EYAS_T_BOOL, 0, get_is_sid_leader, NULL, NULL,
	  "it leads its session" },
	{ "proc.is_vpgid_leader", EYAS_T_BOOL, 0, get_is_vpgid_leader, NULL, NULL,
	  "it leads its process group, in its own pid namespace" },
	{ "proc.is_pgid_leader", EYAS_T_BOOL, 0, get_is_pgid_leader, NULL, NULL,
	  "it leads its process group" },
	{ "proc.exe_ino", EYAS_T_INT, 0, get_exe_ino, NULL, NULL, "inode of the binary" },
	{ "proc.exe_ino.ctime", EYAS_T_ABSTIME, 0, get_exe_ctime, NULL, NULL,
	  "when the binary or its rights were changed last, nanoseconds since the epoch" },
	{ "proc.exe_ino.mtime", EYAS_T_ABSTIME, 0, get_exe_mtime, NULL, NULL,
	  "when the binary was written last, nanoseconds since the epoch" },
	{ "proc.exe_ino.ctime_duration_proc_start", EYAS_T_ABSTIME, 0, get_ctime_to_start, NULL,
	  NULL, "nanoseconds from that change to the process' begin" },
	{ "proc.exe_ino.ctime_duration_pidns_start", EYAS_T_ABSTIME, 0, get_ctime_since_ns, NULL,
	  NULL, "nanoseconds from the pid namespace's begin to that change" },
	{ "proc.pidns_init_start_ts", EYAS_T_UINT, 0, get_pidns_start, NULL, NULL,
	  "when its pid namespace began, nanoseconds since the epoch" },
	{ "proc.fdopencount", EYAS_T_UINT, 0, get_fdopencount, NULL, NULL,
	  "number of open descriptors, now" },
	{ "proc.fdlimit", EYAS_T_INT, 0, get_fdlimit, NULL, NULL,
	  "number of descriptors it may have, now" },
	{ "proc.fdusage", EYAS_T_DOUBLE, 0, get_fdusage, NULL, NULL,
	  "open descriptors in percent of the limit, now" },
	{ "proc.vmsize", EYAS_T_UINT, 0, get_vmsize, NULL, NULL, "virtual memory in KiB, now" },
	{ "proc.vmrss", EYAS_T_UINT, 0, get_vmrss, NULL, NULL, "resident memory in KiB, now" },
	{ "proc.vmswap", EYAS_T_UINT, 0, get_vmswap, NULL, NULL, "swapped memory in KiB, now" },
	{ "proc.nthreads", EYAS_T_UINT, 0, get_nthreads, NULL, NULL, "number of threads" },
	{ "proc.nchilds", EYAS_T_UINT, 0, get_nchilds, NULL, NULL,
	  "number of threads beside the first" },
	{ "proc.stdin.type", EYAS_T_STRING, 0, get_stdin_type, NULL, NULL,
	  "type of standard input, as fd.type" },
	{ "proc.stdout.type", EYAS_T_STRING, 0, get_stdout_type, NULL, NULL,
	  "type of standard output, as fd.type" },
	{ "proc.stderr.type", EYAS_T_STRING, 0, get_stderr_type, NULL, NULL,
	  "type of standard error, as fd.type" },
	{ "proc.stdin.name", EYAS_T_STRING, 0, get_stdin_name, NULL, NULL,
	  "name of standard input, as fd.name" },
	{ "proc.stdout.name", EYAS_T_STRING, 0, get_stdout_name, NULL, NULL,
	  "name of standard output, as fd.name" },
	{ "proc.stderr.name", EYAS_T_STRING, 0, get_stderr_name, NULL, NULL,
	  "name of standard error, as fd.name" },
};
/* clang-format on */

FAMILY(eyas_family_proc, "proc", "the process that made the event", rows);
