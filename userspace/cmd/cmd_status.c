// SPDX-License-Identifier: Apache-2.0
/* eyas status: what the module says of itself, its sessions and their rings. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include "base/strbuf.h"
#include "base/vec.h"
#include "cmd.h"
#include "cmd_status.h"
#include "event/event.h"
#include "opts.h"
#include "source/ctl.h"
#include "source/ring.h"

struct session {
	uint32_t id, owner_pid;
	char comm[64];
	struct eyas_policy policy;
};

struct status {
	struct eyas_ctl_info info;
	EYAS_VEC(struct session) sessions;
	EYAS_VEC(struct eyas_ctl_stats) rings;
};

/* clang-format off */
static const struct { uint32_t bit; const char *name; } hook_names[] = {
	{ EYAS_EVENT_EXEC,	"exec" },
	{ EYAS_EVENT_FORK,	"fork" },
	{ EYAS_EVENT_EXIT,	"exit" },
	{ EYAS_HOOK_SYS,	"syscalls" },
};

static const struct { uint64_t bit; const char *name; } feature_names[] = {
	{ EYAS_FEATURE_FILES,	"files" },
	{ EYAS_FEATURE_IA32,	"ia32" },
};

static const char *const class_names[EYAS_CLASS_MAX] = {
	[EYAS_CLASS_OTHER]	= "other",
	[EYAS_CLASS_PROCESS]	= "process",
	[EYAS_CLASS_FILE]	= "file",
	[EYAS_CLASS_DESC]	= "descriptor",
	[EYAS_CLASS_NETWORK]	= "network",
	[EYAS_CLASS_MEMORY]	= "memory",
	[EYAS_CLASS_SIGNAL]	= "signal",
	[EYAS_CLASS_CREDS]	= "credentials",
};

static const char *const state_names[] = {
	[EYAS_RING_STATE_NONE]		= "none",
	[EYAS_RING_STATE_LIVE]		= "live",
	[EYAS_RING_STATE_POISONED]	= "poisoned",
};
/* clang-format on */

#define LEN(a)	(sizeof(a) / sizeof((a)[0]))

static const char *state_name(uint32_t state)
{
	return state < LEN(state_names) ? state_names[state] : "?";
}

static uint64_t lost_of(const struct eyas_ctl_stats *r)
{
	uint64_t n = 0;

	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		n += r->lost[c];
	return n;
}

/* Sum over rings of one session, 0: of all. */
static struct eyas_ctl_stats total_of(const struct status *st, uint32_t session)
{
	struct eyas_ctl_stats t = { .session = session };

	for (size_t i = 0; i < st->rings.len; i++) {
		const struct eyas_ctl_stats *r = &st->rings.data[i];

		if (session && r->session != session)
			continue;
		t.produced += r->produced;
		t.records += r->records;
		t.bytes += r->bytes;
		t.unread += r->unread;
		/* Counted for each CPU, told with each of its lanes. */
		t.nested += r->lane == EYAS_LANE_CRIT ? r->nested : 0;
		for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
			t.lost[c] += r->lost[c];
	}
	return t;
}

static unsigned int calls_of(const struct eyas_policy *p, unsigned int abi)
{
	unsigned int n = 0;

	for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++)
		n += p->plan[abi][nr] != 0;
	return n;
}

/* ---- asking ---- */

static void comm_of(uint32_t pid, char *ret, size_t size)
{
	_cleanup_fclose_ FILE *f = NULL;
	char path[32];

	ret[0] = '\0';
	snprintf(path, sizeof(path), "/proc/%" PRIu32 "/comm", pid);
	f = fopen(path, "re");
	if (f && fgets(ret, (int)size, f))
		ret[strcspn(ret, "\n")] = '\0';
}

static int add_session(const struct eyas_ctl_session *s, void *arg)
{
	struct status *st = arg;
	struct session here = { s->id, s->owner_pid, "", s->policy };

	comm_of(s->owner_pid, here.comm, sizeof(here.comm));
	return eyas_vec_push(&st->sessions, here);
}

static int add_ring(const struct eyas_ctl_stats *r, void *arg)
{
	struct status *st = arg;

	return eyas_vec_push(&st->rings, *r);
}

static int ask(struct status *st, struct eyas_err *err)
{
	struct eyas_ctl *ctl;
	int r = eyas_ctl_open(&ctl, err);

	if (r)
		return r;
	r = eyas_ctl_info(ctl, &st->info, err);
	if (!r)
		r = eyas_ctl_sessions(ctl, 0, add_session, st, err);
	if (!r)
		r = eyas_ctl_stats(ctl, 0, add_ring, st, err);
	eyas_ctl_close(ctl);
	return r;
}

/* ---- text ---- */

/* Append "a, b": the separator where something is there already. */
static void add_item(struct eyas_strbuf *sb, const char *fmt, ...) _printf_(2, 3);

static void add_item(struct eyas_strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	if (sb->len)
		eyas_strbuf_adds(sb, ", ");
	va_start(ap, fmt);
	eyas_strbuf_vaddf(sb, fmt, ap);
	va_end(ap);
}

static void add_hooks(struct eyas_strbuf *sb, uint32_t bits)
{
	for (size_t i = 0; i < LEN(hook_names); i++)
		if (bits & hook_names[i].bit)
			add_item(sb, "%s", hook_names[i].name);
}

static void add_size(struct eyas_strbuf *sb, const char *name, uint32_t bytes)
{
	bool mib = bytes >= 1U << 20 && bytes % (1U << 20) == 0;

	add_item(sb, "%s %" PRIu32 " %s", name, bytes >> (mib ? 20 : 10), mib ? "MiB" : "KiB");
}

/* Those that this kernel has no place for. */
static void print_anchors(const struct eyas_ctl_info *info)
{
	_cleanup_strbuf_ struct eyas_strbuf missing = EYAS_STRBUF_INIT;
	unsigned int n = 0;

	for (unsigned int i = 0; i < EYAS_ANCHOR_MAX; i++) {
		if (info->anchors >> i & 1)
			n++;
		else
			add_item(&missing, "%s", eyas_event_anchor_name(i));
	}
	printf("anchors   %u of %d%s%s\n", n, EYAS_ANCHOR_MAX, missing.len ? "; missing: " : "",
	       missing.len ? missing.buf : "");
}

static void print_head(const struct status *st)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	printf("module    loaded, version %s, interface %" PRIu32 ", built for %s\n",
	       st->info.version, st->info.abi_version, st->info.kernel);
	if (st->info.abi_version != EYAS_ABI_VERSION)
		printf("          this program speaks interface %d: install both from one release\n",
		       EYAS_ABI_VERSION);
	add_hooks(&sb, st->info.hooks);
	printf("hooks     %s\n",
	       sb.len ? sb.buf : "none: nothing is recorded, nothing slowed down");
	print_anchors(&st->info);
	printf("sessions  %zu of %d\n", st->sessions.len, EYAS_SESSIONS_MAX);
}

static void print_policy(const struct eyas_policy *p)
{
	_cleanup_strbuf_ struct eyas_strbuf rings = EYAS_STRBUF_INIT;
	_cleanup_strbuf_ struct eyas_strbuf calls = EYAS_STRBUF_INIT;
	_cleanup_strbuf_ struct eyas_strbuf events = EYAS_STRBUF_INIT;

	add_size(&rings, "crit", p->crit_size);
	add_size(&rings, "bulk", p->bulk_size);
	printf("  rings   %s for each CPU; wake after %" PRIu32 " us or at %" PRIu32 " %%\n",
	       rings.buf, p->wake_us, p->watermark);
	add_hooks(&events, p->events);
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		unsigned int n = calls_of(p, abi);

		if (n || p->other[abi])
			add_item(&calls, "%s %u%s", eyas_status_abi_name(abi), n,
				 p->other[abi] ? " and unknown ones" : "");
	}
	printf("  events  %s\n", events.len ? events.buf : "none");
	printf("  calls   %s\n", calls.len ? calls.buf : "none");
}

static void print_ring(const char *cpu, const char *lane, const struct eyas_ctl_stats *r,
		       const char *state)
{
	printf("  %5s  %-4s %14" PRIu64 " %14" PRIu64 " %12" PRIu64 " %10" PRIu64 " %7" PRIu64
	       "  %s\n",
	       cpu, lane, r->produced, r->records, lost_of(r), r->unread, r->nested, state);
}

static void print_lost(const struct eyas_ctl_stats *t, const char *indent)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		if (t->lost[c])
			add_item(&sb, "%s %" PRIu64, class_names[c], t->lost[c]);
	if (sb.len)
		printf("%slost    %s\n", indent, sb.buf);
}

static void print_session(const struct status *st, const struct session *s)
{
	struct eyas_ctl_stats total = total_of(st, s->id);
	char cpu[16];

	printf("\nsession %" PRIu32 ", of process %" PRIu32 " (%s)\n", s->id, s->owner_pid,
	       s->comm[0] ? s->comm : "gone");
	print_policy(&s->policy);
	printf("  %5s  %-4s %14s %14s %12s %10s %7s  %s\n", "CPU", "LANE", "PRODUCED", "RECORDS",
	       "LOST", "UNREAD", "NESTED", "STATE");
	for (size_t i = 0; i < st->rings.len; i++) {
		const struct eyas_ctl_stats *r = &st->rings.data[i];

		if (r->session != s->id)
			continue;
		snprintf(cpu, sizeof(cpu), "%" PRIu32, r->cpu);
		print_ring(cpu, eyas_ring_lane_name(r->lane), r, state_name(r->state));
	}
	print_ring("all", "", &total, "");
	print_lost(&total, "  ");
}

static void print_text(const struct status *st)
{
	struct eyas_ctl_stats total = total_of(st, 0);

	print_head(st);
	for (size_t i = 0; i < st->sessions.len; i++)
		print_session(st, &st->sessions.data[i]);
	if (st->sessions.len)
		printf("\ntotal     %" PRIu64 " produced, %" PRIu64 " recorded, %" PRIu64
		       " lost, %" PRIu64 " bytes\n",
		       total.produced, total.records, lost_of(&total), total.bytes);
}

/* ---- JSON ---- */

static void put_num(json_t *o, const char *key, uint64_t v)
{
	json_object_set_new(o, key, json_integer((json_int_t)v));
}

static void put_str(json_t *o, const char *key, const char *s)
{
	json_t *v = json_string(s);

	/* A process may call itself anything; what is no UTF-8 is left out. */
	json_object_set_new(o, key, v ? v : json_null());
}

static json_t *json_hooks(uint32_t bits)
{
	json_t *a = json_array();

	for (size_t i = 0; i < LEN(hook_names); i++)
		if (bits & hook_names[i].bit)
			json_array_append_new(a, json_string(hook_names[i].name));
	return a;
}

static json_t *json_anchors(const struct eyas_ctl_info *info)
{
	json_t *a = json_array();

	for (unsigned int i = 0; i < EYAS_ANCHOR_MAX; i++)
		if (info->anchors >> i & 1)
			json_array_append_new(a, json_string(eyas_event_anchor_name(i)));
	return a;
}

static json_t *json_counts(const struct eyas_ctl_stats *r)
{
	json_t *o = json_object(), *lost = json_object();

	put_num(o, "produced", r->produced);
	put_num(o, "records", r->records);
	put_num(o, "bytes", r->bytes);
	put_num(o, "lost", lost_of(r));
	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		put_num(lost, class_names[c], r->lost[c]);
	json_object_set_new(o, "lost_by_class", lost);
	put_num(o, "nested", r->nested);
	put_num(o, "unread", r->unread);
	return o;
}

static json_t *json_rings(const struct status *st, uint32_t session)
{
	json_t *a = json_array();

	for (size_t i = 0; i < st->rings.len; i++) {
		const struct eyas_ctl_stats *r = &st->rings.data[i];
		json_t *o;

		if (r->session != session)
			continue;
		o = json_counts(r);
		put_num(o, "cpu", r->cpu);
		put_str(o, "lane", eyas_ring_lane_name(r->lane));
		put_str(o, "state", state_name(r->state));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *json_calls(const struct eyas_policy *p)
{
	json_t *calls = json_object();

	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		unsigned int n = calls_of(p, abi);
		json_t *o;

		if (!n && !p->other[abi])
			continue;
		o = json_object();
		put_num(o, "selected", n);
		json_object_set_new(o, "unknown", json_boolean(p->other[abi]));
		json_object_set_new(calls, eyas_status_abi_name(abi), o);
	}
	return calls;
}

static json_t *json_session(const struct status *st, const struct session *s)
{
	struct eyas_ctl_stats total = total_of(st, s->id);
	json_t *o = json_object();

	put_num(o, "session", s->id);
	put_num(o, "owner_pid", s->owner_pid);
	put_str(o, "owner_comm", s->comm);
	put_num(o, "crit_size", s->policy.crit_size);
	put_num(o, "bulk_size", s->policy.bulk_size);
	put_num(o, "wake_us", s->policy.wake_us);
	put_num(o, "watermark", s->policy.watermark);
	put_num(o, "snaplen", s->policy.snaplen);
	json_object_set_new(o, "events", json_hooks(s->policy.events));
	json_object_set_new(o, "calls", json_calls(&s->policy));
	json_object_set_new(o, "rings", json_rings(st, s->id));
	json_object_set_new(o, "total", json_counts(&total));
	return o;
}

static json_t *json_status(const struct status *st)
{
	struct eyas_ctl_stats total = total_of(st, 0);
	json_t *o = json_object(), *features = json_array(), *sessions = json_array();

	json_object_set_new(o, "loaded", json_true());
	put_str(o, "version", st->info.version);
	put_num(o, "abi_version", st->info.abi_version);
	put_str(o, "kernel", st->info.kernel);
	for (size_t i = 0; i < LEN(feature_names); i++)
		if (st->info.features & feature_names[i].bit)
			json_array_append_new(features, json_string(feature_names[i].name));
	json_object_set_new(o, "features", features);
	json_object_set_new(o, "hooks", json_hooks(st->info.hooks));
	json_object_set_new(o, "anchors", json_anchors(&st->info));
	for (size_t i = 0; i < st->sessions.len; i++)
		json_array_append_new(sessions, json_session(st, &st->sessions.data[i]));
	json_object_set_new(o, "sessions", sessions);
	json_object_set_new(o, "total", json_counts(&total));
	return o;
}

static int print_json(json_t *o)
{
	int r = o ? json_dumpf(o, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER) : -1;

	putchar('\n');
	json_decref(o);
	if (!r)
		return 0;
	eyas_msg("cannot print the status: out of memory");
	return -ENOMEM;
}

/* ---- command ---- */

/* clang-format off */
enum { OPT_CAPTURES = EYAS_OPT_OWN };

static const struct argp_option options[] = {
	EYAS_OPT_ROW_JSON,
	{ "captures", OPT_CAPTURES, "ABI", OPTION_ARG_OPTIONAL,
	  "what is recorded of each call of x86_64, or of ABI; needs no module", 0 },
	{ 0 },
};
/* clang-format on */

struct ask {
	bool json, captures;
	const char *abi;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct ask *ask = state->input;

	switch (key) {
	case 'j':
		ask->json = true;
		return 0;
	case OPT_CAPTURES:
		ask->captures = true;
		ask->abi = arg;
		return 0;
	case ARGP_KEY_ARG:
		argp_error(state, "unexpected argument '%s'", arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Show the module, who watches with it, and what was recorded and lost.\v"
	       "Exit status: 0 if the module is loaded, 1 if not, or if this user may not ask.\n\n"
	       "PRODUCED is what a ring was asked to take, RECORDS what it took; the rest is\n"
	       "LOST because nobody read in time. UNREAD bytes wait. NESTED must be 0.\n\n"
	       "Examples:\n"
	       "  sudo eyas status\n"
	       "  sudo eyas status -j | jq .total.lost\n"
	       "  eyas status --captures | grep ^open",
};

/* What there is to say without an answer. */
static int unknown(const struct eyas_err *err, bool json)
{
	bool loaded = err->code != -ENOENT;
	json_t *o;

	if (json) {
		o = json_object();
		json_object_set_new(o, "loaded", json_boolean(loaded));
		put_str(o, "error", err->msg);
		print_json(o);
	} else if (!loaded) {
		puts("module    not loaded");
	}
	eyas_msg("%s%s", err->msg, loaded ? "" : ", or 'eyas doctor' if that fails");
	return EYAS_STATUS_FAILURE;
}

static int run(int argc, char **argv)
{
	struct status st = { .sessions = { .len = 0 } };
	struct ask what = { 0 };
	struct eyas_err err;
	int r = eyas_opts_parse(&argp, argc, argv, &what);

	if (r)
		return EYAS_STATUS_USAGE;
	if (what.captures)
		return eyas_status_captures(what.abi, what.json);
	r = ask(&st, &err);
	if (r)
		r = unknown(&err, what.json);
	else if (what.json)
		r = print_json(json_status(&st)) ? EYAS_STATUS_FAILURE : EYAS_STATUS_OK;
	else
		print_text(&st);
	eyas_vec_release(&st.sessions);
	eyas_vec_release(&st.rings);
	return r;
}

const struct eyas_command eyas_cmd_status = {
	.name = "status",
	.run = run,
	.help = "the module, its sessions, and what was recorded and lost",
};
