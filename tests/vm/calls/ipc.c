// SPDX-License-Identifier: Apache-2.0
/* System V and POSIX messages, semaphores, shared memory; futexes; keys. */
#include "calls.h"
#include <linux/futex.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#ifdef __i386__
#define SYS_semop (-1)
#endif

static void system_v(void)
{
	static struct { long type; char text[8]; } got;
	static struct sembuf op = { 0, 1, IPC_NOWAIT }, bad = { 9, -1, SEM_UNDO };
	static long ts[2];
	long id, at;

	X(BY(SYS_shmget, 395), IPC_PRIVATE, 4096, P(IPC_CREAT | 0600)), id = ret;
	line("shmget(IPC_PRIVATE, 4096, IPC_CREAT|0600)");
	X(BY(SYS_shmget, 395), 0x1234, 4096, P(IPC_EXCL)), line("shmget(0x1234, 4096, IPC_EXCL|000)");
	X(BY(SYS_shmat, 397), P(id), 0, P(SHM_RDONLY)), at = ret;
	line_hex("shmat(%ld, NULL, SHM_RDONLY)", id);
	X(BY(SYS_shmdt, 398), at), line("shmdt(%#lx)", at);
	X(BY(SYS_shmdt, 398), 1), line("shmdt(0x1)");
	X(BY(SYS_shmctl, 396), P(id), P(IPC_RMID), 0), line("shmctl(%ld, IPC_RMID, NULL)", id);
	X(BY(SYS_shmctl, 396), P(id), P(IPC_STAT), A(edge)), line("shmctl(%ld, IPC_STAT, %s)", id, ptr(edge));
	X(BY(SYS_semget, 393), IPC_PRIVATE, P(2), P(0600)), id = ret, line("semget(IPC_PRIVATE, 2, 0600)");
#ifndef __i386__
	X(SYS_semop, P(id), A(&op), P(1)), line("semop(%ld, [{sem_num=0, sem_op=1, sem_flg=IPC_NOWAIT}], 1)", id);
	X(SYS_semtimedop, P(id), A(&bad), P(1), A(ts));
	line("semtimedop(%ld, [{sem_num=9, sem_op=-1, sem_flg=SEM_UNDO}], 1, {tv_sec=0, tv_nsec=0})", id);
	X(SYS_semop, P(id), A(edge), P(1)), line("semop(%ld, %s, 1)", id, ptr(edge));
#else
	static int64_t wide[2];

	(void)op, (void)ts;
	X(420, id, A(&bad), 1, A(wide));
	line("semtimedop_time64(%ld, [{sem_num=9, sem_op=-1, sem_flg=SEM_UNDO}], 1, {tv_sec=0, tv_nsec=0})", id);
#endif
	X(BY(SYS_semctl, 394), P(id), P(0), P(GETVAL), 0), line("semctl(%ld, 0, GETVAL, NULL)", id);
	X(BY(SYS_semctl, 394), P(id), P(0), P(IPC_RMID), 0), line("semctl(%ld, 0, IPC_RMID, NULL)", id);
	X(BY(SYS_msgget, 399), IPC_PRIVATE, P(0600)), id = ret, line("msgget(IPC_PRIVATE, 0600)");
	X(BY(SYS_msgsnd, 400), P(id), A(edge), 5, P(IPC_NOWAIT)), line("msgsnd(%ld, %s, 5, IPC_NOWAIT)", id, ptr(edge));
	X(BY(SYS_msgrcv, 401), P(id), A(&got), 8, -1, P(IPC_NOWAIT));
	line("msgrcv(%ld, %s, 8, -1, IPC_NOWAIT)", id, ptr(&got));
	X(BY(SYS_msgctl, 402), P(id), P(IPC_RMID), 0), line("msgctl(%ld, IPC_RMID, NULL)", id);
}

static void posix(void)
{
	static long attr[8] = { 0, 2, 8 };

	X(SYS_mq_unlink, A("nosuch")), line("mq_unlink(\"nosuch\")");
	X(SYS_mq_open, A("calls"), P(O_RDWR | O_CREAT), P(0600), A(attr));
	line("mq_open(\"calls\", O_RDWR|O_CREAT, 0600, {mq_flags=0, mq_maxmsg=2, mq_msgsize=8, mq_curmsgs=0})");
	X(SYS_mq_timedsend, P(3), A("hello"), 5, P(1), 0), line("mq_timedsend(3, \"hello\", 5, 1, NULL)");
	X(SYS_mq_timedsend, P(77), A(edge), 5, P(1), 0), line("mq_timedsend(77, %s, 5, 1, NULL)", ptr(edge));
	X(SYS_mq_getsetattr, P(3), 0, A(attr));
	line("mq_getsetattr(3, NULL, {mq_flags=0, mq_maxmsg=2, mq_msgsize=8, mq_curmsgs=1})");
	X(SYS_mq_notify, P(3), 0), line("mq_notify(3, NULL)");
	X(SYS_mq_unlink, A("calls")), line("mq_unlink(\"calls\")");
}

static void futexes(void)
{
	static uint32_t word = 5;

	X(SYS_futex, A(&word), P(FUTEX_WAKE | FUTEX_PRIVATE_FLAG), P(1));
	line("futex(%s, FUTEX_WAKE_PRIVATE, 1)", ptr(&word));
	X(SYS_futex, A(&word), P(FUTEX_WAIT), P(6), 0), line("futex(%s, FUTEX_WAIT, 6, NULL)", ptr(&word));
	X(SYS_futex, A(&word), P(FUTEX_WAIT), P(5), A(edge)), line("futex(%s, FUTEX_WAIT, 5, %s)", ptr(&word), ptr(edge));
	X(SYS_futex, A(&word), P(99), P(5), 1, 2, P(3)), line("futex(%s, 0x63 /* FUTEX_??? */, 5, 0x1, 0x2, 0x3)", ptr(&word));
	X(SYS_futex_waitv, 0, P(0), P(0), 0, P(0)), line("futex_waitv(NULL, 0, 0, NULL, CLOCK_REALTIME)");
}

static void keys(void)
{
	X(SYS_add_key, A("nosuch"), A("name"), A("load"), 4, P(-3));
	line("add_key(\"nosuch\", \"name\", \"load\", 4, KEY_SPEC_SESSION_KEYRING)");
	X(SYS_request_key, A("nosuch"), A("name"), 0, P(0)), line("request_key(\"nosuch\", \"name\", NULL, 0)");
	X(SYS_keyctl, P(3), 0x7fffffff), line("keyctl(KEYCTL_REVOKE, 2147483647)");
}

int main(void)
{
	begin();
	system_v();
	posix();
	futexes();
	keys();
	finish();
}
