#pragma once

#include "chance.hpp"
#include "figures.hpp"
#include "support/memory_journal.hpp"

namespace vigie::simulation {

/// One process's journal in a simulated night: appends are on their way for a while, as is each answer, and
/// others come between; the clock may jump meanwhile, and what goes wrong is counted.
class TroubledJournal final : public engine::Journal {
 public:
  TroubledJournal(asio::any_io_executor executor, std::shared_ptr<testing::MemoryStore> store, Chance chance,
                  Figures& figures);

  asio::awaitable<engine::Settled> settle(engine::Decisions decisions) override;
  asio::awaitable<engine::Append> append(std::vector<engine::Entry> entries) override;
  asio::awaitable<bool> takes_commits() override;
  asio::awaitable<engine::Reading> read(protocol::Version version, std::size_t limit) override;
  asio::awaitable<std::optional<protocol::Instant>> time() override;
  asio::awaitable<void> wait(protocol::Version version) override;
  std::vector<protocol::Commit> held_after(protocol::Version version) const override;
  void interrupt() override { inner_.interrupt(); }
  asio::awaitable<std::optional<protocol::Snapshot>> load_snapshot() override;
  asio::awaitable<bool> save_snapshot(protocol::Snapshot snapshot) override;
  asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
  confidences(std::vector<protocol::SubjectId> subjects) override;
  protocol::CallerKey caller_key(std::string const& number) const override;
  asio::awaitable<std::optional<protocol::Text<64>>> load_identity() override;
  asio::awaitable<std::optional<protocol::Text<64>>> rename_line() override;

  bool ends_at(protocol::Version version) const { return inner_.ends_at(version); }
  bool away() const { return inner_.troubles.away; }
  void set_away(bool away);
  void lose_next_answer(testing::LostAnswer fate) { inner_.troubles.lost.push_back(fate); }
  /// What happens once, between the next decision and its append.
  void before_next_append(std::function<void()> happens) { before_append_ = std::move(happens); }

 private:
  void count(engine::Append outcome, bool was_away);
  asio::awaitable<void> some_turns();
  asio::awaitable<void> on_the_way_there();
  asio::awaitable<void> on_the_way_back();

  asio::any_io_executor executor_;
  testing::MemoryJournal inner_;
  Chance chance_; ///< its own, so that the rest of the night does not hang on its turns
  Figures& figures_;
  std::function<void()> before_append_;
  std::uint64_t asked_ = 0;    ///< answers that set out
  std::uint64_t answered_ = 0; ///< those that arrived, in the same order: there is one connection
};

} // namespace vigie::simulation
