// SPDX-License-Identifier: Apache-2.0
/*
 * What the events of a recording cost from their bytes to the rules' verdict.
 * Run by rules-mixed.sh: under callgrind, which counts, and without, for time.
 *
 *	mixed [-n COPIES] [-a] [-c] CAPTURE [RULES-FILE...]
 *
 * Prints "events N", then for each kind "KIND N", the seconds of the fastest of
 * three rounds, and alerts; with -c one round, and the predicates it evaluated.
 * Costs by kind are the inclusive costs of the functions of_KIND, and of
 * of_selected for what the rules want to see. Made with -DPARTS it is slower, but
 * of_parsing, of_state and of_rules can be told apart, too.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <valgrind/callgrind.h>
#include "base/util.h"
#include "enrich/enrich.h"
#include "enrich/snapshot.h"
#include "loadcopies.h"
#include "rule/rules.h"
#include "source/source_capture.h"

#define ROUNDS	3

struct bench;
struct item;

struct item {
	const struct eyas_record *rec;	/* copied */
	uint64_t time;
	void (*kind)(struct bench *b, const struct item *it);
	bool selected;
};

struct bench {
	EYAS_VEC(struct item) items;
	struct eyas_arena records, arena;
	struct eyas_enrich *en;
	struct eyas_ruleset *rs;
	uint64_t num, matches, preds, looks;
	bool count;
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "mixed: %s: %s\n", what, why);
	exit(1);
}

/* ---- one event ---- */

static int matched(const struct eyas_rule *rule, void *arg)
{
	(void)rule, (void)arg;
	return 0;
}

/* What the last event had evaluated; not while costs are measured. */
static void count_preds(struct bench *b)
{
	const struct eyas_prog *prog = &b->rs->prog;

	eyas_vec_for_each(&prog->all_preds, it)
		b->preds += !(*it)->index && (*it)->gen == prog->gen;
	eyas_vec_for_each(&prog->indexes, it)
		b->looks += (*it)->gen == prog->gen;
}

/* The three parts: functions that a profiler can tell apart only if that is wanted, as it costs. */
#ifdef PARTS
#define PART	static __attribute__((noinline)) void
#else
#define PART	static inline __attribute__((always_inline)) void
#endif

PART of_parsing(struct bench *b, const struct item *it, struct eyas_event *ev)
{
	struct eyas_err err;

	if (eyas_event_parse(ev, eyas_bytes_of(it->rec, it->rec->len), &err))
		die("parse", err.msg);
	ev->num = ++b->num;
	ev->time = it->time;
}

PART of_state(struct bench *b, const struct eyas_event *ev)
{
	if (eyas_enrich_update(b->en, ev))
		die("state", "failed");
}

PART of_rules(struct bench *b, const struct eyas_event *ev)
{
	struct eyas_field_ctx ctx;
	int r;

	eyas_arena_reset(&b->arena);
	eyas_field_ctx_init(&ctx, ev, b->en, &b->arena, "host");
	r = eyas_ruleset_match(b->rs, &ctx, matched, NULL);
	if (r < 0)
		die("match", strerror(-r));
	b->matches += (uint64_t)r;
}

static void handle(struct bench *b, const struct item *it)
{
	struct eyas_event ev;

	of_parsing(b, it, &ev);
	of_state(b, &ev);
	if (!eyas_ruleset_sees(b->rs, &ev))
		return;
	of_rules(b, &ev);
	if (b->count)
		count_preds(b);
}

/* ---- kinds: a function each, for the profiler to tell them apart ---- */

#define KIND(name)									\
	static __attribute__((noinline)) void of_##name(struct bench *b,		\
							const struct item *it)		\
	{										\
		handle(b, it);								\
		__asm__ volatile("# " #name);						\
	}

KIND(open) KIND(open_failed) KIND(exec) KIND(fork) KIND(exit) KIND(connect) KIND(accept)
KIND(close) KIND(read_write) KIND(stat) KIND(memory) KIND(other)

static const struct { const char *name; void (*fn)(struct bench *b, const struct item *it); }
kinds[] = {
	{ "open", of_open }, { "open_failed", of_open_failed }, { "exec", of_exec },
	{ "fork", of_fork }, { "exit", of_exit }, { "connect", of_connect },
	{ "accept", of_accept }, { "close", of_close }, { "read_write", of_read_write },
	{ "stat", of_stat }, { "memory", of_memory }, { "other", of_other },
};

static __attribute__((noinline)) void of_selected(struct bench *b, const struct item *it)
{
	it->kind(b, it);
	__asm__ volatile("# selected");
}

static __attribute__((noinline)) void of_all(struct bench *b, const struct item *it)
{
	if (it->selected)
		of_selected(b, it);
	else
		it->kind(b, it);
	__asm__ volatile("# all");
}

static void (*kind_of(const struct eyas_event *ev))(struct bench *b, const struct item *it)
{
	if (ev->task)
		return ev->fork ? of_fork : of_exec;
	if (ev->exit)
		return of_exit;
	if (!ev->sys)
		return of_other;
	switch (ev->evtype) {
	case SYS_open:
	case SYS_openat:
	case SYS_openat2:
	case SYS_creat:
		return ev->sys->ret < 0 ? of_open_failed : of_open;
	case SYS_connect:
		return of_connect;
	case SYS_accept:
	case SYS_accept4:
		return of_accept;
	case SYS_close:
		return of_close;
	case SYS_read:
	case SYS_write:
	case SYS_pread64:
	case SYS_sendto:
	case SYS_recvfrom:
		return of_read_write;
	case SYS_stat:
	case SYS_lstat:
	case SYS_fstat:
	case SYS_newfstatat:
	case SYS_access:
	case SYS_faccessat2:
		return of_stat;
	case SYS_mmap:
	case SYS_munmap:
	case SYS_mprotect:
	case SYS_brk:
		return of_memory;
	default:
		return of_other;
	}
}

/* ---- the recording ---- */

static int load_state(void *arg, struct eyas_bytes items, struct eyas_err *err)
{
	struct bench *b = arg;

	return b->num ? 0 : eyas_enrich_load(b->en, items, err);
}

/* Open it, and know the processes that it begins with. */
static struct eyas_source *begin(struct bench *b, const char *path)
{
	struct eyas_capture_config cfg = {
		.paths = &path, .npaths = 1, .state = load_state, .arg = b,
	};
	struct eyas_source *src;
	struct eyas_err err;

	eyas_enrich_free(b->en);
	b->num = 0;
	if (eyas_enrich_create(&b->en, "", &err))
		die("state", err.msg);
	eyas_enrich_detach(b->en);
	eyas_enrich_keep_fds(b->en, eyas_ruleset_needs_fds(b->rs));
	if (eyas_source_capture_open(&src, &cfg, &err))
		die(path, err.msg);
	return src;
}

static void keep(struct bench *b, const struct eyas_event *ev)
{
	struct item it = { .time = ev->time, .kind = kind_of(ev) };
	void *copy = eyas_arena_alloc(&b->records, ev->rec->len);

	if (!copy)
		die("memory", "none left");
	memcpy(copy, ev->rec, ev->rec->len);
	it.rec = copy;
	it.selected = eyas_ruleset_sees(b->rs, ev);
	if (eyas_vec_push(&b->items, it))
		die("memory", "none left");
}

static void take(struct bench *b, const char *path)
{
	struct eyas_source *src = begin(b, path);
	struct eyas_event ev;
	struct eyas_err err;
	size_t selected = 0, n;
	int r;

	b->num = 1;	/* the state of later parts is not wanted */
	while ((r = eyas_source_next(src, &ev, &err)) > 0)
		if (!ev.loss)
			keep(b, &ev);
	if (r != -ENODATA)
		die(path, err.msg);
	eyas_source_close(src);
	eyas_vec_for_each(&b->items, it)
		selected += it->selected;
	printf("all %zu\nselected %zu\n", b->items.len, selected);
	for (size_t k = 0; k < EYAS_ARRAY_LEN(kinds); k++) {
		n = 0;
		eyas_vec_for_each(&b->items, it)
			n += it->kind == kinds[k].fn;
		printf("%s %zu\n", kinds[k].name, n);
	}
}

static double once(struct bench *b, const char *path)
{
	struct timespec from, to;

	eyas_source_close(begin(b, path));
	b->matches = 0;
	clock_gettime(CLOCK_MONOTONIC, &from);
	CALLGRIND_START_INSTRUMENTATION;
	eyas_vec_for_each(&b->items, it)
		of_all(b, it);
	CALLGRIND_STOP_INSTRUMENTATION;
	clock_gettime(CLOCK_MONOTONIC, &to);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

int main(int argc, char **argv)
{
	unsigned int copies = 1, rounds = ROUNDS;
	double best = 1e9, t;
	struct bench b = { 0 };
	bool all = false;
	int opt;

	while ((opt = getopt(argc, argv, "n:ac")) != -1) {
		if (opt == 'n')
			copies = (unsigned int)strtoul(optarg, NULL, 10);
		else if (opt == 'a')
			all = true;
		else if (opt == 'c')
			b.count = true;
		else
			return 2;
	}
	if (optind == argc)
		return 2;
	load_copies(&b.rs, argv + optind + 1, (unsigned int)(argc - optind - 1), copies, all);
	take(&b, argv[optind]);
	if (b.count || RUNNING_ON_VALGRIND)
		rounds = 1;
	while (rounds--) {
		t = once(&b, argv[optind]);
		best = t < best ? t : best;
	}
	printf("alerts %llu\nseconds %.4f\n", (unsigned long long)b.matches, best);
	printf("predicates %llu\nlooks %llu\n", (unsigned long long)b.preds,
	       (unsigned long long)b.looks);
	eyas_vec_release(&b.items);
	eyas_enrich_free(b.en);
	eyas_ruleset_free(b.rs);
	eyas_arena_release(&b.arena);
	eyas_arena_release(&b.records);
	return 0;
}
