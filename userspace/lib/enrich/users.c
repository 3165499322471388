// SPDX-License-Identifier: Apache-2.0
/* passwd and group files, read again when they change. NSS is not asked: a
 * lookup must not leave the host, block, or load code. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "base/strbuf.h"
#include "enrich/users.h"

#define FILE_MAX	(16U << 20)	/* bytes read of a file */
#define RECHECK_NS	1000000000ULL
#define COLUMNS		7

static int file_init(struct eyas_users_file *f, const char *root, const char *name)
{
	if (asprintf(&f->path, "%s/etc/%s", root, name) < 0) {
		f->path = NULL;
		return -ENOMEM;
	}
	return 0;
}

static void file_release(struct eyas_users_file *f)
{
	free(f->path);
	eyas_map_release(&f->by_id);
	eyas_arena_release(&f->arena);
	eyas_arena_release(&f->old);
}

int eyas_users_init(struct eyas_users *u, const char *root)
{
	int r;

	memset(u, 0, sizeof(*u));
	u->recheck_ns = RECHECK_NS;
	r = file_init(&u->passwd, root, "passwd");
	if (r == 0)
		r = file_init(&u->group, root, "group");
	if (r < 0)
		eyas_users_release(u);
	return r;
}

void eyas_users_release(struct eyas_users *u)
{
	file_release(&u->passwd);
	file_release(&u->group);
	memset(u, 0, sizeof(*u));
}

/* Digits only, below 2^32 - 1, which means "no id" to the kernel. */
static bool parse_id(const char *s, uint32_t *ret)
{
	uint64_t v = 0;

	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		v = v * 10 + (uint64_t)(*s - '0');
		if (v >= UINT32_MAX)
			return false;
	}
	*ret = (uint32_t)v;
	return true;
}

/* Take in one line, NUL-terminated and ours to cut up. Garbage is skipped. */
static int add_line(struct eyas_users_file *f, char *line)
{
	char *col[COLUMNS];
	struct eyas_user *user;
	uint32_t id;
	int n = 0;

	while (line && n < COLUMNS)
		col[n++] = strsep(&line, ":");
	if (n < 3 || !*col[0] || *col[0] == '#' || !parse_id(col[2], &id))
		return 0;
	if (eyas_map_get(&f->by_id, id))
		return 0;	/* the first one counts, as for getpwuid(3) */
	user = eyas_arena_alloc(&f->arena, sizeof(*user));
	if (!user)
		return -ENOMEM;
	user->name = eyas_arena_strndup(&f->arena, col[0], strlen(col[0]));
	if (n == COLUMNS) {
		user->home = eyas_arena_strndup(&f->arena, col[5], strlen(col[5]));
		user->shell = eyas_arena_strndup(&f->arena, col[6], strlen(col[6]));
	}
	if (!user->name || (n == COLUMNS && (!user->home || !user->shell)))
		return -ENOMEM;
	return eyas_map_set(&f->by_id, id, user);
}

static int read_all(int fd, struct eyas_strbuf *out)
{
	char chunk[2048];
	ssize_t n;

	while (out->len < FILE_MAX) {
		n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -errno : 0;
		eyas_strbuf_add(out, chunk, (size_t)n);
	}
	return 0;
}

/* Take in lines, ours to cut up. Stops when memory is out: names are an aid, not a duty. */
static int add_lines(struct eyas_users_file *f, struct eyas_strbuf *text)
{
	char *p = text->buf, *end = text->buf + text->len;
	int r = eyas_strbuf_ok(text) ? 0 : -ENOMEM;

	while (!r && p < end) {
		char *nl = memchr(p, '\n', (size_t)(end - p));

		if (nl)
			*nl = '\0';
		r = add_line(f, p);
		p = nl ? nl + 1 : end;
	}
	return r;
}

static void forget(struct eyas_users_file *f)
{
	eyas_map_release(&f->by_id);
	eyas_arena_release(&f->old);
	f->old = f->arena;
	f->arena = (struct eyas_arena){ 0 };
}

static void load(struct eyas_users_file *f, int fd)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;

	forget(f);
	if (fd < 0)
		return;
	(void)read_all(fd, &text);
	(void)add_lines(f, &text);
}

void eyas_users_detach(struct eyas_users *u)
{
	forget(&u->passwd);
	forget(&u->group);
	u->passwd.given = u->group.given = true;
	u->passwd.size = u->group.size = 0;
}

int eyas_users_give(struct eyas_users_file *f, const char *text, size_t len)
{
	_cleanup_strbuf_ struct eyas_strbuf own = EYAS_STRBUF_INIT;

	if (len > FILE_MAX - f->size)
		return 0;
	f->size += len;
	eyas_strbuf_add(&own, text, len);
	return add_lines(f, &own);
}

static void refresh(struct eyas_users_file *f, uint64_t recheck_ns)
{
	_cleanup_close_ int fd = -1;
	struct timespec now;
	struct stat st;
	uint64_t t;

	if (f->given)
		return;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	t = (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
	if (f->loaded && t - f->checked < recheck_ns)
		return;
	f->checked = t;
	if (stat(f->path, &st) < 0)
		memset(&st, 0, sizeof(st));
	if (f->loaded && f->ino == st.st_ino && f->size == (uint64_t)st.st_size &&
	    f->mtime.tv_sec == st.st_mtim.tv_sec && f->mtime.tv_nsec == st.st_mtim.tv_nsec)
		return;
	if (S_ISREG(st.st_mode))
		fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	load(f, fd);
	f->loaded = true;
	f->mtime = st.st_mtim;
	f->ino = st.st_ino;
	f->size = (uint64_t)st.st_size;
}

const struct eyas_user *eyas_users_by_uid(struct eyas_users *u, uint32_t uid)
{
	refresh(&u->passwd, u->recheck_ns);
	return eyas_map_get(&u->passwd.by_id, uid);
}

const struct eyas_user *eyas_users_group_by_gid(struct eyas_users *u, uint32_t gid)
{
	refresh(&u->group, u->recheck_ns);
	return eyas_map_get(&u->group.by_id, gid);
}

void eyas_users_save(struct eyas_users *u, struct eyas_users_file *f, struct eyas_strbuf *out)
{
	size_t pos = 0;
	uint64_t id;
	void *val;

	refresh(f, u->recheck_ns);
	while (eyas_map_next(&f->by_id, &pos, &id, &val)) {
		const struct eyas_user *user = val;

		eyas_strbuf_addf(out, "%s::%u:", user->name, (unsigned int)id);
		if (user->home)
			eyas_strbuf_addf(out, "::%s:%s", user->home, user->shell);
		eyas_strbuf_addc(out, '\n');
	}
}
