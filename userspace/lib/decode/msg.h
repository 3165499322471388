/* SPDX-License-Identifier: Apache-2.0 */
/* What sockets are given: addresses, vectors, messages and what goes with them. */
#ifndef EYAS_DECODE_MSG_H
#define EYAS_DECODE_MSG_H

#include <stdint.h>
#include "decode/arg.h"

/* struct sockaddr, @len bytes of it, at least 2. */
void eyas_dec_sockaddr(struct eyas_decode *d, const unsigned char *p, uint32_t len);

/* "1.2.3.4"; returns its length. */
size_t eyas_dec_ipv4(char text[16], const unsigned char *p);

/* inet_addr("1.2.3.4"); of IPv6 with its member's name, which goes inside. */
void eyas_dec_in_addr(struct eyas_decode *d, const unsigned char *p);
void eyas_dec_in6_addr(struct eyas_decode *d, const char *name, const unsigned char *p);

/* "01:02:03" of the first @shown of @len bytes. */
void eyas_dec_hwaddr(struct eyas_decode *d, const unsigned char *p, uint32_t len, uint32_t shown);

void eyas_dec_ifindex(struct eyas_decode *d, uint32_t index);
void eyas_dec_mac(struct eyas_decode *d, const unsigned char *p, uint32_t len);

/* Control messages: what was recorded of @full bytes at @addr. */
void eyas_dec_control(struct eyas_decode *d, const struct eyas_dec_mem *m, uint64_t addr,
		      uint64_t full);

eyas_dec_print eyas_dec_arg_iniov, eyas_dec_arg_outiov, eyas_dec_arg_inmsg, eyas_dec_arg_outmsg;
eyas_dec_print eyas_dec_arg_insockaddr, eyas_dec_arg_outsockaddr;
eyas_dec_print eyas_dec_arg_socklen, eyas_dec_arg_room; /* of an address; of anything */
eyas_dec_print eyas_dec_arg_inmmsg, eyas_dec_arg_outmmsg;

#endif
