#pragma once

#include "engine/signal.hpp"
#include "redis/subscriber.hpp"

/// Inner part of the room: how processes tell one another that they have appended.
namespace vigie::journal {

/// Hears of what other processes append to a stream. The append script publishes who appended, when the
/// commit is on disk; a process leaves out what it appended itself.
class News {
 public:
  /// Without an ear nothing is heard, and until_some only lets time pass.
  News(asio::any_io_executor executor, std::shared_ptr<redis::Subscriber> ear, std::string channel);
  ~News();
  News(News const&) = delete;
  News& operator=(News const&) = delete;

  std::string const& channel() const { return channel_; }
  /// The name of this process on the channel.
  std::string const& sender() const { return sender_; }

  /// How often somebody interrupted so far.
  int interruptions() const { return interruptions_; }
  /// Waits until another process may have appended, at most so long, or until somebody interrupts once more
  /// than so often; tells whether one may have.
  asio::awaitable<bool> until_some(std::chrono::milliseconds at_most, int interruptions);
  /// There may be some still: what was heard could not be read.
  void keep() { some_.raise(); }
  void interrupt();

 private:
  std::shared_ptr<redis::Subscriber> ear_;
  std::string channel_;
  std::string sender_;
  engine::Signal some_;
  int interruptions_ = 0;
};

} // namespace vigie::journal
