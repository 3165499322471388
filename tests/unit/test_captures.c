// SPDX-License-Identifier: Apache-2.0
/* How calls are captured, against what the module does with their rows. */
#include "event/captures.h"
#include "unit.h"

static const struct {
	const char *name;
	unsigned int in, out, strings, objects, commands, addresses;
	bool result;
	const char *caller;
} rows[] = {
	{ "open", 0x01, 0, 0x01, 0, 0, 0, true, NULL },
	{ "openat", 0x02, 0, 0x02, 0, 0, 0, true, NULL },
	{ "read", 0, 0x02, 0, 0x01, 0, 0, false, NULL },
	{ "write", 0x02, 0, 0, 0x01, 0, 0, false, NULL },
	{ "close", 0, 0, 0, 0, 0, 0, false, NULL },
	{ "poll", 0x01, 0x01, 0, 0, 0, 0, false, NULL },
	{ "execve", 0x07, 0, 0x07, 0, 0, 0, false, NULL },
	{ "renameat", 0x0a, 0, 0x0a, 0x05, 0, 0, false, NULL },
	{ "kill", 0, 0, 0, 0x01, 0, 0, false, NULL },
	{ "munmap", 0, 0, 0, 0, 0, 0x01, false, NULL },
	{ "getpid", 0, 0, 0, 0, 0, 0, false, NULL },
	{ "unshare", 0, 0, 0, 0, 0, 0, false, "namespaces" },
	{ "setresuid", 0, 0, 0, 0, 0, 0, false, "credentials" },
	{ "recvmsg", 0, 0x02, 0, 0x01, 0, 0, false, NULL },
	{ "sendto", 0x12, 0, 0, 0x01, 0, 0, false, NULL },
};

START_TEST(test_row)
{
	const struct eyas_syscall *sc = eyas_syscall_by_name(EYAS_ABI_X86_64, rows[_i].name);
	struct eyas_captures c;

	ck_assert_ptr_nonnull(sc);
	c = eyas_captures_of(sc);
	ck_assert_uint_eq(c.in, rows[_i].in);
	ck_assert_uint_eq(c.out, rows[_i].out);
	ck_assert_uint_eq(c.strings, rows[_i].strings);
	ck_assert_uint_eq(c.objects, rows[_i].objects);
	ck_assert_uint_eq(c.addresses, rows[_i].addresses);
	ck_assert(c.result == rows[_i].result);
	ck_assert_pstr_eq(c.caller, rows[_i].caller);
}
END_TEST

/* Each kind of argument has words if, and only if, memory is behind it. */
START_TEST(test_kinds)
{
	for (unsigned int k = 0; k < EYAS_KIND_MAX; k++)
		ck_assert_msg((eyas_captures_kind((uint8_t)k) != NULL) == (k >= EYAS_KIND_PATH),
			      "kind %u", k);
	ck_assert_ptr_null(eyas_captures_kind(EYAS_KIND_MAX));
}
END_TEST

START_TEST(test_commands)
{
	static const char *const names[] = { "ioctl", "fcntl", "prctl", "keyctl", "shmctl" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct eyas_syscall *sc = eyas_syscall_by_name(EYAS_ABI_X86_64, names[i]);

		ck_assert_msg(eyas_captures_of(sc).commands != 0, "%s", names[i]);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, test_row, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tc, test_kinds);
	tcase_add_test(tc, test_commands);
}

EYAS_TEST_MAIN("captures", fill)
