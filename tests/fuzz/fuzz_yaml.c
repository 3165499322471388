// SPDX-License-Identifier: Apache-2.0
/* Any bytes as YAML: each scalar found must know places inside of the file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "fuzz.h"
#include "rule/yaml.h"

static void check(int ok)
{
	if (!ok)
		abort();
}

static void look_at(const struct eyas_yaml *n, const char *text, size_t len, unsigned int *left)
{
	_cleanup_srctext_ struct eyas_srctext st = EYAS_SRCTEXT_INIT;

	/* Aliases may show the same node a million times. */
	if (!n || !*left)
		return;
	--*left;
	switch (n->kind) {
	case EYAS_YAML_SEQ:
		for (size_t i = 0; i < n->seq.len; i++)
			look_at(n->seq.v[i], text, len, left);
		return;
	case EYAS_YAML_MAP:
		for (size_t i = 0; i < n->map.len; i++) {
			look_at(n->map.v[i].key, text, len, left);
			look_at(n->map.v[i].val, text, len, left);
		}
		return;
	case EYAS_YAML_SCALAR:
		break;
	}
	check(n->scalar.off <= n->scalar.end && n->scalar.end <= len);
	eyas_yaml_srctext(n, text, len, &st);
	check(st.text.len == n->scalar.len);
	check(!memcmp(st.text.buf, n->scalar.s, n->scalar.len));
	for (size_t i = 0; i < st.text.len; i++)
		check(eyas_srctext_place(&st, i).line >= n->at.line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct eyas_arena arena = { 0 };
	struct eyas_yaml_docs docs = { 0 };
	struct eyas_yaml_err err;
	unsigned int left = 10000;
	int r = eyas_yaml_parse(text, size, 0, &arena, &docs, &err);

	check(!r || r == -EINVAL);
	for (size_t i = 0; i < docs.v.len; i++)
		look_at(docs.v.data[i], text, size, &left);
	eyas_vec_release(&docs.v);
	eyas_arena_release(&arena);
	return 0;
}
