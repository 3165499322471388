// SPDX-License-Identifier: Apache-2.0
/* What operators do with two values: small functions and a table of them. */
#include "rule/test.h"

#include <string.h>
#include "rule/glob.h"

#define SHORT_MAX	16	/* bytes of a text that is looked for byte by byte */

/* ---- text and bytes ---- */

static bool text_eq(const struct eyas_value *a, const struct eyas_const *b)
{
	return a->s.len == b->v.s.len && (!a->s.len || !memcmp(a->s.p, b->v.s.p, a->s.len));
}

static bool text_ne(const struct eyas_value *a, const struct eyas_const *b)
{
	return !text_eq(a, b);
}

/* strcmp's order. */
static int text_order(const struct eyas_value *a, const struct eyas_const *b)
{
	size_t n = a->s.len < b->v.s.len ? a->s.len : b->v.s.len;
	int d = n ? memcmp(a->s.p, b->v.s.p, n) : 0;

	if (d || a->s.len == b->v.s.len)
		return d;
	return a->s.len < b->v.s.len ? -1 : 1;
}

/* For short texts in short texts much faster than memmem(), for others much slower. */
static bool has_short(const char *s, size_t len, const char *want, size_t n)
{
	const char *end = s + len - n + 1;

	while (s < end && (s = memchr(s, *want, (size_t)(end - s)))) {
		/* One more byte tells most of the others from it, without a call. */
		if (s[n - 1] == want[n - 1] && !memcmp(s, want, n))
			return true;
		s++;
	}
	return false;
}

static bool text_contains(const struct eyas_value *a, const struct eyas_const *b)
{
	size_t n = b->v.s.len;

	if (n > a->s.len || !n)
		return !n;
	if (n <= SHORT_MAX)
		return has_short(a->s.p, a->s.len, b->v.s.p, n);
	return memmem(a->s.p, a->s.len, b->v.s.p, n);
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool text_icontains(const struct eyas_value *a, const struct eyas_const *b)
{
	size_t n = b->v.s.len;

	if (n > a->s.len)
		return false;
	for (size_t i = 0; i + n <= a->s.len; i++) {
		size_t j = 0;

		while (j < n && fold(a->s.p[i + j]) == fold(b->v.s.p[j]))
			j++;
		if (j == n)
			return true;
	}
	return false;
}

static bool text_startswith(const struct eyas_value *a, const struct eyas_const *b)
{
	size_t n = b->v.s.len;

	return !n || (a->s.len >= n && !memcmp(a->s.p, b->v.s.p, n));
}

static bool text_endswith(const struct eyas_value *a, const struct eyas_const *b)
{
	size_t n = b->v.s.len;

	return !n || (a->s.len >= n && !memcmp(a->s.p + a->s.len - n, b->v.s.p, n));
}

static bool text_glob(const struct eyas_value *a, const struct eyas_const *b)
{
	return eyas_glob_match(b->v.s.p, b->v.s.len, a->s.p, a->s.len, false);
}

static bool text_iglob(const struct eyas_value *a, const struct eyas_const *b)
{
	return eyas_glob_match(b->v.s.p, b->v.s.len, a->s.p, a->s.len, true);
}

static bool text_regex(const struct eyas_value *a, const struct eyas_const *b)
{
	return b->re && eyas_regexp_match(b->re, a->s.p, a->s.len);
}

/* ---- order ---- */

static int int_order(const struct eyas_value *a, const struct eyas_const *b)
{
	return (a->i > b->v.i) - (a->i < b->v.i);
}

static int uint_order(const struct eyas_value *a, const struct eyas_const *b)
{
	return (a->u > b->v.u) - (a->u < b->v.u);
}

static bool num_eq(const struct eyas_value *a, const struct eyas_const *b)
{
	return a->u == b->v.u;
}

static bool num_ne(const struct eyas_value *a, const struct eyas_const *b)
{
	return a->u != b->v.u;
}

#define ORDER(type)									\
	static bool type##_lt(const struct eyas_value *a, const struct eyas_const *b)	\
	{										\
		return type##_order(a, b) < 0;						\
	}										\
	static bool type##_le(const struct eyas_value *a, const struct eyas_const *b)	\
	{										\
		return type##_order(a, b) <= 0;						\
	}										\
	static bool type##_gt(const struct eyas_value *a, const struct eyas_const *b)	\
	{										\
		return type##_order(a, b) > 0;						\
	}										\
	static bool type##_ge(const struct eyas_value *a, const struct eyas_const *b)	\
	{										\
		return type##_order(a, b) >= 0;						\
	}

ORDER(text)
ORDER(int)
ORDER(uint)

/* Not by an order function: nothing compares with not-a-number. */
#define DOUBLE(name, op)								\
	static bool double_##name(const struct eyas_value *a, const struct eyas_const *b) \
	{										\
		return a->d op b->v.d;							\
	}

DOUBLE(lt, <)
DOUBLE(le, <=)
DOUBLE(gt, >)
DOUBLE(ge, >=)
DOUBLE(eq, ==)
DOUBLE(ne, !=)

/* ---- addresses ---- */

static bool same_bits(const uint8_t *a, const uint8_t *b, unsigned int bits)
{
	uint8_t mask = (uint8_t)(0xff00U >> (bits % 8));

	if (memcmp(a, b, bits / 8) != 0)
		return false;
	return !(bits % 8) || !((a[bits / 8] ^ b[bits / 8]) & mask);
}

/* An address given as IPv4 in IPv6 counts as IPv4. */
static const uint8_t *addr_of(const struct eyas_value *v, uint8_t *ret_family)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	*ret_family = v->ip.family;
	if (v->ip.family != 6 || memcmp(v->ip.addr, mapped, sizeof(mapped)) != 0)
		return v->ip.addr;
	*ret_family = 4;
	return v->ip.addr + 12;
}

static bool net_has(const struct eyas_value *a, const struct eyas_const *b)
{
	uint8_t family;
	const uint8_t *addr = addr_of(a, &family);

	return family == b->v.ip.family && same_bits(addr, b->v.ip.addr, b->v.ip.prefix);
}

static bool net_lacks(const struct eyas_value *a, const struct eyas_const *b)
{
	return !net_has(a, b);
}

static bool ip_eq(const struct eyas_value *a, const struct eyas_const *b)
{
	uint8_t fa, fb;
	const uint8_t *pa = addr_of(a, &fa), *pb = addr_of(&b->v, &fb);

	return fa == fb && same_bits(pa, pb, fa == 4 ? 32 : 128);
}

static bool ip_ne(const struct eyas_value *a, const struct eyas_const *b)
{
	return !ip_eq(a, b);
}

/* ---- the table ---- */

enum class { CLASS_NONE, CLASS_TEXT, CLASS_INT, CLASS_UINT, CLASS_DOUBLE, CLASS_IP, CLASS_NET,
	     CLASS_MAX };

/* clang-format off */
static const uint8_t class_of[] = {
	[EYAS_T_NONE] = CLASS_NONE,
	[EYAS_T_STRING] = CLASS_TEXT, [EYAS_T_BYTES] = CLASS_TEXT,
	[EYAS_T_INT] = CLASS_INT,
	[EYAS_T_UINT] = CLASS_UINT, [EYAS_T_BOOL] = CLASS_UINT, [EYAS_T_RELTIME] = CLASS_UINT,
	[EYAS_T_ABSTIME] = CLASS_UINT, [EYAS_T_PORT] = CLASS_UINT,
	[EYAS_T_DOUBLE] = CLASS_DOUBLE,
	[EYAS_T_IP] = CLASS_IP, [EYAS_T_NET] = CLASS_NET,
};

static eyas_test_fn *const tests[][CLASS_MAX] = {
	/*                       none  text, int, uint, double, ip, net */
	[EYAS_OP_EQ] =          { NULL, text_eq, num_eq, num_eq, double_eq, ip_eq, net_has },
	[EYAS_OP_NE] =          { NULL, text_ne, num_ne, num_ne, double_ne, ip_ne, net_lacks },
	[EYAS_OP_LT] =          { NULL, text_lt, int_lt, uint_lt, double_lt },
	[EYAS_OP_LE] =          { NULL, text_le, int_le, uint_le, double_le },
	[EYAS_OP_GT] =          { NULL, text_gt, int_gt, uint_gt, double_gt },
	[EYAS_OP_GE] =          { NULL, text_ge, int_ge, uint_ge, double_ge },
	[EYAS_OP_IN] =          { NULL, text_eq, num_eq, num_eq, double_eq, ip_eq, net_has },
	[EYAS_OP_INTERSECTS] =  { NULL, text_eq, num_eq, num_eq, double_eq, ip_eq, net_has },
	[EYAS_OP_GLOB] =        { NULL, text_glob },
	[EYAS_OP_IGLOB] =       { NULL, text_iglob },
	[EYAS_OP_CONTAINS] =    { NULL, text_contains },
	[EYAS_OP_ICONTAINS] =   { NULL, text_icontains },
	[EYAS_OP_BCONTAINS] =   { NULL, text_contains },
	[EYAS_OP_STARTSWITH] =  { NULL, text_startswith },
	[EYAS_OP_BSTARTSWITH] = { NULL, text_startswith },
	[EYAS_OP_ENDSWITH] =    { NULL, text_endswith },
	[EYAS_OP_REGEX] =       { NULL, text_regex },
	[EYAS_OP_PMATCH] =      { NULL },
};
/* clang-format on */

eyas_test_fn *eyas_test_find(enum eyas_op_id op, enum eyas_type type)
{
	return tests[op][class_of[type]];
}

bool eyas_type_is_alike(enum eyas_type a, enum eyas_type b)
{
	static const uint8_t member[CLASS_MAX] = {
		[CLASS_TEXT] = 1, [CLASS_INT] = 2, [CLASS_UINT] = 2, [CLASS_DOUBLE] = 3,
		[CLASS_IP] = 4, [CLASS_NET] = 4,
	};

	return member[class_of[a]] && member[class_of[a]] == member[class_of[b]];
}
