#pragma once

#include <cstdint>

namespace vigie::bench {

/// Nanoseconds of CLOCK_MONOTONIC, the same for every process of this machine.
std::int64_t now_ns();

/// A file descriptor that a poller watches.
class Watched {
 public:
  virtual ~Watched() = default;
  /// It can be read or written; `events` as epoll has them.
  virtual void ready(std::uint32_t events) = 0;
};

/// epoll, and nothing else.
class Poller {
 public:
  /// Throws std::system_error where there is no epoll.
  Poller();
  ~Poller();
  Poller(Poller const&) = delete;
  Poller& operator=(Poller const&) = delete;

  void add(int descriptor, Watched& watched);
  /// Also tells when it can be written, or no longer.
  void want_to_write(int descriptor, Watched& watched, bool wanted);
  void remove(int descriptor);
  /// Waits at most so long for descriptors, and tells those that are ready; `between` is called after each.
  template <class Between> void turn(std::int64_t at_most_ns, Between between) {
    int const count = wait(at_most_ns);
    for (int at = 0; at < count; ++at) {
      tell(at);
      between();
    }
  }
  void turn(std::int64_t at_most_ns) {
    turn(at_most_ns, [] {});
  }

 private:
  int wait(std::int64_t at_most_ns);
  void tell(int at);

  struct Ready;
  int descriptor_;
  Ready* ready_;
};

} // namespace vigie::bench
