// SPDX-License-Identifier: Apache-2.0
/* Calls as JSON: what members there are, and that any call makes one object. */
#include <glob.h>
#include <jansson.h>
#include <string.h>
#include "capture.h"
#include "decode/decode.h"
#include "unit.h"

#define FILES "tests/golden/decode/*.test"

static void print(struct eyas_decode *d, const struct eyas_case *c, struct eyas_recs *b,
		  struct eyas_strbuf *out)
{
	struct eyas_event enter, exit;
	struct eyas_decode_call call = { .enter = &enter };

	eyas_capture_enter(b, c, EYAS_CAPTURE_SNAPLEN, &enter);
	if (c->ended) {
		eyas_capture_exit(b, c, EYAS_CAPTURE_SNAPLEN, &exit);
		call.exit = &exit;
	}
	eyas_strbuf_addc(out, '{');
	eyas_decode_json(d, &call, out);
	eyas_strbuf_addc(out, '}');
}

/* ---- all calls ---- */

static void check_object(const char *file, const struct eyas_case *c, const char *text)
{
	json_error_t err;
	json_t *o = json_loads(text, JSON_REJECT_DUPLICATES, &err), *args, *arg;
	size_t i;

	ck_assert_msg(o, "%s:%u: %s at %d: %s", file, c->line, err.text, err.position, text);
	ck_assert(json_is_string(json_object_get(o, "syscall")));
	ck_assert(json_is_string(json_object_get(o, "abi")));
	ck_assert_int_eq(json_is_integer(json_object_get(o, "ret")), c->ended);
	args = json_object_get(o, "args");
	ck_assert(json_is_array(args));
	json_array_foreach(args, i, arg)
	{
		ck_assert_msg(json_object_size(arg) == 4, "%s:%u: %s", file, c->line, text);
		ck_assert(json_is_string(json_object_get(arg, "name")));
		ck_assert(json_is_string(json_object_get(arg, "type")));
		ck_assert(json_is_string(json_object_get(arg, "raw")));
		ck_assert(json_object_get(arg, "value"));
	}
	json_decref(o);
}

static unsigned int check_file(const char *file)
{
	static struct eyas_case c;
	static const struct eyas_decode_opts opts[] = {
		EYAS_DECODE_OPTS_INIT,
		{ .strsize = 3, .xlat = EYAS_DECODE_VERBOSE, .hex = EYAS_DECODE_HEX_ALL },
		{ .strsize = 100, .xlat = EYAS_DECODE_RAW, .verbose = true, .fds = 2 },
		{ .raw = true },
		{ .no_structs = true, .names = true },
	};
	struct eyas_cases cs;
	unsigned int n = 0;

	ck_assert_msg(eyas_cases_open(&cs, file), "%s: cannot be read", file);
	for (; eyas_cases_next(&cs, &c); n++) {
		const struct eyas_decode_opts *o = &opts[n % (sizeof(opts) / sizeof(opts[0]))];
		struct eyas_decode *d = eyas_decode_new(o);
		struct eyas_strbuf out = EYAS_STRBUF_INIT;
		struct eyas_recs b = { 0 };

		print(d, &c, &b, &out);
		check_object(file, &c, out.buf);
		eyas_strbuf_release(&out);
		eyas_recs_release(&b);
		eyas_decode_free(d);
	}
	eyas_cases_close(&cs);
	return n;
}

START_TEST(well_formed)
{
	const char *only = getenv("EYAS_GOLDEN");
	unsigned int cases = 0;
	glob_t g = { 0 };

	ck_assert_int_eq(glob(only ? only : FILES, 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++)
		cases += check_file(g.gl_pathv[i]);
	globfree(&g);
	ck_assert_msg(only || cases >= 250, "only %u cases", cases);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, well_formed);
}

EYAS_TEST_MAIN("decode_json", fill)
