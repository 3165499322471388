// SPDX-License-Identifier: Apache-2.0
/* What /proc tells of a process: a fake one, hostile names, and our own. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "enrich/procfs.h"
#include "fakeroot.h"
#include "unit.h"

static struct eyas_fakeroot root;
static struct eyas_procfs pf;

static void setup(void)
{
	eyas_fakeroot_create(&root);
	eyas_procfs_init(&pf);
}

static void teardown(void)
{
	eyas_procfs_release(&pf);
	eyas_fakeroot_remove(&root);
}

START_TEST(all_is_read)
{
	struct stat st;
	char path[64];

	snprintf(path, sizeof(path), "%s/cat", root.dir);
	eyas_fakeroot_file(&root, "cat", "#!");
	eyas_fakeroot_file(&root, "sys/fs/cgroup/a.slice/x", "");
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){
		.pid = 700, .ppid = 600, .pgid = 690, .sid = 680, .tty = 34816, .vpid = 5,
		.uid = 33, .euid = 34, .gid = 35, .threads = 4, .ticks = 123456,
		.caps = 0x1ffffffffffULL, .comm = "cat", .exe = path, .cwd = "/var/www",
		.cgroup = "1:name=x:/y\n0::/a.slice\n", .loginuid = "1000\n",
		.cmdline = "cat\0/etc/passwd", .cmdline_len = 16, .environ = "A=1",
		.ns_pid = 4026531836U, .ns_user = 4026531837U,
	});
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 700), 0);
	ck_assert_uint_eq(pf.task.ppid, 600);
	ck_assert_uint_eq(pf.task.pgid, 690);
	ck_assert_uint_eq(pf.task.sid, 680);
	ck_assert_uint_eq(pf.task.tty, 34816);
	ck_assert_uint_eq(pf.task.vpid, 5);
	ck_assert_uint_eq(pf.task.uid, 33);
	ck_assert_uint_eq(pf.task.euid, 34);
	ck_assert_uint_eq(pf.task.suid, 34);
	ck_assert_uint_eq(pf.task.gid, 35);
	ck_assert_uint_eq(pf.threads, 4);
	ck_assert_uint_eq(pf.task.start_time, 1234560000000ULL);
	ck_assert_uint_eq(pf.task.cap_effective, 0x1ffffffffffULL);
	ck_assert_uint_eq(pf.task.cap_inheritable, 0);
	ck_assert_str_eq(pf.task.comm, "cat");
	ck_assert_str_eq(pf.exepath.buf, path);
	ck_assert_str_eq(pf.cwd.buf, "/var/www");
	ck_assert_str_eq(pf.cgroup.buf, "1:name=x:/y\n0::/a.slice\n");
	ck_assert_uint_eq(pf.argv.len, 16);
	ck_assert_mem_eq(pf.argv.buf, "cat\0/etc/passwd", 16);
	ck_assert_str_eq(pf.envp.buf, "A=1");
	ck_assert_uint_eq(pf.task.loginuid, 1000);
	ck_assert_uint_eq(pf.task.sessionid, UINT32_MAX);
	ck_assert_uint_eq(pf.task.ns_pid, 4026531836U);
	ck_assert_uint_eq(pf.task.ns_user, 4026531837U);
	ck_assert_uint_eq(pf.task.ns_net, 0);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert(pf.has_exe_file);
	ck_assert_uint_eq(pf.exe_file.ino, st.st_ino);
	ck_assert_uint_eq(pf.exe_file.size, 2);
	ck_assert_uint_eq(pf.exe_file.mode, st.st_mode);
	ck_assert_uint_eq(pf.task.exec_flags, 0);
	snprintf(path, sizeof(path), "%s/sys/fs/cgroup/a.slice", root.dir);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(pf.task.cgroup, st.st_ino);
}
END_TEST

START_TEST(nothing_is_kept_from_the_process_before)
{
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){
		.pid = 1, .comm = "init", .exe = "/", .cwd = "/", .cmdline = "init",
		.cmdline_len = 5, .environ = "A=1", .loginuid = "0", .threads = 9, .ns_pid = 5,
	});
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){ .pid = 2, .comm = "kthreadd" });
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 1), 0);
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 2), 0);
	ck_assert_str_eq(pf.task.comm, "kthreadd");
	ck_assert_uint_eq(pf.threads, 1);
	ck_assert_uint_eq(pf.argv.len, 0);
	ck_assert_uint_eq(pf.envp.len, 0);
	ck_assert_uint_eq(pf.exepath.len, 0);
	ck_assert_uint_eq(pf.cwd.len, 0);
	ck_assert(!pf.has_exe_file);
	ck_assert_uint_eq(pf.task.loginuid, UINT32_MAX);
	ck_assert_uint_eq(pf.task.ns_pid, 0);
	ck_assert_uint_eq(pf.task.cgroup, 0);
}
END_TEST

START_TEST(processes_that_are_not_there)
{
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 1), -ESRCH);
	eyas_fakeroot_file(&root, "proc/1", "no folder");
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 1), -ESRCH);
	eyas_fakeroot_file(&root, "proc/2/status", "Uid:\t0\t0\t0\t0\n");
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 2), -ESRCH);
}
END_TEST

/* A process chooses its name: nothing in it is taken for another member. */
static const struct { const char *comm, *want; } names[] = {
	{ "a b", "a b" }, { ") R 1 1 1 1", ") R 1 1 1 1" }, { "(x) S 9", "(x) S 9" },
	{ "((", "((" }, { "))", "))" }, { "", "" }, { "\n)", "\n)" },
	{ "0123456789abcdefgh", "0123456789abcde" },
};

START_TEST(names_hide_nothing)
{
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){
		.pid = 3, .ppid = 2, .pgid = 4, .sid = 5, .tty = 6, .ticks = 7,
		.comm = names[_i].comm,
	});
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 3), 0);
	ck_assert_str_eq(pf.task.comm, names[_i].want);
	ck_assert_uint_eq(pf.task.ppid, 2);
	ck_assert_uint_eq(pf.task.pgid, 4);
	ck_assert_uint_eq(pf.task.sid, 5);
	ck_assert_uint_eq(pf.task.tty, 6);
	ck_assert_uint_eq(pf.task.start_time, 7 * EYAS_PROCFS_TICK_NS);
}
END_TEST

START_TEST(bad_stat_files_are_refused)
{
	static const char *const texts[] = {
		"", "1", "1 (x", "1 x)", ")(", "1 (x) S 1 1 1", "1 (x) S a b c d",
		"1 (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		eyas_fakeroot_file(&root, "proc/1/stat", texts[i]);
		ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 1), -ESRCH);
	}
}
END_TEST

START_TEST(binaries_that_are_gone_or_never_were_files)
{
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){ .pid = 1, .exe = "/nope (deleted)" });
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 1), 0);
	ck_assert_str_eq(pf.exepath.buf, "/nope (deleted)");
	ck_assert(!pf.has_exe_file);
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){ .pid = 1, .exe = "/proc/self/exe" });
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 1), 0);
	ck_assert(pf.has_exe_file);
}
END_TEST

START_TEST(long_command_lines_are_cut)
{
	static char line[10000];

	memset(line, 'x', sizeof(line));
	eyas_fakeroot_proc(&root, &(struct eyas_fakeproc){
		.pid = 1, .cmdline = line, .cmdline_len = sizeof(line) });
	ck_assert_int_eq(eyas_procfs_read(&pf, root.dir, 1), 0);
	ck_assert_uint_eq(pf.argv.len, 4096);
}
END_TEST

static int add(uint32_t pid, void *arg)
{
	*(uint64_t *)arg += pid;
	return pid == 77 ? -EINTR : 0;
}

START_TEST(pids_are_walked_through)
{
	uint64_t sum = 0;

	ck_assert_int_eq(eyas_procfs_for_each(root.dir, add, &sum), -ENOENT);
	eyas_fakeroot_file(&root, "proc/1/x", "");
	eyas_fakeroot_file(&root, "proc/20/x", "");
	eyas_fakeroot_file(&root, "proc/4194303/x", "");
	eyas_fakeroot_file(&root, "proc/0/x", "");
	eyas_fakeroot_file(&root, "proc/-5/x", "");
	eyas_fakeroot_file(&root, "proc/1a/x", "");
	eyas_fakeroot_file(&root, "proc/099/x", "");
	eyas_fakeroot_file(&root, "proc/4294967297/x", "");
	eyas_fakeroot_file(&root, "proc/99999999999999999999/x", "");
	eyas_fakeroot_file(&root, "proc/self/x", "");
	ck_assert_int_eq(eyas_procfs_for_each(root.dir, add, &sum), 0);
	ck_assert_uint_eq(sum, 1 + 20 + 4194303);
	eyas_fakeroot_file(&root, "proc/77/x", "");
	ck_assert_int_eq(eyas_procfs_for_each(root.dir, add, &sum), -EINTR);
}
END_TEST

START_TEST(descriptors_and_the_boot_are_read)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	uint32_t mode = 1;

	eyas_fakeroot_link(&root, "proc/5/fd/3", "socket:[12345]");
	ck_assert_int_eq(eyas_procfs_fd(root.dir, 5, 3, &sb, &mode), 0);
	ck_assert_str_eq(sb.buf, "socket:[12345]");
	ck_assert_uint_eq(mode, 0);
	eyas_fakeroot_link(&root, "proc/5/fd/4", "/");
	ck_assert_int_eq(eyas_procfs_fd(root.dir, 5, 4, &sb, &mode), 0);
	ck_assert(S_ISDIR(mode));
	ck_assert_int_eq(eyas_procfs_fd(root.dir, 5, 5, &sb, &mode), -ENOENT);
	ck_assert_int_eq(eyas_procfs_fd(root.dir, 6, 3, &sb, &mode), -ENOENT);

	ck_assert_uint_eq(eyas_procfs_btime(root.dir), 0);
	eyas_fakeroot_file(&root, "proc/stat", "cpu  1 2 3\nxbtime 5\nbtime 1700000000\n");
	ck_assert_uint_eq(eyas_procfs_btime(root.dir), 1700000000000000000ULL);

	eyas_fakeroot_file(&root, "proc/5/cgroup", "0::/x\n");
	ck_assert_int_eq(eyas_procfs_cgroup(root.dir, 5, &sb), 0);
	ck_assert_str_eq(sb.buf, "0::/x\n");
	ck_assert_int_eq(eyas_procfs_cgroup(root.dir, 6, &sb), -ENOENT);
}
END_TEST

/* A link as long as links get. */
START_TEST(long_links_are_read_whole)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	static char target[4096];
	uint32_t mode;

	memset(target, 'x', 4095);
	target[0] = '/';
	target[4095] = '\0';
	eyas_fakeroot_link(&root, "proc/5/fd/3", target);
	ck_assert_int_eq(eyas_procfs_fd(root.dir, 5, 3, &sb, &mode), 0);
	ck_assert_str_eq(sb.buf, target);
}
END_TEST

START_TEST(we_are_in_our_own_proc)
{
	static char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	ck_assert_int_gt(n, 0);
	exe[n] = '\0';
	ck_assert_int_eq(eyas_procfs_read(&pf, "", (uint32_t)getpid()), 0);
	ck_assert_uint_eq(pf.task.ppid, (uint32_t)getppid());
	ck_assert_uint_eq(pf.task.uid, getuid());
	ck_assert_str_eq(pf.exepath.buf, exe);
	ck_assert(pf.has_exe_file);
	ck_assert_uint_eq(pf.task.exec_flags, 0);
	ck_assert_uint_ne(pf.task.start_time, 0);
	ck_assert_uint_ne(pf.task.ns_pid, 0);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, all_is_read);
	tcase_add_test(tc, nothing_is_kept_from_the_process_before);
	tcase_add_test(tc, processes_that_are_not_there);
	tcase_add_loop_test(tc, names_hide_nothing, 0, sizeof(names) / sizeof(names[0]));
	tcase_add_test(tc, bad_stat_files_are_refused);
	tcase_add_test(tc, binaries_that_are_gone_or_never_were_files);
	tcase_add_test(tc, long_command_lines_are_cut);
	tcase_add_test(tc, pids_are_walked_through);
	tcase_add_test(tc, descriptors_and_the_boot_are_read);
	tcase_add_test(tc, long_links_are_read_whole);
	tcase_add_test(tc, we_are_in_our_own_proc);
}

EYAS_TEST_MAIN("procfs", fill)
