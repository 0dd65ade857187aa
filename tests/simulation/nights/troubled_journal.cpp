#include "troubled_journal.hpp"

#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace vigie::simulation {

using namespace protocol;

TroubledJournal::TroubledJournal(asio::any_io_executor executor, std::shared_ptr<testing::MemoryStore> store,
                                 Chance chance, Figures& figures)
    : executor_(executor), inner_(executor, std::move(store), std::chrono::milliseconds(5)), chance_(chance),
      figures_(figures) {
  inner_.troubles.before_append = [this] { return on_the_way_there(); };
  inner_.troubles.on_the_way_back = [this] { return on_the_way_back(); };
}

/// Some turns of the event loop, in which others may come first.
asio::awaitable<void> TroubledJournal::some_turns() {
  for (auto turns = chance_.below(6); turns > 0; --turns) co_await asio::post(executor_, asio::use_awaitable);
}

asio::awaitable<void> TroubledJournal::on_the_way_there() {
  co_await some_turns();
  if (auto const happens = std::exchange(before_append_, nullptr)) happens();
}

asio::awaitable<void> TroubledJournal::on_the_way_back() {
  auto const mine = asked_++;
  co_await some_turns();
  while (answered_ != mine) co_await asio::post(executor_, asio::use_awaitable);
  ++answered_;
}

asio::awaitable<engine::Settled> TroubledJournal::settle(engine::Decisions decisions) {
  bool const was_away = away();
  auto settled = co_await inner_.settle(std::move(decisions));
  count(settled.outcome, was_away);
  co_return settled;
}

asio::awaitable<engine::Append> TroubledJournal::append(std::vector<engine::Entry> entries) {
  bool const was_away = away();
  auto const outcome = co_await inner_.append(std::move(entries));
  count(outcome, was_away);
  co_return outcome;
}

void TroubledJournal::count(engine::Append outcome, bool was_away) {
  if (outcome == engine::Append::conflict) ++figures_.conflicts;
  if (outcome == engine::Append::unavailable && !was_away) ++figures_.lost;
}

asio::awaitable<bool> TroubledJournal::takes_commits() { return inner_.takes_commits(); }

asio::awaitable<engine::Reading> TroubledJournal::read(Version version, std::size_t limit) {
  return inner_.read(version, limit);
}

asio::awaitable<std::optional<protocol::Instant>> TroubledJournal::time() { return inner_.time(); }

asio::awaitable<void> TroubledJournal::wait(Version version) { return inner_.wait(version); }

std::vector<Commit> TroubledJournal::held_after(Version version) const { return inner_.held_after(version); }

asio::awaitable<std::optional<Text<64>>> TroubledJournal::rename_line() { return inner_.rename_line(); }

asio::awaitable<std::optional<Snapshot>> TroubledJournal::load_snapshot() { return inner_.load_snapshot(); }

asio::awaitable<bool> TroubledJournal::save_snapshot(Snapshot snapshot) {
  return inner_.save_snapshot(std::move(snapshot));
}

asio::awaitable<std::optional<std::vector<Confidence>>>
TroubledJournal::confidences(std::vector<SubjectId> subjects) {
  return inner_.confidences(std::move(subjects));
}

CallerKey TroubledJournal::caller_key(std::string const& number) const { return inner_.caller_key(number); }

asio::awaitable<std::optional<Text<64>>> TroubledJournal::load_identity() { return inner_.load_identity(); }

void TroubledJournal::set_away(bool away) {
  if (away && !inner_.troubles.away) ++figures_.away;
  inner_.set_away(away);
}

} // namespace vigie::simulation
