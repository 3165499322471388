// SPDX-License-Identifier: GPL-2.0
/* Bring-up in order, unwind in reverse; nothing else. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include "capture.h"
#include "chardev.h"
#include "genl.h"
#include "hook.h"
#include "ids.h"
#include "path.h"
#include "session.h"
#include "syscalls.h"

static int __init eyas_init(void)
{
	int err;

	err = eyas_ring_selftest();
	if (err)
		return err;
	eyas_syscalls_init();
	eyas_ids_init();
	eyas_path_init();
	err = eyas_hook_init();
	if (err)
		return err;
	err = eyas_session_init();
	if (err)
		goto out_hook;
	err = eyas_genl_init();
	if (err)
		goto out_session;
	err = eyas_chardev_init();
	if (err)
		goto out_genl;
	pr_info("eyas: version %s loaded\n", EYAS_VERSION);
	return 0;

out_genl:
	eyas_genl_exit();
out_session:
	eyas_session_exit();
out_hook:
	eyas_hook_exit();
	return err;
}

static void __exit eyas_exit(void)
{
	/* No session exists: an open one holds a reference to the module. */
	eyas_chardev_exit();
	eyas_genl_exit();
	eyas_session_exit();
	eyas_hook_exit();
	/* Policies and the like freed by kfree_rcu() need no code of ours. */
}

module_init(eyas_init);
module_exit(eyas_exit);

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The eyas developers");
MODULE_DESCRIPTION("eyas: system calls and process life into per-CPU rings");
MODULE_VERSION(EYAS_VERSION);
