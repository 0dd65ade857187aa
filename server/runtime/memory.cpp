#include "runtime/memory.hpp"

#include <malloc.h>

namespace vigie::runtime {
namespace {

constexpr int kept = 32 * 1024 * 1024;
constexpr int taken_at_once = 1024 * 1024;

} // namespace

void keep_freed_memory() {
  mallopt(M_TRIM_THRESHOLD, kept);
  mallopt(M_TOP_PAD, taken_at_once);
  mallopt(M_MMAP_THRESHOLD, kept); // else the first call would pin it to 128 KiB
}

} // namespace vigie::runtime
