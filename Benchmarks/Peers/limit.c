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

// Three-valued: a bit that the answer is known, and one that it is yes.
typedef struct { int known, yes; } Truth;
static inline Truth truth(int known, int yes) { return (Truth){known, known & yes}; }
static inline Truth and(Truth a, Truth b) {
  int no = (a.known & !a.yes) | (b.known & !b.yes);
  return (Truth){no | (a.known & b.known), a.yes & b.yes};
}
static inline Truth or(Truth a, Truth b) { return (Truth){a.yes | b.yes | (a.known & b.known), a.yes | b.yes}; }

void decide_missing(const Columns *c, int64_t count, uint16_t *known, uint16_t *yes) {
  for (int64_t i = 0; i < count; i++) {
    int C = c->county[i], K = c->kind[i], U = c->land_use[i], V = c->investor[i];
    Truth large = truth(c->investment[i] >= 0, c->investment[i] >= 300000000);
    Truth leading = truth(c->leading[i] >= 0, c->leading[i]), social = truth(V >= 0, V == 0);
    Truth r8 = and(social, truth(c->built[i] >= 0, c->built[i] <= 20453));
    Truth r9 = and(and(social, truth(c->has_loan[i] >= 0, c->has_loan[i])), truth(c->compliant[i] >= 0, c->compliant[i]));
    Truth r[12] = {
        large, and(large, or(leading, truth(K >= 0, K <= 1))), {1, 1}, truth(c->planning[i] >= 0, c->planning[i]),
        truth(U >= 0, U == 0), large, truth(U >= 0, U <= 4), r8, r9, or(r8, r9),
        or(or(and(truth(C >= 0, C <= 2), truth(K >= 0, K == 0)),
              and(truth(C >= 0, (C == 3) | (C == 4)), truth(K >= 0, K == 1))),
           and(truth(C >= 0, C == 5), truth(K >= 0, (K == 2) | (K == 3)))),
        and(truth(c->is_hospital[i] >= 0, c->is_hospital[i]), truth(c->level[i] >= 0, c->level[i] >= 1))};
    unsigned k = 0, y = 0;
    for (int j = 0; j < 12; j++) k |= (unsigned)r[j].known << j, y |= (unsigned)r[j].yes << j;
    known[i] = (uint16_t)k;
    yes[i] = (uint16_t)y;
  }
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
