// SPDX-License-Identifier: Apache-2.0
/* Credentials after a call, by the kernel's rules and the call's arguments. */
#include <errno.h>
#include "enrich/derive.h"
#include "event/callnr.h"

#define NS_USER_INITIAL 0xEFFFFFFDU /* inode of the first user namespace, fixed */
#define CAP_BIT_SETGID (1ULL << 6)
#define CAP_BIT_SETUID (1ULL << 7)
#define KEEP UINT32_MAX /* -1: leave this id as it is */

struct ids {
	uint32_t real, effective, saved;
};

/* New user ids, and what the kernel does to capabilities when root is left or entered. */
static void set_uids(struct eyas_self *s, struct ids id)
{
	bool had_root = !s->uid || !s->euid || !s->suid, was_root = !s->euid;

	if (id.real != KEEP)
		s->uid = id.real;
	if (id.effective != KEEP)
		s->euid = id.effective;
	if (id.saved != KEEP)
		s->suid = id.saved;
	if (had_root && s->uid && s->euid && s->suid)
		s->cap_permitted = s->cap_effective = 0;
	else if (was_root && s->euid)
		s->cap_effective = 0;
	else if (!was_root && !s->euid)
		s->cap_effective = s->cap_permitted;
}

static void set_gids(struct eyas_self *s, struct ids id)
{
	if (id.real != KEEP)
		s->gid = id.real;
	if (id.effective != KEEP)
		s->egid = id.effective;
	if (id.saved != KEEP)
		s->sgid = id.saved;
}

static struct ids one(uint32_t id, bool all)
{
	return (struct ids){ all ? id : KEEP, id, all ? id : KEEP };
}

/* The saved id follows the effective one if the real one is given or it is a new one. */
static struct ids two(struct ids old, uint32_t real, uint32_t effective)
{
	struct ids id = { real, effective, KEEP };

	if (real != KEEP || (effective != KEEP && effective != old.real))
		id.saved = effective != KEEP ? effective : old.effective;
	return id;
}

static uint32_t arg32(const struct eyas_event *ev, unsigned int n)
{
	uint64_t v = 0;

	(void)eyas_event_arg(ev, n, &v);
	return (uint32_t)v;
}

int eyas_derive_creds(const struct eyas_event *ev, struct eyas_self *s)
{
	uint32_t a = arg32(ev, 0), b = arg32(ev, 1), c = arg32(ev, 2);

	/* Ids in calls are those of the caller's namespace; ours are the host's. */
	if (s->ns_user && s->ns_user != NS_USER_INITIAL)
		return -ENODATA;
	switch (ev->evtype) {
	case SYS_setuid:
		set_uids(s, one(a, s->cap_effective & CAP_BIT_SETUID));
		return 0;
	case SYS_setgid:
		set_gids(s, one(a, s->cap_effective & CAP_BIT_SETGID));
		return 0;
	case SYS_setreuid:
		set_uids(s, two((struct ids){ s->uid, s->euid, s->suid }, a, b));
		return 0;
	case SYS_setregid:
		set_gids(s, two((struct ids){ s->gid, s->egid, s->sgid }, a, b));
		return 0;
	case SYS_setresuid:
		set_uids(s, (struct ids){ a, b, c });
		return 0;
	case SYS_setresgid:
		set_gids(s, (struct ids){ a, b, c });
		return 0;
	default:
		return -ENODATA;
	}
}

void eyas_self_set_creds(struct eyas_self *s, const struct eyas_creds *c)
{
	s->uid = c->uid;
	s->euid = c->euid;
	s->suid = c->suid;
	s->gid = c->gid;
	s->egid = c->egid;
	s->sgid = c->sgid;
	s->ns_user = c->ns_user;
	s->cap_inheritable = c->cap_inheritable;
	s->cap_permitted = c->cap_permitted;
	s->cap_effective = c->cap_effective;
}
