// SPDX-License-Identifier: Apache-2.0
/* What calls do with bytes: one row for each. */
#include "event/callnr.h"
#include "event/evtype.h"
#include "trace/tables.h"

static const struct {
	int evtype;
	struct eyas_traffic does;
} rows[] = {
	{ SYS_read,		{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_pread64,		{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_readv,		{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_preadv,		{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_preadv2,		{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_recvfrom,		{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_recvmsg,		{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_recvmmsg,		{ EYAS_TRAFFIC_MOVE, 0, -1, false } },
	{ EYAS_EVT_recv,	{ EYAS_TRAFFIC_MOVE, 0, -1, true } },
	{ SYS_write,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_pwrite64,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_writev,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_pwritev,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_pwritev2,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_sendto,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_sendmsg,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_sendmmsg,		{ EYAS_TRAFFIC_MOVE, -1, 0, false } },
	{ EYAS_EVT_send,	{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_vmsplice,		{ EYAS_TRAFFIC_MOVE, -1, 0, true } },
	{ SYS_sendfile,		{ EYAS_TRAFFIC_MOVE, 1, 0, true } },
	{ SYS_splice,		{ EYAS_TRAFFIC_MOVE, 0, 2, true } },
	{ SYS_copy_file_range,	{ EYAS_TRAFFIC_MOVE, 0, 2, true } },
	{ SYS_openat,		{ EYAS_TRAFFIC_OPEN, -1, -1, false } },
	{ SYS_openat2,		{ EYAS_TRAFFIC_OPEN, -1, -1, false } },
	{ SYS_open,		{ EYAS_TRAFFIC_OPEN, -1, -1, false } },
	{ SYS_creat,		{ EYAS_TRAFFIC_OPEN, -1, -1, false } },
	{ SYS_connect,		{ EYAS_TRAFFIC_CONNECT, -1, 0, false } },
	{ SYS_accept,		{ EYAS_TRAFFIC_ACCEPT, 0, -1, false } },
	{ SYS_accept4,		{ EYAS_TRAFFIC_ACCEPT, 0, -1, false } },
};

struct eyas_traffic eyas_traffic_of(const struct eyas_event *exit)
{
	static const struct eyas_traffic none = { EYAS_TRAFFIC_NONE, -1, -1, false };

	for (size_t i = 0; exit->sys && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].evtype == exit->evtype)
			return rows[i].does;
	return none;
}

const struct eyas_event_blob *eyas_traffic_blob(const struct eyas_event *enter,
						const struct eyas_event *exit, uint8_t kind,
						int arg)
{
	const struct eyas_event *evs[] = { exit, enter };

	for (size_t n = 0; n < 2; n++)
		for (unsigned int i = 0; evs[n] && i < evs[n]->nblobs; i++)
			if (evs[n]->blobs[i].kind == kind && evs[n]->blobs[i].arg == arg)
				return &evs[n]->blobs[i];
	return NULL;
}
