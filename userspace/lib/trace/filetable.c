// SPDX-License-Identifier: Apache-2.0
/* Which files calls were about: opened, read, written, or named. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "enrich/path.h"
#include "trace/tables.h"

struct row {
	uint64_t opens, reads, read_bytes, writes, written_bytes, others, errors;
	size_t len;
	char path[];
};

struct eyas_trace_files {
	struct eyas_strmap rows;	/* path -> struct row */
	struct eyas_arena arena;	/* for one call */
};

struct call {
	const struct eyas_trace *t;
	const struct eyas_event *enter, *exit;
	bool failed;
};

struct eyas_trace_files *eyas_files_new(void)
{
	return calloc(1, sizeof(struct eyas_trace_files));
}

void eyas_files_free(struct eyas_trace_files *f)
{
	const char *key;
	size_t len;
	void *row;

	if (!f)
		return;
	for (size_t pos = 0; eyas_strmap_next(&f->rows, &pos, &key, &len, &row);)
		free(row);
	eyas_strmap_release(&f->rows);
	eyas_arena_release(&f->arena);
	free(f);
}

static struct row *row_get(struct eyas_trace_files *f, struct eyas_text path)
{
	struct row *row = eyas_strmap_get(&f->rows, path.p, path.len);

	if (row)
		return row;
	row = calloc(1, sizeof(*row) + path.len + 1);
	if (!row)
		return NULL;
	memcpy(row->path, path.p, path.len);
	row->len = path.len;
	if (eyas_strmap_set(&f->rows, path.p, path.len, row) == 0)
		return row;
	free(row);
	return NULL;
}

/* The real path of a descriptor; false: unknown, or no file. */
static bool fd_path(const struct call *c, int arg, struct eyas_text *ret)
{
	const struct eyas_event_blob *b =
		eyas_traffic_blob(c->enter, c->exit, EYAS_BLOB_FILE_PATH, arg);

	if (!b || !b->len || b->data[0] != '/')
		return false;
	*ret = (struct eyas_text){ b->data, b->len };
	return true;
}

/* What a path argument names: as given, made absolute. */
static bool named_path(struct eyas_trace_files *f, const struct call *c, unsigned int arg,
		       struct eyas_text *ret)
{
	const struct eyas_event *ev = c->exit;
	const struct eyas_event_blob *b =
		eyas_traffic_blob(c->enter, ev, EYAS_BLOB_STRING, (int)arg);
	const struct eyas_proc *p = eyas_enrich_proc(c->t->en, ev->pid);
	struct eyas_text base = { 0 };
	bool at = arg && ev->sc->args[arg - 1].kind == EYAS_KIND_DIRFD;

	if (!b || !b->len)
		return false;
	if (at && (int)ev->sys->args[arg - 1] != AT_FDCWD)
		fd_path(c, (int)arg - 1, &base);
	else if (p)
		base = p->cwd;
	return eyas_path_join(base, (struct eyas_text){ b->data, b->len }, &f->arena, ret) == 0;
}

static int count_open(struct eyas_trace_files *f, const struct call *c)
{
	struct eyas_text path;
	struct row *row;

	if (c->failed || !fd_path(c, EYAS_BLOB_NO_ARG, &path)) {
		for (unsigned int i = 0; i < c->exit->sc->nargs; i++)
			if (c->exit->sc->args[i].kind == EYAS_KIND_PATH &&
			    named_path(f, c, i, &path))
				goto found;
		return 0;
	}
found:
	row = row_get(f, path);
	if (!row)
		return -ENOMEM;
	row->opens++;
	row->errors += c->failed;
	return 0;
}

static int count_move(struct eyas_trace_files *f, const struct call *c, int arg, bool reads,
		      uint64_t bytes)
{
	struct eyas_text path;
	struct row *row;

	if (arg < 0 || !fd_path(c, arg, &path))
		return 0;
	row = row_get(f, path);
	if (!row)
		return -ENOMEM;
	if (reads) {
		row->reads++;
		row->read_bytes += bytes;
	} else {
		row->writes++;
		row->written_bytes += bytes;
	}
	row->errors += c->failed;
	return 0;
}

/* Calls that name files or use them, but move no bytes. */
static int count_other(struct eyas_trace_files *f, const struct call *c)
{
	const struct eyas_syscall *sc = c->exit->sc;

	for (unsigned int i = 0; i < sc->nargs; i++) {
		struct eyas_text path;
		struct row *row;
		bool found = sc->args[i].kind == EYAS_KIND_PATH ?
				     named_path(f, c, i, &path) :
				     sc->args[i].kind == EYAS_KIND_FD && fd_path(c, (int)i, &path);

		if (!found)
			continue;
		row = row_get(f, path);
		if (!row)
			return -ENOMEM;
		row->others++;
		row->errors += c->failed;
	}
	return 0;
}

int eyas_files_add(struct eyas_trace_files *f, const struct eyas_trace *t,
		   const struct eyas_event *enter, const struct eyas_event *exit)
{
	struct eyas_traffic does = eyas_traffic_of(exit);
	struct call c = { .t = t, .enter = enter, .exit = exit };
	uint64_t bytes = 0;
	int r;

	if (!exit->sys || !exit->sc)
		return 0;
	c.failed = eyas_is_errno(exit->sys->ret);
	if (does.bytes && exit->sys->ret > 0)
		bytes = (uint64_t)exit->sys->ret;
	if (does.verb == EYAS_TRAFFIC_OPEN) {
		r = count_open(f, &c);
	} else if (does.verb == EYAS_TRAFFIC_MOVE) {
		r = count_move(f, &c, does.from, true, bytes);
		if (!r)
			r = count_move(f, &c, does.to, false, bytes);
	} else {
		r = count_other(f, &c);
	}
	eyas_arena_reset(&f->arena);
	return r;
}

static int row_compare(const void *a, const void *b)
{
	const struct row *ra = *(struct row *const *)a, *rb = *(struct row *const *)b;

	return strcmp(ra->path, rb->path);
}

/* No control character of a name may reach a terminal. */
static void put_name(struct eyas_strbuf *out, const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c < ' ' || c == 0x7f)
			eyas_strbuf_addf(out, "\\%o", c);
		else
			eyas_strbuf_addc(out, p[i]);
	}
}

void eyas_files_text(const struct eyas_trace_files *f, struct eyas_strbuf *out)
{
	_cleanup_free_ struct row **rows = calloc(f->rows.len + 1, sizeof(*rows));
	size_t n = 0, len;
	const char *key;
	void *val;

	if (!rows || !f->rows.len)
		return;
	for (size_t pos = 0; eyas_strmap_next(&f->rows, &pos, &key, &len, &val);)
		rows[n++] = val;
	qsort(rows, n, sizeof(*rows), row_compare);
	eyas_strbuf_adds(out, "   opens    reads    bytes read   writes bytes written   others   "
			      "errors file\n"
			      "-------- -------- ------------- -------- ------------- -------- "
			      "-------- ----------------\n");
	for (size_t i = 0; i < n; i++) {
		const struct row *r = rows[i];

		eyas_strbuf_addf(out, "%8" PRIu64 " %8" PRIu64 " %13" PRIu64 " %8" PRIu64
				 " %13" PRIu64 " %8" PRIu64 " %8" PRIu64 " ",
				 r->opens, r->reads, r->read_bytes, r->writes, r->written_bytes,
				 r->others, r->errors);
		put_name(out, r->path, r->len);
		eyas_strbuf_addc(out, '\n');
	}
}
