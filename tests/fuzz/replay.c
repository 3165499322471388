// SPDX-License-Identifier: Apache-2.0
/* Feeds files to a fuzz target, in memory that ends where the file does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/strbuf.h"
#include "base/util.h"
#include "fuzz.h"

#define FILE_MAX	(16U << 20)

static int replay(const char *path)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	_cleanup_free_ uint8_t *own = NULL;
	int r = eyas_read_file(path, FILE_MAX, &text);

	if (r) {
		fprintf(stderr, "cannot read '%s': %s\n", path, strerror(-r));
		return r;
	}
	own = malloc(text.len ? text.len : 1);
	if (!own)
		return -ENOMEM;
	memcpy(own, text.buf, text.len);
	return LLVMFuzzerTestOneInput(own, text.len);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: %s FILE...\n", argv[0]);
		return 2;
	}
	for (int i = 1; i < argc; i++)
		if (replay(argv[i]))
			return EXIT_FAILURE;
	printf("%s: %d files\n", argv[0], argc - 1);
	return EXIT_SUCCESS;
}
