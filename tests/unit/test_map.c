// SPDX-License-Identifier: Apache-2.0
/* Maps: against a plain array as the truth, through growth, deletion and collisions. */
#include <check.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/map.h"
#include "unit.h"

#define KEYS	512

static int values[KEYS];

/* Every key is there exactly if it should be, alone and when walking through. */
static void check_map(const struct eyas_map *m, const bool *in, uint64_t step)
{
	size_t pos = 0, n = 0, want = 0;
	uint64_t key;
	void *val;

	for (uint64_t k = 0; k < KEYS; k++) {
		ck_assert_ptr_eq(eyas_map_get(m, k * step), in[k] ? &values[k] : NULL);
		want += in[k];
	}
	ck_assert_uint_eq(m->len, want);
	while (eyas_map_next(m, &pos, &key, &val)) {
		ck_assert_uint_eq(key % step, 0);
		ck_assert_ptr_eq(val, &values[key / step]);
		n++;
	}
	ck_assert_uint_eq(n, want);
}

START_TEST(numbers_come_and_go)
{
	static const uint64_t steps[] = { 1, 16, 4096, 1ULL << 32, 1ULL << 48 };
	struct eyas_map m = { 0 };
	bool in[KEYS] = { false };
	unsigned int seed = 7;

	for (int i = 0; i < 20000; i++) {
		size_t k = (size_t)rand_r(&seed) % KEYS;
		uint64_t key = k * steps[_i];

		if (rand_r(&seed) % 2) {
			ck_assert_int_eq(eyas_map_set(&m, key, &values[k]), 0);
			in[k] = true;
		} else {
			ck_assert_ptr_eq(eyas_map_del(&m, key), in[k] ? &values[k] : NULL);
			in[k] = false;
		}
		if (i % 500 == 0)
			check_map(&m, in, steps[_i]);
	}
	check_map(&m, in, steps[_i]);
	eyas_map_release(&m);
	ck_assert_ptr_null(eyas_map_get(&m, 0));
}
END_TEST

START_TEST(values_are_replaced)
{
	struct eyas_map m = { 0 };
	int a, b;

	ck_assert_ptr_null(eyas_map_get(&m, 1));
	ck_assert_ptr_null(eyas_map_del(&m, 1));
	ck_assert_int_eq(eyas_map_set(&m, 0, &a), 0);
	ck_assert_int_eq(eyas_map_set(&m, 0, &b), 0);
	ck_assert_int_eq(eyas_map_set(&m, UINT64_MAX, &a), 0);
	ck_assert_int_eq(eyas_map_set(&m, 1, NULL), -EINVAL);
	ck_assert_uint_eq(m.len, 2);
	ck_assert_ptr_eq(eyas_map_get(&m, 0), &b);
	ck_assert_ptr_eq(eyas_map_get(&m, UINT64_MAX), &a);
	eyas_map_release(&m);
}
END_TEST

static size_t key_of(size_t k, char *buf, size_t size)
{
	/* Lengths from 0 on, and some that differ only behind a NUL. */
	if (k == 0)
		return 0;
	snprintf(buf, size, "%zu-%zu", k / 8, k);
	if (k % 8 == 1)
		buf[1] = '\0';
	return strlen(buf) + (k % 8 == 1 ? 5 : 0);
}

static void check_strmap(const struct eyas_strmap *m, const bool *in)
{
	size_t pos = 0, n = 0, want = 0, len;
	const char *key;
	char buf[32];
	void *val;

	for (size_t k = 0; k < KEYS; k++) {
		memset(buf, 0, sizeof(buf));
		len = key_of(k, buf, sizeof(buf));
		ck_assert_ptr_eq(eyas_strmap_get(m, buf, len), in[k] ? &values[k] : NULL);
		want += in[k];
	}
	ck_assert_uint_eq(m->len, want);
	while (eyas_strmap_next(m, &pos, &key, &len, &val)) {
		ck_assert_int_eq(key[len], '\0');
		ck_assert_ptr_eq(eyas_strmap_get(m, key, len), val);
		n++;
	}
	ck_assert_uint_eq(n, want);
}

START_TEST(strings_come_and_go)
{
	struct eyas_strmap m = { 0 };
	bool in[KEYS] = { false };
	unsigned int seed = 9;
	char buf[32];

	for (int i = 0; i < 20000; i++) {
		size_t k = (size_t)rand_r(&seed) % KEYS, len;

		memset(buf, 0, sizeof(buf));
		len = key_of(k, buf, sizeof(buf));
		if (rand_r(&seed) % 2) {
			ck_assert_int_eq(eyas_strmap_set(&m, buf, len, &values[k]), 0);
			in[k] = true;
		} else {
			ck_assert_ptr_eq(eyas_strmap_del(&m, buf, len), in[k] ? &values[k] : NULL);
			in[k] = false;
		}
		if (i % 500 == 0)
			check_strmap(&m, in);
	}
	check_strmap(&m, in);
	ck_assert_int_eq(eyas_strmap_set(&m, "x", 1, NULL), -EINVAL);
	eyas_strmap_release(&m);
	ck_assert_ptr_null(eyas_strmap_get(&m, "x", 1));
	ck_assert_ptr_null(eyas_strmap_del(&m, "x", 1));
}
END_TEST

START_TEST(hashes_depend_on_every_byte_and_the_length)
{
	unsigned char buf[40] = { 0 };
	uint64_t last = 1;

	for (size_t len = 0; len <= sizeof(buf); len++) {
		uint64_t h = eyas_hash_bytes(buf, len);

		ck_assert_uint_ne(h, last);
		last = h;
		for (size_t i = 0; i < len; i++) {
			buf[i] = 1;
			ck_assert_uint_ne(eyas_hash_bytes(buf, len), h);
			buf[i] = 0;
		}
		ck_assert_uint_eq(eyas_hash_bytes(buf, len), h);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, numbers_come_and_go, 0, 5);
	tcase_add_test(tc, values_are_replaced);
	tcase_add_test(tc, strings_come_and_go);
	tcase_add_test(tc, hashes_depend_on_every_byte_and_the_length);
}

EYAS_TEST_MAIN("map", fill)
