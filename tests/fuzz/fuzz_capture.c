// SPDX-License-Identifier: Apache-2.0
/*
 * Bytes as a capture file: blocks, records, state. Twice: as they are, and with
 * all checksums made right, without which hardly anything gets any further.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "enrich/snapshot.h"
#include "fuzz.h"
#include "source/capture_block.h"
#include "source/source_capture.h"

#define EVENTS_MAX	2000

static int take_state(void *arg, struct eyas_bytes items, struct eyas_err *err)
{
	return eyas_enrich_load(arg, items, err);
}

static void read_file(const char *path)
{
	const char *paths[] = { path, path };
	struct eyas_capture_config cfg = { .paths = paths, .npaths = 2, .state = take_state };
	struct eyas_source *src = NULL;
	struct eyas_enrich *en = NULL;
	struct eyas_event ev;
	struct eyas_err err = { 0 };
	int r;

	if (eyas_enrich_create(&en, "/nonexistent", &err))
		abort();
	eyas_enrich_detach(en);
	cfg.arg = en;
	r = eyas_source_capture_open(&src, &cfg, &err);
	for (int i = 0; !r && i < EVENTS_MAX; i++) {
		r = eyas_source_next(src, &ev, &err);
		if (r > 0)
			r = eyas_enrich_update(en, &ev);
	}
	/* Whatever is wrong, it is said. */
	if (r < 0 && r != -ENODATA && !*err.msg)
		abort();
	if (src)
		(void)eyas_source_capture_note(src);
	eyas_source_close(src);
	eyas_enrich_free(en);
}

static void mend(uint8_t *data, size_t size)
{
	struct eyas_capture_file f;
	struct eyas_capture_block b;
	size_t at = sizeof(f);

	if (size < sizeof(f))
		return;
	memcpy(&f, data, sizeof(f));
	eyas_capture_file_seal(&f);
	memcpy(data, &f, sizeof(f));
	while (size - at >= sizeof(b)) {
		memcpy(&b, data + at, sizeof(b));
		b.magic = EYAS_CAPTURE_BLOCK_MAGIC;
		if (b.stored > size - at - sizeof(b))
			b.stored = (__u32)(size - at - sizeof(b));
		if (!(b.flags & EYAS_CAPTURE_F_ZSTD))
			b.full = b.stored;
		b.crc = eyas_capture_crc(data + at + sizeof(b), b.stored);
		b.head_crc = eyas_capture_crc(&b, offsetof(struct eyas_capture_block, head_crc));
		memcpy(data + at, &b, sizeof(b));
		at += sizeof(b) + b.stored;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *own = malloc(size ? size : 1);
	int fd = memfd_create("capture", MFD_CLOEXEC);
	char path[64];

	if (!own || fd < 0)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	memcpy(own, data, size);
	for (int mended = 0; mended < 2; mended++) {
		if (mended)
			mend(own, size);
		if (pwrite(fd, own, size, 0) != (ssize_t)size)
			abort();
		read_file(path);
	}
	close(fd);
	free(own);
	return 0;
}
