/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls, signals and exits as text, in strace's grammar, and as JSON. One
 * decoder serves one thread. Whatever a record holds, the text is well formed.
 */
#ifndef EYAS_DECODE_DECODE_H
#define EYAS_DECODE_DECODE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/strbuf.h"
#include "event/event.h"

enum eyas_decode_hex { EYAS_DECODE_HEX_NONE, EYAS_DECODE_HEX_SOME, EYAS_DECODE_HEX_ALL };
enum eyas_decode_xlat { EYAS_DECODE_ABBREV, EYAS_DECODE_RAW, EYAS_DECODE_VERBOSE };

/* What a descriptor stands for, borrowed until the next call of the same hook. */
struct eyas_decode_fd {
	const char *path; /* as /proc/PID/fd shows it, without " (deleted)"; NULL: unknown */
	size_t len;
	bool deleted;
	const struct eyas_file *file; /* NULL: unknown */
	const struct eyas_socket *socket; /* NULL: none or unknown */
	const char *own, *peer; /* names of a unix socket, as in blobs */
	size_t own_len, peer_len;
};

/* What the caller knows beyond the record; each may be NULL. False: not known. */
struct eyas_decode_hooks {
	bool (*fd)(void *arg, const struct eyas_event *ev, int fd, struct eyas_decode_fd *ret);
	bool (*cwd)(void *arg, const struct eyas_event *ev, const char **ret, size_t *ret_len);
	/* Name of a process, by its number in the namespace of the caller; -Y. */
	bool (*comm)(void *arg, const struct eyas_event *ev, int pid, char ret[16]);
	/* Name of a network interface by its number. */
	bool (*ifname)(void *arg, const struct eyas_event *ev, uint32_t ifindex, char ret[16]);
	void *arg;
};

struct eyas_decode_opts {
	uint32_t strsize; /* -s: bytes of a string, 32 unless told */
	uint8_t hex; /* -x, -xx: enum eyas_decode_hex */
	uint8_t xlat; /* -X: enum eyas_decode_xlat */
	uint8_t fds; /* 1: -y, 2: -yy */
	bool verbose; /* -v: nothing abbreviated */
	bool pids; /* -Y */
	bool names; /* -N: names of arguments */
	bool raw; /* -e raw: arguments as hexadecimal numbers */
	bool no_structs; /* -e verbose=none: addresses instead of structs */
	struct eyas_decode_hooks hooks;
};

#define EYAS_DECODE_OPTS_INIT \
	{                     \
		.strsize = 32 \
	}

struct eyas_decode;

/* A copy of @opts is kept. NULL: no memory. */
struct eyas_decode *eyas_decode_new(const struct eyas_decode_opts *opts);
void eyas_decode_free(struct eyas_decode *d);
static inline void eyas_decode_freep(struct eyas_decode **d)
{
	eyas_decode_free(*d);
}

/* Change options, for calls from now on; made for one call and back, it costs nothing. */
void eyas_decode_set(struct eyas_decode *d, const struct eyas_decode_opts *opts);

/*
 * A call: its SYS_ENTER record, its SYS_EXIT record, or both. Without @enter,
 * @exit holds all there is. Without @exit it has not ended. EXEC records are
 * taken as the @exit of a successful exec. Not both NULL.
 */
struct eyas_decode_call {
	const struct eyas_event *enter;
	const struct eyas_event *exit;
	const char *restarted; /* restart_syscall: the thread's call before; NULL: unknown */
};

/*
 * Append parts of a line; text before and between them, and the newline, are
 * the caller's. Nothing is appended twice by enter() and resumed():
 *
 *   call()	read(3, "abc", 10)			up to the parenthesis
 *   enter()	read(3,					what can be told at entry
 *   resumed()	"abc", 10)				what enter() left out
 *   result()	= 3					after the padding
 *
 * " <unfinished ...>" follows enter() directly; a call without @exit and a
 * thread that is gone has "= ?", which result() gives if @exit is NULL. Without
 * @enter, resumed() gives all that is to be told after entry.
 */
void eyas_decode_call(struct eyas_decode *d, const struct eyas_decode_call *c,
		      struct eyas_strbuf *out);
void eyas_decode_enter(struct eyas_decode *d, const struct eyas_decode_call *c,
		       struct eyas_strbuf *out);
void eyas_decode_resumed(struct eyas_decode *d, const struct eyas_decode_call *c,
			 struct eyas_strbuf *out);
void eyas_decode_result(struct eyas_decode *d, const struct eyas_decode_call *c,
			struct eyas_strbuf *out);

/* "read", "syscall_0x1bad"; whatever the number. */
void eyas_decode_name(const struct eyas_event *ev, struct eyas_strbuf *out);

/* "--- SIGCHLD {si_signo=SIGCHLD, ...} ---" of a SIGNAL record. */
void eyas_decode_signal(struct eyas_decode *d, const struct eyas_event *ev,
			struct eyas_strbuf *out);

/* A process' name as strace has it between < and >: what is not plain text is escaped. */
void eyas_decode_comm(struct eyas_decode *d, const char *comm, size_t len,
		      struct eyas_strbuf *out);

/* "+++ exited with 0 +++", "+++ killed by SIGSEGV (core dumped) +++" of a wait status. */
void eyas_decode_exit(struct eyas_decode *d, uint32_t status, struct eyas_strbuf *out);

/* "INT" of 2, "RTMIN", "RT_1"; NULL if it is none. And back, "SIGINT" too; -ENOENT. */
const char *eyas_decode_signame(unsigned int sig);
int eyas_decode_signal_by_name(const char *name);

/* "ENOENT" of 2, kernel's own included; its sentence. NULL if there is none. */
const char *eyas_decode_errno(unsigned int err);
const char *eyas_decode_strerror(unsigned int err);

/*
 * Members of a JSON object, without its braces: "syscall", "abi", "args" (array
 * of {"name", "type", "raw", "value"}), and, if it ended, "ret", "errno", "error",
 * "text" (what result() says). eyas_decode_json_signal(): "signal" and the members
 * of its siginfo.
 *
 * A value is a number, an array, an object, null for NULL, or a string: text, an
 * address, names of flags. Inside of structs what has names is {"raw", "text"}.
 * Bytes that are no UTF-8, or have a NUL, are {"hex"}; "cut": true, in there or in
 * an object of its own, says that there was more.
 */
void eyas_decode_json(struct eyas_decode *d, const struct eyas_decode_call *c,
		      struct eyas_strbuf *out);
void eyas_decode_json_signal(struct eyas_decode *d, const struct eyas_event *ev,
			     struct eyas_strbuf *out);

#endif
