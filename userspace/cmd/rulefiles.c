// SPDX-License-Identifier: Apache-2.0
/* Rules files read into memory, in the order in which they are to be loaded. */
#include "rulefiles.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/strbuf.h"

#ifndef EYAS_RULES_DIR
#define EYAS_RULES_DIR "/usr/local/share/eyas/rules"
#endif

/* Far more than any rules file; a device or a mistake must not eat the memory. */
#define FILE_MAX	(64U << 20)

static int read_all(int fd, struct eyas_strbuf *text)
{
	char buf[16384];
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		eyas_strbuf_add(text, buf, (size_t)n);
		if (text->len > FILE_MAX)
			return -EFBIG;
	}
	if (n < 0)
		return -errno;
	return eyas_strbuf_ok(text) ? 0 : -ENOMEM;
}

static int add_file(struct eyas_rulefiles *rf, const char *path, struct eyas_err *err)
{
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	struct eyas_rules_text one;
	int r = fd < 0 ? -errno : read_all(fd, &text);

	if (r < 0)
		return eyas_err_set(err, r, "cannot read '%s': %s", path, strerror(-r));
	one.name = strdup(path);
	one.len = text.len;
	one.text = eyas_strbuf_detach(&text);
	if (!one.name || !one.text || eyas_vec_push(&rf->v, one)) {
		free((char *)one.name);
		free((char *)one.text);
		return eyas_err_set(err, -ENOMEM, "out of memory");
	}
	return 0;
}

static int is_rules_file(const struct dirent *d)
{
	const char *dot = strrchr(d->d_name, '.');

	return d->d_name[0] != '.' && dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* By bytes: the order must not depend on the language of whoever starts us. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int add_dir(struct eyas_rulefiles *rf, const char *dir, struct eyas_err *err)
{
	size_t len = strlen(dir);
	struct dirent **names;
	int n = scandir(dir, &names, is_rules_file, by_name);
	int r = 0;

	if (n < 0)
		return eyas_err_set(err, -errno, "cannot read '%s': %s", dir, strerror(errno));
	if (!n)
		r = eyas_err_set(err, -ENOENT, "no rules in '%s': it has no *.yaml file", dir);
	for (int i = 0; i < n; i++) {
		_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT;

		eyas_strbuf_addf(&path, "%s%s%s", dir, len && dir[len - 1] == '/' ? "" : "/",
				 names[i]->d_name);
		if (!r)
			r = add_file(rf, path.buf, err);
		free(names[i]);
	}
	free(names);
	return r;
}

int eyas_rulefiles_add(struct eyas_rulefiles *rf, const char *path, struct eyas_err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return eyas_err_set(err, -errno, "cannot read '%s': %s", path, strerror(errno));
	return S_ISDIR(st.st_mode) ? add_dir(rf, path, err) : add_file(rf, path, err);
}

/* <tree>/userspace/eyas -> <tree>/rules; -ENOENT if we are not in such a tree. */
static int tree_rules(char *ret, size_t size)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (n < 0)
		return -errno;
	self[n] = '\0';
	for (int i = 0; i < 2; i++) {
		slash = strrchr(self, '/');
		if (!slash || (i == 1 && strcmp(slash, "/userspace") != 0))
			return -ENOENT;
		*slash = '\0';
	}
	if ((size_t)snprintf(ret, size, "%s/rules", self) >= size || access(ret, R_OK) < 0)
		return -ENOENT;
	return 0;
}

int eyas_rulefiles_add_default(struct eyas_rulefiles *rf, struct eyas_err *err)
{
	char dir[PATH_MAX];
	int r;

	if (!tree_rules(dir, sizeof(dir)))
		return add_dir(rf, dir, err);
	r = add_dir(rf, EYAS_RULES_DIR, err);
	if (r == -ENOENT)
		return eyas_err_set(err, r, "no rules in '%s'; name a file or directory with -r",
				    EYAS_RULES_DIR);
	return r;
}

void eyas_rulefiles_release(struct eyas_rulefiles *rf)
{
	eyas_vec_for_each(&rf->v, it) {
		free((char *)it->name);
		free((char *)it->text);
	}
	eyas_vec_release(&rf->v);
}
