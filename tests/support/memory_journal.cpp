#include "support/memory_journal.hpp"

#include <algorithm>

namespace vigie::testing {
MemoryJournal::MemoryJournal(asio::any_io_executor executor, std::shared_ptr<MemoryStore> store,
                             std::chrono::milliseconds patience)
    : executor_(std::move(executor)), store_(std::move(store)), patience_(patience) {}

asio::awaitable<void> MemoryJournal::on_the_way_back() {
  if (troubles.on_the_way_back) co_await troubles.on_the_way_back();
}

asio::awaitable<engine::Settled> MemoryJournal::settle(engine::Decisions decisions) {
  co_return co_await settle(std::move(decisions), Looking::for_refusals);
}

asio::awaitable<engine::Append> MemoryJournal::append(std::vector<engine::Entry> entries) {
  auto const before = entries.empty() ? store_->version() : entries.front().commit.version - 1;
  engine::Decisions lost{before, std::move(entries), {}};
  auto const settled = co_await settle(std::move(lost), Looking::for_the_end_alone);
  co_return settled.outcome;
}

asio::awaitable<engine::Settled> MemoryJournal::settle(engine::Decisions decisions, Looking looking) {
  auto const hash = hash_known(decisions.after);
  if (troubles.before_append) co_await troubles.before_append();
  if (troubles.away || troubles.full) co_return engine::Settled{};
  auto fate = LostAnswer::taken;
  bool const lost = !troubles.lost.empty();
  if (lost) fate = troubles.lost.front();
  if (lost) troubles.lost.pop_front();
  engine::Settled settled;
  if (fate == LostAnswer::taken) settled = store_->settle(decisions, hash, looking);
  bool const taken = settled.outcome == engine::Append::taken;
  std::vector<std::string> hashes;
  for (auto const& entry : decisions.entries)
    if (taken) hashes.push_back(store_->hash(entry.commit.version));
  co_await on_the_way_back();
  if (lost || troubles.away) co_return engine::Settled{};
  if (taken && (hash_known(decisions.after) != hash || !note(decisions, std::move(hashes))))
    co_return engine::Settled{engine::Append::conflict, {}};
  co_return settled;
}

/// Notes what was taken, unless another history was read meanwhile.
bool MemoryJournal::note(engine::Decisions const& decisions, std::vector<std::string> hashes) {
  auto const& entries = decisions.entries;
  for (std::size_t i = 0; i < hashes.size(); ++i)
    if (known_otherwise(entries[i].commit.version, hashes[i])) return false;
  for (std::size_t i = 0; i < hashes.size(); ++i)
    known_[entries[i].commit.version] = {std::move(hashes[i]), entries[i].commit};
  return true;
}

asio::awaitable<bool> MemoryJournal::takes_commits() {
  bool const reached = !troubles.away;
  if (reached) co_await on_the_way_back();
  if (!reached || troubles.away || troubles.full) co_return false;
  co_return std::exchange(agreed_on_, store_->losses()) == store_->losses();
}

asio::awaitable<engine::Reading> MemoryJournal::read(protocol::Version version, std::size_t limit) {
  if (troubles.away) co_return Failure<engine::Breach>(engine::Breach{});
  bool const there = version <= store_->version();
  auto const hash = there ? store_->hash(version) : std::string{};
  auto const commits = store_->after(version, limit);
  auto const end = version + commits.size();
  bool const knows_more = commits.size() < limit && !known_.empty() && known_.rbegin()->first > end;
  std::vector<std::string> hashes;
  for (auto const& commit : commits) hashes.push_back(store_->hash(commit.version));
  co_await on_the_way_back();
  if (troubles.away) co_return Failure<engine::Breach>(engine::Breach{});
  auto const known = hash_known(version);
  if (!there || (known && *known != hash))
    co_return Failure<engine::Breach>(breach(version).value_or(engine::Breach{}));
  for (std::size_t i = 0; i < commits.size(); ++i)
    if (known_otherwise(commits[i].version, hashes[i]))
      co_return Failure<engine::Breach>(breach(commits[i].version).value_or(engine::Breach{}));
  for (std::size_t i = 0; i < commits.size(); ++i)
    known_[commits[i].version] = {std::move(hashes[i]), commits[i]};
  if (knows_more) known_.erase(known_.upper_bound(end), known_.end());
  co_return commits;
}

asio::awaitable<std::optional<protocol::Instant>> MemoryJournal::time() {
  if (troubles.away || !clock) co_return std::nullopt;
  co_return clock->now();
}

asio::awaitable<void> MemoryJournal::wait(protocol::Version version) {
  if (troubles.away) co_return;
  bool const nothing_new = store_->version() == version && !breach(version);
  if (troubles.deaf || nothing_new) {
    auto const bell = store_->bell(executor_);
    co_await bell->wait_for(patience_);
  }
  if (!troubles.deaf) co_return;
  engine::Signal rest(executor_);
  co_await rest.wait_for(patience_);
}

std::optional<std::string> MemoryJournal::hash_known(protocol::Version version) const {
  if (version == 0) return store_->hash(0);
  auto const found = known_.find(version);
  return found == known_.end() ? std::nullopt : std::optional(found->second.hash);
}

bool MemoryJournal::ends_at(protocol::Version version) const {
  return store_->version() == version && hash_known(version) == store_->hash(version);
}

std::optional<engine::Breach> MemoryJournal::breach(protocol::Version version) const {
  auto const same = [&](protocol::Version each) {
    auto const hash = hash_known(each);
    return !hash || *hash == store_->hash(each);
  };
  auto common = std::min(version, store_->version());
  if (same(common) && common == version) return std::nullopt;
  if (same(common)) return engine::Breach{engine::Breach::Kind::behind, common};
  while (!same(common)) --common;
  return engine::Breach{engine::Breach::Kind::forked, common};
}

bool MemoryJournal::known_otherwise(protocol::Version version, std::string const& hash) const {
  auto const known = known_.find(version);
  return known != known_.end() && known->second.hash != hash;
}

std::vector<protocol::Commit> MemoryJournal::held_after(protocol::Version version) const {
  std::vector<protocol::Commit> held;
  for (auto next = known_.find(version + 1); next != known_.end(); ++next) {
    if (next->first != version + 1 + held.size() || !next->second.commit) break;
    held.push_back(*next->second.commit);
  }
  return held;
}

asio::awaitable<std::optional<protocol::Snapshot>> MemoryJournal::load_snapshot() {
  if (troubles.away) co_return std::nullopt;
  auto snapshot = store_->snapshot();
  auto hash = store_->hash(snapshot.version);
  co_await on_the_way_back();
  if (troubles.away) co_return std::nullopt;
  known_.clear();
  if (snapshot.version > 0) known_[snapshot.version] = {std::move(hash), {}};
  co_return snapshot;
}

/// One that does not agree with the journal would not be used.
asio::awaitable<bool> MemoryJournal::save_snapshot(protocol::Snapshot snapshot) {
  ++saves;
  if (troubles.unsaved) co_return false;
  auto const version = snapshot.version;
  bool const agrees = version <= store_->version() && hash_known(version) == store_->hash(version);
  if (!troubles.away && agrees) store_->keep(std::move(snapshot));
  co_await on_the_way_back();
  co_return !troubles.away;
}

asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
MemoryJournal::confidences(std::vector<protocol::SubjectId> subjects) {
  if (troubles.away || lacks_what_is_known()) co_return std::nullopt;
  std::vector<protocol::Confidence> found;
  for (auto const& subject : subjects)
    if (auto particulars = store_->confidence(subject)) found.push_back({subject, std::move(*particulars)});
  co_await on_the_way_back();
  if (troubles.away) co_return std::nullopt;
  co_return found;
}

bool MemoryJournal::lacks_what_is_known() const {
  if (known_.empty()) return false;
  auto const& [version, last] = *known_.rbegin();
  return version > store_->version() || store_->hash(version) != last.hash;
}

protocol::CallerKey MemoryJournal::caller_key(std::string const& number) const {
  if (line_.empty()) return {};
  return {std::to_string(std::hash<std::string>{}(store_->caller_hashing_key() + number))};
}

asio::awaitable<std::optional<protocol::Text<64>>> MemoryJournal::load_identity() {
  if (troubles.away) co_return std::nullopt;
  auto line = store_->line();
  co_await on_the_way_back();
  if (troubles.away) co_return std::nullopt;
  line_ = std::move(line);
  co_return protocol::Text<64>{line_};
}

asio::awaitable<std::optional<protocol::Text<64>>> MemoryJournal::rename_line() {
  if (!troubles.away) store_->rename_line(line_);
  co_return co_await load_identity();
}

void MemoryJournal::set_away(bool away) {
  troubles.away = away;
  store_->wake();
}

} // namespace vigie::testing
