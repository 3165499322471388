// SPDX-License-Identifier: Apache-2.0
/*
 * Live rings, with a file in place of the device: mapping, merging, draining,
 * what is told as lost, and a module that lies.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "fakering.h"
#include "records.h"
#include "source/clock.h"
#include "source/source_rings.h"
#include "unit.h"

#define PAGE	4096U
#define CPUS	3
#define RINGS	(CPUS * EYAS_LANE_MAX)
#define SIZE	16384U
#define SLOT	(2 * PAGE + 2 * SIZE)
#define FILE_LEN (2 * PAGE + RINGS * SLOT)

/* The kernel's side. CPU 2 has no rings at first. */
static struct kernel {
	int fd;
	unsigned char *mem;
	struct eyas_session_page *page;
	struct eyas_fakering rings[RINGS];
	struct eyas_policy policy;	/* as last set */
	int sets, closes, refuse;
} k;

static struct eyas_source *src;
static struct eyas_recs b;
static struct eyas_event ev;
static struct eyas_err err;

static int on_set(void *arg, uint32_t session, const struct eyas_policy *p, struct eyas_err *e)
{
	struct kernel *kernel = arg;

	ck_assert_uint_eq(session, 7);
	if (kernel->refuse)
		return eyas_err_set(e, kernel->refuse, "no");
	kernel->sets++;
	kernel->policy = *p;
	return 0;
}

static void on_close(void *arg)
{
	((struct kernel *)arg)->closes++;
}

static struct eyas_ring_geometry *geometry(unsigned int i)
{
	return (void *)(k.mem + k.page->rings_offset + i * k.page->rings_stride);
}

static void add_ring(unsigned int i)
{
	unsigned char *at = k.mem + 2 * PAGE + i * SLOT;

	eyas_fakering_init(&k.rings[i], i / EYAS_LANE_MAX, i % EYAS_LANE_MAX, SIZE, at, at + PAGE);
	k.rings[i].geo.consumer_offset = (uint64_t)(at - k.mem);
	k.rings[i].geo.producer_offset = (uint64_t)(at - k.mem) + PAGE;
	*geometry(i) = k.rings[i].geo;
	__atomic_fetch_add(&k.page->generation, 1, __ATOMIC_RELEASE);
}

static void setup(void)
{
	memset(&k, 0, sizeof(k));
	memset(&b, 0, sizeof(b));
	memset(&err, 0, sizeof(err));
	src = NULL;
	k.fd = memfd_create("eyas", MFD_CLOEXEC);
	ck_assert_int_ge(k.fd, 0);
	ck_assert_int_eq(ftruncate(k.fd, FILE_LEN), 0);
	k.mem = mmap(NULL, FILE_LEN, PROT_READ | PROT_WRITE, MAP_SHARED, k.fd, 0);
	ck_assert_ptr_ne(k.mem, MAP_FAILED);
	k.page = (void *)k.mem;
	*k.page = (struct eyas_session_page){
		.abi_version = EYAS_ABI_VERSION, .page_size = PAGE, .session = 7, .cpus = CPUS,
		.lanes = EYAS_LANE_MAX, .generation = 1, .rings_offset = PAGE - 80,
		.rings_stride = 48, .map_size = 2 * PAGE,
	};
	for (unsigned int i = 0; i < 2 * EYAS_LANE_MAX; i++)
		add_ring(i);
}

static void teardown(void)
{
	eyas_source_close(src);
	eyas_recs_release(&b);
	munmap(k.mem, FILE_LEN);
}

static int attach(void)
{
	const struct eyas_rings_control ctl = { on_set, on_close, &k };
	struct eyas_policy p;

	eyas_policy_init(&p);
	p.events = EYAS_EVENT_ALL;
	p.bulk_size = p.crit_size = SIZE;
	eyas_policy_add(&p, "openat", EYAS_PLAN_STRINGS);
	return eyas_source_rings_attach(&src, k.fd, &ctl, &p, &err);
}

static void open_rings(void)
{
	ck_assert_msg(attach() == 0, "%s", err.msg);
}

/* An exit of @pid, now. */
static bool put(unsigned int ring, uint32_t pid)
{
	eyas_recs_reset(&b);
	eyas_rec_by(&b, pid);
	eyas_rec_exit(&b, 0);
	b.last->time = eyas_clock_now(CLOCK_MONOTONIC_RAW);
	return eyas_fakering_put(&k.rings[ring], b.last, EYAS_CLASS_PROCESS);
}

static void settle(void)
{
	static const struct timespec t = { .tv_nsec = 1000000 };

	nanosleep(&t, NULL);
}

static void next_is(uint32_t pid)
{
	ck_assert_msg(eyas_source_next(src, &ev, &err) == 1, "%s", err.msg);
	ck_assert_uint_eq(ev.pid, pid);
}

START_TEST(events_of_all_rings_come_in_order)
{
	uint64_t real;

	open_rings();
	ck_assert_int_eq(k.sets, 1);
	ck_assert_uint_eq(k.policy.bulk_size, SIZE);
	ck_assert_uint_eq(k.policy.plan[EYAS_ABI_X86_64][257],
			  EYAS_PLAN_RECORD | EYAS_PLAN_STRINGS);
	ck_assert_int_eq(eyas_source_fd(src), k.fd);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	put(1, 501);
	put(2, 502);
	put(0, 503);
	put(2, 504);
	settle();
	for (uint32_t i = 1; i <= 4; i++) {
		next_is(500 + i);
		ck_assert_uint_eq(ev.num, i);
		ck_assert_uint_eq(ev.cpu, i == 2 || i == 4 ? 1 : 0);
		ck_assert_uint_eq(ev.lane, i == 1 ? EYAS_LANE_BULK : EYAS_LANE_CRIT);
	}
	real = eyas_clock_now(CLOCK_REALTIME);
	ck_assert_uint_le(ev.time, real + 1000000);
	ck_assert_uint_ge(ev.time, real - 10000000000ULL);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	for (unsigned int i = 0; i < 4; i++)
		ck_assert_uint_eq(k.rings[i].cons->tail, k.rings[i].head);
	ck_assert_uint_eq(src->stats.events, 4);
	eyas_source_close(src);
	src = NULL;
	ck_assert_int_eq(k.closes, 1);
	ck_assert_int_eq(fcntl(k.fd, F_GETFD), -1);
}
END_TEST

START_TEST(rings_of_new_cpus_are_found)
{
	open_rings();
	put(0, 1);
	settle();
	next_is(1);
	add_ring(5);
	put(5, 2);
	settle();
	next_is(2);
	ck_assert_uint_eq(ev.cpu, 2);
	add_ring(4);
	put(5, 3);
	put(4, 4);
	settle();
	next_is(3);
	next_is(4);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
}
END_TEST

START_TEST(loss_comes_in_its_place_and_is_counted)
{
	uint32_t n = 0, lost = 0;

	open_rings();
	while (put(0, n + 1))
		n++;
	for (lost = 1; lost < 10; lost++)
		ck_assert(!put(0, 0));
	settle();
	for (uint32_t i = 0; i < n; i++)
		next_is(i + 1);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	ck_assert(put(0, 4000));
	settle();
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_ptr_nonnull(ev.loss);
	ck_assert_uint_eq(ev.loss->count[EYAS_CLASS_PROCESS], lost);
	next_is(4000);
	ck_assert_uint_eq(src->stats.lost, 10);
	ck_assert_uint_eq(src->stats.loss_events, 1);
	ck_assert_uint_eq(src->stats.events, n + 1);
}
END_TEST

START_TEST(a_policy_may_change_but_not_the_rings)
{
	struct eyas_policy p;

	open_rings();
	eyas_policy_init(&p);
	p.bulk_size = p.crit_size = 1U << 20;
	eyas_policy_add(&p, "ptrace", 0);
	ck_assert_int_eq(eyas_source_set_policy(src, &p, &err), 0);
	ck_assert_int_eq(k.sets, 2);
	ck_assert_uint_eq(k.policy.bulk_size, 0);
	ck_assert_uint_eq(k.policy.crit_size, 0);
	ck_assert_uint_eq(k.policy.plan[EYAS_ABI_X86_64][101], EYAS_PLAN_RECORD);
	k.refuse = -EBUSY;
	ck_assert_int_eq(eyas_source_set_policy(src, &p, &err), -EBUSY);
	ck_assert_str_eq(err.msg, "no");
	ck_assert_int_eq(eyas_source_drain(src, &err), -EBUSY);
}
END_TEST

START_TEST(draining_gives_what_is_left_then_what_was_lost)
{
	uint32_t n = 0;

	open_rings();
	while (put(1, n + 1))
		n++;
	put(3, 9999);
	ck_assert_int_eq(eyas_source_drain(src, &err), 0);
	ck_assert_int_eq(eyas_source_drain(src, &err), 0);
	ck_assert_int_eq(k.sets, 2);
	ck_assert_uint_eq(k.policy.events, 0);
	/* No waiting: nothing can come that is older. */
	for (uint32_t i = 0; i < n; i++)
		next_is(i + 1);
	next_is(9999);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 1);
	ck_assert_uint_eq(ev.type, EYAS_REC_LOSS);
	ck_assert_uint_eq(ev.loss->count[EYAS_CLASS_PROCESS], 1);
	ck_assert_uint_eq(ev.rec->seq, n + 1);
	ck_assert_uint_eq(ev.cpu, 0);
	ck_assert_uint_eq(ev.lane, EYAS_LANE_BULK);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -ENODATA);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -ENODATA);
	ck_assert_uint_eq(src->stats.events + src->stats.lost, n + 2);
}
END_TEST

START_TEST(a_bad_record_is_final)
{
	open_rings();
	put(0, 1);
	eyas_recs_reset(&b);
	eyas_rec_exit(&b, 0);
	b.last->time = eyas_clock_now(CLOCK_MONOTONIC_RAW);
	b.last->abi = 77;
	eyas_fakering_put(&k.rings[0], b.last, EYAS_CLASS_PROCESS);
	put(2, 3);
	settle();
	next_is(1);
	for (int i = 0; i < 2; i++) {
		memset(&err, 0, sizeof(err));
		ck_assert_int_eq(eyas_source_next(src, &ev, &err), -EBADMSG);
		ck_assert_str_eq(err.msg, "ring of CPU 0 (crit), offset 48: byte 6: ABI 77 is "
				 "unknown");
	}
	ck_assert_int_eq(eyas_source_next(src, &ev, NULL), -EBADMSG);
}
END_TEST

START_TEST(poison_is_told_and_the_others_go_on)
{
	open_rings();
	k.rings[1].prod->state = EYAS_RING_STATE_POISONED;
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -EIO);
	ck_assert_ptr_nonnull(strstr(err.msg, "ring of CPU 0 (bulk) is poisoned"));
	put(2, 5);
	settle();
	next_is(5);
}
END_TEST

/* ---- opening ---- */

static void expect_refused(int code, const char *want)
{
	ck_assert_int_eq(attach(), code);
	ck_assert_ptr_nonnull(strstr(err.msg, want));
	ck_assert_ptr_null(src);
	/* All was taken over, all is gone. */
	ck_assert_int_eq(k.closes, 1);
	ck_assert_int_eq(fcntl(k.fd, F_GETFD), -1);
}

START_TEST(another_version_is_refused)
{
	k.page->abi_version = 9;
	expect_refused(-EPROTO, "the module speaks version 9 of the interface, this program 2; "
		       "install both from one release");
	ck_assert_int_eq(k.sets, 0);
}
END_TEST

static void lie_page_size(void) { k.page->page_size = 512; }
static void lie_stride(void) { k.page->rings_stride = 32; }
static void lie_stride_odd(void) { k.page->rings_stride = 44; }
static void lie_offset(void) { k.page->rings_offset = PAGE - 81; }
static void lie_offset_far(void) { k.page->rings_offset = 2 * PAGE; }
static void lie_offset_huge(void) { k.page->rings_offset = UINT32_MAX - 7; }
static void lie_cpus(void) { k.page->cpus = 1000; }
static void lie_cpus_huge(void) { k.page->cpus = UINT32_MAX; }
static void lie_lanes(void) { k.page->lanes = 3; }
static void lie_stride_huge(void) { k.page->rings_stride = 1U << 31; }

static void (*const lies[])(void) = {
	lie_page_size, lie_stride, lie_stride_odd, lie_offset, lie_offset_far, lie_offset_huge,
	lie_cpus, lie_cpus_huge, lie_lanes, lie_stride_huge,
};

START_TEST(a_page_that_makes_no_sense_is_refused)
{
	lies[_i]();
	expect_refused(-EPROTO, "the session page makes no sense");
}
END_TEST

START_TEST(a_ring_that_makes_no_sense_is_refused)
{
	geometry(3)->data_size = 12345;
	expect_refused(-EPROTO, "cannot use the ring of CPU 1, lane 1: size 12345");
}
END_TEST

START_TEST(a_policy_refused_is_told)
{
	k.refuse = -EINVAL;
	expect_refused(-EINVAL, "no");
}
END_TEST

START_TEST(modules_are_asked_for_what_they_can)
{
	struct eyas_policy p;

	open_rings();
	ck_assert_uint_eq(k.policy.events,
			  EYAS_EVENT_ALL & ~(EYAS_EVENT_CREDS | EYAS_EVENT_COMM));
	ck_assert_uint_ne(k.policy.plan[EYAS_ABI_X86_64][SYS_setuid], 0);
	k.page->features = EYAS_FEATURE_SIGNALS;
	eyas_policy_init(&p);
	p.events = EYAS_EVENT_ALL;
	ck_assert_int_eq(eyas_source_set_policy(src, &p, &err), 0);
	ck_assert_uint_eq(k.policy.events, EYAS_EVENT_ALL);
	ck_assert_uint_eq(k.policy.plan[EYAS_ABI_X86_64][SYS_setuid], 0);
	k.page->features = 0;
	ck_assert_int_eq(eyas_source_set_policy(src, &p, &err), 0);
	ck_assert_uint_eq(k.policy.events,
			  EYAS_EVENT_ALL & ~(EYAS_EVENT_CREDS | EYAS_EVENT_COMM));
}
END_TEST

START_TEST(no_cpus_no_events)
{
	k.page->cpus = 0;
	open_rings();
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), 0);
	ck_assert_int_eq(eyas_source_drain(src, &err), 0);
	ck_assert_int_eq(eyas_source_next(src, &ev, &err), -ENODATA);
}
END_TEST

static void fill(TCase *tc)
{
	if (sysconf(_SC_PAGESIZE) != PAGE) {
		eyas_test_skip("the fake device is laid out for pages of 4096 bytes");
		return;
	}
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, events_of_all_rings_come_in_order);
	tcase_add_test(tc, rings_of_new_cpus_are_found);
	tcase_add_test(tc, loss_comes_in_its_place_and_is_counted);
	tcase_add_test(tc, a_policy_may_change_but_not_the_rings);
	tcase_add_test(tc, draining_gives_what_is_left_then_what_was_lost);
	tcase_add_test(tc, a_bad_record_is_final);
	tcase_add_test(tc, poison_is_told_and_the_others_go_on);
	tcase_add_test(tc, another_version_is_refused);
	tcase_add_loop_test(tc, a_page_that_makes_no_sense_is_refused, 0,
			    sizeof(lies) / sizeof(lies[0]));
	tcase_add_test(tc, a_ring_that_makes_no_sense_is_refused);
	tcase_add_test(tc, a_policy_refused_is_told);
	tcase_add_test(tc, modules_are_asked_for_what_they_can);
	tcase_add_test(tc, no_cpus_no_events);
}

EYAS_TEST_MAIN("source_rings", fill)
