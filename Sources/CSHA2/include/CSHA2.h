/* SHA-256 of libmd (https://www.hadrons.org/software/libmd/), which libedit brings along. */
#ifndef TIAOLI_CSHA2_H
#define TIAOLI_CSHA2_H

#include <stdint.h>
#include <stddef.h>

/* Writes the SHA-256 of some bytes as 64 hexadecimal digits and a NUL. */
void CSHA2_hex(const uint8_t *_Nullable bytes, size_t count, char *_Nonnull digits);

#endif
