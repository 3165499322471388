// SPDX-License-Identifier: GPL-2.0
/* The table of calls under way. */
#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>
#include "entry.h"

/*
 * Threads are numbered in a row, so that numbers modulo the size hardly ever
 * meet; neighbours help where they do.
 */
#define ENTRIES		(1U << 16)
#define NEIGHBOURS	4

static struct eyas_entry *table __read_mostly;

int eyas_entry_init(void)
{
	if (!table)
		table = vzalloc(ENTRIES * sizeof(*table));
	return table ? 0 : -ENOMEM;
}

void eyas_entry_exit(void)
{
	vfree(table);
	table = NULL;
}

struct eyas_entry *eyas_entry_find(u32 tid)
{
	struct eyas_entry *t = READ_ONCE(table);
	unsigned int i;

	for (i = 0; t && i < NEIGHBOURS; i++) {
		struct eyas_entry *e = &t[(tid ^ i) & (ENTRIES - 1)];

		if (READ_ONCE(e->tid) == tid)
			return e;
	}
	return NULL;
}

struct eyas_entry *eyas_entry_claim(u32 tid)
{
	struct eyas_entry *e = eyas_entry_find(tid), *t = READ_ONCE(table);
	unsigned int i;

	for (i = 0; !e && t && i < NEIGHBOURS; i++) {
		struct eyas_entry *free = &t[(tid ^ i) & (ENTRIES - 1)];

		/* Once in the life of a thread, so it may cost. */
		if (!READ_ONCE(free->tid) && !cmpxchg(&free->tid, 0, tid))
			e = free;
	}
	return e;
}

int eyas_entry_number(void)
{
	const struct eyas_entry *e = eyas_entry_find(current->pid);

	return e && e->open ? e->nr : -1;
}

void eyas_entry_forget(u32 tid)
{
	struct eyas_entry *e = eyas_entry_find(tid);

	if (!e)
		return;
	e->open = false;
	/* Whoever finds it free finds it closed. */
	smp_store_release(&e->tid, 0);
}

void eyas_entry_exec(u32 old_tid, bool open)
{
	struct eyas_entry *e = eyas_entry_find(old_tid), old;
	u32 tid = current->pid;

	if (!e)
		return;
	if (old_tid == tid) {
		e->open = e->open && open;
		return;
	}
	old = *e;
	eyas_entry_forget(old_tid);
	e = old.open && open ? eyas_entry_claim(tid) : NULL;
	if (!e)
		return;
	old.tid = tid;
	*e = old;
}
