// SPDX-License-Identifier: Apache-2.0
/* Files that somebody edits in all the ways there are; time is the test's own. */
#include "base/filewatch.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "unit.h"

#define SETTLE	100

static char dir[64];
static struct eyas_filewatch *fw;
static uint64_t now;
static struct eyas_err err;

/* Run by a shell in the folder of the test. */
static void sh(const char *what)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		if (chdir(dir) == 0)
			execl("/bin/sh", "sh", "-ec", what, NULL);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}

static void watch(const char *a, const char *b)
{
	char pa[128], pb[128];
	const char *paths[] = { pa, pb };

	snprintf(pa, sizeof(pa), "%s/%s", dir, a);
	snprintf(pb, sizeof(pb), "%s/%s", dir, b ? b : a);
	ck_assert_int_eq(eyas_filewatch_open(&fw, paths, b ? 2 : 1, SETTLE, &err), 0);
}

static void setup(void)
{
	snprintf(dir, sizeof(dir), "/tmp/eyas-filewatch.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	sh("mkdir d && echo 1 >d/a && echo 1 >d/b && echo 1 >f");
	fw = NULL;
	now = 5000;
}

static void teardown(void)
{
	eyas_filewatch_close(fw);
	sh("rm -rf \"$PWD\"");
}

static bool readable(void)
{
	struct pollfd p = { .fd = eyas_filewatch_fd(fw), .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

/* Told once: after it was looked at and had stayed so for the settle time. */
static void changes(void)
{
	ck_assert(readable());
	ck_assert(!eyas_filewatch_changed(fw, now));
	ck_assert(!readable());
	ck_assert_int_eq(eyas_filewatch_timeout(fw, now), SETTLE);
	now += SETTLE - 1;
	ck_assert(!eyas_filewatch_changed(fw, now));
	ck_assert_int_eq(eyas_filewatch_timeout(fw, now), 1);
	now += 1;
	ck_assert(eyas_filewatch_changed(fw, now));
	ck_assert(!eyas_filewatch_changed(fw, now));
	ck_assert_int_eq(eyas_filewatch_timeout(fw, now), -1);
}

/* Whatever happened, it is not told. */
static void stays(void)
{
	for (int i = 0; i < 5; i++, now += SETTLE)
		ck_assert(!eyas_filewatch_changed(fw, now));
	ck_assert_int_eq(eyas_filewatch_timeout(fw, now), -1);
}

START_TEST(nothing_happens)
{
	watch("f", "d");
	ck_assert(!readable());
	ck_assert_int_eq(eyas_filewatch_timeout(fw, now), -1);
	stays();
}
END_TEST

/* clang-format off */
static const char *const edits[] = {
	"echo 2 >>f",			/* in place */
	"echo 2 >t && mv t f",		/* an editor's way */
	"mv f f~ && echo 1 >f",		/* another one's */
	"rm f",
	"rm f && mkdir f",
	"echo 3 >g && ln -f g f",
	"ln -sf d/a f",
	"chmod 0 f",
	"echo 2 >>d/a",
	"echo 2 >d/t && mv d/t d/a",
	"echo 2 >d/c",
	"rm d/b",
	"mv d/a d/x",
	"mv d e && mkdir d",
	"rm -r d",
	"mkdir n && echo 9 >n/z && mv d o && mv n d",
};
/* clang-format on */

START_TEST(an_edit_is_told_once)
{
	watch("f", "d");
	sh(edits[_i]);
	changes();
	stays();
}
END_TEST

START_TEST(and_so_is_the_next_one)
{
	watch("f", "d");
	for (int i = 0; i < 3; i++) {
		sh("echo 2 >t && mv t f");
		changes();
		sh("rm -rf d && mkdir d && echo 3 >d/y");
		changes();
		sh("echo 4 >>d/y");
		changes();
	}
}
END_TEST

START_TEST(what_happens_beside_it_is_nothing)
{
	watch("f", NULL);
	sh("echo 1 >other; mv other another; rm another; : >d/a; cat f >/dev/null");
	stays();
	eyas_filewatch_close(fw);
	watch("d", NULL);
	sh("echo 1 >>f; echo 1 >d/.hidden");
	stays();
}
END_TEST

START_TEST(several_at_once_are_one)
{
	watch("f", "d");
	sh("mv f g && mv g h && mv h f && echo 1 >>d/a && rm d/b");
	changes();
	stays();
}
END_TEST

START_TEST(noise_beside_it_does_not_put_it_off)
{
	int told = 0;

	watch("f", NULL);
	sh("echo 2 >>f");
	for (int i = 0; i < 30; i++, now += SETTLE / 5) {
		sh("echo 1 >noise");
		told += eyas_filewatch_changed(fw, now);
	}
	ck_assert_int_eq(told, 1);
}
END_TEST

START_TEST(what_does_not_settle_is_waited_for)
{
	watch("f", NULL);
	for (int i = 0; i < 10; i++, now += SETTLE) {
		sh("echo 2 >>f");
		ck_assert(!eyas_filewatch_changed(fw, now));
	}
	ck_assert(eyas_filewatch_changed(fw, now));
}
END_TEST

START_TEST(links_are_followed_to_what_they_lead_to)
{
	/* As volumes of Kubernetes are turned: by the link of a folder in between. */
	sh("mkdir v1 v2 && echo 1 >v1/r && echo 2 >v2/r && ln -s v1 data && ln -s data/r rules");
	watch("rules", NULL);
	sh("ln -s v2 tmp && mv -T tmp data");
	changes();
	sh("echo 3 >>v2/r");
	changes();
	sh("echo 3 >>v1/r");
	stays();
}
END_TEST

START_TEST(what_is_not_there_may_come)
{
	watch("later", NULL);
	sh("echo 1 >later");
	changes();
	eyas_filewatch_close(fw);
	watch("no/such/file", NULL);
	ck_assert_int_eq(eyas_filewatch_timeout(fw, now), 0);
	ck_assert(!eyas_filewatch_changed(fw, now));
	now += SETTLE;
	ck_assert(!eyas_filewatch_changed(fw, now));
	/* Nothing there can be watched: it is looked at now and then. */
	ck_assert_int_eq(eyas_filewatch_timeout(fw, now), 1000 - SETTLE);
	sh("mkdir -p no/such && echo 1 >no/such/file");
	now += 1000 - SETTLE;
	ck_assert(!eyas_filewatch_changed(fw, now));
	ck_assert(eyas_filewatch_changed(fw, now + SETTLE));
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, nothing_happens);
	tcase_add_loop_test(tc, an_edit_is_told_once, 0, sizeof(edits) / sizeof(edits[0]));
	tcase_add_test(tc, and_so_is_the_next_one);
	tcase_add_test(tc, what_happens_beside_it_is_nothing);
	tcase_add_test(tc, several_at_once_are_one);
	tcase_add_test(tc, noise_beside_it_does_not_put_it_off);
	tcase_add_test(tc, what_does_not_settle_is_waited_for);
	tcase_add_test(tc, links_are_followed_to_what_they_lead_to);
	tcase_add_test(tc, what_is_not_there_may_come);
}

EYAS_TEST_MAIN("filewatch", fill)
