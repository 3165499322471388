// SPDX-License-Identifier: Apache-2.0
/* How a row of the table of calls is printed: worked out once for each. */
#include "base/util.h"
#include "decode/calls.h"
#include "decode/msg.h"
#include "decode/signals.h"
#include "decode/struct.h"
#include "event/evtype.h"

static const struct eyas_dec_call *const calls[] = {
	eyas_dec_calls_fs,     eyas_dec_calls_net,    eyas_dec_calls_proc,   eyas_dec_calls_mem,
	eyas_dec_calls_signal, eyas_dec_calls_time,   eyas_dec_calls_kernel, eyas_dec_calls_poll,
	eyas_dec_calls_ipc,    eyas_dec_calls_fcntl,  eyas_dec_calls_ioctl,  eyas_dec_calls_prctl,
	eyas_dec_calls_key,    eyas_dec_calls_ptrace,
};

static const struct eyas_dec_fix *const fixes[] = {
	eyas_dec_fixes_fs,     eyas_dec_fixes_net,  eyas_dec_fixes_proc,   eyas_dec_fixes_mem,
	eyas_dec_fixes_signal, eyas_dec_fixes_time, eyas_dec_fixes_kernel, eyas_dec_fixes_poll,
	eyas_dec_fixes_ipc,    eyas_dec_fixes_key,
};

enum aux { AUX_NONE, AUX_LIST, AUX_STRUCT, AUX_LEN };

static const struct {
	eyas_dec_print *print;
	uint8_t aux; /* what the row's is */
	bool out; /* printed after the call */
} kinds[EYAS_KIND_MAX] = {
	[EYAS_KIND_INT] = { eyas_dec_arg_int, AUX_NONE, false },
	[EYAS_KIND_UINT] = { eyas_dec_arg_uint, AUX_NONE, false },
	[EYAS_KIND_HEX] = { eyas_dec_arg_hex, AUX_NONE, false },
	[EYAS_KIND_ADDR] = { eyas_dec_arg_addr, AUX_NONE, false },
	[EYAS_KIND_MODE] = { eyas_dec_arg_mode, AUX_NONE, false },
	[EYAS_KIND_FD] = { eyas_dec_arg_fd, AUX_NONE, false },
	[EYAS_KIND_DIRFD] = { eyas_dec_arg_dirfd, AUX_NONE, false },
	[EYAS_KIND_PID] = { eyas_dec_arg_pid, AUX_NONE, false },
	[EYAS_KIND_UID] = { eyas_dec_arg_id, AUX_NONE, false },
	[EYAS_KIND_GID] = { eyas_dec_arg_id, AUX_NONE, false },
	[EYAS_KIND_SIGNAL] = { eyas_dec_arg_signal, AUX_NONE, false },
	[EYAS_KIND_DEV] = { eyas_dec_arg_dev, AUX_NONE, false },
	[EYAS_KIND_OFFSET] = { eyas_dec_arg_int64, AUX_NONE, false },
	[EYAS_KIND_FLAGS] = { eyas_dec_arg_flags, AUX_LIST, false },
	[EYAS_KIND_ENUM] = { eyas_dec_arg_enum, AUX_LIST, false },
	[EYAS_KIND_CMD] = { eyas_dec_arg_enum, AUX_LIST, false },
	[EYAS_KIND_PATH] = { eyas_dec_arg_path, AUX_NONE, false },
	[EYAS_KIND_STRING] = { eyas_dec_arg_string, AUX_NONE, false },
	[EYAS_KIND_STRINGS] = { eyas_dec_arg_strings, AUX_NONE, false },
	[EYAS_KIND_INBUF] = { eyas_dec_arg_inbuf, AUX_LEN, false },
	[EYAS_KIND_OUTBUF] = { eyas_dec_arg_outbuf, AUX_LEN, true },
	[EYAS_KIND_INSTRUCT] = { eyas_dec_arg_instruct, AUX_STRUCT, false },
	[EYAS_KIND_OUTSTRUCT] = { eyas_dec_arg_outstruct, AUX_STRUCT, true },
	[EYAS_KIND_IOSTRUCT] = { eyas_dec_arg_iostruct, AUX_STRUCT, true },
	[EYAS_KIND_INARRAY] = { eyas_dec_arg_inarray, AUX_STRUCT, false },
	[EYAS_KIND_OUTARRAY] = { eyas_dec_arg_outarray, AUX_STRUCT, true },
	[EYAS_KIND_IOARRAY] = { eyas_dec_arg_inarray, AUX_STRUCT, false },
	[EYAS_KIND_INIOV] = { eyas_dec_arg_iniov, AUX_NONE, false },
	[EYAS_KIND_OUTIOV] = { eyas_dec_arg_outiov, AUX_NONE, true },
	[EYAS_KIND_INMSG] = { eyas_dec_arg_inmsg, AUX_NONE, false },
	[EYAS_KIND_OUTMSG] = { eyas_dec_arg_outmsg, AUX_NONE, true },
	[EYAS_KIND_INSOCKADDR] = { eyas_dec_arg_insockaddr, AUX_NONE, false },
	[EYAS_KIND_OUTSOCKADDR] = { eyas_dec_arg_outsockaddr, AUX_NONE, true },
	[EYAS_KIND_SIGSET] = { eyas_dec_arg_insigset, AUX_NONE, false },
	[EYAS_KIND_OUTSIGSET] = { eyas_dec_arg_outsigset, AUX_NONE, true },
};

static void make_arg(struct eyas_dec_arg *a, const struct eyas_syscall_arg *row)
{
	a->print = kinds[row->kind].print;
	switch ((enum aux)kinds[row->kind].aux) {
	case AUX_NONE:
		break;
	case AUX_LIST:
		a->aux = eyas_xlat_find(row->aux);
		break;
	case AUX_STRUCT:
		a->aux = eyas_dec_struct_find(row->aux);
		break;
	case AUX_LEN:
		a->len = row->aux[0] >= '0' && row->aux[0] < '0' + EYAS_DEC_ARGS ?
				 (uint8_t)(row->aux[0] - '0') :
				 EYAS_DEC_ARGS;
		return;
	}
	/* A list or a struct that nobody has written down. */
	if (kinds[row->kind].aux != AUX_NONE && !a->aux)
		a->print = kinds[row->kind].aux == AUX_LIST ? eyas_dec_arg_hex : eyas_dec_arg_addr;
}

static void take_calls(struct eyas_dec_plan *p, const struct eyas_dec_call *c, const char *name)
{
	for (; c->name; c++) {
		if (!eyas_streq(c->name, name))
			continue;
		p->args = c->args;
		p->result = c->result;
	}
}

static void take_fixes(struct eyas_dec_plan *p, const struct eyas_dec_fix *f, const char *name)
{
	for (; f->name; f++) {
		if (!eyas_streq(f->name, name))
			continue;
		p->arg[f->arg].print = f->print;
		if (f->aux)
			p->arg[f->arg].aux = f->aux;
	}
}

static void find_call(struct eyas_dec_plan *p, const char *name)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(calls); i++)
		take_calls(p, calls[i], name);
	for (size_t i = 0; i < EYAS_ARRAY_LEN(fixes); i++)
		take_fixes(p, fixes[i], name);
}

/* Has this ABI other arguments than the native call of that name? */
static bool is_other_call(const struct eyas_syscall *sc)
{
	const struct eyas_syscall *native = eyas_syscall_by_name(EYAS_ABI_X86_64, sc->name);

	return native && native->nargs != sc->nargs;
}

void eyas_dec_plan_make(struct eyas_dec_plan *p, const struct eyas_syscall *sc, unsigned int abi)
{
	const struct eyas_syscall *native =
		sc->evtype < EYAS_NR_MAX ? eyas_syscall_by_nr(EYAS_ABI_X86_64, sc->evtype) : NULL;

	p->sc = sc;
	p->split = EYAS_DEC_ARGS;
	for (uint8_t i = sc->nargs; i-- > 0;) {
		make_arg(&p->arg[i], &sc->args[i]);
		if (kinds[sc->args[i].kind].out)
			p->split = i;
	}
	/* The native name first: that of another ABI may be another call's in this one. */
	if (native && !eyas_streq(native->name, sc->name))
		find_call(p, native->name);
	if (!is_other_call(sc))
		find_call(p, sc->name);
	if (abi == EYAS_ABI_IA32 || abi == EYAS_ABI_ARM32) {
		take_calls(p, eyas_dec_calls_ia32, sc->name);
		take_fixes(p, eyas_dec_fixes_ia32, sc->name);
	}
}
