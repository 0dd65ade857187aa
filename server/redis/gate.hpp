#pragma once

#include <asio/awaitable.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <vector>

/// Inner part of the room: what coroutines wait at.
namespace vigie::redis {

/// How a wait ended.
enum class Passed { opened, late, cancelled };

/// Something awaited by one coroutine, once, up to a deadline. Opening it never runs the waiting coroutine at
/// once: it goes on in a later turn of the loop.
class Gate {
 public:
  Gate(asio::any_io_executor const& executor, std::chrono::milliseconds at_most);

  void open();

  /// Waits until the gate opens or its time is over.
  static asio::awaitable<Passed> wait(std::shared_ptr<Gate> gate);

 private:
  asio::steady_timer timer_;
  bool open_ = false;
};

/// Rings for all that listen at that moment.
class Bell {
 public:
  /// A gate that opens at the next ringing.
  std::shared_ptr<Gate> listen(asio::any_io_executor const& executor, std::chrono::milliseconds at_most);
  void ring();

 private:
  std::vector<std::weak_ptr<Gate>> listening_;
};

} // namespace vigie::redis
