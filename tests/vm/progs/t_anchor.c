// SPDX-License-Identifier: Apache-2.0
/*
 * Anchors: for each operation the object that the kernel decided on, whichever
 * way the program named it; and io_uring, which makes no calls of its own.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#include "raw.h"

#define D	"/tmp/anchors"

static const struct eyas_record *recs[4000];
static unsigned int nrecs;
static struct raw r;

static void collect(int pid)
{
	const struct eyas_record *rec;
	unsigned int i;

	nrecs = 0;
	for (i = 0; i < r.nrings; i++)
		while ((rec = raw_next(&r.rings[i])))
			if ((int)rec->pid == pid && nrecs < 4000)
				recs[nrecs++] = rec;
}

static bool blob_is(const struct eyas_record *rec, uint8_t kind, uint8_t role, const char *text)
{
	const struct eyas_blob *b = raw_blob_of(rec, raw_fixed(rec), kind, role, false);

	return b && b->stored == strlen(text) && !memcmp(b + 1, text, b->stored);
}

/* The one record of an anchor with @path in @role and value[0] @value (-1: any). */
static const struct eyas_record *anchor(uint32_t id, uint8_t role, const char *path, long value)
{
	const struct eyas_record *found = NULL;
	unsigned int i;

	for (i = 0; i < nrecs; i++) {
		const struct eyas_anchor *a = (const void *)(recs[i] + 1);

		if (recs[i]->type != EYAS_REC_ANCHOR || a->anchor != id ||
		    (path && !blob_is(recs[i], EYAS_BLOB_FILE_PATH, role, path)) ||
		    (value != -1 && a->value[0] != (uint64_t)value))
			continue;
		CHECK(!found || !path, "anchor %u: two of %s", id, path);
		found = recs[i];
	}
	CHECK(found, "anchor %u: none of %s, %ld", id, path ? path : "-", value);
	return found;
}

/* ---- files ---- */

static void files(void *arg)
{
	int dir, fd;

	(void)arg;
	CHECK(!mkdir(D "/d", 0751) && !chdir(D "/d"));
	dir = open(D, O_RDONLY | O_DIRECTORY);
	fd = openat(dir, "d/../f", O_CREAT | O_RDWR, 0640);
	CHECK(fd >= 0 && !symlink("../f", "s") && !link("../f", D "/l"));
	CHECK(!chmod("s", 0604) && !chown(D "/./f", 12, 34) && !truncate("../f", 5));
	CHECK(!ftruncate(openat(dir, "t", O_CREAT | O_RDWR, 0600), 3) && !unlink("../t"));
	CHECK(!mknod("fifo", S_IFIFO | 0600, 0));
	CHECK(!setxattr(D "/f", "trusted.eyas", "xyz", 3, 0) && !removexattr(D "/f", "trusted.eyas"));
	CHECK(!rename("../l", "/proc/self/root" D "/m") && !unlinkat(dir, "m", 0));
	CHECK(!unlink("s") && !unlink("fifo") && !rmdir("../d"));
	CHECK(!mkdir(D "/mnt", 0755) && !mount("none", D "/mnt", "tmpfs", MS_NOSUID, NULL));
	CHECK(!mount(D, D "/mnt", NULL, MS_BIND, NULL));
	CHECK(open(D "/mnt/f", O_RDONLY) >= 0);
	CHECK(!umount2(D "/mnt", MNT_DETACH) && !umount2(D "/mnt", MNT_DETACH));
	CHECK(!chroot(D) && open("/f", O_RDONLY) >= 0);
}

static void check_files(void)
{
	const struct eyas_record *rec;
	const struct eyas_blob *b;

	anchor(EYAS_ANCHOR_MKDIR, 0, D "/d", 0751);
	rec = anchor(EYAS_ANCHOR_FILE_OPEN, 0, D "/f", -1);
	CHECK(rec->nr == SYS_openat && rec->abi == RAW_NATIVE);
	rec = anchor(EYAS_ANCHOR_SYMLINK, 0, D "/d/s", -1);
	CHECK(blob_is(rec, EYAS_BLOB_STRING, EYAS_ROLE_TARGET, "../f"));
	rec = anchor(EYAS_ANCHOR_LINK, 0, D "/f", -1);
	CHECK(blob_is(rec, EYAS_BLOB_FILE_PATH, EYAS_ROLE_TARGET, D "/l"));
	rec = anchor(EYAS_ANCHOR_CHMOD, 0, D "/f", -1);
	CHECK((((const struct eyas_anchor *)(rec + 1))->value[0] & 07777) == 0604);
	rec = anchor(EYAS_ANCHOR_CHOWN, 0, D "/f", 12);
	CHECK(((const struct eyas_anchor *)(rec + 1))->value[1] == 34);
	anchor(EYAS_ANCHOR_TRUNCATE, 0, D "/f", -1);
	anchor(EYAS_ANCHOR_TRUNCATE, 0, D "/t", -1);
	anchor(EYAS_ANCHOR_MKNOD, 0, D "/d/fifo", -1);
	rec = anchor(EYAS_ANCHOR_SETXATTR, 0, NULL, 3);
	CHECK(blob_is(rec, EYAS_BLOB_STRING, 0, "trusted.eyas"));
	b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_FILE, 0, false);
	CHECK(b && (((const struct eyas_file *)(b + 1))->flags & EYAS_FILE_F_NO_MOUNT));
	anchor(EYAS_ANCHOR_REMOVEXATTR, 0, NULL, -1);
	rec = anchor(EYAS_ANCHOR_RENAME, 0, D "/l", -1);
	CHECK(blob_is(rec, EYAS_BLOB_FILE_PATH, EYAS_ROLE_TARGET, D "/m"));
	anchor(EYAS_ANCHOR_UNLINK, 0, D "/m", -1);
	anchor(EYAS_ANCHOR_UNLINK, 0, D "/d/s", -1);
	anchor(EYAS_ANCHOR_UNLINK, 0, D "/d/fifo", -1);
	anchor(EYAS_ANCHOR_RMDIR, 0, D "/d", -1);
	rec = anchor(EYAS_ANCHOR_MOUNT, EYAS_ROLE_TARGET, NULL, MS_NOSUID);
	CHECK(blob_is(rec, EYAS_BLOB_STRING, EYAS_ROLE_TYPE, "tmpfs") &&
	      blob_is(rec, EYAS_BLOB_STRING, 0, "none"));
	anchor(EYAS_ANCHOR_MOUNT, EYAS_ROLE_TARGET, NULL, MS_BIND);
	anchor(EYAS_ANCHOR_UMOUNT, 0, NULL, MNT_DETACH);
	/* Seen through the bind mount by that name, in the chroot by its own. */
	anchor(EYAS_ANCHOR_FILE_OPEN, 0, D "/mnt/f", -1);
	anchor(EYAS_ANCHOR_CHROOT, 0, D, -1);
	rec = anchor(EYAS_ANCHOR_FILE_OPEN, 0, "/f", -1);
	b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_FILE, 0, false);
	CHECK(((const struct eyas_file *)(b + 1))->flags & EYAS_FILE_F_CHROOT);
	/* /tmp is a file system of its own here. */
	CHECK(blob_is(rec, EYAS_BLOB_FS_PATH, 0, "/anchors/f"));
}

/* ---- sockets ---- */

static uint16_t port;

static void sockets(void *arg)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int l = socket(AF_INET, SOCK_STREAM, 0), c = socket(AF_INET, SOCK_STREAM, 0), s;

	(void)arg;
	a.sin_port = port;
	CHECK(!bind(l, (void *)&a, sizeof(a)) && !listen(l, 7));
	CHECK(!connect(c, (void *)&a, sizeof(a)));
	s = accept(l, (void *)&a, &len);
	CHECK(s >= 0 && send(c, "hello", 5, 0) == 5);
	c = socket(AF_INET, SOCK_DGRAM, 0);
	a.sin_port = htons(9);
	CHECK(sendto(c, "udp", 3, 0, (void *)&a, sizeof(a)) == 3);
}

static void check_sockets(void)
{
	const struct eyas_record *rec;
	const struct eyas_socket *s;
	const struct sockaddr_in *a;
	unsigned int i;

	rec = anchor(EYAS_ANCHOR_SOCKET_BIND, 0, NULL, -1);
	a = (const void *)(raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_SOCKADDR, 0, false) + 1);
	CHECK(a->sin_port == port && a->sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	anchor(EYAS_ANCHOR_SOCKET_LISTEN, 0, NULL, 7);
	rec = anchor(EYAS_ANCHOR_SOCKET_CONNECT, 0, NULL, -1);
	a = (const void *)(raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_SOCKADDR, 0, false) + 1);
	CHECK(a->sin_port == port && rec->nr == SYS_connect);
	rec = anchor(EYAS_ANCHOR_SOCKET_SENDMSG, 0, NULL, 5);
	s = (const void *)(raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_SOCKET, 0, false) + 1);
	CHECK(s->family == AF_INET && s->type == SOCK_STREAM && s->protocol == IPPROTO_TCP &&
	      s->state == 1 && s->rport == ntohs(port) && s->lport && s->ns_net);
	CHECK(!memcmp(s->raddr, "\x7f\0\0\1", 4) && !memcmp(s->laddr, "\x7f\0\0\1", 4));
	rec = anchor(EYAS_ANCHOR_SOCKET_SENDMSG, 0, NULL, 3);
	a = (const void *)(raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_SOCKADDR, 0, false) + 1);
	CHECK(a->sin_port == htons(9));
	/* accept: the new socket with both ends, from the call itself. */
	for (i = 0; i < nrecs && !(recs[i]->type == EYAS_REC_SYS_EXIT && recs[i]->nr == SYS_accept); i++)
		;
	CHECK(i < nrecs);
	s = (const void *)(raw_blob_of(recs[i], raw_fixed(recs[i]), EYAS_BLOB_SOCKET,
				       EYAS_BLOB_NO_ARG, false) + 1);
	CHECK(s->lport == ntohs(port) && s->rport && s->state == 1);
}

/* ---- tasks, bpf, memory ---- */

static int victim;

static void tasks(void *arg)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8,
				.max_entries = 16 };
	char buf[8] = "written";
	struct iovec l = { buf, 8 }, remote = { arg, 8 };
	void *p;

	CHECK(process_vm_writev(victim, &l, 1, &remote, 1, 0) == 8);
	CHECK(!ptrace(PTRACE_SEIZE, victim, 0, 0));
	CHECK(!kill(victim, SIGURG));
	CHECK(syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr)) >= 0);
	p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(!mprotect(p, 4096, PROT_READ) && !mprotect(p, 4096, PROT_READ | PROT_EXEC));
}

static void check_tasks(void)
{
	const struct eyas_record *rec;
	const struct eyas_target *t;
	const struct eyas_blob *b;
	unsigned int i, n = 0;

	for (i = 0; i < nrecs; i++) {
		const struct eyas_anchor *a = (const void *)(recs[i] + 1);

		if (recs[i]->type != EYAS_REC_ANCHOR || a->anchor != EYAS_ANCHOR_PTRACE)
			continue;
		t = (const void *)(raw_blob_of(recs[i], raw_fixed(recs[i]), EYAS_BLOB_TASK, 0,
					       false) + 1);
		CHECK((int)t->pid == victim);
		n |= recs[i]->nr == SYS_process_vm_writev ? 1 : recs[i]->nr == SYS_ptrace ? 2 : 4;
	}
	CHECK(n == 3, "ptrace anchors: %u", n);
	rec = anchor(EYAS_ANCHOR_KILL, 0, NULL, SIGURG);
	t = (const void *)(raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_TASK, 0, false) + 1);
	CHECK((int)t->pid == victim && t->start_time && !strcmp(t->comm, "t_anchor"));
	rec = anchor(EYAS_ANCHOR_BPF, 0, NULL, BPF_MAP_CREATE);
	b = raw_blob_of(rec, raw_fixed(rec), EYAS_BLOB_BYTES, 0, false);
	CHECK(b && ((const union bpf_attr *)(b + 1))->max_entries == 16);
	anchor(EYAS_ANCHOR_MMAP_EXEC, 0, NULL, PROT_READ | PROT_EXEC);
	anchor(EYAS_ANCHOR_MPROTECT_EXEC, 0, NULL, PROT_READ | PROT_EXEC);
}

/* ---- io_uring ---- */

static void uring(void *arg)
{
	struct io_uring_params p = { 0 };
	int fd = syscall(SYS_io_uring_setup, 4, &p);
	char *sq, *cq;
	struct io_uring_sqe *sqe;
	unsigned int *tail, *array;

	(void)arg;
	CHECK(fd >= 0, "io_uring_setup: %s", strerror(errno));
	sq = mmap(NULL, p.sq_off.array + p.sq_entries * 4, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		  IORING_OFF_SQ_RING);
	sqe = mmap(NULL, p.sq_entries * sizeof(*sqe), PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		   IORING_OFF_SQES);
	cq = mmap(NULL, p.cq_off.cqes + p.cq_entries * 16, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		  IORING_OFF_CQ_RING);
	CHECK(sq != MAP_FAILED && cq != MAP_FAILED && (void *)sqe != MAP_FAILED);
	array = (void *)(sq + p.sq_off.array);
	tail = (void *)(sq + p.sq_off.tail);
	memset(sqe, 0, 2 * sizeof(*sqe));
	sqe[0] = (struct io_uring_sqe){ .opcode = IORING_OP_OPENAT, .fd = AT_FDCWD,
		.addr = (uintptr_t)D "/./f", .open_flags = O_RDONLY, .user_data = 4711 };
	sqe[1] = (struct io_uring_sqe){ .opcode = IORING_OP_UNLINKAT, .fd = AT_FDCWD,
		.addr = (uintptr_t)D "/../anchors/f", .user_data = 4712, .flags = IOSQE_ASYNC };
	array[0] = 0, array[1] = 1;
	__atomic_store_n(tail, 2, __ATOMIC_RELEASE);
	CHECK(syscall(SYS_io_uring_enter, fd, 2, 2, IORING_ENTER_GETEVENTS, NULL, 0) == 2);
	CHECK(access(D "/f", F_OK) < 0);
}

static void check_uring(void)
{
	const struct eyas_record *rec;
	unsigned int i, create = 0, submit = 0, complete = 0;

	rec = anchor(EYAS_ANCHOR_FILE_OPEN, 0, D "/f", -1);
	CHECK(rec->flags & EYAS_REC_F_URING);
	rec = anchor(EYAS_ANCHOR_UNLINK, 0, D "/f", -1);
	CHECK(rec->flags & EYAS_REC_F_URING);
	for (i = 0; i < nrecs; i++) {
		const struct eyas_uring *u = (const void *)(recs[i] + 1);

		if (recs[i]->type != EYAS_REC_URING)
			continue;
		if (u->what == EYAS_URING_CREATE)
			create++;
		else if (u->what == EYAS_URING_SUBMIT)
			submit += u->opcode == (u->user_data == 4711 ? IORING_OP_OPENAT :
						IORING_OP_UNLINKAT) && u->fd == -1;
		else if (u->user_data == 4711 || u->user_data == 4712)
			complete += u->ret >= 0;
	}
	CHECK(create == 1 && submit == 2 && complete == 2, "%u, %u, %u", create, submit, complete);
}

static void part(const char *name, void (*act)(void *), void *arg, void (*check)(void))
{
	collect(-1);
	collect(raw_child(-1, act, arg, true));
	check();
	printf("%s: ok\n", name);
}

int main(void)
{
	struct raw_policy p = { .bulk = 4U << 20, .crit = 4U << 20, .events = EYAS_EVENT_URING };
	static char there[8];

	CHECK(!mkdir(D, 0755));
	port = htons(4000 + getpid() % 1000);
	p.anchors = (1ULL << EYAS_ANCHOR_MAX) - 1;
	p.plan[SYS_accept] = EYAS_PLAN_RECORD | EYAS_PLAN_OBJECTS;
	victim = raw_child(-1, (void (*)(void *))(void *)pause, NULL, false);
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	part("files", files, NULL, check_files);
	part("sockets", sockets, NULL, check_sockets);
	part("tasks", tasks, there, check_tasks);
	part("io_uring", uring, NULL, check_uring);
	kill(victim, SIGKILL);
	raw_close(&r);
	return 0;
}
