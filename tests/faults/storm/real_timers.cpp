// Loaded before libfaketime, which also moves timers that go by the monotonic clock: one that is to end at
// once would end an hour later, or never.
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

extern "C" int timerfd_settime(int timer, int flags, itimerspec const* time, itimerspec* before) noexcept {
  return static_cast<int>(syscall(SYS_timerfd_settime, timer, flags, time, before));
}
