/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of fields: what there must be, and that it makes sense. */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include "base/util.h"
#include "event/evtype.h"
#include "fields.h"
#include "field/params.h"
#include "unit.h"

static const struct eyas_field *find(const char *name)
{
	struct eyas_field_arg arg;

	return eyas_field_find(name, strlen(name), &arg);
}

/* ---- all that Falco's rules may name ---- */

/*
 * Name, type, flags. Types: s string, b bytes, i signed, u unsigned, t truth,
 * d double, r duration, a point in time, I address, N network, P port. Flags as
 * in its list: D deprecated, F filter only, P print only, A argument needed, a
 * optional, L list, x no transformer, r not on the right.
 */
static const char *const inventory[] = {
	"evt.num u", "evt.time s", "evt.time.s s", "evt.time.iso8601 s", "evt.datetime s",
	"evt.datetime.s s", "evt.rawtime a", "evt.rawtime.s a", "evt.rawtime.ns a",
	"evt.reltime r", "evt.reltime.s r", "evt.reltime.ns r", "evt.outputtime s P",
	"evt.latency r D", "evt.latency.s r D", "evt.latency.ns r D", "evt.latency.human s D",
	"evt.deltatime r", "evt.deltatime.s r", "evt.deltatime.ns r", "evt.dir s D",
	"evt.type s", "evt.type.is u A", "syscall.type s", "evt.category s", "evt.cpu i",
	"evt.args s", "evt.arg s A", "evt.rawarg - Axr", "evt.info s", "evt.buffer b",
	"evt.buflen u", "evt.res s", "evt.rawres i", "evt.failed t", "evt.is_io t",
	"evt.is_io_read t", "evt.is_io_write t", "evt.io_dir s", "evt.is_wait t",
	"evt.wait_latency r D", "evt.is_syslog t", "evt.count u", "evt.count.error u",
	"evt.count.error.file u", "evt.count.error.net u", "evt.count.error.memory u",
	"evt.count.error.other u", "evt.count.exit u", "evt.abspath s", "evt.abspath.src s",
	"evt.abspath.dst s", "evt.is_open_read t", "evt.is_open_write t", "evt.is_open_exec t",
	"evt.is_open_create t", "evt.source s", "evt.is_async t", "evt.asynctype s",
	"evt.pluginname s", "evt.plugininfo s", "evt.hostname s",

	"proc.exe s", "proc.pexe s", "proc.aexe s axr", "proc.exepath s", "proc.pexepath s",
	"proc.aexepath s axr", "proc.name s", "proc.pname s", "proc.aname s axr",
	"proc.args s a", "proc.aargs s a", "proc.cmdline s", "proc.pcmdline s",
	"proc.acmdline s axr", "proc.cmdnargs u", "proc.cmdlenargs u", "proc.exeline s",
	"proc.env s a", "proc.aenv s axr", "proc.cwd s", "proc.loginshellid i", "proc.tty u",
	"proc.pid i", "proc.ppid i", "proc.apid i axr", "proc.vpid i", "proc.pvpid i",
	"proc.sid i", "proc.sname s", "proc.sid.exe s", "proc.sid.exepath s", "proc.vpgid i",
	"proc.vpgid.name s", "proc.vpgid.exe s", "proc.vpgid.exepath s", "proc.pgid i",
	"proc.pgid.name s", "proc.pgid.exe s", "proc.pgid.exepath s", "proc.duration r",
	"proc.ppid.duration r", "proc.pid.ts r", "proc.ppid.ts r", "proc.is_exe_writable t",
	"proc.is_exe_upper_layer t", "proc.is_exe_lower_layer t", "proc.is_exe_from_memfd t",
	"proc.is_sid_leader t", "proc.is_vpgid_leader t", "proc.is_pgid_leader t",
	"proc.exe_ino i", "proc.exe_ino.ctime a", "proc.exe_ino.mtime a",
	"proc.exe_ino.ctime_duration_proc_start a", "proc.exe_ino.ctime_duration_pidns_start a",
	"proc.pidns_init_start_ts u", "proc.fdopencount u", "proc.fdlimit i", "proc.fdusage d",
	"proc.vmsize u", "proc.vmrss u", "proc.vmswap u", "proc.nthreads u", "proc.nchilds u",
	"proc.stdin.type s", "proc.stdout.type s", "proc.stderr.type s", "proc.stdin.name s",
	"proc.stdout.name s", "proc.stderr.name s",

	"thread.cap_permitted s", "thread.cap_inheritable s", "thread.cap_effective s",
	"thread.pfmajor u", "thread.pfminor u", "thread.tid i", "thread.ismain t",
	"thread.vtid i", "thread.exectime r", "thread.totexectime r", "thread.cgroups s",
	"thread.cgroup s A", "thread.cpu d", "thread.cpu.user d", "thread.cpu.system d",
	"thread.vmsize u", "thread.vmrss u",

	"fd.num i", "fd.type s", "fd.typechar s", "fd.name s", "fd.directory s", "fd.filename s",
	"fd.ip I Fxr", "fd.cip I", "fd.sip I", "fd.lip I", "fd.rip I", "fd.port P Fxr",
	"fd.cport P", "fd.sport P", "fd.lport P", "fd.rport P", "fd.l4proto s",
	"fd.sockfamily s", "fd.is_server t", "fd.uid s", "fd.containername s",
	"fd.containerdirectory s", "fd.proto P Fxr", "fd.cproto s", "fd.sproto s", "fd.lproto s",
	"fd.rproto s", "fd.net N Fxr", "fd.cnet N Fxr", "fd.snet N Fxr", "fd.lnet N Fxr",
	"fd.rnet N Fxr", "fd.connected t", "fd.name_changed t", "fd.cip.name s xr",
	"fd.sip.name s xr", "fd.lip.name s xr", "fd.rip.name s xr", "fd.dev i", "fd.dev.major i",
	"fd.dev.minor i", "fd.ino i", "fd.nameraw s", "fd.types s Lar", "fd.is_upper_layer t",
	"fd.is_lower_layer t",

	"fs.path.name s", "fs.path.nameraw s", "fs.path.source s", "fs.path.sourceraw s",
	"fs.path.target s", "fs.path.targetraw s", "user.uid u", "user.name s", "user.homedir s",
	"user.shell s", "user.loginuid i", "user.loginname s", "group.gid u", "group.name s",

	"container.id s", "container.full_id s", "container.name s", "container.image s",
	"container.image.id s", "container.image.repository s", "container.image.tag s",
	"container.image.digest s", "container.type s", "container.privileged t",
	"container.mounts s", "container.mount s A", "container.mount.source s A",
	"container.mount.dest s A", "container.mount.mode s A", "container.mount.rdwr s A",
	"container.mount.propagation s A", "container.start_ts a", "container.duration r",
	"container.ip s", "container.cni.json s", "container.host_pid t",
	"container.host_network t", "container.host_ipc t", "container.label s A",
	"container.labels s",

	"k8s.pod.name s", "k8s.pod.uid s", "k8s.pod.id s", "k8s.pod.sandbox_id s",
	"k8s.pod.full_sandbox_id s", "k8s.pod.label s A", "k8s.pod.labels s", "k8s.pod.ip s",
	"k8s.pod.cni.json s", "k8s.ns.name s", "k8s.rc.name s D", "k8s.rc.id s D",
	"k8s.rc.label s DA", "k8s.rc.labels s D", "k8s.svc.name s D", "k8s.svc.id s D",
	"k8s.svc.label s DA", "k8s.svc.labels s D", "k8s.rs.name s D", "k8s.rs.id s D",
	"k8s.rs.label s DA", "k8s.rs.labels s D", "k8s.deployment.name s D",
	"k8s.deployment.id s D", "k8s.deployment.label s DA", "k8s.deployment.labels s D",
	"k8s.ns.id s D", "k8s.ns.label s DA", "k8s.ns.labels s D",
};

static char letter_of(enum eyas_type t)
{
	static const char letters[] = {
		[EYAS_T_NONE] = '-', [EYAS_T_STRING] = 's', [EYAS_T_BYTES] = 'b',
		[EYAS_T_INT] = 'i', [EYAS_T_UINT] = 'u', [EYAS_T_BOOL] = 't',
		[EYAS_T_DOUBLE] = 'd', [EYAS_T_RELTIME] = 'r', [EYAS_T_ABSTIME] = 'a',
		[EYAS_T_IP] = 'I', [EYAS_T_NET] = 'N', [EYAS_T_PORT] = 'P',
	};

	return letters[t];
}

static void check_flag(const char *item, const char *flags, char letter, bool is)
{
	ck_assert_msg(!!strchr(flags, letter) == is, "'%s': flag %c is %s", item, letter,
		      is ? "set" : "not set");
}

START_TEST(all_of_falco)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(inventory); i++) {
		const char *item = inventory[i], *type = strchr(item, ' ') + 1, *flags = type + 1;
		size_t len = (size_t)(type - item - 1);
		struct eyas_field_arg arg;
		const struct eyas_field *f = eyas_field_find(item, len, &arg);

		ck_assert_msg(f != NULL, "there is no '%s'", item);
		ck_assert_bytes_eq(item, len, f->name);
		ck_assert_msg(letter_of(f->type) == *type, "'%s': type %c", item,
			      letter_of(f->type));
		check_flag(item, flags, 'D', f->flags & EYAS_FIELD_DEPRECATED);
		check_flag(item, flags, 'F', f->flags & EYAS_FIELD_FILTER_ONLY);
		check_flag(item, flags, 'P', f->flags & EYAS_FIELD_PRINT_ONLY);
		check_flag(item, flags, 'A', f->flags & EYAS_FIELD_ARG_REQ);
		check_flag(item, flags, 'a', f->flags & EYAS_FIELD_ARG_OPT);
		check_flag(item, flags, 'L', f->flags & EYAS_FIELD_LIST);
		check_flag(item, flags, 'x', f->flags & EYAS_FIELD_NO_TRANSFORM);
		check_flag(item, flags, 'r', f->flags & EYAS_FIELD_NO_RHS);
	}
}
END_TEST

/* And nothing beside them: a name of our own would be in a list of its own here. */
START_TEST(no_more_than_these)
{
	const struct eyas_field_family *const *families;
	size_t n, rows = 0;

	families = eyas_field_families(&n);
	for (size_t i = 0; i < n; i++)
		rows += families[i]->len;
	ck_assert_uint_eq(rows, EYAS_ARRAY_LEN(inventory));
}
END_TEST

/* ---- sanity ---- */

static void check_row(const struct eyas_field_family *family, const struct eyas_field *f)
{
	unsigned int arg = f->flags & (EYAS_FIELD_ARG_OPT | EYAS_FIELD_ARG_REQ);

	ck_assert_msg(f->get && f->help && *f->help, "'%s': no getter or help", f->name);
	ck_assert_msg(!strchr(f->help, '\n') && strlen(f->help) < 90 &&
		      f->help[strlen(f->help) - 1] != '.', "'%s': help '%s'", f->name, f->help);
	ck_assert_msg(f->type != EYAS_T_NONE || !strcmp(f->name, "evt.rawarg"), "'%s': no type",
		      f->name);
	ck_assert_msg(arg != (EYAS_FIELD_ARG_OPT | EYAS_FIELD_ARG_REQ),
		      "'%s': its argument is both optional and needed", f->name);
	ck_assert_msg(arg || !(f->flags & (EYAS_FIELD_ARG_KEY | EYAS_FIELD_ARG_DOT)),
		      "'%s': no argument, but a kind of it", f->name);
	ck_assert_msg(!(f->flags & EYAS_FIELD_ARG_DOT) || f->flags & EYAS_FIELD_ARG_KEY,
		      "'%s': what follows a dot is text", f->name);
	ck_assert_msg(!(f->flags & EYAS_FIELD_JOIN) || f->flags & EYAS_FIELD_ANY,
		      "'%s': joined, but not several", f->name);
	ck_assert_msg(!(f->flags & EYAS_FIELD_ANY) || !(f->flags & EYAS_FIELD_LIST),
		      "'%s': a list and not one", f->name);
	ck_assert_msg((f->flags & (EYAS_FIELD_FILTER_ONLY | EYAS_FIELD_PRINT_ONLY)) !=
		      (EYAS_FIELD_FILTER_ONLY | EYAS_FIELD_PRINT_ONLY), "'%s': good for nothing",
		      f->name);
	ck_assert_msg(!f->get_real || f->type == EYAS_T_STRING, "'%s': a path is text", f->name);
	/* Families are found by how their fields begin. */
	ck_assert_msg((!strncmp(f->name, family->name, strlen(family->name)) &&
		       f->name[strlen(family->name)] == '.') || !strcmp(f->name, "syscall.type"),
		      "'%s' is not of family '%s'", f->name, family->name);
}

START_TEST(rows_make_sense)
{
	const struct eyas_field_family *const *families;
	size_t n;

	families = eyas_field_families(&n);
	ck_assert_uint_eq(n, 9);
	for (size_t i = 0; i < n; i++) {
		ck_assert(families[i]->name && families[i]->help && families[i]->len);
		for (size_t j = 0; j < families[i]->len; j++) {
			const struct eyas_field *f = &families[i]->fields[j];

			check_row(families[i], f);
			/* The first of a name is what is found: there is one. */
			ck_assert_msg(find(f->name) == f, "'%s' is there twice", f->name);
		}
	}
}
END_TEST

START_TEST(never_means_never)
{
	const struct eyas_field_family *const *families;
	size_t n;

	families = eyas_field_families(&n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < families[i]->len; j++) {
			const struct eyas_field *f = &families[i]->fields[j];
			struct eyas_field_arg arg = { 0 };
			struct eyas_value v;

			if (f->flags & EYAS_FIELD_NEVER)
				ck_assert_int_eq(f->get(NULL, &arg, &v), -ENOENT);
		}
}
END_TEST

/* ---- finding ---- */

START_TEST(found_by_whole_name)
{
	ck_assert_ptr_null(find("proc.nme"));
	ck_assert_ptr_null(find("proc.namex"));
	ck_assert_ptr_null(find("proc"));
	ck_assert_ptr_null(find(""));
	ck_assert_ptr_null(find("proc."));
	ck_assert_ptr_null(find("syscall.num"));
	ck_assert_ptr_null(find("name"));
	ck_assert_str_eq(find("syscall.type")->name, "syscall.type");
	ck_assert_ptr_ne(find("fd.name"), find("fd.nameraw"));
}
END_TEST

START_TEST(only_so_many_bytes)
{
	struct eyas_field_arg arg;

	ck_assert_str_eq(eyas_field_find("proc.name)", 9, &arg)->name, "proc.name");
	ck_assert_str_eq(eyas_field_find("proc.namespace", 9, &arg)->name, "proc.name");
	ck_assert_str_eq(eyas_field_find("evt.arg.fdx", 10, &arg)->name, "evt.arg");
}
END_TEST

static void check_key(const char *name, const char *row, const char *key)
{
	struct eyas_field_arg arg;
	const struct eyas_field *f = eyas_field_find(name, strlen(name), &arg);

	ck_assert_msg(f != NULL, "there is no '%s'", name);
	ck_assert_str_eq(f->name, row);
	ck_assert(!arg.given);
	if (key)
		ck_assert_bytes_eq(arg.key, arg.key_len, key);
	else
		ck_assert_ptr_null(arg.key);
}

START_TEST(arguments_behind_a_dot)
{
	check_key("evt.arg.flags", "evt.arg", "flags");
	check_key("evt.rawarg.res", "evt.rawarg", "res");
	check_key("evt.type.is.open", "evt.type.is", "open");
	check_key("thread.cgroup.cpuset", "thread.cgroup", "cpuset");
	check_key("thread.cgroups", "thread.cgroups", NULL);
	check_key("k8s.pod.label.app", "k8s.pod.label", "app");
	check_key("k8s.pod.label.app.kubernetes.io/name", "k8s.pod.label",
		  "app.kubernetes.io/name");
	check_key("k8s.pod.labels", "k8s.pod.labels", NULL);
	check_key("container.label.a.b", "container.label", "a.b");
	check_key("container.labels", "container.labels", NULL);
	check_key("evt.arg", "evt.arg", NULL);
	check_key("container.mount.dest", "container.mount.dest", NULL);
	ck_assert_ptr_null(find("evt.arg."));
	ck_assert_ptr_null(find("evt.type.is."));
	ck_assert_ptr_null(find("evt.arg.nonsense"));
	ck_assert_ptr_null(find("evt.arg.flag"));
	ck_assert_ptr_null(find("evt.rawarg.nonsense"));
	ck_assert_ptr_null(find("container.mount.nonsense"));
	ck_assert_ptr_null(find("proc.name.x"));
}
END_TEST

START_TEST(raw_arguments_have_types)
{
	ck_assert_int_eq(find("evt.rawarg.res")->type, EYAS_T_INT);
	ck_assert_int_eq(find("evt.rawarg.fd")->type, EYAS_T_INT);
	ck_assert_int_eq(find("evt.rawarg.flags")->type, EYAS_T_UINT);
	ck_assert_int_eq(find("evt.rawarg.name")->type, EYAS_T_STRING);
	ck_assert_int_eq(find("evt.rawarg.data")->type, EYAS_T_BYTES);
	ck_assert_int_eq(find("evt.rawarg.exe_ino_ctime")->type, EYAS_T_ABSTIME);
	ck_assert_int_eq(find("evt.rawarg.interval")->type, EYAS_T_RELTIME);
	ck_assert_int_eq(find("evt.rawarg.cap_effective")->type, EYAS_T_UINT);
	ck_assert(find("evt.rawarg.cap_effective")->flags & EYAS_FIELD_HEX);
	ck_assert_int_eq(find("evt.arg.fd")->type, EYAS_T_STRING);
	ck_assert_ptr_nonnull(find("evt.arg.name")->get_real);
	ck_assert_ptr_null(find("evt.arg.fd")->get_real);
}
END_TEST

/* Each parameter of each event is there as evt.arg and as evt.rawarg. */
START_TEST(all_arguments)
{
	char name[80];

	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++) {
		const struct eyas_params *ps = eyas_params_of(t);

		ck_assert_uint_gt(ps->len, 0);
		for (size_t i = 0; i < ps->len; i++) {
			snprintf(name, sizeof(name), "evt.arg.%s", ps->p[i].name);
			ck_assert_msg(find(name) != NULL, "there is no '%s'", name);
			snprintf(name, sizeof(name), "evt.rawarg.%s", ps->p[i].name);
			ck_assert_msg(find(name) != NULL, "there is no '%s'", name);
		}
	}
}
END_TEST

static int bind(const char *name, const char *key, struct eyas_err *err)
{
	struct eyas_field_arg arg;
	const struct eyas_field *f = eyas_field_find(name, strlen(name), &arg);

	if (key) {
		arg.given = true;
		arg.key = key;
	}
	return f->bind(&arg, err);
}

START_TEST(arguments_are_checked)
{
	struct eyas_err err;

	ck_assert_int_eq(bind("evt.type.is.openat", NULL, &err), 0);
	ck_assert_int_eq(bind("evt.type.is", "openat", &err), 0);
	ck_assert_int_eq(bind("evt.type.is.opened", NULL, &err), -EINVAL);
	ck_assert_str_eq(err.msg, "unknown event type opened");
	ck_assert_int_eq(bind("evt.rawarg.res", NULL, &err), 0);
	ck_assert_int_eq(bind("evt.rawarg", "0", &err), -EINVAL);
	ck_assert_str_eq(err.msg, "evt.rawarg takes a name, not a number: evt.rawarg.res");
	ck_assert_int_eq(bind("proc.aenv", "2", &err), 0);
	ck_assert_int_eq(bind("proc.aenv", "2HOME", &err), 0);
	ck_assert_int_eq(bind("proc.aenv", "12345678901234567890", &err), -EINVAL);
	ck_assert_int_eq(bind("container.mount", "/etc/*", &err), 0);
	ck_assert_int_eq(bind("container.mount", "0", &err), 0);
	ck_assert_int_eq(bind("container.mount", "12345678901234567890", &err), -EINVAL);
}
END_TEST

static const char *nearest(const char *name)
{
	return eyas_field_nearest(name, strlen(name));
}

START_TEST(nearest_name)
{
	ck_assert_str_eq(nearest("proc.nmae"), "proc.name");
	ck_assert_str_eq(nearest("proc.name"), "proc.name");
	ck_assert_str_eq(nearest("fd.nme"), "fd.name");
	ck_assert_str_eq(nearest("user.logname"), "user.loginname");
	ck_assert_str_eq(nearest("proc.cmd_line"), "proc.cmdline");
	ck_assert_ptr_null(nearest("completely.different"));
	ck_assert_ptr_null(nearest(""));
	ck_assert_ptr_null(nearest("x"));
	ck_assert_ptr_null(nearest("proc.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}
END_TEST

START_TEST(context)
{
	struct eyas_fields f;

	eyas_fields_create(&f);
	eyas_fields_tree(&f);
	ck_assert_ptr_eq(f.ctx.ev, &f.ev);
	ck_assert_uint_eq(f.ctx.proc->pid, 300);
	ck_assert_str_eq(f.ctx.hostname, "testhost");
	eyas_rec_by(&f.b, 9999);
	eyas_rec_sys(&f.b, SYS_close, 0, 3);
	eyas_fields_see(&f);
	ck_assert_ptr_null(f.ctx.proc);
	ck_assert(!f.ctx.subject.known);
	eyas_fields_release(&f);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_test(tc, all_of_falco);
	tcase_add_test(tc, no_more_than_these);
	tcase_add_test(tc, rows_make_sense);
	tcase_add_test(tc, never_means_never);
	tcase_add_test(tc, found_by_whole_name);
	tcase_add_test(tc, only_so_many_bytes);
	tcase_add_test(tc, arguments_behind_a_dot);
	tcase_add_test(tc, raw_arguments_have_types);
	tcase_add_test(tc, all_arguments);
	tcase_add_test(tc, arguments_are_checked);
	tcase_add_test(tc, nearest_name);
	tcase_add_test(tc, context);
}

EYAS_TEST_MAIN("field", fill)
