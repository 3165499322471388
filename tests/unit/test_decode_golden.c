// SPDX-License-Identifier: Apache-2.0
/*
 * Calls as strace prints them: each file of tests/golden/decode holds calls and
 * the lines that strace 6.1 has printed of them (tests/oracle asks it).
 */
#include <glob.h>
#include <string.h>
#include "capture.h"
#include "decode/decode.h"
#include "unit.h"

#define FILES "tests/golden/decode/*.test"

static bool ifname(void *arg, const struct eyas_event *ev, uint32_t ifindex, char ret[16])
{
	(void)arg;
	(void)ev;
	memcpy(ret, "lo", 3);
	return ifindex == 1;
}

/* The options of strace that a case may have. */
static struct eyas_decode_opts parse_opts(const char *text)
{
	struct eyas_decode_opts o = EYAS_DECODE_OPTS_INIT;
	char word[32];
	int used;

	for (; sscanf(text, "%31s%n", word, &used) == 1; text += used) {
		if (strcmp(word, "-v") == 0)
			o.verbose = true;
		else if (strcmp(word, "-x") == 0)
			o.hex = EYAS_DECODE_HEX_SOME;
		else if (strcmp(word, "-xx") == 0)
			o.hex = EYAS_DECODE_HEX_ALL;
		else if (strncmp(word, "-s", 2) == 0)
			o.strsize = (uint32_t)strtoul(word + 2, NULL, 10);
		else if (strcmp(word, "-Xraw") == 0)
			o.xlat = EYAS_DECODE_RAW;
		else if (strcmp(word, "-Xverbose") == 0)
			o.xlat = EYAS_DECODE_VERBOSE;
		else if (strcmp(word, "-eraw=all") == 0)
			o.raw = true;
		else if (strcmp(word, "-everbose=none") == 0)
			o.no_structs = true;
		else
			ck_abort_msg("option %s", word);
	}
	o.hooks.ifname = ifname;
	return o;
}

/* Told when it begins and when it ends, or all at once: it is the same text. */
static void print(struct eyas_decode *d, const struct eyas_case *c, struct eyas_recs *b,
		  struct eyas_strbuf *line)
{
	_cleanup_strbuf_ struct eyas_strbuf parts = EYAS_STRBUF_INIT;
	struct eyas_event enter, exit;
	struct eyas_decode_call call = { .enter = &enter };

	eyas_capture_enter(b, c, EYAS_CAPTURE_SNAPLEN, &enter);
	eyas_decode_enter(d, &call, &parts);
	if (c->ended) {
		eyas_capture_exit(b, c, EYAS_CAPTURE_SNAPLEN, &exit);
		call.exit = &exit;
	}
	eyas_decode_resumed(d, &call, &parts);
	eyas_decode_call(d, &call, line);
	ck_assert_str_eq(parts.buf, line->buf);
	eyas_strbuf_addc(line, ' ');
	eyas_decode_result(d, &call, line);
}

/* Returns how many lines were not as they should be. */
static unsigned int run_file(const char *file, unsigned int *ret_cases)
{
	static struct eyas_case c;
	struct eyas_cases cs;
	unsigned int bad = 0;

	ck_assert_msg(eyas_cases_open(&cs, file), "%s: cannot be read", file);
	while (eyas_cases_next(&cs, &c)) {
		struct eyas_decode_opts opts = parse_opts(c.opts);
		struct eyas_decode *d = eyas_decode_new(&opts);
		struct eyas_strbuf line = EYAS_STRBUF_INIT;
		struct eyas_recs b = { 0 };

		print(d, &c, &b, &line);
		if (strcmp(line.buf, c.expect) != 0) {
			printf("%s:%u:%s\n  want %s\n  got  %s\n", file, c.line, c.opts, c.expect,
			       line.buf);
			bad++;
		}
		(*ret_cases)++;
		eyas_strbuf_release(&line);
		eyas_recs_release(&b);
		eyas_decode_free(d);
	}
	eyas_cases_close(&cs);
	return bad;
}

START_TEST(lines)
{
	const char *only = getenv("EYAS_GOLDEN");
	unsigned int bad = 0, cases = 0;
	glob_t g = { 0 };

	ck_assert_int_eq(glob(only ? only : FILES, 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++)
		bad += run_file(g.gl_pathv[i], &cases);
	globfree(&g);
	printf("%u calls, %u not as strace prints them\n", cases, bad);
	ck_assert_uint_eq(bad, 0);
	ck_assert_msg(only || cases >= 250, "only %u cases", cases);
}
END_TEST

static void fill(TCase *tc)
{
	setenv("TZ", "UTC", 1);
	tcase_add_test(tc, lines);
}

EYAS_TEST_MAIN("decode_golden", fill)
