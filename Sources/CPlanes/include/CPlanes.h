#ifndef CPLANES_H
#define CPLANES_H

#include <stddef.h>
#include <stdint.h>

// Bits from numbers and bytes, 64 a word, the first in the lowest bit of the first word; with vector instructions where the processor has
// them. What ends in `_plainly` does the same without.

/// How two numbers are compared.
typedef enum { PlanesEqual, PlanesLess, PlanesGreater } PlanesRelation;

/// Compares 64 × `words` numbers with one.
void planes_compare_64(const int64_t *numbers, size_t words, PlanesRelation relation, int64_t literal, uint64_t *result);
void planes_compare_64_plainly(
    const int64_t *numbers, size_t words, PlanesRelation relation, int64_t literal, uint64_t *result);

/// The same for numbers of 32 bits.
void planes_compare_32(const int32_t *numbers, size_t words, PlanesRelation relation, int32_t literal, uint64_t *result);
void planes_compare_32_plainly(
    const int32_t *numbers, size_t words, PlanesRelation relation, int32_t literal, uint64_t *result);

/// Takes one bit of each of 64 × `words` numbers.
void planes_bit_32(const int32_t *numbers, size_t words, int bit, uint64_t *result);
void planes_bit_32_plainly(const int32_t *numbers, size_t words, int bit, uint64_t *result);

/// Marks where any of four bytes stands in a text, in (count + 63) / 64 words.
void planes_mark(const uint8_t *text, size_t count, const uint8_t wanted[4], uint64_t *marks);
void planes_mark_plainly(const uint8_t *text, size_t count, const uint8_t wanted[4], uint64_t *marks);

#endif
