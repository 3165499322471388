/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A session is one open file: its policy, its rings, its readiness. Control
 * (genl, open, release, hotplug) is serialised by eyas_sessions_lock; probes
 * find sessions by slot under RCU.
 */
#ifndef EYAS_SESSION_H
#define EYAS_SESSION_H

#include <linux/hrtimer.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "policy.h"
#include "ring.h"

struct count;

struct eyas_session {
	/* what probes read */
	struct eyas_policy __rcu *policy;
	struct eyas_ring **rings;	/* [cpu * EYAS_LANE_MAX + lane]; NULL: no such CPU */
	struct pid *owner;		/* never recorded */
	pid_t owner_nr;
	struct count **counts[EYAS_ABI_MAX];	/* by CPU and number, see count.c; NULL: none */

	u32 id;
	u32 slot;
	u32 size[EYAS_LANE_MAX];
	u32 wake_us;
	u32 watermark;			/* percent */
	struct eyas_session_page *page;
	u32 page_size;			/* of that mapping */

	wait_queue_head_t wait;
	struct hrtimer timer;
	raw_spinlock_t timer_lock;
	bool timer_on;
	bool due;			/* unread data is old enough, or enough */
	bool closing;
	struct delayed_work notice;
	struct irq_work notice_irq;
};

/* Whether current is the one that @s never records. */
static __always_inline bool eyas_session_owned(const struct eyas_session *s)
{
	/* A number may be given again when its owner has gone. */
	return unlikely(s->owner_nr == current->tgid) && s->owner == task_tgid(current);
}

extern struct mutex eyas_sessions_lock;
extern struct eyas_session __rcu *eyas_sessions[EYAS_SESSIONS_MAX];

int eyas_session_init(void);
void eyas_session_exit(void);

/* New session of the calling process; ERR_PTR(-EBUSY) if there are too many. */
struct eyas_session *eyas_session_create(void);
void eyas_session_destroy(struct eyas_session *s);

/* Under eyas_sessions_lock: */
struct eyas_session *eyas_session_find(u32 id);
unsigned int eyas_session_count(void);
/* Make the rings if there are none; sizes were set before. */
int eyas_session_start(struct eyas_session *s);
/* Put @policy in force and free the old one. Takes @policy in any case. */
int eyas_session_set_policy(struct eyas_session *s, struct eyas_policy *policy);

struct eyas_ring *eyas_session_ring(struct eyas_session *s, u32 cpu, u32 lane);
void eyas_session_lost(struct eyas_session *s, u64 lost[EYAS_CLASS_MAX]);

/* Whether a reader has something to do: EPOLLIN, EPOLLERR. Arms the wake-up if not. */
__poll_t eyas_session_poll(struct eyas_session *s);

/* Where mmap finds what: offset 0 is the session page, then a stretch for each ring. */
#define EYAS_RING_STRETCH	(1ULL << 32)

static inline u64 eyas_ring_offset(u32 cpu, u32 lane)
{
	return (1 + cpu * EYAS_LANE_MAX + lane) * EYAS_RING_STRETCH;
}

#endif /* EYAS_SESSION_H */
