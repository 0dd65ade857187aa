#pragma once

#include "engine/engine.hpp"

namespace vigie::engine {

/// The latest position of each team of a service: takes fixes, shares them with the other processes in one
/// batch a tick, and hands screens one picture a tick with only what moved.
class LivePicture {
 public:
  using Viewer = std::function<void(protocol::Picture const&)>;

  LivePicture(asio::any_io_executor executor, Engine& engine, std::shared_ptr<PositionStore> store,
              std::chrono::milliseconds tick = std::chrono::milliseconds{100});
  ~LivePicture();

  asio::awaitable<void> start();
  asio::awaitable<void> stop();

  /// Takes a team's fix, or says why not: off duty, on a break, older than the service keeps fixes, or more
  /// than a minute from the future.
  Result<void, protocol::FixRefusal> report(protocol::TeamId const& team, protocol::Fix const& fix,
                                            protocol::FixSource source);

  /// All positions now, for a screen that arrives.
  protocol::Picture whole() const;
  std::optional<protocol::Position> position(protocol::TeamId const& team) const;

  void on_picture(Viewer viewer);

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

} // namespace vigie::engine
