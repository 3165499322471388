// SPDX-License-Identifier: Apache-2.0
/*
 * Asks strace what it prints of the calls in a file: the file again on standard
 * output, with those lines. The calls are not made: strace is told to inject the
 * result, and what they write.
 * usage: oracle FILE
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cases.h"

#define ARGS_MAX 64
#define MMAPS 6 /* calls that the program makes first */

static const char *call_program;

static void die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static char *text(const char *fmt, unsigned long a, const char *b)
{
	char *s;

	if (asprintf(&s, fmt, a, b) < 0)
		die("memory");
	return s;
}

static char *hex(const unsigned char *p, size_t len)
{
	char *s = malloc(len * 2 + 1);

	for (size_t i = 0; i < len; i++)
		sprintf(s + 2 * i, "%02x", p[i]);
	s[len * 2] = '\0';
	return s;
}

/* What strace is to say that the call did. */
static char *injection(const struct eyas_case *c)
{
	const char *name = c->sc ? c->sc->name : "";
	char *s, *poke = strdup("");
	const char *when = strcmp(name, "mmap") == 0 ? ":when=7+" : "";

	for (unsigned int i = 0; i < EYAS_CASE_ARGS; i++) {
		const struct eyas_case_memory *m = &c->memory[i];
		char *data, *more;

		if (!m->poke_len)
			continue;
		data = hex(m->after + m->poke, m->poke_len);
		if (asprintf(&more, "%s%s@arg%u=%s", poke, *poke ? "," : ":poke_exit=", i + 1,
			     data) < 0)
			die("memory");
		poke = more;
	}
	if (c->ret < 0 && c->ret >= -4095) {
		if (asprintf(&s, "inject=%s:error=%lld%s%s", name, -(long long)c->ret, poke, when) <
		    0)
			die("memory");
	} else if (asprintf(&s, "inject=%s:retval=%llu%s%s", name, (unsigned long long)c->ret, poke,
			    when) < 0) {
		die("memory");
	}
	return s;
}

static char *call_text(const struct eyas_case *c)
{
	char *s;

	if (asprintf(&s, "%c:%x:%lx:%lx:%lx:%lx:%lx:%lx", c->abi == EYAS_ABI_IA32 ? 'i' : 'c',
		     (unsigned int)c->nr, c->args[0], c->args[1], c->args[2], c->args[3],
		     c->args[4], c->args[5]) < 0)
		die("memory");
	return s;
}

static void run(const struct eyas_case *c, const char *out)
{
	char *argv[ARGS_MAX], *opts = strdup(c->opts);
	unsigned int n = 0;
	pid_t pid;
	int status;

	argv[n++] = text("strace%.0s", 0, "");
	argv[n++] = text("-a%lu%.0s", 1, "");
	argv[n++] = strdup("-o");
	argv[n++] = strdup(out);
	for (char *w = strtok(opts, " "); w; w = strtok(NULL, " "))
		argv[n++] = w;
	if (c->ended && c->sc) {
		argv[n++] = strdup("-e");
		argv[n++] = injection(c);
	}
	argv[n++] = strdup(call_program);
	for (unsigned int i = 0; i < EYAS_CASE_ARGS; i++) {
		const struct eyas_case_memory *m = &c->memory[i];

		if (m->used)
			argv[n++] = text("m:%lx:%s", eyas_case_base(i), hex(m->before, m->used));
		if (m->end_used)
			argv[n++] =
				text("m:%lx:%s", eyas_case_base(i) + EYAS_CASE_REGION - m->end_used,
				     hex(m->before + EYAS_CASE_REGION - m->end_used, m->end_used));
	}
	argv[n++] = call_text(c);
	argv[n] = NULL;
	pid = fork();
	if (!pid) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(126);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || WEXITSTATUS(status) == 127)
		die("strace");
}

/* The line of the call: the first after the program's own, without what strace adds. */
static void show(const struct eyas_case *c, const char *out)
{
	char *line = NULL, *mark;
	size_t cap = 0;
	unsigned int skip = 1 + MMAPS;
	FILE *f = fopen(out, "r");

	if (!f)
		die(out);
	while (getline(&line, &cap, f) > 0) {
		if (skip) {
			skip--;
			continue;
		}
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "[ Process", 9) == 0)
			continue;
		mark = strstr(line, " (INJECTED");
		if (mark)
			*mark = '\0';
		puts(line);
		break;
	}
	(void)c;
	free(line);
	fclose(f);
}

int main(int argc, char **argv)
{
	static struct eyas_case c;
	char out[] = "/tmp/oracle.XXXXXX";
	struct eyas_cases cs;
	FILE *copy;
	char *line = NULL;
	size_t cap = 0;
	unsigned int at = 0;
	int fd;

	if (argc != 2 || !eyas_cases_open(&cs, argv[1]) || !(copy = fopen(argv[1], "r"))) {
		fprintf(stderr, "usage: oracle FILE\n");
		return EXIT_FAILURE;
	}
	call_program = getenv("ORACLE_CALL");
	fd = mkstemp(out);
	if (!call_program || fd < 0)
		die("ORACLE_CALL, the program beside this one");
	close(fd);
	while (eyas_cases_next(&cs, &c)) {
		while (at < c.line && getline(&line, &cap, copy) > 0) {
			fputs(line, stdout);
			at++;
		}
		run(&c, out);
		show(&c, out);
		if (getline(&line, &cap, copy) > 0)
			at++;
	}
	while (getline(&line, &cap, copy) > 0)
		fputs(line, stdout);
	unlink(out);
	return EXIT_SUCCESS;
}
