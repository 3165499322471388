// SPDX-License-Identifier: GPL-2.0
/*
 * Sessions: their life, their rings on every CPU, and when their reader wakes.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/eventpoll.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "count.h"
#include "genl.h"
#include "hook.h"
#include "session.h"

DEFINE_MUTEX(eyas_sessions_lock);
struct eyas_session __rcu *eyas_sessions[EYAS_SESSIONS_MAX] __read_mostly;

static u32 last_id;
/* Sessions that have not gone: until then the module cannot. */
static atomic_t alive = ATOMIC_INIT(0);
static enum cpuhp_state hotplug_state;

static struct eyas_session *session_at(unsigned int slot)
{
	return rcu_dereference_protected(eyas_sessions[slot], lockdep_is_held(&eyas_sessions_lock));
}

struct eyas_ring *eyas_session_ring(struct eyas_session *s, u32 cpu, u32 lane)
{
	return s->rings ? READ_ONCE(s->rings[cpu * EYAS_LANE_MAX + lane]) : NULL;
}

struct eyas_session *eyas_session_find(u32 id)
{
	unsigned int slot;

	for (slot = 0; slot < EYAS_SESSIONS_MAX; slot++) {
		struct eyas_session *s = session_at(slot);

		if (s && s->id == id)
			return s;
	}
	return NULL;
}

unsigned int eyas_session_count(void)
{
	return atomic_read(&alive);
}

void eyas_session_lost(struct eyas_session *s, u64 lost[EYAS_CLASS_MAX])
{
	unsigned int i, cls;

	memset(lost, 0, sizeof(*lost) * EYAS_CLASS_MAX);
	for (i = 0; s->rings && i < nr_cpu_ids * EYAS_LANE_MAX; i++) {
		struct eyas_ring *ring = READ_ONCE(s->rings[i]);

		for (cls = 0; ring && cls < EYAS_CLASS_MAX; cls++)
			lost[cls] += READ_ONCE(ring->prod->lost[cls]);
	}
}

/* ---- waking the reader ---- */

/* Fill level, in bytes, at which the reader is woken at once. */
static u64 ring_watermark(const struct eyas_session *s, const struct eyas_ring *ring)
{
	return div_u64((u64)ring->size * s->watermark, 100);
}

/* Whether any ring holds data; *ret_full: one is at its watermark. */
static bool session_unread(struct eyas_session *s, bool *ret_full, bool *ret_poisoned)
{
	unsigned int i;
	bool any = false;

	*ret_full = *ret_poisoned = false;
	for (i = 0; s->rings && i < nr_cpu_ids * EYAS_LANE_MAX; i++) {
		struct eyas_ring *ring = READ_ONCE(s->rings[i]);
		u64 unread = ring ? eyas_ring_unread(ring) : 0;

		if (!ring)
			continue;
		any |= unread > 0;
		*ret_full |= unread >= ring_watermark(s, ring);
		*ret_poisoned |= READ_ONCE(ring->poisoned);
	}
	return any;
}

static void timer_start(struct eyas_session *s)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&s->timer_lock, flags);
	if (!s->timer_on && !s->closing) {
		s->timer_on = true;
		hrtimer_start(&s->timer, ns_to_ktime((u64)s->wake_us * NSEC_PER_USEC),
			      HRTIMER_MODE_REL);
	}
	raw_spin_unlock_irqrestore(&s->timer_lock, flags);
}

static enum hrtimer_restart session_timer(struct hrtimer *timer)
{
	struct eyas_session *s = container_of(timer, struct eyas_session, timer);
	unsigned long flags;
	bool full, poisoned;

	/* Off before looking: data that comes later starts it again. */
	raw_spin_lock_irqsave(&s->timer_lock, flags);
	s->timer_on = false;
	raw_spin_unlock_irqrestore(&s->timer_lock, flags);
	if (session_unread(s, &full, &poisoned) || poisoned)
		irq_work_queue(&s->notice_irq);
	return HRTIMER_NORESTART;
}

/* Wake from here: on PREEMPT_RT this may sleep, the timer and the writers may not. */
static void session_wake(struct irq_work *work)
{
	struct eyas_session *s = container_of(work, struct eyas_session, notice_irq);

	WRITE_ONCE(s->due, true);
	wake_up_interruptible_poll(&s->wait, EPOLLIN);
}

/* A writer passed ring->wake_at, or a burst of loss began. */
static void ring_wake(struct irq_work *work)
{
	struct eyas_ring *ring = container_of(work, struct eyas_ring, wake);
	struct eyas_session *s = ring->session;
	u64 unread = eyas_ring_unread(ring);
	u64 mark = ring_watermark(s, ring);

	if (READ_ONCE(ring->notice)) {
		WRITE_ONCE(ring->notice, false);
		if (!READ_ONCE(s->closing))
			schedule_delayed_work(&s->notice, HZ / 4);
	}
	if (unread >= mark || !s->wake_us) {
		WRITE_ONCE(ring->wake_at, U64_MAX);
		WRITE_ONCE(s->due, true);
		wake_up_interruptible_poll(&s->wait, EPOLLIN);
	} else {
		/* The clock runs from the first unread record; next at the watermark. */
		WRITE_ONCE(ring->wake_at, READ_ONCE(ring->prod->head) - unread + mark);
		timer_start(s);
	}
}

/*
 * Ask every ring to tell of its next record. A writer may publish just before
 * it sees this, and its record just after we looked: no barrier in the writer
 * orders the two. The timer, started here too, looks again once: by then the
 * request is visible everywhere, so that what it does not find will be told.
 */
static void session_arm(struct eyas_session *s, bool any)
{
	unsigned int i;

	for (i = 0; i < nr_cpu_ids * EYAS_LANE_MAX; i++) {
		struct eyas_ring *ring = READ_ONCE(s->rings[i]);
		u64 head;

		if (!ring)
			continue;
		head = READ_ONCE(ring->prod->head);
		if (any)
			head += ring_watermark(s, ring) - eyas_ring_unread(ring) - 1;
		WRITE_ONCE(ring->wake_at, head + 1);
	}
	timer_start(s);
}

__poll_t eyas_session_poll(struct eyas_session *s)
{
	bool any, full, poisoned;
	__poll_t ready = 0;

	/* Pairs with session_start(): rings are complete when seen. */
	if (!smp_load_acquire(&s->rings))
		return 0;
	any = session_unread(s, &full, &poisoned);
	if (poisoned)
		ready |= EPOLLERR;
	if (any && (full || READ_ONCE(s->due) || !s->wake_us)) {
		WRITE_ONCE(s->due, false);
		return ready | EPOLLIN | EPOLLRDNORM;
	}
	WRITE_ONCE(s->due, false);
	session_arm(s, any);
	return ready;
}

static void session_notice(struct work_struct *work)
{
	struct eyas_session *s = container_of(to_delayed_work(work), struct eyas_session, notice);
	u64 lost[EYAS_CLASS_MAX];

	eyas_session_lost(s, lost);
	eyas_genl_notify(EYAS_CMD_LOSS, s->id, 0, lost);
}

/* ---- rings ---- */

static void geometry_set(struct eyas_session *s, u32 cpu, u32 lane, u64 size)
{
	struct eyas_ring_geometry *g = (void *)s->page + s->page->rings_offset;
	u64 offset = eyas_ring_offset(cpu, lane);

	g += cpu * EYAS_LANE_MAX + lane;
	*g = (struct eyas_ring_geometry) {
		.consumer_offset = offset,
		.producer_offset = offset + PAGE_SIZE,
		.data_size = size,
		.cpu = cpu,
		.lane = lane,
		.state = EYAS_RING_STATE_LIVE,
	};
}

static int rings_add(struct eyas_session *s, struct eyas_ring **rings, u32 cpu)
{
	u32 lane;

	for (lane = 0; lane < EYAS_LANE_MAX; lane++) {
		struct eyas_ring **slot = &rings[cpu * EYAS_LANE_MAX + lane];
		struct eyas_ring *ring;

		if (*slot)
			continue;
		ring = eyas_ring_create(s, cpu, lane, s->size[lane], ring_wake);
		if (IS_ERR(ring))
			return PTR_ERR(ring);
		geometry_set(s, cpu, lane, s->size[lane]);
		/* Probes on that CPU may use it from here on. */
		smp_store_release(slot, ring);
	}
	/* After the geometry: who sees the new number finds the rings. */
	smp_store_release(&s->page->generation, s->page->generation + 1);
	return 0;
}

static void rings_free(struct eyas_ring **rings)
{
	unsigned int i;

	for (i = 0; rings && i < nr_cpu_ids * EYAS_LANE_MAX; i++)
		eyas_ring_free(rings[i]);
	kvfree(rings);
}

/* Needs cpus_read_lock() too, so that no CPU is missed. */
int eyas_session_start(struct eyas_session *s)
{
	struct eyas_ring **rings;
	u32 cpu;
	int err = 0;

	lockdep_assert_held(&eyas_sessions_lock);
	rings = kvcalloc(nr_cpu_ids * EYAS_LANE_MAX, sizeof(*rings), GFP_KERNEL_ACCOUNT);
	if (!rings)
		return -ENOMEM;
	for_each_online_cpu(cpu) {
		err = rings_add(s, rings, cpu);
		if (err)
			break;
	}
	if (err) {
		memset((void *)s->page + s->page->rings_offset, 0,
		       nr_cpu_ids * EYAS_LANE_MAX * sizeof(struct eyas_ring_geometry));
		rings_free(rings);
		return err;
	}
	/* Pairs with the acquire in eyas_session_poll() and the mmap of rings. */
	smp_store_release(&s->rings, rings);
	return 0;
}

/* A CPU comes up: every session needs rings there. */
static int session_cpu_prepare(unsigned int cpu)
{
	unsigned int slot;

	mutex_lock(&eyas_sessions_lock);
	for (slot = 0; slot < EYAS_SESSIONS_MAX; slot++) {
		struct eyas_session *s = session_at(slot);

		/* Not worth refusing the CPU: what is not recorded there is counted. */
		if (s && s->rings && rings_add(s, s->rings, cpu))
			pr_warn("eyas: no memory for rings of CPU %u\n", cpu);
	}
	mutex_unlock(&eyas_sessions_lock);
	return 0;
}

/* What all sessions together need. */
static int hooks_set(void)
{
	u64 anchors;
	u32 hooks = eyas_policy_merge(&anchors);

	return eyas_hook_set(hooks, anchors);
}

int eyas_session_set_policy(struct eyas_session *s, struct eyas_policy *policy)
{
	struct eyas_policy *old;
	int err;

	lockdep_assert_held(&eyas_sessions_lock);
	old = rcu_replace_pointer(s->policy, policy, lockdep_is_held(&eyas_sessions_lock));
	err = hooks_set();
	if (err) {
		rcu_assign_pointer(s->policy, old);
		hooks_set();
		old = policy;
	}
	/* Its forks are followed from here on: now to what lives of it. */
	if (!err && old->scope.tree != policy->scope.tree)
		eyas_scope_grow(&policy->scope);
	eyas_policy_retire(old, rcu_dereference_protected(s->policy,
							  lockdep_is_held(&eyas_sessions_lock)));
	return err;
}

/* ---- life ---- */

static void page_init(struct eyas_session *s)
{
	*s->page = (struct eyas_session_page) {
		.abi_version = EYAS_ABI_VERSION,
		.page_size = PAGE_SIZE,
		.features = EYAS_FEATURES,
		.session = s->id,
		.cpus = nr_cpu_ids,
		.lanes = EYAS_LANE_MAX,
		.rings_offset = sizeof(struct eyas_session_page),
		.rings_stride = sizeof(struct eyas_ring_geometry),
		.map_size = s->page_size,
	};
}

static struct eyas_session *session_alloc(void)
{
	struct eyas_session *s = kzalloc(sizeof(*s), GFP_KERNEL_ACCOUNT);
	struct eyas_policy *policy = eyas_policy_create(NULL);

	if (!s || !policy)
		goto err;
	s->page_size = PAGE_ALIGN(sizeof(struct eyas_session_page) +
				  nr_cpu_ids * EYAS_LANE_MAX * sizeof(struct eyas_ring_geometry));
	s->page = vmalloc_user(s->page_size);
	if (!s->page)
		goto err;
	RCU_INIT_POINTER(s->policy, policy);
	s->owner = get_pid(task_tgid(current));
	s->owner_nr = current->tgid;
	s->size[EYAS_LANE_CRIT] = EYAS_CRIT_SIZE_DEFAULT;
	s->size[EYAS_LANE_BULK] = EYAS_BULK_SIZE_DEFAULT;
	s->wake_us = EYAS_WAKE_US_DEFAULT;
	s->watermark = EYAS_WATERMARK_DEFAULT;
	init_waitqueue_head(&s->wait);
	raw_spin_lock_init(&s->timer_lock);
	eyas_hrtimer_setup(&s->timer, session_timer);
	INIT_DELAYED_WORK(&s->notice, session_notice);
	init_irq_work(&s->notice_irq, session_wake);
	return s;
err:
	eyas_policy_free(policy, NULL);
	kfree(s);
	return NULL;
}

struct eyas_session *eyas_session_create(void)
{
	struct eyas_session *s = session_alloc();
	unsigned int slot;

	if (!s)
		return ERR_PTR(-ENOMEM);
	mutex_lock(&eyas_sessions_lock);
	for (slot = 0; slot < EYAS_SESSIONS_MAX && session_at(slot); slot++)
		;
	if (slot < EYAS_SESSIONS_MAX) {
		if (!++last_id)
			last_id = 1;
		s->id = last_id;
		s->slot = slot;
		page_init(s);
		atomic_inc(&alive);
		rcu_assign_pointer(eyas_sessions[slot], s);
	}
	mutex_unlock(&eyas_sessions_lock);
	if (slot == EYAS_SESSIONS_MAX) {
		put_pid(s->owner);
		vfree(s->page);
		eyas_policy_free(rcu_dereference_protected(s->policy, true), NULL);
		kfree(s);
		return ERR_PTR(-EBUSY);
	}
	eyas_genl_notify(EYAS_CMD_SESSION_START, s->id, pid_nr(s->owner), NULL);
	return s;
}

/* The file is gone, and with it all mappings: only probes may still be here. */
void eyas_session_destroy(struct eyas_session *s)
{
	unsigned long flags;
	unsigned int i;

	mutex_lock(&eyas_sessions_lock);
	RCU_INIT_POINTER(eyas_sessions[s->slot], NULL);
	hooks_set();
	mutex_unlock(&eyas_sessions_lock);
	/* Probes that found the session are done with it. */
	synchronize_rcu();

	raw_spin_lock_irqsave(&s->timer_lock, flags);
	WRITE_ONCE(s->closing, true);
	raw_spin_unlock_irqrestore(&s->timer_lock, flags);
	hrtimer_cancel(&s->timer);
	irq_work_sync(&s->notice_irq);
	/* What rings may still start looks at rings: stop it before they go. */
	for (i = 0; s->rings && i < nr_cpu_ids * EYAS_LANE_MAX; i++)
		if (s->rings[i])
			irq_work_sync(&s->rings[i]->wake);
	cancel_delayed_work_sync(&s->notice);
	rings_free(s->rings);

	eyas_genl_notify(EYAS_CMD_SESSION_END, s->id, pid_nr(s->owner), NULL);
	put_pid(s->owner);
	vfree(s->page);
	eyas_policy_free(rcu_dereference_protected(s->policy, true), NULL);
	eyas_count_free(s);
	kfree(s);
	/* Last: who is told that there is none may remove the module. */
	atomic_dec(&alive);
}

int eyas_session_init(void)
{
	int state = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "eyas:prepare",
					      session_cpu_prepare, NULL);

	if (state < 0)
		return state;
	hotplug_state = state;
	return 0;
}

void eyas_session_exit(void)
{
	cpuhp_remove_state_nocalls(hotplug_state);
}
