// SPDX-License-Identifier: Apache-2.0
/* Calls that take names. */
#include "calls.h"
#include <linux/openat2.h>
#include <linux/stat.h>
#include <sys/mount.h>

#define NAME	"/tmp/calls/file"

/* A file of 5 bytes, and what all that tell of it have in common. */
static void statuses(void)
{
	static char st[512];

	X(BY(SYS_stat, 195), A("file"), A(st));
	line("stat%s(\"file\", {st_mode=S_IFREG|0640, st_size=5, ...})", BY("", "64"));
	X(BY(SYS_lstat, 196), A("link"), A(st));
	line("lstat%s(\"link\", {st_mode=S_IFLNK|0777, st_size=4, ...})", BY("", "64"));
	X(BY(SYS_fstat, 197), P(3), A(st));
	line("fstat%s(3, {st_mode=S_IFREG|0640, st_size=5, ...})", BY("", "64"));
	X(BY(262, 300), P(AT_FDCWD), A("link"), A(st), P(AT_SYMLINK_NOFOLLOW));
	line("%s(AT_FDCWD, \"link\", {st_mode=S_IFLNK|0777, st_size=4, ...}, "
	     "AT_SYMLINK_NOFOLLOW)", BY("newfstatat", "fstatat64"));
	X(BY(SYS_stat, 195), A("nosuch"), A(st));
	line("stat%s(\"nosuch\", %s)", BY("", "64"), ptr(st));
	X(BY(SYS_stat, 195), A("file"), A(edge));
	line("stat%s(\"file\", %s)", BY("", "64"), ptr(edge));
	X(BY(SYS_fstat, 197), P(77), A(st));
	line("fstat%s(77, %s)", BY("", "64"), ptr(st));
	X(SYS_statx, P(AT_FDCWD), A("nosuch"), P(AT_SYMLINK_NOFOLLOW | 0x2000), P(STATX_MODE), A(st));
	line("statx(AT_FDCWD, \"nosuch\", AT_STATX_FORCE_SYNC|AT_SYMLINK_NOFOLLOW, STATX_MODE, %s)",
	     ptr(st));
	X(BY(SYS_statfs, 268), A("nosuch"), BY(A(st), 84), A(st));
	if (IS32)
		line("statfs64(\"nosuch\", 84, %s)", ptr(st));
	else
		line("statfs(\"nosuch\", %s)", ptr(st));
}

static void opening(void)
{
	struct open_how how = { .flags = O_RDONLY, .resolve = RESOLVE_NO_SYMLINKS };

	X(SYS_creat, A("file"), P(0640)), line("creat(\"file\", 0640)");
	X(SYS_write, P(3), A("hello"), 5), line("write(3, \"hello\", 5)");
	X(SYS_open, A("file"), P(O_WRONLY | O_CREAT | O_EXCL), P(0600));
	line("open(\"file\", O_WRONLY|O_CREAT|O_EXCL, 0600)");
	X(SYS_open, A(NAME), P(O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
	line("open(\"" NAME "\", O_RDWR|O_APPEND|O_NOFOLLOW|O_CLOEXEC)");
	X(SYS_close, P(4)), line("close(4)");
	X(SYS_openat, P(AT_FDCWD), A("file"), P(O_RDONLY | O_DIRECTORY));
	line("openat(AT_FDCWD, \"file\", O_RDONLY|O_DIRECTORY)");
	X(SYS_openat, P(99), A("file"), P(O_RDONLY)), line("openat(99, \"file\", O_RDONLY)");
	X(SYS_openat, P(AT_FDCWD), A(edge), P(O_RDONLY));
	line("openat(AT_FDCWD, %s, O_RDONLY)", ptr(edge));
	X(SYS_openat, P(AT_FDCWD), 0, P(O_RDONLY)), line("openat(AT_FDCWD, NULL, O_RDONLY)");
	X(SYS_openat, P(AT_FDCWD), A(""), P(O_RDONLY)), line("openat(AT_FDCWD, \"\", O_RDONLY)");
	/* A name that ends where memory does, and one that has no end. */
	X(SYS_openat, P(AT_FDCWD), A(last("nosuch", 7)), P(O_RDONLY | 0x20000000));
	line("openat(AT_FDCWD, \"nosuch\", O_RDONLY|0x20000000)");
	X(SYS_openat, P(AT_FDCWD), A(last("nosuch", 6)), P(O_RDONLY));
	line("openat(AT_FDCWD, %s, O_RDONLY)", ptr(edge - 6));
	X(SYS_openat2, P(AT_FDCWD), A("file"), A(&how), sizeof(how));
	line("openat2(AT_FDCWD, \"file\", {flags=O_RDONLY, resolve=RESOLVE_NO_SYMLINKS}, 24)");
	X(SYS_close, P(4)), line("close(4)");
	X(SYS_openat2, P(AT_FDCWD), A("file"), A(edge), sizeof(how));
	line("openat2(AT_FDCWD, \"file\", %s, 24)", ptr(edge));
}

static void names(void)
{
	char buf[64];

	X(SYS_symlink, A("file"), A("link")), line("symlink(\"file\", \"link\")");
	X(SYS_symlinkat, A("a"), P(AT_FDCWD), A("link")), line("symlinkat(\"a\", AT_FDCWD, \"link\")");
	X(SYS_readlink, A("link"), A(buf), sizeof(buf));
	line("readlink(\"link\", \"file\", 64)");
	X(SYS_readlink, A("link"), A(buf), 2), line("readlink(\"link\", \"fi\", 2)");
	X(SYS_readlink, A("file"), A(buf), 64), line("readlink(\"file\", %s, 64)", ptr(buf));
	X(SYS_readlinkat, P(AT_FDCWD), A("link"), A(edge - 4), 4);
	line("readlinkat(AT_FDCWD, \"link\", \"file\", 4)");
	X(SYS_link, A("file"), A("hard")), line("link(\"file\", \"hard\")");
	X(SYS_linkat, P(AT_FDCWD), A("file"), P(AT_FDCWD), A("hard"), P(AT_SYMLINK_FOLLOW));
	line("linkat(AT_FDCWD, \"file\", AT_FDCWD, \"hard\", AT_SYMLINK_FOLLOW)");
	X(SYS_rename, A("hard"), A("hard2")), line("rename(\"hard\", \"hard2\")");
	X(SYS_renameat, P(AT_FDCWD), A("nosuch"), P(77), A("x"));
	line("renameat(AT_FDCWD, \"nosuch\", 77, \"x\")");
	X(SYS_renameat2, P(AT_FDCWD), A("hard2"), P(AT_FDCWD), A("file"), P(1));
	line("renameat2(AT_FDCWD, \"hard2\", AT_FDCWD, \"file\", RENAME_NOREPLACE)");
	X(SYS_unlink, A("hard2")), line("unlink(\"hard2\")");
	X(SYS_unlinkat, P(AT_FDCWD), A("nosuch"), P(AT_REMOVEDIR));
	line("unlinkat(AT_FDCWD, \"nosuch\", AT_REMOVEDIR)");
	X(SYS_unlink, A(edge)), line("unlink(%s)", ptr(edge));
}

static void directories(void)
{
	static char buf[4096];

	X(SYS_mkdir, A("dir"), P(0751)), line("mkdir(\"dir\", 0751)");
	X(SYS_mkdirat, P(AT_FDCWD), A("dir"), P(0700)), line("mkdirat(AT_FDCWD, \"dir\", 0700)");
	X(SYS_mknod, A("fifo"), P(S_IFIFO | 0600), 0), line("mknod(\"fifo\", S_IFIFO|0600)");
	X(SYS_mknodat, P(AT_FDCWD), A("fifo"), P(S_IFCHR | 0600), P(0x103));
	line("mknodat(AT_FDCWD, \"fifo\", S_IFCHR|0600, makedev(0x1, 0x3))");
	X(SYS_chdir, A("nosuch")), line("chdir(\"nosuch\")");
	X(SYS_chdir, A("dir")), line("chdir(\"dir\")");
	X(SYS_getcwd, A(buf), sizeof(buf)), line("getcwd(\"/tmp/calls/dir\", 4096)");
	X(SYS_getcwd, A(buf), 3), line("getcwd(%s, 3)", ptr(buf));
	X(SYS_open, A("."), P(O_RDONLY | O_DIRECTORY)), line("open(\".\", O_RDONLY|O_DIRECTORY)");
	X(SYS_getdents64, P(4), A(buf), P(sizeof(buf)));
	line("getdents64(4, %s /* 2 entries */, 4096)", ptr(buf));
	X(SYS_getdents64, P(4), A(buf), P(sizeof(buf)));
	line("getdents64(4, %s /* 0 entries */, 4096)", ptr(buf));
	X(SYS_chdir, A("..")), line("chdir(\"..\")");
	X(SYS_fchdir, P(4)), line("fchdir(4)");
	X(SYS_fchdir, P(77)), line("fchdir(77)");
	X(SYS_chdir, A("/tmp/calls")), line("chdir(\"/tmp/calls\")");
	X(SYS_close, P(4)), line("close(4)");
	X(SYS_chroot, A("nosuch")), line("chroot(\"nosuch\")");
	X(SYS_rmdir, A("dir")), line("rmdir(\"dir\")");
	X(SYS_rmdir, A("file")), line("rmdir(\"file\")");
	X(SYS_umask, P(027)), line_oct("umask(027)");
	X(SYS_umask, P(022)), line_oct("umask(022)");
}

static void modes(void)
{
	X(SYS_chmod, A("file"), P(04750)), line("chmod(\"file\", 04750)");
	X(SYS_fchmod, P(3), P(0640)), line("fchmod(3, 0640)");
	X(SYS_fchmodat, P(AT_FDCWD), A("nosuch"), P(0)), line("fchmodat(AT_FDCWD, \"nosuch\", 000)");
	X(BY(SYS_chown, 212), A("file"), P(-1), P(0)), line("chown%s(\"file\", -1, 0)", BY("", "32"));
	X(BY(SYS_lchown, 198), A("link"), P(0), P(-1)), line("lchown%s(\"link\", 0, -1)", BY("", "32"));
	X(BY(SYS_fchown, 207), P(3), P(0), P(0)), line("fchown%s(3, 0, 0)", BY("", "32"));
	X(SYS_fchownat, P(AT_FDCWD), A(""), P(5), P(-1), P(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW));
	line("fchownat(AT_FDCWD, \"\", 5, -1, AT_SYMLINK_NOFOLLOW|AT_EMPTY_PATH)");
	X(SYS_access, A("file"), P(R_OK | W_OK)), line("access(\"file\", R_OK|W_OK)");
	X(SYS_access, A("nosuch"), P(F_OK)), line("access(\"nosuch\", F_OK)");
	X(SYS_faccessat, P(AT_FDCWD), A("file"), P(8)), line("faccessat(AT_FDCWD, \"file\", 0x8 /* ?_OK */)");
	X(SYS_faccessat2, P(AT_FDCWD), A("file"), P(X_OK), P(AT_EACCESS));
	line("faccessat2(AT_FDCWD, \"file\", X_OK, AT_EACCESS)");
	X(SYS_truncate, A("nosuch"), 7), line("truncate(\"nosuch\", 7)");
	X(SYS_ftruncate, P(3), 5), line("ftruncate(3, 5)");
	X(SYS_ftruncate, P(77), 7), line("ftruncate(77, 7)");
}

static void times(void)
{
	static const struct { long s, n; } ts[2] = { { 1, 2 }, { 3, UTIME_OMIT } }, tv[2] = { { 1, 2 }, { 3, 4 } };
	static const long tb[2] = { 1, 2 };

	X(SYS_utime, A("file"), A(tb));
	line("utime(\"file\", {actime=1 /* 1970-01-01T00:00:01+0000 */, "
	     "modtime=2 /* 1970-01-01T00:00:02+0000 */})");
	X(SYS_utime, A("nosuch"), 0), line("utime(\"nosuch\", NULL)");
	X(SYS_utimes, A("file"), A(tv));
	line("utimes(\"file\", [{tv_sec=1, tv_usec=2} /* 1970-01-01T00:00:01.000002+0000 */, "
	     "{tv_sec=3, tv_usec=4} /* 1970-01-01T00:00:03.000004+0000 */])");
	X(SYS_utimes, A("file"), A(edge)), line("utimes(\"file\", %s)", ptr(edge));
	X(SYS_futimesat, P(AT_FDCWD), A("nosuch"), 0), line("futimesat(AT_FDCWD, \"nosuch\", NULL)");
	X(SYS_utimensat, P(AT_FDCWD), A("file"), A(ts), P(0));
	line("utimensat(AT_FDCWD, \"file\", [{tv_sec=1, tv_nsec=2} "
	     "/* 1970-01-01T00:00:01.000000002+0000 */, UTIME_OMIT], 0)");
	X(SYS_utimensat, P(3), 0, 0, P(AT_SYMLINK_NOFOLLOW));
	line("utimensat(3, NULL, NULL, AT_SYMLINK_NOFOLLOW)");
}

static void attributes(void)
{
	char buf[32];

	X(SYS_setxattr, A("nosuch"), A("user.a"), A("value"), 5, P(1));
	line("setxattr(\"nosuch\", \"user.a\", \"value\", 5, XATTR_CREATE)");
	X(SYS_lsetxattr, A("nosuch"), A("user.a"), A("v\0w"), 3, P(2));
	line("lsetxattr(\"nosuch\", \"user.a\", \"v\\0w\", 3, XATTR_REPLACE)");
	X(SYS_fsetxattr, P(77), A("user.a"), A(edge), 3, P(0));
	line("fsetxattr(77, \"user.a\", %s, 3, 0)", ptr(edge));
	X(SYS_getxattr, A("nosuch"), A("user.a"), A(buf), 32);
	line("getxattr(\"nosuch\", \"user.a\", %s, 32)", ptr(buf));
	X(SYS_lgetxattr, A("nosuch"), A("user.a"), 0, 0);
	line("lgetxattr(\"nosuch\", \"user.a\", NULL, 0)");
	X(SYS_fgetxattr, P(77), A("user.a"), A(buf), 32);
	line("fgetxattr(77, \"user.a\", %s, 32)", ptr(buf));
	X(SYS_listxattr, A("nosuch"), A(buf), 32), line("listxattr(\"nosuch\", %s, 32)", ptr(buf));
	X(SYS_llistxattr, A("nosuch"), 0, 0), line("llistxattr(\"nosuch\", NULL, 0)");
	X(SYS_flistxattr, P(77), A(buf), 32), line("flistxattr(77, %s, 32)", ptr(buf));
	X(SYS_removexattr, A("nosuch"), A("user.a")), line("removexattr(\"nosuch\", \"user.a\")");
	X(SYS_lremovexattr, A("nosuch"), A(edge)), line("lremovexattr(\"nosuch\", %s)", ptr(edge));
	X(SYS_fremovexattr, P(77), A("user.a")), line("fremovexattr(77, \"user.a\")");
}

static void mounts(void)
{
	X(SYS_mount, A("none"), A("nosuch"), A("proc"), MS_RDONLY | MS_NOSUID, 0);
	line("mount(\"none\", \"nosuch\", \"proc\", MS_RDONLY|MS_NOSUID, NULL)");
	X(SYS_umount2, A("nosuch"), P(2)), line("umount2(\"nosuch\", MNT_DETACH)");
	X(SYS_pivot_root, A("nosuch"), A("old")), line("pivot_root(\"nosuch\", \"old\")");
	X(SYS_swapon, A("nosuch"), P(0x8005)), line("swapon(\"nosuch\", SWAP_FLAG_PREFER|5)");
	X(SYS_swapoff, A("nosuch")), line("swapoff(\"nosuch\")");
	X(SYS_acct, A("nosuch")), line("acct(\"nosuch\")");
	X(SYS_fsopen, A("nosuch"), P(1)), line("fsopen(\"nosuch\", FSOPEN_CLOEXEC)");
	X(SYS_fspick, P(AT_FDCWD), A("nosuch"), P(8));
	line("fspick(AT_FDCWD, \"nosuch\", FSPICK_EMPTY_PATH)");
	X(SYS_fsmount, P(77), P(1), P(0)), line("fsmount(77, FSMOUNT_CLOEXEC, 0)");
	X(SYS_fsconfig, P(77), P(0), A("flag"), 0, P(0));
	line("fsconfig(77, FSCONFIG_SET_FLAG, \"flag\", NULL, 0)");
	X(SYS_open_tree, P(AT_FDCWD), A("nosuch"), P(O_CLOEXEC));
	line("open_tree(AT_FDCWD, \"nosuch\", OPEN_TREE_CLOEXEC)");
	X(SYS_move_mount, P(77), A(""), P(AT_FDCWD), A("nosuch"), P(4));
	line("move_mount(77, \"\", AT_FDCWD, \"nosuch\", MOVE_MOUNT_F_EMPTY_PATH)");
	X(SYS_name_to_handle_at, P(AT_FDCWD), A("file"), A(edge), A(edge), P(0));
	line("name_to_handle_at(AT_FDCWD, \"file\", %s, %s, 0)", ptr(edge), ptr(edge));
}

int main(void)
{
	begin();
	opening();
	names();
	modes();
	X(SYS_symlink, A("file"), A("link")), line("symlink(\"file\", \"link\")");
	statuses();
	times();
	directories();
	attributes();
	mounts();
	finish();
}
