#pragma once

// Loops of the text scorer over sixteen tags at a time.
//
// A weight has two halves: the upper one is the weight rounded to eight bits of fraction, which is what readers need; with
// the lower one, a signed rest, it is the weight to the bit. Where the weights of a text stand is a list of entries, feature
// after feature, in each block after block: an entry of 0 stands for sixteen zeros, which lie before the first slot.
#include "lanes.h"
#include "widths.h"

#pragma clang fp contract(off)

/// Sixteen upper halves as weights.
WRAPUP_LOOP wrapup_floats wrapup_upper(const uint16_t *upper) {
  return (wrapup_floats)(__builtin_convertvector(*(const wrapup_halves *)upper, wrapup_numbers) << 16);
}

/// Sixteen weights to the bit.
WRAPUP_LOOP wrapup_floats wrapup_joined(const uint16_t *upper, const uint16_t *lower) {
  wrapup_numbers bits = __builtin_convertvector(*(const wrapup_halves *)upper, wrapup_numbers) << 16;
  return (wrapup_floats)(bits
    + (wrapup_numbers)__builtin_convertvector(*(const wrapup_signed_halves *)lower, wrapup_signed_numbers));
}

/// Parts sixteen weights into their halves.
WRAPUP_LOOP void wrapup_part(wrapup_floats weights, uint16_t *upper, uint16_t *lower) {
  wrapup_numbers bits = (wrapup_numbers)weights;
  *(wrapup_halves *)upper = __builtin_convertvector((bits + 0x8000) >> 16, wrapup_halves);
  *(wrapup_halves *)lower = __builtin_convertvector(bits, wrapup_halves);
}

/// The least sum of squares, 2^-20, as its number; see `wrapup_squares`.
#define WRAPUP_LEAST_SQUARES ((127 - 20) << 11)

/// Sixteen sums of squares from their numbers: five bits of exponent and eleven of fraction, from 2^-20 up to 2^12. So an
/// addition counts as long as it is above one part in 4,096 of the sum.
WRAPUP_LOOP wrapup_floats wrapup_squares(const uint16_t *numbers) {
  wrapup_numbers bits = __builtin_convertvector(*(const wrapup_halves *)numbers, wrapup_numbers);
  return (wrapup_floats)((bits + WRAPUP_LEAST_SQUARES) << 12);
}

/// The nearest numbers of sixteen sums of squares.
WRAPUP_LOOP void wrapup_keep_squares(wrapup_floats squares, uint16_t *numbers) {
  wrapup_numbers bits = ((wrapup_numbers)squares + 0x800) >> 12;
  bits = __builtin_elementwise_max(bits, (wrapup_numbers)WRAPUP_LEAST_SQUARES) - WRAPUP_LEAST_SQUARES;
  *(wrapup_halves *)numbers = __builtin_convertvector(__builtin_elementwise_min(bits, (wrapup_numbers)0xFFFF), wrapup_halves);
}

/// 1 / √x for normal x > 0, within 0.2%: halving the exponent by an integer shift gives a first guess within 4%, which a
/// step of Newton's y(3 - x y²)/2 brings to 2e-3.
WRAPUP_LOOP wrapup_floats wrapup_rough_inverse_root(wrapup_floats x) {
  wrapup_floats y = (wrapup_floats)(0x5F375A86 - ((wrapup_numbers)x >> 1));
  return y * (1.5f - x * 0.5f * y * y);
}

/// 1 / √x for normal x > 0, within 4 units in the last place: two steps more, to 5e-6 and below 2^-23.
WRAPUP_LOOP wrapup_floats wrapup_inverse_root(wrapup_floats x) {
  wrapup_floats y = wrapup_rough_inverse_root(x), half = x * 0.5f;
  y *= 1.5f - half * y * y;
  y *= 1.5f - half * y * y;
  return y;
}

/// Sums of x·w under four blocks at once, which hide each other's latency, then under the rest one by one.
#define WRAPUP_SUMS(weights)                                                      \
  size_t block = 0;                                                               \
  for (; block + 4 <= blocks; block += 4) {                                       \
    wrapup_floats *four = sums + block;                                           \
    wrapup_floats a = four[0], b = four[1], c = four[2], d = four[3];             \
    for (size_t feature = 0; feature < features; feature++) {                     \
      const uint32_t *entry = entries + feature * blocks + block;                 \
      float x = values[feature];                                                  \
      a += x * weights(entry[0]);                                                 \
      b += x * weights(entry[1]);                                                 \
      c += x * weights(entry[2]);                                                 \
      d += x * weights(entry[3]);                                                 \
    }                                                                             \
    four[0] = a, four[1] = b, four[2] = c, four[3] = d;                           \
  }                                                                               \
  for (; block < blocks; block++) {                                               \
    wrapup_floats a = sums[block];                                                \
    for (size_t feature = 0; feature < features; feature++)                       \
      a += values[feature] * weights(entries[feature * blocks + block]);          \
    sums[block] = a;                                                              \
  }

/// Adds to the sums of each block what the upper halves of the weights say.
///
/// `upper` is where the sixteen zeros lie, here and below.
WRAPUP_LOOP void wrapup_add_upper_lanes(
    const uint32_t *entries, size_t features, size_t blocks, const float *values, const uint16_t *upper,
    wrapup_floats *sums) {
#define WRAPUP_UPPER(entry) wrapup_upper(upper + 16 * (size_t)(entry))
  WRAPUP_SUMS(WRAPUP_UPPER)
#undef WRAPUP_UPPER
}
WRAPUP_EVERY_WIDTH(
    void, wrapup_add_upper,
    (const uint32_t *entries, size_t features, size_t blocks, const float *values, const uint16_t *upper,
     wrapup_floats *sums),
    (entries, features, blocks, values, upper, sums))

/// The same by the weights to the bit.
WRAPUP_LOOP void wrapup_add_joined_lanes(
    const uint32_t *entries, size_t features, size_t blocks, const float *values, const uint16_t *upper,
    const uint16_t *lower, wrapup_floats *sums) {
#define WRAPUP_JOINED(entry) wrapup_joined(upper + 16 * (size_t)(entry), lower + 16 * (size_t)(entry))
  WRAPUP_SUMS(WRAPUP_JOINED)
#undef WRAPUP_JOINED
}
WRAPUP_EVERY_WIDTH(
    void, wrapup_add_joined,
    (const uint32_t *entries, size_t features, size_t blocks, const float *values, const uint16_t *upper,
     const uint16_t *lower, wrapup_floats *sums),
    (entries, features, blocks, values, upper, lower, sums))

/// What a learning step is told. `learnt` are the blocks, `learntCount` of `blocks`, in which anything is learnt, `largest` the
/// greatest |error| of each.
typedef struct {
  const uint32_t *entries;
  size_t features, blocks;
  const float *values;
  const size_t *learnt;
  size_t learntCount;
  const wrapup_floats *errors;
  const float *largest;
  float damping, leastChange, leastNewChange;
} wrapup_learning;

/// Adds to the reach of each block Σ x² / √(G + (g x)² + damping) within 0.2%. `squares` are G.
WRAPUP_LOOP void wrapup_add_reach_lanes(const wrapup_learning *step, const uint16_t *squares, wrapup_floats *reach) {
  const size_t ahead = 4 * step->blocks, end = step->features * step->blocks;
  for (size_t feature = 0, first = 0; feature < step->features; feature++, first += step->blocks) {
    float x = step->values[feature];
    for (size_t at = 0; at < step->learntCount; at++) {
      size_t block = step->learnt[at], entry = step->entries[first + block];
      if (first + ahead < end) __builtin_prefetch(squares + 16 * (size_t)step->entries[first + ahead + block]);
      if (step->largest[block] * x < (entry ? step->leastChange : step->leastNewChange)) continue;
      wrapup_floats change = step->errors[block] * x;
      wrapup_floats sum = change * change + step->damping;
      sum += wrapup_squares(squares + 16 * entry);
      reach[block] += wrapup_rough_inverse_root(sum) * (x * x);
    }
  }
}
WRAPUP_EVERY_WIDTH(
    void, wrapup_add_reach, (const wrapup_learning *step, const uint16_t *squares, wrapup_floats *reach),
    (step, squares, reach))

/// One step: G += (g x)², w -= rate · g x / √(G + damping). Lists in `changed` the slots whose weights it has changed, and
/// returns how many.
WRAPUP_LOOP size_t wrapup_learn_lanes(
    const wrapup_learning *step, float rate, uint16_t *upper, uint16_t *lower, uint16_t *squares,
    uint32_t *changed) {
  const float least = step->leastChange * step->leastChange;
  size_t count = 0;
  for (size_t feature = 0, first = 0; feature < step->features; feature++, first += step->blocks) {
    float x = step->values[feature];
    for (size_t at = 0; at < step->learntCount; at++) {
      size_t block = step->learnt[at], entry = step->entries[first + block];
      if (entry == 0 || step->largest[block] * x < step->leastChange) continue;
      changed[count++] = (uint32_t)entry - 1;
      wrapup_floats change = step->errors[block] * x;
      wrapup_floats square = change * change;
      wrapup_signed_numbers isLearnt = square >= least;
      change = (wrapup_floats)((wrapup_signed_numbers)change & isLearnt);
      wrapup_floats sum = wrapup_squares(squares + 16 * entry) + (wrapup_floats)((wrapup_signed_numbers)square & isLearnt);
      wrapup_keep_squares(sum, squares + 16 * entry);
      wrapup_floats weights = wrapup_joined(upper + 16 * entry, lower + 16 * entry);
      weights -= (change * rate) * wrapup_inverse_root(sum + step->damping);
      wrapup_part(weights, upper + 16 * entry, lower + 16 * entry);
    }
  }
  return count;
}
WRAPUP_EVERY_WIDTH(
    size_t, wrapup_learn,
    (const wrapup_learning *step, float rate, uint16_t *upper, uint16_t *lower, uint16_t *squares,
     uint32_t *changed),
    (step, rate, upper, lower, squares, changed))
