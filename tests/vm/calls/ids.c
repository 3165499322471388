// SPDX-License-Identifier: Apache-2.0
/* Calls of users and groups, run by root. */
#include "calls.h"

#ifdef __i386__
#undef SYS_getuid
#undef SYS_geteuid
#undef SYS_getgid
#undef SYS_getegid
#undef SYS_setuid
#undef SYS_setgid
#undef SYS_setreuid
#undef SYS_setregid
#undef SYS_setresuid
#undef SYS_setresgid
#undef SYS_getresuid
#undef SYS_getresgid
#undef SYS_setfsuid
#undef SYS_setfsgid
#undef SYS_getgroups
#undef SYS_setgroups
#define SYS_getuid SYS_getuid32
#define SYS_geteuid SYS_geteuid32
#define SYS_getgid SYS_getgid32
#define SYS_getegid SYS_getegid32
#define SYS_setuid SYS_setuid32
#define SYS_setgid SYS_setgid32
#define SYS_setreuid SYS_setreuid32
#define SYS_setregid SYS_setregid32
#define SYS_setresuid SYS_setresuid32
#define SYS_setresgid SYS_setresgid32
#define SYS_getresuid SYS_getresuid32
#define SYS_getresgid SYS_getresgid32
#define SYS_setfsuid SYS_setfsuid32
#define SYS_setfsgid SYS_setfsgid32
#define SYS_getgroups SYS_getgroups32
#define SYS_setgroups SYS_setgroups32
#define W "32"
#else
#define W ""
#endif

int main(void)
{
	static uint32_t ids[3];

	begin();
	X(SYS_getuid), line("getuid" W "()");
	X(SYS_geteuid), line("geteuid" W "()");
	X(SYS_getgid), line("getgid" W "()");
	X(SYS_getegid), line("getegid" W "()");
	X(SYS_setreuid, P(-1), P(0)), line("setreuid" W "(-1, 0)");
	X(SYS_setregid, P(0), P(-1)), line("setregid" W "(0, -1)");
	X(SYS_setresuid, P(-1), P(-1), P(0)), line("setresuid" W "(-1, -1, 0)");
	X(SYS_setresgid, P(-1), P(0), P(-1)), line("setresgid" W "(-1, 0, -1)");
	X(SYS_getresuid, A(ids), A(ids + 1), A(ids + 2)), line("getresuid" W "([0], [0], [0])");
	X(SYS_getresgid, A(ids), A(ids + 1), A(ids + 2)), line("getresgid" W "([0], [0], [0])");
	X(SYS_getresuid, A(ids), A(ids + 1), A(edge));
	line("getresuid" W "(%s, %s, %s)", ptr(ids), ptr(ids + 1), ptr(edge));
	X(SYS_setfsuid, P(0)), line("setfsuid" W "(0)");
	X(SYS_setfsgid, P(0)), line("setfsgid" W "(0)");
	X(SYS_setfsuid, P(-1)), line("setfsuid" W "(-1)");
	X(SYS_setuid, P(0)), line("setuid" W "(0)");
	X(SYS_setgid, P(0)), line("setgid" W "(0)");
	X(SYS_setgroups, P(0), A(edge)), line("setgroups" W "(0, [])");
	X(SYS_getgroups, P(0), 0), line("getgroups" W "(0, NULL)");
	X(SYS_setuid, P(-1)), line("setuid" W "(-1)");
#ifdef __i386__
	/* The first ones, whose ids have 16 bits. */
	X(23, 0x10000), line("setuid(0)");
	X(46, 0xffff), line("setgid(-1)");
	X(24), line("getuid()");
	X(70, 0xffff, 0xffff), line("setreuid(-1, -1)");
	X(164, 0xffff, 0, 0xffff), line("setresuid(-1, 0, -1)");
	X(165, A(ids), A(ids + 1), A(ids + 2)), line("getresuid([0], [0], [0])");
	X(138, 0xffff), line("setfsuid(-1)");
#endif
	finish();
}
