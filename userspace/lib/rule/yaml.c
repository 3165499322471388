// SPDX-License-Identifier: Apache-2.0
/* YAML files as trees, by libyaml's events: bounded in depth and in aliases. */
#include "rule/yaml.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>
#include "base/map.h"

#define DEPTH_MAX 64
#define BOM "\xef\xbb\xbf"
#define WEIGHT_MAX 4000000 /* nodes of a file with aliases written out */

/* An open sequence or mapping; its children wait on the common stack. */
struct frame {
	struct eyas_yaml *node;
	size_t first;
	char *anchor;
};

struct reader {
	yaml_parser_t parser;
	const char *text;
	size_t len;
	size_t bom; /* bytes of the mark that Windows begins files with */
	uint32_t file;
	size_t index, byte; /* libyaml counts characters, we bytes */
	size_t weight;
	struct eyas_arena *arena;
	struct eyas_yaml_docs *docs;
	struct eyas_yaml_err *err;
	struct eyas_strmap anchors;
	struct frame stack[DEPTH_MAX];
	size_t depth;
	EYAS_VEC(struct eyas_yaml *) kids;
};

static struct eyas_place place_of(const struct reader *rd, const yaml_mark_t *m)
{
	return (struct eyas_place){ rd->file, (uint32_t)m->line + 1, (uint32_t)m->column + 1 };
}

static int fail(struct reader *rd, struct eyas_place at, const char *msg)
{
	snprintf(rd->err->msg, sizeof(rd->err->msg), "%s", msg);
	rd->err->at = at;
	return -EINVAL;
}

/* Marks come in ascending order, so that all of them together cost one pass. */
static size_t byte_of(struct reader *rd, const yaml_mark_t *m)
{
	if (m->index < rd->index)
		return rd->byte;
	while (rd->index < m->index && rd->byte < rd->len) {
		rd->byte++;
		while (rd->byte < rd->len && ((unsigned char)rd->text[rd->byte] & 0xc0) == 0x80)
			rd->byte++;
		rd->index++;
	}
	return rd->byte;
}

static struct eyas_yaml *new_node(struct reader *rd, enum eyas_yaml_kind kind,
				  const yaml_mark_t *at)
{
	struct eyas_yaml *n = eyas_arena_alloc(rd->arena, sizeof(*n));

	if (n) {
		n->kind = kind;
		n->at = place_of(rd, at);
		n->weight = 1;
	}
	return n;
}

static int set_anchor(struct reader *rd, const char *name, struct eyas_yaml *node)
{
	return name ? eyas_strmap_set(&rd->anchors, name, strlen(name), node) : 0;
}

static int weigh(struct reader *rd, const struct eyas_yaml *node)
{
	if (node->weight > WEIGHT_MAX || (rd->weight += node->weight) > WEIGHT_MAX)
		return fail(rd, node->at, "too many nodes (are there aliases of aliases?)");
	return 0;
}

/* A finished node becomes the child of the open one, or a document's root. */
static int put(struct reader *rd, struct eyas_yaml *node)
{
	if (!rd->depth)
		return eyas_vec_push(&rd->docs->v, node);
	return eyas_vec_push(&rd->kids, node);
}

static enum eyas_yaml_style style_of(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return EYAS_YAML_SINGLE;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return EYAS_YAML_DOUBLE;
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		return EYAS_YAML_BLOCK;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		break;
	}
	return EYAS_YAML_PLAIN;
}

static int on_scalar(struct reader *rd, const yaml_event_t *ev)
{
	struct eyas_yaml *n = new_node(rd, EYAS_YAML_SCALAR, &ev->start_mark);
	int r;

	if (!n)
		return -ENOMEM;
	n->scalar.len = ev->data.scalar.length;
	n->scalar.s =
		eyas_arena_strndup(rd->arena, (const char *)ev->data.scalar.value, n->scalar.len);
	if (!n->scalar.s)
		return -ENOMEM;
	n->scalar.style = style_of(ev->data.scalar.style);
	n->scalar.off = byte_of(rd, &ev->start_mark);
	n->scalar.end = byte_of(rd, &ev->end_mark);
	r = weigh(rd, n);
	if (!r)
		r = set_anchor(rd, (const char *)ev->data.scalar.anchor, n);
	return r ? r : put(rd, n);
}

static int on_alias(struct reader *rd, const yaml_event_t *ev)
{
	const char *name = (const char *)ev->data.alias.anchor;
	struct eyas_yaml *n = eyas_strmap_get(&rd->anchors, name, strlen(name));
	int r;

	if (!n)
		return fail(rd, place_of(rd, &ev->start_mark),
			    "the referenced anchor is not defined");
	r = weigh(rd, n);
	return r ? r : put(rd, n);
}

static int on_open(struct reader *rd, const yaml_event_t *ev, enum eyas_yaml_kind kind,
		   const yaml_char_t *anchor)
{
	struct eyas_yaml *n = new_node(rd, kind, &ev->start_mark);
	struct frame f = { .node = n, .first = rd->kids.len };
	int r;

	if (!n)
		return -ENOMEM;
	if (rd->depth == DEPTH_MAX)
		return fail(rd, n->at, "nested too deep");
	r = weigh(rd, n);
	if (r)
		return r;
	if (anchor) {
		f.anchor = eyas_arena_strndup(rd->arena, (const char *)anchor,
					      strlen((const char *)anchor));
		if (!f.anchor)
			return -ENOMEM;
	}
	rd->stack[rd->depth++] = f;
	return 0;
}

/* An anchor counts from the end of its node on: no node can hold itself. */
static int on_close(struct reader *rd)
{
	const struct frame *f = &rd->stack[--rd->depth];
	size_t n = rd->kids.len - f->first;
	struct eyas_yaml **kids = rd->kids.data ? rd->kids.data + f->first : NULL;
	int r;

	for (size_t i = 0; i < n; i++)
		f->node->weight += kids[i]->weight;
	if (n && f->node->kind == EYAS_YAML_SEQ) {
		f->node->seq.v = eyas_arena_alloc(rd->arena, n * sizeof(*kids));
		if (!f->node->seq.v)
			return -ENOMEM;
		memcpy(f->node->seq.v, kids, n * sizeof(*kids));
		f->node->seq.len = n;
	} else if (n) {
		f->node->map.v = eyas_arena_alloc(rd->arena, n / 2 * sizeof(*f->node->map.v));
		if (!f->node->map.v)
			return -ENOMEM;
		for (size_t i = 0; i < n / 2; i++)
			f->node->map.v[i] = (struct eyas_yaml_pair){ kids[2 * i], kids[2 * i + 1] };
		f->node->map.len = n / 2;
	}
	rd->kids.len = f->first;
	r = set_anchor(rd, f->anchor, f->node);
	return r ? r : put(rd, f->node);
}

static int on_event(struct reader *rd, const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(rd, ev);
	case YAML_ALIAS_EVENT:
		return on_alias(rd, ev);
	case YAML_SEQUENCE_START_EVENT:
		return on_open(rd, ev, EYAS_YAML_SEQ, ev->data.sequence_start.anchor);
	case YAML_MAPPING_START_EVENT:
		return on_open(rd, ev, EYAS_YAML_MAP, ev->data.mapping_start.anchor);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_close(rd);
	case YAML_DOCUMENT_START_EVENT:
		eyas_strmap_release(&rd->anchors);
		return 0;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return 0;
}

static int parser_failed(struct reader *rd)
{
	const yaml_parser_t *p = &rd->parser;
	struct eyas_place at = place_of(rd, &p->problem_mark);
	char msg[256];

	if (p->error == YAML_MEMORY_ERROR)
		return -ENOMEM;
	if (p->error == YAML_READER_ERROR) {
		/* The reader knows no mark, but how many bytes it was into. */
		at = (struct eyas_place){ rd->file, 1, 1 };
		for (size_t i = rd->bom; i < rd->bom + p->problem_offset && i < rd->len; i++) {
			at.col += ((unsigned char)rd->text[i] & 0xc0) != 0x80;
			if (rd->text[i] == '\n')
				at = (struct eyas_place){ rd->file, at.line + 1, 1 };
		}
	}
	if (!p->problem)
		return fail(rd, at, "not YAML");
	if (!p->context)
		return fail(rd, at, p->problem);
	snprintf(msg, sizeof(msg), "%s, %s that begins in line %zu", p->problem, p->context,
		 p->context_mark.line + 1);
	return fail(rd, at, msg);
}

static int read_stream(struct reader *rd)
{
	for (bool more = true; more;) {
		yaml_event_t ev;
		int r;

		if (!yaml_parser_parse(&rd->parser, &ev))
			return parser_failed(rd);
		r = on_event(rd, &ev);
		more = ev.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&ev);
		if (r)
			return r;
	}
	return 0;
}

int eyas_yaml_parse(const char *text, size_t len, uint32_t file, struct eyas_arena *arena,
		    struct eyas_yaml_docs *docs, struct eyas_yaml_err *err)
{
	struct reader rd = {
		.text = text, .len = len, .file = file, .arena = arena, .docs = docs, .err = err
	};
	int r;

	if (!yaml_parser_initialize(&rd.parser))
		return -ENOMEM;
	/* Told the encoding, libyaml takes the mark for a column. */
	if (len >= strlen(BOM) && !memcmp(text, BOM, strlen(BOM)))
		rd.bom = rd.byte = strlen(BOM);
	yaml_parser_set_encoding(&rd.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&rd.parser, (const unsigned char *)text + rd.bom,
				     len - rd.bom);
	r = read_stream(&rd);
	yaml_parser_delete(&rd.parser);
	eyas_strmap_release(&rd.anchors);
	eyas_vec_release(&rd.kids);
	return r;
}

bool eyas_yaml_is_null(const struct eyas_yaml *n)
{
	static const char *const names[] = { "", "~", "null", "Null", "NULL" };

	if (!n || n->kind != EYAS_YAML_SCALAR || n->scalar.style != EYAS_YAML_PLAIN)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(n->scalar.s, names[i]))
			return true;
	return false;
}

struct eyas_yaml *eyas_yaml_get(const struct eyas_yaml *map, const char *key)
{
	if (map->kind != EYAS_YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->map.len; i++) {
		const struct eyas_yaml *k = map->map.v[i].key;

		if (k->kind == EYAS_YAML_SCALAR && !strcmp(k->scalar.s, key))
			return map->map.v[i].val;
	}
	return NULL;
}
