// SPDX-License-Identifier: Apache-2.0
/* What loading finds wrong, and how it is shown to a person. */
#include "rule/issue.h"

#include <errno.h>
#include <string.h>

#define WARNINGS_MAX 1000 /* nobody reads more */
#define SNIPPET_MAX 160 /* characters around the place in a long line */
#define NAME_MAX_SHOWN 200 /* bytes; names may be as long as a file, too */
#define MARK_EVERY 1024 /* characters: lines may be as long as a file */

/* clang-format off */
static const struct { const char *name, *text; } codes[EYAS_LOAD_CODE_MAX] = {
	[EYAS_LOAD_ERR_FILE_READ] = { "LOAD_ERR_FILE_READ", "File read error" },
	[EYAS_LOAD_ERR_YAML_PARSE] = { "LOAD_ERR_YAML_PARSE", "YAML parse error" },
	[EYAS_LOAD_ERR_YAML_VALIDATE] = { "LOAD_ERR_YAML_VALIDATE",
		"Error validating internal structure of YAML file" },
	[EYAS_LOAD_ERR_COMPILE_CONDITION] = { "LOAD_ERR_COMPILE_CONDITION",
		"Error compiling condition" },
	[EYAS_LOAD_ERR_COMPILE_OUTPUT] = { "LOAD_ERR_COMPILE_OUTPUT", "Error compiling output" },
	[EYAS_LOAD_ERR_VALIDATE] = { "LOAD_ERR_VALIDATE",
		"Error validating rule/macro/list/exception objects" },
	[EYAS_LOAD_ERR_EXTENSION] = { "LOAD_ERR_EXTENSION", "Error in extension item" },
	[EYAS_LOAD_UNKNOWN_SOURCE] = { "LOAD_UNKNOWN_SOURCE", "Unknown event source" },
	[EYAS_LOAD_UNSAFE_NA_CHECK] = { "LOAD_UNSAFE_NA_CHECK",
		"Unsafe <NA> comparison in condition" },
	[EYAS_LOAD_NO_EVTTYPE] = { "LOAD_NO_EVTTYPE",
		"Condition has no event-type restriction" },
	[EYAS_LOAD_UNKNOWN_FILTER] = { "LOAD_UNKNOWN_FILTER",
		"Unknown field or event-type in condition or output" },
	[EYAS_LOAD_UNUSED_MACRO] = { "LOAD_UNUSED_MACRO", "Unused macro" },
	[EYAS_LOAD_UNUSED_LIST] = { "LOAD_UNUSED_LIST", "Unused list" },
	[EYAS_LOAD_UNKNOWN_ITEM] = { "LOAD_UNKNOWN_ITEM", "Unknown rules file item" },
	[EYAS_LOAD_DEPRECATED_ITEM] = { "LOAD_DEPRECATED_ITEM", "Used deprecated item" },
	[EYAS_LOAD_WARNING_EXTENSION] = { "LOAD_WARNING_EXTENSION", "Warning in extension item" },
	[EYAS_LOAD_APPEND_NO_VALUES] = { "LOAD_APPEND_NO_VALUES",
		"Overriding/appending with no values" },
	[EYAS_LOAD_EXCEPTION_NAME_NOT_UNIQUE] = { "LOAD_EXCEPTION_NAME_NOT_UNIQUE",
		"Multiple exceptions defined with the same name" },
	[EYAS_LOAD_INVALID_MACRO_NAME] = { "LOAD_INVALID_MACRO_NAME", "Invalid macro name" },
	[EYAS_LOAD_INVALID_LIST_NAME] = { "LOAD_INVALID_LIST_NAME", "Invalid list name" },
	[EYAS_LOAD_COMPILE_CONDITION] = { "LOAD_COMPILE_CONDITION", "Warning in rule condition" },
	[EYAS_LOAD_UNKNOWN_KEY] = { "LOAD_UNKNOWN_KEY", "Unknown key in item definition" },
};
/* clang-format on */

static bool is_warning(enum eyas_load_code code)
{
	return code >= EYAS_LOAD_UNKNOWN_SOURCE;
}

int eyas_notes_init(struct eyas_notes *notes, const struct eyas_rules_text *texts, size_t n,
		    struct eyas_load_result *res)
{
	memset(res, 0, sizeof(*res));
	*notes = (struct eyas_notes){ .res = res, .texts = texts, .n = n };
	notes->marks = calloc(n ? n : 1, sizeof(*notes->marks));
	return notes->marks ? 0 : -ENOMEM;
}

void eyas_notes_release(struct eyas_notes *notes)
{
	for (size_t i = 0; notes->marks && i < notes->n; i++)
		eyas_vec_release(&notes->marks[i].v);
	free(notes->marks);
	notes->marks = NULL;
}

/* ---- places ---- */

/* Length of the line break at @p, 0 if there is none: LF, CR, CRLF, NEL, LS, PS. */
static size_t line_break(const char *p, const char *end)
{
	size_t left = (size_t)(end - p);

	if (*p == '\r')
		return left > 1 && p[1] == '\n' ? 2 : 1;
	if (*p == '\n')
		return 1;
	if (left > 1 && !memcmp(p, "\xc2\x85", 2))
		return 2;
	if (left > 2 && (!memcmp(p, "\xe2\x80\xa8", 3) || !memcmp(p, "\xe2\x80\xa9", 3)))
		return 3;
	return 0;
}

/* Over one character that is no line break. */
static const char *over(const char *p, const char *end)
{
	p++;
	while (p < end && ((unsigned char)*p & 0xc0) == 0x80)
		p++;
	return p;
}

static int make_marks(struct eyas_marks *marks, const struct eyas_rules_text *t)
{
	const char *p = t->text, *end = p + t->len;
	struct eyas_mark m = { .line = 1, .col = 1 };
	int r = eyas_vec_push(&marks->v, m);

	while (p < end && !r) {
		size_t n = line_break(p, end);

		p = n ? p + n : over(p, end);
		m.off = (size_t)(p - t->text);
		m.line += n != 0;
		m.col = n ? 1 : m.col + 1;
		if (n || m.col % MARK_EVERY == 0)
			r = eyas_vec_push(&marks->v, m);
	}
	return r;
}

/* The last mark that is not after @at. */
static const struct eyas_mark *mark_before(const struct eyas_marks *marks, struct eyas_place at)
{
	size_t lo = 0, hi = marks->v.len;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		const struct eyas_mark *m = &marks->v.data[mid];

		if (m->line < at.line || (m->line == at.line && m->col <= at.col))
			lo = mid;
		else
			hi = mid;
	}
	return &marks->v.data[lo];
}

/* Step over @n characters of the line at @p. */
static const char *step(const char *p, const char *end, size_t n)
{
	for (; p < end && n && !line_break(p, end); n--)
		p = over(p, end);
	return p;
}

ptrdiff_t eyas_notes_offset(struct eyas_notes *notes, struct eyas_place at)
{
	const struct eyas_rules_text *t;
	const struct eyas_mark *m;
	struct eyas_marks *marks;

	if (at.file >= notes->n || !at.line)
		return -1;
	t = &notes->texts[at.file];
	marks = &notes->marks[at.file];
	if (!marks->v.len && make_marks(marks, t) < 0)
		return -1;
	m = mark_before(marks, at);
	if (m->line != at.line)
		return -1;
	return step(t->text + m->off, t->text + t->len, at.col - m->col) - t->text;
}

/* ---- issues ---- */

/* Does the whole line fit in a snippet? */
static bool is_short(struct eyas_notes *notes, struct eyas_place at, const char *end)
{
	const char *p;
	ptrdiff_t off;

	at.col = 1;
	off = eyas_notes_offset(notes, at);
	if (off < 0)
		return true;
	p = step(notes->texts[at.file].text + off, end, SNIPPET_MAX);
	return p == end || line_break(p, end);
}

static void set_snippet(struct eyas_notes *notes, struct eyas_load_issue *is, struct eyas_place at)
{
	struct eyas_place from = at;
	ptrdiff_t off = eyas_notes_offset(notes, at);
	const char *text, *end;

	if (off < 0)
		return;
	text = notes->texts[at.file].text;
	end = text + notes->texts[at.file].len;
	is->offset = (size_t)off;
	from.col = 1;
	if (at.col > SNIPPET_MAX || !is_short(notes, at, end))
		from.col = at.col > SNIPPET_MAX / 2 ? at.col - SNIPPET_MAX / 2 + 1 : 1;
	is->snippet_col = at.col - from.col + 1;
	off = eyas_notes_offset(notes, from);
	if (off >= 0)
		is->snippet = strndup(text + off,
				      (size_t)(step(text + off, end, SNIPPET_MAX) - text - off));
}

static bool is_known(const struct eyas_load_result *res, const struct eyas_load_issue *is,
		     enum eyas_load_code code)
{
	/* Each rule that is left out is named. */
	bool per_rule = code == EYAS_LOAD_UNKNOWN_FILTER;

	for (size_t i = 0; i < res->len; i++) {
		const struct eyas_load_issue *it = &res->issues[i];

		if (it->line == is->line && it->col == is->col && it->file == is->file &&
		    it->code == is->code && !strcmp(it->msg, is->msg) &&
		    (!per_rule || !strcmp(it->context, is->context)))
			return true;
	}
	return false;
}

static void issue_release(struct eyas_load_issue *is)
{
	for (size_t i = 0; is->where && i < is->nwhere; i++)
		free(is->where[i].item_name);
	free(is->where);
	free(is->msg);
	free(is->context);
	free(is->snippet);
	free(is->hint);
}

static int append(struct eyas_notes *notes, struct eyas_load_issue *is)
{
	struct eyas_load_result *res = notes->res;
	int r = 0;

	if (res->len == res->cap)
		r = eyas_vec_grow((void **)&res->issues, &res->cap, res->len + 1,
				  sizeof(*res->issues));
	if (r) {
		issue_release(is);
		return r;
	}
	res->issues[res->len++] = *is;
	if (is->warning)
		res->warnings++;
	else
		res->errors++;
	return is->warning ? 0 : -EINVAL;
}

static char *clip(const char *s)
{
	size_t n = strnlen(s, NAME_MAX_SHOWN);

	while (s[n] && n && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return strndup(s, n);
}

/* All that it is in, the outermost first, and the file before that. */
static int set_where(struct eyas_notes *notes, struct eyas_load_issue *is,
		     const struct eyas_about *about)
{
	is->nwhere = 1;
	for (const struct eyas_about *a = about; a; a = a->in)
		is->nwhere++;
	is->where = calloc(is->nwhere, sizeof(*is->where));
	if (!is->where)
		return -ENOMEM;
	for (size_t i = is->nwhere; i-- > 0; about = about ? about->in : NULL) {
		struct eyas_load_location *w = &is->where[i];
		ptrdiff_t off = about ? eyas_notes_offset(notes, about->at) : 0;

		w->item_type = about ? about->type : "rules content";
		w->item_name = clip(about && about->name ? about->name : "");
		if (!w->item_name)
			return -ENOMEM;
		w->line = about ? about->at.line : 0;
		w->col = about ? about->at.col : 0;
		w->offset = off > 0 ? (size_t)off : 0;
	}
	return 0;
}

static int set_context(struct eyas_load_issue *is)
{
	_cleanup_strbuf_ struct eyas_strbuf sb = EYAS_STRBUF_INIT;

	for (size_t i = 0; i < is->nwhere; i++)
		if (is->where[i].item_name[0])
			eyas_strbuf_addf(&sb, "%s%s '%s'", sb.len ? ", " : "",
					 is->where[i].item_type, is->where[i].item_name);
	is->context = eyas_strbuf_detach(&sb);
	return is->context ? 0 : -ENOMEM;
}

bool eyas_notes_full(const struct eyas_notes *notes)
{
	return notes->res->warnings >= WARNINGS_MAX;
}

int eyas_note(struct eyas_notes *notes, enum eyas_load_code code, const struct eyas_about *about,
	      const char *hint, const char *fmt, ...)
{
	struct eyas_load_issue is = { .warning = is_warning(code),
				      .code = codes[code].name,
				      .code_text = codes[code].text,
				      .line = about->at.line,
				      .col = about->at.col };
	_cleanup_strbuf_ struct eyas_strbuf msg = EYAS_STRBUF_INIT;
	va_list ap;

	if (is.warning && eyas_notes_full(notes)) {
		notes->res->warnings++;
		return 0;
	}
	va_start(ap, fmt);
	eyas_strbuf_vaddf(&msg, fmt, ap);
	va_end(ap);
	is.msg = eyas_strbuf_detach(&msg);
	is.file = about->at.file < notes->n ? notes->texts[about->at.file].name : "";
	is.hint = hint ? strdup(hint) : NULL;
	if (!is.msg || (hint && !is.hint) || set_where(notes, &is, about) || set_context(&is)) {
		issue_release(&is);
		return -ENOMEM;
	}
	if (is_known(notes->res, &is, code)) {
		issue_release(&is);
		return is.warning ? 0 : -EINVAL;
	}
	set_snippet(notes, &is, about->at);
	return append(notes, &is);
}

void eyas_load_result_release(struct eyas_load_result *res)
{
	for (size_t i = 0; i < res->len; i++)
		issue_release(&res->issues[i]);
	free(res->issues);
	memset(res, 0, sizeof(*res));
}

/* ---- for people ---- */

/* Blanks up to the column of the caret; tabs stay tabs, so that it lines up. */
static void add_caret(struct eyas_strbuf *out, const char *snippet, unsigned int col)
{
	eyas_strbuf_adds(out, "    ");
	for (const char *p = snippet; *p && col > 1; p++) {
		if (((unsigned char)*p & 0xc0) == 0x80)
			continue;
		eyas_strbuf_addc(out, *p == '\t' ? '\t' : ' ');
		col--;
	}
	eyas_strbuf_adds(out, "^\n");
}

/* Rules are somebody's text: nothing in them may steer a terminal. */
static void add_clean(struct eyas_strbuf *out, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		eyas_strbuf_addc(out, (c < 0x20 && c != '\t') || c == 0x7f ? '?' : *s);
	}
}

static void add_issue(struct eyas_strbuf *out, const struct eyas_load_issue *is)
{
	add_clean(out, is->file);
	if (is->line)
		eyas_strbuf_addf(out, ":%u:%u", is->line, is->col);
	eyas_strbuf_addf(out, ": %s: ", is->warning ? "warning" : "error");
	add_clean(out, is->msg);
	eyas_strbuf_addf(out, " [%s]\n", is->code);
	if (is->context[0]) {
		eyas_strbuf_adds(out, "  in ");
		add_clean(out, is->context);
		eyas_strbuf_addc(out, '\n');
	}
	if (is->snippet) {
		eyas_strbuf_adds(out, "    ");
		add_clean(out, is->snippet);
		eyas_strbuf_addc(out, '\n');
		add_caret(out, is->snippet, is->snippet_col);
	}
	if (is->hint) {
		eyas_strbuf_adds(out, "  hint: ");
		add_clean(out, is->hint);
		eyas_strbuf_addc(out, '\n');
	}
}

void eyas_load_result_text(const struct eyas_load_result *res, struct eyas_strbuf *out)
{
	for (size_t i = 0; i < res->len; i++)
		add_issue(out, &res->issues[i]);
	if (res->warnings + res->errors > res->len)
		eyas_strbuf_addf(out, "and %zu more warnings\n",
				 res->warnings + res->errors - res->len);
}
