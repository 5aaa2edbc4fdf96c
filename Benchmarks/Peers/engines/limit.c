// The twelve rules as loops over columns, written by hand: the limit. Options are their positions, dates day numbers; −1 is missing.
// One word a project holds a bit for each rule.
#include <stdint.h>

typedef struct {
  const int64_t *investment;
  const int8_t *county, *kind, *leading, *investor, *has_loan, *compliant, *planning, *land_use, *is_hospital, *level;
  const int32_t *built;
} Columns;

#define RULES(I, C, K, L, V, H, P, Z, U, D, Y, G)                                                               \
  int large = (I) >= 300000000;                                                                                 \
  int r8 = (V) == 0 & (D) <= 20453, r9 = (V) == 0 & (H) & (P);                                                  \
  uint16_t yes = large | (large & ((L) | (K) <= 1)) << 1 | 1 << 2 | (Z) << 3 | ((U) == 0) << 4 | large << 5 |   \
                 ((U) <= 4) << 6 | r8 << 7 | r9 << 8 | (r8 | r9) << 9 |                                         \
                 (((C) <= 2 & (K) == 0) | (((C) == 3 | (C) == 4) & (K) == 1) | ((C) == 5 & ((K) == 2 | (K) == 3))) << 10 | \
                 ((Y) & (G) >= 1) << 11;

void decide(const Columns *c, int64_t count, uint16_t *result) {
  for (int64_t i = 0; i < count; i++) {
    RULES(c->investment[i], c->county[i], c->kind[i], c->leading[i], c->investor[i], c->has_loan[i], c->compliant[i],
          c->planning[i], c->land_use[i], c->built[i], c->is_hospital[i], c->level[i])
    result[i] = yes;
  }
}

// Three-valued, a byte that the answer is known and one that it is yes, for blocks of projects that stay in the cache: loops that the compiler
// turns into vectors.
enum { BLOCK = 2048 };
typedef struct { uint8_t known[BLOCK], yes[BLOCK]; } Truths;

#define EACH for (int i = 0; i < n; i++)
#define TEST(T, V, HOLDS) EACH { T.known[i] = (V) >= 0; T.yes[i] = ((V) >= 0) & (HOLDS); }
#define AND(T, A, B) EACH { \
    uint8_t no = (A.known[i] & ~A.yes[i]) | (B.known[i] & ~B.yes[i]); \
    T.known[i] = no | (A.known[i] & B.known[i]); T.yes[i] = A.yes[i] & B.yes[i]; }
#define OR(T, A, B) EACH { \
    uint8_t yes = A.yes[i] | B.yes[i]; \
    T.known[i] = yes | (A.known[i] & B.known[i]); T.yes[i] = yes; }

static void block(const Columns *c, int64_t s, int n, uint16_t *known, uint16_t *yes) {
  static Truths large, leading, some, r2, always, r4, r5, r7, social, built, r8, loan, compliant, r9, r10, a, b, both, r11, hospital, level, r12;
  const int64_t *investment = c->investment + s;
  const int32_t *day = c->built + s;
  const int8_t *C = c->county + s, *K = c->kind + s, *U = c->land_use + s, *V = c->investor + s, *L = c->leading + s;
  const int8_t *H = c->has_loan + s, *P = c->compliant + s, *Z = c->planning + s, *Y = c->is_hospital + s, *G = c->level + s;
  EACH { large.known[i] = investment[i] >= 0; large.yes[i] = investment[i] >= 300000000; }
  TEST(leading, L[i], L[i] == 1) TEST(some, K[i], K[i] <= 1) OR(some, some, leading) AND(r2, large, some)
  EACH always.known[i] = always.yes[i] = 1;
  TEST(r4, Z[i], Z[i] == 1) TEST(r5, U[i], U[i] == 0) TEST(r7, U[i], U[i] <= 4) TEST(social, V[i], V[i] == 0)
  EACH { built.known[i] = day[i] >= 0; built.yes[i] = (day[i] >= 0) & (day[i] <= 20453); }
  AND(r8, social, built)
  TEST(loan, H[i], H[i] == 1) TEST(compliant, P[i], P[i] == 1) AND(r9, social, loan) AND(r9, r9, compliant) OR(r10, r8, r9)
  TEST(a, C[i], C[i] <= 2) TEST(b, K[i], K[i] == 0) AND(r11, a, b)
  TEST(a, C[i], (C[i] == 3) | (C[i] == 4)) TEST(b, K[i], K[i] == 1) AND(both, a, b) OR(r11, r11, both)
  TEST(a, C[i], C[i] == 5) TEST(b, K[i], (K[i] == 2) | (K[i] == 3)) AND(both, a, b) OR(r11, r11, both)
  TEST(hospital, Y[i], Y[i] == 1) TEST(level, G[i], G[i] >= 1) AND(r12, hospital, level)
  const Truths *rules[12] = {&large, &r2, &always, &r4, &r5, &large, &r7, &r8, &r9, &r10, &r11, &r12};
  EACH known[s + i] = yes[s + i] = 0;
  for (int rule = 0; rule < 12; rule++) {
    EACH known[s + i] |= (uint16_t)(rules[rule]->known[i] << rule);
    EACH yes[s + i] |= (uint16_t)(rules[rule]->yes[i] << rule);
  }
}

void decide_missing(const Columns *c, int64_t count, uint16_t *known, uint16_t *yes) {
  for (int64_t s = 0; s < count; s += BLOCK) block(c, s, count - s < BLOCK ? (int)(count - s) : BLOCK, known, yes);
}

// One project so often: the answers of each are added up, so that no call is left out.
int64_t decide_one(const Columns *c, int64_t count, int64_t times) {
  int64_t sum = 0;
  for (int64_t t = 0; t < times; t++) {
    int64_t i = t % count;
    RULES(c->investment[i], c->county[i], c->kind[i], c->leading[i], c->investor[i], c->has_loan[i], c->compliant[i],
          c->planning[i], c->land_use[i], c->built[i], c->is_hospital[i], c->level[i])
    sum += yes;
    __asm__ volatile("" : "+r"(sum));
  }
  return sum;
}
