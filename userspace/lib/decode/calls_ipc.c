// SPDX-License-Identifier: Apache-2.0
/* System V queues, semaphores and shared memory. */
#include "decode/calls.h"
#include "decode/fs.h"
#include "decode/struct.h"

#define IPC_WIDE 0x100U /* IPC_64 */
#define IPC_SET_CMD 1U

#define F(name, kind, off, size, off32, size32, ...)                               \
	{                                                                          \
		name, EYAS_DF_##kind, false, off, off32, size, size32, __VA_ARGS__ \
	}

/* ---- structs ---- */

/* Whoever sets them tells less than whoever asks for them. */
static void print_perm(struct eyas_decode *d, const unsigned char *p, uint32_t len)
{
	bool set = (d->args[d->plan->sc->args[1].kind == EYAS_KIND_CMD ? 1 : 2] & ~IPC_WIDE) ==
		   IPC_SET_CMD;

	(void)len;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "uid");
	eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 4, 4));
	eyas_dec_field(d, "gid");
	eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 8, 4));
	eyas_dec_field(d, "mode");
	eyas_dec_mode(d, eyas_dec_get(p + 20, eyas_dec_32(d) ? 2 : 4));
	if (!set) {
		eyas_dec_field(d, "key");
		eyas_dec_uint(d, eyas_dec_get(p, 4));
		eyas_dec_field(d, "cuid");
		eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 12, 4));
		eyas_dec_field(d, "cgid");
		eyas_dec_id(d, (uint32_t)eyas_dec_get(p + 16, 4));
	}
	eyas_dec_close(d, '}');
}

/* clang-format off */
static const struct eyas_dec_field shm_set_fields[] = {
	F("shm_perm", FN, 0, 48, 0, 36, NULL, print_perm),
};
static const struct eyas_dec_field shm_fields[] = {
	F("shm_perm",   FN,    0, 48,  0, 36, NULL, print_perm),
	F("shm_segsz",  UINT, 48,  8, 36,  4, NULL, NULL),
	F("shm_cpid",   PID,  80,  4, 64,  4, NULL, NULL),
	F("shm_lpid",   PID,  84,  4, 68,  4, NULL, NULL),
	F("shm_nattch", UINT, 88,  8, 72,  4, NULL, NULL),
	F("shm_atime",  UINT, 56,  8, 40,  4, NULL, NULL),
	F("shm_dtime",  UINT, 64,  8, 48,  4, NULL, NULL),
	F("shm_ctime",  UINT, 72,  8, 56,  4, NULL, NULL),
};
static const struct eyas_dec_field shminfo_fields[] = {
	F("shmmax", UINT,  0, 8,  0, 4, NULL, NULL),
	F("shmmin", UINT,  8, 8,  4, 4, NULL, NULL),
	F("shmmni", UINT, 16, 8,  8, 4, NULL, NULL),
	F("shmseg", UINT, 24, 8, 12, 4, NULL, NULL),
	F("shmall", UINT, 32, 8, 16, 4, NULL, NULL),
};
static const struct eyas_dec_field shm_info_fields[] = {
	F("used_ids",       INT,   0, 4,  0, 4, NULL, NULL),
	F("shm_tot",        UINT,  8, 8,  4, 4, NULL, NULL),
	F("shm_rss",        UINT, 16, 8,  8, 4, NULL, NULL),
	F("shm_swp",        UINT, 24, 8, 12, 4, NULL, NULL),
	F("swap_attempts",  UINT, 32, 8, 16, 4, NULL, NULL),
	F("swap_successes", UINT, 40, 8, 20, 4, NULL, NULL),
};
static const struct eyas_dec_field msg_set_fields[] = {
	F("msg_perm",   FN,    0, 48,  0, 36, NULL, print_perm),
	F("msg_qbytes", UINT, 88,  8, 68,  4, NULL, NULL),
};
static const struct eyas_dec_field msg_fields[] = {
	F("msg_perm",   FN,    0, 48,  0, 36, NULL, print_perm),
	F("msg_stime",  UINT, 48,  8, 36,  4, NULL, NULL),
	F("msg_rtime",  UINT, 56,  8, 44,  4, NULL, NULL),
	F("msg_ctime",  UINT, 64,  8, 52,  4, NULL, NULL),
	F("msg_qnum",   UINT, 80,  8, 64,  4, NULL, NULL),
	F("msg_qbytes", UINT, 88,  8, 68,  4, NULL, NULL),
	F("msg_lspid",  PID,  96,  4, 72,  4, NULL, NULL),
	F("msg_lrpid",  PID, 100,  4, 76,  4, NULL, NULL),
};
static const struct eyas_dec_field msginfo_fields[] = {
	F("msgpool", INT,   0, 4,  0, 4, NULL, NULL),
	F("msgmap",  INT,   4, 4,  4, 4, NULL, NULL),
	F("msgmax",  INT,   8, 4,  8, 4, NULL, NULL),
	F("msgmnb",  INT,  12, 4, 12, 4, NULL, NULL),
	F("msgmni",  INT,  16, 4, 16, 4, NULL, NULL),
	F("msgssz",  INT,  20, 4, 20, 4, NULL, NULL),
	F("msgtql",  INT,  24, 4, 24, 4, NULL, NULL),
	F("msgseg",  UINT, 28, 2, 28, 2, NULL, NULL),
};
static const struct eyas_dec_field sem_set_fields[] = {
	F("sem_perm", FN, 0, 48, 0, 36, NULL, print_perm),
};
static const struct eyas_dec_field sem_fields[] = {
	F("sem_perm",  FN,    0, 48,  0, 36, NULL, print_perm),
	F("sem_otime", UINT, 48,  8, 36,  4, NULL, NULL),
	F("sem_ctime", UINT, 64,  8, 44,  4, NULL, NULL),
	F("sem_nsems", UINT, 80,  8, 52,  4, NULL, NULL),
};
static const struct eyas_dec_field seminfo_fields[] = {
	F("semmap", INT,  0, 4,  0, 4, NULL, NULL),
	F("semmni", INT,  4, 4,  4, 4, NULL, NULL),
	F("semmns", INT,  8, 4,  8, 4, NULL, NULL),
	F("semmnu", INT, 12, 4, 12, 4, NULL, NULL),
	F("semmsl", INT, 16, 4, 16, 4, NULL, NULL),
	F("semopm", INT, 20, 4, 20, 4, NULL, NULL),
	F("semume", INT, 24, 4, 24, 4, NULL, NULL),
	F("semusz", INT, 28, 4, 28, 4, NULL, NULL),
	F("semvmx", INT, 32, 4, 32, 4, NULL, NULL),
	F("semaem", INT, 36, 4, 36, 4, NULL, NULL),
};

#define S(f, size, size32)	{ "", size, size32, EYAS_DEC_FIELDS(f), NULL }
static const struct eyas_dec_struct shm_set = S(shm_set_fields, 48, 36),
	shm = S(shm_fields, 96, 76), shminfo = S(shminfo_fields, 40, 20),
	shm_info = S(shm_info_fields, 48, 24), msg_set = S(msg_set_fields, 96, 72),
	msg = S(msg_fields, 104, 80), msginfo = S(msginfo_fields, 30, 30),
	sem_set = S(sem_set_fields, 48, 36), sem = S(sem_fields, 88, 56),
	seminfo = S(seminfo_fields, 40, 40);

/* What a command is given, or writes. */
static const struct command {
	uint8_t cmd;
	bool out;
	const struct eyas_dec_struct *s;
} shm_commands[] = {
	{ 1, false, &shm_set }, { 2, true, &shm }, { 3, true, &shminfo }, { 13, true, &shm },
	{ 14, true, &shm_info }, { 15, true, &shm }, { 0, false, NULL },
}, msg_commands[] = {
	{ 1, false, &msg_set }, { 2, true, &msg }, { 3, true, &msginfo }, { 11, true, &msg },
	{ 12, true, &msginfo }, { 13, true, &msg }, { 0, false, NULL },
}, sem_commands[] = {
	{ 1, false, &sem_set }, { 2, true, &sem }, { 3, true, &seminfo }, { 18, true, &sem },
	{ 19, true, &seminfo }, { 20, true, &sem }, { 0, false, NULL },
};
/* clang-format on */

static void show_memory(struct eyas_decode *d, unsigned int arg, const struct command *c)
{
	uint32_t cmd = eyas_dec_arg32(d, arg - 1) & ~IPC_WIDE;
	struct eyas_dec_mem m;
	bool got;

	while (c->s && c->cmd != cmd)
		c++;
	if (c->s && c->out)
		eyas_dec_split(d);
	if (!eyas_dec_arg(d, arg))
		return;
	got = c->s && (c->out ? !d->failed && eyas_dec_out(d, arg, &m) : eyas_dec_in(d, arg, &m));
	if (got)
		eyas_dec_struct_at(d, c->s, &m, d->args[arg]);
	else
		eyas_dec_addr(d, d->args[arg]);
}

static void show_command(struct eyas_decode *d, unsigned int arg, const struct eyas_xlat *x)
{
	struct eyas_dec_parts parts = { 0 };
	uint32_t v = eyas_dec_arg32(d, arg);

	if (!eyas_dec_arg(d, arg))
		return;
	eyas_dec_sym(d, v);
	if (v & IPC_WIDE) {
		eyas_dec_part(d, &parts);
		eyas_dec_enum(d, &eyas_xlat_ipc_wide, IPC_WIDE, 0);
	}
	eyas_dec_part_enum(d, &parts, x, v & ~IPC_WIDE);
	eyas_dec_symend(d);
}

static void call_shmctl(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	show_command(d, 1, &eyas_xlat_shmctl);
	show_memory(d, 2, shm_commands);
}

static void call_msgctl(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	show_command(d, 1, &eyas_xlat_msgctl);
	show_memory(d, 2, msg_commands);
}

static void call_semctl(struct eyas_decode *d)
{
	eyas_dec_show(d, 0);
	eyas_dec_show(d, 1);
	show_command(d, 2, &eyas_xlat_semctl);
	show_memory(d, 3, sem_commands);
}

/* ---- keys and flags ---- */

static void arg_key(struct eyas_decode *d, unsigned int arg)
{
	uint32_t key = eyas_dec_arg32(d, arg);

	if (key)
		eyas_dec_hex(d, key);
	else
		eyas_dec_enum(d, &eyas_xlat_ipc_private, 0, 0);
}

static void put_get_flags(struct eyas_decode *d, const struct eyas_xlat *x, uint32_t v, bool huge)
{
	struct eyas_dec_parts parts = { 0 };
	bool known = huge && v >> 26;

	for (uint16_t i = 0; i < x->n; i++)
		known = known || (v & x->v[i].v);
	eyas_dec_sym(d, v);
	if (huge)
		eyas_dec_huge_flags(d, x, v & ~0777U, "SHM_HUGE_SHIFT", &parts);
	else
		eyas_dec_part_flags(d, &parts, x, v & ~0777U, 0);
	/* Only a flag that has a name is followed by a bar. */
	if (parts.any && !known)
		parts.any = false;
	eyas_dec_part(d, &parts);
	eyas_dec_put_oct(d, v & 0777);
	eyas_dec_symend(d);
}

static void arg_shmget_flags(struct eyas_decode *d, unsigned int arg)
{
	put_get_flags(d, &eyas_xlat_shmget, eyas_dec_arg32(d, arg), true);
}

static void arg_get_flags(struct eyas_decode *d, unsigned int arg)
{
	put_get_flags(d, &eyas_xlat_ipc_get, eyas_dec_arg32(d, arg), false);
}

/* ---- messages ---- */

/* A type, as long as a word, and the text. */
static void print_message(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
			  uint64_t size)
{
	unsigned int word = eyas_dec_word_size(d);
	struct eyas_dec_mem text;

	if (!m || m->len < word) {
		eyas_dec_addr(d, addr);
		return;
	}
	text = *m;
	text.p += word;
	text.len -= word;
	eyas_dec_open(d, '{');
	eyas_dec_field(d, "mtype");
	eyas_dec_int(d, eyas_dec_signed(eyas_dec_get(m->p, word), word));
	eyas_dec_field(d, "mtext");
	eyas_dec_bytes(d, &text, addr + word, size);
	eyas_dec_close(d, '}');
}

static void arg_message(struct eyas_decode *d, unsigned int arg)
{
	struct eyas_dec_mem m;

	print_message(d, eyas_dec_in(d, arg, &m) ? &m : NULL, d->args[arg], d->args[arg + 1]);
}

static void call_msgrcv(struct eyas_decode *d)
{
	struct eyas_dec_mem m;
	bool got = !d->failed && eyas_dec_out(d, 1, &m);

	eyas_dec_show(d, 0);
	eyas_dec_split(d);
	if (eyas_dec_arg(d, 1)) {
		if (d->failed)
			eyas_dec_addr(d, d->args[1]);
		else
			print_message(d, got ? &m : NULL, d->args[1], (uint64_t)d->ret);
	}
	eyas_dec_show_from(d, 2);
}

static void arg_address_hex(struct eyas_decode *d, unsigned int arg)
{
	eyas_dec_addr(d, d->args[arg]);
}

/* ---- asynchronous input and output ---- */

/* clang-format off */
static const struct eyas_dec_field io_event_fields[] = {
	F("data", HEX,  0, 8,  0, 8, NULL, NULL),
	F("obj",  HEX,  8, 8,  8, 8, NULL, NULL),
	F("res",  INT, 16, 8, 16, 8, NULL, NULL),
	F("res2", INT, 24, 8, 24, 8, NULL, NULL),
};
static const struct eyas_dec_struct io_event = S(io_event_fields, 32, 32);
/* clang-format on */

static void call_io_getevents(struct eyas_decode *d)
{
	struct eyas_dec_mem m;

	for (unsigned int i = 0; i < 3; i++)
		eyas_dec_show(d, i);
	eyas_dec_split(d);
	if (eyas_dec_arg(d, 3)) {
		if (d->failed)
			eyas_dec_addr(d, d->args[3]);
		else
			eyas_dec_array_at(d, &io_event, eyas_dec_out(d, 3, &m) ? &m : NULL,
					  d->args[3], (uint64_t)d->ret, io_event.size);
	}
	eyas_dec_show_from(d, 4);
}

const struct eyas_dec_call eyas_dec_calls_ipc[] = {
	{ "io_getevents", call_io_getevents, NULL },
	{ "io_pgetevents", call_io_getevents, NULL },
	{ "shmctl", call_shmctl, NULL },
	{ "msgctl", call_msgctl, NULL },
	{ "semctl", call_semctl, NULL },
	{ "msgrcv", call_msgrcv, NULL },
	{ NULL, NULL, NULL },
};

const struct eyas_dec_fix eyas_dec_fixes_ipc[] = {
	{ "shmget", 0, arg_key, NULL },
	{ "shmget", 2, arg_shmget_flags, NULL },
	{ "semget", 0, arg_key, NULL },
	{ "semget", 2, arg_get_flags, NULL },
	{ "msgget", 0, arg_key, NULL },
	{ "msgget", 1, arg_get_flags, NULL },
	{ "msgsnd", 1, arg_message, NULL },
	{ "msgrcv", 3, eyas_dec_arg_int64, NULL },
	{ "semop", 2, eyas_dec_arg_uint32, NULL },
	{ "semtimedop", 2, eyas_dec_arg_uint32, NULL },
	{ "semctl", 3, arg_address_hex, NULL },
	{ "mq_timedsend", 3, eyas_dec_arg_uint32, NULL },
	{ "io_setup", 0, eyas_dec_arg_uint32, NULL },
	{ "io_destroy", 0, arg_address_hex, NULL },
	{ "io_getevents", 0, arg_address_hex, NULL },
	{ "io_pgetevents", 0, arg_address_hex, NULL },
	{ "io_submit", 0, arg_address_hex, NULL },
	{ "io_cancel", 0, arg_address_hex, NULL },
	{ "io_getevents", 1, eyas_dec_arg_int64, NULL },
	{ "io_getevents", 2, eyas_dec_arg_int64, NULL },
	{ "io_pgetevents", 1, eyas_dec_arg_int64, NULL },
	{ "io_pgetevents", 2, eyas_dec_arg_int64, NULL },
	{ "io_submit", 1, eyas_dec_arg_int64, NULL },
	{ NULL, 0, NULL, NULL },
};
