#pragma once

#include "engine/ports.hpp"
#include "journal/chain.hpp"
#include "journal/snapshots.hpp"
#include "journal/tail.hpp"

namespace vigie::journal {

/// A service's journal in Redis, as one process sees it. All on one thread. It remembers the chain's latest
/// hashes and checks every commit it reads: a broken chain is logged and answered as unreachable, since
/// nobody may build on it.
class RedisJournal final : public engine::Journal {
 public:
  /// The client must be started, and stays the caller's; the address is the same Redis, for a connection of
  /// the journal's own on which it waits. `patience` is how long wait() waits for news.
  RedisJournal(asio::any_io_executor executor, std::shared_ptr<redis::Client> client, redis::Address address,
               protocol::Service const& service,
               std::chrono::milliseconds patience = std::chrono::seconds(3));

  asio::awaitable<engine::Append> append(std::vector<engine::Entry> entries) override;
  asio::awaitable<std::optional<std::vector<protocol::Commit>>> read(protocol::Version version,
                                                                     std::size_t limit) override;
  asio::awaitable<std::optional<std::vector<protocol::Commit>>> wait(protocol::Version version) override;
  void interrupt() override { tail_.interrupt(); }
  asio::awaitable<std::optional<protocol::Snapshot>> load_snapshot() override;
  asio::awaitable<bool> save_snapshot(protocol::Snapshot snapshot) override;
  asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
  confidences(std::vector<protocol::SubjectId> subjects) override;
  protocol::CallerKey caller_key(std::string const& number) const override;
  asio::awaitable<std::optional<protocol::Text<64>>> load_identity() override;

 private:
  enum class NoHash { unreachable, no_such_commit };

  asio::awaitable<Result<std::string, NoHash>> hash_at(protocol::Version version);
  asio::awaitable<std::optional<std::string>> hash_to_follow(protocol::Version version);
  std::optional<std::vector<protocol::Commit>> checked(redis::Reply const& entries, protocol::Version version,
                                                       std::string hash);
  engine::Append outcome(redis::Reply const& reply, protocol::Version before) const;
  void complain(std::string const& sentence) const;

  std::shared_ptr<redis::Client> client_;
  std::string service_;
  protocol::Duration confidences_kept_for_;
  std::chrono::milliseconds patience_;
  Keys keys_;
  Tail tail_;
  Snapshots snapshots_;
  KnownHashes hashes_;
  std::string caller_hashing_key_;
};

} // namespace vigie::journal
