// SPDX-License-Identifier: Apache-2.0
/*
 * What an event costs: a day of a busy host, made up in memory, through the
 * stages up to the rules. Run by rules.sh under callgrind, which counts.
 *
 *	rules [-n COPIES] [-a] [-r ROUNDS] STAGE [RULES-FILE...]
 *
 * STAGE is parse, state or rules. -n loads the files that often, each time with
 * other rule names; -a lets all rules match, not the first.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <netinet/in.h>
#include <valgrind/callgrind.h>
#include "base/util.h"
#include "enrich/enrich.h"
#include "loadcopies.h"
#include "records.h"

enum stage { STAGE_PARSE, STAGE_STATE, STAGE_RULES };

static const char *const paths[] = {
	"/usr/lib/x86_64-linux-gnu/libc.so.6", "/etc/ld.so.cache", "/usr/lib/locale/locale-archive",
	"/lib/x86_64-linux-gnu/libselinux.so.1", "/proc/filesystems", "/usr/share/zoneinfo/UTC",
	"/home/builder/src/project/lib/parser/tokens.c", "/usr/include/x86_64-linux-gnu/sys.h",
	"/usr/lib/gcc/x86_64-linux-gnu/12/include/stddef.h", "/home/builder/src/project/Makefile",
	"/var/www/html/assets/style.css", "/var/log/nginx/access.log", "/proc/self/maps",
	"/sys/fs/cgroup/system.slice/nginx.service/cgroup.procs", "/dev/null", "/tmp/ccX8aQpz.s",
	"/usr/share/locale/en_US/LC_MESSAGES/coreutils.mo", "/etc/nsswitch.conf", "/etc/hosts",
	"/home/builder/src/project/.git/objects/3f/9a1c02be77", "/etc/resolv.conf",
	"/home/builder/src/project/.git/refs/heads/main", "/usr/bin/gcc", "/usr/lib/git-core/git",
};

/* Strings of arguments, and their bytes with the last NUL. */
#define ARGS(strings)	strings, sizeof(strings)
static const struct { const char *comm, *exe, *args; size_t len; } programs[] = {
	{ "cc1", "/usr/lib/gcc/x86_64-linux-gnu/12/cc1",
	  ARGS("-quiet\0-I\0include\0parser/tokens.c\0-O2") },
	{ "as", "/usr/bin/x86_64-linux-gnu-as", ARGS("--64\0-o\0/tmp/ccK2.o\0/tmp/ccX8aQpz.s") },
	{ "git", "/usr/bin/git", ARGS("status\0--porcelain") },
	{ "find", "/usr/bin/find", ARGS(".\0-name\0*.c\0-newer\0stamp") },
	{ "tar", "/usr/bin/tar", ARGS("czf\0/tmp/backup.tar.gz\0src") },
	{ "sort", "/usr/bin/sort", ARGS("-u\0/tmp/words") },
	{ "ls", "/usr/bin/ls", ARGS("-l\0/home/builder") },
	{ "dd", "/usr/bin/dd", ARGS("if=/dev/zero\0of=/tmp/blob\0bs=4k") },
	{ "sh", "/usr/bin/dash", ARGS("-c\0test -f config.h") },
};

static const char env[] = "PATH=/usr/local/bin:/usr/bin:/bin\0HOME=/home/builder\0LANG=C.UTF-8\0"
			  "USER=builder\0SHELL=/bin/bash\0TERM=xterm-256color\0"
			  "PWD=/home/builder/src";

#define PICK(b, a)	((a)[(b)->roll++ % (sizeof(a) / sizeof((a)[0]))])

/* A stream of events of one kind, or of all. */
struct stream {
	const char *name;
	struct eyas_recs recs;
	unsigned int roll;
	uint32_t next_pid;
	size_t len;
};

/* ---- records ---- */

static void file(struct stream *s, uint32_t mode, const char *path)
{
	struct eyas_file *f = eyas_rec_file(&s->recs, EYAS_BLOB_FILE, mode);

	f->ino = 1234 + s->roll;
	f->dev_major = 8;
	eyas_rec_text(&s->recs, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, path);
}

static void open_at(struct stream *s, const char *path, int64_t ret, uint64_t flags)
{
	eyas_rec_sys(&s->recs, SYS_openat, ret, (uint64_t)AT_FDCWD, 0x7ffe0010, flags);
	eyas_rec_text(&s->recs, EYAS_BLOB_STRING, 1, path);
	if (ret >= 0)
		file(s, S_IFREG | 0644, path);
}

static void open_ok(struct stream *s)
{
	open_at(s, PICK(s, paths), 3, O_RDONLY | O_CLOEXEC);
}

static void open_missing(struct stream *s)
{
	open_at(s, PICK(s, paths), -ENOENT, O_RDONLY | O_CLOEXEC);
}

static void open_write(struct stream *s)
{
	open_at(s, PICK(s, paths), 4, O_WRONLY | O_CREAT | O_TRUNC);
}

static void open_relative(struct stream *s)
{
	eyas_rec_sys(&s->recs, SYS_openat, 3, (uint64_t)AT_FDCWD, 0x7ffe0010, O_RDONLY);
	eyas_rec_text(&s->recs, EYAS_BLOB_STRING, 1, "include/tokens.h");
	file(s, S_IFREG | 0644, "/home/builder/src/include/tokens.h");
}

static void plain(struct stream *s)
{
	static const int calls[] = { SYS_close, SYS_read, SYS_write, SYS_mmap, SYS_fstat, SYS_lseek,
				     SYS_brk, SYS_getdents64, SYS_munmap, SYS_rt_sigaction };

	eyas_rec_sys(&s->recs, PICK(s, calls), 0, 3, 0x7f0010, 4096);
}

static void stat_at(struct stream *s)
{
	eyas_rec_sys(&s->recs, SYS_newfstatat, 0, (uint64_t)AT_FDCWD, 0x7f0010, 0x7f0020);
	eyas_rec_text(&s->recs, EYAS_BLOB_STRING, 1, PICK(s, paths));
}

static void add_socket(struct stream *s, uint32_t lport, uint32_t rport)
{
	struct eyas_socket sock = {
		.ino = 9999, .family = AF_INET, .type = SOCK_STREAM, .protocol = IPPROTO_TCP,
		.state = 1, .lport = lport, .rport = rport, .laddr = { 10, 0, 0, 5 },
		.raddr = { 10, 0, 0, 77 },
	};

	eyas_rec_blob(&s->recs, EYAS_BLOB_SOCKET, 0, &sock, sizeof(sock));
}

static void add_address(struct stream *s, uint8_t arg, uint16_t port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = htons(port),
				   .sin_addr.s_addr = htonl(0x0a00004d) };

	eyas_rec_blob(&s->recs, EYAS_BLOB_SOCKADDR, arg, &sin, sizeof(sin));
}

static void connect_to(struct stream *s)
{
	eyas_rec_sys(&s->recs, SYS_connect, 0, 5, 0x7f0010, 16);
	add_address(s, 1, 443);
	add_socket(s, 40000 + s->roll++ % 1000, 443);
}

static void accept_one(struct stream *s)
{
	eyas_rec_sys(&s->recs, SYS_accept4, 7, 6, 0, 0, SOCK_CLOEXEC);
	add_socket(s, 80, 50000 + s->roll++ % 1000);
}

static void send_some(struct stream *s)
{
	eyas_rec_sys(&s->recs, SYS_sendto, 512, 7, 0x7f0010, 512);
	add_socket(s, 80, 50000 + s->roll++ % 1000);
}

static void receive_some(struct stream *s)
{
	eyas_rec_sys(&s->recs, SYS_recvfrom, 512, 7, 0x7f0010, 4096);
	add_socket(s, 80, 50000 + s->roll++ % 1000);
}

static void unlink_at(struct stream *s)
{
	eyas_rec_sys(&s->recs, SYS_unlinkat, 0, (uint64_t)AT_FDCWD, 0x7f0010, 0);
	eyas_rec_text(&s->recs, EYAS_BLOB_STRING, 1, PICK(s, paths));
}

static void task_of(struct eyas_task *t, uint32_t ppid)
{
	t->ppid = ppid;
	t->uid = t->euid = t->suid = 1000;
	t->gid = t->egid = t->sgid = 1000;
	t->cgroup = 77;
}

static void exec(struct stream *s, uint32_t ppid, size_t which)
{
	char argv[128];
	size_t n = strlen(programs[which].comm) + 1;

	task_of(eyas_rec_exec(&s->recs, programs[which].comm), ppid);
	memcpy(argv, programs[which].comm, n);
	memcpy(argv + n, programs[which].args, programs[which].len);
	eyas_rec_file(&s->recs, EYAS_BLOB_EXE_FILE, S_IFREG | 0755);
	eyas_rec_text(&s->recs, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, programs[which].exe);
	eyas_rec_text(&s->recs, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, programs[which].exe);
	eyas_rec_blob(&s->recs, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, argv,
		      n + programs[which].len);
	eyas_rec_blob(&s->recs, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, env, sizeof(env));
	eyas_rec_text(&s->recs, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/home/builder/src");
}

/* fork, exec and exit of one; @during is what it does. */
static void spawn(struct stream *s, void (*during)(struct stream *s))
{
	uint32_t parent = s->recs.pid, pid = s->next_pid++;

	task_of(&eyas_rec_fork(&s->recs, pid, "sh")->task, parent);
	eyas_rec_by(&s->recs, pid);
	exec(s, parent, s->roll++ % EYAS_ARRAY_LEN(programs));
	if (during)
		during(s);
	eyas_rec_exit(&s->recs, 0);
	eyas_rec_by(&s->recs, parent);
}

static void spawn_only(struct stream *s)
{
	spawn(s, NULL);
}

/* ---- the mix: a build, tree walks, a web server ---- */

static void times(struct stream *s, unsigned int n, void (*fn)(struct stream *s))
{
	while (n--)
		fn(s);
}

static void work(struct stream *s)
{
	for (int i = 0; i < 8; i++) {
		open_ok(s);
		times(s, 5, plain);
	}
	times(s, 4, open_missing);
	times(s, 4, stat_at);
	open_relative(s);
	times(s, 3, plain);
	open_write(s);
	times(s, 12, plain);
}

static void serve(struct stream *s)
{
	accept_one(s);
	receive_some(s);
	open_ok(s);
	times(s, 4, plain);
	send_some(s);
	plain(s);
}

static void mix(struct stream *s)
{
	spawn(s, work);
	times(s, 3, serve);
	times(s, 30, plain);
	connect_to(s);
	unlink_at(s);
}

/* ---- running ---- */

struct bench {
	enum stage stage;
	unsigned int rounds;
	struct eyas_enrich *en;
	struct eyas_ruleset *rs;
	struct eyas_arena arena;
	uint64_t events, matches;
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "rules: %s: %s\n", what, why);
	exit(1);
}

static int matched(const struct eyas_rule *rule, void *arg)
{
	(void)rule, (void)arg;
	return 0;
}

static void one_event(struct bench *b, const struct eyas_record *rec)
{
	struct eyas_field_ctx ctx;
	struct eyas_event ev;
	struct eyas_err err;
	int r;

	if (eyas_event_parse(&ev, eyas_bytes_of(rec, rec->len), &err))
		die("parse", err.msg);
	ev.num = ++b->events;
	ev.time = ev.mono;
	if (b->stage == STAGE_PARSE)
		return;
	if (eyas_enrich_update(b->en, &ev))
		die("state", "failed");
	if (b->stage == STAGE_STATE)
		return;
	if (!eyas_ruleset_sees(b->rs, &ev))
		return;
	eyas_arena_reset(&b->arena);
	eyas_field_ctx_init(&ctx, &ev, b->en, &b->arena, "host");
	r = eyas_ruleset_match(b->rs, &ctx, matched, NULL);
	if (r < 0)
		die("match", strerror(-r));
	b->matches += (uint64_t)r;
}

static void run(struct bench *b, struct stream *s)
{
	for (size_t off = 0; off < s->recs.len;) {
		const struct eyas_record *rec = (const void *)(s->recs.data + off);

		one_event(b, rec);
		off += rec->len;
	}
}

static void measure(struct bench *b, const char *name, void (*fn)(struct stream *s))
{
	struct stream s = { .name = name, .next_pid = 5000 };
	uint64_t before;
	char text[96];

	eyas_rec_by(&s.recs, 700);
	exec(&s, 1, 8);
	eyas_rec_by(&s.recs, 701);
	exec(&s, 700, 0);
	while (s.recs.len < EYAS_RECS_SIZE - (64U << 10))
		fn(&s);
	run(b, &s);
	before = b->events;
	b->matches = 0;
	CALLGRIND_ZERO_STATS;
	CALLGRIND_START_INSTRUMENTATION;
	for (unsigned int i = 0; i < b->rounds; i++)
		run(b, &s);
	snprintf(text, sizeof(text), "%s %llu %llu", name, (unsigned long long)(b->events - before),
		 (unsigned long long)b->matches);
	CALLGRIND_STOP_INSTRUMENTATION;
	CALLGRIND_DUMP_STATS_AT(text);
	printf("%s\n", text);
	eyas_recs_release(&s.recs);
}

int main(int argc, char **argv)
{
	static const char *const stages[] = { "parse", "state", "rules" };
	struct bench b = { .rounds = 1 };
	unsigned int copies = 1;
	struct eyas_err err;
	bool all = false;
	int opt;

	while ((opt = getopt(argc, argv, "n:ar:")) != -1) {
		if (opt == 'n')
			copies = (unsigned int)strtoul(optarg, NULL, 10);
		else if (opt == 'r')
			b.rounds = (unsigned int)strtoul(optarg, NULL, 10);
		else if (opt == 'a')
			all = true;
		else
			return 2;
	}
	if (optind == argc)
		die("usage", "rules [-n COPIES] [-a] [-r ROUNDS] STAGE [FILE...]");
	while (strcmp(argv[optind], stages[b.stage]) != 0)
		if (++b.stage > STAGE_RULES)
			die(argv[optind], "unknown stage");
	load_copies(&b.rs, argv + optind + 1, (unsigned int)(argc - optind - 1), copies, all);
	if (eyas_enrich_create(&b.en, "", &err))
		die("state", err.msg);
	measure(&b, "mix", mix);
	measure(&b, "plain", plain);
	measure(&b, "openat", open_ok);
	measure(&b, "openat-enoent", open_missing);
	measure(&b, "openat-write", open_write);
	measure(&b, "openat-relative", open_relative);
	measure(&b, "stat", stat_at);
	measure(&b, "connect", connect_to);
	measure(&b, "accept4", accept_one);
	measure(&b, "sendto", send_some);
	measure(&b, "recvfrom", receive_some);
	measure(&b, "unlinkat", unlink_at);
	measure(&b, "fork+exec+exit", spawn_only);
	eyas_enrich_free(b.en);
	eyas_ruleset_free(b.rs);
	eyas_arena_release(&b.arena);
	return 0;
}
