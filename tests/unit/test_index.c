// SPDX-License-Identifier: Apache-2.0
/*
 * What is asked of directories and file names is looked for in the whole name: a
 * rule says the same among many, which are indexed, as it does alone.
 */
#include <check.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "enrich/enrich.h"
#include "loading.h"
#include "records.h"
#include "rule/index.h"
#include "rule/rules.h"

#define RULES	60
#define ROUNDS	40

static uint64_t state = 88172645463325252ULL;
static struct eyas_arena arena;

static uint32_t roll(uint32_t n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(state >> 33) % n;
}

#define PICK(a)	((a)[roll(sizeof(a) / sizeof((a)[0]))])

static const char *const paths[] = {
	"/", "/etc", "/etc/", "/etc/shadow", "/etc/pam.d/su", "/etcetera/x", "/e", "/a/etc/b",
	"/var/log/syslog", "/var/log", "/var/logs/x", "/usr/bin/sh", "/bin/sh", "sh", "etc/sh",
	"/etc/../bin/sh", "//etc//shadow", "/tmp/etc/shadow", "",
};
static const char *const texts[] = {
	"/", "/etc", "/etc/", "/etc/pam.d", "/var/log", "/var", "/bin", "/usr/bin", "sh", "shadow",
	"syslog", "/etc/shadow", "/var/log/syslog", "etc", "\"\"", "/tmp", "/e", "su", "s", "b",
};
static const char *const fields[] = { "fd.name", "fd.directory", "fd.filename", "fd.directory" };
static const char *const ops[] = { "=", "!=", "startswith", "endswith", "contains", "=" };

static void add_condition(struct eyas_strbuf *sb)
{
	eyas_strbuf_addf(sb, "%s%s ", roll(4) ? "" : "not ", PICK(fields));
	switch (roll(4)) {
	case 0:
		eyas_strbuf_addf(sb, "in (%s, %s, %s)", PICK(texts), PICK(texts), PICK(texts));
		break;
	case 1:
		eyas_strbuf_addf(sb, "%s anyof (%s, %s)", PICK(ops), PICK(texts), PICK(texts));
		break;
	default:
		eyas_strbuf_addf(sb, "%s %s", PICK(ops), PICK(texts));
	}
}

static struct eyas_ruleset *compile(struct eyas_strbuf *conds, size_t n, bool as_given)
{
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG, .match_all = true,
					    .paths_as_given = as_given };
	_cleanup_strbuf_ struct eyas_strbuf text = EYAS_STRBUF_INIT;
	struct eyas_rules_text t = { .name = "rules.yaml" };
	struct eyas_ruleset *rs = NULL;
	struct eyas_load_result result;

	for (size_t i = 0; i < n; i++)
		eyas_strbuf_addf(&text, "- {rule: '%zu', desc: d, priority: INFO, output: o, "
				 "condition: 'evt.type = openat and %s'}\n", i, conds[i].buf);
	t.text = text.buf;
	t.len = text.len;
	ck_assert_msg(eyas_ruleset_load(&rs, &t, 1, &opt, &result) == 0, "%s: %s", text.buf,
		      result.len ? result.issues[0].msg : "?");
	eyas_load_result_release(&result);
	return rs;
}

static int note(const struct eyas_rule *rule, void *arg)
{
	bool *hits = arg;

	hits[rule->index] = true;
	return 0;
}

static void match(struct eyas_ruleset *rs, const struct eyas_event *ev, struct eyas_enrich *en,
		  bool *hits)
{
	struct eyas_field_ctx ctx;

	memset(hits, 0, RULES);
	eyas_arena_reset(&arena);
	eyas_field_ctx_init(&ctx, ev, en, &arena, "host");
	ck_assert_int_ge(eyas_ruleset_match(rs, &ctx, note, hits), 0);
}

/* An open of something by some name, which may lead elsewhere, or nowhere. */
static void open_some(struct eyas_recs *recs)
{
	static const uint32_t modes[] = { S_IFREG, S_IFREG, S_IFDIR, S_IFIFO, S_IFCHR };
	const char *given = PICK(paths), *real = roll(3) ? given : PICK(paths);
	bool ok = roll(4);

	eyas_rec_sys(recs, SYS_openat, ok ? 3 : -ENOENT, (uint64_t)AT_FDCWD, 0x1000, O_RDONLY);
	eyas_rec_text(recs, EYAS_BLOB_STRING, 1, given);
	if (!ok)
		return;
	eyas_rec_file(recs, EYAS_BLOB_FILE, PICK(modes) | 0644);
	eyas_rec_text(recs, EYAS_BLOB_FILE_PATH, EYAS_BLOB_NO_ARG, *real == '/' ? real : "/etc/sh");
}

static size_t moved(const struct eyas_ruleset *rs)
{
	size_t n = 0;

	eyas_vec_for_each(&rs->prog.all_preds, it)
		n += (*it)->index && (*it)->index->term != (*it)->lhs;
	return n;
}

static void compare(struct eyas_ruleset *all, struct eyas_ruleset **one,
		    const struct eyas_strbuf *conds, struct eyas_enrich *en)
{
	struct eyas_recs recs = { 0 };
	bool together[RULES], alone[RULES];
	struct eyas_event ev;

	for (size_t off = 0, e = 0; e < 30; e++) {
		const struct eyas_record *rec;

		eyas_rec_by(&recs, 700);
		open_some(&recs);
		rec = (const void *)(recs.data + off);
		ck_assert_int_eq(eyas_event_parse(&ev, eyas_bytes_of(rec, rec->len), NULL), 0);
		ev.num = ev.time = e + 1;
		ck_assert_int_eq(eyas_enrich_update(en, &ev), 0);
		match(all, &ev, en, together);
		for (size_t i = 0; i < RULES; i++) {
			match(one[i], &ev, en, alone);
			ck_assert_msg(alone[0] == together[i], "event %zu: '%s' is %s among others",
				      e, conds[i].buf, together[i] ? "true" : "false");
		}
		off += rec->len;
	}
	eyas_recs_release(&recs);
}

START_TEST(a_rule_alone_and_among_others)
{
	struct eyas_strbuf conds[RULES];
	struct eyas_ruleset *all, *one[RULES];
	struct eyas_enrich *en;
	bool as_given = _i % 4 == 3;

	state += (uint64_t)_i * 7919;
	ck_assert_int_eq(eyas_enrich_create(&en, "/nonexistent", NULL), 0);
	for (size_t i = 0; i < RULES; i++) {
		eyas_strbuf_init(&conds[i]);
		add_condition(&conds[i]);
		one[i] = compile(&conds[i], 1, as_given);
		/* Or there would be nothing to compare with. */
		ck_assert_uint_eq(moved(one[i]), 0);
	}
	all = compile(conds, RULES, as_given);
	ck_assert_uint_gt(moved(all), 3);
	compare(all, one, conds, en);
	eyas_ruleset_free(all);
	for (size_t i = 0; i < RULES; i++) {
		eyas_ruleset_free(one[i]);
		eyas_strbuf_release(&conds[i]);
	}
	eyas_enrich_free(en);
	eyas_arena_release(&arena);
}
END_TEST

static void fill(TCase *tc)
{
	tcase_add_loop_test(tc, a_rule_alone_and_among_others, 0, ROUNDS);
}

EYAS_TEST_MAIN("index", fill)
