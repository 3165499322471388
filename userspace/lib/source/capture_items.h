/* SPDX-License-Identifier: Apache-2.0 */
/* Items of capture files: what FACTS and STATE blocks are made of. See source/capture.h. */
#ifndef EYAS_SOURCE_CAPTURE_ITEMS_H
#define EYAS_SOURCE_CAPTURE_ITEMS_H

#include <assert.h>
#include <linux/eyas.h>
#include <linux/types.h>
#include "base/bytes.h"
#include "base/strbuf.h"

struct eyas_capture_item {
	__u16	type;		/* enum eyas_capture_item_type */
	__u16	__pad;
	__u32	len;		/* bytes of data behind it, padding not counted */
};

/* Texts are not ended by NUL; lists of them are separated by it. */
enum eyas_capture_item_type {
	/* of FACTS */
	EYAS_CAPTURE_HOSTNAME	= 1,	/* text */
	EYAS_CAPTURE_KERNEL	= 2,	/* text, as uname -r */
	EYAS_CAPTURE_KERNEL_BUILD = 3,	/* text, as uname -v */
	EYAS_CAPTURE_MACHINE	= 4,	/* text, as uname -m */
	EYAS_CAPTURE_BOOT_ID	= 5,	/* text */
	EYAS_CAPTURE_CPUS	= 6,	/* u32, that there can be */
	EYAS_CAPTURE_CLOCKS	= 7,	/* struct eyas_capture_clocks */
	EYAS_CAPTURE_PROGRAM	= 8,	/* text: "eyas 1.2" */
	EYAS_CAPTURE_MODULE	= 9,	/* text: version of the module */
	EYAS_CAPTURE_FEATURES	= 10,	/* u64, EYAS_FEATURE_* */
	EYAS_CAPTURE_COMMAND	= 11,	/* list: the command line that recorded it */

	/* of STATE */
	EYAS_CAPTURE_BOOT_TIME	= 32,	/* u64, ns since the epoch */
	EYAS_CAPTURE_PASSWD	= 33,	/* text as of passwd(5), no passwords */
	EYAS_CAPTURE_GROUP	= 34,	/* text as of group(5), no passwords */
	EYAS_CAPTURE_HOSTS	= 35,	/* text as of hosts(5) */
	EYAS_CAPTURE_PROC	= 36,	/* items; parents before their children */
	EYAS_CAPTURE_CGROUP	= 37,	/* u64 id, text: of which container, or none */

	/* of PROC */
	EYAS_CAPTURE_PROC_TASK	= 64,	/* struct eyas_capture_proc, first */
	EYAS_CAPTURE_PROC_EXE	= 65,	/* struct eyas_capture_exe */
	EYAS_CAPTURE_EXE_PATH	= 66,	/* text */
	EYAS_CAPTURE_EXE_NAME	= 67,	/* text, as given to exec */
	EYAS_CAPTURE_EXE_FILE	= 68,	/* struct eyas_file */
	EYAS_CAPTURE_ARGV	= 69,	/* list */
	EYAS_CAPTURE_ENVP	= 70,	/* list */
	EYAS_CAPTURE_CWD	= 71,	/* text */
	EYAS_CAPTURE_FD		= 72,	/* struct eyas_capture_fd, text: its name */
	EYAS_CAPTURE_CONTAINER	= 73,	/* text: its full id, empty: it is in none */
	EYAS_CAPTURE_THREAD	= 74,	/* struct eyas_capture_thread, text: directory */
};

/* All read at one moment, ns. */
struct eyas_capture_clocks {
	__u64	raw;		/* CLOCK_MONOTONIC_RAW, the records' */
	__u64	real;
	__u64	boot;
	__u64	mono;
};

struct eyas_capture_proc {
	__u32	pid;
	__u32	threads;
	__u32	flags;		/* EYAS_CAPTURE_PROC_F_* */
	__u32	__pad;
	__u64	start_real;	/* ns since the epoch, 0: unknown */
	struct eyas_task task;	/* 0 where nothing is known */
};

#define EYAS_CAPTURE_PROC_F_EXITED (1U << 0)	/* kept as an ancestor */
#define EYAS_CAPTURE_PROC_F_COARSE (1U << 1)	/* start_time is rounded down to 10 ms */

/* What its last exec made of it. */
struct eyas_capture_exe {
	__u64	exec_real;	/* ns since the epoch, 0: unknown */
	__u32	flags;		/* EYAS_EXEC_F_* */
	__u32	argv_full;	/* bytes there were, ARGV may be less */
	char	comm[16];	/* name that exec gave it; task.comm is the one it has */
};

/* A thread that differs from the first one. */
struct eyas_capture_thread {
	__u32	tid;		/* 0: all that are not among these */
	__u32	own_fs;		/* it has a directory of its own */
	struct eyas_task task;	/* ids, capabilities, namespaces and name */
};

struct eyas_capture_fd {
	__s32	num;
	__u8	type;		/* as fd.typechar, 0: unknown */
	__u8	proto;		/* t(cp), u(dp), i(cmp), r(aw), 0: unknown or none */
	__u8	cloexec;
	__u8	__pad;
};

static_assert(sizeof(struct eyas_capture_item) == 8, "item");
static_assert(sizeof(struct eyas_capture_clocks) == 32, "clocks");
static_assert(sizeof(struct eyas_capture_proc) == 24 + sizeof(struct eyas_task), "proc");
static_assert(sizeof(struct eyas_capture_thread) == 8 + sizeof(struct eyas_task), "thread");
static_assert(sizeof(struct eyas_capture_exe) == 32, "exe");
static_assert(sizeof(struct eyas_capture_fd) == 8, "fd");

/* ---- writing: to memory that is a whole number of items ---- */

void eyas_item_put(struct eyas_strbuf *out, uint16_t type, const void *data, size_t len);
/* Two pieces of data in one item: a struct, and text behind it. */
void eyas_item_put2(struct eyas_strbuf *out, uint16_t type, const void *head, size_t head_len,
		    const void *data, size_t len);

/* An item whose data is what is put until the end: begin gives what end takes. */
size_t eyas_item_begin(struct eyas_strbuf *out, uint16_t type);
void eyas_item_end(struct eyas_strbuf *out, size_t begun);

/* ---- reading ---- */

/* The next item of @b: 1; no more: 0; one that does not fit: -EBADMSG. */
int eyas_item_next(struct eyas_bytes *b, uint16_t *ret_type, struct eyas_bytes *ret);

/* A struct of @size bytes at the start of @data, which is moved behind it; what is missing is 0. */
void eyas_item_struct(struct eyas_bytes *data, void *ret, size_t size);

#endif
