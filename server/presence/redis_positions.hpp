#pragma once

#include "engine/ports.hpp"
#include "redis/subscriber.hpp"

namespace vigie::presence {

/// Live positions in Redis, as one process sees them. All on one thread.
class RedisPositions final : public engine::PositionStore {
 public:
  /// The client and the ear must be started, and stay the caller's.
  RedisPositions(asio::any_io_executor executor, std::shared_ptr<redis::Client> client,
                 std::shared_ptr<redis::Subscriber> ear, protocol::Service const& service);
  ~RedisPositions() override;

  asio::awaitable<bool> share(protocol::Picture picture) override;
  asio::awaitable<std::optional<std::vector<protocol::Position>>> all() override;
  /// Begins to listen. After a cut the handler is given all that is kept, since messages were lost meanwhile.
  void on_shared(std::function<void(protocol::Picture)> handler) override;

  /// Stops listening and waits until nothing of this store runs any more.
  asio::awaitable<void> stop();

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

} // namespace vigie::presence
