// SPDX-License-Identifier: Apache-2.0
/* The checks of eyas doctor, from the kernel up to the rules; nothing is changed. */
#include "doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <linux/capability.h>
#include <linux/eyas.h>
#include "base/util.h"
#include "event/event.h"
#include "rulefiles.h"
#include "source/ctl.h"

#ifndef EYAS_VERSION
#define EYAS_VERSION "0.1.0"
#endif

#define SMALL		4096		/* bytes of a file of /sys or /proc */
#define CONFIG_MAX	(4U << 20)
#define INSTALL		"sudo make install"

static void found(struct eyas_finding *f, enum eyas_finding_state state, const char *fmt, ...)
	_printf_(3, 4);

static void found(struct eyas_finding *f, enum eyas_finding_state state, const char *fmt, ...)
{
	va_list ap;

	f->state = state;
	va_start(ap, fmt);
	eyas_strbuf_vaddf(&f->text, fmt, ap);
	va_end(ap);
}

static void mend(struct eyas_finding *f, const char *fmt, ...) _printf_(2, 3);

static void mend(struct eyas_finding *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	eyas_strbuf_vaddf(&f->mend, fmt, ap);
	va_end(ap);
}

/* The file below the root; false if it can't be read. */
static bool slurp(const struct eyas_doctor *d, const char *path, size_t max, struct eyas_strbuf *sb)
{
	_cleanup_strbuf_ struct eyas_strbuf full = EYAS_STRBUF_INIT;

	eyas_strbuf_addf(&full, "%s%s", d->root, path);
	return eyas_read_file(full.buf, max, sb) == 0;
}

static bool exists(const struct eyas_doctor *d, const char *path)
{
	_cleanup_strbuf_ struct eyas_strbuf full = EYAS_STRBUF_INIT;

	eyas_strbuf_addf(&full, "%s%s", d->root, path);
	return access(full.buf, F_OK) == 0;
}

/* ---- kernel ---- */

static void look_kernel(const struct eyas_doctor *d, struct eyas_finding *f)
{
	unsigned int major = 0, minor = 0;
	int n = sscanf(d->release, "%u.%u", &major, &minor);

	if (n == 2 && (major > 5 || (major == 5 && minor >= 10)))
		found(f, EYAS_FINDING_OK, "%s", d->release);
	else
		found(f, EYAS_FINDING_FAIL, "%s is older than 5.10, the oldest that eyas supports",
		      d->release);
}

static void look_config(const struct eyas_doctor *d, struct eyas_finding *f)
{
	static const char *const needed[] = {
		"CONFIG_MODULES", "CONFIG_TRACEPOINTS", "CONFIG_FTRACE_SYSCALLS", "CONFIG_KPROBES",
	};
	_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT, text = EYAS_STRBUF_INIT;
	char line[64];

	eyas_strbuf_addf(&path, "/boot/config-%s", d->release);
	if (!slurp(d, path.buf, CONFIG_MAX, &text)) {
		found(f, EYAS_FINDING_WARN,
		      "cannot read %s, so it is not known what the kernel can", path.buf);
		return;
	}
	for (size_t i = 0; i < EYAS_ARRAY_LEN(needed); i++) {
		snprintf(line, sizeof(line), "\n%s=y\n", needed[i]);
		if (!strstr(text.buf, line)) {
			found(f, EYAS_FINDING_FAIL, "the kernel was built without %s", needed[i]);
			return;
		}
	}
	found(f, EYAS_FINDING_OK, "tracepoints of system calls, kprobes");
}

static void look_headers(const struct eyas_doctor *d, struct eyas_finding *f)
{
	_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT;

	eyas_strbuf_addf(&path, "/lib/modules/%s/build/Makefile", d->release);
	if (exists(d, path.buf)) {
		found(f, EYAS_FINDING_OK, "/lib/modules/%s/build", d->release);
		return;
	}
	found(f, EYAS_FINDING_WARN, "no kernel headers for %s: the module can't be built here",
	      d->release);
	mend(f, "sudo apt install linux-headers-%s", d->release);
}

/* ---- the module as a file ---- */

static bool is_module(const char *name)
{
	return !strcmp(name, "eyas.ko") || !strcmp(name, "eyas.ko.xz") ||
	       !strcmp(name, "eyas.ko.zst") || !strcmp(name, "eyas.ko.gz");
}

/* Path below the root, in @ret. */
static bool find_module(const struct eyas_doctor *d, struct eyas_strbuf *ret)
{
	_cleanup_strbuf_ struct eyas_strbuf dir = EYAS_STRBUF_INIT;
	char *roots[2] = { NULL, NULL };
	FTSENT *e;
	FTS *fts;

	eyas_strbuf_addf(&dir, "%s/lib/modules/%s", d->root, d->release);
	roots[0] = dir.buf;
	fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	while (fts && !ret->len && (e = fts_read(fts)))
		if (e->fts_info == FTS_F && is_module(e->fts_name))
			eyas_strbuf_adds(ret, e->fts_path + strlen(d->root));
	if (fts)
		fts_close(fts);
	return ret->len > 0;
}

static void look_module(const struct eyas_doctor *d, struct eyas_finding *f)
{
	_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT;

	if (find_module(d, &path)) {
		found(f, EYAS_FINDING_OK, "%s", path.buf);
		return;
	}
	if (d->live && exists(d, "/sys/module/eyas")) {
		found(f, EYAS_FINDING_WARN, "loaded, but not installed for %s: gone after a reboot",
		      d->release);
	} else {
		found(f, EYAS_FINDING_FAIL, "not built for %s", d->release);
	}
	mend(f, INSTALL);
}

/* Compressed ones are signed before they are compressed: can't be told here. */
static bool is_signed(const struct eyas_doctor *d, const char *path)
{
	static const char magic[] = "~Module signature appended~\n";
	_cleanup_strbuf_ struct eyas_strbuf full = EYAS_STRBUF_INIT;
	char tail[sizeof(magic)] = { 0 };
	_cleanup_close_ int fd = -1;

	eyas_strbuf_addf(&full, "%s%s", d->root, path);
	fd = open(full.buf, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || lseek(fd, -(off_t)strlen(magic), SEEK_END) < 0)
		return false;
	return read(fd, tail, strlen(magic)) == (ssize_t)strlen(magic) && !strcmp(tail, magic);
}

static bool secure_boot(const struct eyas_doctor *d)
{
	_cleanup_strbuf_ struct eyas_strbuf v = EYAS_STRBUF_INIT;

	/* Four bytes of attributes, one of value. */
	return slurp(d, "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c",
		     SMALL, &v) &&
	       v.len == 5 && v.buf[4] == 1;
}

static bool locked_down(const struct eyas_doctor *d)
{
	_cleanup_strbuf_ struct eyas_strbuf v = EYAS_STRBUF_INIT;

	return slurp(d, "/sys/kernel/security/lockdown", SMALL, &v) && !strstr(v.buf, "[none]");
}

static bool signatures_enforced(const struct eyas_doctor *d)
{
	_cleanup_strbuf_ struct eyas_strbuf v = EYAS_STRBUF_INIT;

	return slurp(d, "/sys/module/module/parameters/sig_enforce", SMALL, &v) && v.buf[0] == 'Y';
}

static void look_signature(const struct eyas_doctor *d, struct eyas_finding *f)
{
	const char *why = secure_boot(d)	 ? "Secure Boot is on" :
			  locked_down(d)	 ? "the kernel is locked down" :
			  signatures_enforced(d) ? "module.sig_enforce is on" :
						   NULL;
	_cleanup_strbuf_ struct eyas_strbuf path = EYAS_STRBUF_INIT;
	bool have = find_module(d, &path), sealed = have && is_signed(d, path.buf);

	if (!why) {
		found(f, EYAS_FINDING_OK, "%s, and none is asked for: no Secure Boot, no lockdown",
		      !have  ? "no module" :
		      sealed ? "the module is signed" :
			       "the module is not signed");
	} else if (sealed) {
		found(f, EYAS_FINDING_OK, "the module is signed; %s, so its key must be enrolled",
		      why);
	} else if (have && strcmp(path.buf + path.len - 3, ".ko") != 0) {
		found(f, EYAS_FINDING_WARN,
		      "%s; the module is compressed, its signature can't be seen", why);
		mend(f,
		     "sudo mokutil --import /var/lib/dkms/mok.pub, reboot, enroll the key, then " INSTALL);
	}
}

static void look_dkms(const struct eyas_doctor *d, struct eyas_finding *f)
{
	_cleanup_strbuf_ struct eyas_strbuf added = EYAS_STRBUF_INIT, built = EYAS_STRBUF_INIT;

	eyas_strbuf_adds(&added, "/var/lib/dkms/eyas/" EYAS_VERSION "/source");
	eyas_strbuf_addf(&built, "/var/lib/dkms/eyas/" EYAS_VERSION "/%s", d->release);
	if (exists(d, built.buf)) {
		found(f, EYAS_FINDING_OK,
		      "version " EYAS_VERSION " built for %s; new kernels follow", d->release);
		return;
	}
	if (exists(d, added.buf)) {
		found(f, EYAS_FINDING_FAIL,
		      "version " EYAS_VERSION " is added, but not built for %s", d->release);
		mend(f, "sudo dkms install eyas/" EYAS_VERSION " -k %s", d->release);
	} else if (exists(d, "/usr/sbin/dkms")) {
		found(f, EYAS_FINDING_WARN, "version " EYAS_VERSION " is not added");
		mend(f, INSTALL);
	} else {
		found(f, EYAS_FINDING_WARN, "not installed: the module must be built by hand for each "
		      "kernel");
		mend(f, "sudo apt install dkms");
	}
}

/* ---- the module at work ---- */

static void look_loaded(const struct eyas_doctor *d, struct eyas_finding *f)
{
	_cleanup_strbuf_ struct eyas_strbuf version = EYAS_STRBUF_INIT;

	if (!slurp(d, "/sys/module/eyas/version", SMALL, &version)) {
		found(f, EYAS_FINDING_FAIL, "no");
		mend(f, "sudo modprobe eyas");
		return;
	}
	version.buf[strcspn(version.buf, "\n")] = '\0';
	if (eyas_streq(version.buf, EYAS_VERSION)) {
		found(f, EYAS_FINDING_OK, "version %s", version.buf);
		return;
	}
	found(f, EYAS_FINDING_WARN, "version %s, while this program is " EYAS_VERSION, version.buf);
	mend(f, INSTALL " && sudo rmmod eyas && sudo modprobe eyas");
}

static void look_device(const struct eyas_doctor *d, struct eyas_finding *f)
{
	struct stat st;

	(void)d;
	if (stat(EYAS_DEVICE, &st) < 0) {
		found(f, EYAS_FINDING_FAIL, EYAS_DEVICE ": %s", strerror(errno));
		mend(f, "sudo modprobe eyas");
	} else if (!S_ISCHR(st.st_mode)) {
		found(f, EYAS_FINDING_FAIL, EYAS_DEVICE " is no device");
		mend(f, "sudo rm " EYAS_DEVICE " && sudo rmmod eyas && sudo modprobe eyas");
	} else if (st.st_mode & 077) {
		found(f, EYAS_FINDING_WARN, EYAS_DEVICE " is open to others, mode %04o",
		      (unsigned int)st.st_mode & 07777);
		mend(f, "sudo chmod 0600 " EYAS_DEVICE);
	} else {
		found(f, EYAS_FINDING_OK, EYAS_DEVICE ", mode %04o",
		      (unsigned int)st.st_mode & 07777);
	}
}

/* Effective capabilities of this process. */
static uint64_t capabilities(const struct eyas_doctor *d)
{
	_cleanup_strbuf_ struct eyas_strbuf status = EYAS_STRBUF_INIT;
	const char *line;

	if (!slurp(d, "/proc/self/status", 1U << 16, &status))
		return 0;
	line = strstr(status.buf, "\nCapEff:");
	return line ? strtoull(line + strlen("\nCapEff:"), NULL, 16) : 0;
}

static void look_rights(const struct eyas_doctor *d, struct eyas_finding *f)
{
	uint64_t caps = capabilities(d);
	bool sys = caps >> CAP_SYS_ADMIN & 1, net = caps >> CAP_NET_ADMIN & 1;

	if (sys && net)
		found(f, EYAS_FINDING_OK, "CAP_SYS_ADMIN and CAP_NET_ADMIN");
	else
		found(f, EYAS_FINDING_WARN, "no %s%s%s: watching needs it",
		      sys ? "" : "CAP_SYS_ADMIN", sys || net ? "" : ", no ",
		      net ? "" : "CAP_NET_ADMIN");
	if (!sys || !net)
		mend(f, "run it with sudo");
}

static void look_control(const struct eyas_doctor *d, struct eyas_finding *f)
{
	struct eyas_ctl_info info;
	struct eyas_ctl *ctl;
	struct eyas_err err;
	int r = eyas_ctl_open(&ctl, &err);

	(void)d;
	if (!r) {
		r = eyas_ctl_info(ctl, &info, &err);
		eyas_ctl_close(ctl);
	}
	if (r) {
		found(f, r == -EPERM ? EYAS_FINDING_WARN : EYAS_FINDING_FAIL, "%s", err.msg);
	} else if (info.abi_version != EYAS_ABI_VERSION) {
		found(f, EYAS_FINDING_FAIL, "the module speaks interface %u, this program %d",
		      info.abi_version, EYAS_ABI_VERSION);
		mend(f, INSTALL " && sudo rmmod eyas && sudo modprobe eyas");
	} else {
		found(f, EYAS_FINDING_OK, "interface %u, %u of %d sessions", info.abi_version,
		      info.sessions, EYAS_SESSIONS_MAX);
	}
}

/* Where the kernel does not ask its security modules, nobody can listen. */
static void look_anchors(const struct eyas_doctor *d, struct eyas_finding *f)
{
	_cleanup_strbuf_ struct eyas_strbuf missing = EYAS_STRBUF_INIT;
	struct eyas_ctl_info info = { .anchors = 0 };
	struct eyas_ctl *ctl;
	struct eyas_err err;
	int r = eyas_ctl_open(&ctl, &err);

	(void)d;
	if (!r) {
		r = eyas_ctl_info(ctl, &info, &err);
		eyas_ctl_close(ctl);
	}
	for (unsigned int i = 0; !r && i < EYAS_ANCHOR_MAX; i++)
		if (!(info.anchors >> i & 1))
			eyas_strbuf_addf(&missing, "%s%s", missing.len ? ", " : "",
					 eyas_event_anchor_name(i));
	if (r) {
		found(f, EYAS_FINDING_WARN, "%s", err.msg);
	} else if (missing.len) {
		found(f, EYAS_FINDING_WARN, "this kernel has none for %s; those of paths need %s",
		      missing.buf, "CONFIG_SECURITY_PATH");
	} else {
		found(f, EYAS_FINDING_OK, "all %d places where the kernel asks", EYAS_ANCHOR_MAX);
	}
}

static void look_rules(const struct eyas_doctor *d, struct eyas_finding *f)
{
	struct eyas_rulefiles files = { .v = { .len = 0 } };
	struct eyas_ruleset_options opt = { .min_priority = EYAS_PRIO_DEBUG };
	struct eyas_ruleset *rules = NULL;
	struct eyas_load_result res = { .len = 0 };
	struct eyas_err err;

	(void)d;
	if (eyas_rulefiles_add_default(&files, &err) < 0) {
		found(f, EYAS_FINDING_FAIL, "%s", err.msg);
		mend(f, INSTALL);
	} else if (eyas_ruleset_load(&rules, files.v.data, files.v.len, &opt, &res) < 0) {
		found(f, EYAS_FINDING_FAIL, "%zu errors in the %zu files that came with eyas",
		      res.errors, files.v.len);
		mend(f, "eyas rules check %s", files.v.data[0].name);
	} else {
		found(f, EYAS_FINDING_OK, "%zu rules in %zu files", eyas_ruleset_len(rules),
		      files.v.len);
	}
	eyas_load_result_release(&res);
	eyas_ruleset_free(rules);
	eyas_rulefiles_release(&files);
}

/* clang-format off */
static const struct eyas_doctor_check checks[] = {
	{ "kernel",	look_kernel,	false },
	{ "config",	look_config,	false },
	{ "headers",	look_headers,	false },
	{ "dkms",	look_dkms,	false },
	{ "module",	look_module,	false },
	{ "signature",	look_signature,	false },
	{ "loaded",	look_loaded,	true },
	{ "device",	look_device,	true },
	{ "rights",	look_rights,	true },
	{ "control",	look_control,	true },
	{ "anchors",	look_anchors,	true },
	{ "rules",	look_rules,	true },
};
/* clang-format on */

const struct eyas_doctor_check *eyas_doctor_checks(size_t *ret_len)
{
	*ret_len = EYAS_ARRAY_LEN(checks);
	return checks;
}
