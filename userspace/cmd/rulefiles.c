// SPDX-License-Identifier: Apache-2.0
/* Rules files read into memory, in the order in which they are to be loaded. */
#include "rulefiles.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/strbuf.h"
#include "base/util.h"

#ifndef EYAS_RULES_DIR
#define EYAS_RULES_DIR "/usr/local/share/eyas/rules"
#endif

/* Far more than any rules file; a device or a mistake must not eat the memory. */
#define FILE_MAX (64U << 20)

static int add_file(struct eyas_rulefiles *rf, const char *path, struct eyas_err *err)
{
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	struct eyas_rules_text one;
	int r = eyas_read_file(path, FILE_MAX, &text);

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

/* <tree>/userspace/eyas -> <tree>/rules; false if we are not in such a tree. */
static bool tree_rules(struct eyas_strbuf *ret)
{
	static const char ours[] = "/userspace/eyas";
	size_t len = strlen(ours);
	char self[1024];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));

	if (n < (ssize_t)len || n == sizeof(self) || memcmp(self + n - len, ours, len) != 0)
		return false;
	eyas_strbuf_add(ret, self, (size_t)n - len);
	eyas_strbuf_adds(ret, "/rules");
	return access(ret->buf, R_OK) == 0;
}

void eyas_rulefiles_default_dir(struct eyas_strbuf *ret)
{
	if (tree_rules(ret))
		return;
	eyas_strbuf_reset(ret);
	eyas_strbuf_adds(ret, EYAS_RULES_DIR);
}

int eyas_rulefiles_add_default(struct eyas_rulefiles *rf, struct eyas_err *err)
{
	_cleanup_strbuf_ struct eyas_strbuf dir = EYAS_STRBUF_INIT;
	int r;

	eyas_rulefiles_default_dir(&dir);
	r = add_dir(rf, dir.buf, err);
	if (r == -ENOENT)
		return eyas_err_set(err, r, "no rules in '%s'; name a file or directory with -r",
				    dir.buf);
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
