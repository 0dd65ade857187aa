#pragma once

#include "support/memory_store.hpp"

#include <asio/any_io_executor.hpp>

#include <deque>

namespace vigie::testing {

/// What becomes of an append whose answer is lost.
enum class LostAnswer { not_taken, taken };

/// What goes wrong between one process and its journal.
struct Troubles {
  bool away = false;           ///< nothing can be reached
  bool full = false;           ///< it is read, and takes nothing
  bool deaf = false;           ///< news come late: no wait is told of any
  bool unsaved = false;        ///< snapshots cannot be saved
  std::deque<LostAnswer> lost; ///< the next appends answer `unavailable`, taken or not
  /// Awaited in each append, once it is clear after which commit: a delay, or another process that comes
  /// first.
  std::function<asio::awaitable<void>()> before_append;
  /// Awaited while an answer is on its way from the store to the process.
  std::function<asio::awaitable<void>()> on_the_way_back;
};

/// The journal as one process sees it, in memory. Several on one store are several processes.
class MemoryJournal final : public engine::Journal {
 public:
  /// `patience` is how long wait() waits for news.
  MemoryJournal(asio::any_io_executor executor, std::shared_ptr<MemoryStore> store,
                std::chrono::milliseconds patience = std::chrono::seconds(2));

  asio::awaitable<engine::Settled> settle(engine::Decisions decisions) override;
  asio::awaitable<engine::Append> append(std::vector<engine::Entry> entries) override;
  asio::awaitable<bool> takes_commits() override;
  asio::awaitable<engine::Reading> read(protocol::Version version, std::size_t limit) override;
  asio::awaitable<std::optional<protocol::Instant>> time() override;
  asio::awaitable<void> wait(protocol::Version version) override;
  void interrupt() override { store_->wake(); }
  std::vector<protocol::Commit> held_after(protocol::Version version) const override;
  asio::awaitable<std::optional<protocol::Snapshot>> load_snapshot() override;
  asio::awaitable<bool> save_snapshot(protocol::Snapshot snapshot) override;
  asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
  confidences(std::vector<protocol::SubjectId> subjects) override;
  protocol::CallerKey caller_key(std::string const& number) const override;
  asio::awaitable<std::optional<protocol::Text<64>>> load_identity() override;
  asio::awaitable<std::optional<protocol::Text<64>>> rename_line() override;

  /// The journal ends with this commit, and it is the one known here.
  bool ends_at(protocol::Version version) const;

  int saves = 0; ///< of snapshots, tried so far
  /// The clock where the journal is kept; there is none that a process must go by.
  std::shared_ptr<engine::Clock> clock;
  /// The troubles of this process, to be set by a story.
  Troubles troubles;
  /// Takes the journal away from this process, or gives it back; ends its wait.
  void set_away(bool away);

 private:
  asio::awaitable<engine::Settled> settle(engine::Decisions decisions, Looking looking);
  bool note(engine::Decisions const& decisions, std::vector<std::string> hashes);
  asio::awaitable<void> on_the_way_back();

  /// What this process knows of one commit.
  struct Known {
    std::string hash;
    std::optional<protocol::Commit> commit;
  };

  std::optional<std::string> hash_known(protocol::Version version) const;
  std::optional<engine::Breach> breach(protocol::Version version) const;
  bool known_otherwise(protocol::Version version, std::string const& hash) const;
  bool lacks_what_is_known() const;

  asio::any_io_executor executor_;
  std::shared_ptr<MemoryStore> store_;
  std::chrono::milliseconds patience_;
  std::map<protocol::Version, Known> known_;
  std::string line_;          ///< empty before load_identity
  std::size_t agreed_on_ = 0; ///< how many losses of the store others have had time to put back
};

} // namespace vigie::testing
