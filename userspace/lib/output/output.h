/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts and where they go. One file for each channel, a row for each in output.c. */
#ifndef EYAS_OUTPUT_OUTPUT_H
#define EYAS_OUTPUT_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"
#include "base/strbuf.h"
#include "field/field.h"
#include "rule/ruleset.h"

enum eyas_alert_form { EYAS_ALERT_TEXT, EYAS_ALERT_JSON };

/* One line without newline. */
struct eyas_alert {
	enum eyas_priority priority;
	const char *line;
	size_t len;
};

struct eyas_alert_options {
	enum eyas_alert_form form;
	bool time_iso_8601;	/* text: UTC date and time, else local time of day */
	bool color;		/* text: the priority in colour */
	const char *hostname;
	/* JSON: members that are left out; "message" is only there if it is asked for. */
	bool no_output, no_output_fields, no_tags, message;
};

/*
 * Render an alert of @rule on the event of @ctx into @out (reset before):
 * text "<time>: <Priority> <output>", or JSON with sorted keys. 0 or -ENOMEM.
 */
int eyas_alert_render(const struct eyas_rule *rule, struct eyas_field_ctx *ctx,
		      const struct eyas_alert_options *opt, struct eyas_strbuf *out);

/*
 * An alert of eyas itself (source "internal"): loss, reload failure. @fields
 * are NUL-terminated name, value pairs ended by NULL, sorted by name.
 */
int eyas_alert_render_internal(const char *rule, enum eyas_priority prio, uint64_t time,
			       const char *msg, const char *const *fields,
			       const struct eyas_alert_options *opt, struct eyas_strbuf *out);

/* Numbers and truth values as such, everything else as the text that output prints. */
void eyas_alert_json_value(struct eyas_strbuf *out, const struct eyas_field *field,
			   const struct eyas_value *val);

struct eyas_output;

struct eyas_output_ops {
	const char *name;	/* "stdout" */
	int (*emit)(struct eyas_output *o, const struct eyas_alert *alert);
	int (*flush)(struct eyas_output *o);
	int (*reopen)(struct eyas_output *o);	/* after log rotation; may be NULL */
	void (*drop)(struct eyas_output *o);	/* what waits will never go out */
	void (*close)(struct eyas_output *o);
};

/*
 * A channel. Each alert given to it ends up in exactly one of the counters;
 * until then it waits in the channel's queue, which is bounded.
 */
struct eyas_output {
	const struct eyas_output_ops *ops;
	const char *name;	/* for messages: "stdout", the path */
	uint64_t emitted, failed;
};

/* Write to a descriptor that stays the caller's (stdout). */
int eyas_output_fd_open(struct eyas_output **ret, int fd, const char *name,
			struct eyas_err *err) _must_check_;
/* Append to a file, made if needed, mode 0600. Without @keep each alert goes to what
 * has the name then, so that a file that was moved away is made anew. */
int eyas_output_file_open(struct eyas_output **ret, const char *path, bool keep,
			  struct eyas_err *err) _must_check_;

/*
 * Neither blocks on a reader that is slow. 0: everything is out; -EAGAIN: some
 * waits, flush again soon; else -errno of the write: -EPIPE if the channel is
 * gone for good, anything else (-ENOSPC) is tried again by the next call.
 * -ENOBUFS: the queue is full and this alert was dropped.
 */
int eyas_output_emit(struct eyas_output *o, const struct eyas_alert *alert);
int eyas_output_flush(struct eyas_output *o);
int eyas_output_reopen(struct eyas_output *o);
/* Flush for at most @ms; what still waits then is dropped and counted. */
int eyas_output_finish(struct eyas_output *o, int ms);
void eyas_output_close(struct eyas_output *o);	/* NULL is fine */

#endif
