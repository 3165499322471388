// SPDX-License-Identifier: Apache-2.0
/* Calls on the kernel itself; none of them gets anywhere. */
#include "calls.h"

int main(void)
{
	static unsigned long ctx;
	static const char image[] = "\177ELF";
	char buf[8];

	begin();
	X(SYS_init_module, A(image), 4, A("a=1")), line("init_module(%s, 4, \"a=1\")", ptr(image));
	X(SYS_finit_module, P(77), A(""), P(2)), line("finit_module(77, \"\", MODULE_INIT_IGNORE_VERMAGIC)");
	X(SYS_delete_module, A("nosuch"), P(O_NONBLOCK)), line("delete_module(\"nosuch\", O_NONBLOCK)");
	X(SYS_reboot, P(1), P(2), P(0), 0);
	line("reboot(0x1 /* LINUX_REBOOT_MAGIC_??? */, 0x2 /* LINUX_REBOOT_MAGIC_??? */, LINUX_REBOOT_CMD_CAD_OFF)");
	X(SYS_sethostname, A(edge), P(3)), line("sethostname(%s, 3)", ptr(edge));
	X(SYS_setdomainname, A(edge), P(-1)), line("setdomainname(%s, 4294967295)", ptr(edge));
	X(SYS_syslog, P(99), A(buf), P(8)), line("syslog(99 /* SYSLOG_ACTION_??? */, %s, 8)", ptr(buf));
	X(SYS_kexec_load, 0, 99, 0, 0), line("kexec_load(NULL, 99, NULL, KEXEC_ARCH_DEFAULT)");
	X(SYS_ioperm, 0x10000, 1, P(1)), line("ioperm(0x10000, 0x1, 1)");
	X(SYS_iopl, P(9)), line("iopl(9)");
	X(SYS_perf_event_open, A(edge), P(0), P(-1), P(-1), 8);
	line("perf_event_open(%s, 0, -1, -1, PERF_FLAG_FD_CLOEXEC)", ptr(edge));
	X(SYS_bpf, P(999), A(edge), P(8)), line("bpf(0x3e7 /* BPF_??? */, %s, 8)", ptr(edge));
	X(SYS_io_setup, P(1), A(&ctx)), line("io_setup(1, [%#lx])", ctx);
	X(SYS_io_destroy, ctx), line("io_destroy(%#lx)", ctx);
	X(SYS_io_setup, P(1), A(edge)), line("io_setup(1, %s)", ptr(edge));
	X(SYS_io_getevents, 0, 1, 1, A(buf), 0), line("io_getevents(NULL, 1, 1, %s, NULL)", ptr(buf));
	X(SYS_landlock_create_ruleset, 0, 0, P(1)), line("landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION)");
	X(SYS_landlock_restrict_self, P(77), P(0)), line("landlock_restrict_self(77, 0)");
	X(SYS_quotactl, P(0x80000700), A("nosuch"), P(0), A(buf));
	line("quotactl(QCMD(Q_GETQUOTA, USRQUOTA), \"nosuch\", 0, %s)", ptr(buf));
	X(SYS_vhangup + 10000), line("syscall_%#x(0, 0, 0, 0, 0, 0)", (int)SYS_vhangup + 10000);
	X(SYS_sysfs, 9, 1, 2), line("sysfs(0x9, 0x1, 0x2)");
	X(SYS_ustat, 0x7f00, A(buf)), line("ustat(makedev(0x7f, 0), %s)", ptr(buf));
	X(SYS_sync), line("sync()");
	finish();
}
