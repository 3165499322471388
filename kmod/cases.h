/* SPDX-License-Identifier: GPL-2.0 */
/* Memory of arguments that mean something else with each value of another one. */
#ifndef EYAS_CASES_H
#define EYAS_CASES_H

#include <linux/init.h>
#include <linux/types.h>

struct eyas_fetch;
struct eyas_op;

/*
 * The argument of an op that stands for all cases of its call. Its bit in
 * eyas_fetch.faults, set at entry, makes it run again after the call.
 */
#define EYAS_CASE_ARG	7

void __init eyas_cases_init(void);

/* Number of the cases of call @name, 0: it has none. */
u16 __init eyas_cases_find(const char *name);
/* Whether one of them is of argument @arg, or of any, and a string it is given or not. */
bool __init eyas_cases_arg(u16 family, u8 arg);
bool __init eyas_cases_any(u16 family, bool string);

/* What holds of @op->size, the cases of a call; those of strings if @op->len. */
bool eyas_cases_fetch(struct eyas_fetch *f, const struct eyas_op *op);

#endif /* EYAS_CASES_H */
