#pragma once

#include "gateway/socket.hpp"
#include "gateway/write_batch.hpp"

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace vigie::gateway {

/// A connection that has frames to write.
class Departing {
 public:
  virtual ~Departing() = default;
  /// Adds its socket and what there is for it to the batch; false where there is nothing, or it must wait.
  virtual bool board(WriteBatch& batch) = 0;
  /// Hears what became of that, as WriteBatch tells it; true where it wants to board once more.
  virtual bool departed(int taken) = 0;
};

/// Lets connections write at the end of the loop's turn, so that what one turn brought to a screen leaves
/// together, for all screens in one call of the system. After a round that took long, those that can wait do,
/// as long as it took and at most a tick: under load the loop keeps half of its time for commands. All on one
/// thread.
class Departures : public std::enable_shared_from_this<Departures> {
 public:
  explicit Departures(asio::io_context& io) : io_(io), rest_(io) {}

  void add(std::shared_ptr<Departing> connection, Due due);

 private:
  using Waiting = std::vector<std::shared_ptr<Departing>>;

  bool resting() const { return std::chrono::steady_clock::now() < rests_until_; }
  void plan_round();
  void plan_tick();
  void round();
  void send_off(Waiting leaving);
  void rest_after(std::chrono::steady_clock::duration round);

  asio::io_context& io_;
  asio::steady_timer rest_;
  std::chrono::steady_clock::time_point rests_until_{};
  Waiting now_;
  Waiting with_others_;
  WriteBatch batch_;
  bool round_planned_ = false;
  bool tick_planned_ = false;
};

} // namespace vigie::gateway
