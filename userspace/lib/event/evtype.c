// SPDX-License-Identifier: Apache-2.0
/* Names of event types, and back: what rules may write as evt.type. */
#include "event/evtype.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include "event/callnr.h"
#include "event/syscall.h"

#define NATIVE		EYAS_ABI_X86_64	/* on every host, see evtype.h */

/* Those above the native calls. Without name: rules do not see it. */
static const char *const names[] = {
	[EYAS_EVT_SYSCALL - EYAS_NR_MAX]	= "syscall",
#define ONLY(name)	[EYAS_EVT_##name - EYAS_NR_MAX] = #name,
#define SAME(name, native)
#include "event/foreign.h"
	[EYAS_EVT_PROCEXIT - EYAS_NR_MAX]	= "procexit",
	[EYAS_EVT_SIGNALDELIVER - EYAS_NR_MAX]	= "signaldeliver",
	[EYAS_EVT_SWITCH - EYAS_NR_MAX]		= "switch",
	[EYAS_EVT_PAGE_FAULT - EYAS_NR_MAX]	= "page_fault",
};

/* Second names: those of other ABIs, and those that rules have beside ours. */
static const struct {
	const char *name, *means;
} aliases[] = {
#define ONLY(name)
#define SAME(name, native)	{ #name, #native },
#include "event/foreign.h"
	{ "fstatat", "newfstatat" },
	{ "llseek", "_llseek" },
	{ "page_fault_kernel", "page_fault" },
	{ "page_fault_user", "page_fault" },
	{ "pread", "pread64" },
	{ "prlimit", "prlimit64" },
	{ "pwrite", "pwrite64" },
	{ "sched_process_exit", "procexit" },
	{ "sched_switch", "switch" },
	{ "signal_deliver", "signaldeliver" },
};

/* Names that rules may write though nothing here has that type. */
static const char *const others[] = {
	/* what Falco tells of itself, of containers, users and plugins */
	"asyncevent", "container", "cpu_hotplug", "drop", "groupadded", "groupdeleted", "infra",
	"k8s", "mesos", "notification", "pluginevent", "procinfo", "scapevent", "tracer",
	"useradded", "userdeleted",
	/* calls of architectures that eyas does not run on */
	"multiplexer", "pciconfig_iobase", "pciconfig_read", "pciconfig_write",
	"riscv_flush_icache", "riscv_hwprobe", "rtas", "s390_guarded_storage",
	"s390_pci_mmio_read", "s390_pci_mmio_write", "s390_runtime_instr", "s390_sthyi",
	"spu_create", "spu_run", "subpage_prot", "swapcontext", "switch_endian",
	"sync_file_range2", "sys_debug_setcontext", "timerfd",
};

const char *eyas_evtype_name(unsigned int evtype)
{
	const struct eyas_syscall *sc;

	if (evtype < EYAS_NR_MAX) {
		sc = eyas_syscall_by_nr(NATIVE, (int)evtype);
		return sc ? sc->name : NULL;
	}
	evtype -= EYAS_NR_MAX;
	return evtype < sizeof(names) / sizeof(names[0]) ? names[evtype] : NULL;
}

/* The type that is called so first of all. */
static int by_first_name(const char *name)
{
	const struct eyas_syscall *sc = eyas_syscall_by_name(NATIVE, name);

	if (sc)
		return sc->evtype;
	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && !strcmp(names[i], name))
			return EYAS_NR_MAX + (int)i;
	return -ENOENT;
}

int eyas_evtype_by_name(const char *name)
{
	int t = by_first_name(name);

	for (size_t i = 0; t < 0 && i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (!strcmp(aliases[i].name, name))
			t = by_first_name(aliases[i].means);
	for (size_t i = 0; t < 0 && i < sizeof(others) / sizeof(others[0]); i++)
		if (!strcmp(others[i], name))
			t = EYAS_EVT_OTHER_NAMED;
	return t;
}

bool eyas_evtype_copies(unsigned int t)
{
	return t == SYS_dup || t == SYS_dup2 || t == SYS_dup3;
}
