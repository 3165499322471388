/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields of events, for unit tests:
 *
 *	struct eyas_fields f;
 *
 *	eyas_fields_create(&f);
 *	eyas_rec_sys(&f.b, SYS_close, 0, 3);
 *	eyas_fields_see(&f);
 *	eyas_fields_expect(&f, (const struct eyas_field_case[]){
 *		{ "fd.num", "3" }, { "fd.name", NULL }, { 0 } });
 *	eyas_fields_release(&f);
 */
#ifndef EYAS_TEST_FIELDS_H
#define EYAS_TEST_FIELDS_H

#include "base/strbuf.h"
#include "fakeroot.h"
#include "field/field.h"
#include "records.h"

struct eyas_fields {
	struct eyas_fakeroot root;	/* empty but for passwd, group and hosts of /etc */
	struct eyas_recs b;
	struct eyas_enrich *en;
	struct eyas_arena arena;
	struct eyas_event ev;
	struct eyas_field_ctx ctx;
	struct eyas_strbuf text;
};

void eyas_fields_create(struct eyas_fields *f);
void eyas_fields_release(struct eyas_fields *f);

/* Take in the last record, as pipelines do; fields are then of it. */
void eyas_fields_see(struct eyas_fields *f);

/*
 * Four processes, each the parent of the next, the last of them acting: 1
 * systemd; 100 sshd; 200 bash, of alice and leader of its session, in
 * /home/alice; 300 cat, "cat -n /etc/shadow", leader of its process group.
 * They began 1 us after each other.
 */
#define EYAS_FIELDS_START	(EYAS_RECS_TIME + 1000) /* of sshd; systemd: 1000 less */
void eyas_fields_tree(struct eyas_fields *f);

/*
 * The value of a field as text, until the next call; NULL: missing. Lists are
 * "(a,b)". Arguments are in []. Behind "real:" the field's other value.
 */
const char *eyas_fields_text(struct eyas_fields *f, const char *field);

/* A field and what it must be; NULL: missing. A list of these ends with { 0 }. */
struct eyas_field_case { const char *field, *want; };
void eyas_fields_expect(struct eyas_fields *f, const struct eyas_field_case *cases);

/*
 * Does each row of @family have a case with a value, unless nothing records it,
 * and one without, unless it is among the names in @always?
 */
void eyas_fields_covered(const char *family, const struct eyas_field_case *const *lists,
			 const char *const *always);

#endif
