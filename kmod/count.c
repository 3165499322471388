// SPDX-License-Identifier: GPL-2.0
/*
 * Counters: each CPU has its own, which only it writes. They are made for an
 * ABI when a plan first asks for them, and live as long as the session.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/timekeeping.h>
#include <linux/vmalloc.h>
#include "count.h"
#include "session.h"

struct count {
	u64 count;
	u64 errors;
	u64 timed;
	u64 sum;
	u64 min;
	u64 max;
};

static void counts_free(struct count **cpus)
{
	unsigned int cpu;

	for (cpu = 0; cpus && cpu < nr_cpu_ids; cpu++)
		vfree(cpus[cpu]);
	kvfree(cpus);
}

int eyas_count_init(struct eyas_session *s, u32 abi)
{
	struct count **cpus;
	unsigned int cpu;

	if (s->counts[abi])
		return 0;
	cpus = kvcalloc(nr_cpu_ids, sizeof(*cpus), GFP_KERNEL_ACCOUNT);
	if (!cpus)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		cpus[cpu] = __vmalloc((EYAS_NR_MAX + 1) * sizeof(**cpus),
				      GFP_KERNEL_ACCOUNT | __GFP_ZERO);
		if (!cpus[cpu]) {
			counts_free(cpus);
			return -ENOMEM;
		}
	}
	/* Probes take it as soon as they see it. */
	smp_store_release(&s->counts[abi], cpus);
	return 0;
}

void eyas_count_free(struct eyas_session *s)
{
	unsigned int abi;

	for (abi = 0; abi < EYAS_ABI_MAX; abi++)
		counts_free(s->counts[abi]);
}

void eyas_count_call(struct eyas_session *s, unsigned int slot, long ret, u64 start)
{
	/* Pairs with the release that put the counters there. */
	struct count **cpus = smp_load_acquire(&s->counts[slot / (EYAS_NR_MAX + 1)]), *c;
	u64 time;

	if (!cpus)
		return;
	c = &cpus[smp_processor_id()][slot % (EYAS_NR_MAX + 1)];
	c->count++;
	if (IS_ERR_VALUE(ret))
		c->errors++;
	if (!start)
		return;
	time = ktime_get_raw_fast_ns();
	/* The clock may differ a little between CPUs. */
	time = time > start ? time - start : 0;
	if (!c->timed || time < c->min)
		c->min = time;
	if (time > c->max)
		c->max = time;
	c->sum += time;
	c->timed++;
}

bool eyas_count_get(struct eyas_session *s, u32 abi, u32 nr, struct eyas_counter *ret)
{
	struct count **cpus = s->counts[abi];
	unsigned int cpu;

	*ret = (struct eyas_counter){ .nr = nr };
	for_each_possible_cpu(cpu) {
		const struct count *c = cpus ? &cpus[cpu][nr] : NULL;

		if (!c || !READ_ONCE(c->count))
			continue;
		ret->count += READ_ONCE(c->count);
		ret->errors += READ_ONCE(c->errors);
		if (!READ_ONCE(c->timed))
			continue;
		if (!ret->timed || READ_ONCE(c->min) < ret->time_min)
			ret->time_min = READ_ONCE(c->min);
		ret->time_max = max(ret->time_max, READ_ONCE(c->max));
		ret->time_sum += READ_ONCE(c->sum);
		ret->timed += READ_ONCE(c->timed);
	}
	return ret->count;
}
