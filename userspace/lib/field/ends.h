/* SPDX-License-Identifier: Apache-2.0 */
/* The ends of the socket that an event is about, as far as the event tells. */
#ifndef EYAS_FIELD_ENDS_H
#define EYAS_FIELD_ENDS_H

#include "field/field.h"

/* A socket address that the call was given, or that it gave. */
struct eyas_peer {
	uint16_t family;	/* AF_* */
	uint16_t port;
	uint8_t addr[16];	/* 4 bytes of it for IPv4 */
	struct eyas_text path;	/* AF_UNIX */
};
/* 0; -ENOENT if there is none; -EBADMSG, with the family, if it is cut or of no kind we know. */
int eyas_peer_get(const struct eyas_event *ev, struct eyas_peer *ret);
/* "1.2.3.4:80", "::1:80", a path. 0, -ENOMEM. */
int eyas_peer_text(const struct eyas_peer *peer, struct eyas_arena *arena,
		   struct eyas_text *ret);

enum eyas_role { EYAS_ROLE_NONE, EYAS_ROLE_CLIENT, EYAS_ROLE_SERVER };

struct eyas_end {
	uint8_t family;		/* 4, 6; 0: not known */
	bool any;		/* its address is not chosen yet, addr is 0 */
	uint16_t port;
	uint8_t addr[16];
};

struct eyas_ends {
	struct eyas_end local, remote;
	enum eyas_role role;	/* of our own side */
	bool connected;
	bool renamed;		/* this event gave it another other end */
};

/* 0, -ENOMEM, or -ENOENT if the event is about no descriptor. Of one that is no internet
 * socket no end is known. */
int eyas_ends_get(const struct eyas_field_ctx *ctx, struct eyas_ends *ret);

/* Type and transport of the socket as the kernel has it, as in struct eyas_fd; 0 if
 * it did not tell. */
char eyas_ends_type(const struct eyas_field_ctx *ctx, char *ret_proto);

/* Name of the socket: "1.2.3.4:5->6.7.8.9:80" with the client first, what is not
 * known left out; "6.7.8.9:80"; a path. 0, -ENOENT, -ENOMEM. */
int eyas_ends_name(const struct eyas_field_ctx *ctx, struct eyas_text *ret);

/* Both ends as the data of this call goes: "1.2.3.4:5->6.7.8.9:80", and of a unix
 * socket its inodes and its path, "2a->2b /run/x". 0, -ENOENT, -ENOMEM. */
int eyas_ends_tuple(const struct eyas_field_ctx *ctx, struct eyas_text *ret);

#endif
