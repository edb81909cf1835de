#pragma once

// Swift can't call variadic functions such as syscall, nor see the bit fields of the kernel's structure.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

/// A descriptor from which the instructions of this process and of threads it starts from now on can be read, as 64
/// bits; below 0 where the machine has no such counter or does not let us read it.
static inline int wrapup_open_instruction_counter(void) {
  struct perf_event_attr attributes = {
    .type = PERF_TYPE_HARDWARE,
    .size = sizeof(struct perf_event_attr),
    .config = PERF_COUNT_HW_INSTRUCTIONS,
    .inherit = 1,
    .exclude_kernel = 1,
    .exclude_hv = 1,
  };
  return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0);
}
