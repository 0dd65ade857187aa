#pragma once

#include "engine/ports.hpp"
#include "redis/client.hpp"

namespace vigie::presence {

/// Live positions in Redis, as one process sees them. All on one thread.
class RedisPositions final : public engine::PositionStore {
 public:
  /// The client must be started, and stays the caller's; to listen to the other processes the store makes a
  /// connection of its own.
  RedisPositions(asio::any_io_executor executor, std::shared_ptr<redis::Client> client,
                 protocol::Service const& service);
  ~RedisPositions() override;

  asio::awaitable<bool> share(protocol::Picture picture) override;
  asio::awaitable<std::optional<std::vector<protocol::Position>>> all() override;
  /// Begins to listen. After a cut the handler is given all that is kept, since messages were lost meanwhile.
  void on_shared(std::function<void(protocol::Picture)> handler) override;

  /// Waits, at most that long, until what others share is heard; tells whether it is.
  asio::awaitable<bool> until_listening(std::chrono::milliseconds at_most);
  /// Stops listening and waits until nothing of this store runs any more.
  asio::awaitable<void> stop();

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

} // namespace vigie::presence
