// SPDX-License-Identifier: Apache-2.0
/* evt.*: the event itself; its parameters in evtargs.c. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include "event/callnr.h"
#include "event/evtype.h"
#include "field/evtargs.h"
#include "field/evtinfo.h"
#include "field/family.h"
#include "field/params.h"
#include "field/subject.h"
#include "field/datetext.h"

#define ANY_EXEC	0111		/* mode bits */
#define BIT_RDONLY	1U		/* of open flags as rules know them */
#define BIT_WRONLY	2U
#define BIT_CREAT	(1U << 2)
#define BIT_TMPFILE	(1U << 13)
#define BIT_CREATED	(1U << 14)

/* ---- when ---- */

GETTER(get_num)
{
	return give_uint(ret, EYAS_T_UINT, ctx->ev->num);
}

static int give_time(const struct eyas_field_ctx *ctx, unsigned int how, struct eyas_value *ret)
{
	struct eyas_text t;
	int r = eyas_time_text(ctx->ev->time, how, ctx->arena, &t);

	return r ? r : give_text(ret, t);
}

#define TIME(fn, how)	GETTER(fn) { return give_time(ctx, how, ret); }
TIME(get_time, EYAS_TIME_NS)
TIME(get_time_s, 0)
TIME(get_time_iso, EYAS_TIME_ISO)
TIME(get_datetime, EYAS_TIME_DATE | EYAS_TIME_NS)
TIME(get_datetime_s, EYAS_TIME_DATE)

/* A span, whole, in seconds, and the rest of those. */
enum part { PART_ALL, PART_S, PART_NS };

static int give_span(struct eyas_value *ret, enum eyas_type type, uint64_t ns, enum part part)
{
	if (part == PART_S)
		ns /= EYAS_NSEC;
	else if (part == PART_NS)
		ns %= EYAS_NSEC;
	return give_uint(ret, type, ns);
}

static uint64_t since(uint64_t start, uint64_t now)
{
	return start && now > start ? now - start : 0;
}

static uint64_t since_first(const struct eyas_field_ctx *ctx)
{
	struct eyas_enrich_stats st;

	eyas_enrich_stats(ctx->en, &st);
	return since(st.first_time, ctx->ev->time);
}

static uint64_t since_previous(const struct eyas_field_ctx *ctx)
{
	struct eyas_enrich_stats st;

	eyas_enrich_stats(ctx->en, &st);
	return since(st.prev_time, ctx->ev->time);
}

#define SPAN(fn, type, ns, part)	GETTER(fn) { return give_span(ret, type, ns, part); }
SPAN(get_rawtime, EYAS_T_ABSTIME, ctx->ev->time, PART_ALL)
SPAN(get_rawtime_s, EYAS_T_ABSTIME, ctx->ev->time, PART_S)
SPAN(get_rawtime_ns, EYAS_T_ABSTIME, ctx->ev->time, PART_NS)
SPAN(get_reltime, EYAS_T_RELTIME, since_first(ctx), PART_ALL)
SPAN(get_reltime_s, EYAS_T_RELTIME, since_first(ctx), PART_S)
SPAN(get_reltime_ns, EYAS_T_RELTIME, since_first(ctx), PART_NS)
SPAN(get_deltatime, EYAS_T_RELTIME, since_previous(ctx), PART_ALL)
SPAN(get_deltatime_s, EYAS_T_RELTIME, since_previous(ctx), PART_S)
SPAN(get_deltatime_ns, EYAS_T_RELTIME, since_previous(ctx), PART_NS)
/* The start of a call is not recorded: these fields are there for old rules. */
SPAN(get_latency, EYAS_T_RELTIME, 0, PART_ALL)

GETTER(get_latency_human)
{
	return give_str(ret, "0ns");
}

/* ---- what ---- */

GETTER(get_dir)
{
	return give_str(ret, "<");
}

/* The kernel's names that rules do not use; they may, when they ask for a type. */
static const struct { uint16_t evtype; const char *name; } renamed[] = {
	{ SYS_pread64, "pread" }, { SYS_pwrite64, "pwrite" }, { SYS_prlimit64, "prlimit" },
	{ EYAS_EVT__llseek, "llseek" },
};

static const char *type_name(const struct eyas_event *ev)
{
	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
		if (renamed[i].evtype == ev->evtype)
			return renamed[i].name;
	/* Calls of other ABIs that have no type of their own do have a name. */
	if (ev->evtype == EYAS_EVT_SYSCALL && ev->sc)
		return ev->sc->name;
	return eyas_evtype_name(ev->evtype);
}

GETTER(get_type)
{
	return give_str(ret, type_name(ctx->ev));
}

GETTER(get_syscall_type)
{
	if (!ctx->ev->sys && ctx->ev->type != EYAS_REC_EXEC)
		return -ENOENT;
	return give_str(ret, type_name(ctx->ev));
}

static int bind_type(struct eyas_field_arg *arg, struct eyas_err *err)
{
	char name[64];
	size_t len = key_len(arg);
	int t = -ENOENT;

	if (len < sizeof(name)) {
		memcpy(name, arg->key, len);
		name[len] = '\0';
		t = eyas_evtype_by_name(name);
	}
	if (t < 0)
		return eyas_err_set(err, -EINVAL, "unknown event type %.*s", (int)len, arg->key);
	arg->bound = t;
	return 0;
}

GETTER(get_type_is)
{
	return give_uint(ret, EYAS_T_UINT, ctx->ev->evtype == arg->bound);
}

static bool is_file(char type)
{
	return type == 'f' || type == 'd';
}

static bool is_net(char type)
{
	return type == '4' || type == '6';
}

GETTER(get_category)
{
	const char *name = eyas_category_name(eyas_evtinfo(ctx->ev->evtype).category);
	char type;

	if (name)
		return give_str(ret, name);
	type = eyas_subject_type(ctx);
	if (!type || type == 'o')
		return give_str(ret, "unknown");
	return give_str(ret, is_file(type) ? "file" : is_net(type) ? "net" : "ipc");
}

GETTER(get_cpu)
{
	return give_int(ret, ctx->ev->cpu);
}

GETTER(get_source)
{
	return give_str(ret, "syscall");
}

GETTER(get_is_async)
{
	return give_bool(ret, false);
}

GETTER(get_hostname)
{
	return give_str(ret, ctx->hostname);
}

/* ---- how it went ---- */

static int result(const struct eyas_event *ev, int64_t *ret)
{
	if (!ev->sys && ev->type != EYAS_REC_EXEC)
		return -ENOENT;
	*ret = ev->sys ? ev->sys->ret : 0;
	return 0;
}

GETTER(get_rawres)
{
	int64_t res;
	int r = result(ctx->ev, &res);

	return r ? r : give_int(ret, res);
}

GETTER(get_res)
{
	const char *name;
	int64_t res;
	int r = result(ctx->ev, &res);

	if (r)
		return r;
	if (!eyas_is_errno(res))
		return give_str(ret, "SUCCESS");
	name = eyas_errno_name(res);
	if (!name)
		name = eyas_arena_printf(ctx->arena, "%lld", (long long)res);
	return name ? give_str(ret, name) : -ENOMEM;
}

GETTER(get_failed)
{
	int64_t res;
	int r = result(ctx->ev, &res);

	return r ? r : give_bool(ret, eyas_is_errno(res));
}

GETTER(get_count)
{
	return give_uint(ret, EYAS_T_UINT, 1);
}

GETTER(get_count_error)
{
	int64_t res;
	int r = result(ctx->ev, &res);

	return r ? r : give_uint(ret, EYAS_T_UINT, eyas_is_errno(res));
}

/* What failed. Who has no descriptor is told by what kind of call it is. */
enum area { AREA_FILE, AREA_NET, AREA_MEMORY, AREA_OTHER };

static enum area area_of(const struct eyas_field_ctx *ctx)
{
	char type = eyas_subject_type(ctx);

	if (is_file(type))
		return AREA_FILE;
	if (is_net(type) || type == 'u')
		return AREA_NET;
	if (type)
		return AREA_OTHER;
	switch (eyas_evtinfo(ctx->ev->evtype).category) {
	case EYAS_CAT_NET:
		return AREA_NET;
	case EYAS_CAT_MEMORY:
		return AREA_MEMORY;
	default:
		return AREA_OTHER;
	}
}

#define COUNT_ERROR(fn, area)								\
	GETTER(fn) { return area_of(ctx) == area ? get_count_error(ctx, arg, ret) : -ENOENT; }
COUNT_ERROR(get_count_file, AREA_FILE)
COUNT_ERROR(get_count_net, AREA_NET)
COUNT_ERROR(get_count_memory, AREA_MEMORY)
COUNT_ERROR(get_count_other, AREA_OTHER)

/* ---- reading, writing, waiting ---- */

static bool has_flag(const struct eyas_field_ctx *ctx, uint8_t flags)
{
	return eyas_evtinfo(ctx->ev->evtype).flags & flags;
}

#define HAS(fn, flags)	GETTER(fn) { return give_bool(ret, has_flag(ctx, flags)); }
HAS(get_is_io, EYAS_EVTINFO_READS | EYAS_EVTINFO_WRITES)
HAS(get_is_io_read, EYAS_EVTINFO_READS)
HAS(get_is_io_write, EYAS_EVTINFO_WRITES)
HAS(get_is_wait, EYAS_EVTINFO_WAITS)

GETTER(get_io_dir)
{
	if (has_flag(ctx, EYAS_EVTINFO_WRITES))
		return give_str(ret, "write");
	return has_flag(ctx, EYAS_EVTINFO_READS) ? give_str(ret, "read") : -ENOENT;
}

GETTER(get_is_syslog)
{
	struct eyas_text name;
	bool to_log = false;
	int r;

	if (has_flag(ctx, EYAS_EVTINFO_WRITES)) {
		r = eyas_subject_name(ctx, &name);
		if (r == -ENOMEM)
			return r;
		to_log = r == 0 && name.len && memmem(name.p, name.len, "/dev/log", 8);
	}
	return give_bool(ret, to_log);
}

GETTER(get_buflen)
{
	uint8_t cat = eyas_evtinfo(ctx->ev->evtype).category;

	if (!ctx->ev->sys || ctx->ev->sys->ret < 0 ||
	    (cat != EYAS_CAT_IO_READ && cat != EYAS_CAT_IO_WRITE))
		return -ENOENT;
	return give_uint(ret, EYAS_T_UINT, (uint64_t)ctx->ev->sys->ret);
}

/* ---- opening ---- */

static uint64_t param_bits(const struct eyas_field_ctx *ctx, const char *name)
{
	const struct eyas_param *p = eyas_param_of(ctx->ev, name, strlen(name));
	struct eyas_value v;

	return p && eyas_param_value(ctx, p, &v) == 0 ? v.u : 0;
}

/* Only calls that were told flags count: creat() was not. */
static uint64_t open_flags(const struct eyas_field_ctx *ctx)
{
	return eyas_subject_is_open(ctx->ev) ? param_bits(ctx, "flags") : 0;
}

/* How the file is to be used, without the other flags where they are at hand. */
static uint64_t open_mode(const struct eyas_field_ctx *ctx)
{
	static const uint8_t modes[] = { BIT_RDONLY, BIT_WRONLY, BIT_RDONLY | BIT_WRONLY, 0 };
	const struct eyas_sys_exit *sys = ctx->ev->sys;

	if (sys && ctx->ev->evtype == SYS_openat)
		return modes[sys->args[2] & O_ACCMODE];
	if (sys && ctx->ev->evtype == SYS_open)
		return modes[sys->args[1] & O_ACCMODE];
	return open_flags(ctx);
}

GETTER(get_is_open_read)
{
	return give_bool(ret, open_mode(ctx) & BIT_RDONLY);
}

GETTER(get_is_open_write)
{
	return give_bool(ret, open_mode(ctx) & BIT_WRONLY);
}

GETTER(get_is_open_exec)
{
	bool makes = open_flags(ctx) & (BIT_CREAT | BIT_TMPFILE) ||
		     (eyas_subject_is_open(ctx->ev) &&
		      eyas_param_of(ctx->ev, "creat_flags", strlen("creat_flags")));

	return give_bool(ret, makes && param_bits(ctx, "mode") & ANY_EXEC);
}

GETTER(get_is_open_create)
{
	uint64_t flags = open_flags(ctx);

	return give_bool(ret,
			 flags & BIT_CREATED || (flags & BIT_TMPFILE && ctx->ev->sys->ret >= 0));
}

/* clang-format off */
static const struct eyas_field rows[] = {
	{ "evt.num", EYAS_T_UINT, 0, get_num, NULL, NULL, "number of the event, from 1" },
	{ "evt.time", EYAS_T_STRING, 0, get_time, NULL, NULL,
	  "local time of day, with nanoseconds" },
	{ "evt.time.s", EYAS_T_STRING, 0, get_time_s, NULL, NULL, "local time of day" },
	{ "evt.time.iso8601", EYAS_T_STRING, 0, get_time_iso, NULL, NULL,
	  "date and time in UTC, with nanoseconds, as ISO 8601 has it" },
	{ "evt.datetime", EYAS_T_STRING, 0, get_datetime, NULL, NULL,
	  "local date and time, with nanoseconds" },
	{ "evt.datetime.s", EYAS_T_STRING, 0, get_datetime_s, NULL, NULL, "local date and time" },
	{ "evt.rawtime", EYAS_T_ABSTIME, 0, get_rawtime, NULL, NULL,
	  "time in nanoseconds since the epoch" },
	{ "evt.rawtime.s", EYAS_T_ABSTIME, 0, get_rawtime_s, NULL, NULL,
	  "time in seconds since the epoch" },
	{ "evt.rawtime.ns", EYAS_T_ABSTIME, EYAS_FIELD_PADDED, get_rawtime_ns, NULL, NULL,
	  "nanoseconds within the second" },
	{ "evt.reltime", EYAS_T_RELTIME, EYAS_FIELD_PADDED, get_reltime, NULL, NULL,
	  "nanoseconds since the first event" },
	{ "evt.reltime.s", EYAS_T_RELTIME, 0, get_reltime_s, NULL, NULL,
	  "whole seconds since the first event" },
	{ "evt.reltime.ns", EYAS_T_RELTIME, EYAS_FIELD_PADDED, get_reltime_ns, NULL, NULL,
	  "the rest of that, in nanoseconds" },
	{ "evt.pluginname", EYAS_T_STRING, EYAS_FIELD_NEVER, eyas_field_get_never, NULL, NULL,
	  "plugin that made the event" },
	{ "evt.plugininfo", EYAS_T_STRING, EYAS_FIELD_NEVER, eyas_field_get_never, NULL, NULL,
	  "what the plugin says of it" },
	{ "evt.source", EYAS_T_STRING, 0, get_source, NULL, NULL, "where it is from: syscall" },
	{ "evt.is_async", EYAS_T_BOOL, 0, get_is_async, NULL, NULL,
	  "made by a plugin outside of the stream" },
	{ "evt.asynctype", EYAS_T_STRING, EYAS_FIELD_NEVER, eyas_field_get_never, NULL, NULL,
	  "type of such an event" },
	{ "evt.hostname", EYAS_T_STRING, 0, get_hostname, NULL, NULL, "name of the host" },
	{ "evt.latency", EYAS_T_RELTIME, EYAS_FIELD_DEPRECATED, get_latency, NULL, NULL,
	  "always 0, kept for old rules" },
	{ "evt.latency.s", EYAS_T_RELTIME, EYAS_FIELD_DEPRECATED, get_latency, NULL, NULL,
	  "always 0, kept for old rules" },
	{ "evt.latency.ns", EYAS_T_RELTIME, EYAS_FIELD_DEPRECATED | EYAS_FIELD_PADDED,
	  get_latency, NULL, NULL, "always 0, kept for old rules" },
	{ "evt.latency.human", EYAS_T_STRING, EYAS_FIELD_DEPRECATED, get_latency_human, NULL, NULL,
	  "always 0ns, kept for old rules" },
	{ "evt.deltatime", EYAS_T_RELTIME, 0, get_deltatime, NULL, NULL,
	  "nanoseconds since the event before" },
	{ "evt.deltatime.s", EYAS_T_RELTIME, 0, get_deltatime_s, NULL, NULL,
	  "whole seconds since the event before" },
	{ "evt.deltatime.ns", EYAS_T_RELTIME, EYAS_FIELD_PADDED, get_deltatime_ns, NULL, NULL,
	  "the rest of that, in nanoseconds" },
	{ "evt.outputtime", EYAS_T_STRING, EYAS_FIELD_PRINT_ONLY, get_time, NULL, NULL,
	  "the time as output has it" },
	{ "evt.dir", EYAS_T_STRING, EYAS_FIELD_DEPRECATED, get_dir, NULL, NULL,
	  "always <, kept for old rules" },
	{ "evt.type", EYAS_T_STRING, EYAS_FIELD_EVTYPE, get_type, NULL, NULL,
	  "name of the event: openat" },
	{ "evt.type.is", EYAS_T_UINT, EYAS_FIELD_ARG_REQ | EYAS_FIELD_ARG_KEY | EYAS_FIELD_ARG_DOT,
	  get_type_is, NULL, bind_type, "evt.type.is.open: 1 for open, else 0" },
	{ "syscall.type", EYAS_T_STRING, EYAS_FIELD_EVTYPE, get_syscall_type, NULL, NULL,
	  "name of the system call, of other events none" },
	{ "evt.category", EYAS_T_STRING, 0, get_category, NULL, NULL,
	  "file, net, memory, process and so on" },
	{ "evt.cpu", EYAS_T_INT, 0, get_cpu, NULL, NULL, "number of the CPU" },
	{ "evt.args", EYAS_T_STRING, 0, eyas_evt_get_args, NULL, NULL,
	  "all arguments, name=value" },
	{ "evt.arg", EYAS_T_STRING, EYAS_FIELD_ARG_REQ, eyas_evt_get_arg, NULL, NULL,
	  "one argument as text, by name or number: evt.arg.flags, evt.arg[0]" },
	{ "evt.rawarg", EYAS_T_NONE,
	  EYAS_FIELD_ARG_REQ | EYAS_FIELD_NO_TRANSFORM | EYAS_FIELD_NO_RHS,
	  eyas_evt_get_rawarg, NULL, eyas_evt_bind_rawarg,
	  "one argument as it is, by name: evt.rawarg.res" },
	{ "evt.info", EYAS_T_STRING, 0, eyas_evt_get_args, NULL, NULL, "the same as evt.args" },
	{ "evt.buffer", EYAS_T_BYTES, 0, eyas_evt_get_buffer, NULL, NULL,
	  "bytes that were read or written, as far as recorded" },
	{ "evt.buflen", EYAS_T_UINT, 0, get_buflen, NULL, NULL,
	  "how many bytes were read or written" },
	{ "evt.res", EYAS_T_STRING, 0, get_res, NULL, NULL,
	  "SUCCESS or the name of the error: ENOENT" },
	{ "evt.rawres", EYAS_T_INT, 0, get_rawres, NULL, NULL, "the result as a number" },
	{ "evt.failed", EYAS_T_BOOL, 0, get_failed, NULL, NULL, "the call returned an error" },
	{ "evt.is_io", EYAS_T_BOOL, 0, get_is_io, NULL, NULL,
	  "reads from or writes to a descriptor" },
	{ "evt.is_io_read", EYAS_T_BOOL, 0, get_is_io_read, NULL, NULL, "reads from a descriptor" },
	{ "evt.is_io_write", EYAS_T_BOOL, 0, get_is_io_write, NULL, NULL,
	  "writes to a descriptor" },
	{ "evt.io_dir", EYAS_T_STRING, 0, get_io_dir, NULL, NULL, "read or write" },
	{ "evt.is_wait", EYAS_T_BOOL, 0, get_is_wait, NULL, NULL,
	  "makes the thread wait: poll, nanosleep" },
	{ "evt.wait_latency", EYAS_T_RELTIME, EYAS_FIELD_DEPRECATED, get_latency, NULL, NULL,
	  "always 0, kept for old rules" },
	{ "evt.is_syslog", EYAS_T_BOOL, 0, get_is_syslog, NULL, NULL, "writes to /dev/log" },
	{ "evt.count", EYAS_T_UINT, 0, get_count, NULL, NULL, "always 1" },
	{ "evt.count.error", EYAS_T_UINT, 0, get_count_error, NULL, NULL, "1 if it failed" },
	{ "evt.count.error.file", EYAS_T_UINT, 0, get_count_file, NULL, NULL,
	  "1 if it failed on a file" },
	{ "evt.count.error.net", EYAS_T_UINT, 0, get_count_net, NULL, NULL,
	  "1 if it failed on a socket" },
	{ "evt.count.error.memory", EYAS_T_UINT, 0, get_count_memory, NULL, NULL,
	  "1 if it failed to get memory" },
	{ "evt.count.error.other", EYAS_T_UINT, 0, get_count_other, NULL, NULL,
	  "1 if it failed on none of these" },
	{ "evt.count.exit", EYAS_T_UINT, 0, get_count, NULL, NULL, "always 1" },
	{ "evt.abspath", EYAS_T_STRING, 0, eyas_evt_get_abspath, eyas_evt_get_abspath_real, NULL,
	  "absolute path of a call that is given a directory, too" },
	{ "evt.abspath.src", EYAS_T_STRING, 0, eyas_evt_get_abspath, eyas_evt_get_abspath_real,
	  NULL, "the first of two" },
	{ "evt.abspath.dst", EYAS_T_STRING, 0, eyas_evt_get_abspath_dst,
	  eyas_evt_get_abspath_dst_real, NULL, "the second of two" },
	{ "evt.is_open_read", EYAS_T_BOOL, 0, get_is_open_read, NULL, NULL,
	  "opens a file for reading" },
	{ "evt.is_open_write", EYAS_T_BOOL, 0, get_is_open_write, NULL, NULL,
	  "opens a file for writing" },
	{ "evt.is_open_exec", EYAS_T_BOOL, 0, get_is_open_exec, NULL, NULL,
	  "may make a file that is executable" },
	{ "evt.is_open_create", EYAS_T_BOOL, 0, get_is_open_create, NULL, NULL, "made a file" },
};
/* clang-format on */

FAMILY(eyas_family_evt, "evt", "the event", rows);
