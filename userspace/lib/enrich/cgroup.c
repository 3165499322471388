// SPDX-License-Identifier: Apache-2.0
/* Container ids in cgroup paths: one table of the forms that runtimes use. */
#include <stdbool.h>
#include <string.h>
#include <sys/types.h>
#include "enrich/cgroup.h"

#define HEX_ID	64

struct span { const char *p; size_t len; };

/* What precedes a 64-digit id in a path component. "" is a bare id. */
static const char *const id_prefixes[] = {
	"docker-", "cri-containerd-", "crio-", "libpod-payload-", "libpod-", "nerdctl-",
	"cri-dockerd-", "runc-", "crun-", "",
};

/* Monitors of a container run on the host, though their cgroup has its id. */
static const char *const monitor_prefixes[] = {
	"libpod-conmon-", "crio-conmon-", "lxc.monitor.",
};

static bool starts(struct span s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.len >= n && !memcmp(s.p, prefix, n);
}

static bool equals(struct span s, const char *text)
{
	return s.len == strlen(text) && starts(s, text);
}

static bool is_hex_id(const char *p, size_t len)
{
	return len == HEX_ID && strspn(p, "0123456789abcdef") >= HEX_ID;
}

static bool is_monitor(struct span c)
{
	for (size_t i = 0; i < sizeof(monitor_prefixes) / sizeof(*monitor_prefixes); i++)
		if (starts(c, monitor_prefixes[i]))
			return true;
	return equals(c, "supervisor");
}

/* The id in one component; {0} if there is none. */
static struct span component_id(struct span c)
{
	static const char scope[] = ".scope";
	size_t n = sizeof(scope) - 1;

	if (c.len > n && !memcmp(c.p + c.len - n, scope, n))
		c.len -= n;
	for (size_t i = 0; i < sizeof(id_prefixes) / sizeof(*id_prefixes); i++) {
		size_t len = strlen(id_prefixes[i]);

		if (starts(c, id_prefixes[i]) && is_hex_id(c.p + len, c.len - len))
			return (struct span){ c.p + len, c.len - len };
	}
	/* containerd told to use cgroupfs under systemd: "SLICE:cri-containerd:ID" */
	if (c.len > HEX_ID && c.p[c.len - HEX_ID - 1] == ':' &&
	    is_hex_id(c.p + c.len - HEX_ID, HEX_ID))
		return (struct span){ c.p + c.len - HEX_ID, HEX_ID };
	if (starts(c, "lxc.payload."))
		return (struct span){ c.p + 12, c.len - 12 };
	return (struct span){ 0 };
}

/*
 * systemd-nspawn keeps what it runs in "payload", below the service or scope of
 * the machine. A virtual machine has a scope, too, and no payload.
 */
static struct span machine_name(struct span c)
{
	static const char *const forms[][2] = {
		{ "systemd-nspawn@", ".service" }, { "machine-", ".scope" },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		size_t n = strlen(forms[i][0]), end = strlen(forms[i][1]);

		if (c.len > n + end && starts(c, forms[i][0]) &&
		    !memcmp(c.p + c.len - end, forms[i][1], end))
			return (struct span){ c.p + n, c.len - n - end };
	}
	return (struct span){ 0 };
}

/* The innermost id of a path, so that nested containers are told apart. */
static struct span path_id(struct span path)
{
	size_t end = path.len;

	while (end > 0) {
		size_t start = end;
		struct span c, parent, id;
		size_t pstart;

		while (start > 0 && path.p[start - 1] != '/')
			start--;
		c = (struct span){ path.p + start, end - start };
		if (is_monitor(c))
			return (struct span){ 0 };
		id = component_id(c);
		if (id.len)
			return id;
		end = start ? start - 1 : 0;
		pstart = end;
		while (pstart > 0 && path.p[pstart - 1] != '/')
			pstart--;
		parent = (struct span){ path.p + pstart, end - pstart };
		if (c.len && (equals(parent, "lxc") || equals(parent, "lxc.payload")))
			return c;
		id = equals(c, "payload") ? machine_name(parent) : (struct span){ 0 };
		if (id.len)
			return id;
	}
	return (struct span){ 0 };
}

/* systemd writes what can't be in the name of a unit as "\\x2d". */
static void unescape(struct span id, char *out)
{
	for (size_t i = 0; i < id.len; i++) {
		if (id.len - i >= 4 && !memcmp(id.p + i, "\\x2d", 4)) {
			*out++ = '-';
			i += 3;
		} else {
			*out++ = id.p[i];
		}
	}
	*out = '\0';
}

void eyas_cgroup_container(const char *text, char ret[EYAS_CONTAINER_ID_MAX + 1])
{
	ret[0] = '\0';
	while (*text) {
		size_t len = strcspn(text, "\n");
		const char *colon = memchr(text, ':', len);

		if (colon)
			colon = memchr(colon + 1, ':', len - (size_t)(colon + 1 - text));
		if (colon) {
			struct span id = path_id(
				(struct span){ colon + 1, len - (size_t)(colon + 1 - text) });

			if (id.len > EYAS_CONTAINER_ID_MAX)
				id.len = EYAS_CONTAINER_ID_MAX;
			if (id.len) {
				unescape(id, ret);
				return;
			}
		}
		text += len + (text[len] == '\n');
	}
}
