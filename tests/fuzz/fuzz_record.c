// SPDX-License-Identifier: Apache-2.0
/* Bytes as records of the kernel: parsed, taken in by the process table, asked about. */
#include <stdlib.h>
#include "enrich/enrich.h"
#include "fuzz.h"
#include "source/source.h"

#define EVENTS_MAX	2000

static void ask(struct eyas_enrich *en, const struct eyas_event *ev, struct eyas_arena *arena)
{
	const struct eyas_proc *p = eyas_enrich_proc(en, ev->pid);
	struct eyas_text text;
	struct eyas_fd fd;

	for (unsigned int n = 0; n < 6; n++)
		(void)eyas_enrich_path(en, ev, n, arena, &text);
	if (ev->sys) {
		(void)eyas_enrich_fd(en, p, (int32_t)ev->sys->args[0], &fd);
		(void)eyas_enrich_fd(en, p, (int32_t)ev->sys->ret, &fd);
	}
	for (; p; p = eyas_enrich_parent(en, p))
		(void)eyas_enrich_container(en, p);
	eyas_arena_reset(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct eyas_arena arena = { 0 };
	struct eyas_err err;
	struct eyas_enrich *en = NULL;
	struct eyas_source *src = NULL;
	struct eyas_event ev;

	/* A root without anything: what is there differs from host to host. */
	if (eyas_source_null_open(&src, data, size, &err) ||
	    eyas_enrich_create(&en, "/nonexistent", &err))
		abort();
	for (int i = 0; i < EVENTS_MAX && eyas_source_next(src, &ev, &err) > 0; i++) {
		if (eyas_enrich_update(en, &ev))
			abort();
		ask(en, &ev, &arena);
	}
	eyas_arena_release(&arena);
	eyas_enrich_free(en);
	eyas_source_close(src);
	return 0;
}
