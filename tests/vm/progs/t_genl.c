// SPDX-License-Identifier: Apache-2.0
/* The control plane: what is wrong is refused, with an errno and a sentence. */
#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/syscall.h>
#include "raw.h"

static struct raw s;

struct try {
	const char *what;
	uint16_t type;
	uint32_t len;		/* of the value: 4: u32, else bytes */
	uint32_t val;
	int err;
	const char *says;	/* part of the sentence */
};

static const struct try tries[] = {
	{ "unknown attribute", 99, 4, 1, -EINVAL, "" },
	{ "read-only attribute", EYAS_A_OWNER_PID, 4, 1, -EINVAL, "" },
	{ "event bit", EYAS_A_EVENTS, 4, 1U << 30, -EINVAL, "reserved bit" },
	{ "events too short", EYAS_A_EVENTS, 2, 1, -EINVAL, "" },
	{ "events too long", EYAS_A_EVENTS, 8, 1, -EINVAL, "" },
	{ "size not a power", EYAS_A_BULK_SIZE, 4, 100000, -EINVAL, "power of two" },
	{ "size too small", EYAS_A_CRIT_SIZE, 4, 4096, -EINVAL, "power of two" },
	{ "size too big", EYAS_A_BULK_SIZE, 4, 1U << 31, -ERANGE, "" },
	{ "size zero", EYAS_A_BULK_SIZE, 4, 0, -ERANGE, "" },
	{ "wake too long", EYAS_A_WAKE_US, 4, 10000000, -ERANGE, "" },
	{ "watermark 0", EYAS_A_WATERMARK, 4, 0, -ERANGE, "" },
	{ "watermark 101", EYAS_A_WATERMARK, 4, 101, -ERANGE, "" },
	{ "snaplen", EYAS_A_SNAPLEN, 4, 1U << 20, -ERANGE, "" },
	{ "more than max_mb", EYAS_A_BULK_SIZE, 4, 1U << 28, 0, "" },
};

static int set(uint16_t type, const void *val, uint32_t len)
{
	char buf[4096];
	size_t n = raw_attr(buf, 0, EYAS_A_SESSION, &s.page->session, 4);

	n = raw_attr(buf, n, type, val, len);
	return raw_request(&s, EYAS_CMD_SESSION_SET, 0, buf, n);
}

static void attributes(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(tries) / sizeof(*tries) - 1; i++) {
		const struct try *t = &tries[i];
		uint8_t val[8] = { 0 };
		int err;

		memcpy(val, &t->val, 4);
		err = set(t->type, val, t->len);
		CHECK(err == t->err && (strstr(s.sentence, t->says) || !*t->says),
		      "%s: %d '%s'", t->what, err, s.sentence);
		if (*s.sentence)
			printf("%s: %s: %s\n", t->what, strerror(-err), s.sentence);
	}
}

static void plans(void)
{
	uint8_t plan[EYAS_NR_MAX] = { 0 }, other;
	char nest[4096];
	uint32_t abi;
	size_t n;

	n = raw_attr(nest, 0, EYAS_A_PLAN_NRS, plan, sizeof(plan));
	CHECK(set(EYAS_A_PLAN | NLA_F_NESTED, nest, n) == -EINVAL);
	CHECK(strstr(s.sentence, "PLAN_ABI"), "'%s'", s.sentence);
	abi = EYAS_ABI_MAX;
	n = raw_attr(nest, 0, EYAS_A_PLAN_ABI, &abi, 4);
	CHECK(set(EYAS_A_PLAN | NLA_F_NESTED, nest, n) == -ERANGE, "'%s'", s.sentence);
	abi = 0;
	n = raw_attr(nest, 0, EYAS_A_PLAN_ABI, &abi, 4);
	CHECK(!set(EYAS_A_PLAN | NLA_F_NESTED, nest, n), "'%s'", s.sentence);
	n = raw_attr(nest, n, EYAS_A_PLAN_NRS, plan, EYAS_NR_MAX - 1);
	CHECK(set(EYAS_A_PLAN | NLA_F_NESTED, nest, n) < 0, "short plan");
	plan[5] = EYAS_PLAN_STRINGS;
	n = raw_attr(nest, 0, EYAS_A_PLAN_ABI, &abi, 4);
	n = raw_attr(nest, n, EYAS_A_PLAN_NRS, plan, EYAS_NR_MAX);
	CHECK(set(EYAS_A_PLAN | NLA_F_NESTED, nest, n) == -EINVAL);
	CHECK(strstr(s.sentence, "PLAN_NRS"), "'%s'", s.sentence);
	other = EYAS_PLAN_ALL & ~(EYAS_PLAN_RECORD | EYAS_PLAN_COUNT);
	n = raw_attr(nest, 0, EYAS_A_PLAN_ABI, &abi, 4);
	n = raw_attr(nest, n, EYAS_A_PLAN_OTHER, &other, 1);
	CHECK(set(EYAS_A_PLAN | NLA_F_NESTED, nest, n) == -EINVAL, "'%s'", s.sentence);
	/* Nested in name only. */
	CHECK(set(EYAS_A_PLAN | NLA_F_NESTED, "\xff\xff\xff", 3) < 0);
	CHECK(set(EYAS_A_PLAN, &abi, 4) < 0);
}

static void sessions(void)
{
	uint32_t id = 12345, ev = 1;
	char buf[64];
	size_t n;

	CHECK(raw_request(&s, EYAS_CMD_SESSION_SET, 0, "", 0) == -EINVAL);
	CHECK(strstr(s.sentence, "SESSION"), "'%s'", s.sentence);
	n = raw_attr(buf, 0, EYAS_A_SESSION, &id, 4);
	CHECK(raw_request(&s, EYAS_CMD_SESSION_SET, 0, buf, n) == -ENOENT);
	CHECK(strstr(s.sentence, "no such session"), "'%s'", s.sentence);
	CHECK(raw_request(&s, EYAS_CMD_SESSION_GET, 0, buf, n) == -ENOENT);
	CHECK(raw_request(&s, 77, 0, "", 0) == -EOPNOTSUPP);
	CHECK(!raw_request(&s, EYAS_CMD_INFO_GET, 0, "", 0));
	CHECK(!raw_request(&s, EYAS_CMD_SESSION_GET, NLM_F_DUMP, "", 0));
	CHECK(!raw_request(&s, EYAS_CMD_STATS_GET, NLM_F_DUMP, "", 0));
	CHECK(!set(EYAS_A_EVENTS, &ev, 4));
	/* Started now. Sizes are fixed, saying the same again is fine. */
	id = 1U << 21;
	CHECK(set(EYAS_A_BULK_SIZE, &id, 4) == -EBUSY);
	CHECK(strstr(s.sentence, "fixed"), "'%s'", s.sentence);
	id = EYAS_BULK_SIZE_DEFAULT;
	CHECK(!set(EYAS_A_BULK_SIZE, &id, 4), "'%s'", s.sentence);
	CHECK(!raw_request(&s, EYAS_CMD_STATS_GET, NLM_F_DUMP, "", 0));
}

/* Junk in every position: any answer but a crash or a success that changes something. */
static void junk(void)
{
	unsigned int seed = 1, i, k;
	uint8_t buf[600];

	for (i = 0; i < 3000; i++) {
		size_t n = raw_attr(buf, 0, EYAS_A_SESSION, &s.page->session, 4);
		size_t len = n + rand_r(&seed) % (sizeof(buf) - n);

		for (k = n; k < len; k++)
			buf[k] = rand_r(&seed);
		if (len >= n + 4) {
			uint16_t l = rand_r(&seed) % 3 ? (int)(len - n) : rand_r(&seed);
			uint16_t t = rand_r(&seed) % 2 ? rand_r(&seed) % 32 : rand_r(&seed);

			memcpy(buf + n, &l, 2);
			memcpy(buf + n + 2, &t, 2);
		}
		raw_request(&s, 1 + rand_r(&seed) % 7, i % 2 ? NLM_F_DUMP : 0, buf, len & ~3);
	}
}

int main(void)
{
	uint32_t big = 1U << 28;

	CHECK(!raw_open(&s));
	attributes();
	CHECK(set(EYAS_A_BULK_SIZE, &big, 4) <= 0);
	raw_close(&s);
	CHECK(!raw_open(&s));
	plans();
	raw_close(&s);
	CHECK(!raw_open(&s));
	sessions();
	junk();
	raw_close(&s);
	printf("control plane: ok\n");
	return 0;
}
