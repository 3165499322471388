/* SPDX-License-Identifier: Apache-2.0 */
/* Names of addresses from a hosts file. */
#include <string.h>
#include "enrich/hosts.h"
#include "fakeroot.h"
#include "unit.h"

static void create(struct eyas_fakeroot *r, struct eyas_hosts *h, const char *text)
{
	eyas_fakeroot_create(r);
	if (text)
		eyas_fakeroot_file(r, "etc/hosts", text);
	ck_assert_int_eq(eyas_hosts_init(h, r->dir), 0);
	h->recheck_ns = 0;
}

static void release(struct eyas_fakeroot *r, struct eyas_hosts *h)
{
	eyas_hosts_release(h);
	eyas_fakeroot_remove(r);
}

/* All names of an IPv4 address, in order, with blanks between; "" if it has none. */
static const char *names(struct eyas_hosts *h, uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
	static char text[256];
	const uint8_t addr[4] = { a, b, c, d };

	text[0] = '\0';
	for (const struct eyas_host *n = eyas_hosts_by_addr(h, addr, 4); n; n = n->next)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s",
			 *text ? " " : "", n->name);
	return text;
}

START_TEST(lines)
{
	static const uint8_t loopback[16] = { [15] = 1 };
	struct eyas_fakeroot r;
	struct eyas_hosts h;

	create(&r, &h, "127.0.0.1\tlocalhost\n"
	       "# 10.0.0.9 comment\n"
	       "  10.0.0.1  one two\tthree # four\r\n"
	       "10.0.0.1 five\n"
	       "\n"
	       "10.0.0.2\n"
	       "10.0.0 short\n"
	       "name 10.0.0.3\n"
	       "::1 six\n"
	       "10.0.0.4 last");
	ck_assert_str_eq(names(&h, 127, 0, 0, 1), "localhost");
	/* The first is the first, the others come as they come. */
	ck_assert_str_eq(names(&h, 10, 0, 0, 1), "one five three two");
	ck_assert_str_eq(names(&h, 10, 0, 0, 2), "");
	ck_assert_str_eq(names(&h, 10, 0, 0, 3), "");
	ck_assert_str_eq(names(&h, 10, 0, 0, 9), "");
	ck_assert_str_eq(names(&h, 10, 0, 0, 4), "last");
	ck_assert_str_eq(eyas_hosts_by_addr(&h, loopback, 16)->name, "six");
	ck_assert_ptr_null(eyas_hosts_by_addr(&h, loopback, 4));
	release(&r, &h);
}
END_TEST

START_TEST(changes)
{
	struct eyas_fakeroot r;
	struct eyas_hosts h;

	create(&r, &h, NULL);
	ck_assert_str_eq(names(&h, 10, 0, 0, 1), "");
	eyas_fakeroot_file(&r, "etc/hosts", "10.0.0.1 a\n");
	ck_assert_str_eq(names(&h, 10, 0, 0, 1), "a");
	eyas_fakeroot_file(&r, "etc/hosts", "10.0.0.1 longer\n");
	ck_assert_str_eq(names(&h, 10, 0, 0, 1), "longer");
	eyas_fakeroot_unlink(&r, "etc/hosts");
	ck_assert_str_eq(names(&h, 10, 0, 0, 1), "");
	release(&r, &h);
}
END_TEST

/* A list of everything that is bad, as people have: many names of one address. */
START_TEST(many_names)
{
	const uint8_t zero[4] = { 0 };
	struct eyas_fakeroot r;
	struct eyas_hosts h;
	size_t n = 0, size = 50000 * 24 + 1;
	char *text = calloc(1, size);

	ck_assert_ptr_nonnull(text);
	for (size_t i = 0, len = 0; i < 50000; i++)
		len += (size_t)snprintf(text + len, size - len, "0.0.0.0 h%zu.bad\n", i);
	create(&r, &h, text);
	for (const struct eyas_host *i = eyas_hosts_by_addr(&h, zero, 4); i; i = i->next)
		n++;
	ck_assert_uint_eq(n, 50000);
	release(&r, &h);
	free(text);
}
END_TEST

START_TEST(no_file)
{
	struct eyas_fakeroot r;
	struct eyas_hosts h;

	create(&r, &h, NULL);
	eyas_fakeroot_file(&r, "etc/hosts/is/a/folder", "");
	ck_assert_str_eq(names(&h, 10, 0, 0, 1), "");
	release(&r, &h);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, lines);
	tcase_add_test(tc, changes);
	tcase_add_test(tc, many_names);
	tcase_add_test(tc, no_file);
}

EYAS_TEST_MAIN("hosts", fill)
