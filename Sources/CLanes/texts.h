#pragma once

// Loops of the text scorer over the features of a text, and over the scores of sixteen tags.
#include "lanes.h"
#include "widths.h"

#pragma clang fp contract(off)

/// ln x for normal x > 0, within 3 units in the last place of max(|ln x|, 1).
///
/// x = 2^e m with m in [√½, √2); ln m = 2 artanh s, s = (m-1)/(m+1), |s| < 0.172, whose odd series ends below 2^-27.
WRAPUP_LOOP wrapup_floats wrapup_logarithm(wrapup_floats x) {
  wrapup_signed_numbers bits = (wrapup_signed_numbers)x;
  // Subtracting the bits of √½ first makes the exponent count from there.
  wrapup_signed_numbers exponent = (bits - 0x3F3504F3) >> 23;
  wrapup_floats m = (wrapup_floats)(bits - (exponent << 23));
  wrapup_floats s = (m - 1.0f) / (m + 1.0f), square = s * s;
  wrapup_floats series = square * (1.0f / 9) + (1.0f / 7);
  series = series * square + (1.0f / 5);
  series = series * square + (1.0f / 3);
  series = series * square + 1.0f;
  return __builtin_convertvector(exponent, wrapup_floats) * 0.69314718f + 2.0f * s * series;
}

/// 1 / (1 + e^-x), within 1e-6; x beyond ±30 counts as ±30.
///
/// e^-x = 2^n e^r with r in [-½ ln 2, ½ ln 2], whose Taylor series to degree 6 ends below 2e-7.
WRAPUP_LOOP wrapup_floats wrapup_logistic(wrapup_floats x) {
  wrapup_floats clamped = -__builtin_elementwise_min(__builtin_elementwise_max(x, (wrapup_floats)-30.0f), (wrapup_floats)30.0f);
  // Adding 1.5 × 2^23 leaves the nearest whole number in the low bits.
  wrapup_floats shifted = clamped * 1.44269504f + 12582912.0f, whole = shifted - 12582912.0f;
  wrapup_floats r = (clamped - whole * 0.693359375f) + whole * 2.1219444e-4f;
  wrapup_floats sum = r * (1.0f / 720) + (1.0f / 120);
  sum = sum * r + (1.0f / 24);
  sum = sum * r + (1.0f / 6);
  sum = sum * r + 0.5f;
  sum = sum * r + 1.0f;
  sum = sum * r + 1.0f;
  wrapup_numbers exponents = ((wrapup_numbers)shifted << 23) + 0x3F800000;
  return 1.0f / (1.0f + sum * (wrapup_floats)exponents);
}

/// What the features of a text weigh: (1 + ln tf) · ln(1 + known / (df + ½)), of pieces `piece` of it, scaled to
/// length 1. `values` has room for whole sixteens.
WRAPUP_LOOP void wrapup_weigh_lanes(
    const uint32_t *features, const uint32_t *occurrences, const uint8_t *arePieces, size_t count,
    const uint32_t *frequencies, float known, float piece, float *values) {
  wrapup_floats squares = 0;
  for (size_t first = 0; first < count; first += 16) {
    size_t end = count - first < 16 ? count - first : 16;
    float tallies[16], ratios[16], factors[16];
    uint32_t most = 0;
    for (size_t at = 0; at < 16; at++) {
      int isThere = at < end;
      uint32_t occurrence = isThere ? occurrences[first + at] : 1;
      most |= occurrence;
      tallies[at] = (float)occurrence;
      ratios[at] = isThere ? (float)frequencies[features[first + at]] : 0;
      factors[at] = !isThere ? 0 : arePieces[first + at] ? piece : 1;
    }
    wrapup_floats value =
        wrapup_logarithm(1.0f + known / (*(wrapup_floats *)ratios + 0.5f)) * *(wrapup_floats *)factors;
    if (most > 1) value *= 1.0f + wrapup_logarithm(*(wrapup_floats *)tallies);
    squares += value * value;
    *(wrapup_floats *)(values + first) = value;
  }
  float sum = 0;
  for (int lane = 0; lane < 16; lane++) sum += squares[lane];
  // At least ln 2 each: there is something to divide by as soon as there is a feature.
  float factor = sum > 0 ? 1 / __builtin_sqrtf(sum) : 1;
  for (size_t first = 0; first < count; first += 16) *(wrapup_floats *)(values + first) *= factor;
}
WRAPUP_EVERY_WIDTH(
    void, wrapup_weigh,
    (const uint32_t *features, const uint32_t *occurrences, const uint8_t *arePieces, size_t count,
     const uint32_t *frequencies, float known, float piece, float *values),
    (features, occurrences, arePieces, count, frequencies, known, piece, values))

/// The greatest |error| of sixteen.
WRAPUP_LOOP float wrapup_largest(wrapup_floats errors) {
  wrapup_floats sizes = __builtin_elementwise_abs(errors);
  float largest = 0;
  for (int lane = 0; lane < 16; lane++) largest = sizes[lane] > largest ? sizes[lane] : largest;
  return largest;
}

/// Errors of each block's tags: σ(score) - target where `isLearnt` is 1, 0 where it is 0; the greatest |error| of each block.
WRAPUP_LOOP void wrapup_errors_lanes(
    const wrapup_floats *scores, const wrapup_floats *targets, const wrapup_floats *isLearnt, size_t blocks,
    wrapup_floats *errors, float *largest) {
  for (size_t block = 0; block < blocks; block++) {
    errors[block] = (wrapup_logistic(scores[block]) - targets[block]) * isLearnt[block];
    largest[block] = wrapup_largest(errors[block]);
  }
}
WRAPUP_EVERY_WIDTH(
    void, wrapup_errors,
    (const wrapup_floats *scores, const wrapup_floats *targets, const wrapup_floats *isLearnt, size_t blocks,
     wrapup_floats *errors, float *largest),
    (scores, targets, isLearnt, blocks, errors, largest))

/// Replaces each error g of a block by c·g with c g = σ(score - rate · reach · c g) - target, c by halving, within 1/512.
WRAPUP_LOOP void wrapup_shorten_lanes(
    const wrapup_floats *scores, const wrapup_floats *targets, const wrapup_floats *reach, size_t blocks,
    float rate, wrapup_floats *errors, float *largest) {
  for (size_t block = 0; block < blocks; block++) {
    if (largest[block] == 0) continue;
    wrapup_floats error = errors[block], slope = reach[block] * rate * error, share = 0.5f, half = 0.25f;
    for (int bit = 0; bit < 8; bit++, half *= 0.5f) {
      wrapup_floats remaining = wrapup_logistic(scores[block] - slope * share) - targets[block];
      wrapup_floats wanted = share * error;
      wrapup_numbers isLower = (wrapup_numbers)(remaining * remaining > wanted * wanted);
      // Half of it more, or less.
      share += (wrapup_floats)((wrapup_numbers)half | (~isLower & 0x80000000u));
    }
    errors[block] = error * share;
    largest[block] = wrapup_largest(errors[block]);
  }
}
WRAPUP_EVERY_WIDTH(
    void, wrapup_shorten,
    (const wrapup_floats *scores, const wrapup_floats *targets, const wrapup_floats *reach, size_t blocks,
     float rate, wrapup_floats *errors, float *largest),
    (scores, targets, reach, blocks, rate, errors, largest))
