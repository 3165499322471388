/* SPDX-License-Identifier: Apache-2.0 */
/* The parameters of events by their names in rules, as data. */
#ifndef EYAS_FIELD_PARAMS_H
#define EYAS_FIELD_PARAMS_H

#include <stdint.h>
#include "field/flags.h"
#include "field/field.h"

enum eyas_param_type {
	EYAS_PT_FD, EYAS_PT_ERRNO, EYAS_PT_PID, EYAS_PT_UID, EYAS_PT_GID, EYAS_PT_STR,
	EYAS_PT_BUF, EYAS_PT_LIST, EYAS_PT_PATH, EYAS_PT_FLAGS, EYAS_PT_ENUM, EYAS_PT_MODE,
	EYAS_PT_INT, EYAS_PT_UINT, EYAS_PT_HEX, EYAS_PT_OCT, EYAS_PT_SIG, EYAS_PT_ADDR,
	EYAS_PT_TUPLE, EYAS_PT_ABSTIME, EYAS_PT_RELTIME, EYAS_PT_SYSCALL, EYAS_PT_MAX,
};

/* Where a parameter is found; n is the argument if not told otherwise. */
enum eyas_param_source {
	EYAS_PS_NONE,		/* not recorded */
	EYAS_PS_RET, EYAS_PS_ARG, EYAS_PS_ARG8, EYAS_PS_ARG32, EYAS_PS_ARG32S,
	EYAS_PS_STRING,
	EYAS_PS_BYTES,		/* a buffer, or what an I/O vector or a message points to */
	EYAS_PS_IOV_SIZE,	/* how much that is */
	EYAS_PS_CONTROL,	/* control messages */
	EYAS_PS_WORD16, EYAS_PS_WORD32, EYAS_PS_WORD64,	/* of a struct or array, n: EYAS_WORD() */
	EYAS_PS_LONG,		/* the same, as wide as a long of the program */
	EYAS_PS_SPAN,		/* struct timespec that was given */
	EYAS_PS_POLLED,		/* struct pollfd[] */
	EYAS_PS_PAIR,		/* n: first or second of the two descriptors made */
	EYAS_PS_NAME,		/* of the descriptor */
	EYAS_PS_PEER, EYAS_PS_TUPLE, EYAS_PS_FILE_DEV, EYAS_PS_FILE_INO, EYAS_PS_OPEN_FLAGS,
	EYAS_PS_NR, EYAS_PS_EXIT_STATUS, EYAS_PS_EXIT_CODE, EYAS_PS_EXIT_SIG, EYAS_PS_EXIT_CORE,
	EYAS_PS_SIGNAL,		/* n: enum eyas_param_signal */
	EYAS_PS_PROC,		/* n: enum eyas_param_proc */
	EYAS_PS_MAX,
};

/* Element i of what argument arg points to. */
#define EYAS_WORD(arg, i)	((arg) << 5 | (i))

enum eyas_param_signal { EYAS_PSIG_SENDER, EYAS_PSIG_RECEIVER, EYAS_PSIG_NUMBER };

enum eyas_param_proc {
	EYAS_PP_EXE, EYAS_PP_ARGS, EYAS_PP_TID, EYAS_PP_PID, EYAS_PP_PPID, EYAS_PP_CWD,
	EYAS_PP_COMM, EYAS_PP_ENV, EYAS_PP_TTY, EYAS_PP_VPGID, EYAS_PP_PGID, EYAS_PP_LOGINUID,
	EYAS_PP_EXEC_FLAGS, EYAS_PP_CAP_INH, EYAS_PP_CAP_PERM, EYAS_PP_CAP_EFF,
	EYAS_PP_EXE_INO, EYAS_PP_EXE_CTIME, EYAS_PP_EXE_MTIME, EYAS_PP_UID, EYAS_PP_GID,
	EYAS_PP_EXEPATH, EYAS_PP_EXENAME, EYAS_PP_VTID, EYAS_PP_VPID,
};

struct eyas_param {
	const char *name;
	uint8_t type, source, n;
	const struct eyas_flag *names;	/* FLAGS, ENUM, MODE */
};

struct eyas_params {
	const struct eyas_param *p;
	uint8_t len;
	bool opens;		/* a file by path or handle */
	int16_t path_arg;	/* if so, the argument that is the path; -1: none */
	char made;		/* fd.typechar of a call that failed to make one */
};

/* Of an event type; the generic one if it has none of its own. */
const struct eyas_params *eyas_params_of(unsigned int evtype);

/* Any event's parameter of that name, to know its type; NULL if none has it. */
const struct eyas_param *eyas_params_find(const char *name, size_t len);

/* Is it a path in any event? */
bool eyas_params_is_path(const char *name, size_t len);

/* The type of its raw value. */
enum eyas_type eyas_param_value_type(const struct eyas_param *p);

/* The event's own parameter of that name; NULL if it has none. */
const struct eyas_param *eyas_param_of(const struct eyas_event *ev, const char *name, size_t len);

/* Raw value; 0, -ENOENT if the event lacks it, -ENOMEM. */
int eyas_param_value(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		     struct eyas_value *ret);
/* The same as text; and what it means as text, -ENOENT if there is no more to say. */
int eyas_param_raw(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		   struct eyas_text *ret);
int eyas_param_resolved(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
			struct eyas_text *ret);
/* What evt.arg prints: the second of these if there is one, else the first, else
 * "<NA>" or "NULL". 0, -ENOMEM. */
int eyas_param_text(const struct eyas_field_ctx *ctx, const struct eyas_param *p,
		    struct eyas_text *ret);

/* "ENOENT" of -2, also for what only the kernel uses; NULL if it is none. */
const char *eyas_errno_name(int64_t err);

#endif
