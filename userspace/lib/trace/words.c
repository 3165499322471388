// SPDX-License-Identifier: Apache-2.0
/* Small sets from text: what a word stands for is told by a function for each kind. */
#include "trace/words.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include "base/util.h"
#include "decode/decode.h"

#define WORD_MAX	64	/* bytes of a word */

/* Take in one word; false: it is none. */
typedef bool take_word(void *arg, const char *word);

/* Hand all words to @fn; *ret_not: the set is all but these. */
static int each_word(const char *expr, const char *what, bool *ret_not, take_word *fn, void *arg,
		     struct eyas_err *err)
{
	char word[WORD_MAX];

	*ret_not = false;
	for (; *expr == '!'; expr++)
		*ret_not = !*ret_not;
	if (eyas_streq(expr, "all"))
		*ret_not = !*ret_not;
	if (eyas_streq(expr, "all") || eyas_streq(expr, "none"))
		return 0;
	for (;;) {
		size_t len = strcspn(expr, ",");

		if (len < sizeof(word)) {
			memcpy(word, expr, len);
			word[len] = '\0';
		}
		if (len >= sizeof(word) || !fn(arg, word))
			return eyas_err_set(err, -EINVAL, "invalid %s '%.*s'", what,
					    (int)(len < WORD_MAX ? len : WORD_MAX), expr);
		if (!expr[len])
			return 0;
		expr += len + 1;
	}
}

/* ---- sets with a name for each bit ---- */

struct name { const char *name; uint32_t bits; };

struct named { const struct name *names; size_t len; uint32_t set; };

static bool take_named(void *arg, const char *word)
{
	struct named *n = arg;

	for (size_t i = 0; i < n->len; i++) {
		if (eyas_streq(word, n->names[i].name)) {
			n->set |= n->names[i].bits;
			return true;
		}
	}
	return false;
}

static int parse_named(uint32_t *ret, const char *expr, const char *what, const struct name *names,
		       size_t len, uint32_t all, struct eyas_err *err)
{
	struct named n = { .names = names, .len = len };
	bool inverted;
	int r = each_word(expr, what, &inverted, take_named, &n, err);

	*ret = inverted ? all & ~n.set : n.set;
	return r;
}

int eyas_words_status(uint32_t *ret, const char *expr, struct eyas_err *err)
{
	static const struct name names[] = {
		{ "successful", EYAS_TRACE_SUCCESSFUL },
		{ "failed", EYAS_TRACE_FAILED },
		{ "unfinished", EYAS_TRACE_UNFINISHED },
		{ "unavailable", EYAS_TRACE_UNAVAILABLE },
		{ "detached", EYAS_TRACE_DETACHED },
	};

	return parse_named(ret, expr, "status", names, EYAS_ARRAY_LEN(names), EYAS_TRACE_STATUS_ALL,
			   err);
}

int eyas_words_quiet(uint32_t *ret, const char *expr, struct eyas_err *err)
{
	static const struct name names[] = {
		{ "attach", EYAS_TRACE_QUIET_ATTACH },
		{ "attached", EYAS_TRACE_QUIET_ATTACH },
		{ "exit", EYAS_TRACE_QUIET_EXIT },
		{ "exits", EYAS_TRACE_QUIET_EXIT },
		{ "path-resolution", EYAS_TRACE_QUIET_PATHS },
		{ "path-resolve", EYAS_TRACE_QUIET_PATHS },
		{ "personality", EYAS_TRACE_QUIET_PERSONALITY },
		{ "thread-execve", EYAS_TRACE_QUIET_SUPERSEDED },
		{ "superseded", EYAS_TRACE_QUIET_SUPERSEDED },
	};

	return parse_named(ret, expr, "quiet", names, EYAS_ARRAY_LEN(names), EYAS_TRACE_QUIET_ALL,
			   err);
}

int eyas_words_fds(uint8_t *ret, const char *expr, struct eyas_err *err)
{
	/* The decoder knows two steps: paths, and everything. */
	static const struct name names[] = {
		{ "path", 1 }, { "dev", 3 }, { "pidfd", 3 }, { "socket", 3 },
	};
	uint32_t set;
	int r = parse_named(&set, expr, "decode-fds", names, EYAS_ARRAY_LEN(names), 3, err);

	*ret = set & 2 ? 2 : (uint8_t)set;
	return r;
}

/* ---- numbers ---- */

static bool take_signal(void *arg, const char *word)
{
	uint64_t *set = arg, n;
	int sig = eyas_decode_signal_by_name(word);

	if (sig < 0 && !eyas_parse_u64(word, &n) && n <= 64)
		sig = (int)n;
	if (sig < 1 || sig > 64)
		return false;
	*set |= 1ULL << (sig - 1);
	return true;
}

int eyas_words_signals(uint64_t *ret, const char *expr, struct eyas_err *err)
{
	uint64_t set = 0;
	bool inverted;
	int r = each_word(expr, "signal", &inverted, take_signal, &set, err);

	*ret = inverted ? ~set : set;
	return r;
}

static bool take_number(void *arg, const char *word)
{
	struct eyas_numbers *n = arg;
	uint64_t num;

	return !eyas_parse_u64(word, &num) && num <= INT_MAX && !eyas_vec_push(&n->v, (int)num);
}

int eyas_numbers_parse(struct eyas_numbers *ret, const char *expr, struct eyas_err *err)
{
	ret->v.len = 0;
	return each_word(expr, "descriptor", &ret->inverted, take_number, ret, err);
}

bool eyas_numbers_has(const struct eyas_numbers *n, int num)
{
	for (size_t i = 0; i < n->v.len; i++)
		if (n->v.data[i] == num)
			return !n->inverted;
	return n->inverted;
}
