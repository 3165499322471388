// SPDX-License-Identifier: Apache-2.0
/* The hosts file, read again when it changes, as passwd is: see users.c. */
#include "enrich/hosts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/util.h"

#define FILE_MAX	(16U << 20)	/* bytes; a larger file is not read */
#define RECHECK_NS	1000000000ULL
#define BLANKS		" \t\r"

int eyas_hosts_init(struct eyas_hosts *h, const char *root)
{
	memset(h, 0, sizeof(*h));
	h->recheck_ns = RECHECK_NS;
	if (asprintf(&h->path, "%s/etc/hosts", root) < 0) {
		h->path = NULL;
		return -ENOMEM;
	}
	return 0;
}

void eyas_hosts_release(struct eyas_hosts *h)
{
	free(h->path);
	eyas_strmap_release(&h->by_addr);
	eyas_arena_release(&h->arena);
	eyas_arena_release(&h->old);
	memset(h, 0, sizeof(*h));
}

/* Length of the address in @text, 0 if it is none. */
static size_t parse_addr(const char *text, uint8_t addr[16])
{
	if (inet_pton(AF_INET, text, addr) == 1)
		return 4;
	return inet_pton(AF_INET6, text, addr) == 1 ? 16 : 0;
}

static int add_name(struct eyas_hosts *h, const uint8_t *addr, size_t len, const char *name)
{
	struct eyas_host *host = eyas_arena_alloc(&h->arena, sizeof(*host)), *first;

	if (!host)
		return -ENOMEM;
	host->name = eyas_arena_strndup(&h->arena, name, strlen(name));
	if (!host->name)
		return -ENOMEM;
	first = eyas_strmap_get(&h->by_addr, (const char *)addr, len);
	if (!first)
		return eyas_strmap_set(&h->by_addr, (const char *)addr, len, host);
	/* Right behind it: appending would walk all names of 0.0.0.0 for each. */
	host->next = first->next;
	first->next = host;
	return 0;
}

/* Take in one line, NUL-terminated and ours to cut up. Garbage is skipped. */
static int add_line(struct eyas_hosts *h, char *line)
{
	uint8_t addr[16];
	char *word;
	size_t len = 0;
	int r = 0;

	line[strcspn(line, "#")] = '\0';
	while ((word = strsep(&line, BLANKS)) && !r) {
		if (!*word)
			continue;
		if (len) {
			r = add_name(h, addr, len, word);
			continue;
		}
		len = parse_addr(word, addr);
		if (!len)
			return 0;
	}
	return r;
}

/* Failing leaves a table with what was read: names are an aid, not a duty. */
static void load(struct eyas_hosts *h, bool there)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	char *rest, *line;

	eyas_strmap_release(&h->by_addr);
	eyas_arena_release(&h->old);
	h->old = h->arena;
	h->arena = (struct eyas_arena){ 0 };
	if (!there || eyas_read_file(h->path, FILE_MAX, &text) < 0)
		return;
	rest = text.buf;
	while ((line = strsep(&rest, "\n")))
		if (add_line(h, line) < 0)
			return;
}

static void refresh(struct eyas_hosts *h)
{
	struct timespec now;
	struct stat st;
	uint64_t t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	t = (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
	if (h->loaded && t - h->checked < h->recheck_ns)
		return;
	h->checked = t;
	if (stat(h->path, &st) < 0)
		memset(&st, 0, sizeof(st));
	if (h->loaded && h->ino == st.st_ino && h->size == (uint64_t)st.st_size &&
	    h->mtime.tv_sec == st.st_mtim.tv_sec && h->mtime.tv_nsec == st.st_mtim.tv_nsec)
		return;
	load(h, S_ISREG(st.st_mode));
	h->loaded = true;
	h->mtime = st.st_mtim;
	h->ino = st.st_ino;
	h->size = (uint64_t)st.st_size;
}

const struct eyas_host *eyas_hosts_by_addr(struct eyas_hosts *h, const uint8_t *addr, size_t len)
{
	refresh(h);
	return eyas_strmap_get(&h->by_addr, (const char *)addr, len);
}
