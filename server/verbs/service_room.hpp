#pragma once

#include "engine/live_picture.hpp"
#include "gateway/front.hpp"
#include "journal/redis_journal.hpp"
#include "places/place_index.hpp"
#include "presence/redis_positions.hpp"
#include "verbs/stores.hpp"

namespace vigie::verbs {

/// Everything one service has in this process.
class ServiceRoom {
 public:
  /// Reads the service's places and quarters. The error says what is wrong in which file.
  static Result<std::unique_ptr<ServiceRoom>, std::string> furnish(asio::io_context& io, Stores const& stores,
                                                                   runtime::Settings const& settings,
                                                                   protocol::Service const& service);

  /// Loads the journal, starts the engine and the picture and lets this service's people in; stays closed
  /// where the journal cannot be reached.
  asio::awaitable<void> open(gateway::Front& front);
  bool is_open() const { return open_; }
  asio::awaitable<void> stop();

  engine::Engine& engine() { return engine_; }

 private:
  ServiceRoom(asio::io_context& io, Stores const& stores, runtime::Settings const& settings,
              protocol::Service const& service, places::PlaceIndex places, std::string quarters);

  places::PlaceIndex places_;
  std::string quarters_;
  engine::Engine engine_;
  std::shared_ptr<presence::RedisPositions> positions_;
  engine::LivePicture picture_;
  bool open_ = false;
};

} // namespace vigie::verbs
