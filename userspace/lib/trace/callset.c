// SPDX-License-Identifier: Apache-2.0
/* Sets of system calls from text: names, numbers, classes and regular expressions. */
#include "trace/callset.h"

#include <errno.h>
#include <regex.h>
#include <string.h>
#include "base/util.h"
#include "event/callnr.h"
#include "event/syscall.h"

#define WORD_MAX	256	/* bytes of one word of an expression */

static const struct {
	const char *name;
	uint32_t bits;
	bool bare;		/* may be written without '%' */
} classes[] = {
	{ "clock", EYAS_TRACE_CLOCK, false },
	{ "creds", EYAS_TRACE_CREDS, false },
	{ "desc", EYAS_TRACE_DESC, true },
	{ "file", EYAS_TRACE_FILE, true },
	{ "fstat", EYAS_TRACE_FSTAT, false },
	{ "fstatfs", EYAS_TRACE_FSTATFS, false },
	{ "ipc", EYAS_TRACE_IPC, true },
	{ "lstat", EYAS_TRACE_LSTAT, false },
	{ "memory", EYAS_TRACE_MEMORY, true },
	{ "net", EYAS_TRACE_NETWORK, false },
	{ "network", EYAS_TRACE_NETWORK, true },
	{ "process", EYAS_TRACE_PROCESS, true },
	{ "pure", EYAS_TRACE_PURE, false },
	{ "signal", EYAS_TRACE_SIGNAL, true },
	{ "stat", EYAS_TRACE_STAT, false },
	{ "statfs", EYAS_TRACE_STATFS, false },
	{ "%stat", EYAS_TRACE_STATLIKE, false },
	{ "%statfs", EYAS_TRACE_STATFSLIKE, false },
};

void eyas_callset_classes(uint32_t bits, struct eyas_strbuf *out)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(classes); i++)
		if (bits & classes[i].bits && !eyas_streq(classes[i].name, "net"))
			eyas_strbuf_addf(out, "%s%%%s", out->len ? "," : "", classes[i].name);
}

/* What one word asks for. */
struct want {
	const char *name;	/* or NULL */
	const regex_t *regex;	/* or NULL */
	uint32_t bits;		/* or 0 */
	unsigned int abis;	/* bit n: in ABI n */
};

static void add(struct eyas_callset *s, unsigned int abi, unsigned int nr)
{
	s->w[abi][nr / 64] |= 1ULL << (nr % 64);
}

static void invert(struct eyas_callset *s)
{
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++)
		for (size_t i = 0; i < EYAS_ARRAY_LEN(s->w[abi]); i++)
			s->w[abi][i] = ~s->w[abi][i];
	s->other = (uint8_t)~s->other;
}

void eyas_callset_fill(struct eyas_callset *s)
{
	memset(s, 0xff, sizeof(*s));
}

bool eyas_callset_wants(const struct eyas_callset *s, const struct eyas_event *ev)
{
	return eyas_callset_has(s, ev->abi, ev->type == EYAS_REC_EXEC ? SYS_execve : ev->nr);
}

static bool is_all(const struct eyas_callset *s, uint64_t word)
{
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++)
		for (size_t i = 0; i < EYAS_ARRAY_LEN(s->w[abi]); i++)
			if (s->w[abi][i] != word)
				return false;
	return s->other == (uint8_t)word;
}

bool eyas_callset_empty(const struct eyas_callset *s)
{
	return is_all(s, 0);
}

bool eyas_callset_full(const struct eyas_callset *s)
{
	return is_all(s, UINT64_MAX);
}

static bool row_wanted(const struct eyas_syscall *sc, const struct want *w)
{
	if (w->name)
		return eyas_streq(sc->name, w->name);
	if (w->regex)
		return !regexec(w->regex, sc->name, 0, NULL, 0);
	return sc->trace & w->bits;
}

static bool add_rows(struct eyas_callset *s, const struct want *w)
{
	bool found = false;

	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++) {
		unsigned int len = 0;
		const struct eyas_syscall *sc = eyas_syscall_table(abi, &len);

		for (; (w->abis >> abi & 1) && len; len--, sc++) {
			if (!sc->name || !row_wanted(sc, w))
				continue;
			add(s, abi, sc->nr);
			found = true;
		}
	}
	return found;
}

static bool add_number(struct eyas_callset *s, const char *word, unsigned int abis)
{
	uint64_t nr;

	if (eyas_parse_u64(word, &nr) < 0 || nr >= EYAS_NR_MAX)
		return false;
	for (unsigned int abi = 0; abi < EYAS_ABI_MAX; abi++)
		if (abis >> abi & 1)
			add(s, abi, (unsigned int)nr);
	return true;
}

static bool add_class(struct eyas_callset *s, const char *word, unsigned int abis)
{
	bool marked = *word == '%';

	for (size_t i = 0; i < EYAS_ARRAY_LEN(classes); i++) {
		struct want w = { .bits = classes[i].bits, .abis = abis };

		if (eyas_streq(word + marked, classes[i].name) && (marked || classes[i].bare)) {
			add_rows(s, &w);
			return true;
		}
	}
	return false;
}

static int add_regex(struct eyas_callset *s, const char *word, unsigned int abis,
		     struct eyas_err *err)
{
	struct want w = { .abis = abis };
	char why[128];
	regex_t re;
	int r = regcomp(&re, word + 1, REG_EXTENDED | REG_NOSUB);
	bool found;

	if (r) {
		regerror(r, &re, why, sizeof(why));
		return eyas_err_set(err, -EINVAL, "'%s' is no regular expression: %s", word + 1,
				    why);
	}
	w.regex = &re;
	found = add_rows(s, &w);
	regfree(&re);
	return found ? 0 : eyas_err_set(err, -EINVAL, "no system call matches '%s'", word);
}

/* Take "@64" off the end; the ABIs that it names, else all. */
static unsigned int take_abi(char *word)
{
	static const struct { const char *suffix; unsigned int abis; } of[] = {
		{ "@64", 1U << EYAS_ABI_X86_64 | 1U << EYAS_ABI_ARM64 },
		{ "@32", 1U << EYAS_ABI_IA32 | 1U << EYAS_ABI_ARM32 },
		{ "@x32", 1U << EYAS_ABI_X32 },
	};
	char *at = strrchr(word, '@');

	for (size_t i = 0; at && i < EYAS_ARRAY_LEN(of); i++) {
		if (eyas_streq(at, of[i].suffix)) {
			*at = '\0';
			return of[i].abis;
		}
	}
	return ~0U;
}

/* The native name nearest to a word that is none; NULL if none is near. */
static const char *nearest(const char *word)
{
	size_t best = 1 + strlen(word) / 4;
	const char *ret = NULL;
	unsigned int len;
	const struct eyas_syscall *sc = eyas_syscall_table(EYAS_ABI_X86_64, &len);

	for (; len; len--, sc++) {
		size_t d = sc->name ? eyas_edit_distance(word, sc->name) : SIZE_MAX;

		if (d <= best && !(ret && d == best)) {
			best = d;
			ret = sc->name;
		}
	}
	return ret;
}

/* The class of this name; NULL: there is none. */
static const char *class_of(const char *word)
{
	for (size_t i = 0; i < EYAS_ARRAY_LEN(classes); i++)
		if (eyas_streq(word, classes[i].name))
			return classes[i].name;
	return NULL;
}

static int add_word(struct eyas_callset *s, char *word, struct eyas_err *err)
{
	bool may_miss = *word == '?';
	unsigned int abis = take_abi(word);
	struct want w = { .name = word + may_miss, .abis = abis };
	const char *near;

	if (*w.name == '/') {
		if (!add_regex(s, w.name, abis, may_miss ? NULL : err) || may_miss)
			return 0;
		return -EINVAL;
	}
	if (*w.name >= '0' && *w.name <= '9' ? add_number(s, w.name, abis) :
					       add_class(s, w.name, abis) || add_rows(s, &w))
		return 0;
	if (may_miss)
		return 0;
	near = class_of(w.name);
	if (near)
		return eyas_err_set(err, -EINVAL, "invalid system call '%s'; did you mean '%%%s'?",
				    w.name, near);
	near = nearest(w.name);
	if (near)
		return eyas_err_set(err, -EINVAL, "invalid system call '%s'; did you mean '%s'?",
				    w.name, near);
	return eyas_err_set(err, -EINVAL, "invalid system call '%s'", w.name);
}

static int add_words(struct eyas_callset *s, const char *expr, struct eyas_err *err)
{
	char word[WORD_MAX];
	int r = 0;

	while (!r) {
		size_t len = strcspn(expr, ",");

		if (len >= sizeof(word))
			return eyas_err_set(err, -EINVAL, "'%.32s...' is too long", expr);
		memcpy(word, expr, len);
		word[len] = '\0';
		r = add_word(s, word, err);
		if (!expr[len])
			return r;
		expr += len + 1;
	}
	return r;
}

int eyas_callset_parse(struct eyas_callset *ret, const char *expr, struct eyas_err *err)
{
	bool inverted = false;
	int r = 0;

	for (; *expr == '!'; expr++)
		inverted = !inverted;
	memset(ret, 0, sizeof(*ret));
	if (eyas_streq(expr, "all"))
		eyas_callset_fill(ret);
	else if (!eyas_streq(expr, "none"))
		r = add_words(ret, expr, err);
	if (inverted)
		invert(ret);
	return r;
}
