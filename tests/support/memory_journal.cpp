#include "support/memory_journal.hpp"

#include <algorithm>
#include <limits>

namespace vigie::testing {
namespace {

constexpr std::size_t everything = std::numeric_limits<std::size_t>::max();

} // namespace

MemoryJournal::MemoryJournal(asio::any_io_executor executor, std::shared_ptr<MemoryStore> store,
                             std::chrono::milliseconds patience)
    : executor_(std::move(executor)), store_(std::move(store)), patience_(patience) {}

asio::awaitable<engine::Append> MemoryJournal::append(std::vector<engine::Entry> entries) {
  auto const hash = entries.empty() ? std::nullopt : hash_known(entries.front().commit.version - 1);
  if (troubles.before_append) co_await troubles.before_append();
  if (troubles.away) co_return engine::Append::unavailable;
  if (troubles.lost.empty()) co_return append_now(entries, hash);
  auto const fate = troubles.lost.front();
  troubles.lost.pop_front();
  if (fate == LostAnswer::taken) store_->append(entries, hash);
  co_return engine::Append::unavailable;
}

engine::Append MemoryJournal::append_now(std::vector<engine::Entry> const& entries,
                                         std::optional<std::string> const& hash_before) {
  auto const outcome = store_->append(entries, hash_before);
  if (outcome != engine::Append::taken) return outcome;
  for (auto const& entry : entries)
    known_[entry.commit.version] = {store_->hash(entry.commit.version), entry.commit};
  return outcome;
}

asio::awaitable<engine::Reading> MemoryJournal::read(protocol::Version version, std::size_t limit) {
  if (troubles.away) co_return Failure<engine::Breach>(engine::Breach{});
  if (auto const found = breach(version)) co_return Failure<engine::Breach>(*found);
  co_return note(store_->after(version, limit));
}

asio::awaitable<engine::Reading> MemoryJournal::wait(protocol::Version version) {
  if (troubles.away) co_return Failure<engine::Breach>(engine::Breach{});
  bool const nothing_new = store_->version() == version && !breach(version);
  if (troubles.deaf || nothing_new) {
    auto const bell = store_->bell(executor_);
    co_await bell->wait_for(patience_);
  }
  if (troubles.deaf) {
    engine::Signal rest(executor_);
    co_await rest.wait_for(patience_);
  }
  if (troubles.away) co_return Failure<engine::Breach>(engine::Breach{});
  if (troubles.deaf || store_->version() <= version) co_return std::vector<protocol::Commit>{};
  co_return co_await read(version, everything);
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

std::vector<protocol::Commit> MemoryJournal::note(std::vector<protocol::Commit> commits) {
  for (auto const& commit : commits) known_[commit.version] = {store_->hash(commit.version), commit};
  return commits;
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
  auto const snapshot = store_->snapshot();
  known_.clear();
  if (snapshot.version > 0) known_[snapshot.version] = {store_->hash(snapshot.version), {}};
  co_return snapshot;
}

asio::awaitable<bool> MemoryJournal::save_snapshot(protocol::Snapshot snapshot) {
  if (!troubles.away) store_->keep(std::move(snapshot));
  co_return !troubles.away;
}

asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
MemoryJournal::confidences(std::vector<protocol::SubjectId> subjects) {
  if (troubles.away) co_return std::nullopt;
  std::vector<protocol::Confidence> found;
  for (auto const& subject : subjects)
    if (auto particulars = store_->confidence(subject)) found.push_back({subject, std::move(*particulars)});
  co_return found;
}

protocol::CallerKey MemoryJournal::caller_key(std::string const& number) const {
  if (line_.empty()) return {};
  return {std::to_string(std::hash<std::string>{}(store_->caller_hashing_key() + number))};
}

asio::awaitable<std::optional<protocol::Text<64>>> MemoryJournal::load_identity() {
  if (troubles.away) co_return std::nullopt;
  line_ = store_->line();
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
