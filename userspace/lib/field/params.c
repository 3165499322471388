// SPDX-License-Identifier: Apache-2.0
/* The parameters of events, one list for each type; their values are in
 * param_value.c. Names and order are those that rules are written with. */
#include <string.h>
#include "event/callnr.h"
#include "event/evtype.h"
#include "field/params.h"

#define P(name, type, source, n)	{ name, EYAS_PT_##type, EYAS_PS_##source, n, NULL }
#define PF(name, type, source, n, set)	{ name, EYAS_PT_##type, EYAS_PS_##source, n, \
					  eyas_flags_##set }
#define FROM_PROC(name, type, what)	{ name, EYAS_PT_##type, EYAS_PS_PROC, EYAS_PP_##what, NULL }
#define RES		P("res", ERRNO, RET, 0)
#define RES_FD		P("fd", FD, RET, 0)
#define RES_MADE	P("res", FD, RET, 0)
#define FD(name, n)	P(name, FD, ARG32S, n)
#define WORD(name, type, width, arg, i)	\
	{ name, EYAS_PT_##type, EYAS_PS_##width, EYAS_WORD(arg, i), NULL }
#define WORDF(name, width, arg, i, set)	\
	{ name, EYAS_PT_FLAGS, EYAS_PS_##width, EYAS_WORD(arg, i), eyas_flags_##set }
#define DATA		P("data", BUF, BYTES, 1)
#define SIZE		P("size", UINT, IOV_SIZE, 1)
#define CONTROL		P("msgcontrol", BUF, CONTROL, 1)
#define ENDS		P("tuple", TUPLE, TUPLE, 0)
#define PAIR		P("fd1", FD, PAIR, 0), P("fd2", FD, PAIR, 1)
#define PATH(name, n)	P(name, PATH, STRING, n)
#define UNKNOWN(name, type) P(name, type, NONE, 0)
#define DEV_INO		P("dev", HEX, FILE_DEV, 0), P("ino", UINT, FILE_INO, 0)
#define MEMORY		UNKNOWN("pgft_maj", UINT), UNKNOWN("pgft_min", UINT), \
			UNKNOWN("vm_size", UINT), UNKNOWN("vm_rss", UINT), \
			UNKNOWN("vm_swap", UINT)
#define WHO		FROM_PROC("exe", STR, EXE), FROM_PROC("args", LIST, ARGS), \
			FROM_PROC("tid", PID, TID), FROM_PROC("pid", PID, PID), \
			FROM_PROC("ptid", PID, PPID), FROM_PROC("cwd", STR, CWD), \
			UNKNOWN("fdlimit", UINT), MEMORY, FROM_PROC("comm", STR, COMM), \
			UNKNOWN("cgroups", LIST)

/* clang-format off */
static const struct eyas_param p_open[] = {
	RES_FD, PATH("name", 0), PF("flags", FLAGS, OPEN_FLAGS, 1, open), P("mode", OCT, ARG32, 2),
	DEV_INO,
};
static const struct eyas_param p_openat[] = {
	RES_FD, FD("dirfd", 0), PATH("name", 1), PF("flags", FLAGS, OPEN_FLAGS, 2, open),
	P("mode", OCT, ARG32, 3), DEV_INO,
};
/* Flags, mode and resolve are the first words of a struct. */
static const struct eyas_param p_openat2[] = {
	RES_FD, FD("dirfd", 0), PATH("name", 1), PF("flags", FLAGS, OPEN_FLAGS, 2, open),
	WORD("mode", OCT, WORD64, 2, 1), WORDF("resolve", WORD64, 2, 2, resolve), DEV_INO,
};
static const struct eyas_param p_open_by_handle_at[] = {
	RES_FD, FD("mountfd", 0), PF("flags", FLAGS, OPEN_FLAGS, 2, open), P("path", PATH, NAME, 0),
	DEV_INO,
};
static const struct eyas_param p_creat[] = {
	RES_FD, PATH("name", 0), P("mode", OCT, ARG32, 1), DEV_INO,
	PF("creat_flags", FLAGS, OPEN_FLAGS, 0, open),
};
#define EXEC									\
	RES, WHO, FROM_PROC("env", LIST, ENV), FROM_PROC("tty", UINT, TTY),	\
	FROM_PROC("vpgid", PID, VPGID), FROM_PROC("loginuid", UID, LOGINUID),	\
	{ "flags", EYAS_PT_FLAGS, EYAS_PS_PROC, EYAS_PP_EXEC_FLAGS, eyas_flags_exec },	\
	FROM_PROC("cap_inheritable", HEX, CAP_INH),				\
	FROM_PROC("cap_permitted", HEX, CAP_PERM),				\
	FROM_PROC("cap_effective", HEX, CAP_EFF),				\
	FROM_PROC("exe_ino", UINT, EXE_INO),					\
	FROM_PROC("exe_ino_ctime", ABSTIME, EXE_CTIME),				\
	FROM_PROC("exe_ino_mtime", ABSTIME, EXE_MTIME), FROM_PROC("uid", UID, UID), \
	FROM_PROC("trusted_exepath", STR, EXEPATH), FROM_PROC("pgid", PID, PGID), \
	FROM_PROC("gid", GID, GID)
static const struct eyas_param p_execve[] = { EXEC, FROM_PROC("filename", STR, EXENAME) };
static const struct eyas_param p_execveat[] = { EXEC };
#undef EXEC
#define CLONE(flags)								\
	P("res", PID, RET, 0), WHO, flags, FROM_PROC("uid", UINT, UID),		\
	FROM_PROC("gid", UINT, GID), FROM_PROC("vtid", PID, VTID),		\
	FROM_PROC("vpid", PID, VPID), UNKNOWN("pidns_init_start_ts", UINT)
static const struct eyas_param p_clone[] = { CLONE(PF("flags", FLAGS, ARG, 0, clone)) };
static const struct eyas_param p_clone3[] = { CLONE(WORDF("flags", WORD64, 0, 0, clone)) };
static const struct eyas_param p_fork[] = { CLONE(UNKNOWN("flags", FLAGS)) };
#undef CLONE
static const struct eyas_param p_close[] = { RES, FD("fd", 0) };
static const struct eyas_param p_dup[] = { P("res", FD, RET, 0), FD("oldfd", 0) };
static const struct eyas_param p_dup2[] = {
	P("res", FD, RET, 0), FD("oldfd", 0), FD("newfd", 1),
};
static const struct eyas_param p_dup3[] = {
	P("res", FD, RET, 0), FD("oldfd", 0), FD("newfd", 1), PF("flags", FLAGS, ARG, 2, dup3),
};
static const struct eyas_param p_chmod[] = {
	RES, PATH("filename", 0), PF("mode", MODE, ARG, 1, chmod),
};
static const struct eyas_param p_fchmod[] = { RES, FD("fd", 0), PF("mode", MODE, ARG, 1, chmod) };
static const struct eyas_param p_fchmodat[] = {
	RES, FD("dirfd", 0), PATH("filename", 1), PF("mode", MODE, ARG, 2, chmod),
};
static const struct eyas_param p_chown[] = {
	RES, PATH("path", 0), P("uid", UINT, ARG32, 1), P("gid", UINT, ARG32, 2),
};
static const struct eyas_param p_fchown[] = {
	RES, FD("fd", 0), P("uid", UINT, ARG32, 1), P("gid", UINT, ARG32, 2),
};
static const struct eyas_param p_fchownat[] = {
	RES, FD("dirfd", 0), PATH("pathname", 1), P("uid", UINT, ARG32, 2),
	P("gid", UINT, ARG32, 3), PF("flags", FLAGS, ARG, 4, fchownat),
};
static const struct eyas_param p_link[] = { RES, PATH("oldpath", 0), PATH("newpath", 1) };
static const struct eyas_param p_linkat[] = {
	RES, FD("olddir", 0), PATH("oldpath", 1), FD("newdir", 2), PATH("newpath", 3),
	PF("flags", FLAGS, ARG, 4, linkat),
};
static const struct eyas_param p_symlink[] = {
	RES, P("target", STR, STRING, 0), PATH("linkpath", 1),
};
static const struct eyas_param p_symlinkat[] = {
	RES, P("target", STR, STRING, 0), FD("linkdirfd", 1), PATH("linkpath", 2),
};
static const struct eyas_param p_unlink[] = { RES, PATH("path", 0) };
static const struct eyas_param p_unlinkat[] = {
	RES, FD("dirfd", 0), PATH("name", 1), PF("flags", FLAGS, ARG, 2, unlinkat),
};
static const struct eyas_param p_rename[] = { RES, PATH("oldpath", 0), PATH("newpath", 1) };
static const struct eyas_param p_renameat[] = {
	RES, FD("olddirfd", 0), PATH("oldpath", 1), FD("newdirfd", 2), PATH("newpath", 3),
};
static const struct eyas_param p_renameat2[] = {
	RES, FD("olddirfd", 0), PATH("oldpath", 1), FD("newdirfd", 2), PATH("newpath", 3),
	PF("flags", FLAGS, ARG, 4, rename),
};
static const struct eyas_param p_mkdir[] = { RES, PATH("path", 0), P("mode", HEX, ARG32, 1) };
static const struct eyas_param p_mkdirat[] = {
	RES, FD("dirfd", 0), PATH("path", 1), P("mode", HEX, ARG32, 2),
};
static const struct eyas_param p_rmdir[] = { RES, PATH("path", 0) };
static const struct eyas_param p_chdir[] = { RES, P("path", STR, STRING, 0) };
static const struct eyas_param p_fchdir[] = { RES, FD("fd", 0) };
static const struct eyas_param p_mount[] = {
	RES, P("dev", STR, STRING, 0), P("dir", PATH, STRING, 1), P("type", STR, STRING, 2),
	PF("flags", FLAGS, ARG, 3, mount),
};
static const struct eyas_param p_umount[] = { RES, PATH("name", 0) };
static const struct eyas_param p_umount2[] = {
	RES, PATH("name", 0), PF("flags", FLAGS, ARG, 1, umount),
};
static const struct eyas_param p_ptrace[] = {
	RES, P("addr", HEX, ARG, 2), P("data", HEX, ARG, 3), PF("request", ENUM, ARG, 0, ptrace),
	P("pid", PID, ARG32S, 1),
};
static const struct eyas_param p_setns[] = {
	RES, FD("fd", 0), PF("nstype", FLAGS, ARG, 1, clone),
};
static const struct eyas_param p_unshare[] = { RES, PF("flags", FLAGS, ARG, 0, clone) };
static const struct eyas_param p_setuid[] = { RES, P("uid", UID, ARG32, 0) };
static const struct eyas_param p_setgid[] = { RES, P("gid", GID, ARG32, 0) };
static const struct eyas_param p_setresuid[] = {
	RES, P("ruid", UID, ARG32, 0), P("euid", UID, ARG32, 1), P("suid", UID, ARG32, 2),
};
static const struct eyas_param p_setresgid[] = {
	RES, P("rgid", GID, ARG32, 0), P("egid", GID, ARG32, 1), P("sgid", GID, ARG32, 2),
};
static const struct eyas_param p_setsid[] = { P("res", PID, RET, 0) };
static const struct eyas_param p_setpgid[] = {
	RES, P("pid", PID, ARG32S, 0), P("pgid", PID, ARG32S, 1),
};
static const struct eyas_param p_prctl[] = {
	RES, PF("option", ENUM, ARG, 0, prctl), P("arg2_str", STR, STRING, 1),
	P("arg2_int", INT, ARG, 1),
};
static const struct eyas_param p_capset[] = {
	RES, FROM_PROC("cap_inheritable", HEX, CAP_INH), FROM_PROC("cap_permitted", HEX, CAP_PERM),
	FROM_PROC("cap_effective", HEX, CAP_EFF),
};
static const struct eyas_param p_bpf[] = { RES_FD, PF("cmd", ENUM, ARG, 0, bpf) };
static const struct eyas_param p_init_module[] = {
	RES, P("img", BUF, BYTES, 0), P("length", UINT, ARG, 1), P("uargs", STR, STRING, 2),
};
static const struct eyas_param p_finit_module[] = {
	RES, FD("fd", 0), P("uargs", STR, STRING, 1), PF("flags", FLAGS, ARG, 2, finit),
};
static const struct eyas_param p_delete_module[] = {
	RES, P("name", STR, STRING, 0), PF("flags", FLAGS, ARG, 1, delete),
};
static const struct eyas_param p_userfaultfd[] = { RES, PF("flags", FLAGS, ARG, 0, uffd) };
static const struct eyas_param p_memfd_create[] = {
	RES_FD, P("name", STR, STRING, 0), PF("flags", FLAGS, ARG, 1, memfd),
};
static const struct eyas_param p_pidfd_open[] = {
	RES_FD, P("pid", PID, ARG32S, 0), PF("flags", FLAGS, ARG, 1, pidfd),
};
static const struct eyas_param p_pidfd_getfd[] = {
	RES_FD, FD("pid_fd", 0), P("target_fd", INT, ARG32S, 1), P("flags", UINT, ARG32, 2),
};
static const struct eyas_param p_process_vm[] = {
	P("res", INT, RET, 0), P("pid", PID, ARG32S, 0), DATA,
};
static const struct eyas_param p_kill[] = {
	RES, P("pid", PID, ARG32S, 0), P("sig", SIG, ARG32, 1),
};
static const struct eyas_param p_tkill[] = {
	RES, P("tid", PID, ARG32S, 0), P("sig", SIG, ARG32, 1),
};
static const struct eyas_param p_tgkill[] = {
	RES, P("pid", PID, ARG32S, 0), P("tid", PID, ARG32S, 1), P("sig", SIG, ARG32, 2),
};
static const struct eyas_param p_rw[] = {
	RES, DATA, FD("fd", 0), P("size", UINT, ARG, 2),
};
static const struct eyas_param p_pipe[] = {
	RES, PAIR, UNKNOWN("ino", UINT),
};
static const struct eyas_param p_fcntl[] = {
	P("res", FD, RET, 0), FD("fd", 0), PF("cmd", ENUM, ARG, 1, fcntl), P("arg", UINT, ARG, 2),
};
static const struct eyas_param p_mmap[] = {
	P("res", HEX, RET, 0), UNKNOWN("vm_size", UINT), UNKNOWN("vm_rss", UINT),
	UNKNOWN("vm_swap", UINT), P("addr", HEX, ARG, 0), P("length", UINT, ARG, 1),
	PF("prot", FLAGS, ARG, 2, prot), PF("flags", FLAGS, ARG, 3, mmap), FD("fd", 4),
	P("offset", UINT, ARG, 5),
};
static const struct eyas_param p_mprotect[] = {
	RES, P("addr", HEX, ARG, 0), P("length", UINT, ARG, 1), PF("prot", FLAGS, ARG, 2, prot),
};
static const struct eyas_param p_io_uring_setup[] = {
	RES, P("entries", UINT, ARG32, 0), WORD("sq_entries", UINT, WORD32, 1, 0),
	WORD("cq_entries", UINT, WORD32, 1, 1), WORDF("flags", WORD32, 1, 2, uring_setup),
	WORD("sq_thread_cpu", UINT, WORD32, 1, 3), WORD("sq_thread_idle", UINT, WORD32, 1, 4),
	WORDF("features", WORD32, 1, 5, uring_features),
};
static const struct eyas_param p_io_uring_enter[] = {
	RES, FD("fd", 0), P("to_submit", UINT, ARG32, 1), P("min_complete", UINT, ARG32, 2),
	PF("flags", FLAGS, ARG, 3, uring_enter), UNKNOWN("sig", BUF),
};
static const struct eyas_param p_io_uring_register[] = {
	RES, FD("fd", 0), PF("opcode", ENUM, ARG, 1, uring_register), P("arg", HEX, ARG, 2),
	P("nr_args", UINT, ARG32, 3),
};
static const struct eyas_param p_socket[] = {
	RES_FD, PF("domain", ENUM, ARG, 0, domain), P("type", UINT, ARG8, 1),
	P("proto", UINT, ARG32, 2), PF("flags", FLAGS, ARG, 1, socket),
};
static const struct eyas_param p_bind[] = { RES, P("addr", ADDR, PEER, 1), FD("fd", 0) };
static const struct eyas_param p_connect[] = {
	RES, ENDS, FD("fd", 0), P("addr", ADDR, PEER, 1),
};
static const struct eyas_param p_listen[] = { RES, FD("fd", 0), P("backlog", INT, ARG32S, 1) };
static const struct eyas_param p_accept[] = {
	RES_FD, ENDS, UNKNOWN("queuepct", UINT), UNKNOWN("queuelen", UINT),
	UNKNOWN("queuemax", UINT),
};
static const struct eyas_param p_accept4[] = {
	RES_FD, ENDS, UNKNOWN("queuepct", UINT), UNKNOWN("queuelen", UINT),
	UNKNOWN("queuemax", UINT), P("flags", INT, ARG32S, 3),
};
static const struct eyas_param p_sendto[] = {
	RES, DATA, FD("fd", 0), P("size", UINT, ARG, 2), ENDS,
};
static const struct eyas_param p_sendmsg[] = {
	RES, DATA, FD("fd", 0), SIZE, ENDS,
};
static const struct eyas_param p_recvfrom[] = {
	RES, DATA, ENDS, FD("fd", 0), P("size", UINT, ARG, 2),
};
static const struct eyas_param p_recvmsg[] = {
	RES, SIZE, DATA, ENDS,
	CONTROL, FD("fd", 0),
};
static const struct eyas_param p_socketpair[] = {
	RES, PAIR, UNKNOWN("source", HEX), UNKNOWN("peer", HEX),
	PF("domain", ENUM, ARG, 0, domain), P("type", UINT, ARG8, 1), P("proto", UINT, ARG32, 2),
};
static const struct eyas_param p_getsockopt[] = {
	RES, FD("fd", 0), PF("level", ENUM, ARG, 1, sockopt_level),
	PF("optname", ENUM, ARG, 2, sockopt), UNKNOWN("val", BUF),
	WORD("optlen", UINT, WORD32, 4, 0),
};
static const struct eyas_param p_setsockopt[] = {
	RES, FD("fd", 0), PF("level", ENUM, ARG, 1, sockopt_level),
	PF("optname", ENUM, ARG, 2, sockopt), P("val", BUF, BYTES, 3),
	P("optlen", UINT, ARG32, 4),
};
static const struct eyas_param p_shutdown[] = {
	RES, FD("fd", 0), PF("how", ENUM, ARG, 1, shutdown),
};
static const struct eyas_param p_send[] = {
	RES, DATA, FD("fd", 0), P("size", UINT, ARG, 2), ENDS,
};
static const struct eyas_param p_sendmmsg[] = {
	RES, FD("fd", 0), SIZE, DATA, ENDS,
};
static const struct eyas_param p_recvmmsg[] = {
	RES, FD("fd", 0), SIZE, DATA, ENDS, CONTROL,
};

static const struct eyas_param p_prw[] = {
	RES, DATA, FD("fd", 0), P("size", UINT, ARG, 2),
	P("pos", UINT, ARG, 3),
};
static const struct eyas_param p_readv[] = {
	RES, SIZE, DATA, FD("fd", 0),
};
static const struct eyas_param p_writev[] = {
	RES, DATA, FD("fd", 0), SIZE,
};
static const struct eyas_param p_preadv[] = {
	RES, SIZE, DATA, FD("fd", 0), P("pos", UINT, ARG, 3),
};
static const struct eyas_param p_pwritev[] = {
	RES, DATA, FD("fd", 0), SIZE, P("pos", UINT, ARG, 3),
};
static const struct eyas_param p_sendfile[] = {
	RES, WORD("offset", UINT, LONG, 2, 0), FD("out_fd", 0), FD("in_fd", 1),
	P("size", UINT, ARG, 3),
};
static const struct eyas_param p_splice[] = {
	RES, FD("fd_in", 0), FD("fd_out", 2), P("size", UINT, ARG, 4),
	PF("flags", FLAGS, ARG, 5, splice),
};
static const struct eyas_param p_copy_file_range[] = {
	RES, FD("fdout", 2), WORD("offout", UINT, WORD64, 3, 0), FD("fdin", 0),
	WORD("offin", UINT, WORD64, 1, 0), P("len", UINT, ARG, 4),
};
static const struct eyas_param p_lseek[] = {
	RES, FD("fd", 0), P("offset", UINT, ARG, 1), PF("whence", ENUM, ARG, 2, whence),
};
static const struct eyas_param p_ioctl[] = {
	RES, FD("fd", 0), P("request", HEX, ARG, 1), P("argument", HEX, ARG, 2),
};
static const struct eyas_param p_flock[] = {
	RES, FD("fd", 0), PF("operation", FLAGS, ARG, 1, flock),
};
static const struct eyas_param p_by_fd[] = { RES, FD("fd", 0) };
static const struct eyas_param p_stat[] = { RES, PATH("path", 0) };
static const struct eyas_param p_newfstatat[] = {
	RES, FD("dirfd", 0), PATH("path", 1), UNKNOWN("stat", BUF),
	PF("flags", FLAGS, ARG, 3, fstatat),
};
static const struct eyas_param p_access[] = {
	RES, PATH("name", 0), PF("mode", FLAGS, ARG, 1, access),
};
static const struct eyas_param p_getcwd[] = { RES, P("path", STR, BYTES, 0) };
static const struct eyas_param p_chroot[] = { RES, PATH("path", 0) };
static const struct eyas_param p_mknod[] = {
	RES, PATH("path", 0), PF("mode", MODE, ARG, 1, chmod), P("dev", UINT, ARG32, 2),
};
static const struct eyas_param p_mknodat[] = {
	RES, FD("dirfd", 0), PATH("path", 1), PF("mode", MODE, ARG, 2, chmod),
	P("dev", UINT, ARG32, 3),
};
static const struct eyas_param p_quotactl[] = {
	RES, PATH("special", 1), UNKNOWN("quotafilepath", STR), P("cmd", HEX, ARG32, 0),
	P("id", UINT, ARG32, 2),
};

static const struct eyas_param p_getuid[] = { P("uid", UID, RET, 0) };
static const struct eyas_param p_geteuid[] = { P("euid", UID, RET, 0) };
static const struct eyas_param p_getgid[] = { P("gid", GID, RET, 0) };
static const struct eyas_param p_getegid[] = { P("egid", GID, RET, 0) };
static const struct eyas_param p_getresuid[] = {
	RES, WORD("ruid", UID, WORD32, 0, 0), WORD("euid", UID, WORD32, 1, 0),
	WORD("suid", UID, WORD32, 2, 0),
};
static const struct eyas_param p_getresgid[] = {
	RES, WORD("rgid", GID, WORD32, 0, 0), WORD("egid", GID, WORD32, 1, 0),
	WORD("sgid", GID, WORD32, 2, 0),
};
static const struct eyas_param p_setreuid[] = {
	RES, P("ruid", UID, ARG32, 0), P("euid", UID, ARG32, 1),
};
static const struct eyas_param p_setregid[] = {
	RES, P("rgid", GID, ARG32, 0), P("egid", GID, ARG32, 1),
};
static const struct eyas_param p_rlimit[] = {
	RES, WORD("cur", INT, LONG, 1, 0), WORD("max", INT, LONG, 1, 1),
	PF("resource", ENUM, ARG, 0, rlimit),
};
static const struct eyas_param p_prlimit[] = {
	RES, WORD("newcur", INT, LONG, 2, 0), WORD("newmax", INT, LONG, 2, 1),
	WORD("oldcur", INT, LONG, 3, 0), WORD("oldmax", INT, LONG, 3, 1),
	P("pid", PID, ARG32S, 0), PF("resource", ENUM, ARG, 1, rlimit),
};
static const struct eyas_param p_seccomp[] = {
	RES, P("op", UINT, ARG32, 0), P("flags", HEX, ARG32, 1),
};

#define VM		UNKNOWN("vm_size", UINT), UNKNOWN("vm_rss", UINT), UNKNOWN("vm_swap", UINT)
static const struct eyas_param p_brk[] = { P("res", HEX, RET, 0), VM, P("addr", HEX, ARG, 0) };
static const struct eyas_param p_munmap[] = {
	RES, VM, P("addr", HEX, ARG, 0), P("length", UINT, ARG, 1),
};
static const struct eyas_param p_mlock[] = {
	RES, P("addr", HEX, ARG, 0), P("len", UINT, ARG, 1),
};
static const struct eyas_param p_mlockall[] = { RES, PF("flags", FLAGS, ARG, 0, mlockall) };
static const struct eyas_param p_only_res[] = { RES };

static const struct eyas_param p_eventfd[] = { RES_MADE, P("initval", UINT, ARG32, 0) };
static const struct eyas_param p_eventfd2[] = {
	RES_MADE, P("flags", UINT, ARG32, 1), P("initval", UINT, ARG32, 0),
};
static const struct eyas_param p_signalfd[] = {
	RES_MADE, FD("fd", 0), WORD("mask", HEX, WORD64, 1, 0), UNKNOWN("flags", UINT),
};
static const struct eyas_param p_signalfd4[] = {
	RES_MADE, P("flags", UINT, ARG32, 3), FD("fd", 0), WORD("mask", HEX, WORD64, 1, 0),
};
static const struct eyas_param p_timerfd_create[] = {
	RES_MADE, P("clockid", UINT, ARG32, 0), P("flags", UINT, ARG32, 1),
};
static const struct eyas_param p_inotify_init[] = { RES_MADE, UNKNOWN("flags", UINT) };
static const struct eyas_param p_inotify_init1[] = { RES_MADE, P("flags", UINT, ARG32, 0) };
static const struct eyas_param p_epoll_create[] = { RES_MADE, P("size", INT, ARG32S, 0) };
static const struct eyas_param p_epoll_create1[] = { RES_MADE, P("flags", UINT, ARG32, 0) };
static const struct eyas_param p_epoll_wait[] = { RES, P("maxevents", INT, ARG32S, 2) };
static const struct eyas_param p_poll[] = {
	RES, P("fds", STR, POLLED, 0), P("timeout", INT, ARG32S, 2),
};
static const struct eyas_param p_ppoll[] = {
	RES, P("fds", STR, POLLED, 0), P("timeout", RELTIME, SPAN, 2),
	WORD("sigmask", HEX, WORD64, 3, 0),
};
static const struct eyas_param p_nanosleep[] = { RES, P("interval", RELTIME, SPAN, 0) };
static const struct eyas_param p_futex[] = {
	RES, P("addr", HEX, ARG, 0), P("op", UINT, ARG32, 1), P("val", UINT, ARG32, 2),
};
static const struct eyas_param p_semget[] = {
	RES, P("key", HEX, ARG32, 0), P("nsems", INT, ARG32S, 1), P("semflg", UINT, ARG32, 2),
};
static const struct eyas_param p_semop[] = {
	RES, P("nsops", UINT, ARG32, 2), WORD("sem_num_0", UINT, WORD16, 1, 0),
	WORD("sem_op_0", INT, WORD16, 1, 1), WORD("sem_flg_0", UINT, WORD16, 1, 2),
	WORD("sem_num_1", UINT, WORD16, 1, 3), WORD("sem_op_1", INT, WORD16, 1, 4),
	WORD("sem_flg_1", UINT, WORD16, 1, 5), P("semid", INT, ARG32S, 0),
};
static const struct eyas_param p_semctl[] = {
	RES, P("semid", INT, ARG32S, 0), P("semnum", INT, ARG32S, 1), P("cmd", UINT, ARG32, 2),
	P("val", INT, ARG32S, 3),
};
static const struct eyas_param p_fsconfig[] = {
	RES, FD("fd", 0), P("cmd", UINT, ARG32, 1), P("key", STR, STRING, 2),
	UNKNOWN("value_bytebuf", BUF), UNKNOWN("value_charbuf", STR), P("aux", INT, ARG32S, 4),
};

static const struct eyas_param p_syscall[] = {
	P("ID", SYSCALL, NR, 0), P("nativeID", UINT, NR, 0),
};
static const struct eyas_param p_procexit[] = {
	P("status", ERRNO, EXIT_STATUS, 0), P("ret", ERRNO, EXIT_CODE, 0),
	P("sig", SIG, EXIT_SIG, 0), P("core", UINT, EXIT_CORE, 0), UNKNOWN("reaper_tid", PID),
};
static const struct eyas_param p_switch[] = { UNKNOWN("next", PID), MEMORY };
static const struct eyas_param p_signaldeliver[] = {
	P("spid", PID, SIGNAL, EYAS_PSIG_SENDER), P("dpid", PID, SIGNAL, EYAS_PSIG_RECEIVER),
	P("sig", SIG, SIGNAL, EYAS_PSIG_NUMBER),
};
static const struct eyas_param p_page_fault[] = {
	UNKNOWN("addr", HEX), UNKNOWN("ip", HEX), UNKNOWN("error", UINT),
};

#define LIST(p)			{ p, sizeof(p) / sizeof(*(p)), false, -1, 0 }
#define LIST_OPENS(p, path)	{ p, sizeof(p) / sizeof(*(p)), true, path, 'f' }
#define LIST_MAKES(p, type)	{ p, sizeof(p) / sizeof(*(p)), false, -1, type }

static const struct eyas_params by_type[EYAS_EVT_MAX] = {
	[SYS_open]		= LIST_OPENS(p_open, 0),
	[SYS_creat]		= LIST_OPENS(p_creat, 0),
	[SYS_fork]		= LIST(p_fork),
	[SYS_vfork]		= LIST(p_fork),
	[SYS_dup2]		= LIST(p_dup2),
	[SYS_chmod]		= LIST(p_chmod),
	[SYS_chown]		= LIST(p_chown),
	[SYS_lchown]		= LIST(p_chown),
	[SYS_link]		= LIST(p_link),
	[SYS_symlink]		= LIST(p_symlink),
	[SYS_unlink]		= LIST(p_unlink),
	[SYS_rename]		= LIST(p_rename),
	[SYS_mkdir]		= LIST(p_mkdir),
	[SYS_rmdir]		= LIST(p_rmdir),
	[SYS_pipe]		= LIST_MAKES(p_pipe, 'p'),
	[SYS_stat]		= LIST(p_stat),
	[SYS_lstat]		= LIST(p_stat),
	[SYS_access]		= LIST(p_access),
	[SYS_mknod]		= LIST(p_mknod),
	[SYS_getdents]		= LIST(p_by_fd),
	[SYS_getrlimit]		= LIST(p_rlimit),
	[SYS_eventfd]		= LIST_MAKES(p_eventfd, 'e'),
	[SYS_signalfd]		= LIST_MAKES(p_signalfd, 's'),
	[SYS_inotify_init]	= LIST_MAKES(p_inotify_init, 'i'),
	[SYS_epoll_create]	= LIST_MAKES(p_epoll_create, 'l'),
	[SYS_epoll_wait]	= LIST(p_epoll_wait),
	[SYS_poll]		= LIST(p_poll),
	[SYS_select]		= LIST(p_only_res),
	[SYS_renameat]		= LIST(p_renameat),
	[SYS_openat]		= LIST_OPENS(p_openat, 1),
	[SYS_openat2]		= LIST_OPENS(p_openat2, 1),
	[SYS_open_by_handle_at]	= LIST_OPENS(p_open_by_handle_at, -1),
	[SYS_execve]		= LIST(p_execve),
	[SYS_execveat]		= LIST(p_execveat),
	[SYS_clone]		= LIST(p_clone),
	[SYS_clone3]		= LIST(p_clone3),
	[SYS_close]		= LIST(p_close),
	[SYS_dup]		= LIST(p_dup),
	[SYS_dup3]		= LIST(p_dup3),
	[SYS_fchmod]		= LIST(p_fchmod),
	[SYS_fchmodat]		= LIST(p_fchmodat),
	[SYS_fchown]		= LIST(p_fchown),
	[SYS_fchownat]		= LIST(p_fchownat),
	[SYS_linkat]		= LIST(p_linkat),
	[SYS_symlinkat]		= LIST(p_symlinkat),
	[SYS_unlinkat]		= LIST(p_unlinkat),
	[SYS_renameat2]		= LIST(p_renameat2),
	[SYS_mkdirat]		= LIST(p_mkdirat),
	[SYS_chdir]		= LIST(p_chdir),
	[SYS_fchdir]		= LIST(p_fchdir),
	[SYS_mount]		= LIST(p_mount),
	[SYS_umount2]		= LIST(p_umount2),
	[SYS_ptrace]		= LIST(p_ptrace),
	[SYS_setns]		= LIST(p_setns),
	[SYS_unshare]		= LIST(p_unshare),
	[SYS_setuid]		= LIST(p_setuid),
	[SYS_setgid]		= LIST(p_setgid),
	[SYS_setresuid]		= LIST(p_setresuid),
	[SYS_setresgid]		= LIST(p_setresgid),
	[SYS_getuid]		= LIST(p_getuid),
	[SYS_geteuid]		= LIST(p_geteuid),
	[SYS_getgid]		= LIST(p_getgid),
	[SYS_getegid]		= LIST(p_getegid),
	[SYS_getresuid]		= LIST(p_getresuid),
	[SYS_getresgid]		= LIST(p_getresgid),
	[SYS_setreuid]		= LIST(p_setreuid),
	[SYS_setregid]		= LIST(p_setregid),
	[SYS_setrlimit]		= LIST(p_rlimit),
	[SYS_prlimit64]		= LIST(p_prlimit),
	[SYS_seccomp]		= LIST(p_seccomp),
	[SYS_setsid]		= LIST(p_setsid),
	[SYS_setpgid]		= LIST(p_setpgid),
	[SYS_prctl]		= LIST(p_prctl),
	[SYS_capset]		= LIST(p_capset),
	[SYS_bpf]		= LIST_MAKES(p_bpf, 'b'),
	[SYS_init_module]	= LIST(p_init_module),
	[SYS_finit_module]	= LIST(p_finit_module),
	[SYS_delete_module]	= LIST(p_delete_module),
	[SYS_userfaultfd]	= LIST_MAKES(p_userfaultfd, 'u'),
	[SYS_memfd_create]	= LIST_MAKES(p_memfd_create, 'm'),
	[SYS_pidfd_open]	= LIST_MAKES(p_pidfd_open, 'P'),
	[SYS_pidfd_getfd]	= LIST(p_pidfd_getfd),
	[SYS_process_vm_readv]	= LIST(p_process_vm),
	[SYS_process_vm_writev]	= LIST(p_process_vm),
	[SYS_kill]		= LIST(p_kill),
	[SYS_tkill]		= LIST(p_tkill),
	[SYS_tgkill]		= LIST(p_tgkill),
	[SYS_read]		= LIST(p_rw),
	[SYS_write]		= LIST(p_rw),
	[SYS_pread64]		= LIST(p_prw),
	[SYS_pwrite64]		= LIST(p_prw),
	[SYS_readv]		= LIST(p_readv),
	[SYS_writev]		= LIST(p_writev),
	[SYS_preadv]		= LIST(p_preadv),
	[SYS_pwritev]		= LIST(p_pwritev),
	[SYS_sendfile]		= LIST(p_sendfile),
	[SYS_splice]		= LIST(p_splice),
	[SYS_copy_file_range]	= LIST(p_copy_file_range),
	[SYS_lseek]		= LIST(p_lseek),
	[SYS_ioctl]		= LIST(p_ioctl),
	[SYS_flock]		= LIST(p_flock),
	[SYS_fstat]		= LIST(p_by_fd),
	[SYS_newfstatat]	= LIST(p_newfstatat),
	[SYS_getdents64]	= LIST(p_by_fd),
	[SYS_getcwd]		= LIST(p_getcwd),
	[SYS_chroot]		= LIST(p_chroot),
	[SYS_mknodat]		= LIST(p_mknodat),
	[SYS_quotactl]		= LIST(p_quotactl),
	[SYS_pipe2]		= LIST_MAKES(p_pipe, 'p'),
	[SYS_fcntl]		= LIST(p_fcntl),
	[SYS_mmap]		= LIST(p_mmap),
	[SYS_mprotect]		= LIST(p_mprotect),
	[SYS_brk]		= LIST(p_brk),
	[SYS_munmap]		= LIST(p_munmap),
	[SYS_mlock]		= LIST(p_mlock),
	[SYS_munlock]		= LIST(p_mlock),
	[SYS_mlockall]		= LIST(p_mlockall),
	[SYS_munlockall]	= LIST(p_only_res),
	[SYS_eventfd2]		= LIST_MAKES(p_eventfd2, 'e'),
	[SYS_signalfd4]		= LIST_MAKES(p_signalfd4, 's'),
	[SYS_timerfd_create]	= LIST_MAKES(p_timerfd_create, 't'),
	[SYS_inotify_init1]	= LIST_MAKES(p_inotify_init1, 'i'),
	[SYS_epoll_create1]	= LIST_MAKES(p_epoll_create1, 'l'),
	[SYS_ppoll]		= LIST(p_ppoll),
	[SYS_nanosleep]		= LIST(p_nanosleep),
	[SYS_futex]		= LIST(p_futex),
	[SYS_semget]		= LIST(p_semget),
	[SYS_semop]		= LIST(p_semop),
	[SYS_semctl]		= LIST(p_semctl),
	[SYS_fsconfig]		= LIST(p_fsconfig),
	[SYS_io_uring_setup]	= LIST_MAKES(p_io_uring_setup, 'r'),
	[SYS_io_uring_enter]	= LIST(p_io_uring_enter),
	[SYS_io_uring_register]	= LIST(p_io_uring_register),
	[SYS_socket]		= LIST_MAKES(p_socket, '4'),
	[SYS_bind]		= LIST(p_bind),
	[SYS_connect]		= LIST(p_connect),
	[SYS_listen]		= LIST(p_listen),
	[SYS_accept]		= LIST_MAKES(p_accept, '4'),
	[SYS_accept4]		= LIST_MAKES(p_accept4, '4'),
	[SYS_sendto]		= LIST(p_sendto),
	[SYS_sendmsg]		= LIST(p_sendmsg),
	[SYS_recvfrom]		= LIST(p_recvfrom),
	[SYS_recvmsg]		= LIST(p_recvmsg),
	[SYS_socketpair]	= LIST(p_socketpair),
	[SYS_getsockopt]	= LIST(p_getsockopt),
	[SYS_setsockopt]	= LIST(p_setsockopt),
	[SYS_shutdown]		= LIST(p_shutdown),
	[EYAS_EVT_send]		= LIST(p_send),
	[EYAS_EVT_recv]		= LIST(p_send),
	[SYS_sendmmsg]		= LIST(p_sendmmsg),
	[SYS_recvmmsg]		= LIST(p_recvmmsg),
	[EYAS_EVT_SYSCALL]	= LIST(p_syscall),
	[EYAS_EVT_umount]	= LIST(p_umount),
	[EYAS_EVT_PROCEXIT]	= LIST(p_procexit),
	[EYAS_EVT_SWITCH]	= LIST(p_switch),
	[EYAS_EVT_SIGNALDELIVER] = LIST(p_signaldeliver),
	[EYAS_EVT_PAGE_FAULT]	= LIST(p_page_fault),
};
/* clang-format on */

const struct eyas_params *eyas_params_of(unsigned int evtype)
{
	if (evtype < EYAS_EVT_MAX && by_type[evtype].len)
		return &by_type[evtype];
	return &by_type[EYAS_EVT_SYSCALL];
}

/* The first parameter of that name, of any type or of one. */
static const struct eyas_param *search(const char *name, size_t len, int type)
{
	for (size_t t = 0; t < EYAS_EVT_MAX; t++) {
		const struct eyas_params *ps = &by_type[t];

		for (size_t i = 0; i < ps->len; i++)
			if (!strncmp(ps->p[i].name, name, len) && !ps->p[i].name[len] &&
			    (type < 0 || ps->p[i].type == type))
				return &ps->p[i];
	}
	return NULL;
}

const struct eyas_param *eyas_params_find(const char *name, size_t len)
{
	return search(name, len, -1);
}

bool eyas_params_is_path(const char *name, size_t len)
{
	return search(name, len, EYAS_PT_PATH) != NULL;
}

enum eyas_type eyas_param_value_type(const struct eyas_param *p)
{
	static const uint8_t types[EYAS_PT_MAX] = {
		[EYAS_PT_FD] = EYAS_T_INT,	[EYAS_PT_ERRNO] = EYAS_T_INT,
		[EYAS_PT_PID] = EYAS_T_INT,	[EYAS_PT_UID] = EYAS_T_UINT,
		[EYAS_PT_GID] = EYAS_T_UINT,	[EYAS_PT_STR] = EYAS_T_STRING,
		[EYAS_PT_BUF] = EYAS_T_BYTES,	[EYAS_PT_LIST] = EYAS_T_BYTES,
		[EYAS_PT_PATH] = EYAS_T_STRING,	[EYAS_PT_FLAGS] = EYAS_T_UINT,
		[EYAS_PT_ENUM] = EYAS_T_UINT,	[EYAS_PT_MODE] = EYAS_T_UINT,
		[EYAS_PT_INT] = EYAS_T_INT,	[EYAS_PT_UINT] = EYAS_T_UINT,
		[EYAS_PT_HEX] = EYAS_T_UINT,	[EYAS_PT_OCT] = EYAS_T_UINT,
		[EYAS_PT_SIG] = EYAS_T_UINT,	[EYAS_PT_ADDR] = EYAS_T_STRING,
		[EYAS_PT_TUPLE] = EYAS_T_STRING, [EYAS_PT_ABSTIME] = EYAS_T_ABSTIME,
		[EYAS_PT_RELTIME] = EYAS_T_RELTIME,
		[EYAS_PT_SYSCALL] = EYAS_T_UINT,
	};

	return types[p->type];
}
