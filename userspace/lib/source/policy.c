// SPDX-License-Identifier: Apache-2.0
/* What a session records, put together call by call. */
#include "source/policy.h"

#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "event/evtype.h"
#include "event/syscall.h"

/* Bits that take events away; the others add to them. */
#define PLAN_LIMITS (EYAS_PLAN_NO_FAILED | EYAS_PLAN_NO_OK)

void eyas_policy_init(struct eyas_policy *p)
{
	memset(p, 0, sizeof(*p));
	p->wake_us = UINT32_MAX;
}

/* Both wishes are met: more is recorded, and left out only what both leave out. */
static void plan_merge(uint8_t *plan, uint8_t wish)
{
	uint8_t limits = *plan ? *plan & wish & PLAN_LIMITS : wish & PLAN_LIMITS;
	uint8_t wants = (*plan | wish | EYAS_PLAN_RECORD) & EYAS_PLAN_ALL & ~PLAN_LIMITS;

	*plan = wants | limits;
}

static int add_in_abi(struct eyas_policy *p, unsigned int abi, int type, uint8_t plan)
{
	unsigned int len;
	const struct eyas_syscall *sc = eyas_syscall_table(abi, &len);
	int ret = -ENOENT;

	for (; len; len--, sc++) {
		if (!sc->name || sc->evtype != type)
			continue;
		plan_merge(&p->plan[abi][sc->nr], plan);
		ret = 0;
	}
	return ret;
}

/* Calls that have no name here: those of an ABI without a table, newer ones. */
static void add_unnamed(struct eyas_policy *p, unsigned int abi, uint8_t plan)
{
	for (int nr = 0; nr < EYAS_NR_MAX; nr++)
		if (!eyas_syscall_by_nr(abi, nr))
			plan_merge(&p->plan[abi][nr], plan);
	plan_merge(&p->other[abi], plan);
}

int eyas_policy_add(struct eyas_policy *p, const char *name, uint8_t plan)
{
	int type = eyas_evtype_by_name(name);
	int ret = -ENOENT;

	for (unsigned int abi = 0; type == EYAS_EVT_SYSCALL && abi < EYAS_ABI_MAX; abi++) {
		add_unnamed(p, abi, plan);
		ret = 0;
	}
	for (unsigned int abi = 0; type >= 0 && abi < EYAS_ABI_MAX; abi++)
		if (!add_in_abi(p, abi, type, plan))
			ret = 0;
	return ret;
}

/* A plan that does not record is none: its limits must not count. */
static void plan_widen(uint8_t *plan, uint8_t more)
{
	if (more & EYAS_PLAN_RECORD)
		plan_merge(plan, more);
}

void eyas_policy_widen(struct eyas_policy *p, const struct eyas_policy *more)
{
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++)
			plan_widen(&p->plan[abi][nr], more->plan[abi][nr]);
		plan_widen(&p->other[abi], more->other[abi]);
	}
	p->events |= more->events;
	p->flags |= more->flags;
	p->anchors |= more->anchors;
	if (more->snaplen > p->snaplen)
		p->snaplen = more->snaplen;
}

void eyas_policy_add_all(struct eyas_policy *p, uint8_t plan)
{
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++)
			plan_merge(&p->plan[abi][nr], plan);
		plan_merge(&p->other[abi], plan);
	}
}

/* Calls that tell less exactly what an event does. */
static const struct {
	uint32_t event;
	const char *call;
	uint8_t plan;
} substitutes[] = {
	{ EYAS_EVENT_CREDS, "setuid", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "setgid", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "setreuid", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "setregid", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "setresuid", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "setresgid", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "capset", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "unshare", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_CREDS, "setns", EYAS_PLAN_OBJECTS },
	{ EYAS_EVENT_COMM, "prctl", EYAS_PLAN_STRINGS },
};

/* Starts that are not told late are told as they come. */
static void plan_enter(uint8_t *plan)
{
	if (*plan & EYAS_PLAN_RECORD)
		*plan |= EYAS_PLAN_ENTER;
}

static void fit_late(struct eyas_policy *p)
{
	if (!(p->flags & EYAS_SESSION_F_LATE))
		return;
	p->flags &= ~EYAS_SESSION_F_LATE;
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (unsigned int nr = 0; nr < EYAS_NR_MAX; nr++)
			plan_enter(&p->plan[abi][nr]);
		plan_enter(&p->other[abi]);
	}
}

void eyas_policy_fit(struct eyas_policy *p, uint64_t features)
{
	if (!(features & EYAS_FEATURE_LATE))
		fit_late(p);
	if (!(features & EYAS_FEATURE_BRIEF))
		p->flags &= ~EYAS_SESSION_F_BRIEF;
	if (features & EYAS_FEATURE_SIGNALS)
		return;
	for (size_t i = 0; i < EYAS_ARRAY_LEN(substitutes); i++)
		if (p->events & substitutes[i].event)
			(void)eyas_policy_add(p, substitutes[i].call,
					      EYAS_PLAN_RECORD | EYAS_PLAN_NO_FAILED |
						      substitutes[i].plan);
	p->events &= ~(EYAS_EVENT_CREDS | EYAS_EVENT_COMM);
}
