// SPDX-License-Identifier: Apache-2.0
/* What golden lines do not have: parts of calls, descriptors, signals, ends, calls unknown. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "decode/decode.h"
#include "records.h"
#include "unit.h"

static struct eyas_recs b;
static struct eyas_decode *d;
static struct eyas_strbuf out;

static void setup(void)
{
	static const struct eyas_decode_opts opts = EYAS_DECODE_OPTS_INIT;

	d = eyas_decode_new(&opts);
	eyas_strbuf_init(&out);
}

static void teardown(void)
{
	eyas_decode_free(d);
	eyas_strbuf_release(&out);
	eyas_recs_release(&b);
}

static void expect(const char *want)
{
	ck_assert_str_eq(out.buf, want);
	eyas_strbuf_reset(&out);
}

static void rec_enter(int nr, const uint64_t args[6])
{
	struct eyas_sys_enter *e = eyas_rec_other(&b, EYAS_REC_SYS_ENTER, sizeof(*e));

	b.last->nr = nr;
	memcpy(e->args, args, sizeof(e->args));
}

#define enter(nr, ...) rec_enter(nr, (const uint64_t[6]){ __VA_ARGS__ })

static void rec_out(uint8_t kind, uint8_t arg, const void *data, size_t len)
{
	eyas_rec_blob(&b, kind, arg, data, len)->arg |= EYAS_BLOB_F_OUT;
}

/* ---- parts ---- */

START_TEST(in_two_parts)
{
	struct eyas_event en, ex;
	struct eyas_decode_call c = { .enter = &en };

	enter(SYS_read, 3, 0x7000, 10);
	eyas_rec_event(&b, &en);
	eyas_decode_enter(d, &c, &out);
	expect("read(3, ");
	eyas_decode_result(d, &c, &out);
	expect("= ?");

	eyas_rec_sys(&b, SYS_read, 4, 3, 0x7000, 10);
	rec_out(EYAS_BLOB_BYTES, 1, "abc\n", 4);
	eyas_rec_event(&b, &ex);
	c.exit = &ex;
	eyas_decode_resumed(d, &c, &out);
	expect("\"abc\\n\", 10)");
	eyas_decode_call(d, &c, &out);
	expect("read(3, \"abc\\n\", 10)");
	eyas_decode_result(d, &c, &out);
	expect("= 4");
}
END_TEST

START_TEST(all_of_it_at_entry)
{
	struct eyas_event en, ex;
	struct eyas_decode_call c = { .enter = &en };

	enter(SYS_write, 1, 0x7000, 3);
	eyas_rec_blob(&b, EYAS_BLOB_BYTES, 1, "hi\n", 3);
	eyas_rec_event(&b, &en);
	eyas_decode_enter(d, &c, &out);
	expect("write(1, \"hi\\n\", 3");
	eyas_rec_sys(&b, SYS_write, -EBADF, 1, 0x7000, 3);
	eyas_rec_event(&b, &ex);
	c.exit = &ex;
	eyas_decode_resumed(d, &c, &out);
	expect(")");
	eyas_decode_result(d, &c, &out);
	expect("= -1 EBADF (Bad file descriptor)");
}
END_TEST

START_TEST(entry_not_seen)
{
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	eyas_rec_sys(&b, SYS_openat, 3, (uint64_t)AT_FDCWD, 0x7000, O_RDONLY | O_CLOEXEC);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/etc/passwd");
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY|O_CLOEXEC)");
}
END_TEST

/* openat of arm64, where some flags have other numbers. */
START_TEST(flags_of_arm64)
{
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	eyas_rec_sys(&b, 56, 3, (uint64_t)AT_FDCWD, 0x7000, 040000 | 0100000);
	b.last->abi = EYAS_ABI_ARM64;
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/etc");
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("openat(AT_FDCWD, \"/etc\", O_RDONLY|O_NOFOLLOW|O_DIRECTORY)");
	eyas_rec_sys(&b, 56, 3, (uint64_t)AT_FDCWD, 0x7000, 0200000 | 0400000);
	b.last->abi = EYAS_ABI_ARM64;
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/etc");
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("openat(AT_FDCWD, \"/etc\", O_RDONLY|O_DIRECT|O_LARGEFILE)");
}
END_TEST

/* What could not be read at entry was read again when the call ended. */
START_TEST(read_again)
{
	struct eyas_event en, ex;
	struct eyas_decode_call c = { .enter = &en, .exit = &ex };

	enter(SYS_chdir, 0x7000);
	eyas_rec_blob(&b, EYAS_BLOB_STRING, 0, "", 0)->arg |= EYAS_BLOB_F_FAULT;
	eyas_rec_event(&b, &en);
	eyas_rec_sys(&b, SYS_chdir, 0, 0x7000);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 0, "/tmp")->arg |= EYAS_BLOB_F_REREAD;
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("chdir(\"/tmp\")");
}
END_TEST

START_TEST(unknown_calls)
{
	struct eyas_event en, ex;
	struct eyas_decode_call c = { .enter = &en };

	enter(0x1bad, 1, 0, 0xffffffffffffffff, 4, 5, 6);
	eyas_rec_event(&b, &en);
	eyas_decode_name(&en, &out);
	expect("syscall_0x1bad");
	eyas_decode_enter(d, &c, &out);
	expect("syscall_0x1bad(0x1, 0, 0xffffffffffffffff, 0x4, 0x5, 0x6");
	eyas_rec_sys(&b, 0x1bad, -ENOSYS, 1, 2, 3, 4, 5, 6);
	eyas_rec_event(&b, &ex);
	c.exit = &ex;
	eyas_decode_resumed(d, &c, &out);
	expect(")");
	eyas_decode_result(d, &c, &out);
	expect("= -1 ENOSYS (Function not implemented)");
}
END_TEST

START_TEST(exec_ends_in_its_record)
{
	struct eyas_event en, ex;
	struct eyas_decode_call c = { .enter = &en, .exit = &ex };

	enter(SYS_execve, 0x7000, 0x7100, 0x7200);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 0, "/bin/true");
	eyas_rec_blob(&b, EYAS_BLOB_STRINGS, 1, "true\0-v", 8);
	eyas_rec_blob(&b, EYAS_BLOB_STRINGS, 2, "A=1\0B=2\0C=3", 12);
	eyas_rec_event(&b, &en);
	eyas_rec_exec(&b, "true");
	b.last->nr = SYS_execve;
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("execve(\"/bin/true\", [\"true\", \"-v\"], 0x7200 /* 3 vars */)");
	eyas_decode_result(d, &c, &out);
	expect("= 0");
}
END_TEST

START_TEST(restarted)
{
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	eyas_rec_sys(&b, SYS_restart_syscall, 0);
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("restart_syscall(<... resuming interrupted system call ...>)");
	c.restarted = "nanosleep";
	eyas_decode_call(d, &c, &out);
	expect("restart_syscall(<... resuming interrupted nanosleep ...>)");
}
END_TEST

START_TEST(results)
{
	static const struct {
		int64_t ret;
		const char *want;
	} rows[] = {
		{ 0, "= 0" },
		{ 77, "= 77" },
		{ -EINTR, "= -1 EINTR (Interrupted system call)" },
		{ -512, "= ? ERESTARTSYS (To be restarted if SA_RESTART is set)" },
		{ -513, "= ? ERESTARTNOINTR (To be restarted)" },
		{ -514, "= ? ERESTARTNOHAND (To be restarted if no handler)" },
		{ -516, "= ? ERESTART_RESTARTBLOCK (Interrupted by signal)" },
		{ -4000, "= -1 (errno 4000)" },
		{ -4096, "= -4096" },
	};
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		eyas_rec_sys(&b, SYS_fsync, rows[i].ret, 3);
		eyas_rec_event(&b, &ex);
		eyas_decode_result(d, &c, &out);
		expect(rows[i].want);
	}
}
END_TEST

START_TEST(options_change)
{
	struct eyas_decode_opts o = { .strsize = 2, .names = true };
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	eyas_rec_sys(&b, SYS_write, 3, 1, 0x7000, 3);
	eyas_rec_blob(&b, EYAS_BLOB_BYTES, 1, "abc", 3);
	eyas_rec_event(&b, &ex);
	eyas_decode_set(d, &o);
	eyas_decode_call(d, &c, &out);
	expect("write(fd=1, buf=\"ab\"..., count=3)");
	o.raw = true;
	o.names = false;
	eyas_decode_set(d, &o);
	eyas_decode_call(d, &c, &out);
	expect("write(0x1, 0x7000, 0x3)");
	eyas_decode_result(d, &c, &out);
	expect("= 0x3");
}
END_TEST

/* ---- descriptors ---- */

static void with_fds(uint8_t fds)
{
	struct eyas_decode_opts o = EYAS_DECODE_OPTS_INIT;

	o.fds = fds;
	eyas_decode_set(d, &o);
}

START_TEST(paths_of_descriptors)
{
	struct eyas_file f = { .mode = S_IFCHR | 0666, .dev_major = 1, .dev_minor = 3 };
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	eyas_rec_sys(&b, SYS_fsync, 0, 3);
	eyas_rec_blob(&b, EYAS_BLOB_FILE, 0, &f, sizeof(f));
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, 0, "/dev/<null>\n");
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("fsync(3)");
	with_fds(1);
	eyas_decode_call(d, &c, &out);
	expect("fsync(3</dev/\\74null\\76\\n>)");
	with_fds(2);
	eyas_decode_call(d, &c, &out);
	expect("fsync(3</dev/\\74null\\76\\n>)");
}
END_TEST

START_TEST(deleted_files_and_results)
{
	struct eyas_file f = { .mode = S_IFREG, .flags = EYAS_FILE_F_DELETED };
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	with_fds(1);
	eyas_rec_sys(&b, SYS_dup, 4, 3);
	eyas_rec_blob(&b, EYAS_BLOB_FILE, 0, &f, sizeof(f));
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, 0, "/tmp/x");
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/tmp/x");
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("dup(3</tmp/x>(deleted))");
	eyas_decode_result(d, &c, &out);
	expect("= 4</tmp/x>");
}
END_TEST

START_TEST(memory_files_have_no_name)
{
	struct eyas_file f = { .mode = S_IFREG, .flags = EYAS_FILE_F_MEMFD };
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	with_fds(1);
	eyas_rec_sys(&b, SYS_ftruncate, 0, 3, 10);
	eyas_rec_blob(&b, EYAS_BLOB_FILE, 0, &f, sizeof(f));
	eyas_rec_text(&b, EYAS_BLOB_FILE_PATH, 0, "/memfd:abc");
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("ftruncate(3</memfd:abc>(deleted), 10)");
}
END_TEST

static void one_socket(const struct eyas_socket *s, const char *own, size_t own_len,
		       const char *want)
{
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	eyas_rec_sys(&b, SYS_close, 0, 3);
	eyas_rec_blob(&b, EYAS_BLOB_SOCKET, 0, s, sizeof(*s));
	if (own)
		eyas_rec_blob(&b, EYAS_BLOB_SOCKET_PATH, 0, own, own_len);
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect(want);
}

START_TEST(sockets)
{
	struct eyas_socket tcp = {
		.ino = 77,
		.family = AF_INET,
		.type = SOCK_STREAM,
		.protocol = IPPROTO_TCP,
		.lport = 40000,
		.rport = 443,
		.laddr = { 127, 0, 0, 1 },
		.raddr = { 10, 0, 0, 2 },
	};
	struct eyas_socket udp6 = {
		.ino = 78,
		.family = AF_INET6,
		.type = SOCK_DGRAM,
		.protocol = IPPROTO_UDP,
		.lport = 53,
		.laddr = { [15] = 1 },
	};
	struct eyas_socket un = { .ino = 5, .peer_ino = 6, .family = AF_UNIX, .type = SOCK_STREAM };
	struct eyas_socket nl = { .ino = 9, .family = AF_NETLINK, .type = SOCK_RAW, .lport = 700 };
	struct eyas_socket odd = { .ino = 12, .family = 200 };

	with_fds(1);
	one_socket(&tcp, NULL, 0, "close(3<socket:[77]>)");
	with_fds(2);
	one_socket(&tcp, NULL, 0, "close(3<TCP:[127.0.0.1:40000->10.0.0.2:443]>)");
	one_socket(&udp6, NULL, 0, "close(3<UDPv6:[[::1]:53]>)");
	one_socket(&un, NULL, 0, "close(3<UNIX-STREAM:[5->6]>)");
	one_socket(&un, "\0abc", 4, "close(3<UNIX-STREAM:[5->6,@\"abc\"]>)");
	one_socket(&nl, NULL, 0, "close(3<NETLINK:[ROUTE:700]>)");
	one_socket(&odd, NULL, 0, "close(3<socket:[12]>)");
}
END_TEST

static bool hook_fd(void *arg, const struct eyas_event *ev, int fd, struct eyas_decode_fd *ret)
{
	(void)ev;
	if (fd != *(int *)arg)
		return false;
	ret->path = "pipe:[12]";
	ret->len = strlen(ret->path);
	return true;
}

static bool hook_cwd(void *arg, const struct eyas_event *ev, const char **ret, size_t *ret_len)
{
	(void)arg;
	(void)ev;
	*ret = "/home";
	*ret_len = 5;
	return true;
}

static bool hook_comm(void *arg, const struct eyas_event *ev, int pid, char ret[16])
{
	(void)arg;
	(void)ev;
	memcpy(ret, "a<b>c", 6);
	return pid == 77;
}

/* Memory of which there are two pieces for one argument. */
START_TEST(signal_set_pair)
{
	const uint64_t pair[2] = { 0x7000, 8 }, set = 1ULL << 16;
	struct eyas_event ev;
	struct eyas_decode_call c = { .exit = &ev };

	eyas_rec_sys(&b, SYS_pselect6, 1, 0, 0, 0, 0, 0, 0x6000);
	eyas_rec_blob(&b, EYAS_BLOB_STRUCT, 5, pair, sizeof(pair));
	eyas_rec_blob(&b, EYAS_BLOB_BYTES, 5, &set, sizeof(set));
	eyas_rec_event(&b, &ev);
	eyas_decode_call(d, &c, &out);
	expect("pselect6(0, NULL, NULL, NULL, NULL, {sigmask=[CHLD], sigsetsize=8})");
	eyas_rec_sys(&b, SYS_pselect6, 1, 0, 0, 0, 0, 0, 0x6000);
	eyas_rec_blob(&b, EYAS_BLOB_STRUCT, 5, pair, sizeof(pair));
	eyas_rec_event(&b, &ev);
	eyas_decode_call(d, &c, &out);
	expect("pselect6(0, NULL, NULL, NULL, NULL, {sigmask=0x7000, sigsetsize=8})");
}
END_TEST

START_TEST(quota_file)
{
	struct eyas_event ev;
	struct eyas_decode_call c = { .exit = &ev };

	eyas_rec_sys(&b, SYS_quotactl, 0, 0x80000200, 0, 2, 0x6000);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 3, "/aquota");
	eyas_rec_event(&b, &ev);
	eyas_decode_call(d, &c, &out);
	expect("quotactl(QCMD(Q_QUOTAON, USRQUOTA), NULL, QFMT_VFS_V0, \"/aquota\")");
	eyas_rec_sys(&b, SYS_quotactl, -EINVAL, 0x80000200, 0, 2, 0x6000);
	eyas_rec_event(&b, &ev);
	eyas_decode_call(d, &c, &out);
	expect("quotactl(QCMD(Q_QUOTAON, USRQUOTA), NULL, QFMT_VFS_V0, 0x6000)");
}
END_TEST

START_TEST(hooks)
{
	struct eyas_decode_opts o = EYAS_DECODE_OPTS_INIT;
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };
	int known = 4;

	o.fds = 1;
	o.pids = true;
	o.hooks = (struct eyas_decode_hooks){
		.fd = hook_fd, .cwd = hook_cwd, .comm = hook_comm, .arg = &known
	};
	eyas_decode_set(d, &o);
	eyas_rec_sys(&b, SYS_dup2, 4, 3, 4);
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("dup2(3, 4<pipe:[12]>)");
	eyas_rec_sys(&b, SYS_mkdirat, 0, (uint64_t)AT_FDCWD, 0, 0755);
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("mkdirat(AT_FDCWD</home>, NULL, 0755)");
	eyas_rec_sys(&b, SYS_kill, 0, 77, 9);
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("kill(77<a\\74b\\76c>, SIGKILL)");
	eyas_rec_sys(&b, SYS_kill, 0, 78, 9);
	eyas_rec_event(&b, &ex);
	eyas_decode_call(d, &c, &out);
	expect("kill(78, SIGKILL)");
}
END_TEST

/* ---- signals and ends ---- */

static void one_signal(struct eyas_signal s, const char *want, const char *json)
{
	struct eyas_event ev;

	memcpy(eyas_rec_other(&b, EYAS_REC_SIGNAL, sizeof(s)), &s, sizeof(s));
	eyas_rec_event(&b, &ev);
	eyas_decode_signal(d, &ev, &out);
	expect(want);
	eyas_decode_json_signal(d, &ev, &out);
	expect(json);
}

START_TEST(signals)
{
	one_signal(
		(struct eyas_signal){ .sig = 2,
				      .code = 0,
				      .flags = EYAS_SIGNAL_F_SENDER,
				      .sender_vpid = 700,
				      .sender_uid = 1000 },
		"--- SIGINT {si_signo=SIGINT, si_code=SI_USER, si_pid=700, si_uid=1000} ---",
		"\"signal\":{\"raw\":\"0x2\",\"text\":\"SIGINT\"},"
		"\"si_signo\":{\"raw\":\"0x2\",\"text\":\"SIGINT\"},"
		"\"si_code\":{\"raw\":\"0\",\"text\":\"SI_USER\"},\"si_pid\":700,\"si_uid\":1000");
	one_signal((struct eyas_signal){ .sig = 11, .code = 1, .value = 0x10 },
		   "--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x10} ---",
		   "\"signal\":{\"raw\":\"0xb\",\"text\":\"SIGSEGV\"},"
		   "\"si_signo\":{\"raw\":\"0xb\",\"text\":\"SIGSEGV\"},"
		   "\"si_code\":{\"raw\":\"0x1\",\"text\":\"SEGV_MAPERR\"},\"si_addr\":\"0x10\"");
	one_signal(
		(struct eyas_signal){ .sig = 17,
				      .code = 1,
				      .flags = EYAS_SIGNAL_F_SENDER,
				      .sender_vpid = 5,
				      .status = 3 },
		"--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=5, si_uid=0, "
		"si_status=3, ...} ---",
		"\"signal\":{\"raw\":\"0x11\",\"text\":\"SIGCHLD\"},"
		"\"si_signo\":{\"raw\":\"0x11\",\"text\":\"SIGCHLD\"},"
		"\"si_code\":{\"raw\":\"0x1\",\"text\":\"CLD_EXITED\"},\"si_pid\":5,\"si_uid\":0,"
		"\"si_status\":3,\"cut\":true");
	one_signal(
		(struct eyas_signal){ .sig = 17,
				      .code = 1,
				      .flags = EYAS_SIGNAL_F_SENDER | EYAS_SIGNAL_F_WHOLE,
				      .sender_vpid = 5,
				      .status = 3,
				      .value = 2ULL << 32 | 1 },
		"--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=5, si_uid=0, "
		"si_status=3, si_utime=1 /* 0.01 s */, si_stime=2 /* 0.02 s */} ---",
		"\"signal\":{\"raw\":\"0x11\",\"text\":\"SIGCHLD\"},"
		"\"si_signo\":{\"raw\":\"0x11\",\"text\":\"SIGCHLD\"},"
		"\"si_code\":{\"raw\":\"0x1\",\"text\":\"CLD_EXITED\"},\"si_pid\":5,\"si_uid\":0,"
		"\"si_status\":3,\"si_utime\":1,\"si_stime\":2");
	one_signal((struct eyas_signal){ .sig = 31,
					 .code = 1,
					 .flags = EYAS_SIGNAL_F_WHOLE,
					 .sender_vpid = 0xc000003e,
					 .status = 110,
					 .value = 0x1000 },
		   "--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x1000, "
		   "si_syscall=__NR_getppid, si_arch=AUDIT_ARCH_X86_64} ---",
		   "\"signal\":{\"raw\":\"0x1f\",\"text\":\"SIGSYS\"},"
		   "\"si_signo\":{\"raw\":\"0x1f\",\"text\":\"SIGSYS\"},"
		   "\"si_code\":{\"raw\":\"0x1\",\"text\":\"SYS_SECCOMP\"},"
		   "\"si_call_addr\":\"0x1000\",\"si_syscall\":{\"raw\":\"0x6e\",\"text\":"
		   "\"__NR_getppid\"},\"si_arch\":{\"raw\":\"0xc000003e\",\"text\":"
		   "\"AUDIT_ARCH_X86_64\"}");
	one_signal((struct eyas_signal){ .sig = 10,
					 .code = -2,
					 .flags = EYAS_SIGNAL_F_WHOLE,
					 .sender_vpid = 2,
					 .status = 7,
					 .value = 9 },
		   "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_TIMER, si_timerid=0x2, si_overrun=7, "
		   "si_int=9, si_ptr=0x9} ---",
		   "\"signal\":{\"raw\":\"0xa\",\"text\":\"SIGUSR1\"},"
		   "\"si_signo\":{\"raw\":\"0xa\",\"text\":\"SIGUSR1\"},"
		   "\"si_code\":{\"raw\":\"0xfffffffe\",\"text\":\"SI_TIMER\"},"
		   "\"si_timerid\":\"0x2\",\"si_overrun\":7,\"si_int\":9,\"si_ptr\":\"0x9\"");
	one_signal((struct eyas_signal){ .sig = 29,
					 .code = 1,
					 .flags = EYAS_SIGNAL_F_WHOLE,
					 .status = 3,
					 .value = 0x41 },
		   "--- SIGIO {si_signo=SIGIO, si_code=POLL_IN, si_band=65, si_fd=3} ---",
		   "\"signal\":{\"raw\":\"0x1d\",\"text\":\"SIGIO\"},"
		   "\"si_signo\":{\"raw\":\"0x1d\",\"text\":\"SIGIO\"},"
		   "\"si_code\":{\"raw\":\"0x1\",\"text\":\"POLL_IN\"},"
		   "\"si_band\":65,\"si_fd\":3");
	one_signal((struct eyas_signal){ .sig = 1, .code = 0x80 },
		   "--- SIGHUP {si_signo=SIGHUP, si_code=SI_KERNEL} ---",
		   "\"signal\":{\"raw\":\"0x1\",\"text\":\"SIGHUP\"},"
		   "\"si_signo\":{\"raw\":\"0x1\",\"text\":\"SIGHUP\"},"
		   "\"si_code\":{\"raw\":\"0x80\",\"text\":\"SI_KERNEL\"}");
	one_signal((struct eyas_signal){ .sig = 34,
					 .code = -1,
					 .flags = EYAS_SIGNAL_F_SENDER,
					 .sender_vpid = 5,
					 .value = 9 },
		   "--- SIGRT_2 {si_signo=SIGRT_2, si_code=SI_QUEUE, si_pid=5, si_uid=0, si_int=9, "
		   "si_ptr=0x9} ---",
		   "\"signal\":{\"raw\":\"0x22\",\"text\":\"SIGRT_2\"},"
		   "\"si_signo\":{\"raw\":\"0x22\",\"text\":\"SIGRT_2\"},"
		   "\"si_code\":{\"raw\":\"0xffffffff\",\"text\":\"SI_QUEUE\"},\"si_pid\":5,"
		   "\"si_uid\":0,\"si_int\":9,\"si_ptr\":\"0x9\"");
}
END_TEST

START_TEST(ends)
{
	eyas_decode_exit(d, 0, &out);
	expect("+++ exited with 0 +++");
	eyas_decode_exit(d, 3 << 8, &out);
	expect("+++ exited with 3 +++");
	eyas_decode_exit(d, 9, &out);
	expect("+++ killed by SIGKILL +++");
	eyas_decode_exit(d, 11 | 0x80, &out);
	expect("+++ killed by SIGSEGV (core dumped) +++");
	eyas_decode_exit(d, 64, &out);
	expect("+++ killed by SIGRT_32 +++");
}
END_TEST

START_TEST(names)
{
	ck_assert_str_eq(eyas_decode_signame(2), "INT");
	ck_assert_str_eq(eyas_decode_signame(32), "RTMIN");
	ck_assert_str_eq(eyas_decode_signame(64), "RT_32");
	ck_assert_ptr_null(eyas_decode_signame(0));
	ck_assert_ptr_null(eyas_decode_signame(65));
	ck_assert_ptr_null(eyas_decode_signame(UINT32_MAX));
	ck_assert_int_eq(eyas_decode_signal_by_name("SIGINT"), 2);
	ck_assert_int_eq(eyas_decode_signal_by_name("sigint"), 2);
	ck_assert_int_eq(eyas_decode_signal_by_name("rtmin"), 32);
	ck_assert_int_eq(eyas_decode_signal_by_name("RT_1"), 33);
	ck_assert_int_eq(eyas_decode_signal_by_name("0"), -ENOENT);
	ck_assert_int_eq(eyas_decode_signal_by_name("SIG"), -ENOENT);
	ck_assert_str_eq(eyas_decode_errno(2), "ENOENT");
	ck_assert_str_eq(eyas_decode_strerror(2), "No such file or directory");
	ck_assert_str_eq(eyas_decode_errno(512), "ERESTARTSYS");
	ck_assert_ptr_null(eyas_decode_errno(0));
	ck_assert_ptr_null(eyas_decode_errno(4000));
	ck_assert_ptr_null(eyas_decode_strerror(4000));
}
END_TEST

/* ---- JSON ---- */

START_TEST(json)
{
	struct eyas_event en, ex;
	struct eyas_decode_call c = { .enter = &en };

	enter(SYS_openat, (uint64_t)AT_FDCWD, 0x7000, O_RDONLY);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "/a\"\\\n\xff");
	eyas_rec_event(&b, &en);
	eyas_decode_json(d, &c, &out);
	expect("\"syscall\":\"openat\",\"abi\":\"x86_64\",\"args\":["
	       "{\"name\":\"dfd\",\"type\":\"dirfd\",\"raw\":\"0xffffffffffffff9c\","
	       "\"value\":\"AT_FDCWD\"},"
	       "{\"name\":\"filename\",\"type\":\"path\",\"raw\":\"0x7000\","
	       "\"value\":{\"hex\":\"2f61225c0aff\"}},"
	       "{\"name\":\"flags\",\"type\":\"flags\",\"raw\":\"0\",\"value\":\"O_RDONLY\"}]");
	eyas_rec_sys(&b, SYS_openat, -ENOENT, (uint64_t)AT_FDCWD, 0x7000, O_RDONLY);
	eyas_rec_text(&b, EYAS_BLOB_STRING, 1, "a\"\\\n\303\274");
	eyas_rec_event(&b, &ex);
	c = (struct eyas_decode_call){ .exit = &ex };
	eyas_decode_json(d, &c, &out);
	expect("\"syscall\":\"openat\",\"abi\":\"x86_64\",\"args\":["
	       "{\"name\":\"dfd\",\"type\":\"dirfd\",\"raw\":\"0xffffffffffffff9c\","
	       "\"value\":\"AT_FDCWD\"},"
	       "{\"name\":\"filename\",\"type\":\"path\",\"raw\":\"0x7000\","
	       "\"value\":\"a\\\"\\\\\\n\303\274\"},"
	       "{\"name\":\"flags\",\"type\":\"flags\",\"raw\":\"0\",\"value\":\"O_RDONLY\"}],"
	       "\"ret\":-2,\"errno\":\"ENOENT\",\"error\":\"No such file or directory\","
	       "\"text\":\"-1 ENOENT (No such file or directory)\"");
}
END_TEST

START_TEST(json_of_descriptors)
{
	struct eyas_socket un = { .ino = 5, .peer_ino = 6, .family = AF_UNIX, .type = SOCK_STREAM };
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	with_fds(2);
	eyas_rec_sys(&b, SYS_close, 0, 3);
	eyas_rec_blob(&b, EYAS_BLOB_SOCKET, 0, &un, sizeof(un));
	eyas_rec_blob(&b, EYAS_BLOB_SOCKET_PATH, 0, "/a\"b", 4);
	eyas_rec_event(&b, &ex);
	eyas_decode_json(d, &c, &out);
	expect("\"syscall\":\"close\",\"abi\":\"x86_64\",\"args\":["
	       "{\"name\":\"fd\",\"type\":\"fd\",\"raw\":\"0x3\",\"value\":"
	       "{\"fd\":3,\"path\":\"socket:[5]\",\"socket\":\"UNIX-STREAM:[5->6,/a\\\"b]\"}}],"
	       "\"ret\":0,\"text\":\"0\"");
}
END_TEST

/* -X is about lines: JSON has numbers beside names in any case. */
START_TEST(json_is_the_same_with_any_style)
{
	struct eyas_decode_opts o = EYAS_DECODE_OPTS_INIT;
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	o.xlat = EYAS_DECODE_VERBOSE;
	eyas_decode_set(d, &o);
	eyas_rec_sys(&b, SYS_epoll_create1, 3, 0x80000);
	eyas_rec_event(&b, &ex);
	eyas_decode_json(d, &c, &out);
	expect("\"syscall\":\"epoll_create1\",\"abi\":\"x86_64\",\"args\":["
	       "{\"name\":\"flags\",\"type\":\"flags\",\"raw\":\"0x80000\","
	       "\"value\":\"EPOLL_CLOEXEC\"}],\"ret\":3,\"text\":\"3\"");
	eyas_decode_call(d, &c, &out);
	expect("epoll_create1(0x80000 /* EPOLL_CLOEXEC */)");
}
END_TEST

START_TEST(json_of_structs)
{
	static const uint64_t ts[2] = { 1, 500 };
	struct eyas_event ex;
	struct eyas_decode_call c = { .exit = &ex };

	eyas_rec_sys(&b, SYS_clock_gettime, 0, 1, 0x7000);
	rec_out(EYAS_BLOB_STRUCT, 1, ts, sizeof(ts));
	eyas_rec_event(&b, &ex);
	eyas_decode_json(d, &c, &out);
	expect("\"syscall\":\"clock_gettime\",\"abi\":\"x86_64\",\"args\":["
	       "{\"name\":\"which_clock\",\"type\":\"enum\",\"raw\":\"0x1\","
	       "\"value\":\"CLOCK_MONOTONIC\"},"
	       "{\"name\":\"tp\",\"type\":\"struct\",\"raw\":\"0x7000\","
	       "\"value\":{\"tv_sec\":1,\"tv_nsec\":500}}],\"ret\":0,\"text\":\"0\"");
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, in_two_parts);
	tcase_add_test(tc, all_of_it_at_entry);
	tcase_add_test(tc, entry_not_seen);
	tcase_add_test(tc, flags_of_arm64);
	tcase_add_test(tc, read_again);
	tcase_add_test(tc, unknown_calls);
	tcase_add_test(tc, exec_ends_in_its_record);
	tcase_add_test(tc, restarted);
	tcase_add_test(tc, results);
	tcase_add_test(tc, options_change);
	tcase_add_test(tc, paths_of_descriptors);
	tcase_add_test(tc, deleted_files_and_results);
	tcase_add_test(tc, memory_files_have_no_name);
	tcase_add_test(tc, sockets);
	tcase_add_test(tc, hooks);
	tcase_add_test(tc, signal_set_pair);
	tcase_add_test(tc, quota_file);
	tcase_add_test(tc, signals);
	tcase_add_test(tc, ends);
	tcase_add_test(tc, names);
	tcase_add_test(tc, json);
	tcase_add_test(tc, json_of_descriptors);
	tcase_add_test(tc, json_is_the_same_with_any_style);
	tcase_add_test(tc, json_of_structs);
}

EYAS_TEST_MAIN("decode", fill)
