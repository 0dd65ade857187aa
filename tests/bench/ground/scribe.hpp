#pragma once

#include "domain/decide.hpp"
#include "journal/redis_journal.hpp"

namespace vigie::bench::ground {

/// Writes a service's history as its server would, but without waiting between two commands: decided by the
/// domain, chained and appended by the journal, many commits at a time.
class Scribe {
 public:
  Scribe(protocol::Service service, std::shared_ptr<journal::RedisJournal> journal)
      : service_(std::move(service)), journal_(std::move(journal)) {}

  /// Somebody says a command at a moment. Throws std::runtime_error when it is refused.
  void say(protocol::Role role, protocol::Instant at, protocol::Command command);
  /// A team does.
  void say(protocol::TeamId const& team, protocol::Instant at, protocol::Command command);
  /// Appends what was said since. Throws std::runtime_error when the journal does not take it.
  asio::awaitable<void> write();

  std::size_t unwritten() const { return entries_.size(); }
  protocol::Service const& service() const { return service_; }

 private:
  void take(protocol::Actor actor, protocol::Instant at, protocol::Command command);

  protocol::Service service_;
  std::shared_ptr<journal::RedisJournal> journal_;
  domain::State state_;
  std::vector<engine::Entry> entries_;
};

} // namespace vigie::bench::ground
