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
 *                              SESSIONS (number of open ones), HOOKS (bits)
 *   EYAS_CMD_SESSION_GET    SESSION, or dump of all
 *                           -> SESSION, OWNER_PID, BULK_SIZE, CRIT_SIZE,
 *                              WAKE_US, WATERMARK, EVENTS, PLAN..., SNAPLEN
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
 *   multicast group "events":
 *   EYAS_CMD_SESSION_START, EYAS_CMD_SESSION_END   SESSION, OWNER_PID
 *   EYAS_CMD_LOSS                                  SESSION, LOST
 */
#ifndef _UAPI_LINUX_EYAS_H
#define _UAPI_LINUX_EYAS_H

#include <linux/types.h>

#define EYAS_DEVICE		"/dev/eyas"
#define EYAS_ABI_VERSION	1

#define EYAS_SESSIONS_MAX	16
#define EYAS_NR_MAX		512	/* numbers that a plan can select */
#define EYAS_RECORD_MAX		65536	/* bytes of one record */

/* What the module can do, EYAS_A_FEATURES. */
#define EYAS_FEATURE_FILES	(1ULL << 0)	/* EYAS_BLOB_FILE on the open family */
#define EYAS_FEATURE_IA32	(1ULL << 1)	/* 32-bit calls by their own plan */

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
	EYAS_REC_SYS_ENTER	= 1,
	EYAS_REC_SYS_EXIT	= 2,	/* struct eyas_sys_exit, blobs */
	EYAS_REC_EXEC		= 3,	/* struct eyas_task, blobs */
	EYAS_REC_FORK		= 4,	/* struct eyas_fork */
	EYAS_REC_EXIT		= 5,	/* struct eyas_exit */
	EYAS_REC_LOSS		= 6,	/* struct eyas_loss */
	EYAS_REC_TYPE_MAX	= 7,
};

/* eyas_record.flags */
#define EYAS_REC_F_TRUNC	(1U << 0)	/* a blob holds less than there was */
#define EYAS_REC_F_FAULT	(1U << 1)	/* user memory could not be read */
#define EYAS_REC_F_REREAD	(1U << 2)	/* user memory was read after the call */
#define EYAS_REC_F_MISMATCH	(1U << 3)	/* name as given and object differ */

struct eyas_record {
	__u32	len;		/* bytes, header included, multiple of 8 */
	__u16	type;		/* enum eyas_record_type */
	__u8	abi;		/* enum eyas_abi, EYAS_ABI_GATE32 */
	__u8	flags;		/* EYAS_REC_F_* */
	__u64	time;		/* CLOCK_MONOTONIC_RAW, ns; never decreases in a ring */
	__u32	tid;		/* of the initial pid namespace, as is pid */
	__u32	pid;		/* thread group */
	__s32	nr;		/* syscall number, -1 if none */
	__u32	seq;
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
	__u32	__pad;
	char	comm[16];
};

#define EYAS_EXEC_F_WRITABLE	(1U << 0)	/* the executor may write the binary */
#define EYAS_EXEC_F_UPPER	(1U << 1)	/* in the upper layer of an overlay */
#define EYAS_EXEC_F_MEMFD	(1U << 2)
#define EYAS_EXEC_F_LOWER	(1U << 3)	/* in a lower layer of an overlay */
#define EYAS_EXEC_F_DELETED	(1U << 4)
#define EYAS_EXEC_F_SECURE	(1U << 5)	/* AT_SECURE: setuid, setgid, capabilities */

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

struct eyas_exit {
	__u64	start_time;	/* as in struct eyas_task */
	__u32	status;		/* as wait(2) tells it */
	__u32	flags;		/* EYAS_EXIT_F_* */
};

#define EYAS_EXIT_F_GROUP	(1U << 0)	/* last thread of its group */

struct eyas_loss {
	__u64	first;		/* time of the first and last record lost */
	__u64	last;
	__u64	count[EYAS_CLASS_MAX];
};

/*
 * Blobs follow the fixed part, each padded to a multiple of 8 bytes.
 * Strings are stored without their NUL; full is their length as found.
 */
struct eyas_blob {
	__u8	kind;		/* enum eyas_blob_kind */
	__u8	arg;		/* argument number, EYAS_BLOB_NO_ARG if none; flags */
	__u16	stored;		/* bytes here */
	__u32	full;		/* bytes there were, ~0: unknown */
};

#define EYAS_BLOB_NO_ARG	0x0f
#define EYAS_BLOB_ARG_MASK	0x0f
#define EYAS_BLOB_F_FAULT	0x10	/* memory after stored bytes was unreadable */
#define EYAS_BLOB_F_REREAD	0x20	/* read after the call */
#define EYAS_BLOB_FULL_UNKNOWN	0xffffffffU

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
	EYAS_BLOB_KIND_MAX	= 11,
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
	__u32	__pad;
};

#define EYAS_FILE_F_CREATED	(1U << 0)	/* by this call */
#define EYAS_FILE_F_DELETED	(1U << 1)
#define EYAS_FILE_F_MEMFD	(1U << 2)
#define EYAS_FILE_F_UPPER	(1U << 3)
#define EYAS_FILE_F_LOWER	(1U << 4)

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
	__EYAS_A_LAST,
};
#define EYAS_A_MAX		(__EYAS_A_LAST - 1)

/* EYAS_A_EVENTS: what is recorded beside syscalls. */
#define EYAS_EVENT_EXEC		(1U << 0)	/* replaces the exit of a successful exec */
#define EYAS_EVENT_FORK		(1U << 1)
#define EYAS_EVENT_EXIT		(1U << 2)
#define EYAS_EVENT_ALL		0x7U
#define EYAS_HOOK_SYS		(1U << 31)	/* only in EYAS_A_HOOKS */

/* One byte of EYAS_A_PLAN_NRS; 0: the call is not recorded. */
#define EYAS_PLAN_RECORD	(1U << 0)	/* must be set if any bit is */
#define EYAS_PLAN_STRINGS	(1U << 1)	/* with strings it was given */
#define EYAS_PLAN_OBJECTS	(1U << 2)	/* with the kernel objects it met */
#define EYAS_PLAN_NO_FAILED	(1U << 3)	/* not if it failed */
#define EYAS_PLAN_NO_OK		(1U << 4)	/* not if it succeeded */
#define EYAS_PLAN_ALL		0x1fU

#define EYAS_BULK_SIZE_DEFAULT	(4U << 20)
#define EYAS_CRIT_SIZE_DEFAULT	(1U << 20)
#define EYAS_RING_SIZE_MIN	(16U << 10)
#define EYAS_RING_SIZE_MAX	(256U << 20)
#define EYAS_WAKE_US_DEFAULT	10000U
#define EYAS_WAKE_US_MAX	1000000U
#define EYAS_WATERMARK_DEFAULT	50U
#define EYAS_SNAPLEN_DEFAULT	4096U
#define EYAS_SNAPLEN_MAX	4096U

#endif /* _UAPI_LINUX_EYAS_H */
