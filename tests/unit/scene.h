/* SPDX-License-Identifier: Apache-2.0 */
/* Events written down as lines of text, for golden cases: see test_golden_match.c. */
#ifndef EYAS_TEST_SCENE_H
#define EYAS_TEST_SCENE_H

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "base/util.h"
#include "event/evtype.h"
#include "fields.h"

#define SCENE_WORDS_MAX	48

/* The words of a line: "call NAME openat pid=7 s1='/etc/x y'", NUL-terminated. */
struct scene_line { char *words[SCENE_WORDS_MAX]; size_t n; };

/* Cuts @line up. Quotes of either kind hold blanks together; "\0" in them is a NUL. */
static void scene_split(char *line, struct scene_line *ret)
{
	char *p = line, *out;

	ret->n = 0;
	for (;;) {
		char quote = '\0';

		p += strspn(p, " \t\n");
		if (!*p)
			return;
		ck_assert_uint_lt(ret->n, SCENE_WORDS_MAX);
		ret->words[ret->n++] = out = p;
		for (; *p && (quote || !strchr(" \t\n", *p)); p++) {
			if (quote ? *p == quote : *p == '"' || *p == '\'')
				quote = quote ? '\0' : *p;
			else
				*out++ = *p;
		}
		p += *p != '\0';
		*out = '\0';
	}
}

/* The value of KEY=; NULL if there is none. */
static const char *scene_get(const struct scene_line *l, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i < l->n; i++)
		if (!strncmp(l->words[i], key, n) && l->words[i][n] == '=')
			return l->words[i] + n + 1;
	return NULL;
}

/* ---- numbers ---- */

#define K(name)	{ #name, (uint64_t)(name) }
static const struct { const char *name; uint64_t value; } scene_names[] = {
	K(AT_FDCWD), K(O_RDONLY), K(O_WRONLY), K(O_RDWR), K(O_CREAT), K(O_TRUNC), K(O_APPEND),
	K(O_EXCL), K(O_DIRECTORY), K(O_CLOEXEC), K(O_NONBLOCK), K(O_TMPFILE),
	K(AF_UNIX), K(AF_INET), K(AF_INET6), K(AF_PACKET), K(AF_NETLINK), K(SOCK_STREAM),
	K(SOCK_DGRAM), K(SOCK_RAW), K(SOCK_CLOEXEC), K(IPPROTO_TCP), K(IPPROTO_UDP),
	K(S_IFREG), K(S_IFDIR), K(S_IFSOCK), K(S_IFIFO), K(S_IFCHR), K(S_ISUID), K(S_ISGID),
	K(S_IXUSR), K(PTRACE_TRACEME), K(PTRACE_ATTACH), K(PTRACE_POKETEXT), K(PTRACE_SEIZE),
	K(AT_REMOVEDIR), K(AT_SYMLINK_FOLLOW),
	{ "-ENOENT", (uint64_t)-ENOENT }, { "-EACCES", (uint64_t)-EACCES },
	{ "-EPERM", (uint64_t)-EPERM }, { "-EINPROGRESS", (uint64_t)-EINPROGRESS },
	{ "-ECONNREFUSED", (uint64_t)-ECONNREFUSED }, { "-EEXIST", (uint64_t)-EEXIST },
	{ "CLONE_NEWUSER", 0x10000000 }, { "CLONE_NEWNS", 0x00020000 },
	{ "EXE_WRITABLE", EYAS_EXEC_F_WRITABLE }, { "EXE_UPPER", EYAS_EXEC_F_UPPER },
	{ "EXE_MEMFD", EYAS_EXEC_F_MEMFD }, { "EXE_LOWER", EYAS_EXEC_F_LOWER },
};
#undef K

static uint64_t scene_word(const char *s, size_t len)
{
	char buf[64], *end;
	uint64_t v;

	ck_assert_uint_lt(len, sizeof(buf));
	memcpy(buf, s, len);
	buf[len] = '\0';
	for (size_t i = 0; i < EYAS_ARRAY_LEN(scene_names); i++)
		if (!strcmp(buf, scene_names[i].name))
			return scene_names[i].value;
	v = buf[0] == '-' ? (uint64_t)strtoll(buf, &end, 0) : strtoull(buf, &end, 0);
	ck_assert_msg(end > buf && !*end, "'%s' is no number", buf);
	return v;
}

/* Names and numbers joined by '|'. */
static uint64_t scene_number(const char *s)
{
	uint64_t v = 0;

	for (size_t n; *s; s += n + (s[n] == '|')) {
		n = strcspn(s, "|");
		v |= scene_word(s, n);
	}
	return v;
}

static uint64_t scene_num(const struct scene_line *l, const char *key, uint64_t otherwise)
{
	const char *s = scene_get(l, key);

	return s ? scene_number(s) : otherwise;
}

static uint32_t scene_u32(const struct scene_line *l, const char *key, uint32_t otherwise)
{
	return (uint32_t)scene_num(l, key, otherwise);
}

/* ---- blobs ---- */

/* "10.0.0.1:80", "[::1]:80", "/run/x.sock". */
static socklen_t scene_address(const char *s, struct sockaddr_storage *ret)
{
	struct sockaddr_in *in = (void *)ret;
	struct sockaddr_in6 *in6 = (void *)ret;
	const char *colon = strrchr(s, ':');
	char host[64];

	memset(ret, 0, sizeof(*ret));
	if (*s == '/') {
		ret->ss_family = AF_UNIX;
		snprintf((char *)ret + 2, 108, "%s", s);
		return (socklen_t)(2 + strlen(s) + 1);
	}
	ck_assert_ptr_nonnull(colon);
	snprintf(host, sizeof(host), "%.*s", (int)(colon - s), s);
	if (*host != '[') {
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)scene_number(colon + 1));
		ck_assert_int_eq(inet_pton(AF_INET, host, &in->sin_addr), 1);
		return sizeof(*in);
	}
	host[strlen(host) - 1] = '\0';
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons((uint16_t)scene_number(colon + 1));
	ck_assert_int_eq(inet_pton(AF_INET6, host + 1, &in6->sin6_addr), 1);
	return sizeof(*in6);
}

static void scene_end(const char *s, uint8_t addr[16], uint32_t *port, uint16_t *family)
{
	struct sockaddr_storage ss;
	const struct sockaddr_in *in = (const void *)&ss;
	const struct sockaddr_in6 *in6 = (const void *)&ss;

	scene_address(s, &ss);
	*family = ss.ss_family;
	*port = ntohs(in->sin_port);
	if (ss.ss_family == AF_INET)
		memcpy(addr, &in->sin_addr, 4);
	else
		memcpy(addr, &in6->sin6_addr, 16);
}

/* "tcp:10.0.0.5:40000>10.0.0.1:80": how it is connected; without ">" it is not. */
static void scene_socket(struct eyas_fields *f, const char *s, uint8_t arg)
{
	struct eyas_socket sock = { .ino = 4711, .state = 7 };
	bool tcp = !strncmp(s, "tcp:", 4);
	char local[80];
	const char *to = strchr(s, '>');

	ck_assert(tcp || !strncmp(s, "udp:", 4));
	snprintf(local, sizeof(local), "%.*s", to ? (int)(to - s - 4) : 79, s + 4);
	scene_end(local, sock.laddr, &sock.lport, &sock.family);
	if (to) {
		scene_end(to + 1, sock.raddr, &sock.rport, &sock.family);
		sock.state = 1;
	}
	sock.type = tcp ? SOCK_STREAM : SOCK_DGRAM;
	sock.protocol = tcp ? IPPROTO_TCP : IPPROTO_UDP;
	eyas_rec_blob(&f->b, EYAS_BLOB_SOCKET, arg, &sock, sizeof(sock));
}

/* file=PATH mode=S_IFREG|0644 fflags=N: what the kernel says of the object. */
static void scene_file(struct eyas_fields *f, const struct scene_line *l, uint8_t kind,
		       uint8_t path_kind)
{
	const char *path = scene_get(l, "file");
	struct eyas_file *file;

	if (!path)
		return;
	file = eyas_rec_file(&f->b, kind, scene_u32(l, "mode", S_IFREG | 0644));
	file->ino = 1234;
	file->flags = scene_u32(l, "fflags", 0);
	eyas_rec_text(&f->b, path_kind, EYAS_BLOB_NO_ARG, path);
}

static void scene_blobs(struct eyas_fields *f, const struct scene_line *l)
{
	struct sockaddr_storage ss;
	char key[16];

	for (uint8_t arg = 0; arg < 6; arg++) {
		const char *s;

		snprintf(key, sizeof(key), "s%u", arg);
		s = scene_get(l, key);
		if (s)
			eyas_rec_text(&f->b, EYAS_BLOB_STRING, arg, s);
		*key = 'd';
		s = scene_get(l, key);
		if (s)
			eyas_rec_text(&f->b, EYAS_BLOB_BYTES, arg, s);
		*key = 'n';
		s = scene_get(l, key);
		if (s)
			eyas_rec_blob(&f->b, EYAS_BLOB_SOCKADDR, arg, &ss, scene_address(s, &ss));
	}
	scene_file(f, l, EYAS_BLOB_FILE, EYAS_BLOB_FILE_PATH);
	if (scene_get(l, "socket"))
		scene_socket(f, scene_get(l, "socket"), (uint8_t)scene_num(l, "of", 0));
}

/* ---- records ---- */

static void scene_call(struct eyas_fields *f, const struct scene_line *l)
{
	int nr = eyas_evtype_by_name(l->words[2]);
	uint64_t args[6];
	char key[16];

	ck_assert_msg(nr >= 0 && nr < EYAS_NR_MAX, "no call %s", l->words[2]);
	for (int i = 0; i < 6; i++) {
		snprintf(key, sizeof(key), "a%d", i);
		args[i] = scene_num(l, key, 0);
	}
	eyas_rec_sys_args(&f->b, nr, (int64_t)scene_num(l, "ret", 0), args);
	scene_blobs(f, l);
}

static void scene_task(struct eyas_task *t, const struct scene_line *l)
{
	t->ppid = scene_u32(l, "ppid", 1);
	t->uid = t->euid = t->suid = scene_u32(l, "uid", 0);
	t->gid = t->egid = t->sgid = scene_u32(l, "gid", t->uid);
	t->loginuid = scene_u32(l, "loginuid", UINT32_MAX);
	t->tty = scene_u32(l, "tty", 0);
	t->sid = t->vsid = scene_u32(l, "sid", t->sid);
	t->pgid = t->vpgid = scene_u32(l, "pgid", t->pgid);
	t->vpid = t->vtid = scene_u32(l, "vpid", t->vpid);
	t->exec_flags = scene_u32(l, "flags", 0);
	t->cap_effective = t->cap_permitted = scene_num(l, "caps", 0);
}

/* Blanks become the NULs between arguments; none stands at the end. */
static void scene_strings(struct eyas_fields *f, uint8_t kind, const char *s)
{
	char buf[1024];
	size_t len = strlen(s) + 1;

	ck_assert_uint_lt(len, sizeof(buf));
	memcpy(buf, s, len);
	for (size_t i = 0; i < len; i++)
		if (buf[i] == ' ')
			buf[i] = '\0';
	eyas_rec_blob(&f->b, kind, EYAS_BLOB_NO_ARG, buf, len);
}

static void scene_exec(struct eyas_fields *f, const struct scene_line *l)
{
	const char *exe = scene_get(l, "exe"), *comm = scene_get(l, "comm");
	const char *argv = scene_get(l, "argv"), *name = scene_get(l, "name");

	ck_assert_ptr_nonnull(exe);
	scene_task(eyas_rec_exec(&f->b, comm ? comm : strrchr(exe, '/') + 1), l);
	eyas_rec_file(&f->b, EYAS_BLOB_EXE_FILE, S_IFREG | 0755);
	eyas_rec_text(&f->b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, exe);
	eyas_rec_text(&f->b, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, name ? name : exe);
	scene_strings(f, EYAS_BLOB_ARGV, argv ? argv : exe);
	scene_strings(f, EYAS_BLOB_ENVP, scene_get(l, "env") ? scene_get(l, "env") : "PATH=/bin");
	eyas_rec_text(&f->b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG,
		      scene_get(l, "cwd") ? scene_get(l, "cwd") : "/");
}

/* Put the event of a line into @f. False: it is no line of an event. */
static bool scene_event(struct eyas_fields *f, const struct scene_line *l)
{
	const char *what = l->words[0];
	uint32_t pid = scene_u32(l, "pid", 700);
	struct eyas_fork *fork;

	if (l->n < 2 || (strcmp(what, "call") && strcmp(what, "exec") && strcmp(what, "fork") &&
			 strcmp(what, "exit")))
		return false;
	eyas_rec_by(&f->b, pid);
	f->b.tid = scene_u32(l, "tid", pid);
	if (!strcmp(what, "call")) {
		scene_call(f, l);
	} else if (!strcmp(what, "exec")) {
		scene_exec(f, l);
	} else if (!strcmp(what, "fork")) {
		fork = eyas_rec_fork(&f->b, scene_u32(l, "child", 0), "fork");
		scene_task(&fork->task, l);
		fork->task.ppid = pid;
	} else {
		eyas_rec_exit(&f->b, scene_u32(l, "status", 0));
	}
	if (scene_get(l, "after"))	/* ns since the one before */
		f->b.last->time = f->b.time += scene_num(l, "after", 0);
	eyas_fields_see(f);
	return true;
}

#endif
