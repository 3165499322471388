/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All lists of names. Who includes this file defines BITS(), ENUM(), X() and
 * END first; they are undefined afterwards.
 *
 *   BITS(list, "what stands for bits that it does not know")
 *   ENUM(list, "what stands for a value that it does not know"), ascending
 *   X(name, value)
 *   END
 *
 * Bits are printed in the order of their list: what has several goes before
 * what has one of them.
 */
#include "decode/xlat/bpf.tbl"
#include "decode/xlat/fs.tbl"
#include "decode/xlat/ioctl.tbl"
#include "decode/xlat/ipc.tbl"
#include "decode/xlat/kernel.tbl"
#include "decode/xlat/mem.tbl"
#include "decode/xlat/net.tbl"
#include "decode/xlat/proc.tbl"
#include "decode/xlat/signal.tbl"
#include "decode/xlat/sockopt.tbl"
#include "decode/xlat/time.tbl"

#undef BITS
#undef ENUM
#undef X
#undef END
