// SPDX-License-Identifier: Apache-2.0
/* Fields of events by their names, as text. */
#include "fields.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "rule/test.h"

void eyas_fields_create(struct eyas_fields *f)
{
	struct eyas_err err;

	memset(f, 0, sizeof(*f));
	eyas_strbuf_init(&f->text);
	eyas_fakeroot_create(&f->root);
	eyas_fakeroot_file(&f->root, "etc/passwd",
			   "root:x:0:0:root:/root:/bin/bash\n"
			   "www-data:x:33:33:www:/var/www:/usr/sbin/nologin\n"
			   "alice:x:1001:1001:Alice:/home/alice:/bin/zsh\n");
	eyas_fakeroot_file(&f->root, "etc/group", "root:x:0:\nwww-data:x:33:\nalice:x:1001:\n");
	eyas_fakeroot_file(&f->root, "etc/hosts",
			   "10.0.0.1\tkubernetes.default.svc.cluster.local # the API\n"
			   "10.0.0.2 one two\n::1 localhost6\n");
	if (eyas_enrich_create(&f->en, f->root.dir, &err))
		ck_abort_msg("%s", err.msg);
}

void eyas_fields_release(struct eyas_fields *f)
{
	eyas_enrich_free(f->en);
	eyas_arena_release(&f->arena);
	eyas_recs_release(&f->b);
	eyas_strbuf_release(&f->text);
	eyas_fakeroot_remove(&f->root);
}

void eyas_fields_see(struct eyas_fields *f)
{
	eyas_rec_event(&f->b, &f->ev);
	ck_assert_int_eq(eyas_enrich_update(f->en, &f->ev), 0);
	if (f->arena.first)
		eyas_arena_reset(&f->arena);
	eyas_field_ctx_init(&f->ctx, &f->ev, f->en, &f->arena, "testhost");
}

static void add_list(struct eyas_fields *f, uint8_t kind, const char *list, size_t len)
{
	eyas_rec_blob(&f->b, kind, EYAS_BLOB_NO_ARG, list, len);
}

#define LIST(f, kind, text)	add_list(f, kind, text, sizeof(text))	/* its NUL, too */

static struct eyas_task *exec(struct eyas_fields *f, uint32_t parent, uint32_t pid,
			      const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	struct eyas_task *t;

	if (parent) {
		eyas_rec_by(&f->b, parent);
		eyas_rec_fork(&f->b, pid, name);
		eyas_fields_see(f);
	}
	eyas_rec_by(&f->b, pid);
	t = eyas_rec_exec(&f->b, name);
	t->ppid = parent;
	eyas_rec_text(&f->b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, path);
	return t;
}

static void set_alice(struct eyas_task *t)
{
	t->uid = t->euid = t->suid = t->fsuid = t->loginuid = 1001;
	t->gid = t->egid = t->sgid = t->fsgid = 1001;
	t->sid = t->vsid = 200;
	t->tty = 34816;
}

void eyas_fields_tree(struct eyas_fields *f)
{
	exec(f, 0, 1, "/usr/lib/systemd/systemd");
	LIST(f, EYAS_BLOB_ARGV, "/sbin/init");
	eyas_fields_see(f);
	exec(f, 1, 100, "/usr/sbin/sshd");
	LIST(f, EYAS_BLOB_ARGV, "sshd: alice\0-D");
	eyas_fields_see(f);
	set_alice(exec(f, 100, 200, "/usr/bin/bash"));
	LIST(f, EYAS_BLOB_ARGV, "-bash");
	LIST(f, EYAS_BLOB_ENVP, "HOME=/home/alice\0LANG=C");
	eyas_rec_text(&f->b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/home/alice");
	eyas_fields_see(f);
	set_alice(exec(f, 200, 300, "/usr/bin/cat"));
	LIST(f, EYAS_BLOB_ARGV, "cat\0-n\0/etc/shadow");
	LIST(f, EYAS_BLOB_ENVP, "HOME=/home/alice\0LANG=C\0EMPTY=");
	eyas_rec_text(&f->b, EYAS_BLOB_CWD, EYAS_BLOB_NO_ARG, "/home/alice");
	eyas_rec_text(&f->b, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, "/bin/cat");
	eyas_fields_see(f);
}

/* ---- one value ---- */

static const struct eyas_field *find(const char *name, struct eyas_field_arg *arg, char *buf,
				     size_t size)
{
	const char *open = strchr(name, '[');
	size_t len = open ? (size_t)(open - name) : strlen(name);
	const struct eyas_field *f = eyas_field_find(name, len, arg);
	struct eyas_err err;

	if (!f)
		ck_abort_msg("there is no field '%s'", name);
	if (open) {
		ck_assert_msg(f->flags & (EYAS_FIELD_ARG_OPT | EYAS_FIELD_ARG_REQ),
			      "'%s' takes no argument", name);
		snprintf(buf, size, "%s", open + 1);
		buf[strlen(buf) - 1] = '\0';
		arg->given = true;
		if (f->flags & EYAS_FIELD_ARG_KEY)
			arg->key = buf;
		else
			arg->index = strtoull(buf, NULL, 10);
	}
	if (f->bind && f->bind(arg, &err))
		ck_abort_msg("'%s': %s", name, err.msg);
	return f;
}

static void add_value(struct eyas_strbuf *out, const struct eyas_value *v)
{
	char ip[INET6_ADDRSTRLEN];

	switch (v->type) {
	case EYAS_T_STRING:
	case EYAS_T_BYTES:
		eyas_strbuf_add(out, v->s.p, v->s.len);
		break;
	case EYAS_T_BOOL:
		ck_assert(v->u <= 1);
		eyas_strbuf_adds(out, v->u ? "true" : "false");
		break;
	case EYAS_T_INT:
		eyas_strbuf_addi(out, v->i);
		break;
	case EYAS_T_DOUBLE:
		eyas_strbuf_addf(out, "%.3f", v->d);
		break;
	case EYAS_T_IP:
		ck_assert(v->ip.family == 4 || v->ip.family == 6);
		ck_assert(inet_ntop(v->ip.family == 4 ? AF_INET : AF_INET6, v->ip.addr, ip,
				    sizeof(ip)));
		eyas_strbuf_adds(out, ip);
		break;
	case EYAS_T_UINT:
	case EYAS_T_RELTIME:
	case EYAS_T_ABSTIME:
	case EYAS_T_PORT:
		eyas_strbuf_addu(out, v->u);
		break;
	case EYAS_T_NONE:
	case EYAS_T_NET:
		ck_abort_msg("a value of type %d", (int)v->type);
	}
}

/* What rules rely on, whatever the value. */
static void check_type(const char *name, const struct eyas_field *f,
		       const struct eyas_field_arg *arg, const struct eyas_value *v)
{
	bool list = (f->flags & EYAS_FIELD_LIST) && !arg->given;
	bool any = (f->flags & EYAS_FIELD_ANY) && !arg->given;

	ck_assert_msg(eyas_type_is_alike(v->type, f->type), "'%s': a value of type %d, not %d",
		      name, (int)v->type, (int)f->type);
	ck_assert_msg(v->list ? list || any : !list, "'%s': %s a list", name,
		      v->list ? "is" : "is not");
	for (size_t i = 0; v->list && i < v->l.len; i++)
		ck_assert_msg(v->l.v[i].type == v->type && !v->l.v[i].list,
			      "'%s': elements of different types", name);
}

const char *eyas_fields_text(struct eyas_fields *f, const char *field)
{
	bool real = !strncmp(field, "real:", 5);
	const char *name = real ? field + 5 : field;
	struct eyas_field_arg arg;
	const struct eyas_field *row;
	struct eyas_value v;
	char buf[128];
	int r;

	row = find(name, &arg, buf, sizeof(buf));
	ck_assert_msg(!real || row->get_real, "'%s' has no other value", name);
	memset(&v, 0xee, sizeof(v));
	r = (real ? row->get_real : row->get)(&f->ctx, &arg, &v);
	if (r == -ENOENT)
		return NULL;
	ck_assert_msg(r == 0, "'%s': error %d", field, r);
	check_type(field, row, &arg, &v);
	eyas_strbuf_reset(&f->text);
	if (!v.list) {
		add_value(&f->text, &v);
		return f->text.buf;
	}
	eyas_strbuf_addc(&f->text, '(');
	for (size_t i = 0; i < v.l.len; i++) {
		if (i)
			eyas_strbuf_addc(&f->text, ',');
		add_value(&f->text, &v.l.v[i]);
	}
	eyas_strbuf_addc(&f->text, ')');
	return f->text.buf;
}

void eyas_fields_expect(struct eyas_fields *f, const struct eyas_field_case *cases)
{
	for (; cases->field; cases++) {
		const char *got = eyas_fields_text(f, cases->field);

		if (!got || !cases->want)
			ck_assert_msg(got == cases->want, "%s is %s%s%s, not %s%s%s",
				      cases->field, got ? "'" : "", got ? got : "missing",
				      got ? "'" : "", cases->want ? "'" : "",
				      cases->want ? cases->want : "missing",
				      cases->want ? "'" : "");
		else
			ck_assert_msg(!strcmp(got, cases->want), "%s is '%s', not '%s'",
				      cases->field, got, cases->want);
	}
}

/* ---- all rows ---- */

/* Is the case about the row, whatever argument it has? */
static bool is_about(const struct eyas_field_case *c, const struct eyas_field *row)
{
	struct eyas_field_arg arg;
	size_t len = strcspn(c->field, "[");

	return strncmp(c->field, "real:", 5) != 0 &&
	       strcmp(eyas_field_find(c->field, len, &arg)->name, row->name) == 0;
}

static bool has_case(const struct eyas_field_case *const *lists, const struct eyas_field *row,
		     bool value)
{
	for (; *lists; lists++)
		for (const struct eyas_field_case *c = *lists; c->field; c++)
			if (!c->want != value && is_about(c, row))
				return true;
	return false;
}

static bool is_among(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

void eyas_fields_covered(const char *family, const struct eyas_field_case *const *lists,
			 const char *const *always)
{
	const struct eyas_field_family *const *families, *f = NULL;
	size_t n;

	families = eyas_field_families(&n);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(families[i]->name, family))
			f = families[i];
	ck_assert_msg(f != NULL, "no family '%s'", family);
	for (size_t i = 0; i < f->len; i++) {
		const struct eyas_field *row = &f->fields[i];

		ck_assert_msg(has_case(lists, row, true) != !!(row->flags & EYAS_FIELD_NEVER),
			      "'%s': no case with a value", row->name);
		ck_assert_msg(has_case(lists, row, false) != is_among(always, row->name),
			      "'%s': no case without a value", row->name);
	}
}
