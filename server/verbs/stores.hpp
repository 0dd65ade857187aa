#pragma once

#include "redis/subscriber.hpp"
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
  /// The embedded one of another process, at its socket.
  static std::unique_ptr<Store> shared(asio::io_context& io, std::filesystem::path const& socket);
  static std::unique_ptr<Store> own(asio::io_context& io, runtime::EmbeddedRedis redis);

  /// A connection for all that is short: nothing waits for replicas on it.
  std::shared_ptr<redis::Client> const& client() const { return lanes_.front(); }
  /// One of a few others, the same for the same name. Redis reads 16 KiB of a connection before it syncs
  /// and answers: on one alone, many services would wait for many syncs.
  std::shared_ptr<redis::Client> const& lane(std::string const& name) const;
  /// Hears what is published there, for the whole process.
  std::shared_ptr<redis::Subscriber> const& ear() const { return ear_; }
  /// How logs and people name it.
  std::string const& name() const { return name_; }

  /// Waits until every connection is up, at most so long; tells whether they are.
  asio::awaitable<bool> until_up(std::chrono::milliseconds at_most);
  /// Keeps an embedded server alive until stop, with growing pauses when it will not stay.
  asio::awaitable<void> watch();
  /// Ends the client; the embedded server ends after it.
  asio::awaitable<void> stop();

 private:
  Store(asio::io_context& io, redis::Site const& site);

  /// Resolves when the embedded server has ended.
  asio::awaitable<void> until_ended();
  /// Starts it again after a pause; tells whether it could.
  asio::awaitable<bool> start_after(std::chrono::milliseconds pause);

  asio::io_context& io_;
  std::string name_;
  std::vector<std::shared_ptr<redis::Client>> lanes_; ///< at least two
  std::shared_ptr<redis::Subscriber> ear_;
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
