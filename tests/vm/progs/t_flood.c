// SPDX-License-Identifier: Apache-2.0
/* Not a test by itself: opens a file so many times (1000 without a number). */
#include <fcntl.h>
#include <unistd.h>
#include "raw.h"

int main(int argc, char **argv)
{
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	int fd;

	while (n-- > 0) {
		fd = open("/etc/passwd", O_RDONLY);
		CHECK(fd >= 0);
		close(fd);
	}
	return 0;
}
