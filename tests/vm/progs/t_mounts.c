// SPDX-License-Identifier: Apache-2.0
/*
 * Mounts and what is on them: each way to change what a name leads to, layers of an
 * overlay, namespaces, files that have gone, modules and other images for the kernel.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/mount.h>
#include "recs.h"

#define D	"/tmp/mounts"

static struct recs rs;
static struct raw r;

/* What the actor saw, for its parent. */
static struct log {
	struct stat st[16];
	long ns[4];
	int fd[4];
} *log;

static const struct eyas_record *run(void (*fn)(void *), void *arg)
{
	recs_take(&rs, &r, 0);
	recs_take(&rs, &r, raw_child(1, fn, arg, true));
	return NULL;
}

static long ns_of(const char *name)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/thread-self/ns/%s", name);
	CHECK(!stat(path, &st));
	return st.st_ino;
}

static const struct eyas_file *file_is(const struct eyas_record *rec, uint8_t arg, const char *path,
				       const struct stat *st)
{
	const struct eyas_file *f = recs_blob(rec, EYAS_BLOB_FILE, arg);

	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, arg, path);
	CHECK(f && f->ino == st->st_ino && f->mode == st->st_mode, "%s: file", path);
	CHECK(f->dev_major == major(st->st_dev) && f->dev_minor == minor(st->st_dev), "%s: device",
	      path);
	return f;
}

static void own_mounts(void)
{
	CHECK(!unshare(CLONE_NEWNS) && !mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL));
}

/* ---- mount, umount ---- */

static void mounts(void *arg)
{
	(void)arg;
	own_mounts();
	CHECK(!stat(D "/a", &log->st[0]));
	CHECK(!mount("what", D "/a", "tmpfs", MS_NOEXEC | MS_NODEV, "size=64k"));
	CHECK(!stat(D "/a", &log->st[1]));
	CHECK(!mount(NULL, D "/x/../a", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	CHECK(!mount(D "/a", D "/b", NULL, MS_MOVE, NULL));
	CHECK(mount("none", D "/a", "nosuchfs", 0, NULL) < 0 && errno == ENODEV);
	CHECK(!umount2(D "/link", UMOUNT_NOFOLLOW | MNT_DETACH) || errno == EINVAL);
	CHECK(!umount2(D "/link", MNT_FORCE));
}

static void test_mount(void)
{
	const struct eyas_record *rec;

	run(mounts, NULL);
	/* The first one is that of "/". */
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_MOUNT, SYS_mount, 1);
	CHECK(rec && recs_value(rec, 0) == (MS_NOEXEC | MS_NODEV));
	file_is(rec, EYAS_ROLE_TARGET, D "/a", &log->st[0]);
	RECS_TEXT(rec, EYAS_BLOB_STRING, EYAS_ROLE_OBJECT, "what");
	RECS_TEXT(rec, EYAS_BLOB_STRING, EYAS_ROLE_TYPE, "tmpfs");
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_MOUNT, SYS_mount, 2);
	CHECK(rec && recs_value(rec, 0) == (MS_REMOUNT | MS_RDONLY));
	file_is(rec, EYAS_ROLE_TARGET, D "/a", &log->st[1]);
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_MOUNT, SYS_mount, 3);
	CHECK(rec && recs_value(rec, 0) == MS_MOVE);
	RECS_TEXT(rec, EYAS_BLOB_STRING, EYAS_ROLE_OBJECT, D "/a");
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_ROLE_TARGET, D "/b");
	/* What fails was tried. */
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_MOUNT, SYS_mount, 4);
	CHECK(rec && !recs_anchor_nth(&rs, EYAS_ANCHOR_MOUNT, SYS_mount, 5));
	RECS_TEXT(rec, EYAS_BLOB_STRING, EYAS_ROLE_TYPE, "nosuchfs");
	rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_mount, 4);
	CHECK(rec && recs_ret(rec) == -ENODEV);
	rec = recs_anchor(&rs, EYAS_ANCHOR_UMOUNT, SYS_umount2);
	CHECK(recs_value(rec, 0) == MNT_FORCE);
	file_is(rec, EYAS_ROLE_OBJECT, D "/b", &log->st[1]);
}

/* ---- move_mount, pivot_root ---- */

static void moves(void *arg)
{
	int tree, fs, mnt;

	(void)arg;
	own_mounts();
	CHECK(!stat(D "/a", &log->st[0]) && !stat(D "/b", &log->st[1]));
	tree = syscall(SYS_open_tree, AT_FDCWD, D "/a", OPEN_TREE_CLONE);
	CHECK(tree >= 0 && !syscall(SYS_move_mount, tree, "", AT_FDCWD, D "/x/../b",
				    MOVE_MOUNT_F_EMPTY_PATH), "%s", strerror(errno));
	fs = syscall(SYS_fsopen, "tmpfs", 0);
	CHECK(fs >= 0 && !syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	mnt = syscall(SYS_fsmount, fs, 0, 0);
	CHECK(mnt >= 0 && !fstat(mnt, &log->st[2]));
	CHECK(!syscall(SYS_move_mount, mnt, "", AT_FDCWD, D "/a", MOVE_MOUNT_F_EMPTY_PATH));
}

static void test_move(void)
{
	const struct eyas_record *rec;
	const struct eyas_file *f;

	run(moves, NULL);
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_MOVE_MOUNT, SYS_move_mount, 0);
	CHECK(rec);
	/* A tree that is mounted nowhere has no other name than its root's. */
	file_is(rec, EYAS_ROLE_OBJECT, "/", &log->st[0]);
	file_is(rec, EYAS_ROLE_TARGET, D "/b", &log->st[1]);
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_MOVE_MOUNT, SYS_move_mount, 1);
	CHECK(rec);
	file_is(rec, EYAS_ROLE_OBJECT, "/", &log->st[2]);
	f = file_is(rec, EYAS_ROLE_TARGET, D "/a", &log->st[0]);
	CHECK(f->ns_mnt && f->ns_mnt != (uint32_t)ns_of("mnt"));
}

static void pivots(void *arg)
{
	(void)arg;
	own_mounts();
	/* The root of an initramfs cannot be swapped, so another one is put on it. */
	CHECK(!mount("root", D "/a", "tmpfs", 0, NULL) && !chdir(D "/a"));
	CHECK(!mount(".", "/", NULL, MS_MOVE, NULL) && !chroot("."));
	CHECK(!mkdir("/new", 0755) && !mount("new", "/new", "tmpfs", 0, NULL));
	CHECK(!mkdir("/new/old", 0711) && !chdir("/new"));
	CHECK(!stat("/new", &log->st[0]) && !stat("/new/old", &log->st[1]));
	CHECK(!syscall(SYS_pivot_root, ".", "old"), "%s", strerror(errno));
	CHECK(!stat("/", &log->st[2]) && log->st[2].st_ino == log->st[0].st_ino);
}

static void test_pivot(void)
{
	const struct eyas_record *rec;

	run(pivots, NULL);
	rec = recs_anchor(&rs, EYAS_ANCHOR_PIVOT_ROOT, SYS_pivot_root);
	file_is(rec, EYAS_ROLE_OBJECT, "/new/old", &log->st[1]);
	file_is(rec, EYAS_ROLE_TARGET, "/new", &log->st[0]);
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_pivot_root);
	RECS_TEXT(rec, EYAS_BLOB_STRING, 0, ".");
	RECS_TEXT(rec, EYAS_BLOB_STRING, 1, "old");
}

/* ---- namespaces ---- */

static void namespaces(void *arg)
{
	int own = open("/proc/self/ns/mnt", O_RDONLY), pid;

	(void)arg;
	CHECK(own >= 0 && open(D "/file", O_RDONLY) >= 0);
	log->ns[0] = ns_of("mnt");
	CHECK(!unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP |
		       CLONE_NEWPID));
	log->ns[1] = ns_of("mnt"), log->ns[2] = ns_of("net");
	/* It has no name before it has a first process. */
	pid = fork();
	if (!pid)
		pause();
	log->ns[3] = ns_of("pid_for_children");
	CHECK(!kill(pid, SIGKILL) && waitpid(pid, NULL, 0) == pid);
	CHECK(open(D "/file", O_RDONLY) >= 0);
	CHECK(!setns(own, CLONE_NEWNS) && ns_of("mnt") == log->ns[0]);
	CHECK(open(D "/file", O_RDONLY) >= 0);
}

static void test_namespaces(void)
{
	const struct eyas_record *rec;
	const struct eyas_ns *ns;
	unsigned int i, k = 0;

	run(namespaces, NULL);
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_unshare);
	ns = recs_blob(rec, EYAS_BLOB_NS, EYAS_BLOB_NO_ARG);
	CHECK(ns && ns->mnt == (uint32_t)log->ns[1] && ns->net == (uint32_t)log->ns[2] &&
	      ns->pid == (uint32_t)ns_of("pid") && ns->pid_children == (uint32_t)log->ns[3] &&
	      ns->user == (uint32_t)ns_of("user") && ns->uts != (uint32_t)ns_of("uts") &&
	      ns->ipc != (uint32_t)ns_of("ipc") && ns->cgroup != (uint32_t)ns_of("cgroup") &&
	      ns->time == (uint32_t)ns_of("time"));
	CHECK(ns->pid_children != ns->pid);
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_setns);
	ns = recs_blob(rec, EYAS_BLOB_NS, EYAS_BLOB_NO_ARG);
	CHECK(ns && ns->mnt == (uint32_t)log->ns[0] && ns->net == (uint32_t)log->ns[2]);
	/* Of each file, whose names its path is one of. */
	for (i = 0; i < rs.n; i++) {
		static const int want[] = { 0, 1, 0 };

		if (rs.rec[i]->type != EYAS_REC_SYS_EXIT || rs.rec[i]->nr != SYS_openat ||
		    !recs_text(rs.rec[i], EYAS_BLOB_STRING, 1, D "/file"))
			continue;
		CHECK(k < 3 && ((const struct eyas_file *)recs_blob(rs.rec[i], EYAS_BLOB_FILE,
		      EYAS_BLOB_NO_ARG))->ns_mnt == (uint32_t)log->ns[want[k]], "open %u", k);
		k++;
	}
	CHECK(k == 3);
}

/* ---- layers ---- */

static void layers(void *arg)
{
	(void)arg;
	own_mounts();
	CHECK(!mount("ov", D "/ov", "overlay", 0,
		     "lowerdir=" D "/low,upperdir=" D "/up/u,workdir=" D "/up/w"), "%s", strerror(errno));
	CHECK(open(D "/ov/one", O_RDONLY) >= 0);
	CHECK(open(D "/ov/one", O_RDWR) >= 0);		/* copied to the upper layer for that */
	CHECK(open(D "/ov/one", O_RDONLY) >= 0);
	CHECK(open(D "/ov/two", O_CREAT | O_RDWR, 0600) >= 0);
	CHECK(open(D "/file", O_RDONLY) >= 0);
	CHECK(!stat(D "/ov/one", &log->st[0]));
}

static void test_layers(void)
{
	static const struct {
		const char *path;
		uint32_t flags;
	} want[] = {
		{ D "/ov/one", EYAS_FILE_F_LOWER },
		{ D "/ov/one", EYAS_FILE_F_UPPER },
		{ D "/ov/one", EYAS_FILE_F_UPPER },
		{ D "/ov/two", EYAS_FILE_F_UPPER | EYAS_FILE_F_CREATED },
		{ D "/file", 0 },
	};
	unsigned int i, k = 0;

	run(layers, NULL);
	for (i = 0; i < rs.n; i++) {
		const struct eyas_file *f;

		if (rs.rec[i]->type != EYAS_REC_SYS_EXIT || rs.rec[i]->nr != SYS_openat ||
		    strncmp(recs_blob(rs.rec[i], EYAS_BLOB_STRING, 1), D, strlen(D)))
			continue;
		CHECK(k < 5);
		RECS_TEXT(rs.rec[i], EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, want[k].path);
		f = recs_blob(rs.rec[i], EYAS_BLOB_FILE, EYAS_BLOB_NO_ARG);
		CHECK(f && f->flags == want[k].flags, "open %u: flags %x, not %x", k, f->flags,
		      want[k].flags);
		k++;
	}
	CHECK(k == 5, "%u", k);
}

/* ---- files that have gone ---- */

static void gone(void *arg)
{
	char c;

	(void)arg;
	log->fd[0] = open(D "/gone", O_CREAT | O_RDWR, 0600);
	CHECK(!unlink(D "/gone") && pread(log->fd[0], &c, 1, 0) == 0);
	log->fd[1] = open(D "/not gone (deleted)", O_CREAT | O_RDWR, 0600);
	CHECK(pread(log->fd[1], &c, 1, 1) == 0);
	log->fd[2] = memfd_create("hidden (deleted)", 0);
	CHECK(pread(log->fd[2], &c, 1, 2) == 0);
	log->fd[3] = open(D, O_TMPFILE | O_RDWR, 0600);
	CHECK(log->fd[3] >= 0 && pread(log->fd[3], &c, 1, 3) == 0);
}

static void test_gone(void)
{
	static const struct {
		const char *path;
		uint32_t flags;
	} want[] = {
		{ D "/gone", EYAS_FILE_F_DELETED | EYAS_FILE_F_CREATED },
		{ D "/not gone (deleted)", EYAS_FILE_F_CREATED },
		{ "/memfd:hidden (deleted)", EYAS_FILE_F_MEMFD },
	};
	const struct eyas_record *rec;
	const struct eyas_file *f;
	unsigned int i;

	run(gone, NULL);
	for (i = 0; i < 4; i++) {
		rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_pread64, i);
		CHECK(rec && ((const struct eyas_sys_exit *)(rec + 1))->args[0] == (uint64_t)log->fd[i]);
		f = recs_blob(rec, EYAS_BLOB_FILE, 0);
		CHECK(f);
		if (i == 3) {
			/* Never had a name: "/tmp/mounts/#4711". */
			CHECK((f->flags & EYAS_FILE_F_DELETED) && !f->nlink &&
			      !memcmp(recs_blob(rec, EYAS_BLOB_FILE_PATH, 0), D "/#", strlen(D "/#")));
			continue;
		}
		RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, 0, want[i].path);
		CHECK(f->flags == want[i].flags, "%s: flags %x", want[i].path, f->flags);
	}
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_memfd_create);
	RECS_TEXT(rec, EYAS_BLOB_STRING, 0, "hidden (deleted)");
	f = recs_blob(rec, EYAS_BLOB_FILE, EYAS_BLOB_NO_ARG);
	CHECK(f && (f->flags & EYAS_FILE_F_MEMFD) && recs_ret(rec) == log->fd[2]);
}

/* ---- images for the kernel ---- */

static char module[256];

static void images(void *arg)
{
	static char bogus[128] = "as long as the header of a module, but none";
	int fd = open(D "/bogus", O_CREAT | O_RDWR, 0600);

	(void)arg;
	CHECK(write(fd, bogus, sizeof(bogus)) == sizeof(bogus) && !fsync(fd));
	/* Not while somebody may write it. */
	close(fd);
	fd = open(D "/bogus", O_RDONLY);
	CHECK(syscall(SYS_finit_module, fd, "bogus=1", 0) < 0 && errno == ENOEXEC, "%s",
	      strerror(errno));
	CHECK(syscall(SYS_init_module, bogus, sizeof(bogus), "bogus=2") < 0 && errno == ENOEXEC);
	CHECK(syscall(SYS_kexec_file_load, fd, fd, 1UL, "", 0UL) < 0);
	log->fd[0] = open(module, O_RDONLY);
	CHECK(log->fd[0] >= 0 && !fstat(log->fd[0], &log->st[0]) && !fstat(fd, &log->st[1]));
	CHECK(!syscall(SYS_finit_module, log->fd[0], "numdummies=0", 0), "%s", strerror(errno));
	CHECK(!syscall(SYS_delete_module, "dummy", O_NONBLOCK));
}

static void test_images(void)
{
	const struct eyas_record *rec;
	struct utsname u;

	CHECK(!uname(&u));
	snprintf(module, sizeof(module), "/usr/lib/modules/%s/dummy.ko", u.release);
	run(images, NULL);
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_KERNEL_READ, SYS_finit_module, 0);
	CHECK(rec && recs_value(rec, 0) == 2);
	file_is(rec, 0, D "/bogus", &log->st[1]);
	rec = recs_anchor(&rs, EYAS_ANCHOR_KERNEL_LOAD, SYS_init_module);
	CHECK(recs_value(rec, 0) == 2);
	if (syscall(SYS_kexec_file_load, -1, -1, 1UL, "", 0UL) < 0 && errno == ENOSYS) {
		printf("SKIP: this kernel has no kexec_file_load\n");
	} else {
		rec = recs_anchor_nth(&rs, EYAS_ANCHOR_KERNEL_READ, SYS_kexec_file_load, 0);
		CHECK(rec && recs_value(rec, 0) == 3);
		file_is(rec, 0, D "/bogus", &log->st[1]);
	}
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_KERNEL_READ, SYS_finit_module, 1);
	CHECK(rec && !recs_anchor_nth(&rs, EYAS_ANCHOR_KERNEL_READ, SYS_finit_module, 2));
	file_is(rec, 0, module, &log->st[0]);
	rec = recs_nth(&rs, EYAS_REC_SYS_EXIT, SYS_finit_module, 1);
	CHECK(rec && !recs_ret(rec));
	file_is(rec, 0, module, &log->st[0]);
	RECS_TEXT(rec, EYAS_BLOB_STRING, 1, "numdummies=0");
	rec = recs_only(&rs, EYAS_REC_SYS_EXIT, SYS_delete_module);
	RECS_TEXT(rec, EYAS_BLOB_STRING, 0, "dummy");
}

/* ---- names ---- */

static void names(void *arg)
{
	dev_t dev = makedev(0x123, 0x45678);
	int dir = open(D "/a", O_PATH | O_DIRECTORY);

	(void)arg;
	CHECK(!mknodat(dir, "node", S_IFBLK | 0620, dev) && !stat(D "/a/node", &log->st[0]));
	CHECK(log->st[0].st_rdev == dev);
	CHECK(!linkat(AT_FDCWD, D "/link2", dir, "hard", AT_SYMLINK_FOLLOW));
	CHECK(!symlinkat("../anywhere at all", dir, "soft"));
	CHECK(!fchmodat(dir, "hard", 04711, 0) && !fchownat(dir, "soft", 7, -1, AT_SYMLINK_NOFOLLOW));
	CHECK(!syscall(SYS_renameat2, dir, "hard", dir, "node", 2 /* exchange */));
	CHECK(!stat(D "/a/node", &log->st[1]));
}

static void test_names(void)
{
	const struct eyas_record *rec;

	run(names, NULL);
	rec = recs_anchor(&rs, EYAS_ANCHOR_MKNOD, SYS_mknodat);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, 0, D "/a/node");
	CHECK(recs_value(rec, 0) == (S_IFBLK | 0620) && recs_value(rec, 1) == log->st[0].st_rdev,
	      "%lx, %lx", recs_value(rec, 0), recs_value(rec, 1));
	rec = recs_anchor(&rs, EYAS_ANCHOR_LINK, SYS_linkat);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_ROLE_OBJECT, D "/file");
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_ROLE_TARGET, D "/a/hard");
	rec = recs_anchor(&rs, EYAS_ANCHOR_SYMLINK, SYS_symlinkat);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, EYAS_ROLE_OBJECT, D "/a/soft");
	RECS_TEXT(rec, EYAS_BLOB_STRING, EYAS_ROLE_TARGET, "../anywhere at all");
	rec = recs_anchor(&rs, EYAS_ANCHOR_CHMOD, SYS_fchmodat);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, 0, D "/a/hard");
	CHECK((recs_value(rec, 0) & 07777) == 04711);
	rec = recs_anchor(&rs, EYAS_ANCHOR_CHOWN, SYS_fchownat);
	RECS_TEXT(rec, EYAS_BLOB_FILE_PATH, 0, D "/a/soft");
	CHECK(recs_value(rec, 0) == 7 && recs_value(rec, 1) == 0xffffffff);
	/* Both names of an exchange. */
	rec = recs_anchor_nth(&rs, EYAS_ANCHOR_RENAME, SYS_renameat2, 0);
	CHECK(rec);
	file_is(rec, EYAS_ROLE_OBJECT, D "/a/hard", &log->st[1]);
	file_is(rec, EYAS_ROLE_TARGET, D "/a/node", &log->st[0]);
}

int main(void)
{
	struct raw_policy p = { .bulk = 4U << 20, .crit = 8U << 20 };
	uint8_t plan = EYAS_PLAN_RECORD | EYAS_PLAN_OBJECTS | EYAS_PLAN_STRINGS;

	memset(p.plan, plan, sizeof(p.plan));
	p.anchors = (1ULL << EYAS_ANCHOR_MAX) - 1;
	log = mmap(NULL, sizeof(*log), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(log != MAP_FAILED && !mkdir(D, 0755) && !mkdir(D "/a", 0755) && !mkdir(D "/b", 0751));
	CHECK(!mkdir(D "/x", 0755) && !mkdir(D "/low", 0755) && !mkdir(D "/up", 0755));
	CHECK(!mkdir(D "/up/u", 0755) && !mkdir(D "/up/w", 0755) && !mkdir(D "/ov", 0755));
	CHECK(!symlink("b", D "/link") && !symlink("file", D "/link2"));
	close(open(D "/file", O_CREAT | O_RDWR, 0600)), close(open(D "/low/one", O_CREAT | O_RDWR, 0600));
	CHECK(!system("modprobe overlay"));
	CHECK(!raw_open(&r) && !raw_start(&r, &p), "%s", r.sentence);
	test_mount();
	test_move();
	test_pivot();
	test_namespaces();
	test_layers();
	printf("mounts, namespaces, layers: ok\n");
	test_gone();
	test_images();
	test_names();
	printf("files that have gone, images for the kernel, names: ok\n");
	raw_close(&r);
	return 0;
}
