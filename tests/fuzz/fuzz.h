/* SPDX-License-Identifier: Apache-2.0 */
/* What a fuzz target defines: libFuzzer calls it (make fuzz), or replay.c (make fuzz-replay). */
#ifndef EYAS_TEST_FUZZ_H
#define EYAS_TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
