// SPDX-License-Identifier: Apache-2.0
/* Whom to look at: words of the command line to what the kernel compares. */
#include <errno.h>
#include <fts.h>
#include <inttypes.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <linux/eyas.h>
#include "base/util.h"
#include "enrich/cgroup.h"
#include "opts.h"
#include "scope.h"

#define CONTAINER_ID_MIN	4	/* letters of an id that are no accident */

void eyas_scope_release(struct eyas_scope *s)
{
	eyas_vec_release(&s->pids);
	eyas_vec_release(&s->cgroups);
	eyas_vec_release(&s->uids);
}

static int full(struct eyas_err *err, const char *what)
{
	return eyas_err_set(err, -E2BIG, "more than %d %s are more than a session can name",
			    EYAS_SCOPE_MAX, what);
}

/* ---- processes ---- */

/* The process that thread @tid belongs to; 0: there is none. */
static uint32_t process_of(uint32_t tid)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	char path[64];
	const char *p;

	snprintf(path, sizeof(path), "/proc/%" PRIu32 "/status", tid);
	if (eyas_read_file(path, 65536, &text) < 0)
		return 0;
	p = strstr(text.buf, "\nTgid:");
	return p ? (uint32_t)strtoul(p + strlen("\nTgid:"), NULL, 10) : 0;
}

static int add_pid(struct eyas_scope *s, const char *word, struct eyas_err *err)
{
	uint64_t tid;
	uint32_t pid;

	if (eyas_parse_u64(word, &tid) < 0 || !tid || tid > INT_MAX)
		return eyas_err_set(err, -EINVAL, "invalid process id: '%s'", word);
	pid = process_of((uint32_t)tid);
	if (!pid)
		return eyas_err_set(err, -ESRCH, "there is no process %s", word);
	for (size_t i = 0; i < s->pids.len; i++)
		if (s->pids.data[i] == pid)
			return 0;
	if (s->pids.len == EYAS_SCOPE_MAX)
		return full(err, "processes");
	if (eyas_vec_push(&s->pids, pid) < 0)
		return eyas_err_set(err, -ENOMEM, "out of memory");
	return 0;
}

static int add_list(struct eyas_scope *s, const char *list, struct eyas_err *err)
{
	_cleanup_free_ char *words = strdup(list);
	char *save = NULL;
	int r = words ? 0 : eyas_err_set(err, -ENOMEM, "out of memory");

	/* As strace: also what pidof prints. */
	for (char *w = words ? strtok_r(words, ", \n\t", &save) : NULL; w && !r;
	     w = strtok_r(NULL, ", \n\t", &save))
		r = add_pid(s, w, err);
	if (!r && !s->pids.len)
		return eyas_err_set(err, -EINVAL, "invalid process id: '%s'", list);
	return r;
}

static int add_user(struct eyas_scope *s, const char *user, struct eyas_err *err)
{
	const struct passwd *pw = getpwnam(user);
	uint64_t uid;

	if (pw)
		uid = pw->pw_uid;
	else if (eyas_parse_u64(user, &uid) < 0 || uid >= UINT32_MAX)
		return eyas_err_set(err, -ENOENT, "there is no user '%s'", user);
	if (s->uids.len == EYAS_SCOPE_MAX)
		return full(err, "users");
	if (eyas_vec_push(&s->uids, (uint32_t)uid) < 0)
		return eyas_err_set(err, -ENOMEM, "out of memory");
	return 0;
}

/* ---- cgroups ---- */

/* Where the default hierarchy is mounted. 0 or -errno. */
static int cgroup_root(struct eyas_strbuf *ret, struct eyas_err *err)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	char *save = NULL;

	if (eyas_read_file("/proc/self/mounts", 1 << 20, &text) < 0)
		return eyas_err_set(err, -ENOENT, "cannot read '/proc/self/mounts'");
	for (char *line = strtok_r(text.buf, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *dir = strchr(line, ' '), *type;

		type = dir ? strchr(dir + 1, ' ') : NULL;
		if (!type || !eyas_startswith(type + 1, "cgroup2 "))
			continue;
		*type = '\0';
		eyas_strbuf_adds(ret, dir + 1);
		return 0;
	}
	return eyas_err_set(err, -ENOENT, "no cgroups of version 2 are mounted here");
}

static int add_cgroup(struct eyas_scope *s, uint64_t id, struct eyas_err *err)
{
	if (s->cgroups.len == EYAS_SCOPE_MAX)
		return full(err, "cgroups");
	if (eyas_vec_push(&s->cgroups, id) < 0)
		return eyas_err_set(err, -ENOMEM, "out of memory");
	return 0;
}

static int add_path(struct eyas_scope *s, const char *path, struct eyas_err *err)
{
	_cleanup_strbuf_ struct eyas_strbuf root = EYAS_STRBUF_INIT;
	struct stat st;
	int r = cgroup_root(&root, err);
	size_t len = root.len;

	if (r < 0)
		return r;
	if (eyas_startswith(path, root.buf))
		path += len;
	eyas_strbuf_addf(&root, "/%s", path);
	if (stat(root.buf, &st) < 0 || !S_ISDIR(st.st_mode))
		return eyas_err_set(err, -ENOENT, "there is no cgroup '%s' below '%.*s'", path,
				    (int)len, root.buf);
	/* A cgroup's id is the inode number of its directory. */
	return add_cgroup(s, st.st_ino, err);
}

/* Whether the cgroup at @path, below the root, is of the container with this id. */
static bool is_of(const char *path, const char *id)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	char found[EYAS_CONTAINER_ID_MAX + 1];

	eyas_strbuf_addf(&text, "0::%s\n", path);
	eyas_cgroup_container(text.buf, found);
	return *found && eyas_startswith(found, id);
}

static int add_container(struct eyas_scope *s, const char *id, struct eyas_err *err)
{
	_cleanup_strbuf_ struct eyas_strbuf root = EYAS_STRBUF_INIT;
	char *roots[] = { NULL, NULL };
	size_t before = s->cgroups.len;
	FTSENT *e;
	FTS *fts;
	int r = cgroup_root(&root, err);

	if (r < 0)
		return r;
	if (strlen(id) < CONTAINER_ID_MIN)
		return eyas_err_set(err, -EINVAL, "'%s' is too short for the id of a container",
				    id);
	roots[0] = root.buf;
	fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (!fts)
		return eyas_err_set(err, -errno, "cannot read '%s': %s", root.buf, strerror(errno));
	while (!r && (e = fts_read(fts))) {
		if (e->fts_info != FTS_D || !is_of(e->fts_path + root.len, id))
			continue;
		r = add_cgroup(s, e->fts_statp->st_ino, err);
		/* What is below belongs to it anyway. */
		fts_set(fts, e, FTS_SKIP);
	}
	fts_close(fts);
	if (!r && s->cgroups.len == before)
		return eyas_err_set(err, -ENOENT,
				    "no container here has an id that begins with '%s'", id);
	return r;
}

/* ---- options ---- */

error_t eyas_scope_option(struct eyas_scope *s, int key, const char *arg)
{
	struct eyas_err err = { 0 };
	int r;

	switch (key) {
	case 'p':
		r = add_list(s, arg, &err);
		break;
	case EYAS_OPT_CONTAINER:
		r = add_container(s, arg, &err);
		break;
	case EYAS_OPT_CGROUP:
		r = add_path(s, arg, &err);
		break;
	case EYAS_OPT_UID:
		r = add_user(s, arg, &err);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	if (r < 0)
		exit(eyas_msg_err(&err));
	return 0;
}

void eyas_scope_apply(const struct eyas_scope *s, const uint32_t *only, bool follow,
		      struct eyas_policy_scope *ret)
{
	ret->pids = *only ? only : s->pids.data;
	ret->npids = *only ? 1 : (uint32_t)s->pids.len;
	ret->cgroups = s->cgroups.data;
	ret->ncgroups = (uint32_t)s->cgroups.len;
	ret->uids = s->uids.data;
	ret->nuids = (uint32_t)s->uids.len;
	if (ret->npids && !follow)
		ret->flags |= EYAS_SCOPE_F_NO_FOLLOW;
}
