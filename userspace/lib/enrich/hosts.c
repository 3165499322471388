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

/* Take in lines that are ours to cut up. Stops when memory is out: names are an aid, not a duty. */
static int add_lines(struct eyas_hosts *h, char *text)
{
	char *line;
	int r = 0;

	while (!r && (line = strsep(&text, "\n")))
		r = add_line(h, line);
	return r;
}

static void forget(struct eyas_hosts *h)
{
	eyas_strmap_release(&h->by_addr);
	eyas_arena_release(&h->old);
	h->old = h->arena;
	h->arena = (struct eyas_arena){ 0 };
}

static void load(struct eyas_hosts *h, bool there)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	forget(h);
	if (there && eyas_read_file(h->path, FILE_MAX, &text) == 0)
		(void)add_lines(h, text.buf);
}

void eyas_hosts_detach(struct eyas_hosts *h)
{
	forget(h);
	h->given = true;
	h->size = 0;
}

int eyas_hosts_give(struct eyas_hosts *h, const char *text, size_t len)
{
	_cleanup_strbuf_ struct eyas_strbuf own = EYAS_STRBUF_INIT;

	if (len > FILE_MAX - h->size)
		return 0;
	h->size += len;
	eyas_strbuf_add(&own, text, len);
	return eyas_strbuf_ok(&own) ? add_lines(h, own.buf) : -ENOMEM;
}

static void refresh(struct eyas_hosts *h)
{
	struct timespec now;
	struct stat st;
	uint64_t t;

	if (h->given)
		return;
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

void eyas_hosts_save(struct eyas_hosts *h, struct eyas_strbuf *out)
{
	char text[INET6_ADDRSTRLEN];
	const char *addr;
	size_t pos = 0, len;
	void *val;

	refresh(h);
	while (eyas_strmap_next(&h->by_addr, &pos, &addr, &len, &val)) {
		if (!inet_ntop(len == 4 ? AF_INET : AF_INET6, addr, text, sizeof(text)))
			continue;
		eyas_strbuf_adds(out, text);
		for (const struct eyas_host *host = val; host; host = host->next)
			eyas_strbuf_addf(out, " %s", host->name);
		eyas_strbuf_addc(out, '\n');
	}
}
