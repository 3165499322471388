// SPDX-License-Identifier: Apache-2.0
/* What the kernel is asked for: all that rules test, and not much more. */
#include <check.h>
#include <string.h>
#include <sys/syscall.h>
#include "base/strbuf.h"
#include "rule/rules.h"
#include "unit.h"

static struct eyas_ruleset *load(const char *const *conds, const char *output)
{
	_cleanup_strbuf_ struct eyas_strbuf yaml = EYAS_STRBUF_INIT;
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_load_result res;
	struct eyas_rules_text text = { .name = "r.yaml" };
	struct eyas_ruleset *rs;
	int r;

	for (int i = 0; conds[i]; i++)
		eyas_strbuf_addf(&yaml, "- rule: R%d\n  desc: d\n  condition: >\n    %s\n"
				 "  output: \"%s\"\n  priority: INFO\n  enabled: %s\n", i, conds[i],
				 output, *conds[i] == ' ' ? "false" : "true");
	text.text = yaml.buf;
	text.len = yaml.len;
	r = eyas_ruleset_load(&rs, &text, 1, &opt, &res);
	ck_assert_msg(!r, "%s: %s", conds[0], res.len ? res.issues[0].msg : "?");
	eyas_load_result_release(&res);
	return rs;
}

static void derive(const char *const *conds, const char *output, struct eyas_policy *ret)
{
	struct eyas_ruleset *rs = load(conds, output);

	eyas_ruleset_policy(rs, ret);
	eyas_ruleset_free(rs);
}

#define R	EYAS_PLAN_RECORD
#define S	EYAS_PLAN_STRINGS
#define O	EYAS_PLAN_OBJECTS
#define D	EYAS_PLAN_DATA
#define NF	EYAS_PLAN_NO_FAILED
#define NO	EYAS_PLAN_NO_OK

/* A condition with a call, and the plan of that call. */
static const struct { const char *cond; int nr; uint8_t want; } plans[] = {
	{ "evt.type = openat", SYS_openat, R },
	{ "evt.type = openat", SYS_open, 0 },
	{ "evt.type = openat and fd.name = /x", SYS_openat, R | S | O },
	{ "evt.type = openat and evt.arg.name = /x", SYS_openat, R | S | O },
	{ "evt.type = openat and fs.path.name = /x", SYS_openat, R | S | O },
	{ "evt.type = openat and evt.is_open_write = true", SYS_openat, R | O },
	{ "evt.type = openat2 and evt.is_open_write = true", SYS_openat2, R | O | D },
	{ "evt.type = openat and proc.name = cat", SYS_openat, R },
	{ "evt.type = openat and tolower(fd.name) = /x", SYS_openat, R | S | O },
	{ "evt.type = openat and proc.name = val(fd.nameraw)", SYS_openat, R | S | O },
	/* Failed ones, or not. */
	{ "evt.type = openat and evt.failed = false", SYS_openat, R | NF },
	{ "evt.type = openat and evt.failed = true", SYS_openat, R | NO },
	{ "evt.type = openat and not evt.failed = true", SYS_openat, R | NF },
	{ "evt.type = openat and evt.res = SUCCESS", SYS_openat, R | NF },
	{ "evt.type = openat and evt.res != SUCCESS", SYS_openat, R | NO },
	{ "evt.type = openat and evt.rawres >= 0", SYS_openat, R | NF },
	{ "evt.type = openat and evt.rawres > -1", SYS_openat, R | NF },
	{ "evt.type = openat and evt.rawres >= -1", SYS_openat, R },
	{ "evt.type = openat and evt.rawres = 0", SYS_openat, R | NF },
	{ "evt.type = openat and evt.rawres in (0, 3)", SYS_openat, R | NF },
	{ "evt.type = openat and evt.rawres in (0, -2)", SYS_openat, R },
	{ "evt.type = openat and evt.rawres < 0", SYS_openat, R },
	{ "evt.type = openat and not evt.rawres < 0", SYS_openat, R | NF },
	{ "evt.type = openat and (evt.rawres >= 0 or proc.name = x)", SYS_openat, R },
	{ "evt.type = openat and (evt.rawres >= 0 or evt.failed = false)", SYS_openat, R | NF },
	{ "evt.type = openat and fd.num >= 0", SYS_openat, R | NF },
	{ "evt.type = openat and fd.num = -1", SYS_openat, R | NO },
	{ "evt.type = socket and fd.num >= 0", SYS_socket, R | NF },
	/* Here it is the argument, which may be fine though the call fails. */
	{ "evt.type = connect and fd.num >= 0", SYS_connect, R },
	{ "evt.type = pipe2 and fd.num >= 0", SYS_pipe2, R | D },
	{ "evt.type = fstat and fd.name = /x", SYS_fstat, R | S | O },
	{ "evt.type = mmap and evt.rawres < 0", SYS_mmap, R },
	{ "evt.type = connect and evt.failed = false", SYS_connect, R | NF },
	/* Addresses are data; what is sent comes with them. */
	{ "evt.type = connect and fd.sip = 10.0.0.1", SYS_connect, R | S | O | D },
	{ "evt.type = sendto and fd.sip = 10.0.0.1", SYS_sendto, R | S | O | D },
	{ "evt.type = read and fd.name = /x", SYS_read, R | S | O },
	{ "evt.type = read and evt.buffer contains x", SYS_read, R | D },
	{ "evt.type = write and evt.arg.data contains x", SYS_write, R | S | O | D },
	{ "evt.type = dup and fd.name = /x", SYS_dup, R | S | O },
	/* An exec that went well has a record of its own. */
	{ "evt.type = execve", SYS_execve, R | NO },
	{ "evt.type = execve and evt.failed = false", SYS_execve, 0 },
	{ "evt.type in (execve, execveat) and evt.res = SUCCESS", SYS_execveat, 0 },
	{ "evt.type = execve and evt.arg.filename = /x", SYS_execve, R | S | O | NO },
	/* No type: all of them. */
	{ "proc.name = x", SYS_getpid, R },
	{ "proc.name = x and evt.num = 0", SYS_getpid, 0 },
	{ "evt.type != openat", SYS_openat, 0 },
	{ "evt.type != openat", SYS_close, R },
	{ " evt.type = openat", SYS_openat, 0 },		/* not enabled */
};

START_TEST(plans_as_listed)
{
	const char *const conds[] = { plans[_i].cond, NULL };
	struct eyas_policy p;

	derive(conds, "x", &p);
	ck_assert_msg(p.plan[EYAS_ABI_X86_64][plans[_i].nr] == plans[_i].want, "%s: %#x, not %#x",
		      plans[_i].cond, p.plan[EYAS_ABI_X86_64][plans[_i].nr], plans[_i].want);
	ck_assert_uint_eq(p.events & EYAS_EVENT_PROCESS, EYAS_EVENT_PROCESS);
}
END_TEST

START_TEST(wishes_of_several_rules_are_met)
{
	static const char *const conds[] = {
		"evt.type = openat and evt.failed = false and fd.name = /x",
		"evt.type = openat and evt.failed = true", "evt.type = close and evt.res = SUCCESS",
		"evt.type in (close, dup) and evt.rawres = 0", NULL,
	};
	struct eyas_policy p;

	derive(conds, "x", &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_openat], R | S | O);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_close], R | NF);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_dup], R | NF);
}
END_TEST

START_TEST(outputs_count)
{
	static const char *const conds[] = { "evt.type = openat", NULL };
	struct eyas_policy p;

	derive(conds, "%fd.name", &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_openat], R | S | O);
	derive(conds, "%tolower(fs.path.name)", &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_openat], R | S | O);
	derive(conds, "%proc.name %evt.time %user.name %container.id", &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_openat], R);
}
END_TEST

/* What changes a process is recorded if a field tells it. */
static const struct { const char *cond; int nr; uint8_t want; } changes[] = {
	{ "evt.type = openat and proc.cwd = /x", SYS_chdir, R | S | O | NF },
	{ "evt.type = openat and fd.name = /x", SYS_chdir, R | S | O | NF },
	{ "evt.type = openat and fd.name = /x", SYS_fchdir, R | O | NF },
	{ "evt.type = openat and user.uid = 0", SYS_chdir, 0 },
	{ "evt.type = openat and proc.cwd = /x", SYS_chroot, R | S | NF },
	{ "evt.type = openat and proc.cwd = /x", SYS_setns, R | O | NF },
	{ "evt.type = openat and proc.cwd = /x", SYS_unshare, R | O | NF },
	/* These have records of their own. */
	{ "evt.type = openat and user.uid = 0", SYS_setuid, 0 },
	{ "evt.type = openat and proc.name = x", SYS_prctl, 0 },
	{ "evt.type = openat and proc.sid = 5", SYS_setsid, R | NF },
	/* Both wishes: of the rule, and of what is known of processes. */
	{ "evt.type = setsid and proc.sid = 0", SYS_setsid, R },
	{ "evt.type = setsid and evt.failed = true and proc.sid = 0", SYS_setsid, R },
	{ "evt.type = setsid and evt.failed = false and proc.sid = 0", SYS_setsid, R | NF },
	/* Descriptors come with the records. */
	{ "evt.type = openat and fd.name = /x", SYS_close, 0 },
	{ "evt.type = connect and fd.name = /x", SYS_dup2, 0 },
};

START_TEST(changes_as_listed)
{
	const char *const conds[] = { changes[_i].cond, NULL };
	struct eyas_policy p;

	derive(conds, "x", &p);
	ck_assert_msg(p.plan[EYAS_ABI_X86_64][changes[_i].nr] == changes[_i].want,
		      "%s: %#x", changes[_i].cond, p.plan[EYAS_ABI_X86_64][changes[_i].nr]);
}
END_TEST

START_TEST(other_abis_and_unknown_calls)
{
	static const char *const typed[] = { "evt.type in (openat, setuid)", NULL };
	static const char *const any[] = { "proc.name = x", NULL };
	static const char *const unknown[] = { "evt.type = syscall", NULL };
	struct eyas_policy p;

	derive(typed, "x", &p);
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (int nr = 0; nr < EYAS_NR_MAX; nr++) {
			const struct eyas_syscall *sc = eyas_syscall_by_nr(abi, nr);
			/* Other names of a call are of its type, too: setuid32. */
			bool want = sc && (sc->evtype == SYS_openat || sc->evtype == SYS_setuid);

			ck_assert_uint_eq(p.plan[abi][nr], want ? R : 0);
		}
	}
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][EYAS_NR_MAX - 1], 0);
	ck_assert_uint_eq(p.other[EYAS_ABI_X86_64], 0);

	derive(any, "x", &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][EYAS_NR_MAX - 1], R);
	ck_assert_uint_eq(p.other[EYAS_ABI_IA32], R);

	derive(unknown, "x", &p);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][EYAS_NR_MAX - 1], R);
	ck_assert_uint_eq(p.other[EYAS_ABI_X86_64], R);
	ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][SYS_openat], 0);
}
END_TEST

START_TEST(life_and_signals)
{
	static const char *const signals[] = { "evt.type = signaldeliver", NULL };
	static const char *const ends[] = { "evt.type = procexit", NULL };
	struct eyas_policy p;

	derive(ends, "x", &p);
	ck_assert_uint_eq(p.events, EYAS_EVENT_PROCESS);
	derive(signals, "x", &p);
	ck_assert_uint_eq(p.events, EYAS_EVENT_PROCESS | EYAS_EVENT_SIGNAL);
	for (int nr = 0; nr < EYAS_NR_MAX; nr++)
		ck_assert_uint_eq(p.plan[EYAS_ABI_X86_64][nr], 0);
}
END_TEST

START_TEST(credentials_and_names)
{
	static const char *const ends[] = { "evt.type = procexit", NULL };
	struct eyas_policy p;

	derive(ends, "%user.name", &p);
	ck_assert_uint_eq(p.events, EYAS_EVENT_PROCESS | EYAS_EVENT_CREDS);
	derive(ends, "%thread.cap_effective", &p);
	ck_assert_uint_eq(p.events, EYAS_EVENT_PROCESS | EYAS_EVENT_CREDS);
	derive(ends, "%proc.aname[2]", &p);
	ck_assert_uint_eq(p.events, EYAS_EVENT_PROCESS | EYAS_EVENT_COMM);
	derive(ends, "%fd.num %container.id", &p);
	ck_assert_uint_eq(p.events, EYAS_EVENT_PROCESS);
}
END_TEST

static const struct { const char *cond, *output; bool want; } fds[] = {
	{ "evt.type = openat and fd.name = /x", "%fd.num %evt.args", false },
	{ "evt.type in (read, dup, connect) and fd.type = file", "%fd.name", false },
	{ "evt.type = socket", "%evt.args", false },
	{ "evt.type = close", "%evt.num", false },
	{ "evt.type = close and fd.name = /x", "x", true },
	{ "evt.type = close_range", "%fd.name", true },
	{ "evt.type = openat and fd.types[0] = ipv4", "x", true },
	{ "evt.type = openat", "%proc.stdin.name", true },
	{ "evt.type = sendfile", "%evt.args", true },
	{ "evt.type = sendfile", "%fd.name", false },
	{ "evt.type = dup2", "%evt.info", true },
	{ "evt.type = poll", "%evt.args", true },
	{ "evt.type = poll and evt.arg.fds contains 5", "x", true },
	{ "evt.type = dup2 and evt.arg.oldfd = 5", "x", true },
	{ "evt.type = dup2", "%evt.rawres", false },
	{ "evt.type in (openat, open_by_handle_at) and evt.arg.flags contains x", "x", false },
	{ " evt.type = close and fd.name = /x", "x", false },	/* not enabled */
};

START_TEST(descriptors_are_kept_if_asked_for)
{
	const char *const conds[] = { fds[_i].cond, NULL };
	struct eyas_ruleset *rs = load(conds, fds[_i].output);

	ck_assert_msg(eyas_ruleset_needs_fds(rs) == fds[_i].want, "%s: %s", fds[_i].cond,
		      fds[_i].output);
	eyas_ruleset_free(rs);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, plans_as_listed, 0, sizeof(plans) / sizeof(plans[0]));
	tcase_add_test(tc, wishes_of_several_rules_are_met);
	tcase_add_test(tc, outputs_count);
	tcase_add_loop_test(tc, changes_as_listed, 0, sizeof(changes) / sizeof(changes[0]));
	tcase_add_test(tc, other_abis_and_unknown_calls);
	tcase_add_test(tc, life_and_signals);
	tcase_add_test(tc, credentials_and_names);
	tcase_add_loop_test(tc, descriptors_are_kept_if_asked_for, 0, sizeof(fds) / sizeof(fds[0]));
}

EYAS_TEST_MAIN("demand", fill)
