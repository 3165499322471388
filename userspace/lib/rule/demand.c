// SPDX-License-Identifier: Apache-2.0
/*
 * From rules to the kernel: what must be recorded so that they see all they
 * test. When in doubt it is recorded: too much costs time, too little alerts.
 */
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "event/callnr.h"
#include "event/syscall.h"
#include "field/params.h"
#include "rule/outcome.h"
#include "rule/rules.h"

/* What a field is made of. */
#define OF_STRINGS	(1U << 0)	/* strings that the call was given */
#define OF_OBJECTS	(1U << 1)	/* the kernel objects that it met */
#define OF_ADDRS	(1U << 2)	/* socket addresses */
#define OF_PAIR		(1U << 3)	/* the two descriptors that it made */
#define OF_STRUCT	(1U << 4)	/* the struct that it was given */
#define OF_DATA		(1U << 5)	/* all of this, and what was read or written */
#define OF_CWD		(1U << 6)	/* and of a process: its directory, */
#define OF_CREDS	(1U << 7)	/* user ids and capabilities, */
#define OF_SESSION	(1U << 8)	/* session, group, terminal, */
#define OF_NAME		(1U << 9)	/* and name */
#define OF_FDS		(1U << 10)	/* its descriptors, whatever the call is about */
#define OF_MORE		(1U << 11)	/* all descriptors that the call names */

#define OF_PATHS	(OF_STRINGS | OF_OBJECTS | OF_CWD)
#define OF_FD		(OF_PATHS | OF_ADDRS | OF_PAIR | OF_STRUCT)
#define OF_ALL		0x3ffU

/* The first row whose name the field's begins with. */
/* clang-format off */
static const struct { const char *name; unsigned int of; } sources[] = {
	{ "evt.arg", OF_ALL | OF_MORE },	{ "evt.rawarg", OF_ALL },
	{ "evt.info", OF_ALL | OF_MORE },	{ "evt.buffer", OF_DATA },
	{ "evt.abspath", OF_PATHS },	{ "evt.is_open", OF_OBJECTS | OF_STRUCT },
	{ "evt.is_syslog", OF_ALL },	{ "evt.count.error", OF_OBJECTS },
	{ "evt.", 0 },			{ "syscall.", 0 },
	{ "fd.num", OF_PAIR },		{ "fd.types", OF_FDS | OF_FD },
	{ "fd.", OF_FD },
	{ "fs.", OF_PATHS },
	{ "proc.cwd", OF_CWD },		{ "proc.std", OF_FDS },
	{ "proc.", OF_NAME | OF_SESSION },
	{ "thread.cap", OF_CREDS },	{ "thread.", 0 },
	{ "user.", OF_CREDS },		{ "group.", OF_CREDS },
	{ "container.", 0 },		{ "k8s.", 0 },
	{ "", OF_ALL },
};
/* clang-format on */

/*
 * Calls that change what is known of a process. Descriptors are not among it:
 * records tell what theirs are, and for others /proc is asked. Nor are
 * credentials and names: these have records of their own.
 */
/* clang-format off */
static const struct { const char *name; unsigned int of; uint8_t plan; } changes[] = {
	{ "chdir", OF_CWD, EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS },
	{ "fchdir", OF_CWD, EYAS_PLAN_OBJECTS },
	{ "chroot", OF_CWD, EYAS_PLAN_STRINGS },
	{ "setns", OF_CWD, EYAS_PLAN_OBJECTS },
	{ "unshare", OF_CWD, EYAS_PLAN_OBJECTS },
	{ "setsid", OF_SESSION, 0 },	{ "setpgid", OF_SESSION, 0 },
};
/* clang-format on */

/* What is wanted of each event type. */
struct wishes {
	unsigned int of[EYAS_EVT_MAX];
	bool ok[EYAS_EVT_MAX], failed[EYAS_EVT_MAX];
	unsigned int of_any;
};

/* ---- what rules are made of ---- */

static unsigned int source_of(const struct eyas_field *f)
{
	size_t i = 0;

	while (!eyas_startswith(f->name, sources[i].name))
		i++;
	return sources[i].of;
}

/* Is that parameter a descriptor, or several? */
static bool names_fds(const char *param)
{
	const struct eyas_param *p = eyas_params_find(param, strlen(param));

	return !p || p->type == EYAS_PT_FD || p->source == EYAS_PS_POLLED;
}

static unsigned int of_term(const struct eyas_term *t)
{
	unsigned int of = t->field ? source_of(t->field) : 0;

	if (t->arg.key && !names_fds(t->arg.key))
		of &= ~OF_MORE;
	for (size_t i = 0; i < t->nargs; i++)
		of |= of_term(t->args[i]);
	return of;
}

/* Of all predicates below a node; @seen is where it was before. */
static unsigned int of_node(const struct eyas_prog *prog, uint32_t node, uint32_t *seen,
			    uint32_t now)
{
	const struct eyas_node *n = &prog->nodes.data[node];
	unsigned int of = 0;

	if (seen[node] == now)
		return 0;
	seen[node] = now;
	if (n->kind == EYAS_NODE_PRED && !n->pred->by_type)
		of = of_term(n->pred->lhs) | (n->pred->rhs ? of_term(n->pred->rhs) : 0);
	for (uint32_t i = 0; i < n->nkids; i++)
		of |= of_node(prog, n->kids[i], seen, now);
	return of;
}

static unsigned int of_format(const struct eyas_format *f)
{
	const struct eyas_term *t;
	unsigned int of = 0;

	for (size_t i = 0; f && (t = eyas_format_term(f, i)); i++)
		of |= of_term(t);
	return of;
}

static void add_rule(struct wishes *w, const struct eyas_rule *rule, unsigned int of,
		     const struct eyas_outcome *outcome)
{
	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++) {
		bool ok = eyas_evset_has(&outcome->may[0], t);
		bool failed = eyas_evset_has(&outcome->may[1], t);

		if (!eyas_evset_has(&rule->events, t) || (!ok && !failed))
			continue;
		w->ok[t] |= ok;
		w->failed[t] |= failed;
		w->of[t] |= of;
		w->of_any |= of;
	}
}

static int add_rules(struct wishes *w, const struct eyas_ruleset *rs)
{
	_cleanup_(eyas_outcomes_release) struct eyas_outcomes outcomes = { 0 };
	_cleanup_free_ uint32_t *seen = calloc(rs->prog.nodes.len + 1, sizeof(*seen));
	int r = eyas_outcomes_init(&outcomes, &rs->prog);

	if (r || !seen)
		return -ENOMEM;
	for (size_t i = 0; i < rs->rules.len; i++) {
		const struct eyas_rule *rule = rs->rules.data[i];
		unsigned int of;

		if (!eyas_ruleset_has_live(rs, rule))
			continue;
		of = of_node(&rs->prog, rule->node, seen, (uint32_t)i + 1);
		of |= of_format(rule->format);
		for (size_t x = 0; x < rule->nextras; x++)
			of |= of_format(rule->extras[x].format);
		add_rule(w, rule, of, eyas_outcome_of(&outcomes, rule->node));
	}
	return 0;
}

/* ---- what the kernel is asked for ---- */

/* What the memory behind an argument holds, beside names. */
static unsigned int data_of(const struct eyas_syscall_arg *arg)
{
	switch (arg->kind) {
	case EYAS_KIND_INSOCKADDR:
	case EYAS_KIND_OUTSOCKADDR:
	case EYAS_KIND_INMSG:
	case EYAS_KIND_OUTMSG:
		return OF_ADDRS | OF_DATA;
	case EYAS_KIND_INSTRUCT:
		return OF_STRUCT | OF_DATA;
	case EYAS_KIND_OUTSTRUCT:
		return strcmp(arg->aux, "fdpair") ? OF_DATA : OF_PAIR | OF_DATA;
	case EYAS_KIND_IOSTRUCT:
	case EYAS_KIND_INARRAY:
	case EYAS_KIND_OUTARRAY:
	case EYAS_KIND_IOARRAY:
	case EYAS_KIND_INBUF:
	case EYAS_KIND_OUTBUF:
	case EYAS_KIND_INIOV:
	case EYAS_KIND_OUTIOV:
		return OF_DATA;
	default:
		return 0;
	}
}

static bool needs_data(const struct eyas_syscall *sc, unsigned int of)
{
	for (unsigned int i = 0; sc && i < sc->nargs; i++)
		if (data_of(&sc->args[i]) & of)
			return true;
	return false;
}

static uint8_t plan_for(const struct wishes *w, const struct eyas_syscall *sc, unsigned int type)
{
	unsigned int of = w->of[type];
	uint8_t plan = EYAS_PLAN_RECORD;

	if (!w->ok[type] && !w->failed[type])
		return 0;
	if (!w->ok[type])
		plan |= EYAS_PLAN_NO_OK;
	if (!w->failed[type])
		plan |= EYAS_PLAN_NO_FAILED;
	if (of & OF_STRINGS)
		plan |= EYAS_PLAN_STRINGS;
	if (of & OF_OBJECTS)
		plan |= EYAS_PLAN_OBJECTS;
	if (needs_data(sc, of))
		plan |= EYAS_PLAN_DATA;
	return plan;
}

static void ask_for_calls(struct wishes *w, struct eyas_policy *ret)
{
	/* Of an exec that went well there is a record of its own. */
	w->ok[SYS_execve] = w->ok[SYS_execveat] = false;
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++) {
			const struct eyas_syscall *sc = eyas_syscall_by_nr(abi, (int)nr);

			ret->plan[abi][nr] = plan_for(w, sc, sc ? sc->evtype : EYAS_EVT_SYSCALL);
		}
		ret->other[abi] = plan_for(w, NULL, EYAS_EVT_SYSCALL);
	}
}

static void ask_for_changes(const struct wishes *w, struct eyas_policy *ret)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(changes); i++)
		if (w->of_any & changes[i].of)
			(void)eyas_policy_add(ret, changes[i].name,
					      EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED |
						      changes[i].plan);
}

/* ---- what has to be remembered ---- */

/* Does the call name descriptors beside the one that the kernel tells of? */
static bool has_more_fds(unsigned int type)
{
	const struct eyas_syscall *sc = eyas_syscall_by_nr(EYAS_ABI_X86_64, (int)type);
	unsigned int n = 0;

	for (unsigned int i = 0; sc && i < sc->nargs; i++) {
		n += sc->args[i].kind == EYAS_KIND_FD;
		if (!strcmp(sc->args[i].aux, "pollfd"))
			return true;
	}
	return sc && (n > 1 || (n && sc->ret == EYAS_RET_FD));
}

static bool needs_fds(const struct wishes *w, unsigned int type)
{
	if (w->of[type] & OF_FDS)
		return true;
	/* What it was is told before it is gone only by memory. */
	if (type == SYS_close || type == SYS_close_range)
		return w->of[type] & OF_OBJECTS;
	return w->of[type] & OF_MORE && has_more_fds(type);
}

bool eyas_ruleset_needs_fds(const struct eyas_ruleset *rs)
{
	_cleanup_free_ struct wishes *w = calloc(1, sizeof(*w));
	bool any = !w || add_rules(w, rs);

	for (unsigned int t = 0; t < EYAS_EVT_MAX && !any; t++)
		any = needs_fds(w, t);
	return any;
}

void eyas_ruleset_policy(const struct eyas_ruleset *rs, struct eyas_policy *ret)
{
	_cleanup_free_ struct wishes *w = calloc(1, sizeof(*w));

	eyas_policy_init(ret);
	if (!w || add_rules(w, rs)) {
		/* No memory to think about it. */
		eyas_policy_add_all(ret, EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS | EYAS_PLAN_OBJECTS |
						 EYAS_PLAN_DATA);
		ret->events = EYAS_EVENT_ALL;
		return;
	}
	ask_for_calls(w, ret);
	ask_for_changes(w, ret);
	/* Who is who is known of all, or ancestors would be missing. */
	ret->events = EYAS_EVENT_PROCESS;
	if (w->of_any & OF_CREDS)
		ret->events |= EYAS_EVENT_CREDS;
	if (w->of_any & OF_NAME)
		ret->events |= EYAS_EVENT_COMM;
	if (w->ok[EYAS_EVT_SIGNALDELIVER] || w->failed[EYAS_EVT_SIGNALDELIVER])
		ret->events |= EYAS_EVENT_SIGNAL;
}
