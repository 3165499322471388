// SPDX-License-Identifier: Apache-2.0
/* Lists of names: in the order that finding relies on, and there is one for each row. */
#include <string.h>
#include "base/util.h"
#include "decode/struct.h"
#include "decode/xlat.h"
#include "event/syscall.h"
#include "unit.h"

static const struct eyas_xlat *const lists[] = {
#define BITS(list, unknown) &eyas_xlat_##list,
#define ENUM(list, unknown) &eyas_xlat_##list,
#define X(name, value)
#define END
#include "decode/xlat/all.h"
};

START_TEST(enums_ascend)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(lists); i++) {
		const struct eyas_xlat *x = lists[i];

		for (uint16_t k = 1; !x->bits && k < x->n; k++)
			ck_assert_msg(x->v[k - 1].v < x->v[k].v, "%s: %s after %s", x->name,
				      x->v[k].name, x->v[k - 1].name);
	}
}
END_TEST

/* Bits are taken away by the names that come first. */
START_TEST(bits_are_reached)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(lists); i++) {
		const struct eyas_xlat *x = lists[i];

		for (uint16_t k = 0; x->bits && k < x->n; k++) {
			for (uint16_t j = 0; j < k; j++)
				ck_assert_msg(!x->v[j].v || (x->v[j].v & ~x->v[k].v),
					      "%s: %s is hidden by %s", x->name, x->v[k].name,
					      x->v[j].name);
		}
	}
}
END_TEST

START_TEST(names)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(lists); i++) {
		const struct eyas_xlat *x = lists[i];

		ck_assert_msg(x->n, "%s is empty", x->name);
		ck_assert_ptr_eq(eyas_xlat_find(x->name), x);
		for (uint16_t k = 0; k < x->n; k++) {
			ck_assert_uint_eq(x->v[k].len, strlen(x->v[k].name));
			if (!x->bits)
				ck_assert_ptr_eq(eyas_xlat_get(x, x->v[k].v), &x->v[k]);
		}
	}
	ck_assert_ptr_null(eyas_xlat_find("no_such_list"));
	ck_assert_ptr_null(eyas_xlat_get(&eyas_xlat_whence, 5));
	ck_assert_ptr_null(eyas_xlat_get(&eyas_xlat_whence, UINT64_MAX));
}
END_TEST

/* What has code of its own instead. */
static bool is_special(const char *aux)
{
	static const char *const special[] = {
		"bpf_attr", "clone_args",  "fd_set",	      "mmap_args", "mmsghdr",
		"protocol", "select_args", "socketcall_args", "sockopt",
	};

	for (size_t i = 0; i < EYAS_ARRAY_LEN(special); i++) {
		if (strcmp(special[i], aux) == 0)
			return true;
	}
	return false;
}

static void check_arg(const struct eyas_syscall *sc, const struct eyas_syscall_arg *a)
{
	if (is_special(a->aux))
		return;
	switch (a->kind) {
	case EYAS_KIND_FLAGS:
	case EYAS_KIND_ENUM:
	case EYAS_KIND_CMD:
		ck_assert_msg(eyas_xlat_find(a->aux), "%s: no list %s", sc->name, a->aux);
		break;
	case EYAS_KIND_INSTRUCT:
	case EYAS_KIND_OUTSTRUCT:
	case EYAS_KIND_IOSTRUCT:
	case EYAS_KIND_INARRAY:
	case EYAS_KIND_OUTARRAY:
	case EYAS_KIND_IOARRAY:
		ck_assert_msg(eyas_dec_struct_find(a->aux), "%s: no struct %s", sc->name, a->aux);
		break;
	}
}

START_TEST(rows_have_lists)
{
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		unsigned int len;
		const struct eyas_syscall *rows = eyas_syscall_table(abi, &len);

		for (unsigned int i = 0; i < len; i++)
			for (unsigned int k = 0; rows[i].name && k < rows[i].nargs; k++)
				check_arg(&rows[i], &rows[i].args[k]);
	}
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, enums_ascend);
	tcase_add_test(tc, bits_are_reached);
	tcase_add_test(tc, names);
	tcase_add_test(tc, rows_have_lists);
}

EYAS_TEST_MAIN("decode_lists", fill)
