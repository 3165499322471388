/* SPDX-License-Identifier: (GPL-2.0 WITH Linux-syscall-note) OR Apache-2.0 */
/*
 * The one table of system calls, x86_64; those of other ABIs are eyas_syscalls_*.h and
 * say only where they differ. Who includes this file defines SC()
 * and ARG() first, and takes what it needs. Kinds, results, classes and lanes
 * are the enums of <linux/eyas_kinds.h> and <linux/eyas.h> without prefix.
 *
 *   SC(number, name, result, class of loss, lane, classes to trace by, arguments)
 *   ARG(name, kind, aux)		arguments follow each other without comma
 *
 * Argument names are those of the kernel. aux is, by kind:
 *   FLAGS, ENUM, CMD	the list of names
 *   INBUF, OUTBUF	the argument with the length, counted from 0, or RET
 *   structs, arrays	the struct, or what stands for it: <linux/eyas_structs.h>
 *
 * The lane is CRIT for what changes processes, privilege or the host itself,
 * comes seldom, and must not be crowded out.
 */
#ifndef SC
#error "define SC() and ARG() before including <linux/eyas_syscalls.h>"
#endif

/* Not guarded: it is included once for each use. */
#define T_F	EYAS_TRACE_FILE
#define T_D	EYAS_TRACE_DESC
#define T_P	EYAS_TRACE_PROCESS
#define T_N	EYAS_TRACE_NETWORK
#define T_S	EYAS_TRACE_SIGNAL
#define T_I	EYAS_TRACE_IPC
#define T_M	EYAS_TRACE_MEMORY
#define T_C	EYAS_TRACE_CREDS
#define T_CLK	EYAS_TRACE_CLOCK
#define T_PURE	EYAS_TRACE_PURE
#define T_ST	EYAS_TRACE_STAT
#define T_LST	EYAS_TRACE_LSTAT
#define T_FST	EYAS_TRACE_FSTAT
#define T_STF	EYAS_TRACE_STATFS
#define T_FSTF	EYAS_TRACE_FSTATFS
#define T_STL	EYAS_TRACE_STATLIKE
#define T_STFL	EYAS_TRACE_STATFSLIKE

/* clang-format off */
SC(  0, read,                    INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(buf, OUTBUF, RET) ARG(count, UINT,))
SC(  1, write,                   INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(buf, INBUF, 2) ARG(count, UINT,))
SC(  2, open,                    FD,   FILE,    BULK, T_D|T_F,
	ARG(filename, PATH,) ARG(flags, FLAGS, open) ARG(mode, MODE,))
SC(  3, close,                   ERR,  DESC,    BULK, T_D, ARG(fd, FD,))
SC(  4, stat,                    ERR,  FILE,    BULK, T_F|T_ST|T_STL,
	ARG(filename, PATH,) ARG(statbuf, OUTSTRUCT, stat))
SC(  5, fstat,                   ERR,  DESC,    BULK, T_D|T_FST|T_STL,
	ARG(fd, FD,) ARG(statbuf, OUTSTRUCT, stat))
SC(  6, lstat,                   ERR,  FILE,    BULK, T_F|T_LST|T_STL,
	ARG(filename, PATH,) ARG(statbuf, OUTSTRUCT, stat))
SC(  7, poll,                    INT,  DESC,    BULK, T_D,
	ARG(ufds, IOARRAY, pollfd) ARG(nfds, UINT,) ARG(timeout_msecs, INT,))
SC(  8, lseek,                   INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(offset, OFFSET,) ARG(whence, ENUM, whence))
SC(  9, mmap,                    ADDR, MEMORY,  BULK, T_D|T_M,
	ARG(addr, ADDR,) ARG(len, UINT,) ARG(prot, FLAGS, mmap_prot) ARG(flags, FLAGS, mmap)
	ARG(fd, FD,) ARG(off, HEX,))
SC( 10, mprotect,                ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(prot, FLAGS, mmap_prot))
SC( 11, munmap,                  ERR,  MEMORY,  BULK, T_M, ARG(addr, ADDR,) ARG(len, UINT,))
SC( 12, brk,                     ADDR, MEMORY,  BULK, T_M, ARG(brk, ADDR,))
SC( 13, rt_sigaction,            ERR,  SIGNAL,  BULK, T_S,
	ARG(sig, SIGNAL,) ARG(act, INSTRUCT, sigaction) ARG(oact, OUTSTRUCT, sigaction)
	ARG(sigsetsize, UINT,))
SC( 14, rt_sigprocmask,          ERR,  SIGNAL,  BULK, T_S,
	ARG(how, ENUM, sigmask_how) ARG(nset, SIGSET,) ARG(oset, OUTSIGSET,)
	ARG(sigsetsize, UINT,))
SC( 15, rt_sigreturn,            INT,  SIGNAL,  BULK, T_S)
SC( 16, ioctl,                   INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(cmd, CMD, ioctl) ARG(arg, HEX,))
SC( 17, pread64,                 INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(buf, OUTBUF, RET) ARG(count, UINT,) ARG(pos, OFFSET,))
SC( 18, pwrite64,                INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(buf, INBUF, 2) ARG(count, UINT,) ARG(pos, OFFSET,))
SC( 19, readv,                   INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(vec, OUTIOV,) ARG(vlen, UINT,))
SC( 20, writev,                  INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(vec, INIOV,) ARG(vlen, UINT,))
SC( 21, access,                  ERR,  FILE,    BULK, T_F,
	ARG(filename, PATH,) ARG(mode, FLAGS, access))
SC( 22, pipe,                    ERR,  DESC,    BULK, T_D, ARG(fildes, OUTSTRUCT, fdpair))
SC( 23, select,                  INT,  DESC,    BULK, T_D,
	ARG(n, INT,) ARG(inp, IOSTRUCT, fd_set) ARG(outp, IOSTRUCT, fd_set)
	ARG(exp, IOSTRUCT, fd_set) ARG(tvp, IOSTRUCT, timeval))
SC( 24, sched_yield,             ERR,  OTHER,   BULK, 0)
SC( 25, mremap,                  ADDR, MEMORY,  BULK, T_M,
	ARG(addr, ADDR,) ARG(old_len, UINT,) ARG(new_len, UINT,) ARG(flags, FLAGS, mremap)
	ARG(new_addr, ADDR,))
SC( 26, msync,                   ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(flags, FLAGS, msync))
SC( 27, mincore,                 ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(vec, ADDR,))
SC( 28, madvise,                 ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(behavior, ENUM, madvise))
SC( 29, shmget,                  INT,  OTHER,   BULK, T_I,
	ARG(key, HEX,) ARG(size, UINT,) ARG(shmflg, FLAGS, ipc_get))
SC( 30, shmat,                   ADDR, OTHER,   BULK, T_I|T_M,
	ARG(shmid, INT,) ARG(shmaddr, ADDR,) ARG(shmflg, FLAGS, shmat))
SC( 31, shmctl,                  INT,  OTHER,   BULK, T_I,
	ARG(shmid, INT,) ARG(cmd, CMD, shmctl) ARG(buf, ADDR,))
SC( 32, dup,                     FD,   DESC,    BULK, T_D, ARG(fildes, FD,))
SC( 33, dup2,                    FD,   DESC,    BULK, T_D, ARG(oldfd, FD,) ARG(newfd, FD,))
SC( 34, pause,                   ERR,  SIGNAL,  BULK, T_S)
SC( 35, nanosleep,               ERR,  OTHER,   BULK, 0,
	ARG(rqtp, INSTRUCT, timespec) ARG(rmtp, OUTSTRUCT, timespec))
SC( 36, getitimer,               ERR,  OTHER,   BULK, 0,
	ARG(which, ENUM, itimer) ARG(value, OUTSTRUCT, itimerval))
SC( 37, alarm,                   UINT, OTHER,   BULK, 0, ARG(seconds, UINT,))
SC( 38, setitimer,               ERR,  OTHER,   BULK, 0,
	ARG(which, ENUM, itimer) ARG(value, INSTRUCT, itimerval)
	ARG(ovalue, OUTSTRUCT, itimerval))
SC( 39, getpid,                  PID,  PROCESS, BULK, T_PURE)
SC( 40, sendfile,                INT,  DESC,    BULK, T_D|T_N,
	ARG(out_fd, FD,) ARG(in_fd, FD,) ARG(offset, IOSTRUCT, off_t) ARG(count, UINT,))
SC( 41, socket,                  FD,   NETWORK, BULK, T_N,
	ARG(family, ENUM, domain) ARG(type, FLAGS, socket_type) ARG(protocol, ENUM, protocol))
SC( 42, connect,                 ERR,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(uservaddr, INSOCKADDR,) ARG(addrlen, UINT,))
SC( 43, accept,                  FD,   NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(upeer_sockaddr, OUTSOCKADDR,) ARG(upeer_addrlen, IOSTRUCT, int))
SC( 44, sendto,                  INT,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(buff, INBUF, 2) ARG(len, UINT,) ARG(flags, FLAGS, msg)
	ARG(addr, INSOCKADDR,) ARG(addr_len, UINT,))
SC( 45, recvfrom,                INT,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(ubuf, OUTBUF, RET) ARG(size, UINT,) ARG(flags, FLAGS, msg)
	ARG(addr, OUTSOCKADDR,) ARG(addr_len, IOSTRUCT, int))
SC( 46, sendmsg,                 INT,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(msg, INMSG,) ARG(flags, FLAGS, msg))
SC( 47, recvmsg,                 INT,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(msg, OUTMSG,) ARG(flags, FLAGS, msg))
SC( 48, shutdown,                ERR,  NETWORK, BULK, T_N, ARG(fd, FD,) ARG(how, ENUM, shutdown))
SC( 49, bind,                    ERR,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(umyaddr, INSOCKADDR,) ARG(addrlen, UINT,))
SC( 50, listen,                  ERR,  NETWORK, BULK, T_N, ARG(fd, FD,) ARG(backlog, INT,))
SC( 51, getsockname,             ERR,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(usockaddr, OUTSOCKADDR,) ARG(usockaddr_len, IOSTRUCT, int))
SC( 52, getpeername,             ERR,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(usockaddr, OUTSOCKADDR,) ARG(usockaddr_len, IOSTRUCT, int))
SC( 53, socketpair,              ERR,  NETWORK, BULK, T_N,
	ARG(family, ENUM, domain) ARG(type, FLAGS, socket_type) ARG(protocol, ENUM, protocol)
	ARG(usockvec, OUTSTRUCT, fdpair))
SC( 54, setsockopt,              ERR,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(level, ENUM, sockopt_level) ARG(optname, CMD, sockopt)
	ARG(optval, INBUF, 4) ARG(optlen, UINT,))
SC( 55, getsockopt,              ERR,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(level, ENUM, sockopt_level) ARG(optname, CMD, sockopt) ARG(optval, ADDR,)
	ARG(optlen, IOSTRUCT, int))
SC( 56, clone,                   PID,  PROCESS, CRIT, T_P,
	ARG(clone_flags, FLAGS, clone) ARG(newsp, ADDR,) ARG(parent_tidptr, OUTSTRUCT, int)
	ARG(child_tidptr, OUTSTRUCT, int) ARG(tls, HEX,))
SC( 57, fork,                    PID,  PROCESS, CRIT, T_P)
SC( 58, vfork,                   PID,  PROCESS, CRIT, T_P)
SC( 59, execve,                  ERR,  PROCESS, CRIT, T_F|T_P,
	ARG(filename, PATH,) ARG(argv, STRINGS,) ARG(envp, STRINGS,))
SC( 60, exit,                    NONE, PROCESS, CRIT, T_P, ARG(error_code, INT,))
SC( 61, wait4,                   PID,  PROCESS, BULK, T_P,
	ARG(upid, PID,) ARG(stat_addr, OUTSTRUCT, wstatus) ARG(options, FLAGS, wait)
	ARG(ru, OUTSTRUCT, rusage))
SC( 62, kill,                    ERR,  SIGNAL,  CRIT, T_P|T_S, ARG(pid, PID,) ARG(sig, SIGNAL,))
SC( 63, uname,                   ERR,  OTHER,   BULK, 0, ARG(name, OUTSTRUCT, utsname))
SC( 64, semget,                  INT,  OTHER,   BULK, T_I,
	ARG(key, HEX,) ARG(nsems, INT,) ARG(semflg, FLAGS, ipc_get))
SC( 65, semop,                   ERR,  OTHER,   BULK, T_I,
	ARG(semid, INT,) ARG(tsops, INARRAY, sembuf) ARG(nsops, UINT,))
SC( 66, semctl,                  INT,  OTHER,   BULK, T_I,
	ARG(semid, INT,) ARG(semnum, INT,) ARG(cmd, CMD, semctl) ARG(arg, HEX,))
SC( 67, shmdt,                   ERR,  OTHER,   BULK, T_I|T_M, ARG(shmaddr, ADDR,))
SC( 68, msgget,                  INT,  OTHER,   BULK, T_I,
	ARG(key, HEX,) ARG(msgflg, FLAGS, ipc_get))
SC( 69, msgsnd,                  ERR,  OTHER,   BULK, T_I,
	ARG(msqid, INT,) ARG(msgp, ADDR,) ARG(msgsz, UINT,) ARG(msgflg, FLAGS, ipc_msg))
SC( 70, msgrcv,                  INT,  OTHER,   BULK, T_I,
	ARG(msqid, INT,) ARG(msgp, ADDR,) ARG(msgsz, UINT,) ARG(msgtyp, INT,)
	ARG(msgflg, FLAGS, ipc_msg))
SC( 71, msgctl,                  INT,  OTHER,   BULK, T_I,
	ARG(msqid, INT,) ARG(cmd, CMD, msgctl) ARG(buf, ADDR,))
SC( 72, fcntl,                   INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(cmd, CMD, fcntl) ARG(arg, HEX,))
SC( 73, flock,                   ERR,  DESC,    BULK, T_D, ARG(fd, FD,) ARG(cmd, FLAGS, flock))
SC( 74, fsync,                   ERR,  DESC,    BULK, T_D, ARG(fd, FD,))
SC( 75, fdatasync,               ERR,  DESC,    BULK, T_D, ARG(fd, FD,))
SC( 76, truncate,                ERR,  FILE,    BULK, T_F, ARG(path, PATH,) ARG(length, OFFSET,))
SC( 77, ftruncate,               ERR,  DESC,    BULK, T_D, ARG(fd, FD,) ARG(length, OFFSET,))
SC( 78, getdents,                INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(dirent, OUTBUF, RET) ARG(count, UINT,))
SC( 79, getcwd,                  INT,  FILE,    BULK, T_F, ARG(buf, OUTBUF, RET) ARG(size, UINT,))
SC( 80, chdir,                   ERR,  FILE,    BULK, T_F, ARG(filename, PATH,))
SC( 81, fchdir,                  ERR,  DESC,    BULK, T_D, ARG(fd, FD,))
SC( 82, rename,                  ERR,  FILE,    BULK, T_F, ARG(oldname, PATH,) ARG(newname, PATH,))
SC( 83, mkdir,                   ERR,  FILE,    BULK, T_F, ARG(pathname, PATH,) ARG(mode, MODE,))
SC( 84, rmdir,                   ERR,  FILE,    BULK, T_F, ARG(pathname, PATH,))
SC( 85, creat,                   FD,   FILE,    BULK, T_D|T_F,
	ARG(pathname, PATH,) ARG(mode, MODE,))
SC( 86, link,                    ERR,  FILE,    BULK, T_F, ARG(oldname, PATH,) ARG(newname, PATH,))
SC( 87, unlink,                  ERR,  FILE,    BULK, T_F, ARG(pathname, PATH,))
SC( 88, symlink,                 ERR,  FILE,    BULK, T_F,
	ARG(oldname, STRING,) ARG(newname, PATH,))
SC( 89, readlink,                INT,  FILE,    BULK, T_F,
	ARG(path, PATH,) ARG(buf, OUTBUF, RET) ARG(bufsiz, INT,))
SC( 90, chmod,                   ERR,  FILE,    BULK, T_F, ARG(filename, PATH,) ARG(mode, MODE,))
SC( 91, fchmod,                  ERR,  DESC,    BULK, T_D, ARG(fd, FD,) ARG(mode, MODE,))
SC( 92, chown,                   ERR,  FILE,    BULK, T_F,
	ARG(filename, PATH,) ARG(user, UID,) ARG(group, GID,))
SC( 93, fchown,                  ERR,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(user, UID,) ARG(group, GID,))
SC( 94, lchown,                  ERR,  FILE,    BULK, T_F,
	ARG(filename, PATH,) ARG(user, UID,) ARG(group, GID,))
SC( 95, umask,                   OCT,  FILE,    BULK, 0, ARG(mask, MODE,))
SC( 96, gettimeofday,            ERR,  OTHER,   BULK, T_CLK,
	ARG(tv, OUTSTRUCT, timeval) ARG(tz, OUTSTRUCT, timezone))
SC( 97, getrlimit,               ERR,  PROCESS, BULK, 0,
	ARG(resource, ENUM, rlimit) ARG(rlim, OUTSTRUCT, rlimit))
SC( 98, getrusage,               ERR,  PROCESS, BULK, 0,
	ARG(who, ENUM, rusage_who) ARG(ru, OUTSTRUCT, rusage))
SC( 99, sysinfo,                 ERR,  OTHER,   BULK, 0, ARG(info, OUTSTRUCT, sysinfo))
SC(100, times,                   INT,  PROCESS, BULK, 0, ARG(tbuf, OUTSTRUCT, tms))
SC(101, ptrace,                  INT,  PROCESS, CRIT, 0,
	ARG(request, ENUM, ptrace) ARG(pid, PID,) ARG(addr, HEX,) ARG(data, HEX,))
SC(102, getuid,                  UINT, CREDS,   BULK, T_C|T_PURE)
SC(103, syslog,                  INT,  OTHER,   BULK, 0,
	ARG(type, ENUM, syslog) ARG(buf, OUTBUF, RET) ARG(len, INT,))
SC(104, getgid,                  UINT, CREDS,   BULK, T_C|T_PURE)
SC(105, setuid,                  ERR,  CREDS,   CRIT, T_C, ARG(uid, UID,))
SC(106, setgid,                  ERR,  CREDS,   CRIT, T_C, ARG(gid, GID,))
SC(107, geteuid,                 UINT, CREDS,   BULK, T_C|T_PURE)
SC(108, getegid,                 UINT, CREDS,   BULK, T_C|T_PURE)
SC(109, setpgid,                 ERR,  PROCESS, CRIT, 0, ARG(pid, PID,) ARG(pgid, PID,))
SC(110, getppid,                 PID,  PROCESS, BULK, T_PURE)
SC(111, getpgrp,                 PID,  PROCESS, BULK, T_PURE)
SC(112, setsid,                  PID,  PROCESS, CRIT, 0)
SC(113, setreuid,                ERR,  CREDS,   CRIT, T_C, ARG(ruid, UID,) ARG(euid, UID,))
SC(114, setregid,                ERR,  CREDS,   CRIT, T_C, ARG(rgid, GID,) ARG(egid, GID,))
SC(115, getgroups,               INT,  CREDS,   BULK, T_C,
	ARG(gidsetsize, INT,) ARG(grouplist, ADDR,))
SC(116, setgroups,               ERR,  CREDS,   CRIT, T_C,
	ARG(gidsetsize, INT,) ARG(grouplist, ADDR,))
SC(117, setresuid,               ERR,  CREDS,   CRIT, T_C,
	ARG(ruid, UID,) ARG(euid, UID,) ARG(suid, UID,))
SC(118, getresuid,               ERR,  CREDS,   BULK, T_C,
	ARG(ruid, OUTSTRUCT, uid) ARG(euid, OUTSTRUCT, uid) ARG(suid, OUTSTRUCT, uid))
SC(119, setresgid,               ERR,  CREDS,   CRIT, T_C,
	ARG(rgid, GID,) ARG(egid, GID,) ARG(sgid, GID,))
SC(120, getresgid,               ERR,  CREDS,   BULK, T_C,
	ARG(rgid, OUTSTRUCT, gid) ARG(egid, OUTSTRUCT, gid) ARG(sgid, OUTSTRUCT, gid))
SC(121, getpgid,                 PID,  PROCESS, BULK, 0, ARG(pid, PID,))
SC(122, setfsuid,                UINT, CREDS,   CRIT, T_C, ARG(uid, UID,))
SC(123, setfsgid,                UINT, CREDS,   CRIT, T_C, ARG(gid, GID,))
SC(124, getsid,                  PID,  PROCESS, BULK, 0, ARG(pid, PID,))
SC(125, capget,                  ERR,  CREDS,   BULK, T_C,
	ARG(header, IOSTRUCT, cap_header) ARG(dataptr, OUTSTRUCT, cap_data))
SC(126, capset,                  ERR,  CREDS,   CRIT, T_C,
	ARG(header, INSTRUCT, cap_header) ARG(data, INSTRUCT, cap_data))
SC(127, rt_sigpending,           ERR,  SIGNAL,  BULK, T_S,
	ARG(uset, OUTSIGSET,) ARG(sigsetsize, UINT,))
SC(128, rt_sigtimedwait,         INT,  SIGNAL,  BULK, T_S,
	ARG(uthese, SIGSET,) ARG(uinfo, OUTSTRUCT, siginfo) ARG(uts, INSTRUCT, timespec)
	ARG(sigsetsize, UINT,))
SC(129, rt_sigqueueinfo,         ERR,  SIGNAL,  CRIT, T_P|T_S,
	ARG(pid, PID,) ARG(sig, SIGNAL,) ARG(uinfo, INSTRUCT, siginfo))
SC(130, rt_sigsuspend,           ERR,  SIGNAL,  BULK, T_S,
	ARG(unewset, SIGSET,) ARG(sigsetsize, UINT,))
SC(131, sigaltstack,             ERR,  SIGNAL,  BULK, T_S,
	ARG(uss, INSTRUCT, stack) ARG(uoss, OUTSTRUCT, stack))
SC(132, utime,                   ERR,  FILE,    BULK, T_F,
	ARG(filename, PATH,) ARG(times, INSTRUCT, utimbuf))
SC(133, mknod,                   ERR,  FILE,    BULK, T_F,
	ARG(filename, PATH,) ARG(mode, MODE,) ARG(dev, DEV,))
SC(134, uselib,                  ERR,  FILE,    BULK, T_F, ARG(library, PATH,))
SC(135, personality,             HEX,  PROCESS, BULK, 0, ARG(personality, HEX,))
SC(136, ustat,                   ERR,  FILE,    BULK, T_STFL,
	ARG(dev, DEV,) ARG(ubuf, OUTSTRUCT, ustat))
SC(137, statfs,                  ERR,  FILE,    BULK, T_F|T_STF|T_STFL,
	ARG(pathname, PATH,) ARG(buf, OUTSTRUCT, statfs))
SC(138, fstatfs,                 ERR,  DESC,    BULK, T_D|T_FSTF|T_STFL,
	ARG(fd, FD,) ARG(buf, OUTSTRUCT, statfs))
SC(139, sysfs,                   INT,  FILE,    BULK, 0,
	ARG(option, INT,) ARG(arg1, HEX,) ARG(arg2, HEX,))
SC(140, getpriority,             INT,  PROCESS, BULK, 0, ARG(which, ENUM, priority) ARG(who, INT,))
SC(141, setpriority,             ERR,  PROCESS, BULK, 0,
	ARG(which, ENUM, priority) ARG(who, INT,) ARG(niceval, INT,))
SC(142, sched_setparam,          ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(param, INSTRUCT, sched_param))
SC(143, sched_getparam,          ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(param, OUTSTRUCT, sched_param))
SC(144, sched_setscheduler,      ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(policy, ENUM, sched) ARG(param, INSTRUCT, sched_param))
SC(145, sched_getscheduler,      INT,  PROCESS, BULK, 0, ARG(pid, PID,))
SC(146, sched_get_priority_max,  INT,  PROCESS, BULK, 0, ARG(policy, ENUM, sched))
SC(147, sched_get_priority_min,  INT,  PROCESS, BULK, 0, ARG(policy, ENUM, sched))
SC(148, sched_rr_get_interval,   ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(interval, OUTSTRUCT, timespec))
SC(149, mlock,                   ERR,  MEMORY,  BULK, T_M, ARG(start, ADDR,) ARG(len, UINT,))
SC(150, munlock,                 ERR,  MEMORY,  BULK, T_M, ARG(start, ADDR,) ARG(len, UINT,))
SC(151, mlockall,                ERR,  MEMORY,  BULK, T_M, ARG(flags, FLAGS, mlockall))
SC(152, munlockall,              ERR,  MEMORY,  BULK, T_M)
SC(153, vhangup,                 ERR,  OTHER,   BULK, 0)
SC(154, modify_ldt,              INT,  MEMORY,  BULK, 0,
	ARG(func, INT,) ARG(ptr, ADDR,) ARG(bytecount, UINT,))
SC(155, pivot_root,              ERR,  FILE,    CRIT, T_F, ARG(new_root, PATH,) ARG(put_old, PATH,))
SC(156, _sysctl,                 ERR,  OTHER,   BULK, 0, ARG(args, ADDR,))
SC(157, prctl,                   INT,  PROCESS, CRIT, T_C,
	ARG(option, CMD, prctl) ARG(arg2, HEX,) ARG(arg3, HEX,) ARG(arg4, HEX,) ARG(arg5, HEX,))
SC(158, arch_prctl,              INT,  PROCESS, BULK, 0,
	ARG(option, CMD, arch_prctl) ARG(arg2, HEX,))
SC(159, adjtimex,                INT,  OTHER,   BULK, T_CLK, ARG(txc_p, IOSTRUCT, timex))
SC(160, setrlimit,               ERR,  PROCESS, BULK, 0,
	ARG(resource, ENUM, rlimit) ARG(rlim, INSTRUCT, rlimit))
SC(161, chroot,                  ERR,  FILE,    CRIT, T_F, ARG(filename, PATH,))
SC(162, sync,                    ERR,  FILE,    BULK, 0)
SC(163, acct,                    ERR,  FILE,    CRIT, T_F, ARG(name, PATH,))
SC(164, settimeofday,            ERR,  OTHER,   CRIT, T_CLK,
	ARG(tv, INSTRUCT, timeval) ARG(tz, INSTRUCT, timezone))
SC(165, mount,                   ERR,  FILE,    CRIT, T_F,
	ARG(dev_name, STRING,) ARG(dir_name, PATH,) ARG(type, STRING,) ARG(flags, FLAGS, mount)
	ARG(data, STRING,))
SC(166, umount2,                 ERR,  FILE,    CRIT, T_F,
	ARG(name, PATH,) ARG(flags, FLAGS, umount))
SC(167, swapon,                  ERR,  FILE,    CRIT, T_F,
	ARG(specialfile, PATH,) ARG(swap_flags, FLAGS, swapon))
SC(168, swapoff,                 ERR,  FILE,    CRIT, T_F, ARG(specialfile, PATH,))
SC(169, reboot,                  ERR,  OTHER,   CRIT, 0,
	ARG(magic1, HEX,) ARG(magic2, HEX,) ARG(cmd, ENUM, reboot) ARG(arg, ADDR,))
SC(170, sethostname,             ERR,  OTHER,   CRIT, 0, ARG(name, INBUF, 1) ARG(len, INT,))
SC(171, setdomainname,           ERR,  OTHER,   CRIT, 0, ARG(name, INBUF, 1) ARG(len, INT,))
SC(172, iopl,                    ERR,  OTHER,   CRIT, 0, ARG(level, UINT,))
SC(173, ioperm,                  ERR,  OTHER,   CRIT, 0,
	ARG(from, UINT,) ARG(num, UINT,) ARG(turn_on, INT,))
SC(174, create_module,           ADDR, OTHER,   CRIT, 0, ARG(name, STRING,) ARG(size, UINT,))
SC(175, init_module,             ERR,  OTHER,   CRIT, 0,
	ARG(umod, INBUF, 1) ARG(len, UINT,) ARG(uargs, STRING,))
SC(176, delete_module,           ERR,  OTHER,   CRIT, 0,
	ARG(name_user, STRING,) ARG(flags, FLAGS, open))
SC(177, get_kernel_syms,         INT,  OTHER,   BULK, 0, ARG(table, ADDR,))
SC(178, query_module,            ERR,  OTHER,   BULK, 0,
	ARG(name, STRING,) ARG(which, INT,) ARG(buf, ADDR,) ARG(bufsize, UINT,) ARG(ret, ADDR,))
SC(179, quotactl,                ERR,  FILE,    CRIT, T_F,
	ARG(cmd, HEX,) ARG(special, PATH,) ARG(id, UID,) ARG(addr, ADDR,))
SC(180, nfsservctl,              INT,  OTHER,   BULK, 0,
	ARG(cmd, INT,) ARG(argp, ADDR,) ARG(resp, ADDR,))
SC(181, getpmsg,                 ERR,  NETWORK, BULK, T_N)
SC(182, putpmsg,                 ERR,  NETWORK, BULK, T_N)
SC(183, afs_syscall,             ERR,  OTHER,   BULK, 0)
SC(184, tuxcall,                 ERR,  OTHER,   BULK, 0)
SC(185, security,                ERR,  OTHER,   BULK, 0)
SC(186, gettid,                  PID,  PROCESS, BULK, T_PURE)
SC(187, readahead,               ERR,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(offset, OFFSET,) ARG(count, UINT,))
SC(188, setxattr,                ERR,  FILE,    BULK, T_F,
	ARG(path, PATH,) ARG(name, STRING,) ARG(value, INBUF, 3) ARG(size, UINT,)
	ARG(flags, FLAGS, xattr))
SC(189, lsetxattr,               ERR,  FILE,    BULK, T_F,
	ARG(path, PATH,) ARG(name, STRING,) ARG(value, INBUF, 3) ARG(size, UINT,)
	ARG(flags, FLAGS, xattr))
SC(190, fsetxattr,               ERR,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(name, STRING,) ARG(value, INBUF, 3) ARG(size, UINT,)
	ARG(flags, FLAGS, xattr))
SC(191, getxattr,                INT,  FILE,    BULK, T_F,
	ARG(path, PATH,) ARG(name, STRING,) ARG(value, OUTBUF, RET) ARG(size, UINT,))
SC(192, lgetxattr,               INT,  FILE,    BULK, T_F,
	ARG(path, PATH,) ARG(name, STRING,) ARG(value, OUTBUF, RET) ARG(size, UINT,))
SC(193, fgetxattr,               INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(name, STRING,) ARG(value, OUTBUF, RET) ARG(size, UINT,))
SC(194, listxattr,               INT,  FILE,    BULK, T_F,
	ARG(path, PATH,) ARG(list, OUTBUF, RET) ARG(size, UINT,))
SC(195, llistxattr,              INT,  FILE,    BULK, T_F,
	ARG(path, PATH,) ARG(list, OUTBUF, RET) ARG(size, UINT,))
SC(196, flistxattr,              INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(list, OUTBUF, RET) ARG(size, UINT,))
SC(197, removexattr,             ERR,  FILE,    BULK, T_F, ARG(path, PATH,) ARG(name, STRING,))
SC(198, lremovexattr,            ERR,  FILE,    BULK, T_F, ARG(path, PATH,) ARG(name, STRING,))
SC(199, fremovexattr,            ERR,  DESC,    BULK, T_D, ARG(fd, FD,) ARG(name, STRING,))
SC(200, tkill,                   ERR,  SIGNAL,  CRIT, T_P|T_S, ARG(pid, PID,) ARG(sig, SIGNAL,))
SC(201, time,                    INT,  OTHER,   BULK, T_CLK, ARG(tloc, OUTSTRUCT, time_t))
SC(202, futex,                   INT,  OTHER,   BULK, 0,
	ARG(uaddr, ADDR,) ARG(op, CMD, futex) ARG(val, UINT,) ARG(utime, ADDR,) ARG(uaddr2, ADDR,)
	ARG(val3, HEX,))
SC(203, sched_setaffinity,       ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(len, UINT,) ARG(user_mask_ptr, INBUF, 1))
SC(204, sched_getaffinity,       INT,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(len, UINT,) ARG(user_mask_ptr, OUTBUF, RET))
SC(205, set_thread_area,         ERR,  PROCESS, BULK, 0, ARG(u_info, ADDR,))
SC(206, io_setup,                ERR,  DESC,    BULK, T_M,
	ARG(nr_reqs, UINT,) ARG(ctxp, IOSTRUCT, aio_context))
SC(207, io_destroy,              ERR,  DESC,    BULK, T_M, ARG(ctx, HEX,))
SC(208, io_getevents,            INT,  DESC,    BULK, 0,
	ARG(ctx_id, HEX,) ARG(min_nr, INT,) ARG(nr, INT,) ARG(events, ADDR,)
	ARG(timeout, INSTRUCT, timespec))
SC(209, io_submit,               INT,  DESC,    BULK, 0,
	ARG(ctx_id, HEX,) ARG(nr, INT,) ARG(iocbpp, ADDR,))
SC(210, io_cancel,               ERR,  DESC,    BULK, 0,
	ARG(ctx_id, HEX,) ARG(iocb, ADDR,) ARG(result, ADDR,))
SC(211, get_thread_area,         ERR,  PROCESS, BULK, 0, ARG(u_info, ADDR,))
SC(212, lookup_dcookie,          INT,  FILE,    BULK, 0,
	ARG(cookie64, HEX,) ARG(buf, OUTBUF, RET) ARG(len, UINT,))
SC(213, epoll_create,            FD,   DESC,    BULK, T_D, ARG(size, INT,))
SC(214, epoll_ctl_old,           ERR,  DESC,    BULK, 0)
SC(215, epoll_wait_old,          ERR,  DESC,    BULK, 0)
SC(216, remap_file_pages,        ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(size, UINT,) ARG(prot, FLAGS, mmap_prot) ARG(pgoff, UINT,)
	ARG(flags, FLAGS, mmap))
SC(217, getdents64,              INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(dirent, OUTBUF, RET) ARG(count, UINT,))
SC(218, set_tid_address,         PID,  PROCESS, BULK, 0, ARG(tidptr, ADDR,))
SC(219, restart_syscall,         INT,  OTHER,   BULK, 0)
SC(220, semtimedop,              ERR,  OTHER,   BULK, T_I,
	ARG(semid, INT,) ARG(tsops, INARRAY, sembuf) ARG(nsops, UINT,)
	ARG(timeout, INSTRUCT, timespec))
SC(221, fadvise64,               ERR,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(offset, OFFSET,) ARG(len, UINT,) ARG(advice, ENUM, fadvise))
SC(222, timer_create,            ERR,  OTHER,   BULK, 0,
	ARG(which_clock, ENUM, clock) ARG(timer_event_spec, INSTRUCT, sigevent)
	ARG(created_timer_id, OUTSTRUCT, int))
SC(223, timer_settime,           ERR,  OTHER,   BULK, 0,
	ARG(timer_id, INT,) ARG(flags, FLAGS, timer) ARG(new_setting, INSTRUCT, itimerspec)
	ARG(old_setting, OUTSTRUCT, itimerspec))
SC(224, timer_gettime,           ERR,  OTHER,   BULK, 0,
	ARG(timer_id, INT,) ARG(setting, OUTSTRUCT, itimerspec))
SC(225, timer_getoverrun,        INT,  OTHER,   BULK, 0, ARG(timer_id, INT,))
SC(226, timer_delete,            ERR,  OTHER,   BULK, 0, ARG(timer_id, INT,))
SC(227, clock_settime,           ERR,  OTHER,   CRIT, T_CLK,
	ARG(which_clock, ENUM, clock) ARG(tp, INSTRUCT, timespec))
SC(228, clock_gettime,           ERR,  OTHER,   BULK, T_CLK,
	ARG(which_clock, ENUM, clock) ARG(tp, OUTSTRUCT, timespec))
SC(229, clock_getres,            ERR,  OTHER,   BULK, T_CLK,
	ARG(which_clock, ENUM, clock) ARG(tp, OUTSTRUCT, timespec))
SC(230, clock_nanosleep,         ERR,  OTHER,   BULK, 0,
	ARG(which_clock, ENUM, clock) ARG(flags, FLAGS, timer) ARG(rqtp, INSTRUCT, timespec)
	ARG(rmtp, OUTSTRUCT, timespec))
SC(231, exit_group,              NONE, PROCESS, CRIT, T_P, ARG(error_code, INT,))
SC(232, epoll_wait,              INT,  DESC,    BULK, T_D,
	ARG(epfd, FD,) ARG(events, OUTARRAY, epoll_event) ARG(maxevents, INT,) ARG(timeout, INT,))
SC(233, epoll_ctl,               ERR,  DESC,    BULK, T_D,
	ARG(epfd, FD,) ARG(op, ENUM, epoll_op) ARG(fd, FD,) ARG(event, INSTRUCT, epoll_event))
SC(234, tgkill,                  ERR,  SIGNAL,  CRIT, T_P|T_S,
	ARG(tgid, PID,) ARG(pid, PID,) ARG(sig, SIGNAL,))
SC(235, utimes,                  ERR,  FILE,    BULK, T_F,
	ARG(filename, PATH,) ARG(utimes, INSTRUCT, timeval_pair))
SC(236, vserver,                 ERR,  OTHER,   BULK, 0)
SC(237, mbind,                   ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(mode, ENUM, mpol_mode) ARG(nmask, ADDR,)
	ARG(maxnode, UINT,) ARG(flags, FLAGS, mbind))
SC(238, set_mempolicy,           ERR,  MEMORY,  BULK, T_M,
	ARG(mode, ENUM, mpol_mode) ARG(nmask, ADDR,) ARG(maxnode, UINT,))
SC(239, get_mempolicy,           ERR,  MEMORY,  BULK, T_M,
	ARG(policy, OUTSTRUCT, int) ARG(nmask, ADDR,) ARG(maxnode, UINT,) ARG(addr, ADDR,)
	ARG(flags, FLAGS, get_mempolicy))
SC(240, mq_open,                 FD,   FILE,    BULK, T_D,
	ARG(u_name, STRING,) ARG(oflag, FLAGS, open) ARG(mode, MODE,)
	ARG(u_attr, INSTRUCT, mq_attr))
SC(241, mq_unlink,               ERR,  FILE,    BULK, 0, ARG(u_name, STRING,))
SC(242, mq_timedsend,            ERR,  DESC,    BULK, T_D,
	ARG(mqdes, FD,) ARG(u_msg_ptr, INBUF, 2) ARG(msg_len, UINT,) ARG(msg_prio, UINT,)
	ARG(u_abs_timeout, INSTRUCT, timespec))
SC(243, mq_timedreceive,         INT,  DESC,    BULK, T_D,
	ARG(mqdes, FD,) ARG(u_msg_ptr, OUTBUF, RET) ARG(msg_len, UINT,)
	ARG(u_msg_prio, OUTSTRUCT, uint) ARG(u_abs_timeout, INSTRUCT, timespec))
SC(244, mq_notify,               ERR,  DESC,    BULK, T_D,
	ARG(mqdes, FD,) ARG(u_notification, INSTRUCT, sigevent))
SC(245, mq_getsetattr,           ERR,  DESC,    BULK, T_D,
	ARG(mqdes, FD,) ARG(u_mqstat, INSTRUCT, mq_attr) ARG(u_omqstat, OUTSTRUCT, mq_attr))
SC(246, kexec_load,              ERR,  OTHER,   CRIT, 0,
	ARG(entry, ADDR,) ARG(nr_segments, UINT,) ARG(segments, ADDR,) ARG(flags, FLAGS, kexec))
SC(247, waitid,                  ERR,  PROCESS, BULK, T_P,
	ARG(which, ENUM, waitid) ARG(upid, PID,) ARG(infop, OUTSTRUCT, siginfo)
	ARG(options, FLAGS, wait) ARG(ru, OUTSTRUCT, rusage))
SC(248, add_key,                 INT,  CREDS,   CRIT, 0,
	ARG(_type, STRING,) ARG(_description, STRING,) ARG(_payload, INBUF, 3) ARG(plen, UINT,)
	ARG(ringid, INT,))
SC(249, request_key,             INT,  CREDS,   CRIT, 0,
	ARG(_type, STRING,) ARG(_description, STRING,) ARG(_callout_info, STRING,)
	ARG(destringid, INT,))
SC(250, keyctl,                  INT,  CREDS,   CRIT, 0,
	ARG(option, CMD, keyctl) ARG(arg2, HEX,) ARG(arg3, HEX,) ARG(arg4, HEX,) ARG(arg5, HEX,))
SC(251, ioprio_set,              ERR,  PROCESS, BULK, 0,
	ARG(which, ENUM, ioprio_who) ARG(who, INT,) ARG(ioprio, HEX,))
SC(252, ioprio_get,              HEX,  PROCESS, BULK, 0,
	ARG(which, ENUM, ioprio_who) ARG(who, INT,))
SC(253, inotify_init,            FD,   DESC,    BULK, T_D)
SC(254, inotify_add_watch,       INT,  FILE,    BULK, T_D|T_F,
	ARG(fd, FD,) ARG(pathname, PATH,) ARG(mask, FLAGS, inotify))
SC(255, inotify_rm_watch,        ERR,  DESC,    BULK, T_D, ARG(fd, FD,) ARG(wd, INT,))
SC(256, migrate_pages,           INT,  MEMORY,  BULK, T_M,
	ARG(pid, PID,) ARG(maxnode, UINT,) ARG(old_nodes, ADDR,) ARG(new_nodes, ADDR,))
SC(257, openat,                  FD,   FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(flags, FLAGS, open) ARG(mode, MODE,))
SC(258, mkdirat,                 ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(pathname, PATH,) ARG(mode, MODE,))
SC(259, mknodat,                 ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(mode, MODE,) ARG(dev, DEV,))
SC(260, fchownat,                ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(user, UID,) ARG(group, GID,)
	ARG(flag, FLAGS, at))
SC(261, futimesat,               ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(utimes, INSTRUCT, timeval_pair))
SC(262, newfstatat,              ERR,  FILE,    BULK, T_D|T_F|T_FST|T_STL,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(statbuf, OUTSTRUCT, stat) ARG(flag, FLAGS, at))
SC(263, unlinkat,                ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(pathname, PATH,) ARG(flag, FLAGS, at))
SC(264, renameat,                ERR,  FILE,    BULK, T_D|T_F,
	ARG(olddfd, DIRFD,) ARG(oldname, PATH,) ARG(newdfd, DIRFD,) ARG(newname, PATH,))
SC(265, linkat,                  ERR,  FILE,    BULK, T_D|T_F,
	ARG(olddfd, DIRFD,) ARG(oldname, PATH,) ARG(newdfd, DIRFD,) ARG(newname, PATH,)
	ARG(flags, FLAGS, at))
SC(266, symlinkat,               ERR,  FILE,    BULK, T_D|T_F,
	ARG(oldname, STRING,) ARG(newdfd, DIRFD,) ARG(newname, PATH,))
SC(267, readlinkat,              INT,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(pathname, PATH,) ARG(buf, OUTBUF, RET) ARG(bufsiz, INT,))
SC(268, fchmodat,                ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(mode, MODE,))
SC(269, faccessat,               ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(mode, FLAGS, access))
SC(270, pselect6,                INT,  DESC,    BULK, T_D,
	ARG(n, INT,) ARG(inp, IOSTRUCT, fd_set) ARG(outp, IOSTRUCT, fd_set)
	ARG(exp, IOSTRUCT, fd_set) ARG(tsp, IOSTRUCT, timespec) ARG(sig, INSTRUCT, sigset_arg))
SC(271, ppoll,                   INT,  DESC,    BULK, T_D,
	ARG(ufds, IOARRAY, pollfd) ARG(nfds, UINT,) ARG(tsp, IOSTRUCT, timespec)
	ARG(sigmask, SIGSET,) ARG(sigsetsize, UINT,))
SC(272, unshare,                 ERR,  PROCESS, CRIT, 0, ARG(unshare_flags, FLAGS, clone))
SC(273, set_robust_list,         ERR,  OTHER,   BULK, 0, ARG(head, ADDR,) ARG(len, UINT,))
SC(274, get_robust_list,         ERR,  OTHER,   BULK, 0,
	ARG(pid, PID,) ARG(head_ptr, ADDR,) ARG(len_ptr, ADDR,))
SC(275, splice,                  INT,  DESC,    BULK, T_D,
	ARG(fd_in, FD,) ARG(off_in, IOSTRUCT, off_t) ARG(fd_out, FD,)
	ARG(off_out, IOSTRUCT, off_t) ARG(len, UINT,) ARG(flags, FLAGS, splice))
SC(276, tee,                     INT,  DESC,    BULK, T_D,
	ARG(fdin, FD,) ARG(fdout, FD,) ARG(len, UINT,) ARG(flags, FLAGS, splice))
SC(277, sync_file_range,         ERR,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(offset, OFFSET,) ARG(nbytes, OFFSET,) ARG(flags, FLAGS, sync_file_range))
SC(278, vmsplice,                INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(iov, INIOV,) ARG(nr_segs, UINT,) ARG(flags, FLAGS, splice))
SC(279, move_pages,              INT,  MEMORY,  BULK, T_M,
	ARG(pid, PID,) ARG(nr_pages, UINT,) ARG(pages, ADDR,) ARG(nodes, ADDR,) ARG(status, ADDR,)
	ARG(flags, FLAGS, mbind))
SC(280, utimensat,               ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(utimes, INSTRUCT, timespec_pair)
	ARG(flags, FLAGS, at))
SC(281, epoll_pwait,             INT,  DESC,    BULK, T_D,
	ARG(epfd, FD,) ARG(events, OUTARRAY, epoll_event) ARG(maxevents, INT,) ARG(timeout, INT,)
	ARG(sigmask, SIGSET,) ARG(sigsetsize, UINT,))
SC(282, signalfd,                FD,   DESC,    BULK, T_D|T_S,
	ARG(ufd, FD,) ARG(user_mask, SIGSET,) ARG(sizemask, UINT,))
SC(283, timerfd_create,          FD,   DESC,    BULK, T_D,
	ARG(clockid, ENUM, clock) ARG(flags, FLAGS, timerfd))
SC(284, eventfd,                 FD,   DESC,    BULK, T_D, ARG(count, UINT,))
SC(285, fallocate,               ERR,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(mode, FLAGS, fallocate) ARG(offset, OFFSET,) ARG(len, OFFSET,))
SC(286, timerfd_settime,         ERR,  DESC,    BULK, T_D,
	ARG(ufd, FD,) ARG(flags, FLAGS, timerfd_timer) ARG(utmr, INSTRUCT, itimerspec)
	ARG(otmr, OUTSTRUCT, itimerspec))
SC(287, timerfd_gettime,         ERR,  DESC,    BULK, T_D,
	ARG(ufd, FD,) ARG(otmr, OUTSTRUCT, itimerspec))
SC(288, accept4,                 FD,   NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(upeer_sockaddr, OUTSOCKADDR,) ARG(upeer_addrlen, IOSTRUCT, int)
	ARG(flags, FLAGS, sock))
SC(289, signalfd4,               FD,   DESC,    BULK, T_D|T_S,
	ARG(ufd, FD,) ARG(user_mask, SIGSET,) ARG(sizemask, UINT,) ARG(flags, FLAGS, signalfd))
SC(290, eventfd2,                FD,   DESC,    BULK, T_D,
	ARG(count, UINT,) ARG(flags, FLAGS, eventfd))
SC(291, epoll_create1,           FD,   DESC,    BULK, T_D, ARG(flags, FLAGS, epoll))
SC(292, dup3,                    FD,   DESC,    BULK, T_D,
	ARG(oldfd, FD,) ARG(newfd, FD,) ARG(flags, FLAGS, open))
SC(293, pipe2,                   ERR,  DESC,    BULK, T_D,
	ARG(fildes, OUTSTRUCT, fdpair) ARG(flags, FLAGS, open))
SC(294, inotify_init1,           FD,   DESC,    BULK, T_D, ARG(flags, FLAGS, inotify_init))
SC(295, preadv,                  INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(vec, OUTIOV,) ARG(vlen, UINT,) ARG(pos_l, UINT,) ARG(pos_h, UINT,))
SC(296, pwritev,                 INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(vec, INIOV,) ARG(vlen, UINT,) ARG(pos_l, UINT,) ARG(pos_h, UINT,))
SC(297, rt_tgsigqueueinfo,       ERR,  SIGNAL,  CRIT, T_P|T_S,
	ARG(tgid, PID,) ARG(pid, PID,) ARG(sig, SIGNAL,) ARG(uinfo, INSTRUCT, siginfo))
SC(298, perf_event_open,         FD,   DESC,    CRIT, T_D,
	ARG(attr_uptr, INSTRUCT, perf_event_attr) ARG(pid, PID,) ARG(cpu, INT,) ARG(group_fd, FD,)
	ARG(flags, FLAGS, perf))
SC(299, recvmmsg,                INT,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(mmsg, OUTARRAY, mmsghdr) ARG(vlen, UINT,) ARG(flags, FLAGS, msg)
	ARG(timeout, IOSTRUCT, timespec))
SC(300, fanotify_init,           FD,   DESC,    CRIT, T_D,
	ARG(flags, FLAGS, fan_init) ARG(event_f_flags, FLAGS, open))
SC(301, fanotify_mark,           ERR,  FILE,    BULK, T_D|T_F,
	ARG(fanotify_fd, FD,) ARG(flags, FLAGS, fan_mark) ARG(mask, FLAGS, fan_event)
	ARG(dfd, DIRFD,) ARG(pathname, PATH,))
SC(302, prlimit64,               ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(resource, ENUM, rlimit) ARG(new_rlim, INSTRUCT, rlimit64)
	ARG(old_rlim, OUTSTRUCT, rlimit64))
SC(303, name_to_handle_at,       ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(name, PATH,) ARG(handle, IOSTRUCT, file_handle)
	ARG(mnt_id, OUTSTRUCT, int) ARG(flag, FLAGS, at))
SC(304, open_by_handle_at,       FD,   FILE,    CRIT, T_D,
	ARG(mountdirfd, FD,) ARG(handle, INSTRUCT, file_handle) ARG(flags, FLAGS, open))
SC(305, clock_adjtime,           INT,  OTHER,   BULK, T_CLK,
	ARG(which_clock, ENUM, clock) ARG(utx, IOSTRUCT, timex))
SC(306, syncfs,                  ERR,  DESC,    BULK, T_D, ARG(fd, FD,))
SC(307, sendmmsg,                INT,  NETWORK, BULK, T_N,
	ARG(fd, FD,) ARG(mmsg, INARRAY, mmsghdr) ARG(vlen, UINT,) ARG(flags, FLAGS, msg))
SC(308, setns,                   ERR,  PROCESS, CRIT, T_D, ARG(fd, FD,) ARG(flags, FLAGS, clone))
SC(309, getcpu,                  ERR,  OTHER,   BULK, 0,
	ARG(cpup, OUTSTRUCT, int) ARG(nodep, OUTSTRUCT, int) ARG(unused, ADDR,))
SC(310, process_vm_readv,        INT,  PROCESS, CRIT, 0,
	ARG(pid, PID,) ARG(lvec, OUTIOV,) ARG(liovcnt, UINT,) ARG(rvec, INARRAY, iovec)
	ARG(riovcnt, UINT,) ARG(flags, UINT,))
SC(311, process_vm_writev,       INT,  PROCESS, CRIT, 0,
	ARG(pid, PID,) ARG(lvec, INIOV,) ARG(liovcnt, UINT,) ARG(rvec, INARRAY, iovec)
	ARG(riovcnt, UINT,) ARG(flags, UINT,))
SC(312, kcmp,                    INT,  PROCESS, BULK, 0,
	ARG(pid1, PID,) ARG(pid2, PID,) ARG(type, ENUM, kcmp) ARG(idx1, HEX,) ARG(idx2, HEX,))
SC(313, finit_module,            ERR,  OTHER,   CRIT, T_D,
	ARG(fd, FD,) ARG(uargs, STRING,) ARG(flags, FLAGS, finit_module))
SC(314, sched_setattr,           ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(uattr, INSTRUCT, sched_attr) ARG(flags, UINT,))
SC(315, sched_getattr,           ERR,  PROCESS, BULK, 0,
	ARG(pid, PID,) ARG(uattr, OUTSTRUCT, sched_attr) ARG(usize, UINT,) ARG(flags, UINT,))
SC(316, renameat2,               ERR,  FILE,    BULK, T_D|T_F,
	ARG(olddfd, DIRFD,) ARG(oldname, PATH,) ARG(newdfd, DIRFD,) ARG(newname, PATH,)
	ARG(flags, FLAGS, rename))
SC(317, seccomp,                 INT,  PROCESS, CRIT, 0,
	ARG(op, ENUM, seccomp_op) ARG(flags, FLAGS, seccomp) ARG(uargs, ADDR,))
SC(318, getrandom,               INT,  OTHER,   BULK, 0,
	ARG(ubuf, OUTBUF, RET) ARG(len, UINT,) ARG(flags, FLAGS, getrandom))
SC(319, memfd_create,            FD,   FILE,    CRIT, T_D,
	ARG(uname, STRING,) ARG(flags, FLAGS, memfd))
SC(320, kexec_file_load,         ERR,  OTHER,   CRIT, T_D,
	ARG(kernel_fd, FD,) ARG(initrd_fd, FD,) ARG(cmdline_len, UINT,) ARG(cmdline_ptr, INBUF, 2)
	ARG(flags, FLAGS, kexec_file))
SC(321, bpf,                     INT,  OTHER,   CRIT, T_D,
	ARG(cmd, CMD, bpf) ARG(uattr, INSTRUCT, bpf_attr) ARG(size, UINT,))
SC(322, execveat,                ERR,  PROCESS, CRIT, T_D|T_F|T_P,
	ARG(fd, DIRFD,) ARG(filename, PATH,) ARG(argv, STRINGS,) ARG(envp, STRINGS,)
	ARG(flags, FLAGS, at))
SC(323, userfaultfd,             FD,   DESC,    CRIT, T_D, ARG(flags, FLAGS, userfaultfd))
SC(324, membarrier,              INT,  OTHER,   BULK, 0,
	ARG(cmd, ENUM, membarrier) ARG(flags, UINT,) ARG(cpu_id, INT,))
SC(325, mlock2,                  ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(flags, FLAGS, mlock))
SC(326, copy_file_range,         INT,  DESC,    BULK, T_D,
	ARG(fd_in, FD,) ARG(off_in, IOSTRUCT, off_t) ARG(fd_out, FD,)
	ARG(off_out, IOSTRUCT, off_t) ARG(len, UINT,) ARG(flags, UINT,))
SC(327, preadv2,                 INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(vec, OUTIOV,) ARG(vlen, UINT,) ARG(pos_l, UINT,) ARG(pos_h, UINT,)
	ARG(flags, FLAGS, rwf))
SC(328, pwritev2,                INT,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(vec, INIOV,) ARG(vlen, UINT,) ARG(pos_l, UINT,) ARG(pos_h, UINT,)
	ARG(flags, FLAGS, rwf))
SC(329, pkey_mprotect,           ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(prot, FLAGS, mmap_prot) ARG(pkey, INT,))
SC(330, pkey_alloc,              INT,  MEMORY,  BULK, 0,
	ARG(flags, UINT,) ARG(init_val, FLAGS, pkey))
SC(331, pkey_free,               ERR,  MEMORY,  BULK, 0, ARG(pkey, INT,))
SC(332, statx,                   ERR,  FILE,    BULK, T_D|T_F|T_FST|T_STL,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(flags, FLAGS, at) ARG(mask, FLAGS, statx)
	ARG(buffer, OUTSTRUCT, statx))
SC(333, io_pgetevents,           INT,  DESC,    BULK, 0,
	ARG(ctx_id, HEX,) ARG(min_nr, INT,) ARG(nr, INT,) ARG(events, ADDR,)
	ARG(timeout, INSTRUCT, timespec) ARG(usig, INSTRUCT, sigset_arg))
SC(334, rseq,                    ERR,  OTHER,   BULK, 0,
	ARG(rseq, ADDR,) ARG(rseq_len, UINT,) ARG(flags, UINT,) ARG(sig, HEX,))
SC(335, uretprobe,               INT,  OTHER,   BULK, 0)
SC(336, uprobe,                  INT,  OTHER,   BULK, 0)
SC(424, pidfd_send_signal,       ERR,  SIGNAL,  CRIT, T_D|T_P|T_S,
	ARG(pidfd, FD,) ARG(sig, SIGNAL,) ARG(info, INSTRUCT, siginfo) ARG(flags, UINT,))
SC(425, io_uring_setup,          FD,   DESC,    CRIT, T_D,
	ARG(entries, UINT,) ARG(params, IOSTRUCT, io_uring_params))
SC(426, io_uring_enter,          INT,  DESC,    BULK, T_D|T_S,
	ARG(fd, FD,) ARG(to_submit, UINT,) ARG(min_complete, UINT,) ARG(flags, FLAGS, uring_enter)
	ARG(argp, ADDR,) ARG(argsz, UINT,))
SC(427, io_uring_register,       INT,  DESC,    BULK, T_D|T_M,
	ARG(fd, FD,) ARG(opcode, CMD, uring_register) ARG(arg, ADDR,) ARG(nr_args, UINT,))
SC(428, open_tree,               FD,   FILE,    CRIT, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(flags, FLAGS, open_tree))
SC(429, move_mount,              ERR,  FILE,    CRIT, T_D|T_F,
	ARG(from_dfd, DIRFD,) ARG(from_pathname, PATH,) ARG(to_dfd, DIRFD,)
	ARG(to_pathname, PATH,) ARG(flags, FLAGS, move_mount))
SC(430, fsopen,                  FD,   FILE,    CRIT, T_D,
	ARG(_fs_name, STRING,) ARG(flags, FLAGS, fsopen))
SC(431, fsconfig,                ERR,  FILE,    CRIT, T_D|T_F,
	ARG(fd, FD,) ARG(cmd, CMD, fsconfig) ARG(_key, STRING,) ARG(_value, ADDR,) ARG(aux, INT,))
SC(432, fsmount,                 FD,   FILE,    CRIT, T_D,
	ARG(fs_fd, FD,) ARG(flags, FLAGS, fsmount) ARG(attr_flags, FLAGS, mount_attr))
SC(433, fspick,                  FD,   FILE,    CRIT, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(path, PATH,) ARG(flags, FLAGS, fspick))
SC(434, pidfd_open,              FD,   PROCESS, BULK, T_D, ARG(pid, PID,) ARG(flags, FLAGS, pidfd))
SC(435, clone3,                  PID,  PROCESS, CRIT, T_P,
	ARG(uargs, INSTRUCT, clone_args) ARG(size, UINT,))
SC(436, close_range,             ERR,  DESC,    BULK, 0,
	ARG(fd, UINT,) ARG(max_fd, UINT,) ARG(flags, FLAGS, close_range))
SC(437, openat2,                 FD,   FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(how, INSTRUCT, open_how) ARG(usize, UINT,))
SC(438, pidfd_getfd,             FD,   PROCESS, CRIT, T_D,
	ARG(pidfd, FD,) ARG(fd, INT,) ARG(flags, UINT,))
SC(439, faccessat2,              ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(mode, FLAGS, access) ARG(flags, FLAGS, at))
SC(440, process_madvise,         INT,  MEMORY,  BULK, T_D,
	ARG(pidfd, FD,) ARG(vec, INARRAY, iovec) ARG(vlen, UINT,) ARG(behavior, ENUM, madvise)
	ARG(flags, UINT,))
SC(441, epoll_pwait2,            INT,  DESC,    BULK, T_D,
	ARG(epfd, FD,) ARG(events, OUTARRAY, epoll_event) ARG(maxevents, INT,)
	ARG(timeout, INSTRUCT, timespec) ARG(sigmask, SIGSET,) ARG(sigsetsize, UINT,))
SC(442, mount_setattr,           ERR,  FILE,    CRIT, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(path, PATH,) ARG(flags, FLAGS, at) ARG(uattr, INSTRUCT, mount_attr)
	ARG(usize, UINT,))
SC(443, quotactl_fd,             ERR,  DESC,    CRIT, T_D,
	ARG(fd, FD,) ARG(cmd, HEX,) ARG(id, UID,) ARG(addr, ADDR,))
SC(444, landlock_create_ruleset, FD,   DESC,    CRIT, T_D,
	ARG(attr, INSTRUCT, landlock_ruleset) ARG(size, UINT,) ARG(flags, FLAGS, landlock))
SC(445, landlock_add_rule,       ERR,  DESC,    CRIT, T_D,
	ARG(ruleset_fd, FD,) ARG(rule_type, ENUM, landlock_rule) ARG(rule_attr, ADDR,)
	ARG(flags, UINT,))
SC(446, landlock_restrict_self,  ERR,  CREDS,   CRIT, T_D,
	ARG(ruleset_fd, FD,) ARG(flags, FLAGS, landlock_self))
SC(447, memfd_secret,            FD,   DESC,    CRIT, T_D, ARG(flags, FLAGS, open))
SC(448, process_mrelease,        ERR,  PROCESS, CRIT, T_D, ARG(pidfd, FD,) ARG(flags, UINT,))
SC(449, futex_waitv,             INT,  OTHER,   BULK, 0,
	ARG(waiters, INARRAY, futex_waitv) ARG(nr_futexes, UINT,) ARG(flags, UINT,)
	ARG(timeout, INSTRUCT, timespec) ARG(clockid, ENUM, clock))
SC(450, set_mempolicy_home_node, ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(home_node, UINT,) ARG(flags, UINT,))
SC(451, cachestat,               ERR,  DESC,    BULK, T_D,
	ARG(fd, FD,) ARG(cstat_range, INSTRUCT, cachestat_range) ARG(cstat, OUTSTRUCT, cachestat)
	ARG(flags, UINT,))
SC(452, fchmodat2,               ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(mode, MODE,) ARG(flags, FLAGS, at))
SC(453, map_shadow_stack,        ADDR, MEMORY,  BULK, T_M,
	ARG(addr, ADDR,) ARG(size, UINT,) ARG(flags, FLAGS, shadow_stack))
SC(454, futex_wake,              INT,  OTHER,   BULK, 0,
	ARG(uaddr, ADDR,) ARG(mask, HEX,) ARG(nr, INT,) ARG(flags, FLAGS, futex2))
SC(455, futex_wait,              ERR,  OTHER,   BULK, 0,
	ARG(uaddr, ADDR,) ARG(val, UINT,) ARG(mask, HEX,) ARG(flags, FLAGS, futex2)
	ARG(timeout, INSTRUCT, timespec) ARG(clockid, ENUM, clock))
SC(456, futex_requeue,           INT,  OTHER,   BULK, 0,
	ARG(waiters, ADDR,) ARG(flags, UINT,) ARG(nr_wake, INT,) ARG(nr_requeue, INT,))
SC(457, statmount,               ERR,  FILE,    BULK, 0,
	ARG(req, INSTRUCT, mnt_id_req) ARG(buf, OUTSTRUCT, statmount) ARG(bufsize, UINT,)
	ARG(flags, UINT,))
SC(458, listmount,               INT,  FILE,    BULK, 0,
	ARG(req, INSTRUCT, mnt_id_req) ARG(mnt_ids, ADDR,) ARG(nr_mnt_ids, UINT,)
	ARG(flags, FLAGS, listmount))
SC(459, lsm_get_self_attr,       INT,  CREDS,   BULK, 0,
	ARG(attr, ENUM, lsm_attr) ARG(ctx, ADDR,) ARG(size, IOSTRUCT, uint)
	ARG(flags, FLAGS, lsm))
SC(460, lsm_set_self_attr,       ERR,  CREDS,   CRIT, 0,
	ARG(attr, ENUM, lsm_attr) ARG(ctx, INSTRUCT, lsm_ctx) ARG(size, UINT,) ARG(flags, UINT,))
SC(461, lsm_list_modules,        INT,  CREDS,   BULK, 0,
	ARG(ids, ADDR,) ARG(size, IOSTRUCT, uint) ARG(flags, UINT,))
SC(462, mseal,                   ERR,  MEMORY,  BULK, T_M,
	ARG(start, ADDR,) ARG(len, UINT,) ARG(flags, UINT,))
SC(463, setxattrat,              ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(pathname, PATH,) ARG(at_flags, FLAGS, at) ARG(name, STRING,)
	ARG(uargs, INSTRUCT, xattr_args) ARG(usize, UINT,))
SC(464, getxattrat,              INT,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(pathname, PATH,) ARG(at_flags, FLAGS, at) ARG(name, STRING,)
	ARG(uargs, INSTRUCT, xattr_args) ARG(usize, UINT,))
SC(465, listxattrat,             INT,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(pathname, PATH,) ARG(at_flags, FLAGS, at) ARG(list, OUTBUF, RET)
	ARG(size, UINT,))
SC(466, removexattrat,           ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(pathname, PATH,) ARG(at_flags, FLAGS, at) ARG(name, STRING,))
SC(467, open_tree_attr,          FD,   FILE,    CRIT, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(flags, FLAGS, open_tree)
	ARG(uattr, INSTRUCT, mount_attr) ARG(usize, UINT,))
SC(468, file_getattr,            ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(ufattr, OUTSTRUCT, file_attr) ARG(usize, UINT,)
	ARG(at_flags, FLAGS, at))
SC(469, file_setattr,            ERR,  FILE,    BULK, T_D|T_F,
	ARG(dfd, DIRFD,) ARG(filename, PATH,) ARG(ufattr, INSTRUCT, file_attr) ARG(usize, UINT,)
	ARG(at_flags, FLAGS, at))
SC(470, listns,                  INT,  PROCESS, BULK, 0,
	ARG(req, INSTRUCT, ns_id_req) ARG(ns_ids, ADDR,) ARG(nr_ns_ids, UINT,) ARG(flags, UINT,))
SC(471, rseq_slice_yield,        INT,  OTHER,   BULK, 0)
/* clang-format on */

#undef T_F
#undef T_D
#undef T_P
#undef T_N
#undef T_S
#undef T_I
#undef T_M
#undef T_C
#undef T_CLK
#undef T_PURE
#undef T_ST
#undef T_LST
#undef T_FST
#undef T_STF
#undef T_FSTF
#undef T_STL
#undef T_STFL
