#pragma once

#include "redis/address.hpp"
#include "redis/client.hpp"
#include "runtime/embedded_redis.hpp"
#include "runtime/settings.hpp"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

namespace vigie::verbs {

/// One Redis this process stands on: where it is, a client that is kept connected, and the server itself
/// where it is our own child, which is started again when it ends.
class Store {
 public:
  static Result<std::unique_ptr<Store>, std::string> at(asio::io_context& io, std::string const& url);
  static std::unique_ptr<Store> own(asio::io_context& io, runtime::EmbeddedRedis redis);

  std::shared_ptr<redis::Client> const& client() const { return client_; }
  redis::Address const& address() const { return address_; }

  /// Keeps an embedded server alive until stop, with growing pauses when it will not stay.
  asio::awaitable<void> watch();
  /// Ends the client; the embedded server ends after it.
  asio::awaitable<void> stop();

 private:
  Store(asio::io_context& io, redis::Address address);

  /// Resolves when the embedded server has ended.
  asio::awaitable<void> until_ended();
  /// Starts it again after a pause; tells whether it could.
  asio::awaitable<bool> start_after(std::chrono::milliseconds pause);

  asio::io_context& io_;
  redis::Address address_;
  std::shared_ptr<redis::Client> client_;
  std::optional<runtime::EmbeddedRedis> embedded_;
  std::optional<asio::posix::stream_descriptor> ended_;
  asio::steady_timer rest_;
  bool stopping_ = false;
};

/// The journal's Redis and the presence's.
struct Stores {
  std::unique_ptr<Store> journal;
  std::unique_ptr<Store> presence; ///< null: the journal's serves both

  Store& for_presence() const { return presence ? *presence : *journal; }
};

/// For serving: starts the embedded servers, or connects to those named. The error says what to do.
Result<Stores, std::string> open_stores(asio::io_context& io, runtime::Settings const& settings);

/// For reading: the journal alone; an embedded one that a running server holds is shared with it.
Result<Stores, std::string> open_journal(asio::io_context& io, runtime::Settings const& settings);

} // namespace vigie::verbs
