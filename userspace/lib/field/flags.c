// SPDX-License-Identifier: Apache-2.0
/* Names of flags. Where rules and captures number a set in their own way, the
 * second column of its rows holds that number. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/eyas.h>
#include <linux/io_uring.h>
#include <linux/module.h>
#include <linux/openat2.h>
#include "field/flags.h"

#define K(name)		{ (uint64_t)(name), (uint64_t)(name), #name }
#define V(name, value)	{ (uint64_t)(name), (value), #name }
#define N(value, text)	{ (value), (value), text }
#define BIT(n)		(1ULL << (n))

#define NO_KERNEL	0	/* made by us, not found in what the kernel has */

/* As eyas_event_open_flags() tells them, on whatever host. */
#undef O_DIRECT
#undef O_LARGEFILE
#undef O_DIRECTORY
#undef O_TMPFILE
#define O_DIRECT	040000
#define O_LARGEFILE	0100000
#define O_DIRECTORY	0200000
#define O_TMPFILE	(020000000 | O_DIRECTORY)

/* clang-format off */
const struct eyas_flag eyas_flags_open[] = {
	V(O_LARGEFILE, BIT(11)), V(O_DIRECTORY, BIT(10)), V(O_DIRECT, BIT(9)),
	V(O_TRUNC, BIT(8)), V(O_SYNC, BIT(7)), V(O_NONBLOCK, BIT(6)), V(O_EXCL, BIT(5)),
	V(O_DSYNC, BIT(4)), V(O_APPEND, BIT(3)), V(O_CREAT, BIT(2)),
	{ NO_KERNEL, 3, "O_RDWR" }, { NO_KERNEL, 2, "O_WRONLY" }, { NO_KERNEL, 1, "O_RDONLY" },
	V(O_CLOEXEC, BIT(12)), { NO_KERNEL, 0, "O_NONE" }, V(O_TMPFILE, BIT(13)),
	{ NO_KERNEL, BIT(14), "O_F_CREATED" }, { NO_KERNEL, BIT(15), "FD_UPPER_LAYER" },
	{ NO_KERNEL, BIT(16), "FD_LOWER_LAYER" }, { 0 }
};

const struct eyas_flag eyas_flags_chmod[] = {
	V(S_IXOTH, BIT(0)), V(S_IWOTH, BIT(1)), V(S_IROTH, BIT(2)), V(S_IXGRP, BIT(3)),
	V(S_IWGRP, BIT(4)), V(S_IRGRP, BIT(5)), V(S_IXUSR, BIT(6)), V(S_IWUSR, BIT(7)),
	V(S_IRUSR, BIT(8)), V(S_ISVTX, BIT(9)), V(S_ISGID, BIT(10)), V(S_ISUID, BIT(11)), { 0 }
};

const struct eyas_flag eyas_flags_exec[] = {
	{ EYAS_EXEC_F_WRITABLE, BIT(0), "EXE_WRITABLE" },
	{ EYAS_EXEC_F_UPPER, BIT(1), "EXE_UPPER_LAYER" },
	{ EYAS_EXEC_F_MEMFD, BIT(2), "EXE_FROM_MEMFD" },
	{ EYAS_EXEC_F_LOWER, BIT(3), "EXE_LOWER_LAYER" }, { 0 }
};

const struct eyas_flag eyas_flags_clone[] = {
	V(CLONE_FILES, BIT(0)), V(CLONE_FS, BIT(1)), V(CLONE_IO, BIT(2)),
	V(CLONE_NEWIPC, BIT(3)), V(CLONE_NEWNET, BIT(4)), V(CLONE_NEWNS, BIT(5)),
	V(CLONE_NEWPID, BIT(6)), V(CLONE_NEWUTS, BIT(7)), V(CLONE_PARENT, BIT(8)),
	V(CLONE_PARENT_SETTID, BIT(9)), V(CLONE_PTRACE, BIT(10)), V(CLONE_SIGHAND, BIT(11)),
	V(CLONE_SYSVSEM, BIT(12)), V(CLONE_THREAD, BIT(13)), V(CLONE_UNTRACED, BIT(14)),
	V(CLONE_VM, BIT(15)), V(CLONE_NEWUSER, BIT(20)), V(CLONE_CHILD_CLEARTID, BIT(23)),
	V(CLONE_CHILD_SETTID, BIT(24)), V(CLONE_SETTLS, BIT(25)), V(CLONE_VFORK, BIT(27)),
	V(CLONE_NEWCGROUP, BIT(28)), { 0 }
};

const struct eyas_flag eyas_flags_ptrace[] = {
	/* Numbers where the name is one of x86 only. */
	N(33, "PTRACE_SINGLEBLOCK"), K(PTRACE_SYSEMU_SINGLESTEP), K(PTRACE_SYSEMU),
	N(30, "PTRACE_ARCH_PRCTL"), N(26, "PTRACE_SET_THREAD_AREA"),
	N(25, "PTRACE_GET_THREAD_AREA"), N(21, "PTRACE_OLDSETOPTIONS"),
	N(19, "PTRACE_SETFPXREGS"), N(18, "PTRACE_GETFPXREGS"), N(15, "PTRACE_SETFPREGS"),
	N(14, "PTRACE_GETFPREGS"), N(13, "PTRACE_SETREGS"), N(12, "PTRACE_GETREGS"),
	K(PTRACE_SETSIGMASK), K(PTRACE_GETSIGMASK), K(PTRACE_PEEKSIGINFO), K(PTRACE_LISTEN),
	K(PTRACE_INTERRUPT), K(PTRACE_SEIZE), K(PTRACE_SETREGSET), K(PTRACE_GETREGSET),
	K(PTRACE_SETSIGINFO), K(PTRACE_GETSIGINFO), K(PTRACE_GETEVENTMSG), K(PTRACE_SETOPTIONS),
	K(PTRACE_SYSCALL), K(PTRACE_DETACH), K(PTRACE_ATTACH), K(PTRACE_SINGLESTEP),
	K(PTRACE_KILL), K(PTRACE_CONT), K(PTRACE_POKEUSER), K(PTRACE_POKEDATA),
	K(PTRACE_POKETEXT), K(PTRACE_PEEKUSER), K(PTRACE_PEEKDATA), K(PTRACE_PEEKTEXT),
	K(PTRACE_TRACEME), { 0 }
};

const struct eyas_flag eyas_flags_domain[] = {
	N(43, "AF_SMC"), N(44, "AF_XDP"), N(45, "AF_MCTP"), N(42, "AF_QIPCRTR"),
	K(AF_KCM), K(AF_IB), K(AF_MPLS), K(AF_NFC), K(AF_VSOCK), K(AF_ALG), K(AF_CAIF),
	K(AF_IEEE802154), K(AF_PHONET), K(AF_ISDN), K(AF_RXRPC), K(AF_IUCV), K(AF_BLUETOOTH),
	K(AF_TIPC), K(AF_CAN), K(AF_LLC), K(AF_WANPIPE), K(AF_PPPOX), K(AF_IRDA), K(AF_SNA),
	K(AF_RDS), K(AF_ATMSVC), K(AF_ECONET), K(AF_ASH), K(AF_PACKET), K(AF_ROUTE),
	K(AF_NETLINK), K(AF_KEY), K(AF_SECURITY), K(AF_NETBEUI), K(AF_DECnet), K(AF_ROSE),
	K(AF_INET6), K(AF_X25), K(AF_ATMPVC), K(AF_BRIDGE), K(AF_NETROM), K(AF_APPLETALK),
	K(AF_IPX), K(AF_AX25), K(AF_INET), K(AF_LOCAL), K(AF_UNIX), K(AF_UNSPEC), { 0 }
};

const struct eyas_flag eyas_flags_bpf[] = {
	K(BPF_MAP_CREATE), K(BPF_MAP_LOOKUP_ELEM), K(BPF_MAP_UPDATE_ELEM),
	K(BPF_MAP_DELETE_ELEM), K(BPF_MAP_GET_NEXT_KEY), K(BPF_PROG_LOAD), K(BPF_OBJ_PIN),
	K(BPF_OBJ_GET), K(BPF_PROG_ATTACH), K(BPF_PROG_DETACH), K(BPF_PROG_TEST_RUN),
	K(BPF_PROG_RUN), K(BPF_PROG_GET_NEXT_ID), K(BPF_MAP_GET_NEXT_ID),
	K(BPF_PROG_GET_FD_BY_ID), K(BPF_MAP_GET_FD_BY_ID), K(BPF_OBJ_GET_INFO_BY_FD),
	K(BPF_PROG_QUERY), K(BPF_RAW_TRACEPOINT_OPEN), K(BPF_BTF_LOAD), K(BPF_BTF_GET_FD_BY_ID),
	K(BPF_TASK_FD_QUERY), K(BPF_MAP_LOOKUP_AND_DELETE_ELEM), K(BPF_MAP_FREEZE),
	K(BPF_BTF_GET_NEXT_ID), K(BPF_MAP_LOOKUP_BATCH), K(BPF_MAP_LOOKUP_AND_DELETE_BATCH),
	K(BPF_MAP_UPDATE_BATCH), K(BPF_MAP_DELETE_BATCH), K(BPF_LINK_CREATE),
	K(BPF_LINK_UPDATE), K(BPF_LINK_GET_FD_BY_ID), K(BPF_LINK_GET_NEXT_ID),
	K(BPF_ENABLE_STATS), K(BPF_ITER_CREATE), K(BPF_LINK_DETACH), K(BPF_PROG_BIND_MAP), { 0 }
};

const struct eyas_flag eyas_flags_unlinkat[] = { V(AT_REMOVEDIR, BIT(0)), { 0 } };

const struct eyas_flag eyas_flags_linkat[] = {
	V(AT_SYMLINK_FOLLOW, BIT(0)), V(AT_EMPTY_PATH, BIT(1)), { 0 }
};

const struct eyas_flag eyas_flags_fchownat[] = {
	V(AT_SYMLINK_NOFOLLOW, BIT(0)), V(AT_EMPTY_PATH, BIT(1)), { 0 }
};

const struct eyas_flag eyas_flags_rename[] = {
	N(1, "RENAME_NOREPLACE"), N(2, "RENAME_EXCHANGE"), N(4, "RENAME_WHITEOUT"),
	N(0, "NONE"), { 0 }
};

const struct eyas_flag eyas_flags_umount[] = {
	K(MNT_FORCE), K(MNT_DETACH), K(MNT_EXPIRE), K(UMOUNT_NOFOLLOW), { 0 }
};

const struct eyas_flag eyas_flags_mount[] = {
	K(MS_RDONLY), K(MS_NOSUID), K(MS_NODEV), K(MS_NOEXEC), K(MS_SYNCHRONOUS), K(MS_REMOUNT),
	K(MS_MANDLOCK), K(MS_DIRSYNC), K(MS_NOATIME), K(MS_NODIRATIME), K(MS_BIND), K(MS_MOVE),
	K(MS_REC), K(MS_SILENT), K(MS_POSIXACL), K(MS_UNBINDABLE), K(MS_PRIVATE), K(MS_SLAVE),
	K(MS_SHARED), K(MS_RELATIME), K(MS_KERNMOUNT), K(MS_I_VERSION), K(MS_STRICTATIME),
	K(MS_LAZYTIME), { 0 }
};

const struct eyas_flag eyas_flags_resolve[] = {
	V(RESOLVE_BENEATH, BIT(0)), V(RESOLVE_IN_ROOT, BIT(1)), V(RESOLVE_NO_MAGICLINKS, BIT(2)),
	V(RESOLVE_NO_SYMLINKS, BIT(3)), V(RESOLVE_NO_XDEV, BIT(4)), V(RESOLVE_CACHED, BIT(5)),
	{ 0 }
};

const struct eyas_flag eyas_flags_dup3[] = { V(O_CLOEXEC, BIT(12)), { 0 } };

const struct eyas_flag eyas_flags_memfd[] = {
	K(MFD_CLOEXEC), K(MFD_ALLOW_SEALING), K(MFD_HUGETLB), { 0 }
};

const struct eyas_flag eyas_flags_finit[] = {
	K(MODULE_INIT_IGNORE_MODVERSIONS), K(MODULE_INIT_IGNORE_VERMAGIC),
	K(MODULE_INIT_COMPRESSED_FILE), { 0 }
};

const struct eyas_flag eyas_flags_delete[] = {
	V(O_NONBLOCK, BIT(0)), V(O_TRUNC, BIT(1)), { 0 }
};

const struct eyas_flag eyas_flags_prctl[] = {
	K(PR_GET_DUMPABLE), K(PR_SET_DUMPABLE), K(PR_GET_KEEPCAPS), K(PR_SET_KEEPCAPS),
	K(PR_SET_NAME), K(PR_GET_NAME), K(PR_GET_SECCOMP), K(PR_SET_SECCOMP),
	K(PR_CAPBSET_READ), K(PR_CAPBSET_DROP), K(PR_GET_SECUREBITS), K(PR_SET_SECUREBITS),
	K(PR_SET_TIMERSLACK), K(PR_GET_TIMERSLACK), K(PR_SET_PDEATHSIG), K(PR_GET_PDEATHSIG),
	K(PR_MCE_KILL), K(PR_MCE_KILL_GET), K(PR_SET_MM), K(PR_SET_CHILD_SUBREAPER),
	K(PR_GET_CHILD_SUBREAPER), K(PR_SET_NO_NEW_PRIVS), K(PR_GET_NO_NEW_PRIVS),
	K(PR_GET_TID_ADDRESS), K(PR_SET_THP_DISABLE), K(PR_GET_THP_DISABLE), K(PR_CAP_AMBIENT),
	K(PR_SET_PTRACER), K(PR_SET_VMA), { 0 }
};

const struct eyas_flag eyas_flags_prot[] = {
	K(PROT_READ), K(PROT_WRITE), K(PROT_EXEC), N(8, "PROT_SEM"), K(PROT_GROWSDOWN),
	K(PROT_GROWSUP), K(PROT_NONE), { 0 }
};

const struct eyas_flag eyas_flags_mmap[] = {
	K(MAP_SHARED), K(MAP_PRIVATE), K(MAP_FIXED), K(MAP_ANONYMOUS),
	N(0x40, "MAP_32BIT"), /* of x86 only */
	K(MAP_NORESERVE), K(MAP_POPULATE), K(MAP_NONBLOCK), K(MAP_GROWSDOWN), K(MAP_DENYWRITE),
	K(MAP_EXECUTABLE), K(MAP_LOCKED), { 0 }
};

const struct eyas_flag eyas_flags_fcntl[] = {
	K(F_DUPFD), K(F_GETFD), K(F_SETFD), K(F_GETFL), K(F_SETFL), K(F_GETLK), K(F_SETLK),
	K(F_SETLKW), K(F_SETOWN), K(F_GETOWN), K(F_SETSIG), K(F_GETSIG), K(F_SETOWN_EX),
	K(F_GETOWN_EX), K(F_OFD_GETLK), K(F_OFD_SETLK), K(F_OFD_SETLKW), K(F_SETLEASE),
	K(F_GETLEASE), K(F_NOTIFY), K(F_DUPFD_CLOEXEC), K(F_SETPIPE_SZ), K(F_GETPIPE_SZ),
	K(F_ADD_SEALS), K(F_GET_SEALS), { 0 }
};

const struct eyas_flag eyas_flags_uffd[] = {
	V(O_CLOEXEC, BIT(12)), V(O_NONBLOCK, BIT(6)), N(1, "UFFD_USER_MODE_ONLY"), { 0 }
};

const struct eyas_flag eyas_flags_pidfd[] = {
	{ O_NONBLOCK, BIT(0), "PIDFD_NONBLOCK" }, { 0 }
};

const struct eyas_flag eyas_flags_uring_features[] = {
	N(BIT(0), "IORING_FEAT_SINGLE_MMAP"), N(BIT(1), "IORING_FEAT_NODROP"),
	N(BIT(2), "IORING_FEAT_SUBMIT_STABLE"), N(BIT(3), "IORING_FEAT_RW_CUR_POS"),
	N(BIT(4), "IORING_FEAT_CUR_PERSONALITY"), N(BIT(5), "IORING_FEAT_FAST_POLL"),
	N(BIT(6), "IORING_FEAT_POLL_32BITS"), N(BIT(7), "IORING_FEAT_SQPOLL_NONFIXED"),
	N(BIT(8), "IORING_FEAT_EXT_ARG"), N(BIT(9), "IORING_FEAT_NATIVE_WORKERS"),
	N(BIT(10), "IORING_FEAT_RSRC_TAGS"), N(BIT(11), "IORING_FEAT_CQE_SKIP"),
	N(BIT(12), "IORING_FEAT_LINKED_FILE"), N(BIT(13), "IORING_FEAT_REG_REG_RING"), { 0 }
};

const struct eyas_flag eyas_flags_uring_setup[] = {
	K(IORING_SETUP_IOPOLL), K(IORING_SETUP_SQPOLL), K(IORING_SETUP_SQ_AFF),
	K(IORING_SETUP_CQSIZE), K(IORING_SETUP_CLAMP), K(IORING_SETUP_ATTACH_WQ),
	K(IORING_SETUP_R_DISABLED), { 0 }
};

const struct eyas_flag eyas_flags_uring_enter[] = {
	K(IORING_ENTER_GETEVENTS), K(IORING_ENTER_SQ_WAKEUP), K(IORING_ENTER_SQ_WAIT),
	K(IORING_ENTER_EXT_ARG), { 0 }
};

const struct eyas_flag eyas_flags_uring_register[] = {
	K(IORING_REGISTER_BUFFERS), K(IORING_UNREGISTER_BUFFERS), K(IORING_REGISTER_FILES),
	K(IORING_UNREGISTER_FILES), K(IORING_REGISTER_EVENTFD), K(IORING_UNREGISTER_EVENTFD),
	K(IORING_REGISTER_FILES_UPDATE), K(IORING_REGISTER_EVENTFD_ASYNC),
	K(IORING_REGISTER_PROBE), K(IORING_REGISTER_PERSONALITY),
	K(IORING_UNREGISTER_PERSONALITY), K(IORING_REGISTER_RESTRICTIONS),
	K(IORING_REGISTER_ENABLE_RINGS), K(IORING_REGISTER_FILES2),
	K(IORING_REGISTER_FILES_UPDATE2), K(IORING_REGISTER_BUFFERS2),
	K(IORING_REGISTER_BUFFERS_UPDATE), K(IORING_REGISTER_IOWQ_AFF),
	K(IORING_UNREGISTER_IOWQ_AFF), K(IORING_REGISTER_IOWQ_MAX_WORKERS),
	K(IORING_REGISTER_RING_FDS), K(IORING_UNREGISTER_RING_FDS), { 0 }
};

const struct eyas_flag eyas_flags_socket[] = {
	K(SOCK_NONBLOCK), K(SOCK_CLOEXEC), { 0 }
};

const struct eyas_flag eyas_flags_sockopt_level[] = {
	K(SOL_SOCKET), N(6, "SOL_TCP"), { 0 }
};

const struct eyas_flag eyas_flags_sockopt[] = {
	K(SO_COOKIE), K(SO_PEERCRED), K(SO_ERROR), K(SO_TYPE), K(SO_DOMAIN), K(SO_PROTOCOL),
	K(SO_REUSEADDR), K(SO_KEEPALIVE), K(SO_BROADCAST), K(SO_LINGER), K(SO_SNDBUF),
	K(SO_RCVBUF), K(SO_ACCEPTCONN), { 0 }
};

const struct eyas_flag eyas_flags_whence[] = { K(SEEK_END), K(SEEK_CUR), K(SEEK_SET), { 0 } };

const struct eyas_flag eyas_flags_shutdown[] = { K(SHUT_RD), K(SHUT_WR), K(SHUT_RDWR), { 0 } };

const struct eyas_flag eyas_flags_flock[] = {
	K(LOCK_SH), K(LOCK_EX), K(LOCK_NB), K(LOCK_UN), N(0, "LOCK_NONE"), { 0 }
};

const struct eyas_flag eyas_flags_access[] = {
	N(0, "F_OK"), V(R_OK, BIT(0)), V(W_OK, BIT(1)), V(X_OK, BIT(2)), { 0 }
};

const struct eyas_flag eyas_flags_rlimit[] = {
	K(RLIMIT_CPU), K(RLIMIT_FSIZE), K(RLIMIT_DATA), K(RLIMIT_STACK), K(RLIMIT_CORE),
	K(RLIMIT_RSS), K(RLIMIT_NPROC), K(RLIMIT_NOFILE), K(RLIMIT_MEMLOCK), K(RLIMIT_AS),
	K(RLIMIT_LOCKS), K(RLIMIT_SIGPENDING), K(RLIMIT_MSGQUEUE), K(RLIMIT_NICE),
	K(RLIMIT_RTPRIO), K(RLIMIT_RTTIME), { 0 }
};

const struct eyas_flag eyas_flags_mlockall[] = {
	K(MCL_CURRENT), K(MCL_FUTURE), N(4, "MCL_ONFAULT"), { 0 }
};

const struct eyas_flag eyas_flags_splice[] = {
	K(SPLICE_F_MOVE), K(SPLICE_F_NONBLOCK), K(SPLICE_F_MORE), K(SPLICE_F_GIFT), { 0 }
};

const struct eyas_flag eyas_flags_fstatat[] = {
	V(AT_EMPTY_PATH, BIT(0)), V(AT_NO_AUTOMOUNT, BIT(1)), V(AT_SYMLINK_NOFOLLOW, BIT(2)),
	{ 0 }
};
/* clang-format on */

uint64_t eyas_flags_value(const struct eyas_flag *f, uint64_t kernel)
{
	uint64_t v = 0;

	for (; f->name; f++)
		if (f->kernel && (kernel & f->kernel) == f->kernel)
			v |= f->value;
	return v;
}

uint64_t eyas_flags_open_value(uint64_t kernel, uint32_t file_flags)
{
	static const uint8_t modes[] = { 1, 2, 3, 0 };	/* O_RDONLY, O_WRONLY, O_RDWR, - */
	uint64_t v = eyas_flags_value(eyas_flags_open, kernel) | modes[kernel & O_ACCMODE];

	if (file_flags & EYAS_FILE_F_CREATED)
		v |= BIT(14);
	if (file_flags & EYAS_FILE_F_UPPER)
		v |= BIT(15);
	if (file_flags & EYAS_FILE_F_LOWER)
		v |= BIT(16);
	return v;
}

/* Add "|name" to @out, which has room if it isn't NULL; the length either way. */
static size_t add_name(char *out, size_t len, const char *name)
{
	size_t n = strlen(name);

	if (len) {
		if (out)
			out[len] = '|';
		len++;
	}
	if (out)
		memcpy(out + len, name, n);
	return len + n;
}

static size_t join_flags(const struct eyas_flag *f, uint64_t value, char *out)
{
	uint64_t left = value;
	size_t len = 0;

	for (; f->name; f++) {
		if (f->value ? (left & f->value) != f->value : value != 0)
			continue;
		len = add_name(out, len, f->name);
		left &= ~f->value;
	}
	return len;
}

static size_t join_equal(const struct eyas_flag *f, uint64_t value, char *out)
{
	size_t len = 0;

	for (; f->name; f++)
		if (f->value == value)
			len = add_name(out, len, f->name);
	return len;
}

static int joined(size_t (*join)(const struct eyas_flag *f, uint64_t value, char *out),
		  const struct eyas_flag *names, uint64_t value, struct eyas_arena *arena,
		  struct eyas_text *ret)
{
	size_t len = join(names, value, NULL);
	char *out;

	if (!len)
		return -ENOENT;
	out = eyas_arena_alloc(arena, len + 1);
	if (!out)
		return -ENOMEM;
	join(names, value, out);
	*ret = (struct eyas_text){ out, len };
	return 0;
}

int eyas_flags_text(const struct eyas_flag *names, uint64_t value, struct eyas_arena *arena,
		    struct eyas_text *ret)
{
	return joined(join_flags, names, value, arena, ret);
}

int eyas_flags_enum_text(const struct eyas_flag *names, uint64_t value,
			 struct eyas_arena *arena, struct eyas_text *ret)
{
	return joined(join_equal, names, value, arena, ret);
}
