// SPDX-License-Identifier: Apache-2.0
/* eyas replay --stats: how much of what, and by whom. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "cmd_replay.h"

#define NSEC	1000000000ULL

struct replay_proc {
	uint32_t pid;
	uint64_t n;
	char comm[16];
};

/* A line of a table. */
struct row {
	const char *name;
	uint64_t n, failed;
	uint32_t pid;
};

static const char *const record_names[EYAS_REC_TYPE_MAX] = {
	[EYAS_REC_SYS_ENTER] = "call entries",
	[EYAS_REC_SYS_EXIT] = "calls",
	[EYAS_REC_EXEC] = "exec",
	[EYAS_REC_FORK] = "fork",
	[EYAS_REC_EXIT] = "exit",
	[EYAS_REC_LOSS] = "loss",
	[EYAS_REC_SIGNAL] = "signals",
	[EYAS_REC_COMM] = "names",
	[EYAS_REC_CREDS] = "credentials",
	[EYAS_REC_ANCHOR] = "anchors",
	[EYAS_REC_URING] = "io_uring",
};

static const char *const class_names[EYAS_CLASS_MAX] = {
	[EYAS_CLASS_OTHER] = "other",	  [EYAS_CLASS_PROCESS] = "process",
	[EYAS_CLASS_FILE] = "file",	  [EYAS_CLASS_DESC] = "desc",
	[EYAS_CLASS_NETWORK] = "network", [EYAS_CLASS_MEMORY] = "memory",
	[EYAS_CLASS_SIGNAL] = "signal",	  [EYAS_CLASS_CREDS] = "creds",
};

/* ---- counting ---- */

static struct replay_proc *proc_of(struct replay_stats *s, uint32_t pid)
{
	struct replay_proc *p = eyas_map_get(&s->procs, pid);

	if (p)
		return p;
	p = calloc(1, sizeof(*p));
	if (!p || eyas_map_set(&s->procs, pid, p) < 0) {
		free(p);
		s->oom = true;
		return NULL;
	}
	p->pid = pid;
	return p;
}

void replay_stats_add(struct replay_stats *s, const struct eyas_event *ev,
		      const struct eyas_enrich *en)
{
	const struct eyas_proc *known = eyas_enrich_proc(en, ev->pid);
	struct replay_proc *p;

	s->records[ev->type]++;
	s->bytes += ev->rec->len;
	if (!s->first)
		s->first = ev->time;
	s->last = ev->time;
	if (ev->loss) {
		for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++) {
			s->lost += ev->loss->count[c];
			s->lost_by_class[c] += ev->loss->count[c];
		}
		return;
	}
	s->events++;
	if (ev->sys || ev->type == EYAS_REC_EXEC) {
		s->types[ev->evtype].n++;
		s->types[ev->evtype].failed += ev->sys && ev->sys->ret < 0 && ev->sys->ret > -4096;
	}
	p = proc_of(s, ev->pid);
	if (!p)
		return;
	p->n++;
	if (known && known->comm.len < sizeof(p->comm)) {
		memset(p->comm, 0, sizeof(p->comm));
		memcpy(p->comm, known->comm.p, known->comm.len);
	}
}

void replay_stats_release(struct replay_stats *s)
{
	size_t pos = 0;
	uint64_t pid;
	void *p;

	while (eyas_map_next(&s->procs, &pos, &pid, &p))
		free(p);
	eyas_map_release(&s->procs);
}

/* ---- tables, the most first ---- */

static int compare(const void *pa, const void *pb)
{
	const struct row *a = pa, *b = pb;

	if (a->n != b->n)
		return a->n < b->n ? 1 : -1;
	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return strcmp(a->name, b->name);
}

static struct row *calls(const struct replay_stats *s, size_t *ret_n)
{
	struct row *rows = calloc(EYAS_EVT_MAX, sizeof(*rows));
	size_t n = 0;

	for (unsigned int t = 0; rows && t < EYAS_EVT_MAX; t++) {
		const char *name = eyas_evtype_name(t);

		if (s->types[t].n)
			rows[n++] = (struct row){ name ? name : "?", s->types[t].n,
						  s->types[t].failed, 0 };
	}
	if (rows)
		qsort(rows, n, sizeof(*rows), compare);
	*ret_n = rows ? n : 0;
	return rows;
}

static struct row *procs(const struct replay_stats *s, size_t *ret_n)
{
	struct row *rows = calloc(s->procs.len + 1, sizeof(*rows));
	size_t n = 0, pos = 0;
	uint64_t pid;
	void *val;

	while (rows && eyas_map_next(&s->procs, &pos, &pid, &val)) {
		const struct replay_proc *p = val;

		rows[n++] = (struct row){ p->comm, p->n, 0, p->pid };
	}
	if (rows)
		qsort(rows, n, sizeof(*rows), compare);
	*ret_n = rows ? n : 0;
	return rows;
}

static void put_time(const char *label, uint64_t ns)
{
	time_t t = (time_t)(ns / NSEC);
	char text[32];
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	printf("%-10s %s.%09u UTC\n", label, text, (unsigned int)(ns % NSEC));
}

/* Names come from files and programs: no byte of them drives a terminal. */
static void put_name(const char *name)
{
	if (!*name)
		fputs("<unknown>", stdout);
	for (; *name; name++)
		putchar((unsigned char)*name < ' ' || *name == 0x7f ? '?' : *name);
}

void replay_stats_print(struct replay_stats *s, const struct eyas_facts *f)
{
	size_t ncalls, nprocs;
	_cleanup_free_ struct row *by_call = calls(s, &ncalls);
	_cleanup_free_ struct row *by_proc = procs(s, &nprocs);

	printf("%-10s ", "host");
	put_name(f->hostname);
	printf(", %u CPUs, kernel ", (unsigned int)f->cpus);
	put_name(f->kernel);
	printf("\n%-10s %" PRIu64 ", %" PRIu64 " bytes\n%-10s %" PRIu64 "\n", "events", s->events,
	       s->bytes, "lost", s->lost);
	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		if (s->lost_by_class[c])
			printf("  %-8s %" PRIu64 "\n", class_names[c], s->lost_by_class[c]);
	if (s->first) {
		put_time("from", s->first);
		put_time("to", s->last);
		printf("%-10s %.9f s\n", "span", (double)(int64_t)(s->last - s->first) / 1e9);
	}
	printf("\n%12s  record\n", "count");
	for (unsigned int t = 0; t < EYAS_REC_TYPE_MAX; t++)
		if (s->records[t])
			printf("%12" PRIu64 "  %s\n", s->records[t], record_names[t]);
	printf("\n%12s %12s  call\n", "count", "failed");
	for (size_t i = 0; i < ncalls; i++)
		printf("%12" PRIu64 " %12" PRIu64 "  %s\n", by_call[i].n, by_call[i].failed,
		       by_call[i].name);
	printf("\n%12s %12s  process\n", "count", "pid");
	for (size_t i = 0; i < nprocs; i++) {
		printf("%12" PRIu64 " %12" PRIu32 "  ", by_proc[i].n, by_proc[i].pid);
		put_name(by_proc[i].name);
		putchar('\n');
	}
}

/* ---- JSON ---- */

static json_t *number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

/* Bytes that are no UTF-8 can't be in JSON. */
static json_t *text(const char *s)
{
	json_t *j = json_string(s);

	return j ? j : json_string("?");
}

static json_t *call_json(const struct row *r)
{
	json_t *j = json_object();

	json_object_set_new(j, "call", text(r->name));
	json_object_set_new(j, "count", number(r->n));
	json_object_set_new(j, "failed", number(r->failed));
	return j;
}

static json_t *proc_json(const struct row *r)
{
	json_t *j = json_object();

	json_object_set_new(j, "pid", number(r->pid));
	json_object_set_new(j, "name", text(r->name));
	json_object_set_new(j, "count", number(r->n));
	return j;
}

void replay_stats_json(struct replay_stats *s, const struct eyas_facts *f)
{
	size_t ncalls, nprocs;
	_cleanup_free_ struct row *by_call = calls(s, &ncalls);
	_cleanup_free_ struct row *by_proc = procs(s, &nprocs);
	json_t *top = json_object(), *records = json_object(), *lost = json_object();
	json_t *jcalls = json_array(), *jprocs = json_array();

	for (unsigned int t = 0; t < EYAS_REC_TYPE_MAX; t++)
		if (s->records[t])
			json_object_set_new(records, record_names[t], number(s->records[t]));
	for (unsigned int c = 0; c < EYAS_CLASS_MAX; c++)
		if (s->lost_by_class[c])
			json_object_set_new(lost, class_names[c], number(s->lost_by_class[c]));
	for (size_t i = 0; i < ncalls; i++)
		json_array_append_new(jcalls, call_json(&by_call[i]));
	for (size_t i = 0; i < nprocs; i++)
		json_array_append_new(jprocs, proc_json(&by_proc[i]));
	json_object_set_new(top, "hostname", text(f->hostname));
	json_object_set_new(top, "kernel", text(f->kernel));
	json_object_set_new(top, "events", number(s->events));
	json_object_set_new(top, "bytes", number(s->bytes));
	json_object_set_new(top, "lost", number(s->lost));
	json_object_set_new(top, "lost_by_class", lost);
	json_object_set_new(top, "from", number(s->first));
	json_object_set_new(top, "to", number(s->last));
	json_object_set_new(top, "records", records);
	json_object_set_new(top, "calls", jcalls);
	json_object_set_new(top, "processes", jprocs);
	json_dumpf(top, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
	putchar('\n');
	json_decref(top);
}
