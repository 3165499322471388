// SPDX-License-Identifier: Apache-2.0
/* Sockets: addresses, messages, options. */
#include "calls.h"
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#ifdef __i386__
#define SYS_accept (-1)
#endif

static struct sockaddr_in local = { AF_INET, 0, { 0x0100007f }, { 0 } };
static char buf[64];

static void names(void)
{
	static const struct sockaddr_un un = { AF_UNIX, "/nosuch/socket" }, abstract = { AF_UNIX, "\0abs" };
	static const struct sockaddr_in6 in6 = { AF_INET6, 0x5000, 0, IN6ADDR_LOOPBACK_INIT, 0 };
	socklen_t len = sizeof(local);
	int port;

	X(SYS_socket, AF_INET, P(SOCK_STREAM | SOCK_CLOEXEC), 0);
	line("socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP)");
	X(SYS_socket, P(AF_UNIX), P(SOCK_DGRAM), 0), line("socket(AF_UNIX, SOCK_DGRAM, 0)");
	X(SYS_socket, P(99), P(SOCK_STREAM), 0), line("socket(0x63 /* AF_??? */, SOCK_STREAM, 0)");
	X(SYS_bind, P(3), A(&local), P(16));
	line("bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}, 16)");
	X(SYS_bind, P(3), A(edge), P(16)), line("bind(3, %s, 16)", ptr(edge));
	X(SYS_bind, P(3), A(&local), P(5)), line("bind(3, {sa_family=AF_INET, sa_data=\"\\0\\0\\177\"}, 5)");
	X(SYS_listen, P(3), P(7)), line("listen(3, 7)");
	X(SYS_listen, P(77), P(7)), line("listen(77, 7)");
	X(SYS_getsockname, P(3), A(&local), A(&len));
	port = ntohs(local.sin_port);
	line("getsockname(3, {sa_family=AF_INET, sin_port=htons(%d), "
	     "sin_addr=inet_addr(\"127.0.0.1\")}, [16])", port);
	len = 2;
	X(SYS_getsockname, P(3), A(buf), A(&len));
	line("getsockname(3, {sa_family=AF_INET}, [2 => 16])");
	X(SYS_getsockname, P(77), A(buf), A(&len)), line("getsockname(77, %s, [16])", ptr(buf));
	X(SYS_getpeername, P(3), A(buf), A(&len)), line("getpeername(3, %s, [16])", ptr(buf));
	X(SYS_connect, P(4), A(&un), P(sizeof(un)));
	line("connect(4, {sa_family=AF_UNIX, sun_path=\"/nosuch/socket\"}, 110)");
	X(SYS_connect, P(4), A(&abstract), P(6));
	line("connect(4, {sa_family=AF_UNIX, sun_path=@\"abs\"}, 6)");
	X(SYS_connect, P(77), A(&in6), P(sizeof(in6)));
	line("connect(77, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), "
	     "inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}, 28)");
	X(SYS_accept4, P(77), A(buf), A(&len), P(SOCK_NONBLOCK));
	line("accept4(77, %s, [16], SOCK_NONBLOCK)", ptr(buf));
	if (!IS32)
		X(SYS_accept, P(4), 0, 0), line("accept(4, NULL, NULL)");
}

static void connection(void)
{
	socklen_t len = sizeof(local);
	int port = ntohs(local.sin_port);

	X(SYS_socket, AF_INET, P(SOCK_STREAM), 6), line("socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)");
	X(SYS_connect, P(5), A(&local), P(16));
	line("connect(5, {sa_family=AF_INET, sin_port=htons(%d), sin_addr=inet_addr(\"127.0.0.1\")}, 16)", port);
	X(SYS_accept4, P(3), A(&local), A(&len), P(SOCK_CLOEXEC));
	line("accept4(3, {sa_family=AF_INET, sin_port=htons(%d), sin_addr=inet_addr(\"127.0.0.1\")}, "
	     "[16], SOCK_CLOEXEC)", ntohs(local.sin_port));
	X(SYS_sendto, P(5), A("hello"), 5, P(MSG_NOSIGNAL), 0, P(0));
	line("sendto(5, \"hello\", 5, MSG_NOSIGNAL, NULL, 0)");
	X(SYS_recvfrom, P(6), A(buf), sizeof(buf), P(MSG_PEEK), 0, 0);
	line("recvfrom(6, \"hello\", 64, MSG_PEEK, NULL, NULL)");
	X(SYS_recvfrom, P(6), A(edge - 2), 2, P(0), 0, 0);
	line("recvfrom(6, \"he\", 2, 0, NULL, NULL)");
	X(SYS_recvfrom, P(6), A(buf), 64, P(0x40000040), A(edge), 0);
	line("recvfrom(6, %s, 64, MSG_DONTWAIT|MSG_CMSG_CLOEXEC, %s, NULL)", ptr(buf), ptr(edge));
	X(SYS_recvfrom, P(6), A(buf), 64, P(MSG_DONTWAIT), 0, 0);
	line("recvfrom(6, %s, 64, MSG_DONTWAIT, NULL, NULL)", ptr(buf));
	X(SYS_shutdown, P(5), P(SHUT_WR)), line("shutdown(5, SHUT_WR)");
	X(SYS_shutdown, P(4), P(7)), line("shutdown(4, 0x7 /* SHUT_??? */)");
	X(SYS_recvfrom, P(6), A(buf), 64, P(0), 0, 0);
	line("recvfrom(6, \"\", 64, 0, NULL, NULL)");
}

static void messages(void)
{
	static int pair[2];
	struct iovec out[] = { { "one", 3 }, { "two", 3 } }, in[] = { { buf, 4 }, { buf + 8, 9 } };
	struct { struct cmsghdr h; int fd; } control = {
		{ sizeof(control.h) + 4, SOL_SOCKET, SCM_RIGHTS }, 1,
	};
	struct msghdr m = { 0, 0, out, 2, &control, sizeof(control.h) + 4, 0 };
	struct msghdr r = { 0, 0, in, 2, 0, 0, 0 }, bad = { 0, 0, (void *)edge, 1, 0, 0, 0 };
	struct msghdr one = { 0, 0, out, 1, 0, 0, 0 };
	struct mmsghdr two[2] = { { { 0, 0, out, 1, 0, 0, 0 }, 0 }, { { 0, 0, out + 1, 1, 0, 0, 0 }, 0 } };
	struct mmsghdr got[2] = { { { 0, 0, in, 1, 0, 0, 0 }, 0 }, { { 0, 0, in + 1, 1, 0, 0, 0 }, 0 } };
	struct mmsghdr rr[1] = { { { 0, 0, in, 1, 0, 0, 0 }, 0 } };

	X(SYS_socketpair, P(AF_UNIX), P(SOCK_DGRAM), 0, A(pair));
	line("socketpair(AF_UNIX, SOCK_DGRAM, 0, [7, 8])");
	X(SYS_socketpair, P(AF_UNIX), P(SOCK_STREAM), 0, A(edge));
	line("socketpair(AF_UNIX, SOCK_STREAM, 0, %s)", ptr(edge));
	X(SYS_sendmsg, P(7), A(&m), P(0));
	line("sendmsg(7, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"one\", iov_len=3}, "
	     "{iov_base=\"two\", iov_len=3}], msg_iovlen=2, msg_control=[{cmsg_len=%d, "
	     "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[1]}], msg_controllen=%d, "
	     "msg_flags=0}, 0)", (int)sizeof(control.h) + 4, (int)sizeof(control.h) + 4);
	X(SYS_recvmsg, P(8), A(&r), P(0));
	line("recvmsg(8, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"onet\", iov_len=4}, "
	     "{iov_base=\"wo\", iov_len=9}], msg_iovlen=2, msg_controllen=0, msg_flags=MSG_CTRUNC}, 0)");
	X(SYS_sendmsg, P(7), A(edge), P(0)), line("sendmsg(7, %s, 0)", ptr(edge));
	X(SYS_sendmsg, P(7), A(&bad), P(MSG_OOB));
	line("sendmsg(7, {msg_name=NULL, msg_namelen=0, msg_iov=%s, msg_iovlen=1, msg_controllen=0, "
	     "msg_flags=0}, MSG_OOB)", ptr(edge));
	X(SYS_sendmsg, P(7), A(&one), P(0));
	line("sendmsg(7, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"one\", iov_len=3}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0)");
	X(SYS_recvmmsg, P(8), A(rr), P(1), P(MSG_DONTWAIT), 0);
	line("recvmmsg(8, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"one\", iov_len=4}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=3}], 1, MSG_DONTWAIT, NULL)");
	X(SYS_sendmmsg, P(7), A(two), P(2), P(0));
	line("sendmmsg(7, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"one\", iov_len=3}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=3}, "
	     "{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"two\", iov_len=3}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=3}], 2, 0)");
	X(SYS_recvmmsg, P(8), A(got), P(2), P(MSG_DONTWAIT), 0);
	line("recvmmsg(8, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"one\", iov_len=4}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=3}, "
	     "{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"two\", iov_len=9}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=3}], 2, MSG_DONTWAIT, NULL)");
	r.msg_namelen = 12;
	X(SYS_recvmsg, P(8), A(&r), P(MSG_DONTWAIT)), line("recvmsg(8, {msg_namelen=12}, MSG_DONTWAIT)");
	X(SYS_recvmsg, P(8), A(edge), P(MSG_DONTWAIT)), line("recvmsg(8, %s, MSG_DONTWAIT)", ptr(edge));
	X(SYS_sendmmsg, P(7), A(edge), P(2), P(0)), line("sendmmsg(7, %s, 2, 0)", ptr(edge));
	X(SYS_recvmmsg, P(77), A(edge), P(1), P(0), 0), line("recvmmsg(77, %s, 1, 0, NULL)", ptr(edge));
}

static void options(void)
{
	static int v = 1;
	socklen_t no = 77;

	X(SYS_setsockopt, P(5), P(SOL_SOCKET), P(SO_KEEPALIVE), A(&v), P(4));
	line("setsockopt(5, SOL_SOCKET, SO_KEEPALIVE, [1], 4)");
	X(SYS_setsockopt, P(5), P(IPPROTO_TCP), P(1), A(last(&v, 4)), P(4));
	line("setsockopt(5, SOL_TCP, TCP_NODELAY, [1], 4)");
	X(SYS_setsockopt, P(77), P(SOL_SOCKET), P(SO_REUSEADDR), A(edge), P(4));
	line("setsockopt(77, SOL_SOCKET, SO_REUSEADDR, %s, 4)", ptr(edge));
	X(SYS_getsockopt, P(5), P(SOL_SOCKET), P(SO_TYPE), A(&v), A(edge));
	line("getsockopt(5, SOL_SOCKET, SO_TYPE, %s, %s)", ptr(&v), ptr(edge));
	X(SYS_getsockopt, P(5), P(SOL_SOCKET), P(9999), A(&v), A(&no));
	line("getsockopt(5, SOL_SOCKET, 0x270f /* SO_??? */, %s, [77])", ptr(&v));
}

int main(void)
{
	begin();
	names();
	connection();
	messages();
	options();
	finish();
}
