// SPDX-License-Identifier: Apache-2.0
/* Events as JSON objects, one a line. */
#include <jansson.h>
#include "tracing.h"

/* The next line of the output as an object, which the caller lets go; NULL: there is none. */
static json_t *next_object(char **text)
{
	char *line = *text, *end = strchr(line, '\n');
	json_error_t err;
	json_t *o;

	if (!*line)
		return NULL;
	ck_assert_ptr_nonnull(end);
	*end = '\0';
	*text = end + 1;
	o = json_loads(line, JSON_REJECT_DUPLICATES, &err);
	ck_assert_msg(o && json_is_object(o), "%s: %s", err.text, line);
	return o;
}

#define ck_member_str(o, key, want) \
	ck_assert_str_eq(json_string_value(json_object_get(o, key)), want)
#define ck_member_int(o, key, want) \
	ck_assert_int_eq(json_integer_value(json_object_get(o, key)), want)

START_TEST(calls)
{
	struct tracing s;
	json_t *o, *args;
	char *text;

	tracing_start(&s);
	s.o.form = EYAS_TRACE_JSON;
	tracing_enter(&s, SYS_close, 3);
	s.recs.time += 1000;
	tracing_leave(&s, SYS_close, -9, 3);
	tracing_enter(&s, SYS_exit_group, 2);
	tracing_exit(&s, 2 << 8, true);
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	text = s.text.buf;

	o = next_object(&text);
	ck_member_str(o, "event", "call");
	ck_member_int(o, "time", (json_int_t)EYAS_RECS_TIME);
	ck_member_int(o, "pid", 1000);
	ck_member_int(o, "tid", 1000);
	ck_member_str(o, "syscall", "close");
	ck_member_int(o, "duration", 2000);
	ck_assert(json_object_get(o, "errno") && !json_object_get(o, "unfinished"));
	args = json_object_get(o, "args");
	ck_assert_uint_eq(json_array_size(args), 1);
	ck_member_str(json_array_get(args, 0), "name", "fd");
	json_decref(o);

	o = next_object(&text);
	ck_member_str(o, "syscall", "exit_group");
	ck_assert(json_is_true(json_object_get(o, "unfinished")));
	json_decref(o);

	o = next_object(&text);
	ck_member_str(o, "event", "exit");
	ck_member_int(o, "status", 2);
	ck_assert(json_is_true(json_object_get(o, "last_thread")));
	json_decref(o);
	ck_assert_ptr_null(next_object(&text));
	tracing_stop(&s);
}
END_TEST

START_TEST(others)
{
	struct tracing s;
	json_t *o;
	char *text;

	tracing_start(&s);
	s.o.form = EYAS_TRACE_JSON;
	s.o.follow = true;
	eyas_rec_fork(&s.recs, 1001, "child");
	tracing_feed(&s);
	tracing_signal(&s, SIGALRM, 0x4000);
	eyas_rec_loss(&s.recs, EYAS_CLASS_FILE, 7);
	tracing_feed(&s);
	tracing_by(&s, 1001, 1001);
	tracing_exit(&s, SIGSEGV | 0x80, true);
	ck_assert_int_eq(eyas_trace_flush(s.t), 0);
	text = s.text.buf;

	o = next_object(&text);
	ck_member_str(o, "event", "fork");
	ck_member_int(o, "child_pid", 1001);
	ck_assert(json_is_false(json_object_get(o, "thread")));
	json_decref(o);

	o = next_object(&text);
	ck_member_str(o, "event", "signal");
	ck_assert(json_object_get(o, "signal"));
	json_decref(o);

	o = next_object(&text);
	ck_member_str(o, "event", "loss");
	ck_member_int(json_object_get(o, "lost"), "file", 7);
	ck_assert(!json_object_get(o, "pid"));
	json_decref(o);

	o = next_object(&text);
	ck_member_str(o, "event", "exit");
	ck_member_str(o, "signal", "SIGSEGV");
	ck_assert(json_is_true(json_object_get(o, "core")));
	json_decref(o);
	ck_assert_ptr_null(next_object(&text));
	tracing_stop(&s);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, calls);
	tcase_add_test(tc, others);
}

EYAS_TEST_MAIN("trace json", fill)
