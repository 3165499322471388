/* SPDX-License-Identifier: GPL-2.0 */
/* Sockets. Included by compat.h. */
#ifndef EYAS_COMPAT_SOCKETS_H
#define EYAS_COMPAT_SOCKETS_H

#include <linux/version.h>
#include <net/sock.h>

/* It lost an argument that told errors in 5.11. */
static inline struct socket *eyas_sock_from_file(struct file *file)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
	int err;

	return sock_from_file(file, &err);
#else
	return sock_from_file(file);
#endif
}

/*
 * Process at the other end, in the initial namespace; 0: none or busy. It got a
 * lock of its own in 5.15, and in stable kernels of that time. On PREEMPT_RT
 * that one sleeps.
 */
static inline u32 eyas_sock_peer_pid(struct sock *sk)
{
	u32 nr = 0;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0)
	if (IS_ENABLED(CONFIG_PREEMPT_RT) || !spin_trylock(&sk->sk_peer_lock))
		return 0;
	nr = pid_nr(sk->sk_peer_pid);
	spin_unlock(&sk->sk_peer_lock);
#endif
	return nr;
}

#endif /* EYAS_COMPAT_SOCKETS_H */
