// SPDX-License-Identifier: Apache-2.0
/* The processes that were traced, as a tree: what they ran, how they ended. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "trace/tables.h"

#define DEPTH_MAX	64	/* deeper ones are shown at this depth */
#define NS_PER_S	1000000000U

/* One life of a pid. */
struct node {
	struct node *parent, *first, *last, *next;
	uint32_t pid, status;
	uint64_t born, died;		/* ns since the epoch; born 0: before the trace */
	bool ended;
	char comm[16];
	char *exe;			/* NULL: it did not call exec */
};

struct eyas_trace_proctree {
	struct eyas_map by_pid;		/* living ones */
	struct node *first, *last;	/* roots */
	EYAS_VEC(struct node *) nodes;
};

struct eyas_trace_proctree *eyas_proctree_new(void)
{
	return calloc(1, sizeof(struct eyas_trace_proctree));
}

void eyas_proctree_free(struct eyas_trace_proctree *tr)
{
	if (!tr)
		return;
	for (size_t i = 0; i < tr->nodes.len; i++) {
		free(tr->nodes.data[i]->exe);
		free(tr->nodes.data[i]);
	}
	eyas_vec_release(&tr->nodes);
	eyas_map_release(&tr->by_pid);
	free(tr);
}

static int node_add(struct eyas_trace_proctree *tr, struct node *parent, uint32_t pid,
		    struct node **ret)
{
	struct node *n = calloc(1, sizeof(*n));
	struct node **first = parent ? &parent->first : &tr->first;
	struct node **last = parent ? &parent->last : &tr->last;

	if (!n || eyas_vec_push(&tr->nodes, n) < 0) {
		free(n);
		return -ENOMEM;
	}
	n->pid = pid;
	n->parent = parent;
	if (*last)
		(*last)->next = n;
	else
		*first = n;
	*last = n;
	*ret = n;
	return eyas_map_set(&tr->by_pid, pid, n);
}

static int node_get(struct eyas_trace_proctree *tr, uint32_t pid, struct node **ret)
{
	*ret = eyas_map_get(&tr->by_pid, pid);
	return *ret ? 0 : node_add(tr, NULL, pid, ret);
}

static int on_fork(struct eyas_trace_proctree *tr, const struct eyas_event *ev)
{
	struct node *parent, *n;
	int r = 0;

	if (ev->fork->flags & EYAS_FORK_F_THREAD)
		return 0;
	r = node_get(tr, ev->pid, &parent);
	if (!r)
		r = node_add(tr, parent, ev->fork->child_pid, &n);
	if (r)
		return r;
	n->born = ev->time;
	memcpy(n->comm, ev->task->comm, sizeof(n->comm));
	return 0;
}

static int on_exec(struct eyas_trace_proctree *tr, const struct eyas_event *ev)
{
	const struct eyas_event_blob *b = eyas_event_blob(ev, EYAS_BLOB_EXE_PATH, EYAS_BLOB_NO_ARG);
	struct node *n;
	char *exe;
	int r = node_get(tr, ev->pid, &n);

	if (r)
		return r;
	memcpy(n->comm, ev->task->comm, sizeof(n->comm));
	exe = b ? strndup(b->data, b->len) : NULL;
	if (b && !exe)
		return -ENOMEM;
	free(n->exe);
	n->exe = exe;
	return 0;
}

static void on_end(struct eyas_trace_proctree *tr, const struct eyas_event *ev)
{
	struct node *n = eyas_map_get(&tr->by_pid, ev->pid);

	if (!n)
		return;
	/* What counts is the leader's status, or that of the last thread if it was killed. */
	if (ev->tid == ev->pid || ev->exit->flags & EYAS_EXIT_F_GROUP)
		n->status = ev->exit->status;
	if (!(ev->exit->flags & EYAS_EXIT_F_GROUP))
		return;
	n->ended = true;
	n->died = ev->time;
	eyas_map_del(&tr->by_pid, ev->pid);
}

int eyas_proctree_event(struct eyas_trace_proctree *tr, const struct eyas_event *ev)
{
	struct node *n;

	if (ev->fork)
		return on_fork(tr, ev);
	if (ev->type == EYAS_REC_EXEC)
		return on_exec(tr, ev);
	if (ev->exit)
		on_end(tr, ev);
	else if (ev->enter || ev->sys)
		return node_get(tr, ev->pid, &n);
	return 0;
}

/* ---- printing ---- */

static void put_end(struct eyas_strbuf *out, const struct node *n)
{
	unsigned int sig = n->status & 0x7f;
	const char *name = sig ? eyas_decode_signame(sig) : NULL;

	if (!n->ended)
		eyas_strbuf_adds(out, "still runs");
	else if (name)
		eyas_strbuf_addf(out, "killed by SIG%s%s", name,
				 n->status & 0x80 ? " (core dumped)" : "");
	else if (sig)
		eyas_strbuf_addf(out, "killed by signal %u", sig);
	else
		eyas_strbuf_addf(out, "exited with %u", (unsigned int)(n->status >> 8 & 0xff));
	if (n->ended && n->born) {
		uint64_t ns = n->died > n->born ? n->died - n->born : 0;

		eyas_strbuf_addf(out, " after %" PRIu64 ".%03" PRIu64 " s", ns / NS_PER_S,
				 ns % NS_PER_S / 1000000);
	}
}

static void put_text(struct eyas_strbuf *out, const char *p, size_t len)
{
	for (size_t i = 0; i < len && p[i]; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c < ' ' || c == 0x7f)
			eyas_strbuf_addf(out, "\\%o", c);
		else
			eyas_strbuf_addc(out, p[i]);
	}
}

static void put_node(struct eyas_strbuf *out, const struct node *n, unsigned int depth)
{
	const struct node *up[DEPTH_MAX] = { NULL };
	const struct node *p = n;

	if (depth > DEPTH_MAX)
		depth = DEPTH_MAX;
	for (unsigned int i = depth; i; i--) {
		up[i - 1] = p;
		p = p->parent;
	}
	for (unsigned int i = 0; i < depth; i++) {
		bool last = i + 1 == depth;

		eyas_strbuf_adds(out, up[i]->next ? last ? "|-- " : "|   " :
				      last	  ? "`-- " :
						    "    ");
	}
	eyas_strbuf_addf(out, "%" PRIu32 " ", n->pid);
	put_text(out, n->comm, sizeof(n->comm));
	if (n->exe) {
		eyas_strbuf_adds(out, " (");
		put_text(out, n->exe, strlen(n->exe));
		eyas_strbuf_addc(out, ')');
	}
	eyas_strbuf_adds(out, ", ");
	put_end(out, n);
	eyas_strbuf_addc(out, '\n');
}

void eyas_proctree_text(const struct eyas_trace_proctree *tr, struct eyas_strbuf *out)
{
	const struct node *n = tr->first;
	unsigned int depth = 0;

	/* Down, then right, then up and right: without recursion, chains may be long. */
	while (n) {
		put_node(out, n, depth);
		if (n->first) {
			n = n->first;
			depth++;
			continue;
		}
		while (n && !n->next) {
			n = n->parent;
			depth--;
		}
		if (n)
			n = n->next;
	}
}
