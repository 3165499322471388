/* SPDX-License-Identifier: GPL-2.0 */
/* Sockets as the kernel has them: what kind, both ends, whose. */
#ifndef EYAS_SOCKET_H
#define EYAS_SOCKET_H

#include <linux/fs.h>
#include <linux/net.h>
#include "writer.h"

/* Blobs about a socket; false if the ring has no room. */
bool eyas_socket_file(struct eyas_writer *w, struct file *file, u8 arg);
bool eyas_socket_object(struct eyas_writer *w, struct socket *sock, u8 arg);

#endif /* EYAS_SOCKET_H */
