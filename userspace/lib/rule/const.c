// SPDX-License-Identifier: Apache-2.0
/* Constants of conditions: one parser for each type. */
#include "rule/const.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

struct input {
	const struct eyas_op *op;
	const struct eyas_word *word;
	struct eyas_arena *arena;
	struct eyas_err *err;
};

typedef int parse_fn(const struct input *in, struct eyas_const *ret);

#define SHOWN(w)	(int)((w)->len < 64 ? (w)->len : 64), (w)->s

static int parse_text(const struct input *in, struct eyas_const *ret)
{
	if (memchr(in->word->s, '\0', in->word->len))
		return eyas_err_set(in->err, -EINVAL, "text may not hold a NUL byte");
	ret->v.s.p = in->word->s;
	ret->v.s.len = in->word->len;
	if (in->op->id != EYAS_OP_REGEX)
		return 0;
	return eyas_regexp_create(&ret->re, in->word->s, in->word->len, in->err);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int parse_hex_bytes(const struct input *in, struct eyas_const *ret)
{
	const struct eyas_word *w = in->word;
	char *buf = eyas_arena_alloc(in->arena, w->len / 2 + 1);

	if (!buf)
		return -ENOMEM;
	for (size_t i = 0; i < w->len; i += 2) {
		if (w->len % 2 || hex(w->s[i]) < 0 || hex(w->s[i + 1]) < 0)
			return eyas_err_set(in->err, -EINVAL, "bcontains and bstartswith operator "
					    "support hex strings only");
		buf[i / 2] = (char)(hex(w->s[i]) << 4 | hex(w->s[i + 1]));
	}
	ret->v.s.p = buf;
	ret->v.s.len = w->len / 2;
	return 0;
}

static int parse_bytes(const struct input *in, struct eyas_const *ret)
{
	if (in->op->id == EYAS_OP_BCONTAINS || in->op->id == EYAS_OP_BSTARTSWITH)
		return parse_hex_bytes(in, ret);
	ret->v.s.p = in->word->s;
	ret->v.s.len = in->word->len;
	return 0;
}

static int not_a_number(const struct input *in)
{
	return eyas_err_set(in->err, -EINVAL, "%.*s is not a valid number", SHOWN(in->word));
}

static bool is_hex_number(const char *s)
{
	s += *s == '+' || *s == '-';
	return s[0] == '0' && (s[1] | 0x20) == 'x';
}

/* No octal: a leading zero means nothing. */
static bool read_int(const struct eyas_word *w, bool is_signed, uint64_t *ret)
{
	int base = is_hex_number(w->s) ? 16 : 10;
	char *end;

	if (!w->len || strlen(w->s) != w->len || w->s[0] <= ' ')
		return false;
	errno = 0;
	/* Text of a negative number wraps for unsigned fields. */
	if (w->s[0] == '-' || (is_signed && base == 10))
		*ret = (uint64_t)strtoll(w->s, &end, base);
	else
		*ret = strtoull(w->s, &end, base);
	return !errno && end != w->s && !*end;
}

static int parse_int(const struct input *in, struct eyas_const *ret)
{
	return read_int(in->word, true, &ret->v.u) ? 0 : not_a_number(in);
}

static int parse_uint(const struct input *in, struct eyas_const *ret)
{
	return read_int(in->word, false, &ret->v.u) ? 0 : not_a_number(in);
}

static int parse_double(const struct input *in, struct eyas_const *ret)
{
	char *end;

	ret->v.d = strtod(in->word->s, &end);
	return in->word->len && end == in->word->s + in->word->len ? 0 : not_a_number(in);
}

static int parse_bool(const struct input *in, struct eyas_const *ret)
{
	if (strcmp(in->word->s, "true") != 0 && strcmp(in->word->s, "false") != 0)
		return eyas_err_set(in->err, -EINVAL,
				    "unrecognized boolean value '%.*s'; use true or false",
				    SHOWN(in->word));
	ret->v.u = in->word->s[0] == 't';
	return 0;
}

static int parse_port(const struct input *in, struct eyas_const *ret)
{
	struct servent se, *found = NULL;
	char buf[1024];

	if (read_int(in->word, false, &ret->v.u)) {
		if (ret->v.u > 65535)
			return eyas_err_set(in->err, -EINVAL, "%.*s is not a valid port",
					    SHOWN(in->word));
		return 0;
	}
	if (getservbyname_r(in->word->s, NULL, &se, buf, sizeof(buf), &found) || !found)
		return eyas_err_set(in->err, -EINVAL,
				    "unknown port '%.*s': neither a number nor a service of "
				    "/etc/services",
				    SHOWN(in->word));
	ret->v.u = ntohs((uint16_t)found->s_port);
	return 0;
}

/* An IPv4 address in IPv6's clothes is an IPv4 address. */
static void unmap(struct eyas_value *v)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	if (v->ip.family != 6 || v->ip.prefix < 96 ||
	    memcmp(v->ip.addr, mapped, sizeof(mapped)) != 0)
		return;
	memmove(v->ip.addr, v->ip.addr + 12, 4);
	memset(v->ip.addr + 4, 0, 12);
	v->ip.family = 4;
	v->ip.prefix = (uint8_t)(v->ip.prefix - 96);
}

static bool read_ip(const char *s, struct eyas_value *v)
{
	if (inet_pton(AF_INET, s, v->ip.addr) == 1)
		v->ip.family = 4;
	else if (inet_pton(AF_INET6, s, v->ip.addr) == 1)
		v->ip.family = 6;
	else
		return false;
	v->ip.prefix = v->ip.family == 4 ? 32 : 128;
	return true;
}

static int parse_ip(const struct input *in, struct eyas_const *ret)
{
	if (!read_ip(in->word->s, &ret->v))
		return eyas_err_set(in->err, -EINVAL, "unrecognized IP address '%.*s'",
				    SHOWN(in->word));
	unmap(&ret->v);
	return 0;
}

static int parse_net(const struct input *in, struct eyas_const *ret)
{
	const char *slash = strchr(in->word->s, '/');
	_cleanup_free_ char *addr = NULL;
	struct eyas_word len;
	uint64_t prefix;

	if (slash) {
		addr = strndup(in->word->s, (size_t)(slash - in->word->s));
		if (!addr)
			return -ENOMEM;
		len = (struct eyas_word){ slash + 1, strlen(slash + 1) };
		/* 0 bits of IPv6 is refused, of IPv4 it is not: so it is in Falco. */
		if (read_ip(addr, &ret->v) && read_int(&len, false, &prefix) &&
		    prefix <= ret->v.ip.prefix && (prefix || ret->v.ip.family == 4)) {
			ret->v.ip.prefix = (uint8_t)prefix;
			unmap(&ret->v);
			return 0;
		}
	}
	return eyas_err_set(in->err, -EINVAL,
			    "unrecognized IP network '%.*s'; write it as 10.0.0.0/8",
			    SHOWN(in->word));
}

/* clang-format off */
static parse_fn *const parsers[] = {
	[EYAS_T_STRING] = parse_text,
	[EYAS_T_BYTES] = parse_bytes,
	[EYAS_T_INT] = parse_int,
	[EYAS_T_UINT] = parse_uint,
	[EYAS_T_BOOL] = parse_bool,
	[EYAS_T_DOUBLE] = parse_double,
	[EYAS_T_RELTIME] = parse_uint,
	[EYAS_T_ABSTIME] = parse_uint,
	[EYAS_T_IP] = parse_ip,
	[EYAS_T_NET] = parse_net,
	[EYAS_T_PORT] = parse_port,
};
/* clang-format on */

int eyas_const_parse(enum eyas_type type, const struct eyas_op *op, const struct eyas_word *word,
		     struct eyas_arena *arena, struct eyas_const *ret, struct eyas_err *err)
{
	struct input in = { op, word, arena, err };

	memset(ret, 0, sizeof(*ret));
	ret->v.type = type;
	if (type == EYAS_T_NONE)
		return eyas_err_set(err, -EINVAL, "values of this field cannot be compared");
	return parsers[type](&in, ret);
}

void eyas_const_release(struct eyas_const *c)
{
	eyas_regexp_free(c->re);
	c->re = NULL;
}
