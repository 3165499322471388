/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The module's interface used by hand: no code shared with libeyas, so that
 * a test fails when either side leaves the ABI.
 */
#ifndef EYAS_TEST_RAW_H
#define EYAS_TEST_RAW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <linux/eyas.h>

#ifdef __x86_64__
#define RAW_NATIVE	EYAS_ABI_X86_64
#define RAW_COMPAT	EYAS_ABI_IA32
#else
#define RAW_NATIVE	EYAS_ABI_ARM64
#define RAW_COMPAT	EYAS_ABI_ARM32
#endif

struct raw_ring {
	volatile struct eyas_ring_consumer *cons;
	const struct eyas_ring_producer *prod;
	const uint8_t *data;
	uint64_t size, tail;
	uint32_t cpu, lane;
	uint32_t seq;		/* of the last record taken */
	uint64_t taken;		/* records, LOSS not counted */
	uint64_t told;		/* lost, by LOSS records */
};

struct raw {
	int fd;
	const struct eyas_session_page *page;
	struct raw_ring rings[64];
	unsigned int nrings;
	char sentence[256];	/* of the last refusal, "" if none came */
};

struct raw_policy {
	uint32_t bulk, crit;		/* bytes, 0: default */
	uint32_t wake_us;		/* 0: default */
	uint32_t events;
	uint32_t flags;			/* EYAS_SESSION_F_* */
	uint32_t snaplen;		/* 0: default */
	uint64_t anchors;
	uint8_t plan[EYAS_NR_MAX];	/* native */
	uint8_t compat[EYAS_NR_MAX];	/* 32-bit */
	uint8_t other;
	const void *extra;		/* attributes to send with the rest */
	size_t extra_len;
};

#define CHECK(cond, ...)							\
	do {									\
		if (!(cond)) {							\
			fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #cond);	\
			fprintf(stderr, " " __VA_ARGS__);			\
			fprintf(stderr, "\n");					\
			exit(1);						\
		}								\
	} while (0)

/* Open a session; its page is mapped. Returns 0 or -errno. */
int raw_open(struct raw *r);
void raw_close(struct raw *r);

/* Send one command with attributes @attrs; returns 0 or -errno, sets sentence. */
int raw_request(struct raw *r, uint8_t cmd, uint16_t flags, const void *attrs, size_t len);

/* SESSION_SET, then map all rings. Returns 0 or -errno. */
int raw_start(struct raw *r, const struct raw_policy *p);
/* SESSION_SET again. */
int raw_set(struct raw *r, const struct raw_policy *p);

/* Counters of an ABI by number, all of them zero where there were no calls. */
void raw_counters(struct raw *r, uint32_t abi, struct eyas_counter ret[EYAS_NR_MAX + 1]);

/* An attribute at the end of @buf; returns the new length. */
size_t raw_attr(void *buf, size_t len, uint16_t type, const void *data, size_t size);

/* Next record of a ring or NULL; checks length and sequence. */
const struct eyas_record *raw_next(struct raw_ring *ring);
/* Give back what was taken. */
void raw_release(struct raw_ring *ring);

/* produced == taken + told + what was lost since; returns that last part. */
uint64_t raw_account(struct raw_ring *ring);

/* The same, of an argument or role, with or without EYAS_BLOB_F_OUT. */
const struct eyas_blob *raw_blob_of(const struct eyas_record *rec, size_t fixed, uint8_t kind,
				    uint8_t arg, bool out);
/* Bytes of the fixed part, by type. */
size_t raw_fixed(const struct eyas_record *rec);

/* Blob of @kind in @rec whose fixed part is @fixed bytes, or NULL. */
const struct eyas_blob *raw_blob(const struct eyas_record *rec, size_t fixed, uint8_t kind);

/* Fork, run @fn in the child pinned to @cpu (-1: not), wait for its end when @wait. */
/* Whether this kernel is of @major.@minor or newer; whether it is of PREEMPT_RT. */
bool raw_kernel(int major, int minor);
bool raw_realtime(void);
int raw_child(int cpu, void (*fn)(void *arg), void *arg, bool wait);

#endif
