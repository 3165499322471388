/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR Apache-2.0 */
/*
 * eyas: the interface between the kernel module and user space.
 *
 * This file is the manual of that interface and its only definition; both
 * sides include it. Everything is little or big endian as the host is, all
 * members are naturally aligned, and nothing has hidden padding.
 *
 * SESSIONS
 *   open("/dev/eyas") is a session: a policy (what to record), a set of ring
 *   buffers (where), and accounting of its own. The opener needs
 *   CAP_SYS_ADMIN in the initial user namespace. At most EYAS_SESSIONS_MAX
 *   sessions exist at a time (EBUSY beyond). Closing the last descriptor of
 *   the session, however it happens, ends it. The process that opened a
 *   session is never recorded in it.
 *
 * WHAT IS RECORDED
 *   Calls, by EYAS_A_PLAN: one byte for each number of an ABI. A call that is
 *   selected gives a SYS_EXIT record when it ends, with what the byte asks:
 *   STRINGS it was given, DATA it was given and got (buffers, structs, arrays),
 *   OBJECTS of the kernel that it used or made. Where a command tells what a
 *   pointer leads to (fcntl, prctl, ioctl, futex), what it tells holds, and not
 *   the kind that the table of calls gives the argument. With ENTER it gives a SYS_ENTER
 *   record before it starts, with strings, data and objects as they are then;
 *   its SYS_EXIT record repeats of those only strings and data that could not be
 *   read at entry. Without ENTER they are read after the call, when the program
 *   may have changed them: then the blob has EYAS_BLOB_F_REREAD. A SYS_ENTER
 *   that has no SYS_EXIT before the EXIT of its thread was unfinished.
 *   With EYAS_SESSION_F_LATE a call without ENTER gives a SYS_ENTER record, too, but
 *   only if it lasts: when its thread goes to sleep in it, at the first time as a
 *   rule, or has made a child. That has EYAS_REC_F_REREAD, strings and data as they
 *   are then, and no objects; its SYS_EXIT record has everything again. So a call that cannot be
 *   seen to end has its SYS_ENTER record all the same, unless it ends its thread
 *   or its program: ENTER is for these, and for what a call does away with.
 *   A SYS_EXIT whose entry nobody saw (seccomp refused it, or the session is
 *   younger) has EYAS_REC_F_NO_ENTER, if the plan has ENTER or the session
 *   EYAS_SESSION_F_TIMES. NO_OK and NO_FAILED select by result; they leave
 *   SYS_ENTER records alone. COUNT feeds the counters, with or without RECORD.
 *   fork and its kind return twice: the child's return, 0, has a record too
 *   on x86, and is not counted.
 *   With EYAS_SESSION_F_BRIEF it has none.
 *
 *   Life, by EYAS_A_EVENTS: see EYAS_EVENT_*. With EYAS_SESSION_F_BRIEF, for who
 *   wants to know that and not of what, EXEC and FORK records have start_time and
 *   comm of struct eyas_task, zeros for all else in it, and no blobs.
 *
 *   Anchors, by EYAS_A_ANCHORS: what the kernel decides on, caught where it asks
 *   its security modules, so after it has copied all arguments, whichever way
 *   the call came, io_uring included. An ANCHOR record precedes the SYS_EXIT
 *   record of its call in the same thread. It says what was tried: the result
 *   is in SYS_EXIT. Not all kernels have all anchors: see EYAS_CMD_INFO_GET.
 *
 * SCOPE
 *   EYAS_A_SCOPE_* narrow a session; what is not given does not narrow, values
 *   of one attribute are alternatives, different attributes must all hold:
 *     SCOPE_PIDS     these processes, by their numbers in the initial pid
 *                    namespace, their living descendants, and all that these
 *                    fork from now on (EYAS_SCOPE_F_NO_FOLLOW: only themselves)
 *     SCOPE_CGROUPS  ids in the default hierarchy, with what is below them
 *     SCOPE_PIDNS    inode numbers of pid namespaces, with what is below them
 *     SCOPE_UIDS     real or effective user ids
 *   The scope is that of the thread that acts: for FORK the parent, for SIGNAL
 *   the receiver. An empty attribute takes the limit away.
 *
 * COUNTERS
 *   For each ABI and number whose plan has COUNT: calls, failed ones, and, with
 *   EYAS_SESSION_F_TIMES or ENTER, the sum, least and most of their times.
 *   They count up as long as the session lives. timed is the number of calls that
 *   the times are of; it is less than count when a thread's entry was not seen.
 *
 * DATA: mmap, nothing else
 *   Offset 0 maps, read-only, the session page: struct eyas_session_page and
 *   behind it one struct eyas_ring_geometry for each CPU and lane. Offsets
 *   and sizes of all other mappings are read from there; they exist once the
 *   session has been configured (EYAS_CMD_SESSION_SET).
 *
 *   Each CPU has one ring for each lane: EYAS_LANE_CRIT for what must not be
 *   crowded out (process life, privilege), EYAS_LANE_BULK for the rest. A ring is
 *
 *     consumer page   read-write   struct eyas_ring_consumer
 *     producer page   read-only    struct eyas_ring_producer
 *     data            read-only    data_size bytes, mapped twice in a row, so
 *                                  that a record is always contiguous
 *
 *   The consumer page is one mapping; the producer page and the data (in this
 *   order, page_size + 2 * data_size bytes) are another. Other lengths are
 *   refused with EINVAL, writing or executing where it is not allowed with
 *   EPERM. Mappings are not inherited by fork.
 *
 *   head and tail count bytes since the ring was made and never wrap; the
 *   record at position p starts at data[p & (data_size - 1)]. The reader
 *   loads head with acquire semantics, reads the records in [tail, head), and
 *   stores tail with release semantics. A tail that is behind its last value
 *   or ahead of head poisons the ring: nothing is recorded in it any more,
 *   which is counted as loss and reported in state and statistics.
 *
 *   wseq is odd while a record is being written. A reader that read a clock
 *   T, then finds wseq even and consumes up to head, can rely on every later
 *   record of that ring being younger than T less the skew of CPU clocks.
 *
 * LOSS
 *   A ring numbers what it is asked to record, from 1, and seq is the low half
 *   of that number. A LOSS record, written before the first record that fits
 *   again, has the number of the last one lost and tells how many of each
 *   class were lost, and between when. So for two consecutive records a, b of
 *   one ring, b.seq - a.seq is the sum of the counts if b is a LOSS record,
 *   and 1 if it is not. produced in the producer page is the last number
 *   given; what it has more than the last record was lost since then.
 *
 * READINESS
 *   poll() reports POLLIN when a ring holds data, at the latest wake_us after
 *   the first unread record or as soon as a ring holds watermark bytes;
 *   POLLERR when a ring is poisoned.
 *
 * CONTROL: generic netlink, family "eyas"
 *   Needs CAP_NET_ADMIN. Unknown attributes and bits are refused, with a
 *   sentence in the extended acknowledgement.
 *
 *   EYAS_CMD_INFO_GET       -> VERSION, ABI_VERSION, FEATURES, KERNEL,
 *                              SESSIONS (number of open ones), HOOKS (bits
 *                              in use), ANCHORS (bits that can be had here)
 *   EYAS_CMD_SESSION_GET    SESSION, or dump of all
 *                           -> SESSION, OWNER_PID, BULK_SIZE, CRIT_SIZE,
 *                              WAKE_US, WATERMARK, EVENTS, PLAN..., SNAPLEN,
 *                              FLAGS, ANCHORS, SCOPE_...
 *   EYAS_CMD_SESSION_SET    SESSION and any of the above but OWNER_PID; only
 *                           from the process that opened the session. The
 *                           first one makes the rings; their sizes are then
 *                           fixed (EBUSY). The new policy is in force for all
 *                           calls that end after the answer. PLAN may be
 *                           repeated, once for each ABI; an ABI not mentioned
 *                           keeps its plan.
 *   EYAS_CMD_STATS_GET      dump, optionally of one SESSION
 *                           -> one message for each session, CPU and lane:
 *                              SESSION, CPU, LANE, RING_STATE, PRODUCED,
 *                              RECORDS, BYTES, LOST (u64[EYAS_CLASS_MAX]),
 *                              NESTED, UNREAD
 *   EYAS_CMD_COUNTERS_GET   dump, of one SESSION (needed)
 *                           -> COUNTER_ABI and COUNTERS (array of struct
 *                              eyas_counter, numbers with calls only), in as
 *                              many messages as it takes
 *   multicast group "events":
 *   EYAS_CMD_SESSION_START, EYAS_CMD_SESSION_END   SESSION, OWNER_PID
 *   EYAS_CMD_LOSS                                  SESSION, LOST
 */
#ifndef _UAPI_LINUX_EYAS_H
#define _UAPI_LINUX_EYAS_H

#include <linux/types.h>

#define EYAS_DEVICE		"/dev/eyas"
#define EYAS_ABI_VERSION	2

#define EYAS_SESSIONS_MAX	16
#define EYAS_NR_MAX		640	/* numbers that a plan can select */
#define EYAS_RECORD_MAX		(256U << 10) /* bytes of one record */
#define EYAS_BLOBS_MAX		32	/* blobs of one record */
#define EYAS_SCOPE_MAX		64	/* values of one EYAS_A_SCOPE_* */

/* What the module can do, EYAS_A_FEATURES. */
#define EYAS_FEATURE_FILES	(1ULL << 0)	/* EYAS_BLOB_FILE on the open family */
#define EYAS_FEATURE_IA32	(1ULL << 1)	/* 32-bit calls by their own plan */
#define EYAS_FEATURE_DATA	(1ULL << 2)	/* EYAS_PLAN_DATA */
#define EYAS_FEATURE_ENTER	(1ULL << 3)	/* EYAS_PLAN_ENTER, EYAS_SESSION_F_TIMES */
#define EYAS_FEATURE_SCOPE	(1ULL << 4)	/* EYAS_A_SCOPE_* */
#define EYAS_FEATURE_COUNT	(1ULL << 5)	/* EYAS_PLAN_COUNT */
#define EYAS_FEATURE_SOCKETS	(1ULL << 6)	/* EYAS_BLOB_SOCKET */
#define EYAS_FEATURE_SIGNALS	(1ULL << 7)	/* EYAS_EVENT_SIGNAL, _COMM, _CREDS */
#define EYAS_FEATURE_ANCHORS	(1ULL << 8)	/* EYAS_A_ANCHORS */
#define EYAS_FEATURE_URING	(1ULL << 9)	/* EYAS_EVENT_URING */
#define EYAS_FEATURE_LATE	(1ULL << 10)	/* EYAS_SESSION_F_LATE */
#define EYAS_FEATURE_BRIEF	(1ULL << 11)	/* EYAS_SESSION_F_BRIEF */

enum eyas_abi {
	EYAS_ABI_X86_64		= 0,
	EYAS_ABI_IA32		= 1,
	EYAS_ABI_X32		= 2,
	EYAS_ABI_ARM64		= 3,
	EYAS_ABI_ARM32		= 4,
	EYAS_ABI_MAX		= 5,
};

/* Set in eyas_record.abi: 64-bit code entered through a 32-bit gate. */
#define EYAS_ABI_GATE32		0x80

enum eyas_lane {
	EYAS_LANE_CRIT		= 0,
	EYAS_LANE_BULK		= 1,
	EYAS_LANE_MAX		= 2,
};

/* Classes by which loss is counted. */
enum eyas_class {
	EYAS_CLASS_OTHER	= 0,
	EYAS_CLASS_PROCESS	= 1,
	EYAS_CLASS_FILE		= 2,	/* names: open, rename, stat */
	EYAS_CLASS_DESC		= 3,	/* descriptors: read, write, close */
	EYAS_CLASS_NETWORK	= 4,
	EYAS_CLASS_MEMORY	= 5,
	EYAS_CLASS_SIGNAL	= 6,
	EYAS_CLASS_CREDS	= 7,
	EYAS_CLASS_MAX		= 8,
};

/* ---- records ---- */

enum eyas_record_type {
	EYAS_REC_SYS_ENTER	= 1,	/* struct eyas_sys_enter, blobs */
	EYAS_REC_SYS_EXIT	= 2,	/* struct eyas_sys_exit, blobs */
	EYAS_REC_EXEC		= 3,	/* struct eyas_task, blobs */
	EYAS_REC_FORK		= 4,	/* struct eyas_fork */
	EYAS_REC_EXIT		= 5,	/* struct eyas_exit */
	EYAS_REC_LOSS		= 6,	/* struct eyas_loss */
	EYAS_REC_SIGNAL		= 7,	/* struct eyas_signal */
	EYAS_REC_COMM		= 8,	/* struct eyas_comm */
	EYAS_REC_CREDS		= 9,	/* struct eyas_creds_change */
	EYAS_REC_ANCHOR		= 10,	/* struct eyas_anchor, blobs */
	EYAS_REC_URING		= 11,	/* struct eyas_uring */
	EYAS_REC_TYPE_MAX	= 12,
};

/* eyas_record.flags */
#define EYAS_REC_F_TRUNC	(1U << 0)	/* a blob holds less than there was */
#define EYAS_REC_F_FAULT	(1U << 1)	/* user memory could not be read */
#define EYAS_REC_F_REREAD	(1U << 2)	/* user memory was read after the call; SYS_ENTER: in it */
#define EYAS_REC_F_MISMATCH	(1U << 3)	/* name as given leads elsewhere, see below */
#define EYAS_REC_F_NO_ENTER	(1U << 4)	/* SYS_EXIT: its entry was not seen */
#define EYAS_REC_F_URING	(1U << 5)	/* done for io_uring, by its worker or in its call */

/*
 * MISMATCH compares, in one record, the first string of the call with the real
 * path of the file it opened. "//" and "/./" do not count. A relative name is put
 * behind the directory it is relative to. ".." is not worked out: it always is
 * a mismatch, as are symbolic links on the way, and a name that was changed
 * while the call ran.
 */

struct eyas_record {
	__u32	len;		/* bytes, header included, multiple of 8 */
	__u16	type;		/* enum eyas_record_type */
	__u8	abi;		/* enum eyas_abi, EYAS_ABI_GATE32 */
	__u8	flags;		/* EYAS_REC_F_* */
	__u64	time;		/* CLOCK_MONOTONIC_RAW, ns; never decreases in a ring */
	__u32	tid;		/* of the initial pid namespace, as is pid */
	__u32	pid;		/* thread group */
	__s32	nr;		/* syscall number (x32: without its bit), -1 if none */
	__u32	seq;
};

struct eyas_sys_enter {
	__u64	args[6];
};

struct eyas_sys_exit {
	__u64	args[6];	/* as they were at entry */
	__s64	ret;		/* negative errno on failure */
};

/* The task after exec, and the child of a fork. */
struct eyas_task {
	__u64	start_time;	/* CLOCK_BOOTTIME, ns; with pid it names a process */
	__u64	cgroup;		/* id in the default hierarchy */
	__u64	cap_inheritable;
	__u64	cap_permitted;
	__u64	cap_effective;
	__u32	ppid;
	__u32	vtid;		/* in the task's own pid namespace */
	__u32	vpid;
	__u32	pgid;
	__u32	sid;
	__u32	vpgid;		/* pgid and sid in the task's own pid namespace */
	__u32	vsid;
	__u32	tty;		/* device number, 0: none */
	__u32	uid;
	__u32	euid;
	__u32	suid;
	__u32	fsuid;
	__u32	gid;
	__u32	egid;
	__u32	sgid;
	__u32	fsgid;
	__u32	loginuid;	/* ~0: unset, as is sessionid */
	__u32	sessionid;
	__u32	ns_pid;		/* inode numbers of namespaces */
	__u32	ns_net;
	__u32	ns_user;
	__u32	ns_uts;
	__u32	ns_ipc;
	__u32	ns_cgroup;
	__u32	exec_flags;	/* EYAS_EXEC_F_*, exec only */
	__u32	flags;		/* EYAS_TASK_F_* */
	char	comm[16];
	__u64	cap_bounding;
	__u64	cap_ambient;
	__u32	ns_mnt;		/* 0: unknown on this kernel */
	__u32	ns_time;
	__u32	securebits;
	__u32	seccomp;	/* mode: 0 none, 1 strict, 2 filter */
};

#define EYAS_TASK_F_NO_NEW_PRIVS (1U << 0)
#define EYAS_TASK_F_KERNEL	(1U << 1)	/* kernel thread */
#define EYAS_TASK_F_IO_WORKER	(1U << 2)	/* of io_uring */

#define EYAS_EXEC_F_WRITABLE	(1U << 0)	/* the executor may write the binary */
#define EYAS_EXEC_F_UPPER	(1U << 1)	/* in the upper layer of an overlay */
#define EYAS_EXEC_F_MEMFD	(1U << 2)
#define EYAS_EXEC_F_LOWER	(1U << 3)	/* in a lower layer of an overlay */
#define EYAS_EXEC_F_DELETED	(1U << 4)
#define EYAS_EXEC_F_SECURE	(1U << 5)	/* AT_SECURE: setuid, setgid, capabilities */
#define EYAS_EXEC_F_SETUID	(1U << 6)	/* mode of the binary */
#define EYAS_EXEC_F_SETGID	(1U << 7)
#define EYAS_EXEC_F_FILECAPS	(1U << 8)	/* SECURE, by no mode bit: its capabilities */
#define EYAS_EXEC_F_SCRIPT	(1U << 9)	/* EXE_NAME is a script, the binary its interpreter */
#define EYAS_EXEC_F_FD		(1U << 10)	/* by descriptor: EXE_NAME is "/dev/fd/N..." */

/* Header: the parent (the caller of fork). */
struct eyas_fork {
	__u32	child_tid;
	__u32	child_pid;
	__u32	flags;		/* EYAS_FORK_F_* */
	__u32	__pad;
	struct eyas_task task;	/* the child */
};

#define EYAS_FORK_F_THREAD	(1U << 0)
#define EYAS_FORK_F_VM		(1U << 1)
#define EYAS_FORK_F_VFORK	(1U << 2)
#define EYAS_FORK_F_FILES	(1U << 3)
#define EYAS_FORK_F_FS		(1U << 4)
#define EYAS_FORK_F_SIGHAND	(1U << 5)
#define EYAS_FORK_F_NEWNS	(1U << 6)	/* mount namespace, and so on: new */
#define EYAS_FORK_F_NEWPID	(1U << 7)
#define EYAS_FORK_F_NEWNET	(1U << 8)
#define EYAS_FORK_F_NEWUSER	(1U << 9)
#define EYAS_FORK_F_NEWUTS	(1U << 10)
#define EYAS_FORK_F_NEWIPC	(1U << 11)
#define EYAS_FORK_F_NEWCGROUP	(1U << 12)

struct eyas_exit {
	__u64	start_time;	/* as in struct eyas_task, but of the thread itself */
	__u32	status;		/* as wait(2) tells it */
	__u32	flags;		/* EYAS_EXIT_F_* */
};

#define EYAS_EXIT_F_GROUP	(1U << 0)	/* last thread of its group */
#define EYAS_EXIT_F_CORE	(1U << 1)	/* dumped core; bit 7 of status too */

/* A signal is delivered. Header: the thread that gets it. */
struct eyas_signal {
	__u32	sig;
	__s32	code;		/* si_code */
	__s32	err;		/* si_errno */
	__u32	flags;		/* EYAS_SIGNAL_F_* */
	__u32	sender_pid;	/* process, 0: the kernel or unknown */
	__u32	sender_vpid;	/* as the receiver sees it, si_pid; or see below */
	__u32	sender_uid;
	__s32	status;		/* SIGCHLD: si_status; or see below */
	__u64	value;		/* SENDER: si_value, else si_addr; or see below */
	__u64	handler;	/* address; 0: default action, 1: ignored */
};

#define EYAS_SIGNAL_F_SENDER	(1U << 0)	/* sender_* are known */
/*
 * All that siginfo has is there: for SIGCHLD value is si_utime, and si_stime << 32;
 * for timers sender_vpid si_tid, status si_overrun, value si_value; for SIGIO status
 * si_fd, value si_band; for SIGSYS sender_vpid si_arch, status si_syscall, value
 * si_call_addr; of a fault status is si_addr_lsb or si_pkey where it has one.
 */
#define EYAS_SIGNAL_F_WHOLE	(1U << 1)
/* It killed its group at once. Should several threads tell so, the first one had it. */
#define EYAS_SIGNAL_F_GROUP	(1U << 2)

/* A thread gets another name. Header: who does it. */
struct eyas_comm {
	__u32	tid;		/* whose */
	__u32	pid;
	char	before[16];
	char	after[16];
};

struct eyas_creds {
	__u32	uid;		/* of the initial user namespace, as all ids */
	__u32	euid;
	__u32	suid;
	__u32	fsuid;
	__u32	gid;
	__u32	egid;
	__u32	sgid;
	__u32	fsgid;
	__u64	cap_inheritable;
	__u64	cap_permitted;
	__u64	cap_effective;
	__u64	cap_bounding;
	__u64	cap_ambient;
	__u32	securebits;
	__u32	ns_user;
	__u32	ngroups;	/* supplementary ones */
	__u32	__pad;
};

/* Credentials are changed, by whatever call; nothing is recorded if all stay. */
struct eyas_creds_change {
	struct eyas_creds before;
	struct eyas_creds after;
};

/*
 * Where the kernel asks for permission. The arg of its blobs is EYAS_ROLE_*,
 * OBJECT if not told otherwise below; FILE stands for FILE and FILE_PATH.
 */
struct eyas_anchor {
	__u32	anchor;		/* enum eyas_anchor_id */
	__u32	__pad;
	__u64	value[2];	/* as told there */
};

enum eyas_anchor_id {			/* blobs; value[0], value[1] */
	EYAS_ANCHOR_FILE_OPEN		= 0,	/* FILE; open flags */
	EYAS_ANCHOR_EXEC		= 1,	/* FILE, for script and interpreter in turn */
	EYAS_ANCHOR_SOCKET_CREATE	= 2,	/* SOCKET */
	EYAS_ANCHOR_SOCKET_BIND		= 3,	/* SOCKET, SOCKADDR */
	EYAS_ANCHOR_SOCKET_CONNECT	= 4,	/* SOCKET, SOCKADDR */
	EYAS_ANCHOR_SOCKET_LISTEN	= 5,	/* SOCKET; backlog */
	EYAS_ANCHOR_SOCKET_ACCEPT	= 6,	/* SOCKET that listens */
	EYAS_ANCHOR_SOCKET_SENDMSG	= 7,	/* SOCKET, SOCKADDR if named; bytes */
	EYAS_ANCHOR_SOCKET_RECVMSG	= 8,	/* SOCKET; bytes, flags */
	EYAS_ANCHOR_UNLINK		= 9,	/* FILE */
	EYAS_ANCHOR_RMDIR		= 10,	/* FILE */
	EYAS_ANCHOR_MKDIR		= 11,	/* FILE_PATH; mode */
	EYAS_ANCHOR_MKNOD		= 12,	/* FILE_PATH; mode, device as in struct stat */
	EYAS_ANCHOR_LINK		= 13,	/* FILE_PATH of the OBJECT, of the TARGET */
	EYAS_ANCHOR_SYMLINK		= 14,	/* FILE_PATH; STRING: what it points to, TARGET */
	EYAS_ANCHOR_RENAME		= 15,	/* FILE of the OBJECT; FILE_PATH of the TARGET */
	EYAS_ANCHOR_CHMOD		= 16,	/* FILE; mode */
	EYAS_ANCHOR_CHOWN		= 17,	/* FILE; uid, gid, ~0: stays */
	EYAS_ANCHOR_TRUNCATE		= 18,	/* FILE */
	EYAS_ANCHOR_CHROOT		= 19,	/* FILE */
	EYAS_ANCHOR_SETXATTR		= 20,	/* FILE without mount; STRING: name; bytes, flags */
	EYAS_ANCHOR_REMOVEXATTR		= 21,	/* FILE without mount; STRING: name */
	EYAS_ANCHOR_MOUNT		= 22,	/* FILE of the TARGET; STRING: source, TYPE; flags */
	EYAS_ANCHOR_UMOUNT		= 23,	/* FILE: root of what goes; flags */
	EYAS_ANCHOR_PIVOT_ROOT		= 24,	/* FILE of the OBJECT (old), of the TARGET (new) */
	EYAS_ANCHOR_MOVE_MOUNT		= 25,	/* FILE of the OBJECT (from), of the TARGET (to) */
	EYAS_ANCHOR_PTRACE		= 26,	/* TASK; mode. Also process_vm_*, pidfd_getfd */
	EYAS_ANCHOR_PTRACE_TRACEME	= 27,	/* TASK: the tracer to be */
	EYAS_ANCHOR_KILL		= 28,	/* TASK; signal */
	EYAS_ANCHOR_KERNEL_READ		= 29,	/* FILE; kind, 2: module */
	EYAS_ANCHOR_KERNEL_LOAD		= 30,	/* kind, 2: module, from memory */
	EYAS_ANCHOR_BPF			= 31,	/* BYTES: its attributes; command, their size */
	EYAS_ANCHOR_MMAP_EXEC		= 32,	/* FILE if any; protection, flags; PROT_EXEC only */
	EYAS_ANCHOR_MPROTECT_EXEC	= 33,	/* FILE if any; protection, start; PROT_EXEC only */
	EYAS_ANCHOR_MAX			= 34,
};

#define EYAS_ROLE_OBJECT	0	/* what it is done to */
#define EYAS_ROLE_TARGET	1	/* where it goes to */
#define EYAS_ROLE_TYPE		2

struct eyas_uring {
	__u32	what;		/* enum eyas_uring_what */
	__s32	fd;		/* CREATE: of the ring; SUBMIT: its file, -1: none */
	__u32	opcode;		/* SUBMIT: IORING_OP_* */
	__u32	flags;		/* CREATE: IORING_SETUP_*; SUBMIT: IOSQE_*; COMPLETE: IORING_CQE_F_* */
	__u64	ring;		/* tells rings apart, means nothing else */
	__u64	user_data;
	__s64	ret;		/* COMPLETE */
};

enum eyas_uring_what {
	EYAS_URING_CREATE	= 0,
	EYAS_URING_SUBMIT	= 1,
	EYAS_URING_COMPLETE	= 2,
};

struct eyas_loss {
	__u64	first;		/* time of the first and last record lost */
	__u64	last;
	__u64	count[EYAS_CLASS_MAX];
};

/*
 * Blobs follow the fixed part, each padded to a multiple of 8 bytes.
 * Strings are stored without their NUL; full is their length as found.
 * Paths are stored up to 4096 bytes whatever the snap length is.
 */
struct eyas_blob {
	__u8	kind;		/* enum eyas_blob_kind */
	__u8	arg;		/* argument, role, or EYAS_BLOB_NO_ARG; flags */
	__u16	stored;		/* bytes here */
	__u32	full;		/* bytes there were, ~0: unknown */
};

#define EYAS_BLOB_NO_ARG	0x0f	/* the result, or what belongs to no argument */
#define EYAS_BLOB_ARG_MASK	0x0f
#define EYAS_BLOB_F_FAULT	0x10	/* memory after stored bytes was unreadable */
#define EYAS_BLOB_F_REREAD	0x20	/* given to the call, but read after it */
#define EYAS_BLOB_F_OUT		0x40	/* memory that the call wrote */
#define EYAS_BLOB_FULL_UNKNOWN	0xffffffffU

/* User memory is as the program has it: in 32-bit calls structs are 32-bit ones. */
enum eyas_blob_kind {
	EYAS_BLOB_STRING	= 1,	/* NUL-terminated argument */
	EYAS_BLOB_BYTES		= 2,	/* counted argument */
	EYAS_BLOB_FILE		= 3,	/* struct eyas_file of a descriptor */
	EYAS_BLOB_FILE_PATH	= 4,	/* real path of that file */
	EYAS_BLOB_EXE_FILE	= 5,	/* struct eyas_file of the binary */
	EYAS_BLOB_EXE_PATH	= 6,	/* real path of the binary */
	EYAS_BLOB_EXE_NAME	= 7,	/* path as given to exec */
	EYAS_BLOB_ARGV		= 8,	/* NUL-separated */
	EYAS_BLOB_ENVP		= 9,	/* NUL-separated */
	EYAS_BLOB_CWD		= 10,	/* real path */
	EYAS_BLOB_STRUCT	= 11,	/* struct argument, <linux/eyas_structs.h> */
	EYAS_BLOB_ARRAY		= 12,	/* array of such */
	EYAS_BLOB_STRINGS	= 13,	/* array of strings, NUL-separated */
	EYAS_BLOB_SOCKADDR	= 14,	/* struct sockaddr, as long as was told */
	EYAS_BLOB_IOV		= 15,	/* struct eyas_iov[] */
	EYAS_BLOB_IOV_DATA	= 16,	/* bytes behind it, joined */
	/*
	 * The SOCKADDR, IOV, IOV_DATA and CONTROL after a MSG are of its first one. After
	 * an array of messages the next ones have MSG blobs of their own with theirs.
	 */
	EYAS_BLOB_MSG		= 17,	/* struct eyas_msg[] */
	EYAS_BLOB_CONTROL	= 18,	/* control messages */
	EYAS_BLOB_SOCKET	= 19,	/* struct eyas_socket */
	EYAS_BLOB_SOCKET_PATH	= 20,	/* own name of a unix socket; abstract: from NUL on */
	EYAS_BLOB_PEER_PATH	= 21,	/* its peer's */
	EYAS_BLOB_TASK		= 22,	/* struct eyas_target */
	EYAS_BLOB_CREDS		= 23,	/* struct eyas_creds of the caller */
	EYAS_BLOB_NS		= 24,	/* struct eyas_ns of the caller */
	EYAS_BLOB_TIMES		= 25,	/* struct eyas_times */
	EYAS_BLOB_EXE_INTERP	= 26,	/* SCRIPT: path of the interpreter as it names it */
	EYAS_BLOB_FS_PATH	= 27,	/* CHROOT: path from the root of its file system */
	EYAS_BLOB_KIND_MAX	= 28,
};

struct eyas_file {
	__u64	ino;
	__u64	mtime;		/* ns since the epoch */
	__u64	ctime;
	__u64	size;
	__u32	dev_major;
	__u32	dev_minor;
	__u32	mode;		/* as in struct stat */
	__u32	uid;
	__u32	gid;
	__u32	nlink;
	__u32	flags;		/* EYAS_FILE_F_* */
	__u32	oflags;		/* O_*; 0 if it is not open */
	__u32	ns_mnt;		/* mount namespace that its path is meant in, 0: unknown */
	__u32	rdev;		/* device nodes: as in struct stat; 0 in older captures */
};

#define EYAS_FILE_F_CREATED	(1U << 0)	/* by the call that opened it */
#define EYAS_FILE_F_DELETED	(1U << 1)
#define EYAS_FILE_F_MEMFD	(1U << 2)
#define EYAS_FILE_F_UPPER	(1U << 3)	/* overlay: its data is in the upper layer */
#define EYAS_FILE_F_LOWER	(1U << 4)	/* in a lower one */
#define EYAS_FILE_F_CHROOT	(1U << 5)	/* path begins at a root that is not its mount's */
#define EYAS_FILE_F_NO_MOUNT	(1U << 6)	/* path begins at the root of its file system */

struct eyas_iov {
	__u64	base;
	__u64	len;
};

struct eyas_msg {
	__u64	name;		/* as in struct msghdr */
	__u64	iov;
	__u64	iovlen;
	__u64	control;
	__u64	controllen;
	__u32	namelen;
	__u32	flags;
	__u32	len;		/* arrays of messages: bytes sent or got */
	__u32	__pad;
};

struct eyas_socket {
	__u64	ino;		/* that "socket:[...]" shows */
	__u64	peer_ino;	/* unix: of the other end, 0: none or unknown */
	__u32	ns_net;
	__u32	uid;		/* owner */
	__u32	ifindex;	/* bound to, 0: none */
	__u32	peer_pid;	/* unix: process at the other end, as SO_PEERCRED */
	__u16	family;		/* AF_* */
	__u16	type;		/* SOCK_* */
	__u16	protocol;
	__u16	state;		/* TCP_*: 1 established, 2 connecting, 7 closed, 10 listens */
	__u32	lport;		/* host order; vsock: all 32 bits */
	__u32	rport;		/* 0: not connected */
	__u8	laddr[16];	/* inet: first 4 bytes; vsock: cid in the first 4, host order */
	__u8	raddr[16];
};

/* Another task that a call is about. */
struct eyas_target {
	__u64	start_time;	/* as in struct eyas_task */
	__u32	tid;
	__u32	pid;
	__u32	uid;
	__u32	ns_pid;
	char	comm[16];
};

struct eyas_ns {
	__u32	mnt;		/* 0: unknown on this kernel */
	__u32	net;
	__u32	pid;
	__u32	pid_children;	/* pid namespace of the children to come */
	__u32	user;
	__u32	uts;
	__u32	ipc;
	__u32	cgroup;
	__u32	time;
	__u32	__pad;
};

/* With EYAS_SESSION_F_TIMES; the end is the record's own time. */
struct eyas_times {
	__u64	enter;		/* CLOCK_MONOTONIC_RAW, ns */
};

/* ---- shared memory ---- */

struct eyas_session_page {
	__u32	abi_version;
	__u32	page_size;
	__u64	features;
	__u32	session;	/* number of this session */
	__u32	cpus;		/* CPU numbers are below this */
	__u32	lanes;
	__u32	generation;	/* changes when a geometry does */
	__u32	rings_offset;	/* of the first geometry, from this page's start */
	__u32	rings_stride;
	__u32	map_size;	/* bytes of this mapping */
	__u32	__pad[3];
};

#define EYAS_RING_STATE_NONE	0	/* no such CPU (yet) */
#define EYAS_RING_STATE_LIVE	1
#define EYAS_RING_STATE_POISONED 2	/* the reader wrote a bad tail */

struct eyas_ring_geometry {
	__u64	consumer_offset;
	__u64	producer_offset;
	__u64	data_size;	/* power of two */
	__u32	cpu;
	__u32	lane;
	__u32	state;		/* EYAS_RING_STATE_* */
	__u32	__pad;
};

struct eyas_ring_producer {
	__u64	head;
	__u64	produced;	/* records asked for, lost ones included */
	__u64	last_time;
	__u32	wseq;
	__u32	state;		/* EYAS_RING_STATE_* */
	__u64	__line[4];
	__u64	lost[EYAS_CLASS_MAX];
};

struct eyas_ring_consumer {
	__u64	tail;
};

/* ---- generic netlink ---- */

#define EYAS_GENL_NAME		"eyas"
#define EYAS_GENL_VERSION	1
#define EYAS_GENL_MCGRP		"events"

enum eyas_cmd {
	EYAS_CMD_UNSPEC,
	EYAS_CMD_INFO_GET,
	EYAS_CMD_SESSION_GET,
	EYAS_CMD_SESSION_SET,
	EYAS_CMD_STATS_GET,
	EYAS_CMD_SESSION_START,
	EYAS_CMD_SESSION_END,
	EYAS_CMD_LOSS,
	EYAS_CMD_COUNTERS_GET,
	__EYAS_CMD_LAST,
};
#define EYAS_CMD_MAX		(__EYAS_CMD_LAST - 1)

enum eyas_attr {
	EYAS_A_UNSPEC,
	EYAS_A_PAD,
	EYAS_A_VERSION,		/* string */
	EYAS_A_ABI_VERSION,	/* u32 */
	EYAS_A_FEATURES,	/* u64, EYAS_FEATURE_* */
	EYAS_A_KERNEL,		/* string, the release built for */
	EYAS_A_SESSIONS,	/* u32 */
	EYAS_A_HOOKS,		/* u32, EYAS_EVENT_* and EYAS_HOOK_SYS */
	EYAS_A_SESSION,		/* u32 */
	EYAS_A_OWNER_PID,	/* u32 */
	EYAS_A_BULK_SIZE,	/* u32, bytes, power of two */
	EYAS_A_CRIT_SIZE,	/* u32, bytes, power of two */
	EYAS_A_WAKE_US,		/* u32, 0: at once */
	EYAS_A_WATERMARK,	/* u32, percent of a ring, 1..100 */
	EYAS_A_SNAPLEN,		/* u32, bytes of one blob at most */
	EYAS_A_EVENTS,		/* u32, EYAS_EVENT_* */
	EYAS_A_PLAN,		/* nested */
	EYAS_A_PLAN_ABI,	/* u32, enum eyas_abi */
	EYAS_A_PLAN_NRS,	/* u8[EYAS_NR_MAX], EYAS_PLAN_* */
	EYAS_A_PLAN_OTHER,	/* u8, EYAS_PLAN_*, for all other numbers */
	EYAS_A_CPU,		/* u32 */
	EYAS_A_LANE,		/* u32 */
	EYAS_A_RING_STATE,	/* u32 */
	EYAS_A_PRODUCED,	/* u64 */
	EYAS_A_RECORDS,		/* u64, written: produced less lost */
	EYAS_A_BYTES,		/* u64 */
	EYAS_A_LOST,		/* u64[EYAS_CLASS_MAX] */
	EYAS_A_NESTED,		/* u64, refused re-entries, per CPU; must be 0 */
	EYAS_A_UNREAD,		/* u64, bytes */
	EYAS_A_FLAGS,		/* u32, EYAS_SESSION_F_* */
	EYAS_A_ANCHORS,		/* u64, bit n: enum eyas_anchor_id n */
	EYAS_A_SCOPE_FLAGS,	/* u32, EYAS_SCOPE_F_* */
	EYAS_A_SCOPE_PIDS,	/* u32[] */
	EYAS_A_SCOPE_CGROUPS,	/* u64[] */
	EYAS_A_SCOPE_PIDNS,	/* u32[] */
	EYAS_A_SCOPE_UIDS,	/* u32[] */
	EYAS_A_COUNTER_ABI,	/* u32, enum eyas_abi */
	EYAS_A_COUNTERS,	/* struct eyas_counter[] */
	__EYAS_A_LAST,
};
#define EYAS_A_MAX		(__EYAS_A_LAST - 1)

/* EYAS_A_EVENTS: what is recorded beside syscalls. */
#define EYAS_EVENT_EXEC		(1U << 0)	/* replaces the exit of a successful exec */
#define EYAS_EVENT_FORK		(1U << 1)
#define EYAS_EVENT_EXIT		(1U << 2)
#define EYAS_EVENT_PROCESS	0x7U		/* these three */
#define EYAS_EVENT_SIGNAL	(1U << 3)	/* delivered ones, and those that kill at once */
#define EYAS_EVENT_COMM		(1U << 4)
#define EYAS_EVENT_CREDS	(1U << 5)
#define EYAS_EVENT_URING	(1U << 6)
#define EYAS_EVENT_ALL		0x7fU
#define EYAS_HOOK_SWITCH	(1U << 28)	/* these only in EYAS_A_HOOKS */
#define EYAS_HOOK_ANCHORS	(1U << 29)
#define EYAS_HOOK_SYS_ENTER	(1U << 30)
#define EYAS_HOOK_SYS		(1U << 31)

/* EYAS_A_FLAGS */
#define EYAS_SESSION_F_TIMES	(1U << 0)	/* blob TIMES in SYS_EXIT, times in counters */
#define EYAS_SESSION_F_LATE	(1U << 1)	/* SYS_ENTER of calls without ENTER that last */
#define EYAS_SESSION_F_BRIEF	(1U << 2)	/* EXEC and FORK records without what a task is */
#define EYAS_SESSION_F_ALL	0x7U

/* EYAS_A_SCOPE_FLAGS */
#define EYAS_SCOPE_F_NO_FOLLOW	(1U << 0)	/* SCOPE_PIDS: these and their threads only */
#define EYAS_SCOPE_F_ALL	0x1U

/* One byte of EYAS_A_PLAN_NRS; 0: the call is not recorded. */
#define EYAS_PLAN_RECORD	(1U << 0)	/* RECORD or COUNT must be set if any bit is */
#define EYAS_PLAN_STRINGS	(1U << 1)	/* with strings it was given */
#define EYAS_PLAN_OBJECTS	(1U << 2)	/* with the kernel objects it met */
#define EYAS_PLAN_NO_FAILED	(1U << 3)	/* not if it failed */
#define EYAS_PLAN_NO_OK		(1U << 4)	/* not if it succeeded */
#define EYAS_PLAN_DATA		(1U << 5)	/* with memory it was given and wrote */
#define EYAS_PLAN_ENTER		(1U << 6)	/* SYS_ENTER record, and all it was given there */
#define EYAS_PLAN_COUNT		(1U << 7)	/* in the counters; NO_* do not hold there */
#define EYAS_PLAN_ALL		0xffU

/* EYAS_A_COUNTERS: calls of one number; nr EYAS_NR_MAX: all numbers beyond the plan. */
struct eyas_counter {
	__u32	nr;
	__u32	__pad;
	__u64	count;
	__u64	errors;
	__u64	timed;		/* of these the times are known: */
	__u64	time_sum;	/* ns */
	__u64	time_min;
	__u64	time_max;
};

#define EYAS_BULK_SIZE_DEFAULT	(4U << 20)
#define EYAS_CRIT_SIZE_DEFAULT	(1U << 20)
#define EYAS_RING_SIZE_MIN	(16U << 10)
#define EYAS_RING_SIZE_MAX	(256U << 20)
#define EYAS_WAKE_US_DEFAULT	10000U
#define EYAS_WAKE_US_MAX	1000000U
#define EYAS_WATERMARK_DEFAULT	50U
#define EYAS_SNAPLEN_DEFAULT	4096U
#define EYAS_SNAPLEN_MAX	65535U

#endif /* _UAPI_LINUX_EYAS_H */
