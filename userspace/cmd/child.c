// SPDX-License-Identifier: Apache-2.0
/* A command that is looked at: forked, stopped right before exec, started, waited for. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/util.h"
#include "child.h"
#include "opts.h"

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The file to execute: found here, so that the trace begins with the one exec that counts. */
static int find_program(const char *name, struct eyas_strbuf *ret)
{
	const char *dirs = getenv("PATH");

	if (strchr(name, '/')) {
		eyas_strbuf_adds(ret, name);
		if (access(ret->buf, F_OK) == 0)
			return 0;
		eyas_msg("cannot run '%s': %s", name, strerror(errno));
		return -1;
	}
	for (const char *p = dirs ? dirs : "/usr/bin:/bin"; p;) {
		size_t len = strcspn(p, ":");

		eyas_strbuf_reset(ret);
		eyas_strbuf_addf(ret, "%.*s/%s", len ? (int)len : 1, len ? p : ".", name);
		if (is_program(ret->buf))
			return 0;
		p = p[len] ? p + len + 1 : NULL;
	}
	eyas_msg("cannot run '%s': there is no such program in PATH", name);
	return -1;
}

/* ---- in the child ---- */

static int change_user(const struct passwd *pw)
{
	if (initgroups(pw->pw_name, pw->pw_gid) < 0 || setgid(pw->pw_gid) < 0 ||
	    setuid(pw->pw_uid) < 0)
		return -1;
	return 0;
}

static void change_env(const struct eyas_child_opts *o)
{
	for (size_t i = 0; i < o->nenv; i++) {
		char *copy = strdup(o->env[i]);

		/* Without '=' putenv() takes the variable away. */
		if (copy)
			putenv(copy);
	}
}

static _Noreturn void run_child(const struct eyas_child_opts *o, const char *path,
				const struct passwd *pw)
{
	char **argv = o->command;

	change_env(o);
	if (pw && change_user(pw) < 0) {
		eyas_msg("cannot become '%s': %s", o->user, strerror(errno));
		_exit(EYAS_STATUS_FAILURE);
	}
	if (o->argv0)
		argv[0] = (char *)o->argv0;
	/* The system call itself: after it nothing may come but exec. */
	syscall(SYS_kill, getpid(), SIGSTOP);
	execv(path, argv);
	eyas_msg("cannot run '%s': %s", path, strerror(errno));
	_exit(EYAS_STATUS_FAILURE);
}

/* ---- in the parent ---- */

int eyas_child_prepare(struct eyas_child *c, const struct eyas_child_opts *o)
{
	const struct passwd *pw = o->user ? getpwnam(o->user) : NULL;
	_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT;
	int status;

	if (o->user && !pw) {
		eyas_msg("there is no user '%s'", o->user);
		return -1;
	}
	if (find_program(o->command[0], &path) < 0)
		return -1;
	c->pid = fork();
	if (c->pid < 0) {
		eyas_msg("cannot fork: %s", strerror(errno));
		c->pid = 0;
		return -1;
	}
	if (!c->pid)
		run_child(o, path.buf, pw);
	if (waitpid(c->pid, &status, WUNTRACED) == c->pid && WIFSTOPPED(status))
		return 0;
	/* It told why. */
	c->pid = 0;
	return -1;
}

void eyas_child_start(struct eyas_child *c)
{
	c->started = true;
	kill(c->pid, SIGCONT);
}

void eyas_child_signal(const struct eyas_child *c, int sig)
{
	siginfo_t stopped = { 0 };

	kill(c->pid, sig);
	if (waitid(P_PID, (id_t)c->pid, &stopped, WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
	    stopped.si_pid)
		kill(c->pid, SIGCONT);
}

bool eyas_child_reap(struct eyas_child *c)
{
	int status;
	pid_t pid;

	/* Made with CLONE_PARENT, a child of the command is ours, and nobody else can wait for it. */
	while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
		if (pid != c->pid)
			continue;
		c->status = status;
		c->pid = 0;
	}
	return !c->pid;
}

int eyas_child_status(const struct eyas_child *c)
{
	static const struct rlimit no_core;
	int sig = WTERMSIG(c->status);
	sigset_t set;

	if (WIFEXITED(c->status))
		return WEXITSTATUS(c->status);
	/* There was one core file, of the program that failed. */
	setrlimit(RLIMIT_CORE, &no_core);
	signal(sig, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	fflush(NULL);
	raise(sig);
	return 128 + sig;
}

void eyas_child_release(struct eyas_child *c)
{
	if (!c->pid || c->started)
		return;
	kill(c->pid, SIGKILL);
	waitpid(c->pid, NULL, 0);
}
