// SPDX-License-Identifier: GPL-2.0
/* /dev/eyas: file operations, and nothing but checks of what user space asks. */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/vmalloc.h>
#include "chardev.h"
#include "session.h"

static int eyas_open(struct inode *inode, struct file *file)
{
	struct eyas_session *s;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	s = eyas_session_create();
	if (IS_ERR(s))
		return PTR_ERR(s);
	file->private_data = s;
	return nonseekable_open(inode, file);
}

static int eyas_release(struct inode *inode, struct file *file)
{
	eyas_session_destroy(file->private_data);
	return 0;
}

static __poll_t eyas_poll(struct file *file, poll_table *wait)
{
	struct eyas_session *s = file->private_data;

	poll_wait(file, &s->wait, wait);
	return eyas_session_poll(s);
}

/* Read-only now and for ever, not inherited, not grown, not dumped. */
static int vma_read_only(struct vm_area_struct *vma)
{
	if (vma->vm_flags & (VM_WRITE | VM_EXEC))
		return -EPERM;
	eyas_vma_flags(vma, VM_DONTCOPY | VM_DONTEXPAND | VM_DONTDUMP, VM_MAYWRITE | VM_MAYEXEC);
	return 0;
}

static int map_session_page(struct eyas_session *s, struct vm_area_struct *vma)
{
	unsigned long len = vma->vm_end - vma->vm_start;
	int err;

	/* One page is enough to learn the size of the rest. */
	if (len != PAGE_SIZE && len != s->page_size)
		return -EINVAL;
	err = vma_read_only(vma);
	return err ? err : remap_vmalloc_range(vma, s->page, 0);
}

static int map_consumer(struct eyas_ring *ring, struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start != PAGE_SIZE || !(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	eyas_vma_flags(vma, VM_DONTCOPY | VM_DONTEXPAND | VM_DONTDUMP, VM_MAYEXEC);
	return vm_map_pages_zero(vma, &ring->cons_page, 1);
}

static int map_producer(struct eyas_ring *ring, struct vm_area_struct *vma)
{
	int err;

	if (vma->vm_end - vma->vm_start != (u64)ring->npages << PAGE_SHIFT)
		return -EINVAL;
	err = vma_read_only(vma);
	return err ? err : vm_map_pages_zero(vma, ring->pages, ring->npages);
}

static int eyas_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct eyas_session *s = file->private_data;
	u64 offset = (u64)vma->vm_pgoff << PAGE_SHIFT;
	struct eyas_ring *ring;
	u64 i;

	/* Overflow of the shift above would alias offsets. */
	if (vma->vm_pgoff >> (64 - PAGE_SHIFT))
		return -EINVAL;
	if (!offset)
		return map_session_page(s, vma);
	i = div64_u64(offset, EYAS_RING_STRETCH) - 1;
	/* Pairs with eyas_session_start(); a ring never goes before its session. */
	if (offset < EYAS_RING_STRETCH || !smp_load_acquire(&s->rings) ||
	    i >= (u64)nr_cpu_ids * EYAS_LANE_MAX)
		return -EINVAL;
	/* Pairs with rings_add(): the ring is complete. */
	ring = smp_load_acquire(&s->rings[i]);
	if (!ring)
		return -EINVAL;
	offset -= (i + 1) * EYAS_RING_STRETCH;
	if (offset == 0)
		return map_consumer(ring, vma);
	if (offset == PAGE_SIZE)
		return map_producer(ring, vma);
	return -EINVAL;
}

static const struct file_operations eyas_fops = {
	.owner		= THIS_MODULE,
	.open		= eyas_open,
	.release	= eyas_release,
	.poll		= eyas_poll,
	.mmap		= eyas_mmap,
};

static struct miscdevice eyas_misc = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "eyas",
	.fops	= &eyas_fops,
	.mode	= 0600,
};

int eyas_chardev_init(void)
{
	return misc_register(&eyas_misc);
}

void eyas_chardev_exit(void)
{
	misc_deregister(&eyas_misc);
}
