// SPDX-License-Identifier: Apache-2.0
/* Facts of a host, as a row each. */
#include "source/facts.h"

#include <stddef.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "base/util.h"
#include "source/clock.h"

#define ROW(t, m, text)                                                 \
	{                                                               \
		EYAS_CAPTURE_##t, text, offsetof(struct eyas_facts, m), \
			sizeof(((struct eyas_facts *)0)->m)             \
	}

/* clang-format off */
static const struct { uint16_t type; bool text; size_t offset, size; } rows[] = {
	ROW(HOSTNAME,		hostname,	true),
	ROW(KERNEL,		kernel,		true),
	ROW(KERNEL_BUILD,	kernel_build,	true),
	ROW(MACHINE,		machine,	true),
	ROW(BOOT_ID,		boot_id,	true),
	ROW(CPUS,		cpus,		false),
	ROW(CLOCKS,		clocks,		false),
	ROW(PROGRAM,		program,	true),
	ROW(MODULE,		module,		true),
	ROW(FEATURES,		features,	false),
};
/* clang-format on */

static void set_text(char *dst, size_t size, const char *src, size_t len)
{
	len = len < size ? len : size - 1;
	memcpy(dst, src, len);
	memset(dst + len, 0, size - len);
}

#define SET_TEXT(dst, src)	set_text(dst, sizeof(dst), src, strlen(src))

static void read_boot_id(struct eyas_facts *f)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	if (!eyas_read_file("/proc/sys/kernel/random/boot_id", 4096, &text))
		set_text(f->boot_id, sizeof(f->boot_id), text.buf, strcspn(text.buf, "\n"));
}

void eyas_facts_read(struct eyas_facts *f)
{
	struct utsname u;
	long cpus = sysconf(_SC_NPROCESSORS_CONF);

	if (!uname(&u)) {
		SET_TEXT(f->hostname, u.nodename);
		SET_TEXT(f->kernel, u.release);
		SET_TEXT(f->kernel_build, u.version);
		SET_TEXT(f->machine, u.machine);
	}
	read_boot_id(f);
	f->cpus = cpus > 0 ? (uint32_t)cpus : 0;
	f->clocks = (struct eyas_capture_clocks){
		.raw = eyas_clock_now(CLOCK_MONOTONIC_RAW),
		.real = eyas_clock_now(CLOCK_REALTIME),
		.boot = eyas_clock_now(CLOCK_BOOTTIME),
		.mono = eyas_clock_now(CLOCK_MONOTONIC),
	};
}

void eyas_facts_save(const struct eyas_facts *f, const char *const *command,
		     struct eyas_strbuf *out)
{
	size_t begun;

	for (size_t i = 0; i < EYAS_ARRAY_LEN(rows); i++) {
		const char *p = (const char *)f + rows[i].offset;

		eyas_item_put(out, rows[i].type, p,
			      rows[i].text ? strnlen(p, rows[i].size) : rows[i].size);
	}
	if (!command)
		return;
	begun = eyas_item_begin(out, EYAS_CAPTURE_COMMAND);
	for (size_t i = 0; command[i]; i++) {
		if (i)
			eyas_strbuf_addc(out, '\0');
		eyas_strbuf_adds(out, command[i]);
	}
	eyas_item_end(out, begun);
}

int eyas_facts_load(struct eyas_facts *f, struct eyas_bytes items)
{
	struct eyas_bytes data;
	uint16_t type;
	int r;

	memset(f, 0, sizeof(*f));
	while ((r = eyas_item_next(&items, &type, &data)) > 0) {
		for (size_t i = 0; i < EYAS_ARRAY_LEN(rows); i++) {
			char *p = (char *)f + rows[i].offset;

			if (rows[i].type != type)
				continue;
			if (rows[i].text)
				set_text(p, rows[i].size, (const char *)data.p,
					 eyas_bytes_left(&data));
			else
				eyas_item_struct(&data, p, rows[i].size);
		}
	}
	return r;
}
