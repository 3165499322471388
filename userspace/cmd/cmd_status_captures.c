// SPDX-License-Identifier: Apache-2.0
/* eyas status --captures: how each system call is captured, from the tables. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include "base/strbuf.h"
#include "cmd_status.h"
#include "event/captures.h"
#include "opts.h"

/* clang-format off */
static const char *const words[EYAS_ABI_MAX] = {
	[EYAS_ABI_X86_64]	= "x86_64",
	[EYAS_ABI_IA32]		= "ia32",
	[EYAS_ABI_X32]		= "x32",
	[EYAS_ABI_ARM64]	= "arm64",
	[EYAS_ABI_ARM32]	= "arm32",
};
/* clang-format on */

struct totals {
	unsigned int calls, given, written, objects, commands, values, none, addresses;
};

const char *eyas_status_abi_name(unsigned int abi)
{
	return abi < EYAS_ABI_MAX ? words[abi] : "?";
}

int eyas_status_abi(const char *name)
{
	for (int i = 0; i < EYAS_ABI_MAX; i++)
		if (strcmp(words[i], name) == 0)
			return i;
	return -1;
}

static bool has_object(const struct eyas_captures *c)
{
	return c->objects || c->result || c->caller;
}

static void count(struct totals *t, const struct eyas_syscall *sc, const struct eyas_captures *c)
{
	t->calls++;
	t->given += c->in != 0;
	t->written += c->out != 0;
	t->objects += has_object(c);
	t->commands += c->commands != 0;
	t->addresses += c->addresses != 0;
	if (!sc->nargs && !has_object(c))
		t->none++;
	else if (!c->in && !c->out && !c->commands && !has_object(c))
		t->values++;
}

/* What is taken of argument @i: "string before"; "" if its value is all. */
static void arg_text(const struct eyas_syscall *sc, const struct eyas_captures *c, unsigned int i,
		     char *buf, size_t size)
{
	bool in = c->in & (1U << i), out = c->out & (1U << i);
	uint8_t kind = sc->args[i].kind;

	buf[0] = '\0';
	if (in || out)
		snprintf(buf, size, "%s %s", eyas_captures_kind(kind),
			 in && out ? "before and after" :
			 in	   ? "before" :
				     "after");
	else if (c->objects & (1U << i))
		snprintf(buf, size, "%s", kind == EYAS_KIND_PID ? "process" : "file or socket");
	else if (c->commands & (1U << i))
		snprintf(buf, size, "command: tells what the next one is");
	else if (c->addresses & (1U << i))
		snprintf(buf, size, "address only");
}

/* ---- text ---- */

static void item(struct eyas_strbuf *sb, const char *name, const char *what)
{
	eyas_strbuf_addf(sb, "%s%s: %s", sb->len ? "; " : "", name, what);
}

static void print_call(const struct eyas_syscall *sc, int nr, const struct eyas_captures *c)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	char text[80];

	for (unsigned int i = 0; i < sc->nargs; i++) {
		arg_text(sc, c, i, text, sizeof(text));
		if (text[0])
			item(&sb, sc->args[i].name, text);
	}
	if (c->result)
		item(&sb, "result", "file or socket");
	if (c->caller)
		item(&sb, "caller", c->caller);
	printf("%-24s %4d  %-4s  %s\n", sc->name, nr, sc->lane == EYAS_LANE_CRIT ? "crit" : "bulk",
	       sb.len	 ? sb.buf :
	       sc->nargs ? "values only" :
			   "no arguments");
}

static void print_totals(const struct totals *t, const char *abi)
{
	printf("\n%s: %u calls; of all of them result, time and the values of all arguments; of\n",
	       abi, t->calls);
	printf("%5u  memory that they are given, before the call where that is asked for\n",
	       t->given);
	printf("%5u  memory that they write\n", t->written);
	printf("%5u  objects of the kernel: files, sockets, processes, the caller\n", t->objects);
	printf("%5u  memory that depends on a command\n", t->commands);
	printf("%5u  values only\n", t->values);
	printf("%5u  nothing more, as they have no arguments\n", t->none);
	printf("%5u  have an address that is not looked behind\n", t->addresses);
}

/* ---- JSON ---- */

static int print_call_json(const struct eyas_syscall *sc, int nr, const struct eyas_captures *c)
{
	json_t *args = json_array(), *o;
	char text[80];
	int r;

	for (unsigned int i = 0; i < sc->nargs; i++) {
		arg_text(sc, c, i, text, sizeof(text));
		json_array_append_new(args, json_pack("{s:s, s:s}", "name", sc->args[i].name,
						      "captured", text[0] ? text : "value"));
	}
	o = json_pack("{s:s, s:i, s:s, s:o, s:b, s:s*}", "name", sc->name, "number", nr, "lane",
		      sc->lane == EYAS_LANE_CRIT ? "crit" : "bulk", "arguments", args,
		      "result_object", c->result, "caller", c->caller);
	r = o ? json_dumpf(o, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER) : -1;
	json_decref(o);
	putchar('\n');
	return r;
}

static int no_table(const char *abi)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	unsigned int len;

	for (unsigned int i = 0; i < EYAS_ABI_MAX; i++)
		if (eyas_syscall_table(i, &len) && len)
			eyas_strbuf_addf(&sb, "%s%s", sb.len ? ", " : "", words[i]);
	eyas_msg("no table of calls '%s'; there are %s", abi, sb.buf ? sb.buf : "none");
	return EYAS_STATUS_USAGE;
}

int eyas_status_captures(const char *abi, bool json)
{
	int which = eyas_status_abi(abi ? abi : words[EYAS_ABI_X86_64]);
	struct totals t = { 0 };

	for (int nr = 0; nr < EYAS_NR_MAX; nr++) {
		const struct eyas_syscall *sc = eyas_syscall_by_nr((unsigned int)which, nr);
		struct eyas_captures c;

		if (!sc)
			continue;
		c = eyas_captures_of(sc);
		count(&t, sc, &c);
		if (!json)
			print_call(sc, nr, &c);
		else if (print_call_json(sc, nr, &c))
			return EYAS_STATUS_FAILURE;
	}
	if (!t.calls)
		return no_table(abi);
	if (!json)
		print_totals(&t, words[which]);
	return EYAS_STATUS_OK;
}
