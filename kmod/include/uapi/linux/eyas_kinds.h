/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR Apache-2.0 */
/* The words that rows of <linux/eyas_syscalls.h> are written in. */
#ifndef _UAPI_LINUX_EYAS_KINDS_H
#define _UAPI_LINUX_EYAS_KINDS_H

/* What an argument is. IN: memory read by the kernel; OUT: written by it. */
enum eyas_kind {
	EYAS_KIND_INT,		/* signed decimal */
	EYAS_KIND_UINT,		/* unsigned decimal */
	EYAS_KIND_HEX,
	EYAS_KIND_ADDR,		/* address, not looked behind */
	EYAS_KIND_MODE,		/* octal file mode */
	EYAS_KIND_FD,
	EYAS_KIND_DIRFD,	/* knows AT_FDCWD; the path argument after it is relative to it */
	EYAS_KIND_PID,
	EYAS_KIND_UID,
	EYAS_KIND_GID,
	EYAS_KIND_SIGNAL,
	EYAS_KIND_DEV,
	EYAS_KIND_OFFSET,	/* signed 64-bit file offset */
	EYAS_KIND_FLAGS,	/* aux: flag list */
	EYAS_KIND_ENUM,		/* aux: list of values */
	EYAS_KIND_CMD,		/* aux: list; its value gives the next argument its meaning */
	EYAS_KIND_PATH,		/* IN, NUL-terminated file name */
	EYAS_KIND_STRING,	/* IN, NUL-terminated, no file name */
	EYAS_KIND_STRINGS,	/* IN, array of strings ended by NULL */
	EYAS_KIND_INBUF,	/* IN, aux: argument that holds its length */
	EYAS_KIND_OUTBUF,	/* OUT, aux: argument that holds its length, or RET */
	EYAS_KIND_INSTRUCT,	/* IN, aux: struct */
	EYAS_KIND_OUTSTRUCT,	/* OUT, aux: struct */
	EYAS_KIND_IOSTRUCT,	/* both, aux: struct */
	EYAS_KIND_INARRAY,	/* IN, aux: struct; the next argument is the number */
	EYAS_KIND_OUTARRAY,
	EYAS_KIND_INIOV,	/* IN, struct iovec array; the next argument is the number */
	EYAS_KIND_OUTIOV,	/* the same, filled by the call */
	EYAS_KIND_INMSG,	/* struct msghdr to send */
	EYAS_KIND_OUTMSG,	/* struct msghdr received */
	EYAS_KIND_INSOCKADDR,	/* IN, the next argument is its length */
	EYAS_KIND_OUTSOCKADDR,	/* OUT, the next argument points to its length */
	EYAS_KIND_SIGSET,	/* IN */
	EYAS_KIND_OUTSIGSET,
	EYAS_KIND_IOARRAY,	/* both, aux: struct; the next argument is the number */
	EYAS_KIND_MAX,
};

/* Sizes in <linux/eyas_structs.h> that are none. */
#define EYAS_SIZE_NEXT		0xffff	/* the next argument is the size */
#define EYAS_SIZE_SELF0		0xfffe	/* a __u32 at offset 0 is */
#define EYAS_SIZE_SELF4		0xfffd	/* at offset 4 */
#define EYAS_SIZE_FDSET		0xfffc	/* bits, as many as argument 0 tells, in whole longs */
#define EYAS_SIZE_HANDLE	0xfffb	/* 8 and the __u32 at offset 0 */

/* What a result is. */
enum eyas_ret {
	EYAS_RET_ERR,		/* 0 or error */
	EYAS_RET_INT,
	EYAS_RET_UINT,
	EYAS_RET_HEX,
	EYAS_RET_OCT,
	EYAS_RET_FD,
	EYAS_RET_PID,
	EYAS_RET_ADDR,
	EYAS_RET_NONE,		/* does not return */
	EYAS_RET_MAX,
};

/* Classes that people select by. */
#define EYAS_TRACE_FILE		(1U << 0)	/* takes a file name */
#define EYAS_TRACE_DESC		(1U << 1)	/* takes or makes a descriptor */
#define EYAS_TRACE_PROCESS	(1U << 2)
#define EYAS_TRACE_NETWORK	(1U << 3)
#define EYAS_TRACE_SIGNAL	(1U << 4)
#define EYAS_TRACE_IPC		(1U << 5)
#define EYAS_TRACE_MEMORY	(1U << 6)
#define EYAS_TRACE_CREDS	(1U << 7)
#define EYAS_TRACE_CLOCK	(1U << 8)
#define EYAS_TRACE_PURE		(1U << 9)	/* no argument, cannot fail */
#define EYAS_TRACE_STAT		(1U << 10)
#define EYAS_TRACE_LSTAT	(1U << 11)
#define EYAS_TRACE_FSTAT	(1U << 12)
#define EYAS_TRACE_STATFS	(1U << 13)
#define EYAS_TRACE_FSTATFS	(1U << 14)
#define EYAS_TRACE_STATLIKE	(1U << 15)
#define EYAS_TRACE_STATFSLIKE	(1U << 16)

#endif /* _UAPI_LINUX_EYAS_KINDS_H */
