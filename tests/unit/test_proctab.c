// SPDX-License-Identifier: Apache-2.0
/* The process table: lineage, ends, reuse of pids, bounds, and texts of images. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include "enrich/procfs.h"
#include "enrich/proctab.h"
#include "unit.h"

static struct eyas_proctab t;

static void setup(void)
{
	eyas_proctab_init(&t, 100, 10);
}

static void teardown(void)
{
	eyas_proctab_release(&t);
	ck_assert_uint_eq(t.pool.bytes, 0);
}

static struct eyas_entry *add(uint32_t pid, struct eyas_entry *parent)
{
	struct eyas_entry *e = NULL;

	ck_assert_int_eq(eyas_proctab_add(&t, pid, parent, &e), 0);
	ck_assert_ptr_eq(eyas_proctab_find(&t, pid), e);
	return e;
}

START_TEST(entries_are_found_by_pid)
{
	struct eyas_entry *a = add(1, NULL), *b = add(2, a);

	ck_assert_ptr_eq(eyas_proctab_find(&t, 1), a);
	ck_assert_ptr_null(eyas_proctab_find(&t, 3));
	ck_assert_ptr_null(eyas_proctab_find(&t, 0));
	ck_assert_ptr_eq(b->parent, a);
	ck_assert_ptr_eq(a->first_child, b);
	ck_assert_uint_eq(a->p.children, 1);
	ck_assert_uint_eq(b->p.vpid, 2);
	ck_assert_uint_eq(b->p.loginuid, UINT32_MAX);
	ck_assert_uint_eq(t.nlive, 2);
}
END_TEST

START_TEST(ended_processes_stay_as_ancestors)
{
	struct eyas_entry *a = add(1, NULL), *b = add(2, a), *c = add(3, b);

	eyas_proctab_exit(&t, b);
	ck_assert(b->p.exited);
	ck_assert_uint_eq(a->p.children, 0);
	ck_assert_ptr_eq(c->parent, b);
	ck_assert_ptr_eq(b->parent, a);
	ck_assert_ptr_eq(eyas_proctab_find(&t, 2), b);
	eyas_proctab_exit(&t, b);	/* twice is once */
	ck_assert_uint_eq(t.nlive, 2);
	ck_assert_uint_eq(t.ndead, 1);
}
END_TEST

START_TEST(a_pid_used_again_is_another_process)
{
	struct eyas_entry *old = add(5, NULL), *child = add(6, old), *new = add(5, NULL);

	ck_assert_ptr_ne(new, old);
	ck_assert(old->p.exited);
	ck_assert_ptr_eq(child->parent, old);
	ck_assert_ptr_null(new->first_child);
	ck_assert_uint_eq(t.nlive, 2);
	ck_assert_uint_eq(t.ndead, 1);
	/* Without children nobody needs the old one. */
	old = new;
	new = add(5, NULL);
	ck_assert_ptr_null(new->parent);
	ck_assert_uint_eq(t.ndead, 1);
	/* The parent of a child with its own pid: vfork of a pid that wrapped. */
	old = new;
	new = add(5, old);
	ck_assert_ptr_eq(new->parent, old);
	ck_assert(old->p.exited);
}
END_TEST

START_TEST(lineage_has_no_loops)
{
	struct eyas_entry *a = add(1, NULL), *b = add(2, a), *c = add(3, b);

	eyas_proctab_set_parent(&t, a, c);
	ck_assert_ptr_null(a->parent);
	eyas_proctab_set_parent(&t, a, a);
	ck_assert_ptr_null(a->parent);
	eyas_proctab_set_parent(&t, c, a);	/* has one already */
	ck_assert_ptr_eq(c->parent, b);
	eyas_proctab_set_parent(&t, a, NULL);
	ck_assert_ptr_null(a->parent);
}
END_TEST

START_TEST(the_dead_without_descendants_go_first)
{
	struct eyas_entry *init = add(1, NULL), *kept = add(2, init);

	add(3, kept);
	eyas_proctab_exit(&t, kept);
	for (uint32_t pid = 100; pid < 150; pid++)
		eyas_proctab_exit(&t, add(pid, init));
	ck_assert_uint_eq(t.ndead, 10);
	ck_assert_ptr_eq(eyas_proctab_find(&t, 2), kept);
	ck_assert_ptr_null(eyas_proctab_find(&t, 100));
	ck_assert_ptr_null(eyas_proctab_find(&t, 140));
	ck_assert_ptr_nonnull(eyas_proctab_find(&t, 141));
	ck_assert_ptr_nonnull(eyas_proctab_find(&t, 149));
	ck_assert_uint_eq(t.evicted_dead, 0);
}
END_TEST

START_TEST(ancestors_go_when_all_dead_are_ancestors)
{
	struct eyas_entry *e[20];

	for (uint32_t i = 0; i < 20; i++) {
		e[i] = add(100 + i, NULL);
		add(200 + i, e[i]);
	}
	for (uint32_t i = 0; i < 20; i++)
		eyas_proctab_exit(&t, e[i]);
	ck_assert_uint_eq(t.ndead, 10);
	ck_assert_uint_eq(t.evicted_dead, 10);
	ck_assert_ptr_null(eyas_proctab_find(&t, 100));
	ck_assert_ptr_null(eyas_proctab_find(&t, 200)->parent);
	ck_assert_ptr_eq(eyas_proctab_find(&t, 219)->parent, e[19]);
}
END_TEST

START_TEST(only_what_was_dropped_is_counted)
{
	eyas_proctab_release(&t);
	eyas_proctab_init(&t, 100, 0);
	/* The one that ends now is needed for its event: there is nothing to drop. */
	eyas_proctab_exit(&t, add(1, NULL));
	ck_assert_uint_eq(t.ndead, 1);
	ck_assert_uint_eq(t.evicted_dead, 0);
	eyas_proctab_exit(&t, add(2, NULL));
	ck_assert_uint_eq(t.ndead, 1);
	ck_assert_ptr_null(eyas_proctab_find(&t, 1));
	ck_assert_uint_eq(t.evicted_dead, 0);
}
END_TEST

START_TEST(a_dead_parent_is_dropped_after_its_last_child)
{
	struct eyas_entry *init = add(1, NULL), *p = add(2, init), *c = add(3, p);

	eyas_proctab_exit(&t, p);
	eyas_proctab_exit(&t, c);
	for (uint32_t pid = 100; pid < 130; pid++)
		eyas_proctab_exit(&t, add(pid, init));
	ck_assert_ptr_null(eyas_proctab_find(&t, 3));
	ck_assert_ptr_null(eyas_proctab_find(&t, 2));
	ck_assert_uint_eq(t.ndead, 10);
	ck_assert_uint_eq(t.evicted_dead, 0);
}
END_TEST

START_TEST(the_living_stay_within_bounds)
{
	struct eyas_entry *init = add(1, NULL), *shell = add(2, init);

	add(3, shell);
	for (uint32_t pid = 100; pid < 1000; pid++) {
		struct eyas_entry *e = add(pid, init);

		/* The busy are passed over for the idle. */
		e->used = pid % 2;
		init->used = shell->used = true;
		ck_assert_uint_le(t.nlive, 100);
	}
	ck_assert_uint_eq(t.nlive, 100);
	ck_assert_uint_eq(t.evicted_live, 803);
	ck_assert_ptr_eq(eyas_proctab_find(&t, 1), init);
	ck_assert_ptr_eq(eyas_proctab_find(&t, 2), shell);
	ck_assert_uint_eq(init->p.children, 98 + (eyas_proctab_find(&t, 3) == NULL));
}
END_TEST

static struct eyas_task task(uint32_t ns_pid, uint32_t vpid, uint64_t start)
{
	return (struct eyas_task){ .ns_pid = ns_pid, .vpid = vpid, .start_time = start };
}

START_TEST(first_processes_of_namespaces_are_known)
{
	struct eyas_entry *e = add(50, NULL);
	struct eyas_task one = task(77, 1, 5), two = task(88, 1, 5), three = task(88, 2, 5);

	eyas_proctab_set_task(&t, e, &one);
	ck_assert_ptr_eq(eyas_map_get(&t.ns_init, 77), e);
	eyas_proctab_set_task(&t, e, &two);
	ck_assert_ptr_null(eyas_map_get(&t.ns_init, 77));
	ck_assert_ptr_eq(eyas_map_get(&t.ns_init, 88), e);
	eyas_proctab_set_task(&t, add(51, e), &three);
	ck_assert_ptr_eq(eyas_map_get(&t.ns_init, 88), e);
	/* Gone with its entry. */
	eyas_proctab_exit(&t, eyas_proctab_find(&t, 51));
	eyas_proctab_exit(&t, e);
	for (uint32_t pid = 100; pid < 130; pid++)
		eyas_proctab_exit(&t, add(pid, NULL));
	ck_assert_ptr_null(eyas_map_get(&t.ns_init, 88));
}
END_TEST

START_TEST(start_times_name_processes)
{
	struct eyas_entry *e = add(1, NULL);
	struct eyas_task exact = task(0, 1, 123456789012ULL);

	ck_assert(eyas_proctab_is_same(e, 5));	/* nothing known speaks against it */
	eyas_proctab_set_task(&t, e, &exact);
	ck_assert(eyas_proctab_is_same(e, 123456789012ULL));
	ck_assert(!eyas_proctab_is_same(e, 123456789013ULL));
	ck_assert(eyas_proctab_is_same(e, 0));
	exact.start_time = 123450000000ULL;
	eyas_proctab_set_task(&t, e, &exact);
	e->coarse = true;
	ck_assert(eyas_proctab_is_same(e, 123456789012ULL));
	ck_assert(eyas_proctab_is_same(e, 123459999999ULL));
	ck_assert(!eyas_proctab_is_same(e, 123460000000ULL));
	ck_assert(!eyas_proctab_is_same(e, 123449999999ULL));
}
END_TEST

/* ---- images ---- */

#define TEXT(s)	{ s, sizeof(s) - 1 }

static const struct {
	const char *comm;
	struct eyas_text argv;
	const char *exe, *args, *exeline, *cmdline;
} argvs[] = {
	{ "cat", TEXT("cat\0/etc/passwd\0"), "cat", "/etc/passwd", "cat /etc/passwd",
	  "cat /etc/passwd" },
	{ "sh", TEXT("/bin/sh\0-c\0echo hi\0"), "/bin/sh", "-c echo hi", "/bin/sh -c echo hi",
	  "sh -c echo hi" },
	{ "sh", TEXT("-sh\0"), "-sh", "", "-sh", "sh" },
	{ "sh", TEXT("-sh"), "-sh", "", "-sh", "sh" },
	{ "x", TEXT("x\0\0y\0"), "x", " y", "x  y", "x  y" },
	{ "x", TEXT("\0"), "", "", "", "x" },
	{ "x", TEXT("\0a\0"), "", "a", " a", "x a" },
	{ "cut", TEXT("cut\0-d"), "cut", "-d", "cut -d", "cut -d" },
	{ "exactly15chars!", TEXT("p\0a\0"), "p", "a", "p a", "exactly15chars! a" },
};

START_TEST(command_lines_are_put_together)
{
	struct eyas_entry *e = add(1, NULL);
	struct eyas_image_spec spec = {
		.comm = argvs[_i].comm, .argv = argvs[_i].argv, .exepath = TEXT("/bin/x"),
		.exename = TEXT("./x"), .envp = TEXT("A=1\0B=2\0"),
	};
	struct eyas_image *im = eyas_image_create(&spec);
	char comm[16] = "";

	memcpy(comm, argvs[_i].comm, strlen(argvs[_i].comm));
	ck_assert_ptr_nonnull(im);
	ck_assert_int_eq(eyas_proctab_set_image(e, im, comm), 0);
	eyas_image_unref(im);
	ck_assert_bytes_eq(e->p.exe.p, e->p.exe.len, argvs[_i].exe);
	ck_assert_bytes_eq(e->p.args.p, e->p.args.len, argvs[_i].args);
	ck_assert_bytes_eq(e->p.exeline.p, e->p.exeline.len, argvs[_i].exeline);
	ck_assert_bytes_eq(e->p.cmdline.p, e->p.cmdline.len, argvs[_i].cmdline);
	ck_assert_bytes_eq(e->p.comm.p, e->p.comm.len, argvs[_i].comm);
	ck_assert_bytes_eq(e->p.exepath.p, e->p.exepath.len, "/bin/x");
	ck_assert_bytes_eq(e->p.exename.p, e->p.exename.len, "./x");
	ck_assert_uint_eq(e->p.envp.len, 7);
	ck_assert_mem_eq(e->p.envp.p, "A=1\0B=2", 7);
	ck_assert_ptr_null(e->p.cwd.p);
}
END_TEST

START_TEST(what_is_not_known_is_null)
{
	struct eyas_entry *e = add(1, NULL);
	struct eyas_image_spec spec = { .comm = "kworker" };
	struct eyas_image *im = eyas_image_create(&spec);

	ck_assert_ptr_nonnull(im);
	ck_assert_int_eq(eyas_proctab_set_image(e, im, "kworker\0\0\0\0\0\0\0\0"), 0);
	eyas_image_unref(im);
	ck_assert_ptr_null(e->p.exepath.p);
	ck_assert_ptr_null(e->p.argv.p);
	ck_assert_ptr_null(e->p.exe.p);
	ck_assert_bytes_eq(e->p.cmdline.p, e->p.cmdline.len, "kworker");
	ck_assert_ptr_null(e->p.exe_file);
}
END_TEST

START_TEST(names_change_and_change_back)
{
	struct eyas_entry *e = add(1, NULL), *child;
	struct eyas_image_spec spec = { .comm = "bash", .argv = TEXT("bash\0-l\0") };
	struct eyas_image *im = eyas_image_create(&spec);

	ck_assert_ptr_nonnull(im);
	ck_assert_int_eq(eyas_proctab_set_image(e, im, "bash\0\0\0\0\0\0\0\0\0\0\0"), 0);
	eyas_image_unref(im);
	child = add(2, e);
	ck_assert_int_eq(eyas_proctab_set_image(child, e->image, e->comm), 0);
	ck_assert_int_eq(eyas_proctab_set_comm(e, "kworker/0:1", 11), 0);
	ck_assert_bytes_eq(e->p.comm.p, e->p.comm.len, "kworker/0:1");
	ck_assert_bytes_eq(e->p.cmdline.p, e->p.cmdline.len, "kworker/0:1 -l");
	ck_assert_bytes_eq(child->p.cmdline.p, child->p.cmdline.len, "bash -l");
	/* At most 15 bytes count, and what is behind a NUL does not. */
	ck_assert_int_eq(eyas_proctab_set_comm(e, "0123456789abcdefgh", 18), 0);
	ck_assert_bytes_eq(e->p.comm.p, e->p.comm.len, "0123456789abcde");
	ck_assert_int_eq(eyas_proctab_set_comm(e, "a\0b", 3), 0);
	ck_assert_bytes_eq(e->p.comm.p, e->p.comm.len, "a");
	ck_assert_int_eq(eyas_proctab_set_comm(e, "", 0), 0);
	ck_assert_bytes_eq(e->p.cmdline.p, e->p.cmdline.len, " -l");
	ck_assert_int_eq(eyas_proctab_set_comm(e, "bash", 4), 0);
	ck_assert_ptr_eq(e->p.cmdline.p, e->image->cmdline.p);
	/* Without an image the name is all there is. */
	e = add(3, NULL);
	ck_assert_int_eq(eyas_proctab_set_comm(e, "x", 1), 0);
	ck_assert_bytes_eq(e->p.cmdline.p, e->p.cmdline.len, "x");
}
END_TEST

START_TEST(images_live_as_long_as_someone_has_them)
{
	struct eyas_entry *a = add(1, NULL), *b = add(2, a);
	struct eyas_image_spec spec = { .comm = "x", .argv = TEXT("x\0") };
	struct eyas_image *im = eyas_image_create(&spec);
	struct eyas_shared *cwd = eyas_shared_create("/tmp", 4);

	ck_assert_ptr_nonnull(im);
	ck_assert_ptr_nonnull(cwd);
	ck_assert_int_eq(eyas_proctab_set_image(a, im, "x\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 0);
	ck_assert_int_eq(eyas_proctab_set_image(b, im, "x\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 0);
	ck_assert_uint_eq(im->refs, 3);
	eyas_image_unref(im);
	eyas_image_unref(NULL);
	eyas_proctab_set_cwd(a, cwd);
	eyas_proctab_set_cwd(b, eyas_shared_ref(cwd));
	ck_assert_bytes_eq(b->p.cwd.p, b->p.cwd.len, "/tmp");
	add(1, NULL);		/* the old one is dropped or kept as an ancestor */
	ck_assert_bytes_eq(b->p.exe.p, b->p.exe.len, "x");
	eyas_proctab_set_cwd(b, NULL);
	ck_assert_ptr_null(b->p.cwd.p);
}
END_TEST

/* Everything at random; the sanitizers and the sums judge. */
START_TEST(random_life_stays_consistent)
{
	unsigned int seed = 23;

	for (int i = 0; i < 100000; i++) {
		uint32_t pid = 1 + (uint32_t)rand_r(&seed) % 300;
		struct eyas_entry *e = eyas_proctab_find(&t, pid), *p;
		struct eyas_task tk = task(1 + pid % 5, pid % 7 ? pid : 1, (uint64_t)i + 1);
		size_t live = 0, dead = 0;

		p = eyas_proctab_find(&t, 1 + (uint32_t)rand_r(&seed) % 300);
		switch (rand_r(&seed) % 4) {
		case 0:
		case 1:
			e = add(pid, p);
			eyas_proctab_set_task(&t, e, &tk);
			break;
		case 2:
			if (e)
				eyas_proctab_exit(&t, e);
			break;
		default:
			if (e)
				eyas_proctab_set_parent(&t, e, p);
			break;
		}
		ck_assert_uint_le(t.nlive, 101);
		ck_assert_uint_le(t.ndead, 11);
		if (i % 1000)
			continue;
		for (struct eyas_link *l = t.live.next; l != &t.live; l = l->next)
			live++;
		for (struct eyas_link *l = t.kept.next; l != &t.kept; l = l->next)
			dead++;
		for (struct eyas_link *l = t.leaves.next; l != &t.leaves; l = l->next)
			dead++;
		ck_assert_uint_eq(live, t.nlive);
		ck_assert_uint_eq(dead, t.ndead);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, entries_are_found_by_pid);
	tcase_add_test(tc, ended_processes_stay_as_ancestors);
	tcase_add_test(tc, a_pid_used_again_is_another_process);
	tcase_add_test(tc, lineage_has_no_loops);
	tcase_add_test(tc, the_dead_without_descendants_go_first);
	tcase_add_test(tc, ancestors_go_when_all_dead_are_ancestors);
	tcase_add_test(tc, only_what_was_dropped_is_counted);
	tcase_add_test(tc, a_dead_parent_is_dropped_after_its_last_child);
	tcase_add_test(tc, the_living_stay_within_bounds);
	tcase_add_test(tc, first_processes_of_namespaces_are_known);
	tcase_add_test(tc, start_times_name_processes);
	tcase_add_loop_test(tc, command_lines_are_put_together, 0,
			    sizeof(argvs) / sizeof(argvs[0]));
	tcase_add_test(tc, what_is_not_known_is_null);
	tcase_add_test(tc, names_change_and_change_back);
	tcase_add_test(tc, images_live_as_long_as_someone_has_them);
	tcase_add_test(tc, random_life_stays_consistent);
}

EYAS_TEST_MAIN("proctab", fill)
