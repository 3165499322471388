/* SPDX-License-Identifier: Apache-2.0 */
/* fd.*. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include "fields.h"
#include "unit.h"

/* ---- files ---- */

static const struct eyas_field_case opened[] = {
	{ "fd.num", "3" }, { "fd.type", "file" }, { "fd.typechar", "f" },
	{ "fd.name", "/home/alice/link" }, { "fd.directory", "/home/alice" },
	{ "fd.filename", "link" }, { "real:fd.name", "/etc/shadow" },
	{ "real:fd.directory", "/etc" }, { "real:fd.filename", "shadow" },
	{ "fd.nameraw", "./x/../link" }, { "fd.l4proto", "<NA>" }, { "fd.sockfamily", NULL },
	{ "fd.uid", "3003" }, { "fd.dev", "1048833" }, { "fd.dev.major", "1" },
	{ "fd.dev.minor", "257" }, { "fd.ino", "42" }, { "fd.is_upper_layer", "true" },
	{ "fd.is_lower_layer", "false" }, { "fd.ip", NULL }, { "fd.cip", NULL },
	{ "fd.sip", NULL }, { "fd.lip", NULL }, { "fd.rip", NULL }, { "fd.port", NULL },
	{ "fd.cport", NULL }, { "fd.sport", NULL }, { "fd.lport", NULL }, { "fd.rport", NULL },
	{ "fd.proto", NULL }, { "fd.cproto", NULL }, { "fd.sproto", NULL },
	{ "fd.lproto", NULL }, { "fd.rproto", NULL }, { "fd.net", NULL }, { "fd.cnet", NULL },
	{ "fd.snet", NULL }, { "fd.lnet", NULL }, { "fd.rnet", NULL },
	{ "fd.cip.name", NULL }, { "fd.sip.name", NULL }, { "fd.lip.name", NULL },
	{ "fd.rip.name", NULL }, { "fd.is_server", "false" }, { "fd.connected", "false" },
	{ "fd.name_changed", "false" }, { 0 },
};

/* What is known of a file that was not there. */
static const struct eyas_field_case failed[] = {
	{ "fd.num", "-1" }, { "fd.type", "file" }, { "fd.typechar", "f" },
	{ "fd.name", "/nowhere/x" }, { "fd.directory", "/nowhere" }, { "fd.filename", "x" },
	{ "real:fd.name", NULL }, { "fd.nameraw", "/nowhere//x" }, { "fd.uid", "300-1" },
	{ "fd.dev", NULL }, { "fd.dev.major", NULL }, { "fd.dev.minor", NULL },
	{ "fd.ino", NULL }, { "fd.is_upper_layer", NULL }, { "fd.is_lower_layer", NULL }, { 0 },
};

/* Of another call on it, without the kernel's help. */
static const struct eyas_field_case used[] = {
	{ "fd.num", "3" }, { "fd.type", "file" }, { "fd.typechar", "f" },
	{ "fd.name", "/etc/shadow" }, { "fd.directory", "/etc" }, { "fd.filename", "shadow" },
	{ "fd.nameraw", NULL }, { 0 },
};

/* About no descriptor at all. */
static const struct eyas_field_case none[] = {
	{ "fd.num", NULL }, { "fd.type", NULL }, { "fd.typechar", NULL }, { "fd.name", NULL },
	{ "real:fd.name", NULL }, { "fd.directory", NULL }, { "fd.filename", NULL },
	{ "fd.ip", NULL }, { "fd.l4proto", NULL }, { "fd.sockfamily", NULL },
	{ "fd.is_server", NULL }, { "fd.uid", NULL }, { "fd.containername", NULL },
	{ "fd.containerdirectory", NULL }, { "fd.connected", NULL },
	{ "fd.name_changed", NULL }, { "fd.nameraw", NULL }, { "fd.types", NULL },
	{ "fd.types[0]", NULL }, { "fd.ino", NULL }, { 0 },
};

static void open_link(struct eyas_fields *f)
{
	struct eyas_file *file;

	eyas_rec_sys(&f->b, SYS_openat, 3, (uint32_t)AT_FDCWD, 0, O_RDONLY);
	eyas_rec_text(&f->b, EYAS_BLOB_STRING, 1, "./x/../link");
	file = eyas_rec_file(&f->b, EYAS_BLOB_FILE, 0100600);
	file->ino = 42;
	file->dev_major = 1;
	file->dev_minor = 257;
	file->flags = EYAS_FILE_F_UPPER;
	eyas_rec_text(&f->b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/shadow");
	eyas_fields_see(f);
}

START_TEST(files)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	open_link(&f);
	eyas_fields_expect(&f, opened);
	eyas_rec_sys(&f.b, SYS_read, 10, 3);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, used);
	eyas_rec_sys(&f.b, SYS_close, 0, 3);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, used);
	eyas_rec_sys(&f.b, SYS_read, -EBADF, 3);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "3" }, { "fd.type", NULL }, { "fd.typechar", "o" },
		{ "fd.name", NULL }, { "fd.l4proto", NULL }, { "fd.connected", NULL }, { 0 } });
	eyas_rec_sys(&f.b, SYS_open, -ENOENT);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/nowhere//x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, failed);
	eyas_rec_sys(&f.b, SYS_mkdir, 0);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, none);
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, none);
	eyas_fields_release(&f);
}
END_TEST

static void see_open(struct eyas_fields *f, const char *given, const char *real, uint32_t mode)
{
	eyas_rec_sys(&f->b, SYS_open, 3);
	eyas_rec_text(&f->b, EYAS_BLOB_STRING, 0, given);
	eyas_rec_file(&f->b, EYAS_BLOB_FILE, mode);
	eyas_rec_text(&f->b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, real);
	eyas_fields_see(f);
}

START_TEST(names)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_open(&f, "/etc/passwd", "/etc/passwd", 0100644);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "/etc/passwd" }, { "real:fd.name", NULL },
		{ "real:fd.directory", NULL }, { 0 } });
	see_open(&f, "/vmlinuz", "/boot/vmlinuz", 0100644);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.directory", "/" }, { "fd.filename", "vmlinuz" },
		{ "real:fd.directory", "/boot" }, { 0 } });
	see_open(&f, "/", "/", 0040755);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "directory" }, { "fd.typechar", "d" }, { "fd.name", "/" },
		{ "fd.directory", "/" }, { "fd.filename", NULL }, { 0 } });
	see_open(&f, "/tmp/d", "/srv/d", 0040755);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.directory", "/tmp/d" }, { "real:fd.directory", "/srv/d" }, { 0 } });
	see_open(&f, "/run/fifo", "/run/fifo", 0010600);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "pipe" }, { "fd.name", "/run/fifo" }, { "fd.directory", NULL },
		{ "fd.filename", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* The path was not readable: what the kernel says is all there is. */
START_TEST(without_given_name)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_rec_sys(&f.b, SYS_open, 3);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "")->arg |= EYAS_BLOB_F_FAULT;
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/shadow");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "/etc/shadow" }, { "real:fd.name", NULL }, { "fd.nameraw", NULL },
		{ 0 } });
	eyas_rec_sys(&f.b, SYS_open_by_handle_at, 4);
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/shadow");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "4" }, { "fd.name", "/etc/shadow" }, { "fd.nameraw", "/etc/shadow" },
		{ "evt.arg.path", "/etc/shadow" }, { "evt.abspath", "/etc/shadow" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_open_by_handle_at, -ESTALE);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "-1" }, { "fd.typechar", "f" }, { "fd.name", NULL },
		{ "fd.nameraw", NULL }, { "evt.abspath", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- what is no file ---- */

static const struct { int nr; uint64_t arg0; const char *type, *typechar; } makers[] = {
	{ SYS_eventfd2, 0, "event", "e" }, { SYS_epoll_create1, 0, "eventpoll", "l" },
	{ SYS_signalfd4, (uint64_t)-1, "signalfd", "s" }, { SYS_inotify_init1, 0, "inotify", "i" },
	{ SYS_timerfd_create, 0, "timerfd", "t" }, { SYS_memfd_create, 0, "memfd", "m" },
	{ SYS_pidfd_open, 1, "pidfd", "P" }, { SYS_io_uring_setup, 1, "io_uring", "r" },
	{ SYS_userfaultfd, 0, "userfaultfd", "u" }, { SYS_bpf, BPF_PROG_LOAD, "bpf", "b" },
	{ SYS_socket, AF_NETLINK, "netlink", "n" }, { SYS_socket, AF_UNIX, "unix", "u" },
	{ SYS_socket, AF_INET6, "ipv6", "6" }, { SYS_socket, AF_PACKET, "other", "o" },
};

START_TEST(made)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, makers[_i].nr, 7, makers[_i].arg0, SOCK_RAW);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "7" }, { "fd.type", makers[_i].type },
		{ "fd.typechar", makers[_i].typechar }, { "fd.directory", NULL },
		{ "fd.filename", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(not_made)
{
	static const struct { int nr; const char *typechar; } calls[] = {
		{ SYS_open, "f" }, { SYS_openat, "f" }, { SYS_openat2, "f" }, { SYS_creat, "f" },
		{ SYS_socket, "4" }, { SYS_accept, "4" }, { SYS_accept4, "4" }, { SYS_pipe, "p" },
		{ SYS_pipe2, "p" }, { SYS_dup, "o" },
	};
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		eyas_rec_sys(&f.b, calls[i].nr, -EMFILE);
		eyas_fields_see(&f);
		eyas_fields_expect(&f, (const struct eyas_field_case[]){
			{ "fd.num", "-1" }, { "fd.typechar", calls[i].typechar }, { 0 } });
	}
	/* Of the other commands of bpf() the result is no descriptor. */
	eyas_rec_sys(&f.b, SYS_bpf, 0, BPF_MAP_UPDATE_ELEM);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, none);
	eyas_rec_sys(&f.b, SYS_bpf, 0, 1ULL << 40 | BPF_PROG_LOAD);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "fd.num", "0" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(pairs)
{
	static const int32_t fds[2] = { 5, 6 };
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_pipe, 0);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 0, fds, sizeof(fds));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "5" }, { "fd.type", "pipe" }, { "evt.arg.fd1", "<p>" },
		{ "evt.rawarg.fd2", "6" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_pipe2, 0);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 0, fds, 7);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", NULL }, { "fd.typechar", "p" }, { "fd.uid", NULL },
		{ "evt.arg.fd1", "<NA>" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_socketpair, 0, AF_UNIX);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 3, fds, sizeof(fds));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "5" }, { "evt.rawarg.fd1", "5" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* The kernel's name tells what has no mode. */
START_TEST(by_kernel_name)
{
	static const struct { const char *path; uint32_t mode; const char *typechar; } objects[] = {
		{ "anon_inode:[eventfd]", 0600, "e" }, { "anon_inode:bpf-map", 0600, "b" },
		{ "pipe:[12]", 0010600, "p" }, { "socket:[12]", 0140777, "o" },
		{ "anon_inode:[userfaultfd]", 0600, "u" }, { "/memfd:x", 0100777, "f" },
		{ "anon_inode:[unheard of]", 0600, "o" }, { "/run/sock", 0140777, "u" },
		{ "/dev/null", 0020666, "f" },
	};
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	for (size_t i = 0; i < sizeof(objects) / sizeof(*objects); i++) {
		eyas_rec_sys(&f.b, SYS_ioctl, 0, 8);
		eyas_rec_file(&f.b, EYAS_BLOB_FILE, objects[i].mode);
		eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 0, objects[i].path);
		eyas_fields_see(&f);
		eyas_fields_expect(&f, (const struct eyas_field_case[]){
			{ "fd.typechar", objects[i].typechar }, { "fd.name", objects[i].path },
			{ "real:fd.name", NULL }, { 0 } });
	}
	eyas_rec_sys(&f.b, SYS_ioctl, 0, 8);
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 0, "anon_inode:[userfaultfd]");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "userfaultfd" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(duplicates)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_socket, 4, AF_INET, SOCK_STREAM);
	eyas_fields_see(&f);
	eyas_rec_sys(&f.b, SYS_dup2, 0, 4, 0);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "0" }, { "fd.type", "ipv4" }, { "fd.l4proto", "tcp" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Of several objects the one of the descriptor counts. */
START_TEST(several_objects)
{
	struct eyas_file a = { .ino = 1, .mode = 0100644 }, b = { .ino = 2, .mode = 0040755 };
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_openat, 3, 5);
	eyas_rec_blob(&f.b, EYAS_BLOB_FILE, 0, &b, sizeof(b));
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 0, "/dir");
	eyas_rec_blob(&f.b, EYAS_BLOB_FILE, EYAS_BLOB_NO_ARG, &a, sizeof(a));
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/dir/file");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.ino", "1" }, { "fd.type", "file" }, { "fd.name", "/dir/file" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- sockets ---- */

static const struct eyas_field_case connected[] = {
	{ "fd.num", "4" }, { "fd.type", "ipv4" }, { "fd.typechar", "4" },
	{ "fd.name", "->10.0.0.1:443" }, { "fd.l4proto", "tcp" }, { "fd.sockfamily", "ip" },
	{ "fd.ip", "(10.0.0.1)" }, { "fd.net", "(10.0.0.1)" }, { "fd.port", "(443)" },
	{ "fd.proto", "(443)" }, { "fd.sip", "10.0.0.1" }, { "fd.rip", "10.0.0.1" },
	{ "fd.snet", "10.0.0.1" }, { "fd.rnet", "10.0.0.1" }, { "fd.cip", NULL },
	{ "fd.lip", NULL }, { "fd.cnet", NULL }, { "fd.lnet", NULL }, { "fd.sport", "443" },
	{ "fd.rport", "443" }, { "fd.cport", NULL }, { "fd.lport", NULL },
	{ "fd.sproto", "443" }, { "fd.rproto", "443" }, { "fd.cproto", NULL },
	{ "fd.lproto", NULL }, { "fd.is_server", "false" }, { "fd.connected", "true" },
	{ "fd.name_changed", "true" }, { "fd.directory", NULL }, { "fd.filename", NULL },
	{ "fd.nameraw", NULL }, { "fd.sip.name", "kubernetes.default.svc.cluster.local" },
	{ "fd.rip.name", "kubernetes.default.svc.cluster.local" }, { "fd.cip.name", NULL },
	{ "fd.lip.name", NULL }, { 0 },
};

static const struct eyas_field_case bound[] = {
	{ "fd.type", "ipv6" }, { "fd.typechar", "6" }, { "fd.name", "::1:80" },
	{ "fd.ip", "(::1)" }, { "fd.sip", "::1" }, { "fd.lip", "::1" }, { "fd.cip", NULL },
	{ "fd.rip", NULL }, { "fd.sport", "80" }, { "fd.lport", "80" }, { "fd.lproto", "80" },
	{ "fd.snet", "::1" }, { "fd.lnet", "::1" }, { "fd.cport", NULL },
	{ "fd.is_server", "true" }, { "fd.connected", "false" }, { "fd.l4proto", "tcp" },
	{ "fd.lip.name", "localhost6" }, { "fd.name_changed", "true" }, { 0 },
};

static const struct eyas_field_case accepted[] = {
	{ "fd.num", "9" }, { "fd.type", "ipv4" }, { "fd.name", "10.0.0.2:55555->" },
	{ "fd.cip", "10.0.0.2" }, { "fd.rip", "10.0.0.2" }, { "fd.sip", NULL },
	{ "fd.cnet", "10.0.0.2" }, { "fd.cport", "55555" }, { "fd.cproto", "55555" },
	{ "fd.is_server", "true" }, { "fd.connected", "true" }, { "fd.name_changed", "false" },
	{ "fd.l4proto", "tcp" }, { "fd.cip.name", "(one,two)" }, { 0 },
};

static size_t ipv4(struct sockaddr_in *sa, const char *ip, uint16_t port)
{
	*sa = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port) };
	ck_assert_int_eq(inet_pton(AF_INET, ip, &sa->sin_addr), 1);
	return sizeof(*sa);
}

static size_t ipv6(struct sockaddr_in6 *sa, const char *ip, uint16_t port)
{
	*sa = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = htons(port) };
	ck_assert_int_eq(inet_pton(AF_INET6, ip, &sa->sin6_addr), 1);
	return sizeof(*sa);
}

static void see_socket(struct eyas_fields *f, int fd, int family, int type)
{
	eyas_rec_sys(&f->b, SYS_socket, fd, (uint64_t)family, (uint64_t)type);
	eyas_fields_see(f);
}

static void see_address(struct eyas_fields *f, int nr, int64_t ret, uint64_t fd, uint8_t arg,
			const void *sa, size_t len)
{
	eyas_rec_sys(&f->b, nr, ret, fd);
	eyas_rec_blob(&f->b, EYAS_BLOB_SOCKADDR, arg, sa, len);
	eyas_fields_see(f);
}

START_TEST(connecting)
{
	struct eyas_fields f;
	struct sockaddr_in sa;
	size_t len = ipv4(&sa, "10.0.0.1", 443);

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_socket(&f, 4, AF_INET, SOCK_STREAM | SOCK_CLOEXEC);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "ipv4" }, { "fd.l4proto", "tcp" }, { "fd.name", NULL },
		{ "fd.ip", NULL }, { "fd.connected", "false" }, { "fd.is_server", "false" },
		{ "fd.name_changed", "false" }, { 0 } });
	see_address(&f, SYS_connect, 0, 4, 1, &sa, len);
	eyas_fields_expect(&f, connected);
	see_address(&f, SYS_connect, -EINPROGRESS, 4, 1, &sa, len);
	eyas_fields_expect(&f, connected);
	see_address(&f, SYS_connect, -ECONNREFUSED, 4, 1, &sa, len);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.sip", "10.0.0.1" }, { "fd.connected", "false" },
		{ "fd.name_changed", "false" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_write, 5, 4);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "ipv4" }, { "fd.connected", "true" }, { "fd.ip", NULL },
		{ "fd.name_changed", "false" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(serving)
{
	struct eyas_fields f;
	struct sockaddr_in6 sa6;
	struct sockaddr_in sa;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_socket(&f, 4, AF_INET6, SOCK_STREAM);
	see_address(&f, SYS_bind, 0, 4, 1, &sa6, ipv6(&sa6, "::1", 80));
	eyas_fields_expect(&f, bound);
	eyas_rec_sys(&f.b, SYS_listen, 0, 4, 5);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "ipv6" }, { "fd.connected", "false" }, { "fd.ip", NULL }, { 0 } });
	see_socket(&f, 5, AF_INET, SOCK_STREAM);
	see_address(&f, SYS_accept4, 9, 5, 1, &sa, ipv4(&sa, "10.0.0.2", 55555));
	eyas_fields_expect(&f, accepted);
	/* What is there from before the call is not its address. */
	see_address(&f, SYS_accept4, -EAGAIN, 5, 1 | EYAS_BLOB_F_OUT, &sa, sizeof(sa));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "-1" }, { "fd.ip", NULL }, { "fd.connected", "false" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(datagrams)
{
	struct eyas_fields f;
	struct sockaddr_in sa;
	size_t len = ipv4(&sa, "192.0.2.1", 53);

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_socket(&f, 4, AF_INET, SOCK_DGRAM);
	see_address(&f, SYS_sendto, 20, 4, 4, &sa, len);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.l4proto", "udp" }, { "fd.name", "->192.0.2.1:53" }, { "fd.sip", "192.0.2.1" },
		{ "fd.connected", "false" }, { "fd.name_changed", "true" },
		{ "fd.sip.name", NULL }, { "fd.is_server", "false" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_sendto, 20, 4);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.connected", "true" }, { "fd.name_changed", "false" }, { "fd.sip", NULL },
		{ 0 } });
	see_address(&f, SYS_recvfrom, 20, 4, 4, &sa, len);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.cip", "192.0.2.1" }, { "fd.is_server", "true" },
		{ "fd.name", "192.0.2.1:53->" }, { 0 } });
	/* A stream goes where it was connected to, whatever it is told. */
	see_socket(&f, 5, AF_INET, SOCK_STREAM);
	see_address(&f, SYS_sendto, 20, 5, 4, &sa, len);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.connected", "true" }, { "fd.name_changed", "false" }, { "fd.ip", NULL },
		{ 0 } });
	see_socket(&f, 6, AF_INET, SOCK_RAW);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "fd.l4proto", "raw" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_socket, 7, AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "fd.l4proto", "icmp" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(mapped_addresses)
{
	struct eyas_fields f;
	struct sockaddr_in6 sa;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_address(&f, SYS_connect, 0, 4, 1, &sa, ipv6(&sa, "::ffff:192.0.2.7", 80));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.sip", "192.0.2.7" }, { "fd.name", "->192.0.2.7:80" }, { "fd.typechar", "4" },
		{ 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(unix_sockets)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX, .sun_path = "/run/docker.sock" };
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_address(&f, SYS_connect, 0, 4, 1, &sa, sizeof(sa));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "unix" }, { "fd.sockfamily", "unix" },
		{ "fd.name", "/run/docker.sock" },
		{ "fd.connected", "true" }, { "fd.ip", NULL }, { "fd.l4proto", "<NA>" }, { 0 } });
	memcpy(sa.sun_path, "\0abstract", 9);
	see_address(&f, SYS_bind, 0, 4, 1, &sa, offsetof(struct sockaddr_un, sun_path) + 9);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "@abstract" }, { 0 } });
	see_address(&f, SYS_connect, -EINVAL, 4, 1, &sa, offsetof(struct sockaddr_un, sun_path));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "fd.name", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- sockets as the kernel has them ---- */

/* "10.0.0.5", 40000, "", 0: not connected. */
static struct eyas_socket socket_from(const char *local, uint16_t lport, const char *remote,
				      uint16_t rport)
{
	int family = strchr(local, ':') ? AF_INET6 : AF_INET;
	struct eyas_socket s = {
		.ino = 0x2a, .family = (uint16_t)family, .type = SOCK_STREAM, .state = TCP_CLOSE,
		.lport = lport, .rport = rport,
	};

	ck_assert_int_eq(inet_pton(family, local, s.laddr), 1);
	if (*remote) {
		ck_assert_int_eq(inet_pton(family, remote, s.raddr), 1);
		s.state = TCP_ESTABLISHED;
	}
	return s;
}

static void see_with_socket(struct eyas_fields *f, int nr, int64_t ret, uint8_t arg,
			    const struct eyas_socket *s)
{
	eyas_rec_sys(&f->b, nr, ret, 4);
	eyas_rec_blob(&f->b, EYAS_BLOB_SOCKET, arg, s, sizeof(*s));
	eyas_fields_see(f);
}

/* With what it was told. */
static void see_both(struct eyas_fields *f, int nr, int64_t ret, const struct eyas_socket *s,
		     uint8_t arg, const void *sa, size_t len)
{
	eyas_rec_sys(&f->b, nr, ret, 4);
	eyas_rec_blob(&f->b, EYAS_BLOB_SOCKADDR, arg, sa, len);
	eyas_rec_blob(&f->b, EYAS_BLOB_SOCKET, 0, s, sizeof(*s));
	eyas_fields_see(f);
}

static const struct eyas_field_case both_ends[] = {
	{ "fd.type", "ipv4" }, { "fd.l4proto", "tcp" }, { "fd.sockfamily", "ip" },
	{ "fd.name", "10.0.0.5:40000->10.0.0.1:443" }, { "fd.ip", "(10.0.0.5,10.0.0.1)" },
	{ "fd.net", "(10.0.0.5,10.0.0.1)" }, { "fd.port", "(40000,443)" },
	{ "fd.proto", "(40000,443)" }, { "fd.cip", "10.0.0.5" }, { "fd.lip", "10.0.0.5" },
	{ "fd.sip", "10.0.0.1" }, { "fd.rip", "10.0.0.1" }, { "fd.cnet", "10.0.0.5" },
	{ "fd.lnet", "10.0.0.5" }, { "fd.cport", "40000" }, { "fd.lport", "40000" },
	{ "fd.sport", "443" }, { "fd.rport", "443" }, { "fd.cproto", "40000" },
	{ "fd.lproto", "40000" }, { "fd.is_server", "false" }, { "fd.connected", "true" },
	{ "evt.arg.tuple", "10.0.0.5:40000->10.0.0.1:443" }, { 0 },
};

START_TEST(both_ends_of_a_client)
{
	struct eyas_socket s = socket_from("10.0.0.5", 40000, "10.0.0.1", 443);
	struct sockaddr_in sa;
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	/* Under another name: whoever listens there, this is where it got. */
	see_both(&f, SYS_connect, 0, &s, 1, &sa, ipv4(&sa, "192.0.2.9", 1));
	eyas_fields_expect(&f, both_ends);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name_changed", "true" }, { "evt.arg.fd", "<4t>10.0.0.5:40000->10.0.0.1:443" },
		{ "evt.arg.addr", "192.0.2.9:1" }, { 0 } });
	/* Later calls tell no address: the port that it did not choose makes it the client. */
	see_with_socket(&f, SYS_sendto, 5, 0, &s);
	eyas_fields_expect(&f, both_ends);
	see_with_socket(&f, SYS_write, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "10.0.0.5:40000->10.0.0.1:443" }, { "fd.name_changed", "false" },
		{ "evt.arg.tuple", NULL }, { 0 } });
	/* On its way, and not got there. */
	s.state = TCP_SYN_SENT;
	see_both(&f, SYS_connect, -EINPROGRESS, &s, 1, &sa, ipv4(&sa, "10.0.0.1", 443));
	eyas_fields_expect(&f, both_ends);
	s = socket_from("0.0.0.0", 0, "", 0);
	see_both(&f, SYS_connect, -ECONNREFUSED, &s, 1, &sa, ipv4(&sa, "10.0.0.1", 443));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.sip", "10.0.0.1" }, { "fd.cip", NULL }, { "fd.lport", NULL },
		{ "fd.connected", "false" }, { "evt.arg.tuple", "NULL" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(both_ends_of_a_server)
{
	struct eyas_socket s = socket_from("0.0.0.0", 80, "", 0);
	struct sockaddr_in sa;
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_both(&f, SYS_bind, 0, &s, 1, &sa, ipv4(&sa, "0.0.0.0", 0));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "0.0.0.0:80" }, { "fd.sip", "0.0.0.0" }, { "fd.sport", "80" },
		{ "fd.lip", "0.0.0.0" }, { "fd.cip", NULL }, { "fd.is_server", "true" },
		{ "fd.connected", "false" }, { 0 } });
	s.state = TCP_LISTEN;
	see_with_socket(&f, SYS_listen, 0, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "0.0.0.0:80" }, { "fd.sip", "0.0.0.0" }, { "fd.sport", "80" },
		{ "fd.ip", "(0.0.0.0)" }, { "fd.port", "(80)" }, { "fd.cport", NULL },
		{ "fd.is_server", "true" }, { "fd.connected", "false" }, { "fd.l4proto", "tcp" },
		{ 0 } });
	s = socket_from("10.0.0.1", 80, "10.0.0.2", 55555);
	see_with_socket(&f, SYS_accept4, 9, EYAS_BLOB_NO_ARG, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.num", "9" }, { "fd.name", "10.0.0.2:55555->10.0.0.1:80" },
		{ "fd.cip", "10.0.0.2" }, { "fd.sip", "10.0.0.1" }, { "fd.lip", "10.0.0.1" },
		{ "fd.rip", "10.0.0.2" }, { "fd.is_server", "true" }, { "fd.connected", "true" },
		{ "evt.arg.tuple", "10.0.0.2:55555->10.0.0.1:80" }, { 0 } });
	/* Which it still is when it reads. */
	see_with_socket(&f, SYS_read, 9, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.is_server", "true" }, { "fd.cip", "10.0.0.2" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Neither port tells, nor any call: no end is the server's. */
START_TEST(ends_without_roles)
{
	struct eyas_socket s = socket_from("10.0.0.5", 40000, "10.0.0.1", 50000);
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_with_socket(&f, SYS_read, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "10.0.0.5:40000->10.0.0.1:50000" }, { "fd.lip", "10.0.0.5" },
		{ "fd.rport", "50000" }, { "fd.sip", NULL }, { "fd.cport", NULL },
		{ "fd.ip", "(10.0.0.5,10.0.0.1)" }, { "fd.is_server", "false" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Its address is not chosen before it is connected, its port is. */
START_TEST(unconnected_datagrams)
{
	struct eyas_socket s = socket_from("0.0.0.0", 41000, "", 0);
	struct sockaddr_in sa;
	struct eyas_fields f;

	s.type = SOCK_DGRAM;
	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_both(&f, SYS_sendto, 5, &s, 4, &sa, ipv4(&sa, "192.0.2.1", 53));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.l4proto", "udp" }, { "fd.name", "0.0.0.0:41000->192.0.2.1:53" },
		{ "fd.ip", "(192.0.2.1)" }, { "fd.port", "(41000,53)" }, { "fd.lip", NULL },
		{ "fd.lip.name", NULL }, { "fd.lport", "41000" }, { "fd.cport", "41000" },
		{ "fd.sip", "192.0.2.1" }, { "fd.connected", "false" },
		{ "fd.name_changed", "true" },
		{ "evt.arg.tuple", "0.0.0.0:41000->192.0.2.1:53" }, { 0 } });
	/* A datagram goes where it is told, wherever its socket is connected to. */
	s = socket_from("10.0.0.5", 41000, "192.0.2.1", 53);
	s.type = SOCK_DGRAM;
	see_both(&f, SYS_sendto, 5, &s, 4, &sa, ipv4(&sa, "192.0.2.2", 54));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "10.0.0.5:41000->192.0.2.2:54" }, { "fd.connected", "true" }, { 0 } });
	s = socket_from("0.0.0.0", 53, "", 0);
	s.type = SOCK_DGRAM;
	see_both(&f, SYS_recvfrom, 5, &s, 4 | EYAS_BLOB_F_OUT, &sa, ipv4(&sa, "192.0.2.3", 5353));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "192.0.2.3:5353->0.0.0.0:53" }, { "fd.cip", "192.0.2.3" },
		{ "fd.sip", NULL }, { "fd.sport", "53" }, { "fd.is_server", "true" },
		{ "evt.arg.tuple", "192.0.2.3:5353->0.0.0.0:53" }, { 0 } });
	see_both(&f, SYS_sendmmsg, 1, &s, 1, &sa, ipv4(&sa, "192.0.2.4", 5353));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.rip", "192.0.2.4" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(kinds_of_sockets)
{
	struct eyas_socket s = socket_from("::ffff:10.0.0.5", 40000, "::ffff:10.0.0.1", 443);
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_with_socket(&f, SYS_read, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.typechar", "4" }, { "fd.name", "10.0.0.5:40000->10.0.0.1:443" }, { 0 } });
	s = socket_from("2001:db8::1", 40000, "2001:db8::2", 443);
	see_with_socket(&f, SYS_read, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.typechar", "6" }, { "fd.name", "2001:db8::1:40000->2001:db8::2:443" },
		{ "fd.sip", "2001:db8::2" }, { 0 } });
	s = socket_from("::", 0, "", 0);
	see_with_socket(&f, SYS_setsockopt, 0, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.typechar", "6" }, { "fd.name", NULL }, { "fd.port", NULL }, { 0 } });
	/* What a raw socket has for a port is its protocol. */
	s = socket_from("10.0.0.5", IPPROTO_ICMP, "10.0.0.1", 0);
	s.type = SOCK_RAW;
	s.protocol = IPPROTO_ICMP;
	see_with_socket(&f, SYS_read, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.l4proto", "raw" }, { "fd.lip", "10.0.0.5" }, { "fd.lport", "0" },
		{ "fd.rip", "10.0.0.1" }, { 0 } });
	s = (struct eyas_socket){ .family = AF_NETLINK, .type = SOCK_RAW };
	see_with_socket(&f, SYS_read, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "netlink" }, { "fd.name", NULL }, { "fd.ip", NULL }, { 0 } });
	s = (struct eyas_socket){ .family = AF_VSOCK, .type = SOCK_STREAM, .lport = 7, .rport = 8 };
	see_with_socket(&f, SYS_read, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "other" }, { "fd.port", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(names_of_unix_sockets)
{
	struct eyas_socket s = {
		.ino = 0x2a, .peer_ino = 0x2b, .family = AF_UNIX, .type = SOCK_STREAM,
		.state = TCP_ESTABLISHED,
	};
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	eyas_rec_sys(&f.b, SYS_sendto, 5, 4);
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKET, 0, &s, sizeof(s));
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKET_PATH, 0, "\0made up", 8);
	eyas_rec_text(&f.b, EYAS_BLOB_PEER_PATH, 0, "/run/x.sock");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.type", "unix" }, { "fd.name", "/run/x.sock" }, { "fd.connected", "true" },
		{ "fd.is_server", "false" }, { "evt.arg.tuple", "2a->2b /run/x.sock" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_accept, 5, 4);
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKET, EYAS_BLOB_NO_ARG, &s, sizeof(s));
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKET_PATH, EYAS_BLOB_NO_ARG, "\0abstract", 9);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", "@abstract" }, { "evt.arg.tuple", "2a->2b @abstract" },
		{ "fd.is_server", "true" }, { 0 } });
	see_with_socket(&f, SYS_sendto, 5, 0, &s);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.name", NULL }, { "evt.arg.tuple", "2a->2b" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Whatever a program hands over. */
START_TEST(bad_addresses)
{
	unsigned char junk[200];
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	for (size_t len = 0; len <= sizeof(junk); len++) {
		for (unsigned int family = 0; family < 12; family++) {
			eyas_recs_reset(&f.b);
			memset(junk, 'A', sizeof(junk));
			junk[0] = (unsigned char)family;
			junk[1] = 0;
			see_address(&f, SYS_connect, 0, 4, 1, junk, len);
			eyas_fields_text(&f, "fd.name");
			eyas_fields_text(&f, "fd.sip");
			eyas_fields_text(&f, "evt.args");
		}
	}
	junk[0] = AF_INET;
	see_address(&f, SYS_connect, -EINVAL, 4, 1, junk, 7);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.sip", NULL }, { "fd.name", NULL }, { "fd.typechar", "4" },
		{ "evt.arg.addr", "INVALID IPv4" }, { 0 } });
	junk[0] = AF_INET6;
	see_address(&f, SYS_connect, -EINVAL, 4, 1, junk, 23);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.addr", "INVALID IPv6" }, { 0 } });
	junk[0] = AF_NETLINK;
	see_address(&f, SYS_connect, 0, 4, 1, junk, 12);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.addr", "family 16" }, { "fd.type", "netlink" }, { "fd.name", NULL },
		{ 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- all of a process ---- */

static const struct eyas_field_case types[] = {
	{ "fd.types", "(directory,ipv4,event)" }, { "fd.types[4]", "ipv4" },
	{ "fd.types[9]", NULL }, { "fd.types[99999999999]", NULL }, { 0 },
};

START_TEST(types_of_events)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	see_open(&f, "/tmp", "/tmp", 0040755);
	see_socket(&f, 4, AF_INET, SOCK_STREAM);
	see_socket(&f, 5, AF_INET, SOCK_DGRAM);
	eyas_rec_sys(&f.b, SYS_eventfd2, 6);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, types);
	eyas_fields_release(&f);
}
END_TEST

START_TEST(types_of_proc)
{
	struct eyas_fields f;
	struct eyas_err err;
	const char *text;

	eyas_fields_create(&f);
	eyas_fakeroot_proc(&f.root, &(struct eyas_fakeproc){ .pid = 50, .comm = "x" });
	eyas_fakeroot_link(&f.root, "proc/50/fd/0", "/dev/null");
	eyas_fakeroot_link(&f.root, "proc/50/fd/1", "pipe:[1]");
	eyas_fakeroot_link(&f.root, "proc/50/fd/2", "pipe:[2]");
	ck_assert_int_eq(eyas_enrich_seed(f.en, &err), 0);
	eyas_rec_by(&f.b, 50);
	eyas_rec_sys(&f.b, SYS_read, 0, 1);
	eyas_fields_see(&f);
	/* In whatever order the directory has them. */
	text = eyas_fields_text(&f, "fd.types");
	ck_assert(!strcmp(text, "(file,pipe)") || !strcmp(text, "(pipe,file)"));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fd.types[2]", "pipe" }, { "fd.types[3]", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* fd.container* have their values in test_field_container.c. */
static const struct eyas_field_case contained[] = {
	{ "fd.containername", ":/x" }, { "fd.containerdirectory", ":/" }, { 0 },
};

START_TEST(on_the_host)
{
	struct eyas_fields f;
	struct eyas_err err;

	eyas_fields_create(&f);
	eyas_fakeroot_proc(&f.root, &(struct eyas_fakeproc){ .pid = 50, .comm = "x" });
	ck_assert_int_eq(eyas_enrich_seed(f.en, &err), 0);
	eyas_rec_by(&f.b, 50);
	see_open(&f, "/x", "/x", 0100644);
	eyas_fields_expect(&f, contained);
	eyas_fields_release(&f);
}
END_TEST

START_TEST(all_rows)
{
	static const struct eyas_field_case *const lists[] = {
		opened, failed, used, none, connected, both_ends, bound, accepted, types, contained,
		NULL,
	};

	eyas_fields_covered("fd", lists, NULL);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, files);
	tcase_add_test(tc, names);
	tcase_add_test(tc, without_given_name);
	tcase_add_loop_test(tc, made, 0, sizeof(makers) / sizeof(*makers));
	tcase_add_test(tc, not_made);
	tcase_add_test(tc, pairs);
	tcase_add_test(tc, by_kernel_name);
	tcase_add_test(tc, duplicates);
	tcase_add_test(tc, several_objects);
	tcase_add_test(tc, connecting);
	tcase_add_test(tc, serving);
	tcase_add_test(tc, datagrams);
	tcase_add_test(tc, mapped_addresses);
	tcase_add_test(tc, unix_sockets);
	tcase_add_test(tc, both_ends_of_a_client);
	tcase_add_test(tc, both_ends_of_a_server);
	tcase_add_test(tc, ends_without_roles);
	tcase_add_test(tc, unconnected_datagrams);
	tcase_add_test(tc, kinds_of_sockets);
	tcase_add_test(tc, names_of_unix_sockets);
	tcase_add_test(tc, bad_addresses);
	tcase_add_test(tc, types_of_events);
	tcase_add_test(tc, types_of_proc);
	tcase_add_test(tc, on_the_host);
	tcase_add_test(tc, all_rows);
}

EYAS_TEST_MAIN("field_fd", fill)
