// SPDX-License-Identifier: GPL-2.0
/* Records from where the kernel decides: what it decides on, from its own memory. */
#include <linux/binfmts.h>
#include <linux/bpf.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/net.h>
#include <linux/personality.h>
#include <linux/socket.h>
#include "anchor.h"
#include "capture.h"
#include "fetch.h"
#include "ids.h"
#include "object.h"
#include "socket.h"
#include "task.h"
#include "uring.h"

#define ARG(n)		regs_get_kernel_argument(regs, n)
#define OBJECT		EYAS_ROLE_OBJECT
#define TARGET		EYAS_ROLE_TARGET

/* One anchor: what is probed, and what goes into its record. */
struct anchor {
	const char *symbol;
	u8 cls;
	/* False: not of interest. NULL: always is. */
	bool (*want)(struct pt_regs *regs);
	/* False: no room. */
	bool (*fill)(struct eyas_writer *w, struct pt_regs *regs, u64 *value);
};

static bool put_file(struct eyas_writer *w, struct file *file, u8 role)
{
	return !file || eyas_object_file(w, file, EYAS_BLOB_FILE, EYAS_BLOB_FILE_PATH, role);
}

/* What is @dentry in directory @dir. */
static bool put_entry(struct eyas_writer *w, unsigned long dir, unsigned long dentry, u8 role)
{
	struct path path = {
		.mnt = ((const struct path *)dir)->mnt,
		.dentry = (struct dentry *)dentry,
	};

	return eyas_object_inode(w, &path, role);
}

static bool put_path(struct eyas_writer *w, unsigned long path, u8 role)
{
	return eyas_object_inode(w, (const struct path *)path, role);
}

static bool put_text(struct eyas_writer *w, unsigned long text, u8 role)
{
	const char *s = (const char *)text;

	return !s || eyas_fetch_kernel(w, EYAS_BLOB_STRING, role, s, strnlen(s, PATH_MAX));
}

static bool put_address(struct eyas_writer *w, unsigned long addr, int len)
{
	if (!addr || len <= 0)
		return true;
	len = min_t(int, len, sizeof(struct __kernel_sockaddr_storage));
	return eyas_fetch_kernel(w, EYAS_BLOB_SOCKADDR, OBJECT, (void *)addr, len);
}

static bool file_open(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	struct file *file = (struct file *)ARG(0);

	value[0] = file->f_flags;
	return put_file(w, file, OBJECT);
}

static bool file_plain(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return put_file(w, (struct file *)ARG(0), OBJECT);
}

static bool exec(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return put_file(w, ((struct linux_binprm *)ARG(0))->file, OBJECT);
}

static bool socket_plain(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return eyas_socket_object(w, (struct socket *)ARG(0), OBJECT);
}

static bool socket_address(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return socket_plain(w, regs, value) && put_address(w, ARG(1), ARG(2));
}

static bool socket_listen(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (int)ARG(1);
	return socket_plain(w, regs, value);
}

static bool socket_sendmsg(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	const struct msghdr *msg = (const struct msghdr *)ARG(1);

	value[0] = (int)ARG(2);
	return socket_plain(w, regs, value) &&
	       put_address(w, (unsigned long)msg->msg_name, msg->msg_namelen);
}

static bool socket_recvmsg(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (int)ARG(2);
	value[1] = (int)ARG(3);
	return socket_plain(w, regs, value);
}

static bool entry_plain(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return put_entry(w, ARG(0), ARG(1), OBJECT);
}

static bool entry_mkdir(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (umode_t)ARG(2);
	return entry_plain(w, regs, value);
}

static bool entry_mknod(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (umode_t)ARG(2);
	value[1] = (u32)ARG(3);
	return entry_plain(w, regs, value);
}

static bool entry_link(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	/* Links do not leave a mount. */
	return put_entry(w, ARG(1), ARG(0), OBJECT) && put_entry(w, ARG(1), ARG(2), TARGET);
}

static bool entry_symlink(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return entry_plain(w, regs, value) && put_text(w, ARG(2), TARGET);
}

static bool entry_rename(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return put_entry(w, ARG(0), ARG(1), OBJECT) && put_entry(w, ARG(2), ARG(3), TARGET);
}

static bool path_plain(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return put_path(w, ARG(0), OBJECT);
}

static bool path_chmod(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (umode_t)ARG(1);
	return path_plain(w, regs, value);
}

static bool path_chown(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (u32)ARG(1);
	value[1] = (u32)ARG(2);
	return path_plain(w, regs, value);
}

static bool xattr_set(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = ARG(EYAS_XATTR_ARG + 3);
	value[1] = (int)ARG(EYAS_XATTR_ARG + 4);
	return eyas_object_dentry(w, (struct dentry *)ARG(EYAS_XATTR_ARG), OBJECT) &&
	       put_text(w, ARG(EYAS_XATTR_ARG + 1), OBJECT);
}

static bool xattr_remove(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return eyas_object_dentry(w, (struct dentry *)ARG(EYAS_XATTR_ARG), OBJECT) &&
	       put_text(w, ARG(EYAS_XATTR_ARG + 1), OBJECT);
}

static bool mount(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = ARG(3);
	return put_path(w, ARG(1), TARGET) && put_text(w, ARG(0), OBJECT) &&
	       put_text(w, ARG(2), EYAS_ROLE_TYPE);
}

static bool umount(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	struct vfsmount *mnt = (struct vfsmount *)ARG(0);
	struct path path = { .mnt = mnt, .dentry = mnt->mnt_root };

	value[0] = (int)ARG(1);
	return eyas_object_inode(w, &path, OBJECT);
}

static bool path_two(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return put_path(w, ARG(0), OBJECT) && put_path(w, ARG(1), TARGET);
}

static bool task_plain(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	return eyas_ids_put_target(w, (struct task_struct *)ARG(0), OBJECT);
}

static bool task_ptrace(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (u32)ARG(1);
	return task_plain(w, regs, value);
}

static bool task_kill(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (int)ARG(2);
	return task_plain(w, regs, value);
}

static bool reads_file(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (u32)ARG(1);
	return put_file(w, (struct file *)ARG(0), OBJECT);
}

static bool loads_data(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (u32)ARG(0);
	return true;
}

static bool bpf(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = (int)ARG(0);
	value[1] = (u32)ARG(2);
	/* The kernel's copy: not longer than its union, which is cleared behind it. */
	return eyas_fetch_kernel(w, EYAS_BLOB_BYTES, OBJECT, (void *)ARG(1),
				 min_t(u32, ARG(2), sizeof(union bpf_attr)));
}

/*
 * What the memory will be: of a program with that personality, what is readable
 * is executable, which is added only behind this anchor.
 */
static u64 mmap_protection(struct pt_regs *regs)
{
	const struct file *file = (const struct file *)ARG(0);
	u64 prot = ARG(1);

	if (likely(!(current->personality & READ_IMPLIES_EXEC)) || !(prot & PROT_READ))
		return prot;
	if (file && ((file->f_path.mnt->mnt_flags & MNT_NOEXEC) ||
		     (file->f_path.mnt->mnt_sb->s_iflags & SB_I_NOEXEC)))
		return prot;
	return prot | PROT_EXEC;
}

static bool maps_exec(struct pt_regs *regs)
{
	return mmap_protection(regs) & PROT_EXEC;
}

static bool mmap_exec(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	value[0] = mmap_protection(regs);
	value[1] = ARG(2);
	return put_file(w, (struct file *)ARG(0), OBJECT);
}

static bool protects_exec(struct pt_regs *regs)
{
	return ARG(2) & PROT_EXEC;
}

static bool mprotect_exec(struct eyas_writer *w, struct pt_regs *regs, u64 *value)
{
	const struct vm_area_struct *vma = (const struct vm_area_struct *)ARG(0);

	value[0] = ARG(2);
	value[1] = vma->vm_start;
	return put_file(w, vma->vm_file, OBJECT);
}

#define ROW(id, symbol, cls, fill) \
	[EYAS_ANCHOR_##id] = { symbol, EYAS_CLASS_##cls, NULL, fill }

static const struct anchor anchors[EYAS_ANCHORS] = {
	ROW(FILE_OPEN,		"security_file_open",			FILE,	 file_open),
	ROW(EXEC,		"security_bprm_check",			PROCESS, exec),
	ROW(SOCKET_CREATE,	"security_socket_post_create",		NETWORK, socket_plain),
	ROW(SOCKET_BIND,	"security_socket_bind",			NETWORK, socket_address),
	ROW(SOCKET_CONNECT,	"security_socket_connect",		NETWORK, socket_address),
	ROW(SOCKET_LISTEN,	"security_socket_listen",		NETWORK, socket_listen),
	ROW(SOCKET_ACCEPT,	"security_socket_accept",		NETWORK, socket_plain),
	ROW(SOCKET_SENDMSG,	"security_socket_sendmsg",		NETWORK, socket_sendmsg),
	ROW(SOCKET_RECVMSG,	"security_socket_recvmsg",		NETWORK, socket_recvmsg),
	ROW(UNLINK,		"security_path_unlink",			FILE,	 entry_plain),
	ROW(RMDIR,		"security_path_rmdir",			FILE,	 entry_plain),
	ROW(MKDIR,		"security_path_mkdir",			FILE,	 entry_mkdir),
	ROW(MKNOD,		"security_path_mknod",			FILE,	 entry_mknod),
	ROW(LINK,		"security_path_link",			FILE,	 entry_link),
	ROW(SYMLINK,		"security_path_symlink",		FILE,	 entry_symlink),
	ROW(RENAME,		"security_path_rename",			FILE,	 entry_rename),
	ROW(CHMOD,		"security_path_chmod",			FILE,	 path_chmod),
	ROW(CHOWN,		"security_path_chown",			FILE,	 path_chown),
	ROW(TRUNCATE,		"security_path_truncate",		FILE,	 path_plain),
	ROW(CHROOT,		"security_path_chroot",			FILE,	 path_plain),
	ROW(SETXATTR,		"security_inode_setxattr",		FILE,	 xattr_set),
	ROW(REMOVEXATTR,	"security_inode_removexattr",		FILE,	 xattr_remove),
	ROW(MOUNT,		"security_sb_mount",			FILE,	 mount),
	ROW(UMOUNT,		"security_sb_umount",			FILE,	 umount),
	ROW(PIVOT_ROOT,		"security_sb_pivotroot",		FILE,	 path_two),
	ROW(MOVE_MOUNT,		"security_move_mount",			FILE,	 path_two),
	ROW(PTRACE,		"security_ptrace_access_check",		PROCESS, task_ptrace),
	ROW(PTRACE_TRACEME,	"security_ptrace_traceme",		PROCESS, task_plain),
	ROW(KILL,		"security_task_kill",			SIGNAL,	 task_kill),
	ROW(KERNEL_READ,	"security_kernel_read_file",		OTHER,	 reads_file),
	ROW(KERNEL_LOAD,	"security_kernel_load_data",		OTHER,	 loads_data),
	ROW(BPF,		"security_bpf",				OTHER,	 bpf),
	[EYAS_ANCHOR_MMAP_EXEC] = {
		"security_mmap_file", EYAS_CLASS_MEMORY, maps_exec, mmap_exec,
	},
	[EYAS_ANCHOR_MPROTECT_EXEC] = {
		"security_file_mprotect", EYAS_CLASS_MEMORY, protects_exec, mprotect_exec,
	},
	ROW(CREDS,		"commit_creds",				CREDS,	 NULL),
	ROW(FTRUNCATE,		"security_file_truncate",		FILE,	 file_plain),
};

static struct kprobe probes[EYAS_ANCHORS];

struct hit {
	unsigned int id;	/* of the probe */
	unsigned int told;	/* of the anchor that sessions ask for */
	struct pt_regs *regs;
};

static void record_anchor(struct eyas_session *s, const struct eyas_policy *p, void *arg)
{
	const struct hit *hit = arg;
	const struct anchor *a = &anchors[hit->id];
	struct eyas_anchor *x;
	struct eyas_writer w;
	int nr = -1;
	u8 abi = 0;

	if (!(p->anchors & (1ULL << hit->told)))
		return;
	if (!(current->flags & (PF_KTHREAD | EYAS_PF_IO_WORKER)))
		abi = eyas_arch_abi(current_pt_regs(), &nr);
	if (!eyas_capture_begin(&w, s, EYAS_LANE_CRIT, sizeof(*x), a->cls, EYAS_REC_ANCHOR, nr))
		return;
	w.rec->abi = abi;
	w.rec->flags = eyas_uring_current(nr) ? EYAS_REC_F_URING : 0;
	x = (struct eyas_anchor *)(w.rec + 1);
	*x = (struct eyas_anchor) { .anchor = hit->told };
	if (a->fill(&w, hit->regs, x->value))
		eyas_ring_commit(&w);
	else
		eyas_ring_lose(w.ring, a->cls);
}

static int anchor_hit(struct kprobe *kp, struct pt_regs *regs)
{
	unsigned int id = kp - probes;
	struct hit hit = { id, id == EYAS_ANCHOR_FTRUNCATE ? EYAS_ANCHOR_TRUNCATE : id, regs };
	const struct anchor *a = &anchors[id];

	if (id == EYAS_ANCHOR_CREDS)
		eyas_task_creds((const struct cred *)ARG(0));
	else if (!a->want || a->want(regs))
		eyas_capture_each(READ_ONCE(eyas_wanted.anchor[hit.told]), record_anchor, &hit);
	return 0;
}
NOKPROBE_SYMBOL(anchor_hit);

/* ---- registration ---- */

static u64 registered;		/* under eyas_sessions_lock, as are the probes */
static u64 available;
static bool looked;

static int probe_one(unsigned int id, u32 flags)
{
	struct kprobe *kp = &probes[id];

	/* What an earlier registration left would be taken for an address. */
	memset(kp, 0, sizeof(*kp));
	kp->symbol_name = anchors[id].symbol;
	kp->pre_handler = anchor_hit;
	kp->flags = flags;
	return register_kprobe(kp);
}

/* Waits once for all of them. */
static void unprobe(u64 which)
{
	struct kprobe *list[EYAS_ANCHORS];
	unsigned int id, n = 0;

	for (id = 0; id < EYAS_ANCHORS; id++)
		if (which & (1ULL << id))
			list[n++] = &probes[id];
	if (n)
		unregister_kprobes(list, n);
}

u64 eyas_anchor_available(void)
{
	unsigned int id;

	for (id = 0; !looked && id < EYAS_ANCHORS; id++)
		if (!(registered & (1ULL << id)) && !probe_one(id, KPROBE_FLAG_DISABLED))
			available |= 1ULL << id;
	if (!looked)
		unprobe(available & ~registered);
	looked = true;
	return available;
}

int eyas_anchor_set(u64 wanted)
{
	u64 add, done = 0;
	unsigned int id;
	int err;

	if (wanted & eyas_anchor_available() & (1ULL << EYAS_ANCHOR_TRUNCATE))
		wanted |= eyas_anchor_available() & (1ULL << EYAS_ANCHOR_FTRUNCATE);
	add = wanted & ~registered;
	for (id = 0; id < EYAS_ANCHORS; id++) {
		if (!(add & (1ULL << id)))
			continue;
		err = probe_one(id, 0);
		if (err) {
			pr_warn("eyas: cannot probe %s: %d\n", anchors[id].symbol, err);
			unprobe(done);
			return err;
		}
		done |= 1ULL << id;
	}
	unprobe(registered & ~wanted);
	registered = wanted;
	return 0;
}
