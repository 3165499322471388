// SPDX-License-Identifier: Apache-2.0
/* How each call is captured: the module's rules for kinds of arguments, once more. */
#include <string.h>
#include "event/captures.h"

enum when { VALUE, IN, OUT, BOTH };

static const struct {
	const char *what;
	uint8_t when; /* enum when */
} kinds[EYAS_KIND_MAX] = {
	[EYAS_KIND_PATH] = { "string", IN },
	[EYAS_KIND_STRING] = { "string", IN },
	[EYAS_KIND_STRINGS] = { "strings", IN },
	[EYAS_KIND_INBUF] = { "bytes", IN },
	[EYAS_KIND_OUTBUF] = { "bytes", OUT },
	[EYAS_KIND_INSTRUCT] = { "struct", IN },
	[EYAS_KIND_OUTSTRUCT] = { "struct", OUT },
	[EYAS_KIND_IOSTRUCT] = { "struct", BOTH },
	[EYAS_KIND_INARRAY] = { "array", IN },
	[EYAS_KIND_OUTARRAY] = { "array", OUT },
	[EYAS_KIND_IOARRAY] = { "array", BOTH },
	[EYAS_KIND_INIOV] = { "vector", IN },
	[EYAS_KIND_OUTIOV] = { "vector", OUT },
	[EYAS_KIND_INMSG] = { "message", IN },
	[EYAS_KIND_OUTMSG] = { "message", OUT },
	[EYAS_KIND_INSOCKADDR] = { "address of a socket", IN },
	[EYAS_KIND_OUTSOCKADDR] = { "address of a socket", OUT },
	[EYAS_KIND_SIGSET] = { "signal set", IN },
	[EYAS_KIND_OUTSIGSET] = { "signal set", OUT },
};

static const struct {
	const char *name, *what;
} callers[] = {
	{ "unshare", "namespaces" },	{ "setns", "namespaces" },
	{ "setuid", "credentials" },	{ "setgid", "credentials" },
	{ "setreuid", "credentials" },	{ "setregid", "credentials" },
	{ "setresuid", "credentials" }, { "setresgid", "credentials" },
	{ "setfsuid", "credentials" },	{ "setfsgid", "credentials" },
	{ "setgroups", "credentials" }, { "capset", "credentials" },
};

const char *eyas_captures_kind(uint8_t kind)
{
	return kind < EYAS_KIND_MAX ? kinds[kind].what : NULL;
}

struct eyas_captures eyas_captures_of(const struct eyas_syscall *sc)
{
	struct eyas_captures c = { .result = sc->ret == EYAS_RET_FD };

	for (unsigned int i = 0; i < sc->nargs; i++) {
		uint8_t kind = sc->args[i].kind, bit = (uint8_t)(1U << i);

		if (kinds[kind].when & IN)
			c.in |= bit;
		if (kinds[kind].when & OUT)
			c.out |= bit;
		if (kind == EYAS_KIND_PATH || kind == EYAS_KIND_STRING || kind == EYAS_KIND_STRINGS)
			c.strings |= bit;
		/* Processes where it matters whom it hits; close has nothing left to look at. */
		if (((kind == EYAS_KIND_FD || kind == EYAS_KIND_DIRFD) && !c.result &&
		     strcmp(sc->name, "close") != 0) ||
		    (kind == EYAS_KIND_PID && sc->lane == EYAS_LANE_CRIT && !c.result))
			c.objects |= bit;
		if (kind == EYAS_KIND_CMD)
			c.commands |= bit;
		if (kind == EYAS_KIND_ADDR)
			c.addresses |= bit;
	}
	for (unsigned int i = 0; i < sizeof(callers) / sizeof(callers[0]); i++)
		if (strcmp(callers[i].name, sc->name) == 0)
			c.caller = callers[i].what;
	return c;
}
