/* SPDX-License-Identifier: Apache-2.0 */
/* Calls to be made and what they returned, in memory that t_calls shares with act32. */
#ifndef EYAS_TEST_ROWS_H
#define EYAS_TEST_ROWS_H

#define ROWS_MAX	2048
#define ROWS_FD		3
#define ROWS_BASE	0x20000000UL	/* the same address for all, below 2 GiB */

#define ROW_FORKS	1		/* returns in a child, too, which ends at once */

struct row {
	long long nr;
	long long args[6];
	long long ret;
	long long flags;
};

struct rows {
	unsigned long long count;
	struct row row[ROWS_MAX];
	char text[ROWS_MAX][32];
};

#endif
