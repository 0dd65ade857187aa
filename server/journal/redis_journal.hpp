#pragma once

#include "engine/ports.hpp"
#include "journal/append_request.hpp"
#include "journal/chain.hpp"
#include "journal/identity.hpp"
#include "journal/news.hpp"
#include "journal/replicated.hpp"
#include "journal/snapshots.hpp"
#include "journal/stream_end.hpp"

namespace vigie::journal {

/// A service's journal in Redis, as one process sees it. All on one thread. It remembers the chain's latest
/// commits and checks every commit it reads: a broken chain, or one from which commits were taken away, is
/// logged and answered as unreachable, since nobody may build on it. A whole chain that ends before, or goes
/// another way, is what a Redis that takes over may bring.
class RedisJournal final : public engine::Journal {
 public:
  /// The client and the ear must be started, and stay the caller's; without an ear nothing is heard of what
  /// others append. `patience` is how long wait() waits for news. With `replicas` nothing counts, here or
  /// read from other processes, before enough of them hold it.
  RedisJournal(asio::any_io_executor executor, std::shared_ptr<redis::Client> client,
               std::shared_ptr<redis::Subscriber> ear, protocol::Service const& service,
               std::chrono::milliseconds patience = std::chrono::seconds(3), Replicas replicas = {});

  asio::awaitable<engine::Settled> settle(engine::Decisions decisions) override;
  asio::awaitable<engine::Append> append(std::vector<engine::Entry> entries) override;
  asio::awaitable<bool> takes_commits() override;
  asio::awaitable<engine::Reading> read(protocol::Version version, std::size_t limit) override;
  asio::awaitable<std::optional<protocol::Instant>> time() override;
  asio::awaitable<void> wait(protocol::Version version) override;
  void interrupt() override { news_.interrupt(); }
  std::vector<protocol::Commit> held_after(protocol::Version version) const override;
  asio::awaitable<std::optional<protocol::Snapshot>> load_snapshot() override;
  asio::awaitable<bool> save_snapshot(protocol::Snapshot snapshot) override;
  asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
  confidences(std::vector<protocol::SubjectId> subjects) override;
  protocol::CallerKey caller_key(std::string const& number) const override;
  asio::awaitable<std::optional<protocol::Text<64>>> load_identity() override;
  asio::awaitable<std::optional<protocol::Text<64>>> rename_line() override;

 private:
  enum class NoHash { unreachable, no_such_commit };
  /// A Redis that took over, and what was seen of it since this process came to it.
  struct ComeTo {
    std::string origin;
    std::chrono::steady_clock::time_point came;
    protocol::Version ends_at{};
    std::chrono::steady_clock::time_point grew;
  };

  asio::awaitable<engine::Settled> settle(engine::Decisions decisions,
                                          std::vector<protocol::CommandId> asked);
  asio::awaitable<Result<redis::Reply, redis::Failed>> entries_from(protocol::Version version,
                                                                    std::size_t limit);
  asio::awaitable<Result<std::string, NoHash>> hash_at(protocol::Version version);
  engine::Reading checked(std::vector<StoredCommit> const& stored, protocol::Version version,
                          std::string hash);
  bool builds_on_what_is_known(protocol::Version version, std::string const& hash,
                               AppendRequest const& request) const;
  void note_appended(protocol::Version version, AppendRequest request);
  std::optional<protocol::Version> first_other(std::vector<StoredCommit> const& stored,
                                               protocol::Version version) const;
  asio::awaitable<engine::Breach> breach(protocol::Version version);
  asio::awaitable<std::optional<StreamEnd>> end();
  asio::awaitable<bool> others_have_put_back(protocol::Version last);
  asio::awaitable<std::optional<protocol::Version>> last_common();
  engine::Settled settled(redis::Reply const& reply);
  void complain(std::string sentence);
  void complain_of(redis::Reply const& refusal);

  std::shared_ptr<redis::Client> client_;
  Replicated replicated_;
  std::string service_;
  protocol::Duration confidences_kept_for_;
  std::chrono::milliseconds patience_;
  Keys keys_;
  News news_;
  Snapshots snapshots_;
  KnownCommits known_;
  std::optional<Identity> identity_;
  ComeTo come_to_;        ///< the last
  std::string complaint_; ///< the last, which is not repeated
};

} // namespace vigie::journal
