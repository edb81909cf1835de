#pragma once

// A bit for each lane of a comparison, and back: instructions of the processor that Swift's vectors do not reach. Loops
// over columns, sixty-four rows a word, inlined where they are called; nothing here is compiled on its own.
#include <stddef.h>
#include <stdint.h>

typedef uint8_t wrapup_bytes __attribute__((ext_vector_type(16), aligned(1)));
typedef uint32_t wrapup_numbers __attribute__((ext_vector_type(16), aligned(4)));
typedef uint16_t wrapup_halves __attribute__((ext_vector_type(16), aligned(2)));
typedef int16_t wrapup_signed_halves __attribute__((ext_vector_type(16), aligned(2)));
typedef int32_t wrapup_signed_numbers __attribute__((ext_vector_type(16), aligned(4)));
typedef float wrapup_floats __attribute__((ext_vector_type(16), aligned(4)));
typedef _Bool wrapup_bits __attribute__((ext_vector_type(16)));

/// The lanes for which a comparison holds, the first lowest.
#define WRAPUP_LANES(comparison)                                            \
  ({                                                                        \
    wrapup_bits bits = __builtin_convertvector((comparison), wrapup_bits);  \
    uint16_t half;                                                          \
    __builtin_memcpy(&half, &bits, sizeof half);                            \
    (uint64_t)half;                                                         \
  })

/// Sets in `words` the bits of the kept rows for which a comparison holds; what has no kept row is not read.
#define WRAPUP_EACH_WORD(lane_type, values, comparison)                                      \
  const lane_type *all = (values);                                                           \
  for (size_t word = 0; word < count; word++) {                                              \
    if (kept[word] == 0) continue;                                                           \
    uint64_t passing = 0;                                                                    \
    for (int part = 0; part < 4; part++) {                                                   \
      lane_type lanes = all[4 * word + part];                                                \
      passing |= WRAPUP_LANES(comparison) << (16 * part);                                    \
    }                                                                                        \
    words[word] |= passing & kept[word];                                                     \
  }

/// Sets in `words` the bits of the kept bytes that are one of four.
static inline void wrapup_keep_any(
    const void *bytes, const uint64_t *kept, size_t count, uint8_t a, uint8_t b, uint8_t c, uint8_t d,
    uint64_t *words) {
  WRAPUP_EACH_WORD(wrapup_bytes, bytes, (lanes == a) | (lanes == b) | (lanes == c) | (lanes == d))
}

/// Sets in `words` the bits of the kept bytes that equal `value` under `mask`.
static inline void wrapup_keep_masked(
    const void *bytes, const uint64_t *kept, size_t count, uint8_t mask, uint8_t value, uint64_t *words) {
  WRAPUP_EACH_WORD(wrapup_bytes, bytes, (lanes & mask) == value)
}

/// Sets in `words` the bits of the kept values from `least` up to `least` + `width`.
static inline void wrapup_keep_range(
    const void *values, const uint64_t *kept, size_t count, uint32_t least, uint32_t width,
    uint64_t *words) {
  WRAPUP_EACH_WORD(wrapup_numbers, values, (lanes - least) <= width)
}

/// Replaces the bytes that are not kept by `dropped`.
static inline void wrapup_replace_dropped(
    uint8_t *bytes, const uint64_t *kept, size_t count, uint8_t dropped) {
  for (size_t word = 0; word < count; word++) {
    if (kept[word] == UINT64_MAX) continue;
    for (int part = 0; part < 4; part++) {
      uint16_t half = (uint16_t)(kept[word] >> (16 * part));
      wrapup_bits bits;
      __builtin_memcpy(&bits, &half, sizeof half);
      wrapup_bytes keeps = -__builtin_convertvector(bits, wrapup_bytes);
      wrapup_bytes *lanes = (wrapup_bytes *)(bytes + 64 * word + 16 * part);
      *lanes = (*lanes & keeps) | (dropped & ~keeps);
    }
  }
}

/// Which of sixteen bytes are one of two, the first lowest.
static inline uint32_t wrapup_find_either(const void *bytes, uint8_t a, uint8_t b) {
  wrapup_bytes lanes = *(const wrapup_bytes *)bytes;
  return (uint32_t)WRAPUP_LANES((lanes == a) | (lanes == b));
}

/// Asks for the line of memory at an address, which will be read soon; any address will do.
static inline void wrapup_prefetch(const void *address) { __builtin_prefetch(address); }
