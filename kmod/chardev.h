/* SPDX-License-Identifier: GPL-2.0 */
/* /dev/eyas: open is a session, mmap its data, poll its readiness. */
#ifndef EYAS_CHARDEV_H
#define EYAS_CHARDEV_H

int eyas_chardev_init(void);
void eyas_chardev_exit(void);

#endif /* EYAS_CHARDEV_H */
