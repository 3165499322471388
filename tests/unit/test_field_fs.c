/* SPDX-License-Identifier: Apache-2.0 */
/* fs.path.*. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include "event/evtype.h"
#include "fields.h"
#include "unit.h"

#define FD	9	/* a directory, /srv */

/* One call: its path arguments, and what they become. The process is in /home/alice. */
static const struct call {
	const char *name;
	uint64_t args[6];
	const char *paths[6];	/* by argument */
	/* fs.path.name, fs.path.nameraw; NULL: has source and target */
	const char *path, *raw;
	const char *source, *sourceraw, *target, *targetraw;
} calls[] = {
	{ "open", { 0 }, { "x" }, "/home/alice/x", "x", 0, 0, 0, 0 },
	{ "creat", { 0 }, { "/a//b" }, "/a/b", "/a//b", 0, 0, 0, 0 },
	{ "openat", { FD }, { 0, "x" }, "/srv/x", "x", 0, 0, 0, 0 },
	{ "openat2", { (uint32_t)AT_FDCWD }, { 0, "../x" }, "/home/x", "../x", 0, 0, 0, 0 },
	{ "mkdir", { 0 }, { "d" }, "/home/alice/d", "d", 0, 0, 0, 0 },
	{ "mkdirat", { FD }, { 0, "d" }, "/srv/d", "d", 0, 0, 0, 0 },
	{ "rmdir", { 0 }, { "/d/" }, "/d", "/d/", 0, 0, 0, 0 },
	{ "unlink", { 0 }, { "x" }, "/home/alice/x", "x", 0, 0, 0, 0 },
	{ "unlinkat", { FD }, { 0, "x" }, "/srv/x", "x", 0, 0, 0, 0 },
	{ "chmod", { 0 }, { "/x" }, "/x", "/x", 0, 0, 0, 0 },
	{ "fchmodat", { FD }, { 0, "x" }, "/srv/x", "x", 0, 0, 0, 0 },
	{ "chown", { 0 }, { "x" }, "/home/alice/x", "x", 0, 0, 0, 0 },
	{ "lchown", { 0 }, { "x" }, "/home/alice/x", "x", 0, 0, 0, 0 },
	{ "fchownat", { FD }, { 0, "x" }, "/srv/x", "x", 0, 0, 0, 0 },
	{ "mknod", { 0 }, { "x" }, "/home/alice/x", "x", 0, 0, 0, 0 },
	{ "mknodat", { FD }, { 0, "x" }, "/srv/x", "x", 0, 0, 0, 0 },
	{ "newfstatat", { FD }, { 0, "x" }, "/srv/x", "x", 0, 0, 0, 0 },
	{ "quotactl", { 0 }, { 0, "/dev/sda1" }, "/dev/sda1", "/dev/sda1", 0, 0, 0, 0 },
	{ "umount2", { 0 }, { "/mnt" }, "/mnt", "/mnt", 0, 0, 0, 0 },
	{ "fchmod", { FD }, { 0 }, "/srv", "/srv", 0, 0, 0, 0 },
	{ "fchown", { FD }, { 0 }, "/srv", "/srv", 0, 0, 0, 0 },
	{ "rename", { 0 }, { "a", "/b" }, 0, 0, "/home/alice/a", "a", "/b", "/b" },
	{ "renameat", { FD, 0, FD }, { 0, "a", 0, "b" }, 0, 0, "/srv/a", "a", "/srv/b", "b" },
	{ "renameat2", { FD, 0, (uint32_t)AT_FDCWD }, { 0, "a", 0, "b" }, 0, 0, "/srv/a", "a",
	  "/home/alice/b", "b" },
	{ "link", { 0 }, { "old", "new" }, 0, 0, "/home/alice/new", "new", "/home/alice/old",
	  "old" },
	{ "linkat", { FD, 0, FD }, { 0, "old", 0, "/new" }, 0, 0, "/new", "/new", "/srv/old",
	  "old" },
	{ "symlink", { 0 }, { "../t", "l" }, 0, 0, "/home/alice/l", "l", "/home/t", "../t" },
	{ "symlinkat", { 0, FD }, { "t", 0, "l" }, 0, 0, "/srv/l", "l", "/home/alice/t", "t" },
	{ "mount", { 0 }, { "/dev/sda1", "mnt", "ext4" }, 0, 0, "/dev/sda1", "/dev/sda1",
	  "/home/alice/mnt", "mnt" },
	{ "mount", { 0 }, { "tmpfs", "/mnt", "tmpfs" }, 0, 0, "tmpfs", "tmpfs", "/mnt", "/mnt" },
	{ "mount", { 0 }, { "./img", "/mnt" }, 0, 0, "/home/alice/img", "./img", "/mnt", "/mnt" },
};

static void see_call(struct eyas_fields *f, const struct call *c, int64_t ret)
{
	eyas_rec_sys_args(&f->b, eyas_evtype_by_name(c->name), ret, c->args);
	for (uint8_t i = 0; i < 6; i++)
		if (c->paths[i])
			eyas_rec_text(&f->b, EYAS_BLOB_STRING, i, c->paths[i]);
	eyas_fields_see(f);
}

static void create(struct eyas_fields *f)
{
	eyas_fields_create(f);
	eyas_fields_tree(f);
	eyas_rec_sys(&f->b, SYS_openat, FD, (uint32_t)AT_FDCWD);
	eyas_rec_text(&f->b, EYAS_BLOB_STRING, 1, "/srv");
	eyas_rec_file(&f->b, EYAS_BLOB_FILE, 0040755);
	eyas_fields_see(f);
}

START_TEST(each_call)
{
	const struct call *c = &calls[_i];
	struct eyas_fields f;

	create(&f);
	see_call(&f, c, 0);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", c->name }, { "fs.path.name", c->path },
		{ "fs.path.nameraw", c->raw }, { "fs.path.source", c->source },
		{ "fs.path.sourceraw", c->sourceraw }, { "fs.path.target", c->target },
		{ "fs.path.targetraw", c->targetraw }, { 0 } });
	see_call(&f, c, -EACCES);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fs.path.name", NULL }, { "fs.path.nameraw", NULL }, { "fs.path.source", NULL },
		{ "fs.path.sourceraw", NULL }, { "fs.path.target", NULL },
		{ "fs.path.targetraw", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(other_calls)
{
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_chdir, 0);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/tmp");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fs.path.name", NULL }, { "fs.path.target", NULL }, { 0 } });
	eyas_rec_exec(&f.b, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "fs.path.name", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(not_recorded)
{
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_unlink, 0);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fs.path.name", NULL }, { "fs.path.nameraw", NULL }, { 0 } });
	eyas_rec_sys(&f.b, SYS_unlink, 0);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "")->arg |= EYAS_BLOB_F_FAULT;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "fs.path.name", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* The kernel's own paths, where they differ. */
START_TEST(real_paths)
{
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_open, 3);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/tmp/link");
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, "/etc/shadow");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fs.path.name", "/tmp/link" }, { "real:fs.path.name", "/etc/shadow" },
		{ "fs.path.nameraw", "/tmp/link" }, { "real:fs.path.source", NULL }, { 0 } });
	eyas_rec_sys(&f.b, SYS_rename, 0);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/tmp/link/a");
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, "/b");
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 0, "/etc/a");
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 1, "/b");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fs.path.source", "/tmp/link/a" }, { "real:fs.path.source", "/etc/a" },
		{ "fs.path.target", "/b" }, { "real:fs.path.target", NULL }, { 0 } });
	eyas_rec_sys(&f.b, SYS_fchmod, 0, FD);
	eyas_rec_file(&f.b, EYAS_BLOB_FILE, 0040755);
	eyas_rec_text(&f.b, EYAS_BLOB_FILE_PATH, 0, "/srv");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fs.path.name", "/srv" }, { "real:fs.path.name", NULL }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Nobody knows where it is: it is left as it is. */
START_TEST(unknown_directory)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_rec_sys(&f.b, SYS_unlink, 0);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "a/../b");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "fs.path.name", "a/../b" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, each_call, 0, sizeof(calls) / sizeof(*calls));
	tcase_add_test(tc, other_calls);
	tcase_add_test(tc, not_recorded);
	tcase_add_test(tc, real_paths);
	tcase_add_test(tc, unknown_directory);
}

EYAS_TEST_MAIN("field_fs", fill)
