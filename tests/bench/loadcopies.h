/* SPDX-License-Identifier: Apache-2.0 */
/* Rules files loaded several times over, for benchmarks of many rules. */
#ifndef EYAS_BENCH_LOADCOPIES_H
#define EYAS_BENCH_LOADCOPIES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <valgrind/callgrind.h>
#include "base/util.h"
#include "rule/ruleset.h"

#define FILES_MAX	512

/* @text again, with a number behind the name of each rule. */
static char *renamed(const char *text, unsigned int copy)
{
	struct eyas_strbuf sb = EYAS_STRBUF_INIT;
	const char *eol;

	for (; *text; text = eol) {
		eol = strchrnul(text, '\n');
		eyas_strbuf_add(&sb, text, (size_t)(eol - text));
		if (copy && !strncmp(text, "- rule:", 7))
			eyas_strbuf_addf(&sb, " copy %u", copy);
		if (*eol)
			eyas_strbuf_addc(&sb, *eol++);
	}
	return eyas_strbuf_detach(&sb);
}

/* Exits if they don't load. Costs are dumped as "load 1 0". */
static void load_copies(struct eyas_ruleset **ret, char **files, unsigned int nfiles,
			unsigned int copies, bool all)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG, .match_all = all };
	struct eyas_rules_text texts[FILES_MAX];
	struct eyas_load_result res;
	unsigned int n = 0;

	for (unsigned int i = 0; i < copies * nfiles; i++) {
		_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;
		const char *file = files[i % nfiles];

		if (n == FILES_MAX || eyas_read_file(file, 16 << 20, &sb)) {
			fprintf(stderr, "cannot read '%s'\n", file);
			exit(1);
		}
		texts[n].name = file;
		texts[n].text = renamed(sb.buf, i / nfiles);
		texts[n].len = strlen(texts[n].text);
		n++;
	}
	CALLGRIND_START_INSTRUMENTATION;
	if (eyas_ruleset_load(ret, texts, n, &opt, &res)) {
		for (size_t i = 0; i < res.len; i++)
			if (!res.issues[i].warning)
				fprintf(stderr, "%s: %s\n", res.issues[i].code, res.issues[i].msg);
		exit(1);
	}
	CALLGRIND_STOP_INSTRUMENTATION;
	CALLGRIND_DUMP_STATS_AT("load 1 0");
	eyas_load_result_release(&res);
	while (n--)
		free((char *)texts[n].text);
}

#endif
