#pragma once

#include "chance.hpp"
#include "engine/ports.hpp"

#include <asio/any_io_executor.hpp>

#include <map>
#include <vector>

namespace vigie::simulation {

class TroubledPositions;

/// A position, and who brought it.
struct KeptPosition {
  protocol::Position position;
  TroubledPositions const* from;
};

/// What the presence Redis of a night keeps, and who listens to it. Nothing expires in it.
struct KeptPositions {
  std::map<protocol::TeamId, KeptPosition> kept;
  std::vector<TroubledPositions*> processes;
};

/// One process's way to the positions: what it shares arrives late, or not while it is away.
class TroubledPositions final : public engine::PositionStore {
 public:
  TroubledPositions(asio::any_io_executor executor, std::shared_ptr<KeptPositions> shared, Chance chance);
  ~TroubledPositions() override;

  asio::awaitable<bool> share(protocol::Picture picture) override;
  asio::awaitable<std::optional<std::vector<protocol::Position>>> all() override;
  void on_shared(std::function<void(protocol::Picture)> handler) override { handler_ = std::move(handler); }

  bool away = false;

 private:
  asio::awaitable<void> linger();

  asio::any_io_executor executor_;
  std::shared_ptr<KeptPositions> shared_;
  Chance chance_; ///< its own, so that the rest of the night does not hang on its turns
  std::function<void(protocol::Picture)> handler_;
};

} // namespace vigie::simulation
