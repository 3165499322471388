// SPDX-License-Identifier: GPL-2.0
/* Sockets as the kernel has them. Fields are read without locks: each is right by itself. */
#include <linux/un.h>
#include <net/af_unix.h>
#include <net/af_vsock.h>
#include <net/inet_sock.h>
#include <net/sock.h>
#include "fetch.h"
#include "socket.h"

static void fill_inet(struct eyas_socket *s, const struct sock *sk)
{
	s->lport = sk->sk_num;
	s->rport = ntohs(sk->sk_dport);
	memcpy(s->laddr, &sk->sk_rcv_saddr, 4);
	memcpy(s->raddr, &sk->sk_daddr, 4);
}

#if IS_ENABLED(CONFIG_IPV6)
static void fill_inet6(struct eyas_socket *s, const struct sock *sk)
{
	s->lport = sk->sk_num;
	s->rport = ntohs(sk->sk_dport);
	memcpy(s->laddr, &sk->sk_v6_rcv_saddr, 16);
	memcpy(s->raddr, &sk->sk_v6_daddr, 16);
}
#endif

static void fill_vsock(struct eyas_socket *s, struct sock *sk)
{
	const struct vsock_sock *v = vsock_sk(sk);

	s->lport = v->local_addr.svm_port;
	s->rport = v->remote_addr.svm_port;
	memcpy(s->laddr, &v->local_addr.svm_cid, 4);
	memcpy(s->raddr, &v->remote_addr.svm_cid, 4);
}

static void fill_socket(struct eyas_socket *s, struct socket *sock, struct sock *sk)
{
	memset(s, 0, sizeof(*s));
	s->ino = SOCK_INODE(sock)->i_ino;
	s->uid = __kuid_val(SOCK_INODE(sock)->i_uid);
	s->type = sock->type;
	if (!sk)
		return;
	s->ns_net = sock_net(sk)->ns.inum;
	s->ifindex = sk->sk_bound_dev_if;
	s->family = sk->sk_family;
	s->protocol = sk->sk_protocol;
	s->state = sk->sk_state;
	switch (sk->sk_family) {
	case AF_INET:
		fill_inet(s, sk);
		break;
#if IS_ENABLED(CONFIG_IPV6)
	case AF_INET6:
		fill_inet6(s, sk);
		break;
#endif
	case AF_VSOCK:
		fill_vsock(s, sk);
		break;
	}
}

/* ---- unix ---- */

static bool unix_name(struct eyas_writer *w, struct sock *sk, u8 kind, u8 arg)
{
	/* Pairs with the release in bind: set once, freed with the socket. */
	const struct unix_address *addr = smp_load_acquire(&unix_sk(sk)->addr);
	int len;

	if (!addr)
		return true;
	len = addr->len - (int)offsetof(struct sockaddr_un, sun_path);
	/* A path ends with its NUL, an abstract name where it ends. */
	if (len > 0 && addr->name->sun_path[0])
		len = strnlen(addr->name->sun_path, len);
	return len <= 0 || eyas_fetch_kernel(w, kind, arg, addr->name->sun_path, len);
}

/*
 * The other end can go at any time, so it is looked at under the lock, if the
 * lock is free: to wait for it is not an option here. On PREEMPT_RT even to
 * try is not.
 */
static bool unix_peer_name(struct eyas_writer *w, struct eyas_socket *s, struct sock *sk, u8 arg)
{
	struct unix_sock *u = unix_sk(sk);
	struct socket *other;
	bool ok = true;

	if (IS_ENABLED(CONFIG_PREEMPT_RT) || !spin_trylock(&u->lock))
		return true;
	if (u->peer) {
		other = READ_ONCE(u->peer->sk_socket);
		if (other)
			s->peer_ino = SOCK_INODE(other)->i_ino;
		ok = unix_name(w, u->peer, EYAS_BLOB_PEER_PATH, arg);
	}
	spin_unlock(&u->lock);
	return ok;
}

static bool object_unix(struct eyas_writer *w, struct eyas_socket *s, struct sock *sk, u8 arg)
{
	s->peer_pid = eyas_sock_peer_pid(sk);
	return unix_name(w, sk, EYAS_BLOB_SOCKET_PATH, arg) && unix_peer_name(w, s, sk, arg);
}

bool eyas_socket_object(struct eyas_writer *w, struct socket *sock, u8 arg)
{
	struct eyas_socket *s = eyas_blob_begin(w, sizeof(*s));
	struct sock *sk = READ_ONCE(sock->sk);

	if (!s)
		return false;
	fill_socket(s, sock, sk);
	eyas_blob_end(w, EYAS_BLOB_SOCKET, arg, sizeof(*s), sizeof(*s));
	return !sk || sk->sk_family != AF_UNIX || object_unix(w, s, sk, arg);
}

bool eyas_socket_file(struct eyas_writer *w, struct file *file, u8 arg)
{
	struct socket *sock = eyas_sock_from_file(file);

	return !sock || eyas_socket_object(w, sock, arg);
}
