#pragma once

#include "engine/signal.hpp"
#include "redis/subscriber.hpp"

/// Inner part of the room: how processes tell one another that they have appended.
namespace vigie::journal {

/// Hears of what other processes append to a stream. The append script publishes who appended, when the
/// commit is on disk; a process leaves out what it appended itself.
class News {
 public:
  /// Without an ear nothing is heard, and wait only lets time pass.
  News(asio::any_io_executor executor, std::shared_ptr<redis::Subscriber> ear, std::string channel);
  ~News();
  News(News const&) = delete;
  News& operator=(News const&) = delete;

  std::string const& channel() const { return channel_; }
  /// The name of this process on the channel.
  std::string const& sender() const { return sender_; }

  /// Waits until another process may have appended, or somebody interrupts, at most so long.
  asio::awaitable<void> wait(std::chrono::milliseconds at_most);
  void interrupt() { some_.raise(); }

 private:
  std::shared_ptr<redis::Subscriber> ear_;
  std::string channel_;
  std::string sender_;
  engine::Signal some_;
};

} // namespace vigie::journal
