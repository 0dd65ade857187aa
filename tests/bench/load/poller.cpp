#include "bench/load/poller.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>

namespace vigie::bench {
namespace {

constexpr std::int64_t second = 1'000'000'000;

} // namespace

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * second + now.tv_nsec;
}

struct Poller::Ready {
  std::array<epoll_event, 256> events;
};

Poller::Poller() : descriptor_(epoll_create1(EPOLL_CLOEXEC)), ready_(new Ready) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "epoll");
}

Poller::~Poller() {
  close(descriptor_);
  delete ready_;
}

void Poller::add(int descriptor, Watched& watched) {
  epoll_event event{EPOLLIN, {&watched}};
  epoll_ctl(descriptor_, EPOLL_CTL_ADD, descriptor, &event);
}

void Poller::want_to_write(int descriptor, Watched& watched, bool wanted) {
  std::uint32_t const events = wanted ? EPOLLIN | EPOLLOUT : EPOLLIN;
  epoll_event event{events, {&watched}};
  epoll_ctl(descriptor_, EPOLL_CTL_MOD, descriptor, &event);
}

void Poller::remove(int descriptor) { epoll_ctl(descriptor_, EPOLL_CTL_DEL, descriptor, nullptr); }

int Poller::wait(std::int64_t at_most_ns) {
  auto const left = std::max<std::int64_t>(at_most_ns, 0);
  timespec const longest{left / second, left % second};
  auto& events = ready_->events;
  return epoll_pwait2(descriptor_, events.data(), static_cast<int>(events.size()), &longest, nullptr);
}

void Poller::tell(int at) {
  auto const& event = ready_->events[static_cast<std::size_t>(at)];
  static_cast<Watched*>(event.data.ptr)->ready(event.events);
}

} // namespace vigie::bench
