#include "CPlanes.h"

// The same loop for both widths.
#define PLAIN(TEST)                                                                          \
  for (size_t word = 0; word < words; word++) {                                              \
    uint64_t bits = 0;                                                                       \
    for (int row = 0; row < 64; row++) bits |= (uint64_t)(numbers[row] TEST literal) << row; \
    result[word] = bits;                                                                     \
    numbers += 64;                                                                           \
  }

#define PLAIN_COMPARISON(NAME, NUMBER)                                                                        \
  void NAME(const NUMBER *numbers, size_t words, PlanesRelation relation, NUMBER literal, uint64_t *result) { \
    switch (relation) {                                                                                       \
      case PlanesEqual: PLAIN(==) break;                                                                      \
      case PlanesLess: PLAIN(<) break;                                                                        \
      case PlanesGreater: PLAIN(>) break;                                                                     \
    }                                                                                                         \
  }

PLAIN_COMPARISON(planes_compare_64_plainly, int64_t)
PLAIN_COMPARISON(planes_compare_32_plainly, int32_t)

void planes_bit_32_plainly(const int32_t *numbers, size_t words, int bit, uint64_t *result) {
  for (size_t word = 0; word < words; word++) {
    uint64_t bits = 0;
    for (int row = 0; row < 64; row++) bits |= (uint64_t)((uint32_t)numbers[row] >> bit & 1) << row;
    result[word] = bits;
    numbers += 64;
  }
}

static uint64_t mark_some(const uint8_t *text, size_t count, const uint8_t wanted[4]) {
  uint64_t bits = 0;
  for (size_t place = 0; place < count; place++) {
    uint8_t byte = text[place];
    uint64_t is = byte == wanted[0] || byte == wanted[1] || byte == wanted[2] || byte == wanted[3];
    bits |= is << place;
  }
  return bits;
}

void planes_mark_plainly(const uint8_t *text, size_t count, const uint8_t wanted[4], uint64_t *marks) {
  for (size_t start = 0; start < count; start += 64) {
    size_t left = count - start;
    *marks++ = mark_some(text + start, left < 64 ? left : 64, wanted);
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

// One operation fills a vector; `MASK` takes the sign of each lane as a bit.
#define VECTORS(LANES, VALUE, MASK)                                                 \
  for (size_t word = 0; word < words; word++) {                                     \
    uint64_t bits = 0;                                                              \
    for (int row = 0; row < 64; row += LANES) {                                     \
      __m256i some = _mm256_loadu_si256((const __m256i *)(numbers + row));          \
      bits |= (uint64_t)(uint32_t)MASK(VALUE) << row;                               \
    }                                                                               \
    result[word] = bits;                                                            \
    numbers += 64;                                                                  \
  }

#define VECTOR_COMPARISON(NAME, NUMBER, LANES, SPREAD, EQUAL, GREATER, MASK)                            \
  __attribute__((target("avx2"))) static void NAME(                                                     \
      const NUMBER *numbers, size_t words, PlanesRelation relation, NUMBER literal, uint64_t *result) { \
    __m256i all = SPREAD(literal);                                                                      \
    switch (relation) {                                                                                 \
      case PlanesEqual: VECTORS(LANES, EQUAL(some, all), MASK) break;                                   \
      case PlanesLess: VECTORS(LANES, GREATER(all, some), MASK) break;                                  \
      case PlanesGreater: VECTORS(LANES, GREATER(some, all), MASK) break;                               \
    }                                                                                                   \
  }

#define SIGNS_64(VECTOR) _mm256_movemask_pd(_mm256_castsi256_pd(VECTOR))
#define SIGNS_32(VECTOR) _mm256_movemask_ps(_mm256_castsi256_ps(VECTOR))

VECTOR_COMPARISON(compare_64, int64_t, 4, _mm256_set1_epi64x, _mm256_cmpeq_epi64, _mm256_cmpgt_epi64, SIGNS_64)
VECTOR_COMPARISON(compare_32, int32_t, 8, _mm256_set1_epi32, _mm256_cmpeq_epi32, _mm256_cmpgt_epi32, SIGNS_32)

__attribute__((target("avx2"))) static void bit_32(
    const int32_t *numbers, size_t words, int bit, uint64_t *result) {
  VECTORS(8, _mm256_slli_epi32(some, 31 - bit), SIGNS_32)
}

__attribute__((target("avx2"))) static void mark(
    const uint8_t *text, size_t count, const uint8_t wanted[4], uint64_t *marks) {
  __m256i a = _mm256_set1_epi8((char)wanted[0]), b = _mm256_set1_epi8((char)wanted[1]);
  __m256i c = _mm256_set1_epi8((char)wanted[2]), d = _mm256_set1_epi8((char)wanted[3]);
  size_t start = 0;
  for (; start + 64 <= count; start += 64) {
    uint64_t bits = 0;
    for (int half = 0; half < 64; half += 32) {
      __m256i some = _mm256_loadu_si256((const __m256i *)(text + start + half));
      __m256i one = _mm256_or_si256(_mm256_cmpeq_epi8(some, a), _mm256_cmpeq_epi8(some, b));
      __m256i two = _mm256_or_si256(_mm256_cmpeq_epi8(some, c), _mm256_cmpeq_epi8(some, d));
      bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(one, two)) << half;
    }
    *marks++ = bits;
  }
  if (start < count) *marks = mark_some(text + start, count - start, wanted);
}

#define FASTEST(NAME) (__builtin_cpu_supports("avx2") ? NAME : planes_##NAME##_plainly)
#else
#define FASTEST(NAME) planes_##NAME##_plainly
#endif

void planes_compare_64(
    const int64_t *numbers, size_t words, PlanesRelation relation, int64_t literal, uint64_t *result) {
  FASTEST(compare_64)(numbers, words, relation, literal, result);
}

void planes_compare_32(
    const int32_t *numbers, size_t words, PlanesRelation relation, int32_t literal, uint64_t *result) {
  FASTEST(compare_32)(numbers, words, relation, literal, result);
}

void planes_bit_32(const int32_t *numbers, size_t words, int bit, uint64_t *result) {
  FASTEST(bit_32)(numbers, words, bit, result);
}

void planes_mark(const uint8_t *text, size_t count, const uint8_t wanted[4], uint64_t *marks) {
  FASTEST(mark)(text, count, wanted, marks);
}
