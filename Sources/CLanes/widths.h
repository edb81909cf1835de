#pragma once

// One loop, compiled for each width of vectors; the widest that the processor has is taken when it runs. Products and sums
// are never fused and sums keep their order, so that the bits are the same at every width.
#include <stddef.h>
#include <stdint.h>

/// The widest vectors that the processor has and these loops are compiled for: 2 of sixteen numbers, 1 of eight, 0 of four.
static inline int wrapup_width(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq"))
    return 2;
  if (__builtin_cpu_supports("avx2")) return 1;
#endif
  return 0;
}

/// The body of a loop.
#define WRAPUP_LOOP static inline __attribute__((always_inline))

/// Defines a function by the body of the same parameters whose name ends in `_lanes`.
#if defined(__x86_64__)
#define WRAPUP_EVERY_WIDTH(result, name, parameters, arguments)                                                \
  __attribute__((target("avx2"))) static inline result name##_eight parameters { return name##_lanes arguments; } \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))) static inline result name##_sixteen parameters {  \
    return name##_lanes arguments;                                                                             \
  }                                                                                                            \
  static inline result name parameters {                                                                       \
    int width = wrapup_width();                                                                                \
    if (width == 2) return name##_sixteen arguments;                                                           \
    if (width == 1) return name##_eight arguments;                                                             \
    return name##_lanes arguments;                                                                             \
  }
#else
#define WRAPUP_EVERY_WIDTH(result, name, parameters, arguments)                  \
  static inline result name##_eight parameters { return name##_lanes arguments; }   \
  static inline result name##_sixteen parameters { return name##_lanes arguments; } \
  static inline result name parameters { return name##_lanes arguments; }
#endif
