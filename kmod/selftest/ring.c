// SPDX-License-Identifier: GPL-2.0
/*
 * Ring vectors through the real double mapping, run at load in debug builds:
 * every wrap position, exact loss, a lying reader. Included by ring.c.
 */
#define TEST_SIZE	EYAS_RING_SIZE_MIN

static void test_wake(struct irq_work *work)
{
}

/* Write one record with @words of payload whose first is its number. */
static bool test_put(struct eyas_ring *ring, u64 number, u32 words)
{
	struct eyas_writer w;
	bool ok = false;
	u64 *p;
	u32 i;

	preempt_disable();
	if (eyas_ring_begin(&w, ring, 0, EYAS_CLASS_FILE)) {
		ok = eyas_writer_room(&w, words * sizeof(u64));
		if (ok) {
			memset(w.rec, 0, sizeof(*w.rec));
			for (p = (u64 *)w.pos, i = 0; i < words; i++)
				p[i] = number + i;
			w.pos += words * sizeof(u64);
			eyas_ring_commit(&w);
		} else {
			eyas_ring_lose(ring, EYAS_CLASS_FILE);
		}
	}
	preempt_enable();
	return ok;
}

/* The record at @pos, as the reader sees it. */
static const struct eyas_record *test_at(const struct eyas_ring *ring, u64 pos)
{
	return (const void *)(ring->data + (pos & ring->mask));
}

/* A record that is read as soon as it is written, at every possible offset. */
static bool test_wrap(struct eyas_ring *ring)
{
	u64 n, pos = 0;
	u32 i;

	for (n = 1; n < 3 * TEST_SIZE / 8; n++) {
		const struct eyas_record *rec = test_at(ring, pos);
		const u64 *p = (const u64 *)(rec + 1);
		u32 words = 1 + n % 97;

		if (!test_put(ring, n, words) || rec->seq != (u32)n ||
		    rec->len != sizeof(*rec) + words * sizeof(u64))
			return false;
		for (i = 0; i < words; i++)
			if (p[i] != n + i)
				return false;
		pos += rec->len;
		ring->cons->tail = pos;
	}
	return ring->prod->head == pos && ring->prod->produced == n - 1;
}

/* Fill it, lose some, read all: what is told as lost is what was lost. */
static bool test_loss(struct eyas_ring *ring)
{
	u64 pos = 0, seen = 0, put = 0;
	const struct eyas_record *rec;
	const struct eyas_loss *loss;

	while (test_put(ring, put, 10))
		put++;
	while (++put % 100)
		test_put(ring, put, 10);
	for (; pos < ring->prod->head; pos += rec->len, seen++)
		rec = test_at(ring, pos);
	ring->cons->tail = pos;
	if (!test_put(ring, put++, 10))
		return false;
	rec = test_at(ring, pos);
	loss = (const struct eyas_loss *)(rec + 1);
	return rec->type == EYAS_REC_LOSS && rec->seq == put - 1 &&
	       loss->count[EYAS_CLASS_FILE] == put - 1 - seen &&
	       loss->first <= loss->last && !ring->loss.total &&
	       test_at(ring, pos + rec->len)->seq == put &&
	       ring->prod->lost[EYAS_CLASS_FILE] == put - 1 - seen;
}

/* A record larger than the ring, or than a record may be, is lost, not written. */
static bool test_big(struct eyas_ring *ring)
{
	return !test_put(ring, 1, TEST_SIZE / 8 + 1) && !test_put(ring, 2, 60000) &&
	       /* The second found room to tell of the first. */
	       ring->prod->head == EYAS_LOSS_LEN && ring->prod->produced == 2;
}

static bool test_liar(struct eyas_ring *ring)
{
	static const u64 tails[] = { 8, 1, ~0ULL, 1ULL << 63, TEST_SIZE };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tails); i++) {
		WRITE_ONCE(ring->poisoned, false);
		ring->cons->tail = tails[i];
		if (eyas_ring_unread(ring) || !ring->poisoned || eyas_ring_refresh(ring, 8))
			return false;
	}
	return ring->prod->state == EYAS_RING_STATE_POISONED;
}

static const struct {
	const char *name;
	bool (*run)(struct eyas_ring *ring);
} ring_tests[] = {
	{ "wrap", test_wrap },
	{ "loss", test_loss },
	{ "big", test_big },
	{ "liar", test_liar },
};

int eyas_ring_selftest(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ring_tests); i++) {
		struct eyas_ring *ring = eyas_ring_create(NULL, 0, 0, TEST_SIZE, test_wake);
		bool pass;

		if (IS_ERR(ring))
			return PTR_ERR(ring);
		pass = ring_tests[i].run(ring);
		eyas_ring_free(ring);
		pr_info("eyas: selftest ring %s: %s\n", ring_tests[i].name, pass ? "pass" : "FAIL");
		if (!pass)
			return -EIO;
	}
	return 0;
}
