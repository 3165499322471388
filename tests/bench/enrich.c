// SPDX-License-Identifier: Apache-2.0
/*
 * What the process table costs: instructions, which callgrind counts, and memory.
 * Run by enrich.sh.
 *
 *	enrich cost		events of each kind, marked for callgrind
 *	enrich live N		KiB that N living processes take
 *	enrich churn N		KiB after a tenth of N short lives, and after all
 */
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <valgrind/callgrind.h>
#include "enrich/enrich.h"
#include "records.h"

#define FIRST_PID 1000U
#define PIDS 4000000U /* PID_MAX_LIMIT, less what is below FIRST_PID */
#define ROUNDS 2000U
#define FDS 12

struct bench {
	struct eyas_enrich *en;
	struct eyas_recs recs;
	uint64_t events;
};

static void die(const char *what)
{
	fprintf(stderr, "enrich: %s\n", what);
	exit(1);
}

static void take_in(struct bench *b)
{
	struct eyas_event ev;
	struct eyas_err err;

	for (size_t off = 0; off < b->recs.len;) {
		const struct eyas_record *rec = (const void *)(b->recs.data + off);

		if (eyas_event_parse(&ev, eyas_bytes_of(rec, rec->len), &err))
			die(err.msg);
		ev.num = ++b->events;
		ev.time = ev.mono;
		if (eyas_enrich_update(b->en, &ev))
			die("out of memory");
		off += rec->len;
	}
	eyas_recs_reset(&b->recs);
}

/* ---- records ---- */

/* As a shell starts programs: two kilobytes of environment, no two alike. */
static void exec(struct bench *b, uint32_t pid, uint32_t ppid)
{
	char env[2048], argv[96];
	size_t n = 0;

	eyas_rec_by(&b->recs, pid);
	eyas_rec_exec(&b->recs, "worker")->ppid = ppid;
	((struct eyas_task *)(void *)(b->recs.last + 1))->start_time = b->recs.time;
	eyas_rec_file(&b->recs, EYAS_BLOB_EXE_FILE, S_IFREG | 0755);
	eyas_rec_text(&b->recs, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG,
		      "/usr/libexec/project/worker");
	eyas_rec_text(&b->recs, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG,
		      "/usr/libexec/project/worker");
	n = (size_t)snprintf(argv, sizeof(argv),
			     "worker%c--number=%u%c--config%c"
			     "/etc/project/worker.conf",
			     0, pid, 0, 0);
	eyas_rec_blob(&b->recs, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, argv, n + 1);
	n = 0;
	for (unsigned int i = 0; n + 64 < sizeof(env); i++)
		n += (size_t)snprintf(env + n, sizeof(env) - n, "VARIABLE_%u=value of %u, %u", i, i,
				      pid) +
		     1;
	eyas_rec_blob(&b->recs, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, env, n);
	eyas_rec_text(&b->recs, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/var/lib/project/work");
}

static void fork_one(struct bench *b, uint32_t parent, uint32_t pid)
{
	eyas_rec_by(&b->recs, parent);
	eyas_rec_fork(&b->recs, pid, "sh")->task.start_time = b->recs.time;
}

static void end(struct bench *b, uint32_t pid)
{
	eyas_rec_by(&b->recs, pid);
	eyas_rec_exit(&b->recs, 0)->start_time = 0;
}

static void open_one(struct bench *b, uint32_t pid, int fd)
{
	char path[64];

	snprintf(path, sizeof(path), "/var/lib/project/work/%u/file-%d", pid, fd);
	eyas_rec_by(&b->recs, pid);
	eyas_rec_sys(&b->recs, SYS_openat, fd, (uint64_t)AT_FDCWD, 0x7ffe0010, O_RDONLY);
	eyas_rec_text(&b->recs, EYAS_BLOB_STRING, 1, path);
	eyas_rec_file(&b->recs, EYAS_BLOB_FILE, S_IFREG | 0644);
	eyas_rec_text(&b->recs, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, path);
}

static uint32_t pid_of(uint64_t n)
{
	return FIRST_PID + (uint32_t)(n % PIDS);
}

/* ---- cost ---- */

static void start(struct bench *b)
{
	memset(b, 0, sizeof(*b));
	if (eyas_enrich_create(&b->en, "", NULL))
		die("out of memory");
	exec(b, 1, 0);
	take_in(b);
}

static void stop(struct bench *b)
{
	eyas_enrich_free(b->en);
	eyas_recs_release(&b->recs);
}

/* Parsing is not measured: events are parsed before, a round at a time. */
static void measure(const char *name, unsigned int per_round,
		    void (*make)(struct bench *b, unsigned int round))
{
	struct eyas_event ev[8];
	struct bench b;
	struct eyas_err err;
	char text[96];

	start(&b);
	for (unsigned int i = 0; i < 1000; i++) {
		fork_one(&b, 1, FIRST_PID + i);
		exec(&b, FIRST_PID + i, 1);
		take_in(&b);
	}
	CALLGRIND_ZERO_STATS;
	for (unsigned int i = 0; i < ROUNDS; i++) {
		unsigned int n = 0;

		make(&b, i);
		for (size_t off = 0; off < b.recs.len; n++) {
			const struct eyas_record *rec = (const void *)(b.recs.data + off);

			if (eyas_event_parse(&ev[n], eyas_bytes_of(rec, rec->len), &err))
				die(err.msg);
			ev[n].time = ev[n].mono;
			off += rec->len;
		}
		if (n != per_round)
			die("another number of events than told");
		CALLGRIND_START_INSTRUMENTATION;
		for (unsigned int k = 0; k < per_round; k++)
			if (eyas_enrich_update(b.en, &ev[k]))
				die("out of memory");
		CALLGRIND_STOP_INSTRUMENTATION;
		eyas_recs_reset(&b.recs);
	}
	snprintf(text, sizeof(text), "%s %u", name, ROUNDS);
	CALLGRIND_DUMP_STATS_AT(text);
	stop(&b);
}

static void make_plain(struct bench *b, unsigned int round)
{
	eyas_rec_by(&b->recs, FIRST_PID + round % 1000);
	eyas_rec_sys(&b->recs, SYS_read, 4096, 3, 0x7f0010, 4096);
}

static void make_failed(struct bench *b, unsigned int round)
{
	eyas_rec_by(&b->recs, FIRST_PID + round % 1000);
	eyas_rec_sys(&b->recs, SYS_openat, -2, (uint64_t)AT_FDCWD, 0x7ffe0010, O_RDONLY);
	eyas_rec_text(&b->recs, EYAS_BLOB_STRING, 1, "/etc/nothing");
}

static void make_open_close(struct bench *b, unsigned int round)
{
	open_one(b, FIRST_PID + round % 1000, 3);
	eyas_rec_sys(&b->recs, SYS_close, 0, 3);
}

static void make_creds(struct bench *b, unsigned int round)
{
	struct eyas_creds_change *c;

	eyas_rec_by(&b->recs, FIRST_PID + round % 1000);
	c = eyas_rec_other(&b->recs, EYAS_REC_CREDS, sizeof(*c));
	c->after.uid = c->after.euid = round;
}

static void make_life(struct bench *b, unsigned int round)
{
	uint32_t pid = FIRST_PID + 1000 + round;

	fork_one(b, FIRST_PID, pid);
	exec(b, pid, FIRST_PID);
	end(b, pid);
}

/* ---- memory ---- */

static unsigned long resident_kib(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	malloc_trim(0);
	if (!f || fscanf(f, "%*u %lu", &pages) != 1)
		die("cannot read /proc/self/statm");
	fclose(f);
	return pages * (unsigned long)sysconf(_SC_PAGESIZE) / 1024;
}

static unsigned long number(const char *text)
{
	unsigned long n = strtoul(text, NULL, 10);

	if (!n || n > 100000000UL)
		die("a number of processes is wanted");
	return n;
}

static void live(unsigned long n)
{
	unsigned long before;
	struct bench b;

	start(&b);
	/* What records are made in is no part of it. */
	memset(b.recs.data, 1, 64U << 10);
	before = resident_kib();
	for (unsigned long i = 0; i < n; i++) {
		fork_one(&b, 1, pid_of(i));
		exec(&b, pid_of(i), 1);
		for (int fd = 0; fd < FDS; fd++)
			open_one(&b, pid_of(i), fd);
		take_in(&b);
	}
	printf("live %lu %lu\n", n, resident_kib() - before);
	stop(&b);
}

static void churn(unsigned long n)
{
	unsigned long early = 0;
	struct eyas_enrich_stats st;
	struct bench b;

	start(&b);
	for (unsigned long i = 0; i < n; i++) {
		fork_one(&b, 1, pid_of(i));
		exec(&b, pid_of(i), 1);
		open_one(&b, pid_of(i), 3);
		end(&b, pid_of(i));
		take_in(&b);
		if (i == n / 10)
			early = resident_kib();
	}
	eyas_enrich_stats(b.en, &st);
	printf("churn %lu %lu %lu live %llu dead %llu\n", n, early, resident_kib(),
	       (unsigned long long)st.live, (unsigned long long)st.dead);
	stop(&b);
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "cost")) {
		measure("plain", 1, make_plain);
		measure("openat-enoent", 1, make_failed);
		measure("openat+close", 2, make_open_close);
		measure("creds", 1, make_creds);
		measure("fork+exec+exit", 3, make_life);
	} else if (argc == 3 && !strcmp(argv[1], "live")) {
		live(number(argv[2]));
	} else if (argc == 3 && !strcmp(argv[1], "churn")) {
		churn(number(argv[2]));
	} else {
		die("usage: enrich cost | live N | churn N");
	}
	return 0;
}
