// SPDX-License-Identifier: Apache-2.0
/* /proc/PID while an event is being looked at. All of it is of now, not of then. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/util.h"
#include "enrich/live.h"
#include "enrich/state.h"

#define TEXT_MAX	65536U
#define PATH_SIZE	3200	/* a root has 3072 bytes at most */

/* Text of a file of @p in en->tmp; @name may hold a thread. */
static int read_text(struct eyas_enrich *en, const struct eyas_proc *p, const char *name)
{
	char path[PATH_SIZE];
	int r;

	eyas_strbuf_reset(&en->tmp);
	if (snprintf(path, sizeof(path), "%s/proc/%u/%s", en->root, p->pid, name) >= PATH_SIZE)
		return -ENOENT;
	r = eyas_read_file(path, TEXT_MAX, &en->tmp);
	return r == -ENOMEM ? r : r < 0 ? -ENOENT : 0;
}

/* What follows the name in a stat file; the name may hold anything. */
static const char *stat_numbers(const char *text)
{
	const char *close = strrchr(text, ')');

	return close ? close + 1 : NULL;
}

/* Is the process with that pid still the one we mean? */
static int check(struct eyas_enrich *en, const struct eyas_proc *p)
{
	const char *numbers;
	unsigned long long start;
	int r;

	if (!en->live || p->exited)
		return -ENOENT;
	r = read_text(en, p, "stat");
	if (r < 0)
		return r;
	numbers = stat_numbers(en->tmp.buf);
	if (!numbers || sscanf(numbers,
			       " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u "
			       "%*d %*d %*d %*d %*d %*d %llu",
			       &start) != 1)
		return -ENOENT;
	return !p->start_time || p->start_time / EYAS_PROCFS_TICK_NS == start ? 0 : -ENOENT;
}

/* The number in the line that starts with @key; false if there is no such line. */
static bool line_number(const char *text, const char *key, uint64_t *ret)
{
	size_t n = strlen(key);

	while (text && *text) {
		if (!strncmp(text, key, n)) {
			*ret = strtoull(text + n, NULL, 10);
			return true;
		}
		text = strchr(text, '\n');
		text += text ? 1 : 0;
	}
	return false;
}

int eyas_live_memory(struct eyas_enrich *en, const struct eyas_proc *p,
		     struct eyas_live_memory *ret)
{
	int r = check(en, p);

	if (r == 0)
		r = read_text(en, p, "status");
	if (r < 0)
		return r;
	if (!line_number(en->tmp.buf, "VmSize:", &ret->size) ||
	    !line_number(en->tmp.buf, "VmRSS:", &ret->rss))
		return -ENOENT;		/* a kernel thread */
	if (!line_number(en->tmp.buf, "VmSwap:", &ret->swap))
		ret->swap = 0;
	return 0;
}

int eyas_live_faults(struct eyas_enrich *en, const struct eyas_proc *p, uint32_t tid,
		     struct eyas_live_faults *ret)
{
	unsigned long long minor, major;
	const char *numbers;
	char name[40];
	int r = check(en, p);

	snprintf(name, sizeof(name), "task/%u/stat", tid);
	if (r == 0)
		r = read_text(en, p, name);
	if (r < 0)
		return r;
	numbers = stat_numbers(en->tmp.buf);
	if (!numbers ||
	    sscanf(numbers, " %*c %*d %*d %*d %*d %*d %*u %llu %*u %llu", &minor, &major) != 2)
		return -ENOENT;
	*ret = (struct eyas_live_faults){ .major = major, .minor = minor };
	return 0;
}

int eyas_live_fd_limit(struct eyas_enrich *en, const struct eyas_proc *p, int64_t *ret)
{
	static const char key[] = "\nMax open files";
	const char *line;
	uint64_t v;
	int r = check(en, p);

	if (r == 0)
		r = read_text(en, p, "limits");
	if (r < 0)
		return r;
	line = strstr(en->tmp.buf, key);
	if (!line)
		return -ENOENT;
	line += strlen(key);
	line += strspn(line, " ");
	v = strncmp(line, "unlimited", 9) ? strtoull(line, NULL, 10) : INT64_MAX;
	*ret = v < INT64_MAX ? (int64_t)v : INT64_MAX;
	return 0;
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

int eyas_live_each_fd(struct eyas_enrich *en, const struct eyas_proc *p,
		      int (*fn)(int32_t num, void *arg), void *arg)
{
	_cleanup_(close_dir) DIR *d = NULL;
	char path[PATH_SIZE];
	struct dirent *de;
	int r = check(en, p);

	if (r < 0)
		return r;
	if (snprintf(path, sizeof(path), "%s/proc/%u/fd", en->root, p->pid) >= PATH_SIZE)
		return -ENOENT;
	d = opendir(path);
	if (!d)
		return -ENOENT;
	while ((de = readdir(d))) {
		uint64_t num;

		if (eyas_parse_u64(de->d_name, &num) < 0 || num > INT32_MAX)
			continue;
		r = fn((int32_t)num, arg);
		if (r)
			return r;
	}
	return 0;
}

struct known {
	struct eyas_enrich *en;
	const struct eyas_proc *p;
	int (*fn)(const struct eyas_fd *fd, void *arg);
	void *arg;
};

static int tell(int32_t num, void *arg)
{
	const struct known *k = arg;
	struct eyas_fd fd;
	int r = eyas_enrich_fd(k->en, k->p, num, &fd);

	return r == -ENOENT ? 0 : r < 0 ? r : k->fn(&fd, k->arg);
}

int eyas_live_each_known_fd(struct eyas_enrich *en, const struct eyas_proc *p,
			    int (*fn)(const struct eyas_fd *fd, void *arg), void *arg)
{
	const struct eyas_fdtab *t = ((const struct eyas_entry *)(const void *)p)->fds;
	struct known k = { en, p, fn, arg };
	int r = eyas_live_each_fd(en, p, tell, &k);

	if (r != -ENOENT)
		return r;
	r = 0;
	for (uint32_t i = 0; t && i < t->len && !r; i++)
		r = tell(t->fds[i].num, &k);
	return r;
}

int eyas_live_cgroup(struct eyas_enrich *en, const struct eyas_proc *p, struct eyas_arena *arena,
		     struct eyas_text *ret)
{
	char *text;
	int r = check(en, p);

	if (r == 0)
		r = read_text(en, p, "cgroup");
	if (r < 0)
		return r;
	text = eyas_arena_strndup(arena, en->tmp.buf, en->tmp.len);
	if (!text)
		return -ENOMEM;
	*ret = (struct eyas_text){ text, en->tmp.len };
	return 0;
}
