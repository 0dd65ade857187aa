#include "support/memory_store.hpp"

#include "protocol/codec/codec.hpp"

#include <algorithm>
#include <utility>

namespace vigie::testing {
namespace {

template <class Field> void replace(std::optional<Field>& kept, std::optional<Field> const& given) {
  if (given) kept = given;
}

/// Good enough to tell histories apart in a test.
std::string chained(std::string const& before, protocol::Commit const& commit) {
  return std::to_string(std::hash<std::string>{}(before + protocol::encode(commit)));
}

} // namespace

MemoryStore::MemoryStore(std::string line, protocol::Duration confidences_kept_for,
                         std::shared_ptr<engine::Clock> clock)
    : line_(line), key_(std::move(line)), kept_for_(confidences_kept_for), clock_(std::move(clock)) {}

engine::Append MemoryStore::append(std::vector<engine::Entry> entries) {
  return settle({version(), std::move(entries), {}}, {}, Looking::for_the_end_alone).outcome;
}

engine::Settled MemoryStore::settle(engine::Decisions const& decisions,
                                    std::optional<std::string> const& hash_before, Looking looking) {
  bool const other = hash_before && *hash_before != hashes_.back();
  if (decisions.after != version() || other || !comes_next(decisions.entries))
    return {engine::Append::conflict, {}};
  if (looking == Looking::for_refusals)
    if (auto before = refused_before(decisions); !before.empty())
      return {engine::Append::conflict, std::move(before)};
  for (auto const& entry : decisions.entries) {
    commits_.push_back(entry.commit);
    hashes_.push_back(chained(hashes_.back(), entry.commit));
    for (auto const& confidence : entry.confidences) put(confidence, entry.commit.version);
  }
  for (auto const& [command, refusal] : decisions.refused)
    refused_.emplace(command, Refused{refusal, version()});
  if (!decisions.entries.empty()) wake();
  return {engine::Append::taken, {}};
}

engine::Refusals MemoryStore::refused_before(engine::Decisions const& decisions) const {
  engine::Refusals before;
  auto const look_for = [&](protocol::CommandId const& command) {
    auto const found = refused_.find(command);
    if (found != refused_.end()) before.emplace(command, found->second.refusal);
  };
  for (auto const& entry : decisions.entries)
    if (entry.commit.actor.role != protocol::Role::clock) look_for(entry.commit.command);
  for (auto const& [command, refusal] : decisions.refused) look_for(command);
  return before;
}

void MemoryStore::lose_after(protocol::Version version) {
  if (version >= this->version()) return;
  ++losses_;
  commits_.resize(version);
  hashes_.resize(version + 1);
  std::erase_if(vault_, [&](auto const& kept) { return kept.second.since > version; });
  std::erase_if(refused_, [&](auto const& kept) { return kept.second.since > version; });
  if (snapshot_.version > version) snapshot_ = {};
  wake();
}

void MemoryStore::rename_line(std::string const& before) {
  if (line_ != before) return;
  wake();
  line_ = "line-" + std::to_string(++renamings_) + " after " + before.substr(0, 20);
}

bool MemoryStore::comes_next(std::vector<engine::Entry> const& entries) const {
  auto next = version();
  return std::ranges::all_of(entries, [&next](auto const& entry) { return entry.commit.version == ++next; });
}

void MemoryStore::put(protocol::Confidence const& confidence, protocol::Version version) {
  auto particulars = this->confidence(confidence.subject).value_or(protocol::Particulars{});
  auto const& given = confidence.particulars;
  replace(particulars.caller_name, given.caller_name);
  replace(particulars.number, given.number);
  replace(particulars.door, given.door);
  replace(particulars.words, given.words);
  replace(particulars.report, given.report);
  vault_[confidence.subject] = {std::move(particulars), now() + kept_for_, version};
}

std::vector<protocol::Commit> MemoryStore::after(protocol::Version version, std::size_t limit) const {
  auto const first = std::min<std::size_t>(version, commits_.size());
  auto const last = first + std::min(limit, commits_.size() - first);
  return {commits_.begin() + static_cast<std::ptrdiff_t>(first),
          commits_.begin() + static_cast<std::ptrdiff_t>(last)};
}

void MemoryStore::keep(protocol::Snapshot snapshot) {
  if (snapshot.version > snapshot_.version) snapshot_ = std::move(snapshot);
}

std::optional<protocol::Particulars> MemoryStore::confidence(protocol::SubjectId const& subject) const {
  auto const found = vault_.find(subject);
  if (found == vault_.end() || (clock_ && found->second.until <= now())) return std::nullopt;
  return found->second.particulars;
}

std::shared_ptr<engine::Signal> MemoryStore::bell(asio::any_io_executor const& executor) {
  std::erase_if(bells_, [](auto const& bell) { return bell.expired(); });
  auto bell = std::make_shared<engine::Signal>(executor);
  bells_.push_back(bell);
  return bell;
}

void MemoryStore::wake() {
  for (auto const& waiting : std::exchange(bells_, {}))
    if (auto bell = waiting.lock()) bell->raise();
}

protocol::Instant MemoryStore::now() const { return clock_ ? clock_->now() : protocol::Instant{}; }

} // namespace vigie::testing
