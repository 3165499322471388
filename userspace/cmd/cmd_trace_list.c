// SPDX-License-Identifier: Apache-2.0
/* eyas trace --list: the calls that it knows, and how much of each it decodes. */
#include <stdio.h>
#include "base/strbuf.h"
#include "cmd_trace.h"
#include "decode/grade.h"

static const char *const grades[EYAS_DECODE_GRADES] = {
	[EYAS_DECODE_FULLY] = "fully",
	[EYAS_DECODE_PARTLY] = "partly",
	[EYAS_DECODE_NOT] = "raw",
};

static void list_call(const struct eyas_syscall *sc, enum eyas_decode_grade grade, uint8_t raw)
{
	_cleanup_strbuf_ struct eyas_strbuf classes = EYAS_STRBUF_INIT;
	const char *before = ": not ";

	eyas_callset_classes(sc->trace, &classes);
	printf("%4u %-24s %-28s %s", sc->nr, sc->name, classes.len ? classes.buf : "-",
	       grades[grade]);
	for (unsigned int i = 0; i < sc->nargs; i++) {
		if (!(raw >> i & 1))
			continue;
		printf("%s%s", before, sc->args[i].name);
		before = ", ";
	}
	putchar('\n');
}

void trace_list(const struct eyas_callset *set)
{
	unsigned int n[EYAS_DECODE_GRADES] = { 0 };

	printf("%4s %-24s %-28s %s\n", "nr", "name", "classes", "decoded");
	for (int nr = 0; nr < EYAS_NR_MAX; nr++) {
		const struct eyas_syscall *sc = eyas_syscall_by_nr(EYAS_ABI_X86_64, nr);
		enum eyas_decode_grade grade;
		uint8_t raw;

		if (!sc || !sc->name || !eyas_callset_has(set, EYAS_ABI_X86_64, nr))
			continue;
		grade = eyas_decode_grade(EYAS_ABI_X86_64, sc, &raw);
		n[grade]++;
		list_call(sc, grade, raw);
	}
	printf("%u calls: %u decoded fully, %u partly, %u raw\n",
	       n[EYAS_DECODE_FULLY] + n[EYAS_DECODE_PARTLY] + n[EYAS_DECODE_NOT],
	       n[EYAS_DECODE_FULLY], n[EYAS_DECODE_PARTLY], n[EYAS_DECODE_NOT]);
}
