// SPDX-License-Identifier: Apache-2.0
/* Docker: a folder for each container, whose files its daemon writes before the start. */
#include <errno.h>
#include <string.h>
#include "base/util.h"
#include "enrich/reading.h"

#define CONTAINER	"%s/containers/%s/"

/* Where the daemon keeps everything. */
static const char *data_root(const json_t *daemon)
{
	const char *path = eyas_reading_text(daemon, "data-root");

	return path && *path == '/' ? path : "/var/lib/docker";
}

static void take_mounts(const struct eyas_reading *r, const json_t *points)
{
	const char *dest;
	json_t *m;

	json_object_foreach((json_t *)points, dest, m) {
		struct eyas_mount mount = {
			.source = eyas_reading_text(m, "Source"),
			.dest = dest,
			.mode = eyas_reading_text(m, "Mode"),
			.propagation = eyas_reading_text(m, "Propagation"),
			.rdwr = json_is_true(json_object_get(m, "RW")),
		};

		eyas_reading_mount(r, &mount);
	}
}

static void take_address(const struct eyas_reading *r, const json_t *settings)
{
	const char *name, *ip = eyas_reading_text(settings, "IPAddress");
	json_t *network;

	json_object_foreach(json_object_get(settings, "Networks"), name, network)
		ip = ip ? ip : eyas_reading_text(network, "IPAddress");
	r->c->ip = eyas_reading_keep(r, ip);
}

static enum eyas_told is_host(const json_t *host, const char *key)
{
	const char *mode = json_string_value(json_object_get(host, key));

	return mode && eyas_streq(mode, "host") ? EYAS_TOLD_YES : EYAS_TOLD_NO;
}

static void take_rights(const struct eyas_reading *r, const json_t *host)
{
	if (!json_is_object(host))
		return;
	r->c->privileged = json_is_true(json_object_get(host, "Privileged")) ? EYAS_TOLD_YES :
									       EYAS_TOLD_NO;
	r->c->host_pid = is_host(host, "PidMode");
	r->c->host_network = is_host(host, "NetworkMode");
	r->c->host_ipc = is_host(host, "IpcMode");
}

/* All names of an image are members: "repo:tag" and "repo@digest", each with its id. */
static void take_names(const struct eyas_reading *r, const json_t *repositories, const char *id)
{
	json_t *names, *of;
	const char *repo, *name;

	json_object_foreach(json_object_get(repositories, "Repositories"), repo, names) {
		if (r->c->image_repository && !eyas_streq(repo, r->c->image_repository))
			continue;
		json_object_foreach(names, name, of)
			if (json_is_string(of) && eyas_streq(json_string_value(of), id))
				eyas_reading_image(r, name);
	}
}

int eyas_runtime_docker(const struct eyas_reading *r)
{
	_cleanup_json_ json_t *daemon =
		eyas_reading_file(r, EYAS_READ_BUNDLE_MAX, "/etc/docker/daemon.json");
	const char *root = data_root(daemon), *name, *id, *driver;
	_cleanup_json_ json_t *conf =
		eyas_reading_file(r, EYAS_READ_BUNDLE_MAX, CONTAINER "config.v2.json", root, r->id);
	_cleanup_json_ json_t *host = NULL, *names = NULL;
	const json_t *config = json_object_get(conf, "Config");

	if (!json_is_object(conf))
		return -ENOENT;
	r->c->type = "docker";
	name = eyas_reading_text(conf, "Name");
	r->c->name = eyas_reading_keep(r, name && *name == '/' ? name + 1 : name);
	eyas_reading_image(r, eyas_reading_text(config, "Image"));
	eyas_reading_labels(r, json_object_get(config, "Labels"), false);
	take_mounts(r, json_object_get(conf, "MountPoints"));
	take_address(r, json_object_get(conf, "NetworkSettings"));
	host = eyas_reading_file(r, EYAS_READ_BUNDLE_MAX, CONTAINER "hostconfig.json", root, r->id);
	take_rights(r, host);
	id = eyas_reading_text(conf, "Image");
	eyas_reading_image_id(r, id);
	driver = eyas_reading_text(conf, "Driver");
	if (!id || !driver || strchr(driver, '/'))
		return 0;
	names = eyas_reading_file(r, EYAS_READ_LIST_MAX, "%s/image/%s/repositories.json", root,
				  driver);
	take_names(r, names, id);
	return 0;
}
