/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments of events: raw, and what they mean. */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "event/evtype.h"
#include "field/flags.h"
#include "field/params.h"
#include "field/subject.h"
#include "fields.h"
#include "unit.h"

/* One call of process 300, which is in /home/alice and has /srv/data as number 3. */
static const struct call {
	const char *name;
	int64_t ret;
	uint64_t args[6];
	const char *strings[6];		/* by argument */
	const char *want;		/* evt.args */
} calls[] = {
	{ "open", 3, { 0, O_WRONLY | O_CREAT, 0640 }, { "/x" },
	  "fd=3(<f>/x) name=/x flags=6(O_CREAT|O_WRONLY) mode=0640 dev=<NA> ino=<NA>" },
	{ "openat", 3, { (uint32_t)AT_FDCWD, 0, O_RDWR, 0 }, { NULL, "x" },
	  "fd=3(<f>/home/alice/x) dirfd=-100(AT_FDCWD) name=x(/home/alice/x) flags=3(O_RDWR) "
	  "mode=0 dev=<NA> ino=<NA>" },
	{ "creat", -13, { 0, 0600 }, { "/x" },
	  "fd=-13(EACCES) name=/x mode=0600 dev=<NA> ino=<NA> "
	  "creat_flags=262(O_TRUNC|O_CREAT|O_WRONLY)" },
	{ "open_by_handle_at", -116, { (uint32_t)AT_FDCWD, 0, O_PATH }, { 0 },
	  "fd=-116(ESTALE) mountfd=-100(AT_FDCWD) flags=1(O_RDONLY) path=<NA> dev=<NA> "
	  "ino=<NA>" },
	{ "execve", -2, { 0 }, { "x" },
	  "res=-2(ENOENT) exe=cat args=-n./etc/shadow. tid=300(cat) pid=300(cat) "
	  "ptid=200(bash) cwd=/home/alice fdlimit=<NA> pgft_maj=<NA> pgft_min=<NA> "
	  "vm_size=<NA> vm_rss=<NA> vm_swap=<NA> comm=cat cgroups=NULL "
	  "env=HOME=/home/alice.LANG=C.EMPTY=. tty=34816 vpgid=300(cat) loginuid=1001(alice) "
	  "flags=0 cap_inheritable=0 cap_permitted=0 cap_effective=0 exe_ino=<NA> "
	  "exe_ino_ctime=<NA> exe_ino_mtime=<NA> uid=1001(alice) trusted_exepath=/usr/bin/cat "
	  "pgid=300(cat) gid=1001(alice) filename=x" },
	{ "execveat", -13, { (uint32_t)AT_FDCWD }, { NULL, "x" },
	  "res=-13(EACCES) exe=cat args=-n./etc/shadow. tid=300(cat) pid=300(cat) "
	  "ptid=200(bash) cwd=/home/alice fdlimit=<NA> pgft_maj=<NA> pgft_min=<NA> "
	  "vm_size=<NA> vm_rss=<NA> vm_swap=<NA> comm=cat cgroups=NULL "
	  "env=HOME=/home/alice.LANG=C.EMPTY=. tty=34816 vpgid=300(cat) loginuid=1001(alice) "
	  "flags=0 cap_inheritable=0 cap_permitted=0 cap_effective=0 exe_ino=<NA> "
	  "exe_ino_ctime=<NA> exe_ino_mtime=<NA> uid=1001(alice) trusted_exepath=/usr/bin/cat "
	  "pgid=300(cat) gid=1001(alice)" },
	{ "clone", 1234, { CLONE_NEWPID | CLONE_NEWNS | SIGCHLD }, { 0 },
	  "res=1234 exe=cat args=-n./etc/shadow. tid=300(cat) pid=300(cat) ptid=200(bash) "
	  "cwd=/home/alice fdlimit=<NA> pgft_maj=<NA> pgft_min=<NA> vm_size=<NA> vm_rss=<NA> "
	  "vm_swap=<NA> comm=cat cgroups=NULL flags=96(CLONE_NEWNS|CLONE_NEWPID) uid=1001 "
	  "gid=1001 vtid=300(cat) vpid=300(cat) pidns_init_start_ts=<NA>" },
	{ "clone3", -11, { 0 }, { 0 },
	  "res=-11 exe=cat args=-n./etc/shadow. tid=300(cat) pid=300(cat) ptid=200(bash) "
	  "cwd=/home/alice fdlimit=<NA> pgft_maj=<NA> pgft_min=<NA> vm_size=<NA> vm_rss=<NA> "
	  "vm_swap=<NA> comm=cat cgroups=NULL flags=<NA> uid=1001 gid=1001 vtid=300(cat) "
	  "vpid=300(cat) pidns_init_start_ts=<NA>" },
	{ "fork", 300, { 0 }, { 0 },
	  "res=300(cat) exe=cat args=-n./etc/shadow. tid=300(cat) pid=300(cat) ptid=200(bash) "
	  "cwd=/home/alice fdlimit=<NA> pgft_maj=<NA> pgft_min=<NA> vm_size=<NA> vm_rss=<NA> "
	  "vm_swap=<NA> comm=cat cgroups=NULL flags=<NA> uid=1001 gid=1001 vtid=300(cat) "
	  "vpid=300(cat) pidns_init_start_ts=<NA>" },
	{ "vfork", 55, { 0 }, { 0 },
	  "res=55 exe=cat args=-n./etc/shadow. tid=300(cat) pid=300(cat) ptid=200(bash) "
	  "cwd=/home/alice fdlimit=<NA> pgft_maj=<NA> pgft_min=<NA> vm_size=<NA> vm_rss=<NA> "
	  "vm_swap=<NA> comm=cat cgroups=NULL flags=<NA> uid=1001 gid=1001 vtid=300(cat) "
	  "vpid=300(cat) pidns_init_start_ts=<NA>" },
	{ "close", -9, { 77 }, { 0 },
	  "res=-9(EBADF) fd=77" },
	{ "dup", 4, { 3 }, { 0 },
	  "res=4(<f>/srv/data) oldfd=3(<f>/srv/data)" },
	{ "dup2", -9, { 77, 1 }, { 0 },
	  "res=-9(EBADF) oldfd=77 newfd=1" },
	{ "dup3", 1, { 3, 1, O_CLOEXEC }, { 0 },
	  "res=1(<f>/srv/data) oldfd=3(<f>/srv/data) newfd=1(<f>/srv/data) "
	  "flags=4096(O_CLOEXEC)" },
	{ "chmod", 0, { 0, 04755 }, { "s" },
	  "res=0 filename=s(/home/alice/s) "
	  "mode=04755(S_IXOTH|S_IROTH|S_IXGRP|S_IRGRP|S_IXUSR|S_IWUSR|S_IRUSR|S_ISUID)" },
	{ "fchmod", 0, { 3, 0 }, { 0 },
	  "res=0 fd=3(<f>/srv/data) mode=0" },
	{ "fchmodat", -1, { (uint32_t)AT_FDCWD, 0, 02011 }, { NULL, "s" },
	  "res=-1(EPERM) dirfd=-100(AT_FDCWD) filename=s(/home/alice/s) "
	  "mode=02011(S_IXOTH|S_IXGRP|S_ISGID)" },
	{ "chown", 0, { 0, 33, 4294967295 }, { "s" },
	  "res=0 path=s(/home/alice/s) uid=33 gid=4294967295" },
	{ "lchown", 0, { 0, 0xdead00000000, 1 }, { "s" },
	  "res=0 path=s(/home/alice/s) uid=0 gid=1" },
	{ "fchown", 0, { 3, 33, 33 }, { 0 },
	  "res=0 fd=3(<f>/srv/data) uid=33 gid=33" },
	{ "fchownat", 0, { (uint32_t)AT_FDCWD, 0, 33, 33, AT_SYMLINK_NOFOLLOW }, { NULL, "s" },
	  "res=0 dirfd=-100(AT_FDCWD) pathname=s(/home/alice/s) uid=33 gid=33 "
	  "flags=1(AT_SYMLINK_NOFOLLOW)" },
	{ "link", 0, { 0 }, { "a", "/b" },
	  "res=0 oldpath=a(/home/alice/a) newpath=/b" },
	{ "linkat", 0, { (uint32_t)AT_FDCWD, 0, (uint32_t)AT_FDCWD, 0, AT_SYMLINK_FOLLOW },
	  { NULL, "a", NULL, "b" },
	  "res=0 olddir=-100(AT_FDCWD) oldpath=a(/home/alice/a) newdir=-100(AT_FDCWD) "
	  "newpath=b(/home/alice/b) flags=1(AT_SYMLINK_FOLLOW)" },
	{ "symlink", 0, { 0 }, { "../t", "l" },
	  "res=0 target=../t linkpath=l(/home/alice/l)" },
	{ "symlinkat", -17, { 0, (uint32_t)AT_FDCWD }, { "t", NULL, "l" },
	  "res=-17(EEXIST) target=t linkdirfd=-100(AT_FDCWD) linkpath=l(/home/alice/l)" },
	{ "unlink", 0, { 0 }, { "x" },
	  "res=0 path=x(/home/alice/x)" },
	{ "unlinkat", -21, { (uint32_t)AT_FDCWD, 0, AT_REMOVEDIR }, { NULL, "x" },
	  "res=-21(EISDIR) dirfd=-100(AT_FDCWD) name=x(/home/alice/x) flags=1(AT_REMOVEDIR)" },
	{ "rename", 0, { 0 }, { "a", "b" },
	  "res=0 oldpath=a(/home/alice/a) newpath=b(/home/alice/b)" },
	{ "renameat", 0, { (uint32_t)AT_FDCWD, 0, 3 }, { NULL, "a", NULL, "/b" },
	  "res=0 olddirfd=-100(AT_FDCWD) oldpath=a(/home/alice/a) newdirfd=3(<f>/srv/data) "
	  "newpath=/b" },
	{ "renameat2", -22, { (uint32_t)AT_FDCWD, 0, (uint32_t)AT_FDCWD, 0, 0 },
	  { NULL, "a", NULL, "b" },
	  "res=-22(EINVAL) olddirfd=-100(AT_FDCWD) oldpath=a(/home/alice/a) "
	  "newdirfd=-100(AT_FDCWD) newpath=b(/home/alice/b) flags=0(NONE)" },
	{ "mkdir", 0, { 0, 0777 }, { "d" },
	  "res=0 path=d(/home/alice/d) mode=1FF" },
	{ "mkdirat", 0, { (uint32_t)AT_FDCWD, 0, 0755 }, { NULL, "d" },
	  "res=0 dirfd=-100(AT_FDCWD) path=d(/home/alice/d) mode=1ED" },
	{ "rmdir", -39, { 0 }, { "d" },
	  "res=-39(ENOTEMPTY) path=d(/home/alice/d)" },
	{ "chdir", 0, { 0 }, { "sub" },
	  "res=0 path=sub" },
	{ "fchdir", -20, { 3 }, { 0 },
	  "res=-20(ENOTDIR) fd=3(<f>/srv/data)" },
	{ "mount", 0, { 0, 0, 0, MS_RDONLY | MS_BIND }, { "/dev/sda1", "mnt", "ext4" },
	  "res=0 dev=/dev/sda1 dir=mnt(/home/alice/mnt) type=ext4 "
	  "flags=4097(MS_RDONLY|MS_BIND)" },
	{ "umount2", -16, { 0, MNT_DETACH }, { "/mnt" },
	  "res=-16(EBUSY) name=/mnt flags=2(MNT_DETACH)" },
	{ "ptrace", -1, { PTRACE_ATTACH, 100, 0x1234, 0xABCD }, { 0 },
	  "res=-1(EPERM) addr=1234 data=ABCD request=16(PTRACE_ATTACH) pid=100(sshd)" },
	{ "setns", 0, { 3, CLONE_NEWNET }, { 0 },
	  "res=0 fd=3(<f>/srv/data) nstype=16(CLONE_NEWNET)" },
	{ "unshare", -1, { CLONE_NEWUSER | CLONE_NEWNS }, { 0 },
	  "res=-1(EPERM) flags=1048608(CLONE_NEWNS|CLONE_NEWUSER)" },
	{ "setuid", 0, { 33 }, { 0 },
	  "res=0 uid=33(www-data)" },
	{ "setgid", -1, { 4242 }, { 0 },
	  "res=-1(EPERM) gid=4242(<NA>)" },
	{ "setresuid", 0, { 4294967295, 0, 0xffffffff00000021 }, { 0 },
	  "res=0 ruid=-1(<NONE>) euid=0(root) suid=33(www-data)" },
	{ "setresgid", 0, { 0, 33, 4294967295 }, { 0 },
	  "res=0 rgid=0(root) egid=33(www-data) sgid=-1(<NONE>)" },
	{ "setsid", 300, { 0 }, { 0 },
	  "res=300(cat)" },
	{ "setpgid", 0, { 0, 300 }, { 0 },
	  "res=0 pid=0 pgid=300(cat)" },
	{ "prctl", 0, { PR_SET_NAME, 1 }, { NULL, "name" },
	  "res=0 option=15(PR_SET_NAME) arg2_str=name arg2_int=1" },
	{ "capset", 0, { 0 }, { 0 },
	  "res=0 cap_inheritable=0 cap_permitted=0 cap_effective=0" },
	{ "bpf", 7, { BPF_PROG_LOAD }, { 0 },
	  "fd=7(<b>) cmd=5(BPF_PROG_LOAD)" },
	{ "init_module", 0, { 0, 1000 }, { NULL, NULL, "param=1" },
	  "res=0 img=NULL length=1000 uargs=param=1" },
	{ "finit_module", -1, { 3, 0, 4 }, { NULL, "p" },
	  "res=-1(EPERM) fd=3(<f>/srv/data) uargs=p flags=4(MODULE_INIT_COMPRESSED_FILE)" },
	{ "delete_module", 0, { 0, O_NONBLOCK }, { "mod" },
	  "res=0 name=mod flags=1(O_NONBLOCK)" },
	{ "userfaultfd", 7, { O_CLOEXEC | 1 }, { 0 },
	  "res=7 flags=4097(O_CLOEXEC|UFFD_USER_MODE_ONLY)" },
	{ "memfd_create", 7, { 0, 1 }, { "name" },
	  "fd=7(<m>) name=name flags=1(MFD_CLOEXEC)" },
	{ "pidfd_open", 7, { 100, O_NONBLOCK }, { 0 },
	  "fd=7(<P>) pid=100(sshd) flags=1(PIDFD_NONBLOCK)" },
	{ "pidfd_getfd", 8, { 3, 9, 0 }, { 0 },
	  "fd=8 pid_fd=3(<f>/srv/data) target_fd=9 flags=0" },
	{ "process_vm_readv", 100, { 100 }, { 0 },
	  "res=100 pid=100(sshd) data=NULL" },
	{ "kill", 0, { 100, 9 }, { 0 },
	  "res=0 pid=100(sshd) sig=9(SIGKILL)" },
	{ "tkill", -3, { 5, 0 }, { 0 },
	  "res=-3(ESRCH) tid=5 sig=0" },
	{ "tgkill", 0, { 300, 301, 34 }, { 0 },
	  "res=0 pid=300(cat) tid=301 sig=34" },
	{ "pipe2", -24, { 0, 0 }, { 0 },
	  "res=-24(EMFILE) fd1=<NA> fd2=<NA> ino=<NA>" },
	{ "fcntl", 5, { 3, F_DUPFD_CLOEXEC, 5 }, { 0 },
	  "res=5(<f>/srv/data) fd=3(<f>/srv/data) cmd=1030(F_DUPFD_CLOEXEC) arg=5" },
	{ "mmap", 0x7f0000001000, { 0, 4096, 3, 0x22, 4294967295, 0 }, { 0 },
	  "res=7F0000001000 vm_size=<NA> vm_rss=<NA> vm_swap=<NA> addr=0 length=4096 "
	  "prot=3(PROT_READ|PROT_WRITE) flags=34(MAP_PRIVATE|MAP_ANONYMOUS) fd=-1(EPERM) "
	  "offset=0" },
	{ "mprotect", -12, { 0x1000, 4096, 4 }, { 0 },
	  "res=-12(ENOMEM) addr=1000 length=4096 prot=4(PROT_EXEC)" },
	{ "io_uring_setup", -1, { 8 }, { 0 },
	  "res=-1(EPERM) entries=8 sq_entries=<NA> cq_entries=<NA> flags=<NA> "
	  "sq_thread_cpu=<NA> sq_thread_idle=<NA> features=<NA>" },
	{ "io_uring_enter", 1, { 3, 1, 1, 1 }, { 0 },
	  "res=1 fd=3(<f>/srv/data) to_submit=1 min_complete=1 flags=1(IORING_ENTER_GETEVENTS) "
	  "sig=NULL" },
	{ "io_uring_register", 0, { 3, 0, 0x10, 2 }, { 0 },
	  "res=0 fd=3(<f>/srv/data) opcode=0(IORING_REGISTER_BUFFERS) arg=10 nr_args=2" },
	{ "socket", 7, { AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0 }, { 0 },
	  "fd=7(<4t>) domain=2(AF_INET) type=1 proto=0 flags=524288(SOCK_CLOEXEC)" },
	{ "bind", 0, { 3 }, { 0 },
	  "res=0 addr=<NA> fd=3(<f>/srv/data)" },
	{ "connect", -111, { 3 }, { 0 },
	  "res=-111(ECONNREFUSED) tuple=NULL fd=3(<f>/srv/data) addr=<NA>" },
	{ "listen", 0, { 3, 128 }, { 0 },
	  "res=0 fd=3(<f>/srv/data) backlog=128" },
	{ "accept", -11, { 3 }, { 0 },
	  "fd=-11(EAGAIN) tuple=NULL queuepct=<NA> queuelen=<NA> queuemax=<NA>" },
	{ "accept4", 9, { 8, 0, 0, SOCK_CLOEXEC }, { 0 },
	  "fd=9(<4>) tuple=NULL queuepct=<NA> queuelen=<NA> queuemax=<NA> flags=524288" },
	{ "sendto", -32, { 3, 0, 100 }, { 0 },
	  "res=-32(EPIPE) data=NULL fd=3(<f>/srv/data) size=100 tuple=NULL" },
	{ "sendmsg", 5, { 3 }, { 0 },
	  "res=5 data=NULL fd=3(<f>/srv/data) size=<NA> tuple=NULL" },
	{ "recvfrom", 5, { 3, 0, 100 }, { 0 },
	  "res=5 data=NULL tuple=NULL fd=3(<f>/srv/data) size=100" },
	{ "recvmsg", 5, { 3 }, { 0 },
	  "res=5 size=<NA> data=NULL tuple=NULL msgcontrol=NULL fd=3(<f>/srv/data)" },
	{ "socketpair", -24, { AF_UNIX, 1, 0 }, { 0 },
	  "res=-24(EMFILE) fd1=<NA> fd2=<NA> source=<NA> peer=<NA> domain=1(AF_LOCAL|AF_UNIX) "
	  "type=1 proto=0" },
	{ "getsockopt", 0, { 3, 1, 4 }, { 0 },
	  "res=0 fd=3(<f>/srv/data) level=1(SOL_SOCKET) optname=4(SO_ERROR) val=NULL "
	  "optlen=<NA>" },
	{ "setsockopt", 0, { 3, 1, 2 }, { 0 },
	  "res=0 fd=3(<f>/srv/data) level=1(SOL_SOCKET) optname=2(SO_REUSEADDR) val=NULL "
	  "optlen=0" },
	{ "shutdown", 0, { 3, SHUT_RDWR }, { 0 },
	  "res=0 fd=3(<f>/srv/data) how=2(SHUT_RDWR)" },
	{ "write", -9, { 77, 0, 5 }, { 0 },
	  "res=-9(EBADF) data=NULL fd=77 size=5" },
	{ "pread", 0, { 3, 0, 10, 20 }, { 0 },
	  "res=0 data=NULL fd=3(<f>/srv/data) size=10 pos=20" },
	{ "readv", 5, { 3 }, { 0 },
	  "res=5 size=<NA> data=NULL fd=3(<f>/srv/data)" },
	{ "lseek", 10, { 3, 10, SEEK_SET }, { 0 },
	  "res=10 fd=3(<f>/srv/data) offset=10 whence=0(SEEK_SET)" },
	{ "ioctl", -25, { 3, 0x5401, 0x10 }, { 0 },
	  "res=-25(ENOTTY) fd=3(<f>/srv/data) request=5401 argument=10" },
	{ "flock", 0, { 3, LOCK_EX | LOCK_NB }, { 0 },
	  "res=0 fd=3(<f>/srv/data) operation=6(LOCK_EX|LOCK_NB)" },
	{ "fstat", 0, { 3 }, { 0 },
	  "res=0 fd=3(<f>/srv/data)" },
	{ "stat", -2, { 0 }, { "x" },
	  "res=-2(ENOENT) path=x(/home/alice/x)" },
	{ "newfstatat", 0, { (uint32_t)AT_FDCWD, 0, 0, AT_SYMLINK_NOFOLLOW }, { NULL, "x" },
	  "res=0 dirfd=-100(AT_FDCWD) path=x(/home/alice/x) stat=NULL "
	  "flags=4(AT_SYMLINK_NOFOLLOW)" },
	{ "access", -13, { 0, R_OK | X_OK }, { "x" },
	  "res=-13(EACCES) name=x(/home/alice/x) mode=5(R_OK|X_OK)" },
	{ "getcwd", 5, { 0 }, { 0 },
	  "res=5 path=<NA>" },
	{ "chroot", 0, { 0 }, { "jail" },
	  "res=0 path=jail(/home/alice/jail)" },
	{ "mknod", 0, { 0, 0020666, 0x103 }, { "x" },
	  "res=0 path=x(/home/alice/x) "
	  "mode=0666(S_IWOTH|S_IROTH|S_IWGRP|S_IRGRP|S_IWUSR|S_IRUSR) dev=259" },
	{ "mknodat", 0, { (uint32_t)AT_FDCWD, 0, 0644, 0 }, { NULL, "x" },
	  "res=0 dirfd=-100(AT_FDCWD) path=x(/home/alice/x) "
	  "mode=0644(S_IROTH|S_IRGRP|S_IWUSR|S_IRUSR) dev=0" },
	{ "quotactl", -1, { 0x800002, 0, 1001 }, { NULL, "/dev/sda1" },
	  "res=-1(EPERM) special=/dev/sda1 quotafilepath=<NA> cmd=800002 id=1001" },
	{ "getuid", 33, { 0 }, { 0 },
	  "uid=33(www-data)" },
	{ "getegid", 1001, { 0 }, { 0 },
	  "egid=1001(alice)" },
	{ "setreuid", 0, { 4294967295, 1001 }, { 0 },
	  "res=0 ruid=-1(<NONE>) euid=1001(alice)" },
	{ "getrlimit", 0, { 7 }, { 0 },
	  "res=0 cur=<NA> max=<NA> resource=7(RLIMIT_NOFILE)" },
	{ "prlimit", 0, { 100, RLIMIT_CORE }, { 0 },
	  "res=0 newcur=<NA> newmax=<NA> oldcur=<NA> oldmax=<NA> pid=100(sshd) "
	  "resource=4(RLIMIT_CORE)" },
	{ "seccomp", 0, { 1, 2 }, { 0 },
	  "res=0 op=1 flags=2" },
	{ "brk", 0x55550000, { 0 }, { 0 },
	  "res=55550000 vm_size=<NA> vm_rss=<NA> vm_swap=<NA> addr=0" },
	{ "munmap", 0, { 0x1000, 4096 }, { 0 },
	  "res=0 vm_size=<NA> vm_rss=<NA> vm_swap=<NA> addr=1000 length=4096" },
	{ "mlockall", 0, { 3 }, { 0 },
	  "res=0 flags=3(MCL_CURRENT|MCL_FUTURE)" },
	{ "munlockall", -1, { 0 }, { 0 },
	  "res=-1(EPERM)" },
	{ "eventfd2", 7, { 1, O_CLOEXEC }, { 0 },
	  "res=7(<e>) flags=524288 initval=1" },
	{ "signalfd4", -22, { 4294967295 }, { 0 },
	  "res=-22(EINVAL) flags=0 fd=-1(EPERM) mask=<NA>" },
	{ "timerfd_create", 7, { 1, 0 }, { 0 },
	  "res=7(<t>) clockid=1 flags=0" },
	{ "inotify_init1", 7, { 0 }, { 0 },
	  "res=7(<i>) flags=0" },
	{ "epoll_create1", 7, { 0 }, { 0 },
	  "res=7(<l>) flags=0" },
	{ "epoll_wait", 0, { 3, 0, 10 }, { 0 },
	  "res=0 maxevents=10" },
	{ "poll", 1, { 0, 1, 4294967295 }, { 0 },
	  "res=1 fds=<NA> timeout=-1" },
	{ "nanosleep", 0, { 0 }, { 0 },
	  "res=0 interval=<NA>" },
	{ "futex", -110, { 0x1000, 0x81, 5 }, { 0 },
	  "res=-110(ETIMEDOUT) addr=1000 op=129 val=5" },
	{ "semget", -2, { 0x1234, 1, 0 }, { 0 },
	  "res=-2(ENOENT) key=1234 nsems=1 semflg=0" },
	{ "fsconfig", 0, { 3, 1 }, { NULL, NULL, "key" },
	  "res=0 fd=3(<f>/srv/data) cmd=1 key=key value_bytebuf=NULL value_charbuf=<NA> aux=0" },
	{ "splice", -22, { 3, 0, 4, 0, 10, SPLICE_F_MOVE }, { 0 },
	  "res=-22(EINVAL) fd_in=3(<f>/srv/data) fd_out=4 size=10 flags=1(SPLICE_F_MOVE)" },
	{ "sendfile", 10, { 3, 4, 0, 10 }, { 0 },
	  "res=10 offset=<NA> out_fd=3(<f>/srv/data) in_fd=4 size=10" },
	{ "copy_file_range", 5, { 3, 0, 4, 0, 10 }, { 0 },
	  "res=5 fdout=4 offout=<NA> fdin=3(<f>/srv/data) offin=<NA> len=10" },
	{ "writev", 5, { 3, 0, 2 }, { 0 },
	  "res=5 data=NULL fd=3(<f>/srv/data) size=<NA>" },
	{ "preadv", 5, { 3, 0, 2, 64 }, { 0 },
	  "res=5 size=<NA> data=NULL fd=3(<f>/srv/data) pos=64" },
	{ "pwritev", 5, { 3, 0, 2, 64 }, { 0 },
	  "res=5 data=NULL fd=3(<f>/srv/data) size=<NA> pos=64" },
	{ "sendmmsg", 1, { 3 }, { 0 },
	  "res=1 fd=3(<f>/srv/data) size=<NA> data=NULL tuple=NULL" },
	{ "recvmmsg", 1, { 3 }, { 0 },
	  "res=1 fd=3(<f>/srv/data) size=<NA> data=NULL tuple=NULL msgcontrol=NULL" },
	{ "eventfd", 7, { 1 }, { 0 },
	  "res=7(<e>) initval=1" },
	{ "signalfd", -22, { 3 }, { 0 },
	  "res=-22(EINVAL) fd=3(<f>/srv/data) mask=<NA> flags=<NA>" },
	{ "inotify_init", 7, { 0 }, { 0 },
	  "res=7(<i>) flags=<NA>" },
	{ "epoll_create", 7, { 10 }, { 0 },
	  "res=7(<l>) size=10" },
	{ "select", 1, { 4 }, { 0 },
	  "res=1" },
	{ "ppoll", 1, { 0, 1 }, { 0 },
	  "res=1 fds=<NA> timeout=<NA> sigmask=<NA>" },
	{ "semop", 0, { 5, 0, 2 }, { 0 },
	  "res=0 nsops=2 sem_num_0=<NA> sem_op_0=<NA> sem_flg_0=<NA> sem_num_1=<NA> "
	  "sem_op_1=<NA> sem_flg_1=<NA> semid=5" },
	{ "semctl", -22, { 5, 1, 16, 7 }, { 0 },
	  "res=-22(EINVAL) semid=5 semnum=1 cmd=16 val=7" },
	{ "geteuid", 1001, { 0 }, { 0 },
	  "euid=1001(alice)" },
	{ "getgid", 4242, { 0 }, { 0 },
	  "gid=4242(<NA>)" },
	{ "getresuid", 0, { 0 }, { 0 },
	  "res=0 ruid=<NA> euid=<NA> suid=<NA>" },
	{ "getresgid", 0, { 0 }, { 0 },
	  "res=0 rgid=<NA> egid=<NA> sgid=<NA>" },
	{ "setregid", 0, { 33, 4294967295 }, { 0 },
	  "res=0 rgid=33(www-data) egid=-1(<NONE>)" },
	{ "mlock", 0, { 0x1000, 10 }, { 0 },
	  "res=0 addr=1000 len=10" },
	{ "pipe", 0, { 0 }, { 0 },
	  "res=0 fd1=<NA> fd2=<NA> ino=<NA>" },
	{ "openat2", -2, { (uint32_t)AT_FDCWD }, { NULL, "x" },
	  "fd=-2(ENOENT) dirfd=-100(AT_FDCWD) name=x(/home/alice/x) flags=<NA> mode=<NA> "
	  "resolve=<NA> dev=<NA> ino=<NA>" },
	{ "getpid", 300, { 0 }, { 0 },
	  "" },
};

static void create(struct eyas_fields *f)
{
	eyas_fields_create(f);
	eyas_fields_tree(f);
	eyas_rec_sys(&f->b, SYS_open, 3);
	eyas_rec_text(&f->b, EYAS_BLOB_STRING, 0, "/srv/data");
	eyas_rec_file(&f->b, EYAS_BLOB_FILE, 0100644);
	eyas_fields_see(f);
}

START_TEST(each_call)
{
	const struct call *c = &calls[_i];
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys_args(&f.b, eyas_evtype_by_name(c->name), c->ret, c->args);
	for (uint8_t i = 0; i < 6; i++)
		if (c->strings[i])
			eyas_rec_text(&f.b, EYAS_BLOB_STRING, i, c->strings[i]);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", c->name }, { "evt.args", c->want }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* Each list of arguments of a native call has its line above. */
START_TEST(all_lists)
{
	const struct eyas_params *generic = eyas_params_of(EYAS_EVT_SYSCALL);

	for (unsigned int t = 0; t < EYAS_NR_MAX; t++) {
		const struct eyas_params *ps = eyas_params_of(t);
		bool there = ps == generic;

		for (size_t i = 0; i < sizeof(calls) / sizeof(*calls) && !there; i++) {
			int type = eyas_evtype_by_name(calls[i].name);

			there = eyas_params_of((unsigned int)type)->p == ps->p;
		}
		ck_assert_msg(there, "no line for '%s'", eyas_evtype_name(t));
	}
}
END_TEST

/* ---- what is behind pointers ---- */

START_TEST(program_that_starts)
{
	struct eyas_task *t;
	struct eyas_file *file;
	struct eyas_fields f;

	setenv("TZ", "UTC", 1);
	tzset();
	create(&f);
	t = eyas_rec_exec(&f.b, "sh");
	t->ppid = 200;
	t->vpid = t->vtid = 300;
	t->loginuid = UINT32_MAX;
	t->exec_flags = EYAS_EXEC_F_WRITABLE | EYAS_EXEC_F_UPPER | EYAS_EXEC_F_SECURE;
	t->cap_effective = 0x1ffffffffff;
	eyas_rec_blob(&f.b, EYAS_BLOB_ARGV, EYAS_BLOB_NO_ARG, "sh\0-c\0a\tb\0\0", 11);
	eyas_rec_blob(&f.b, EYAS_BLOB_ENVP, EYAS_BLOB_NO_ARG, "", 0);
	eyas_rec_text(&f.b, EYAS_BLOB_EXE_NAME, EYAS_BLOB_NO_ARG, "./sh");
	eyas_rec_text(&f.b, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG, "/usr/bin/dash");
	file = eyas_rec_file(&f.b, EYAS_BLOB_EXE_FILE, 0100755);
	file->ino = 77;
	file->ctime = 1470327477881781397;
	file->mtime = 1000000000000000001;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=0 exe=sh args=-c.a.b.. tid=300(sh) pid=300(sh) ptid=200(bash) "
		  "cwd=/home/alice fdlimit=<NA> pgft_maj=<NA> pgft_min=<NA> vm_size=<NA> "
		  "vm_rss=<NA> vm_swap=<NA> comm=sh cgroups=NULL env=NULL tty=0 vpgid=300(sh) "
		  "loginuid=-1(<NONE>) flags=3(EXE_WRITABLE|EXE_UPPER_LAYER) cap_inheritable=0 "
		  "cap_permitted=0 cap_effective=1FFFFFFFFFF exe_ino=77 "
		  "exe_ino_ctime=2016-08-04 16:17:57.881781397 +0000 "
		  "exe_ino_mtime=2001-09-09 01:46:40.000000001 +0000 uid=0(root) "
		  "trusted_exepath=/usr/bin/dash pgid=300(sh) gid=0(root) filename=./sh" },
		{ "evt.arg.flags", "EXE_WRITABLE|EXE_UPPER_LAYER" }, { "evt.rawarg.flags", "3" },
		{ "evt.rawarg.exe_ino_ctime", "1470327477881781397" },
		{ "evt.rawarg.args", "-c" }, { "evt.arg.cgroups", "NULL" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(process_that_ends)
{
	static const struct { uint32_t status; const char *want; } ends[] = {
		{ 0, "status=0 ret=0 sig=0 core=0 reaper_tid=<NA>" },
		{ 3 << 8, "status=768 ret=3 sig=0 core=0 reaper_tid=<NA>" },
		{ SIGTERM, "status=15 ret=0 sig=15(SIGTERM) core=0 reaper_tid=<NA>" },
		{ SIGSEGV | 0x80, "status=139 ret=0 sig=11(SIGSEGV) core=1 reaper_tid=<NA>" },
	};
	struct eyas_fields f;

	create(&f);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		eyas_rec_exit(&f.b, ends[i].status);
		eyas_fields_see(&f);
		eyas_fields_expect(&f, (const struct eyas_field_case[]){
			{ "evt.args", ends[i].want }, { 0 } });
	}
	eyas_fields_release(&f);
}
END_TEST

START_TEST(data_told)
{
	char big[300];
	struct eyas_fields f;

	memset(big, 'x', sizeof(big));
	create(&f);
	eyas_rec_sys(&f.b, SYS_write, 4, 3, 0, 4);
	eyas_rec_blob(&f.b, EYAS_BLOB_BYTES, 1, "a\0\n~", 4);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=4 data=a..~ fd=3(<f>/srv/data) size=4" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_write, 0, 3, 0, 0);
	eyas_rec_blob(&f.b, EYAS_BLOB_BYTES, 1, "", 0);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.data", "NULL" }, { "evt.buffer", "" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_write, -EFAULT, 3, 0, 4);
	eyas_rec_blob(&f.b, EYAS_BLOB_BYTES, 1, "", 0)->arg |= EYAS_BLOB_F_FAULT;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.data", "NULL" }, { "evt.buffer", NULL }, { 0 } });
	eyas_rec_sys(&f.b, SYS_write, 300, 3, 0, 300);
	eyas_rec_blob(&f.b, EYAS_BLOB_BYTES, 1, big, sizeof(big));
	eyas_fields_see(&f);
	ck_assert_uint_eq(strlen(eyas_fields_text(&f, "evt.arg.data")), 300);
	eyas_fields_release(&f);
}
END_TEST

START_TEST(socket_addresses)
{
	static const unsigned char ipv4[16] = { AF_INET, 0, 0x1f, 0x90, 192, 0, 2, 1 };
	static const unsigned char ipv6[28] = { AF_INET6, 0, 0, 53, [8] = 0x20, 1, 0xd, 0xb8 };
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_socket, 4, AF_INET, SOCK_STREAM);
	eyas_fields_see(&f);
	eyas_rec_sys(&f.b, SYS_connect, 0, 4);
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKADDR, 1, ipv4, sizeof(ipv4));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=0 tuple=NULL fd=4(<4t>->192.0.2.1:8080) addr=192.0.2.1:8080" },
		{ 0 } });
	eyas_rec_sys(&f.b, SYS_bind, 0, 5);
	eyas_rec_blob(&f.b, EYAS_BLOB_SOCKADDR, 1, ipv6, sizeof(ipv6));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=0 addr=2001:db8:::53 fd=5(<6>2001:db8:::53)" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

static void see_memory(struct eyas_fields *f, uint8_t kind, uint8_t arg, const void *data,
		       size_t len)
{
	eyas_rec_blob(&f->b, kind, arg, data, len);
	eyas_fields_see(f);
}

#define EXPECT_ARGS(f, want)							\
	eyas_fields_expect(f, (const struct eyas_field_case[]){ { "evt.args", want }, { 0 } })

START_TEST(structs)
{
	static const uint64_t clone_args[8] = { CLONE_NEWNS | CLONE_VFORK };
	static const uint64_t limits[2] = { 1024, UINT64_MAX };
	static const uint32_t uring[30] = { 8, 16, 3, 1, 100, 0x85, 9 };
	static const uint32_t root = 0, www = 33;
	static const int64_t span[2] = { 1, 500000000 }, offset = 77;
	static const int16_t sembufs[6] = { 1, -2, 4, 5, 6, 7 };
	static const uint64_t sigset = 0x4002;
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_clone3, 0);
	see_memory(&f, EYAS_BLOB_STRUCT, 0, clone_args, sizeof(clone_args));
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.flags", "CLONE_NEWNS|CLONE_VFORK" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_getrlimit, 0, RLIMIT_NOFILE);
	see_memory(&f, EYAS_BLOB_STRUCT, 1, limits, sizeof(limits));
	EXPECT_ARGS(&f, "res=0 cur=1024 max=-1 resource=7(RLIMIT_NOFILE)");
	eyas_rec_sys(&f.b, SYS_prlimit64, 0, 0, RLIMIT_NOFILE);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 2, limits, sizeof(limits));
	see_memory(&f, EYAS_BLOB_STRUCT, 3, clone_args, 16);
	EXPECT_ARGS(&f, "res=0 newcur=1024 newmax=-1 oldcur=147456 oldmax=0 pid=0 "
		    "resource=7(RLIMIT_NOFILE)");
	/* What the call wrote counts, not what it was given. */
	eyas_rec_sys(&f.b, SYS_io_uring_setup, 9, 8);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 1, limits, sizeof(limits));
	see_memory(&f, EYAS_BLOB_STRUCT, 1 | EYAS_BLOB_F_OUT, uring, sizeof(uring));
	EXPECT_ARGS(&f, "res=9 entries=8 sq_entries=8 cq_entries=16 "
		    "flags=3(IORING_SETUP_IOPOLL|IORING_SETUP_SQPOLL) sq_thread_cpu=1 "
		    "sq_thread_idle=100 features=133(IORING_FEAT_SINGLE_MMAP|"
		    "IORING_FEAT_SUBMIT_STABLE|IORING_FEAT_SQPOLL_NONFIXED)");
	eyas_rec_sys(&f.b, SYS_getresuid, 0);
	eyas_rec_blob(&f.b, EYAS_BLOB_STRUCT, 0, &root, sizeof(root));
	see_memory(&f, EYAS_BLOB_STRUCT, 2, &www, sizeof(www));
	EXPECT_ARGS(&f, "res=0 ruid=0(root) euid=<NA> suid=33(www-data)");
	eyas_rec_sys(&f.b, SYS_nanosleep, 0);
	see_memory(&f, EYAS_BLOB_STRUCT, 0, span, sizeof(span));
	EXPECT_ARGS(&f, "res=0 interval=1500000000(1.5s)");
	eyas_rec_sys(&f.b, SYS_semop, 0, 9, 0, 2);
	see_memory(&f, EYAS_BLOB_ARRAY, 1, sembufs, sizeof(sembufs));
	EXPECT_ARGS(&f, "res=0 nsops=2 sem_num_0=1 sem_op_0=-2 sem_flg_0=4 sem_num_1=5 sem_op_1=6 "
		    "sem_flg_1=7 semid=9");
	eyas_rec_sys(&f.b, SYS_sendfile, 5, 4, 3, 0, 5);
	see_memory(&f, EYAS_BLOB_STRUCT, 2, &offset, sizeof(offset));
	EXPECT_ARGS(&f, "res=5 offset=77 out_fd=4 in_fd=3(<f>/srv/data) size=5");
	eyas_rec_sys(&f.b, SYS_signalfd4, -EINVAL, (uint32_t)-1, 0, 8);
	see_memory(&f, EYAS_BLOB_STRUCT, 1, &sigset, sizeof(sigset));
	EXPECT_ARGS(&f, "res=-22(EINVAL) flags=0 fd=-1(EPERM) mask=4002");
	eyas_fields_release(&f);
}
END_TEST

/* Programs of 32 bits have narrow longs, but not in the structs made for wide ones. */
START_TEST(narrow_structs)
{
	static const uint32_t limits[2] = { 0x80000000, UINT32_MAX };
	static const uint64_t wide[2] = { 5, UINT64_MAX };
	static const uint32_t span[2] = { 2, 250000000 };
	static const struct { int nr; uint8_t arg; const void *data; size_t len; const char *want; }
	calls32[] = {
		{ SYS_getrlimit, 1, limits, sizeof(limits),
		  "res=0 cur=2147483648 max=-1 resource=0(RLIMIT_CPU)" },
		{ SYS_prlimit64, 3, wide, sizeof(wide),
		  "res=0 newcur=<NA> newmax=<NA> oldcur=5 oldmax=-1 pid=0 "
		  "resource=0(RLIMIT_CPU)" },
		{ SYS_nanosleep, 0, span, sizeof(span), "res=0 interval=2250000000(2.25s)" },
		{ SYS_nanosleep, 0, span, 4, "res=0 interval=<NA>" },
		{ SYS_ppoll, 2, span, sizeof(span),
		  "res=0 fds=<NA> timeout=2250000000(2.25s) sigmask=<NA>" },
	};
	struct eyas_fields f;

	create(&f);
	for (size_t i = 0; i < sizeof(calls32) / sizeof(*calls32); i++) {
		eyas_rec_sys(&f.b, calls32[i].nr, 0);
		see_memory(&f, EYAS_BLOB_STRUCT, calls32[i].arg, calls32[i].data, calls32[i].len);
		f.ev.abi = EYAS_ABI_IA32;
		EXPECT_ARGS(&f, calls32[i].want);
	}
	eyas_fields_release(&f);
}
END_TEST

/* 32-bit calls that are given their arguments in another way. */
START_TEST(narrow_calls)
{
	static const uint32_t mapping[6] = { 0, 4096, PROT_READ, MAP_PRIVATE, 3, 8192 };
	static const struct { int nr; uint64_t args[6]; const char *want; } calls32[] = {
		{ 180, { 3, 0, 9, 5, 1 }, "res=0 data=NULL fd=3(<f>/srv/data) size=9 "
					  "pos=4294967301" },
		{ 19, { 3, UINT32_MAX, 1 }, "res=0 fd=3(<f>/srv/data) offset=18446744073709551615 "
					    "whence=1(SEEK_CUR)" },
		{ 192, { 0, 4096, PROT_READ, MAP_PRIVATE, 3, 2 },
		  "res=0 vm_size=<NA> vm_rss=<NA> vm_swap=<NA> addr=0 length=4096 "
		  "prot=1(PROT_READ) flags=2(MAP_PRIVATE) fd=3(<f>/srv/data) offset=8192" },
		{ 90, { 0x1000 },
		  "res=0 vm_size=<NA> vm_rss=<NA> vm_swap=<NA> addr=0 length=4096 "
		  "prot=1(PROT_READ) flags=2(MAP_PRIVATE) fd=3(<f>/srv/data) offset=8192" },
		{ 182, { 0, 65535, 0x10001 }, "res=0 path=/f uid=4294967295 gid=1" },
		{ 212, { 0, 65535, 0x10001 }, "res=0 path=/f uid=65535 gid=65537" },
		{ 333, { 3, 0, 0, 5, 1 }, "res=0 size=<NA> data=NULL fd=3(<f>/srv/data) "
					  "pos=4294967301" },
	};
	struct eyas_fields f;

	create(&f);
	for (size_t i = 0; i < sizeof(calls32) / sizeof(*calls32); i++) {
		eyas_rec_sys_args(&f.b, calls32[i].nr, 0, calls32[i].args);
		f.b.last->abi = EYAS_ABI_IA32;
		eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "/f");
		see_memory(&f, EYAS_BLOB_STRUCT, 0, mapping, sizeof(mapping));
		EXPECT_ARGS(&f, calls32[i].want);
	}
	/* Without what the one argument leads to, nothing is known. */
	eyas_rec_sys(&f.b, 90, 0, 0x1000);
	f.b.last->abi = EYAS_ABI_IA32;
	eyas_fields_see(&f);
	EXPECT_ARGS(&f, "res=0 vm_size=<NA> vm_rss=<NA> vm_swap=<NA> addr=<NA> length=<NA> "
			"prot=<NA> flags=<NA> fd=<NA> offset=<NA>");
	eyas_fields_release(&f);
}
END_TEST

START_TEST(vectors)
{
	static const struct eyas_iov iov[2] = { { 0x1000, 3 }, { 0x2000, 4 } };
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_writev, 7, 3, 0, 2);
	eyas_rec_blob(&f.b, EYAS_BLOB_IOV, 1, iov, sizeof(iov));
	see_memory(&f, EYAS_BLOB_IOV_DATA, 1, "one\0two", 7);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=7 data=one.two fd=3(<f>/srv/data) size=7" },
		{ "evt.buflen", "7" }, { "evt.rawarg.size", "7" }, { 0 } });
	/* More buffers than were looked at. */
	eyas_rec_sys(&f.b, SYS_readv, 7, 3, 0, 2);
	eyas_rec_blob(&f.b, EYAS_BLOB_IOV, 1, iov, sizeof(iov))->full = 99;
	eyas_fields_see(&f);
	EXPECT_ARGS(&f, "res=7 size=<NA> data=NULL fd=3(<f>/srv/data)");
	eyas_rec_sys(&f.b, SYS_recvmsg, 7, 3);
	eyas_rec_blob(&f.b, EYAS_BLOB_IOV, 1, iov, sizeof(iov));
	eyas_rec_blob(&f.b, EYAS_BLOB_IOV_DATA, 1 | EYAS_BLOB_F_OUT, "abc", 3);
	see_memory(&f, EYAS_BLOB_CONTROL, 1 | EYAS_BLOB_F_OUT, "c\1d", 3);
	EXPECT_ARGS(&f, "res=7 size=7 data=abc tuple=NULL msgcontrol=c.d fd=3(<f>/srv/data)");
	eyas_rec_sys(&f.b, SYS_process_vm_writev, 3, 100);
	see_memory(&f, EYAS_BLOB_IOV_DATA, 1, "abc", 3);
	EXPECT_ARGS(&f, "res=3 pid=100(sshd) data=abc");
	eyas_rec_sys(&f.b, SYS_getcwd, 6);
	see_memory(&f, EYAS_BLOB_BYTES, 0 | EYAS_BLOB_F_OUT, "/home", 6);
	EXPECT_ARGS(&f, "res=6 path=/home");
	eyas_fields_release(&f);
}
END_TEST

START_TEST(polled_descriptors)
{
	struct pollfd fds[3] = {
		{ .fd = 3, .events = POLLIN, .revents = POLLIN },
		{ .fd = 77, .revents = POLLNVAL }, { .fd = -1 },
	};
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_poll, 2, 0, 3, 100);
	see_memory(&f, EYAS_BLOB_ARRAY, 0 | EYAS_BLOB_F_OUT, fds, sizeof(fds));
	EXPECT_ARGS(&f, "res=2 fds=3:f1 77:?40 -1:?0 timeout=100");
	eyas_rec_sys(&f.b, SYS_poll, 0, 0, 0, 0);
	see_memory(&f, EYAS_BLOB_ARRAY, 0, fds, 0);
	EXPECT_ARGS(&f, "res=0 fds= timeout=0");
	eyas_fields_release(&f);
}
END_TEST

/* ---- what the kernel says of others ---- */

START_TEST(signals)
{
	struct eyas_signal *s;
	struct eyas_fields f;

	create(&f);
	s = eyas_rec_other(&f.b, EYAS_REC_SIGNAL, sizeof(*s));
	s->sig = SIGTERM;
	s->sender_pid = 100;
	s->flags = EYAS_SIGNAL_F_SENDER;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.type", "signaldeliver" }, { "evt.category", "signal" },
		{ "evt.args", "spid=100(sshd) dpid=300(cat) sig=15(SIGTERM)" },
		{ "evt.rawarg.sig", "15" }, { "fd.num", NULL }, { "evt.res", NULL }, { 0 } });
	s = eyas_rec_other(&f.b, EYAS_REC_SIGNAL, sizeof(*s));
	s->sig = SIGSEGV;
	eyas_fields_see(&f);
	EXPECT_ARGS(&f, "spid=0 dpid=300(cat) sig=11(SIGSEGV)");
	eyas_fields_release(&f);
}
END_TEST

START_TEST(capabilities_after_the_call)
{
	const struct eyas_creds creds = {
		.cap_inheritable = 1, .cap_permitted = 0x3f, .cap_effective = 0x1f,
	};
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_capset, 0);
	see_memory(&f, EYAS_BLOB_CREDS, EYAS_BLOB_NO_ARG, &creds, sizeof(creds));
	EXPECT_ARGS(&f, "res=0 cap_inheritable=1 cap_permitted=3F cap_effective=1F");
	eyas_fields_release(&f);
}
END_TEST

/* ---- whose numbers these are ---- */

START_TEST(pids_of_a_namespace)
{
	struct eyas_task *t;
	struct eyas_fields f;

	create(&f);
	eyas_rec_by(&f.b, 400);
	t = eyas_rec_exec(&f.b, "inside");
	t->vpid = 7;
	t->ppid = 100;
	eyas_fields_see(&f);
	eyas_rec_sys(&f.b, SYS_kill, 0, 100, SIGKILL);
	eyas_fields_see(&f);
	/* 100 is another one there than the one that we know as 100. */
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=0 pid=100 sig=9(SIGKILL)" }, { 0 } });
	/* Unless the kernel looked behind it. */
	eyas_rec_sys(&f.b, SYS_kill, 0, 100, SIGKILL);
	eyas_rec_blob(&f.b, EYAS_BLOB_TASK, 0, &(struct eyas_target){ .comm = "victim" },
		      sizeof(struct eyas_target));
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=0 pid=100(victim) sig=9(SIGKILL)" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_clone, 8);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.res", "8" }, { "evt.arg.tid", "inside" }, { "evt.arg.ptid", "sshd" },
		{ "evt.arg.vpid", "7" }, { "evt.arg.vtid", "7" }, { 0 } });
	f.b.tid = 401;
	eyas_rec_sys(&f.b, SYS_clone, 8);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.tid", "inside" }, { "evt.arg.vtid", "<NA>" }, { 0 } });
	eyas_rec_by(&f.b, 4000);
	eyas_rec_sys(&f.b, SYS_kill, 0, 100, SIGKILL);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){ { "evt.arg.pid", "100" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* What is not part of an int means nothing, though it is in the register. */
START_TEST(upper_halves)
{
	const uint64_t up = 0xdeadbeef00000000;
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_openat, -ENOENT, up | (uint32_t)AT_FDCWD, 0, up | O_RDWR, up | 0600);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, "x");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.dirfd", "AT_FDCWD" }, { "evt.arg.flags", "O_RDWR" },
		{ "evt.arg.mode", "0600" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_socket, -EPERM, up | AF_PACKET, up | SOCK_RAW, up | 3);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "fd=-1(EPERM) domain=17(AF_PACKET) type=3 proto=3 flags=0" },
		{ 0 } });
	eyas_rec_sys(&f.b, SYS_ptrace, 0, up | PTRACE_TRACEME, up | 1);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.request", "PTRACE_TRACEME" }, { "evt.arg.pid", "systemd" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_setuid, 0, up | 33);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.uid", "www-data" }, { 0 } });
	eyas_rec_sys(&f.b, SYS_kill, 0, up | (uint32_t)-1, up | SIGKILL);
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=0 pid=-1 sig=9(SIGKILL)" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

/* ---- names ---- */

START_TEST(errors)
{
	ck_assert_str_eq(eyas_errno_name(-1), "EPERM");
	ck_assert_str_eq(eyas_errno_name(-133), "EHWPOISON");
	ck_assert_str_eq(eyas_errno_name(-512), "ERESTARTSYS");
	ck_assert_str_eq(eyas_errno_name(-530), "ERECALLCONFLICT");
	ck_assert_ptr_null(eyas_errno_name(0));
	ck_assert_ptr_null(eyas_errno_name(1));
	ck_assert_ptr_null(eyas_errno_name(-134));
	ck_assert_ptr_null(eyas_errno_name(-511));
	ck_assert_ptr_null(eyas_errno_name(-520));
	ck_assert_ptr_null(eyas_errno_name(-531));
	ck_assert_ptr_null(eyas_errno_name(-4096));
	ck_assert_ptr_null(eyas_errno_name(INT64_MIN));
}
END_TEST

static void check_names(const struct eyas_flag *names, const char *of)
{
	ck_assert_msg(names->name != NULL, "'%s': no names", of);
	for (; names->name; names++) {
		ck_assert_msg(*names->name, "'%s': an empty name", of);
		for (const struct eyas_flag *g = names + 1; g->name; g++)
			ck_assert_msg(strcmp(names->name, g->name) != 0, "'%s': %s twice", of,
				      names->name);
	}
}

/* Sets of names are there where they are needed, and tell values apart. */
START_TEST(sets_of_names)
{
	for (unsigned int t = 0; t < EYAS_EVT_MAX; t++) {
		const struct eyas_params *ps = eyas_params_of(t);

		for (size_t i = 0; i < ps->len; i++) {
			const struct eyas_param *p = &ps->p[i];
			bool needs = p->type == EYAS_PT_ENUM || p->type == EYAS_PT_MODE ||
				     (p->type == EYAS_PT_FLAGS && p->source != EYAS_PS_NONE);

			ck_assert_msg(!needs || p->names, "'%s': no names", p->name);
			if (p->names)
				check_names(p->names, p->name);
			ck_assert_int_ne(eyas_param_value_type(p), EYAS_T_NONE);
		}
	}
}
END_TEST

/* ---- values that are there or not ---- */

START_TEST(missing_and_empty)
{
	struct eyas_fields f;

	create(&f);
	eyas_rec_sys(&f.b, SYS_unlink, -EFAULT);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "")->arg |= EYAS_BLOB_F_FAULT;
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.args", "res=-14(EFAULT) path=<NA>" }, { "evt.arg.path", "<NA>" },
		{ "evt.rawarg.path", NULL }, { "evt.arg.name", NULL }, { 0 } });
	eyas_rec_sys(&f.b, SYS_memfd_create, 4);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.name", "" }, { "evt.rawarg.name", "" }, { 0 } });
	/* An empty path is the directory itself. */
	eyas_rec_sys(&f.b, SYS_fchownat, 0, (uint32_t)AT_FDCWD, 0, 0, 0, AT_EMPTY_PATH);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 1, "");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.pathname", "/home/alice" }, { "evt.rawarg.pathname", "" }, { 0 } });
	/* Of a process that nobody knows neither. */
	eyas_rec_by(&f.b, 4000);
	eyas_rec_sys(&f.b, SYS_execve, -ENOENT);
	eyas_rec_text(&f.b, EYAS_BLOB_STRING, 0, "rel");
	eyas_fields_see(&f);
	eyas_fields_expect(&f, (const struct eyas_field_case[]){
		{ "evt.arg.exe", "<NA>" }, { "evt.arg.args", "NULL" }, { "evt.arg.tid", "4000" },
		{ "evt.arg.filename", "rel" }, { 0 } });
	eyas_fields_release(&f);
}
END_TEST

START_TEST(what_opens_says_where_its_path_is)
{
	unsigned int n = 0;

	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		for (int nr = 0; nr < EYAS_NR_MAX; nr++) {
			struct eyas_event ev = { .sc = eyas_syscall_by_nr(abi, nr) };
			const struct eyas_params *ps;

			ps = ev.sc ? eyas_params_of(ev.sc->evtype) : NULL;
			if (!ps || !ps->opens)
				continue;
			ck_assert_int_eq(ps->path_arg, eyas_subject_arg(&ev, EYAS_KIND_PATH));
			n++;
		}
	}
	ck_assert_uint_ge(n, 4 * 3);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, each_call, 0, sizeof(calls) / sizeof(*calls));
	tcase_add_test(tc, all_lists);
	tcase_add_test(tc, program_that_starts);
	tcase_add_test(tc, process_that_ends);
	tcase_add_test(tc, data_told);
	tcase_add_test(tc, socket_addresses);
	tcase_add_test(tc, structs);
	tcase_add_test(tc, narrow_structs);
	tcase_add_test(tc, narrow_calls);
	tcase_add_test(tc, vectors);
	tcase_add_test(tc, polled_descriptors);
	tcase_add_test(tc, signals);
	tcase_add_test(tc, capabilities_after_the_call);
	tcase_add_test(tc, pids_of_a_namespace);
	tcase_add_test(tc, upper_halves);
	tcase_add_test(tc, errors);
	tcase_add_test(tc, sets_of_names);
	tcase_add_test(tc, missing_and_empty);
	tcase_add_test(tc, what_opens_says_where_its_path_is);
}

EYAS_TEST_MAIN("param", fill)
