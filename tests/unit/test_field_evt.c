/* SPDX-License-Identifier: Apache-2.0 */
/* evt.*, but for the values of arguments: those are in test_param.c. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include "event/evtype.h"
#include "fields.h"
#include "unit.h"

/* ---- time ---- */

static const struct eyas_field_case at[] = {
	{ "evt.num", "3" }, { "evt.time", "03:43:40.057881397" }, { "evt.time.s", "03:43:40" },
	{ "evt.time.iso8601", "2023-11-14T22:13:40.057881397+0000" },
	{ "evt.datetime", "2023-11-15 03:43:40.057881397" },
	{ "evt.datetime.s", "2023-11-15 03:43:40" }, { "evt.rawtime", "1700000020057881397" },
	{ "evt.rawtime.s", "1700000020" }, { "evt.rawtime.ns", "57881397" },
	{ "evt.reltime", "20057881397" }, { "evt.reltime.s", "20" },
	{ "evt.reltime.ns", "57881397" }, { "evt.deltatime", "20057880397" },
	{ "evt.deltatime.s", "20" }, { "evt.deltatime.ns", "57880397" },
	{ "evt.outputtime", "03:43:40.057881397" }, { "evt.latency", "0" },
	{ "evt.latency.s", "0" }, { "evt.latency.ns", "0" }, { "evt.latency.human", "0ns" },
	{ "evt.wait_latency", "0" }, { 0 },
};

static const struct eyas_field_case at_first[] = {
	{ "evt.num", "1" }, { "evt.reltime", "0" }, { "evt.reltime.s", "0" },
	{ "evt.deltatime", "0" }, { "evt.deltatime.ns", "0" },
	{ "evt.time", "03:43:20.000000000" }, { 0 },
};

START_TEST(times)
{
	struct eyas_fields f;

	setenv("TZ", "IST-5:30", 1);
	tzset();
	eyas_fields_create(&f);
	eyas_rec_sys(&f.b, SYS_getpid, 1);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, at_first);
	eyas_rec_sys(&f.b, SYS_getpid, 1);
	eyas_fields_see(&f);
	f.b.time = EYAS_RECS_TIME + 20057881397 - 1000;
	eyas_rec_sys(&f.b, SYS_getpid, 1);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, at);
	eyas_fields_release(&f);
}
END_TEST

/* ---- type and category ---- */

static const struct eyas_field_case openat_fails[] = {
	{ "evt.type", "openat" }, { "syscall.type", "openat" }, { "evt.type.is.openat", "1" },
	{ "evt.type.is[openat]", "1" }, { "evt.type.is.open", "0" }, { "evt.category", "file" },
	{ "evt.dir", "<" }, { "evt.source", "syscall" }, { "evt.is_async", "false" },
	{ "evt.asynctype", NULL }, { "evt.pluginname", NULL }, { "evt.plugininfo", NULL },
	{ "evt.hostname", "testhost" }, { "evt.cpu", "7" }, { "evt.res", "ENOENT" },
	{ "evt.rawres", "-2" }, { "evt.failed", "true" }, { "evt.count", "1" },
	{ "evt.count.error", "1" }, { "evt.count.error.file", "1" },
	{ "evt.count.error.net", NULL }, { "evt.count.error.memory", NULL },
	{ "evt.count.error.other", NULL }, { "evt.count.exit", "1" }, { "evt.is_io", "false" },
	{ "evt.is_io_read", "false" }, { "evt.is_io_write", "false" }, { "evt.io_dir", NULL },
	{ "evt.is_wait", "false" }, { "evt.is_syslog", "false" }, { "evt.buffer", NULL },
	{ "evt.buflen", NULL }, { "evt.abspath", "/home/alice/x" },
	{ "evt.abspath.src", "/home/alice/x" }, { "evt.abspath.dst", "/home/alice/x" },
	{ "evt.is_open_read", "true" }, { "evt.is_open_write", "false" },
	{ "evt.is_open_exec", "false" }, { "evt.is_open_create", "false" },
	{ "evt.args", "fd=-2(ENOENT) dirfd=-100(AT_FDCWD) name=x(/home/alice/x) "
	  "flags=4097(O_RDONLY|O_CLOEXEC) mode=0 dev=<NA> ino=<NA>" },
	{ "evt.info", "fd=-2(ENOENT) dirfd=-100(AT_FDCWD) name=x(/home/alice/x) "
	  "flags=4097(O_RDONLY|O_CLOEXEC) mode=0 dev=<NA> ino=<NA>" },
	{ "evt.arg[0]", "ENOENT" }, { "evt.arg[2]", "/home/alice/x" }, { "evt.arg[7]", NULL },
	{ "evt.arg.name", "/home/alice/x" }, { "evt.arg.mode", "0" }, { "evt.arg.ino", "<NA>" },
	{ "evt.arg.path", NULL }, { "evt.rawarg.name", "x" }, { "evt.rawarg.ino", NULL },
	{ "evt.rawarg.flags", "4097" }, { 0 },
};

static const struct eyas_field_case exits[] = {
	{ "evt.type", "procexit" }, { "syscall.type", NULL }, { "evt.category", "process" },
	{ "evt.res", NULL }, { "evt.rawres", NULL }, { "evt.failed", NULL },
	{ "evt.count.error", NULL }, { "evt.count.error.other", NULL }, { "evt.dir", "<" },
	{ "evt.args", "status=256 ret=1 sig=0 core=0 reaper_tid=<NA>" }, { "evt.abspath", NULL },
	{ "evt.abspath.src", NULL }, { "evt.abspath.dst", NULL }, { "evt.is_open_read", "false" },
	{ "evt.is_open_write", "false" }, { "evt.is_open_exec", "false" },
	{ "evt.is_open_create", "false" }, { 0 },
};

static const struct eyas_field_case nameless_host[] = { { "evt.hostname", NULL }, { 0 } };

static void see_openat(struct eyas_fields *f, const char *path, uint64_t flags, uint64_t mode,
		       int64_t ret)
{
	eyas_rec_sys(&f->b, SYS_openat, ret, (uint32_t)AT_FDCWD, 0, flags, mode);
	eyas_rec_text(&f->b, EYAS_BLOB_STRING, 1, path);
	eyas_fields_see(f);
}

START_TEST(types)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_openat(&f, "x", O_RDONLY | O_CLOEXEC, 0, -ENOENT);
	f.ev.cpu = 7;
	eyas_fields_expect(&f, openat_fails);
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", "execve" }, { "syscall.type", "execve" }, { "evt.res", "SUCCESS" },
		{ "evt.rawres", "0" }, { "evt.failed", "false" }, { "evt.category", "process" },
		{ "evt.count.error", "0" }, { "evt.is_open_read", "false" }, { 0 } });
	eyas_rec_exit(&f.b, 256);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, exits);
	f.ctx.hostname = NULL;
	eyas_fields_expect(&f, nameless_host);
	eyas_fields_release(&f);
}
END_TEST

/* Numbers that nobody knows, and names that rules have of their own. */
START_TEST(names_of_types)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_rec_sys(&f.b, 12345, 7);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", "syscall" }, { "syscall.type", "syscall" },
		{ "evt.category", "other" },
		{ "evt.args", "" }, { "evt.arg[0]", "12345" }, { "evt.rawres", "7" },
		{ "evt.res", "SUCCESS" }, { "fd.num", NULL }, { 0 } });
	eyas_rec_sys(&f.b, SYS_pread64, 0);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", "pread" }, { "evt.type.is.pread", "1" },
		{ "evt.type.is.pread64", "1" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_prlimit64, 0);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", "prlimit" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_truncate, 0);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", "truncate" }, { "evt.category", "other" }, { "evt.args", "" },
		{ "evt.arg[0]", "truncate" }, { "evt.arg.ID", "truncate" },
		{ "evt.rawarg.nativeID", "76" }, { 0 } });
	/* What no rule sees has no name. */
	eyas_rec_fork(&f.b, 2000, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", NULL }, { "evt.res", NULL }, { "syscall.type", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(categories)
{
	static const struct { int nr; const char *category; } calls[] = {
		{ SYS_socket, "net" }, { SYS_pipe, "IPC" }, { SYS_mmap, "memory" },
		{ SYS_clone, "process" }, { SYS_nanosleep, "sleep" }, { SYS_kill, "signal" },
		{ SYS_setuid, "user" }, { SYS_timerfd_create, "time" }, { SYS_poll, "wait" },
		{ SYS_unlink, "file" }, { SYS_acct, "other" },
	};
	struct eyas_fields f;

	eyas_fields_create(&f);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		eyas_rec_sys(&f.b, calls[i].nr, 0);
		eyas_fields_see(&f);
		eyas_fields_expect(&f, (const struct eyas_field_case[]){
			{ "evt.category", calls[i].category }, { 0 } });
	}
	eyas_fields_release(&f);
}
END_TEST

/* ---- reading and writing ---- */

static const struct eyas_field_case reads[] = {
	{ "evt.category", "file" }, { "evt.is_io", "true" }, { "evt.is_io_read", "true" },
	{ "evt.is_io_write", "false" }, { "evt.io_dir", "read" }, { "evt.buflen", "5" },
	{ "evt.buffer", "ab\xff" "de" }, { "evt.count.error", "0" },
	{ "evt.count.error.file", "0" }, { "evt.args", "res=5 data=ab.de fd=3(<f>/etc/passwd) "
	  "size=100" }, { "evt.arg.data", "ab.de" }, { "evt.rawarg.data", "ab\xff" "de" },
	{ "evt.arg.fd", "<f>/etc/passwd" }, { "evt.rawarg.fd", "3" }, { 0 },
};

static const struct eyas_field_case writes[] = {
	{ "evt.category", "net" }, { "evt.is_io", "true" }, { "evt.is_io_read", "false" },
	{ "evt.is_io_write", "true" }, { "evt.io_dir", "write" }, { "evt.buflen", NULL },
	{ "evt.buffer", NULL }, { "evt.res", "EPIPE" }, { "evt.count.error.file", NULL },
	{ "evt.count.error.net", "1" }, { "evt.is_syslog", "false" }, { "evt.arg.data", "NULL" },
	{ "evt.is_wait", "false" }, { 0 },
};

static const struct eyas_field_case waits[] = {
	{ "evt.is_wait", "true" }, { "evt.is_io", "false" }, { "evt.io_dir", NULL },
	{ "evt.category", "wait" }, { "evt.count.error.other", "1" }, { 0 },
};

static const struct eyas_field_case maps[] = {
	{ "evt.count.error.memory", "1" }, { "evt.count.error.other", NULL },
	{ "evt.res", "ENOMEM" }, { "evt.rawres", "-12" }, { 0 },
};

START_TEST(io)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_open, 3);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/etc/passwd");
	eyas_rec_file(&f.b, EYAS_BLOB_FILE, 0100644);
	eyas_fields_see(&f);
	eyas_rec_sys(&f.b, SYS_read, 5, 3, 0, 100);
	eyas_rec_blob(&f.b, EYAS_BLOB_BYTES, 1, "ab\xff" "de", 5);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, reads);
	eyas_rec_sys(&f.b, SYS_socket, 4, AF_INET, SOCK_STREAM);
	eyas_fields_see(&f);
	eyas_rec_sys(&f.b, SYS_write, -EPIPE, 4, 0, 100);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, writes);
	eyas_rec_sys(&f.b, SYS_epoll_wait, -EINTR, 9);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, waits);
	eyas_rec_sys(&f.b, SYS_mmap, -ENOMEM, 0, 4096, 0, 0, (uint64_t)-1);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, maps);
	eyas_rec_sys(&f.b, SYS_connect, -EBADF, 99);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.count.error.net", "1" }, { 0 } });
	/* Of what kind it is, is not known. */
	eyas_rec_sys(&f.b, SYS_read, 5, 77);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.category", "unknown" }, { "evt.buflen", "5" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_eventfd2, 8);
	eyas_fields_see(&f);
	eyas_rec_sys(&f.b, SYS_read, 8, 8);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.category", "ipc" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

static const struct eyas_field_case to_syslog[] = { { "evt.is_syslog", "true" }, { 0 } };

START_TEST(syslog_socket)
{
	static const char address[] = "\1\0/dev/log";
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_sendto, 5, 4);
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKADDR, 4, address, sizeof(address));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, to_syslog);
	eyas_rec_sys(&f.b, SYS_connect, 0, 4);
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKADDR, 1, address, sizeof(address));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.is_syslog", "false" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- results ---- */

START_TEST(results_told)
{
	static const struct { int64_t ret; const char *res, *failed; } results[] = {
		{ 0, "SUCCESS", "false" }, { 3, "SUCCESS", "false" }, { -1, "EPERM", "true" },
		{ -11, "EAGAIN", "true" }, { -95, "EOPNOTSUPP", "true" },
		{ -512, "ERESTARTSYS", "true" }, { -516, "ERESTART_RESTARTBLOCK", "true" },
		{ -524, "ENOTSUPP", "true" }, { -520, "-520", "true" }, { -4095, "-4095", "true" },
		{ -4096, "SUCCESS", "false" }, { INT64_MIN, "SUCCESS", "false" },
	};
	char raw[32];
	struct eyas_fields f;

	eyas_fields_create(&f);
	for (size_t i = 0; i < sizeof(results) / sizeof(*results); i++) {
		snprintf(raw, sizeof(raw), "%lld", (long long)results[i].ret);
		eyas_rec_sys(&f.b, SYS_futex, results[i].ret);
		eyas_fields_see(&f);
		eyas_fields_expect(&f, (const struct eyas_field_case[]){
			{ "evt.res", results[i].res }, { "evt.rawres", raw },
			{ "evt.failed", results[i].failed }, { 0 } });
	}
	eyas_fields_release(&f);
}
END_TEST

/* ---- opening ---- */

static const struct {
	uint64_t flags, mode;
	uint32_t file;		/* EYAS_FILE_F_* */
	bool read, write, exec, create;
} opens[] = {
	{ O_RDONLY, 0, 0, true, false, false, false },
	{ O_WRONLY, 0, 0, false, true, false, false },
	{ O_RDWR, 0, 0, true, true, false, false },
	{ O_ACCMODE, 0, 0, false, false, false, false },
	{ O_WRONLY | O_CREAT, 0644, 0, false, true, false, false },
	{ O_WRONLY | O_CREAT, 0644, EYAS_FILE_F_CREATED, false, true, false, true },
	{ O_WRONLY | O_CREAT, 0755, EYAS_FILE_F_CREATED, false, true, true, true },
	{ O_WRONLY | O_CREAT, 0001, 0, false, true, true, false },
	{ O_WRONLY, 0755, 0, false, true, false, false },
	{ O_RDWR | O_TMPFILE, 0700, 0, true, true, true, true },
	{ O_RDONLY | O_DIRECTORY, 0777, 0, true, false, false, false },
	{ 0xdead00000000ULL << 16 | O_WRONLY, 0, 0, false, true, false, false },
};

static const char *truth(bool v)
{
	return v ? "true" : "false";
}

static const struct eyas_field_case created[] = {
	{ "evt.is_open_create", "true" }, { "evt.is_open_write", "true" },
	{ "evt.is_open_exec", "true" }, { 0 },
};

START_TEST(how_it_opens)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_openat, 3, 0, 0, opens[_i].flags, opens[_i].mode);
	eyas_rec_file(&f.b, EYAS_BLOB_FILE, 0100644)->flags = opens[_i].file;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.is_open_read", truth(opens[_i].read) },
		{ "evt.is_open_write", truth(opens[_i].write) },
		{ "evt.is_open_exec", truth(opens[_i].exec) },
		{ "evt.is_open_create", truth(opens[_i].create) }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(other_ways_to_open)
{
	const uint64_t how[3] = { O_RDWR | O_CREAT, 0755, 1 };
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	/* creat() is told no flags; what rules say of it, they say by its name. */
	eyas_rec_sys(&f.b, SYS_creat, 3, 0, 0755);
	eyas_rec_file(&f.b, EYAS_BLOB_FILE, 0100644)->flags = EYAS_FILE_F_CREATED;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.is_open_write", "false" }, { "evt.is_open_create", "false" },
		{ "evt.is_open_exec", "true" },
		{ "evt.arg.creat_flags", "O_TRUNC|O_CREAT|O_WRONLY|O_F_CREATED" },
		{ "evt.arg.mode", "0755" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_creat, 3, 0, 0644);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.is_open_exec", "false" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_openat2, 3);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 2, how, sizeof(how));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.is_open_write", "true" }, { "evt.is_open_read", "true" },
		{ "evt.is_open_exec", "true" }, { "evt.arg.flags", "O_CREAT|O_RDWR" },
		{ "evt.arg.mode", "0755" }, { "evt.arg.resolve", "RESOLVE_NO_XDEV" }, { 0 } });
	/* Too short for its flags: nothing is known of them. */
	eyas_rec_sys(&f.b, SYS_openat2, -EINVAL);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 2, how, 7);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.is_open_write", "false" }, { "evt.arg.flags", "<NA>" },
		{ "evt.arg.mode", "<NA>" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_open_by_handle_at, 3, 4, 0, O_WRONLY);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.is_open_write", "true" }, { "evt.is_open_exec", "false" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_openat, 3, 0, 0, O_WRONLY | O_CREAT, 0755);
	eyas_rec_file(&f.b, EYAS_BLOB_FILE, 0100644)->flags = EYAS_FILE_F_CREATED;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, created);
	eyas_fields_release(&f);
}
END_TEST

/* ---- paths ---- */

static const struct eyas_field_case renames[] = {
	{ "evt.abspath", "/home/alice/a" }, { "evt.abspath.src", "/home/alice/a" },
	{ "evt.abspath.dst", "/b" }, { "real:evt.abspath", "/srv/a" },
	{ "real:evt.abspath.src", "/srv/a" }, { "real:evt.abspath.dst", NULL },
	{ "evt.arg.oldpath", "/home/alice/a" }, { "real:evt.arg.oldpath", "/srv/a" },
	{ "real:evt.arg.newpath", NULL }, { "evt.is_open_create", "false" }, { 0 },
};

START_TEST(absolute_paths)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_renameat2, 0, (uint32_t)AT_FDCWD, 0, (uint32_t)AT_FDCWD);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, "a");
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 3, "/b");
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 1, "/srv/a");
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 3, "/b");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, renames);
	/* Of the name and the text of a link the name is the path. */
	eyas_rec_sys(&f.b, SYS_symlinkat, 0, 0, (uint32_t)AT_FDCWD);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "target");
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 2, "link");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.abspath", "/home/alice/link" }, { "evt.abspath.dst", "/home/alice/link" },
		{ 0 } });
	see_openat(&f, "/tmp/link", O_RDONLY, 0, 3);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.abspath", "/tmp/link" }, { "real:evt.abspath", NULL }, { 0 } });
	/* Without a directory to start from there is nothing to work out. */
	eyas_rec_sys(&f.b, SYS_rename, 0);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/a");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "evt.abspath", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* The path that was asked for, and where it led. */
START_TEST(real_argument)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_openat, 3, (uint32_t)AT_FDCWD);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, "/tmp/link");
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/shadow");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.name", "/tmp/link" }, { "real:evt.arg.name", "/etc/shadow" },
		{ "evt.abspath", "/tmp/link" }, { "real:evt.abspath", "/etc/shadow" },
		{ "real:evt.arg.path", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(all_rows)
{
	static const struct eyas_field_case *const lists[] = {
		at, at_first, openat_fails, exits, reads, writes, waits, maps, to_syslog, created,
		renames, nameless_host, NULL,
	};
	/* They say something of any event that rules see. */
	static const char *const always[] = {
		"evt.num", "evt.time", "evt.time.s", "evt.time.iso8601", "evt.datetime",
		"evt.datetime.s", "evt.rawtime", "evt.rawtime.s", "evt.rawtime.ns", "evt.reltime",
		"evt.reltime.s", "evt.reltime.ns", "evt.deltatime", "evt.deltatime.s",
		"evt.deltatime.ns", "evt.outputtime", "evt.latency", "evt.latency.s",
		"evt.latency.ns", "evt.latency.human", "evt.wait_latency", "evt.dir", "evt.type",
		"evt.type.is", "evt.category", "evt.cpu", "evt.args", "evt.info", "evt.source",
		"evt.is_async", "evt.is_io", "evt.is_io_read", "evt.is_io_write", "evt.is_wait",
		"evt.is_syslog", "evt.count", "evt.count.exit", "evt.is_open_read",
		"evt.is_open_write", "evt.is_open_exec", "evt.is_open_create", NULL,
	};

	eyas_fields_covered("evt", lists, always);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, times);
	tcase_add_test(tc, types);
	tcase_add_test(tc, names_of_types);
	tcase_add_test(tc, categories);
	tcase_add_test(tc, io);
	tcase_add_test(tc, syslog_socket);
	tcase_add_test(tc, results_told);
	tcase_add_loop_test(tc, how_it_opens, 0, sizeof(opens) / sizeof(*opens));
	tcase_add_test(tc, other_ways_to_open);
	tcase_add_test(tc, absolute_paths);
	tcase_add_test(tc, real_argument);
	tcase_add_test(tc, all_rows);
}

EYAS_TEST_MAIN("field_evt", fill)
