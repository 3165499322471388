// SPDX-License-Identifier: Apache-2.0
/* Structs of sockets. */
#include "decode/struct.h"

#define F(name, kind, off, size, off32, size32, ...)                               \
	{                                                                          \
		name, EYAS_DF_##kind, false, off, off32, size, size32, __VA_ARGS__ \
	}

/* clang-format off */
/* As a list of addresses in another process: nothing is behind them here. */
static const struct eyas_dec_field iovec_fields[] = {
	F("iov_base", ADDR, 0, 8, 0, 4, NULL, NULL),
	F("iov_len",  UINT, 8, 8, 4, 4, NULL, NULL),
};

const struct eyas_dec_struct eyas_dec_structs_net[] = {
	{ "iovec", 16, 8, EYAS_DEC_FIELDS(iovec_fields) },
	{ .name = NULL },
};
/* clang-format on */
