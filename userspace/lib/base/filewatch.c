// SPDX-License-Identifier: Apache-2.0
/* Files that somebody edits: inotify says when to look, stat(2) what is there. */
#include "base/filewatch.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include "base/map.h"
#include "base/strbuf.h"

/* Not IN_MODIFY: a file that is being written is looked at when it is closed. */
#define EVENTS                                                                              \
	(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ATTRIB | \
	 IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

/* Where there is nothing to watch yet. */
#define RETRY_MS 1000

struct eyas_filewatch {
	int fd;
	unsigned int settle_ms;
	size_t n;
	char **paths;
	bool blind; /* some path can't be watched now */
	uint64_t told, seen; /* what was there: last told, last looked at */
	uint64_t retry; /* if blind: when to look */
	uint64_t due; /* when to look again; UINT64_MAX: when something happens */
};

/* ---- what is there ---- */

static uint64_t mix(uint64_t sum, const void *data, size_t len)
{
	return sum * 0x9e3779b97f4a7c15ULL + eyas_hash_bytes(data, len);
}

/* Which file is at @path, through links, and in which state. */
static uint64_t add_file(uint64_t sum, const char *path, struct stat *st)
{
	uint64_t v[7] = { 0 };

	if (stat(path, st) < 0) {
		memset(st, 0, sizeof(*st));
		v[0] = (uint64_t)errno;
		return mix(sum, v, sizeof(v));
	}
	v[1] = st->st_dev;
	v[2] = st->st_ino;
	/* A directory's own times change with files that nobody asked for. */
	if (!S_ISDIR(st->st_mode)) {
		v[3] = (uint64_t)st->st_size;
		v[4] = (uint64_t)st->st_ctim.tv_sec * 1000000000U + (uint64_t)st->st_ctim.tv_nsec;
		v[5] = (uint64_t)st->st_mtim.tv_sec * 1000000000U + (uint64_t)st->st_mtim.tv_nsec;
	}
	return mix(sum, v, sizeof(v));
}

/* In whatever order the directory gives them. */
static uint64_t add_dir(uint64_t sum, const char *dir)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	uint64_t all = 0;

	while (d && (e = readdir(d))) {
		_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT;
		struct stat st;
		uint64_t name;

		if (e->d_name[0] == '.')
			continue;
		name = eyas_hash_bytes(e->d_name, strlen(e->d_name));
		eyas_strbuf_addf(&path, "%s/%s", dir, e->d_name);
		all += add_file(name, path.buf, &st);
	}
	if (d)
		closedir(d);
	return mix(sum, &all, sizeof(all));
}

static uint64_t look(const struct eyas_filewatch *fw)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < fw->n; i++) {
		struct stat st;

		sum = add_file(sum, fw->paths[i], &st);
		if (S_ISDIR(st.st_mode))
			sum = add_dir(sum, fw->paths[i]);
	}
	return sum;
}

/* ---- watching ---- */

/* Adding what is watched already changes nothing. */
static bool watch_dir(const struct eyas_filewatch *fw, const char *dir)
{
	return inotify_add_watch(fw->fd, dir, EVENTS) >= 0;
}

static bool watch_parent(const struct eyas_filewatch *fw, const char *path)
{
	_cleanup_free_ char *dir = strdup(path);
	char *slash = dir ? strrchr(dir, '/') : NULL;

	if (!dir)
		return false;
	if (!slash)
		return watch_dir(fw, ".");
	slash[slash == dir] = '\0';
	return watch_dir(fw, dir);
}

/* Its folder, where it would be replaced, and that to which links on the way lead. */
static bool watch_path(const struct eyas_filewatch *fw, const char *path)
{
	bool ok = watch_parent(fw, path);
	_cleanup_free_ char *real = realpath(path, NULL);
	struct stat st;

	if (!real)
		return ok && errno == ENOENT;
	ok = watch_parent(fw, real) && ok;
	if (stat(real, &st) == 0 && S_ISDIR(st.st_mode))
		ok = watch_dir(fw, real) && ok;
	return ok;
}

static void watch_all(struct eyas_filewatch *fw)
{
	fw->blind = false;
	for (size_t i = 0; i < fw->n; i++)
		if (!watch_path(fw, fw->paths[i]))
			fw->blind = true;
}

int eyas_filewatch_open(struct eyas_filewatch **ret, const char *const *paths, size_t n,
			unsigned int settle_ms, struct eyas_err *err)
{
	struct eyas_filewatch *fw = calloc(1, sizeof(*fw));

	if (!fw)
		return eyas_err_set(err, -ENOMEM, "out of memory");
	fw->settle_ms = settle_ms;
	fw->due = UINT64_MAX;
	fw->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (fw->fd < 0) {
		int r = eyas_err_set(err, -errno, "cannot watch files: %s", strerror(errno));

		eyas_filewatch_close(fw);
		return r;
	}
	fw->paths = calloc(n + 1, sizeof(*fw->paths));
	for (size_t i = 0; fw->paths && i < n; i++, fw->n++) {
		fw->paths[i] = strdup(paths[i]);
		if (!fw->paths[i])
			break;
	}
	if (fw->n < n || !fw->paths) {
		eyas_filewatch_close(fw);
		return eyas_err_set(err, -ENOMEM, "out of memory");
	}
	watch_all(fw);
	fw->told = fw->seen = look(fw);
	*ret = fw;
	return 0;
}

void eyas_filewatch_close(struct eyas_filewatch *fw)
{
	if (!fw)
		return;
	eyas_cleanup_close(&fw->fd);
	for (size_t i = 0; i < fw->n; i++)
		free(fw->paths[i]);
	free(fw->paths);
	free(fw);
}

int eyas_filewatch_fd(const struct eyas_filewatch *fw)
{
	return fw->fd;
}

int eyas_filewatch_timeout(const struct eyas_filewatch *fw, uint64_t now)
{
	uint64_t at = fw->due;

	if (at == UINT64_MAX && fw->blind)
		at = fw->retry;
	if (at == UINT64_MAX)
		return -1;
	return at > now ? (int)(at - now) : 0;
}

static bool take_events(const struct eyas_filewatch *fw)
{
	_Alignas(struct inotify_event) char buf[2048];
	bool some = false;
	ssize_t n;

	while ((n = read(fw->fd, buf, sizeof(buf))) > 0 || (n < 0 && errno == EINTR))
		some = some || n > 0;
	return some;
}

/* True if something else is there than the last time. */
static bool look_again(struct eyas_filewatch *fw)
{
	uint64_t before = fw->seen;

	/* Watched before it is looked at, so that nothing can happen in between. */
	watch_all(fw);
	fw->seen = look(fw);
	return fw->seen != before;
}

bool eyas_filewatch_changed(struct eyas_filewatch *fw, uint64_t now)
{
	bool some = take_events(fw);

	/* A time that is set is kept: what happens beside our files must not put it off. */
	if (fw->due == UINT64_MAX && (some || (fw->blind && now >= fw->retry))) {
		look_again(fw);
		fw->due = now + fw->settle_ms;
		fw->retry = now + RETRY_MS;
	}
	if (now < fw->due)
		return false;
	fw->due = UINT64_MAX;
	if (look_again(fw))
		fw->due = now + fw->settle_ms;
	if (fw->due != UINT64_MAX || fw->seen == fw->told)
		return false;
	fw->told = fw->seen;
	return true;
}
