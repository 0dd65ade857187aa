#include "engine/replica.hpp"

namespace vigie::engine {

namespace {

constexpr std::size_t page = 1000;

void collect(protocol::Event const& event, std::vector<protocol::SubjectId>& subjects) {
  if (auto const* kept = std::get_if<protocol::ConfidenceKept>(&event)) subjects.push_back(kept->subject);
}

std::vector<protocol::SubjectId> subjects_of(std::vector<protocol::Commit> const& commits) {
  std::vector<protocol::SubjectId> subjects;
  for (auto const& commit : commits)
    for (auto const& event : commit.events) collect(event, subjects);
  return subjects;
}

template <class Field> void replace(std::optional<Field>& held, std::optional<Field> const& given) {
  if (given) held = given;
}

/// The fields given replace those held, as they do in the vault.
void merge(protocol::Particulars& held, protocol::Particulars const& given) {
  replace(held.caller_name, given.caller_name);
  replace(held.number, given.number);
  replace(held.door, given.door);
  replace(held.words, given.words);
  replace(held.report, given.report);
}

} // namespace

std::optional<protocol::Particulars> Replica::confidence(protocol::SubjectId const& subject) const {
  auto const found = confidences_.find(subject);
  if (found == confidences_.end()) return std::nullopt;
  return found->second;
}

asio::awaitable<bool> Replica::load() {
  auto snapshot = co_await journal_->load_snapshot();
  if (!snapshot) co_return false;
  state_ = domain::state_from(std::move(*snapshot));
  std::vector<protocol::SubjectId> subjects;
  subjects.reserve(state_.confidences.size());
  for (auto const& [subject, changed] : state_.confidences) subjects.push_back(subject);
  bool const fetched = co_await fetch(std::move(subjects));
  if (!fetched) co_return false;
  co_return co_await catch_up();
}

asio::awaitable<bool> Replica::catch_up() {
  for (;;) {
    auto commits = co_await journal_->read(state_.version, page);
    if (!commits) co_return false;
    if (commits->empty()) co_return true;
    bool const followed = co_await follow(std::move(*commits));
    if (!followed) co_return false;
  }
}

asio::awaitable<bool> Replica::follow(std::vector<protocol::Commit> commits) {
  auto subjects = subjects_of(commits);
  bool const fetched = co_await fetch(std::move(subjects));
  if (fetched) fold(commits);
  co_return fetched;
}

void Replica::take(std::vector<Entry> entries) {
  std::vector<protocol::Commit> commits;
  for (auto& [commit, confidences] : entries) {
    for (auto& [subject, particulars] : confidences) merge(confidences_[subject], particulars);
    commits.push_back(std::move(commit));
  }
  fold(commits);
}

asio::awaitable<void> Replica::drop_expired() {
  std::vector<protocol::SubjectId> subjects;
  subjects.reserve(confidences_.size());
  for (auto const& [subject, particulars] : confidences_) subjects.push_back(subject);
  auto const kept = co_await journal_->confidences(subjects);
  if (!kept) co_return;
  std::set<protocol::SubjectId> alive;
  for (auto const& [subject, particulars] : *kept) alive.insert(subject);
  for (auto const& subject : subjects)
    if (!alive.contains(subject)) confidences_.erase(subject);
}

asio::awaitable<bool> Replica::fetch(std::vector<protocol::SubjectId> subjects) {
  for (std::size_t from = 0; from < subjects.size(); from += page) {
    auto const end = subjects.begin() + static_cast<std::ptrdiff_t>(std::min(from + page, subjects.size()));
    auto const begin = subjects.begin() + static_cast<std::ptrdiff_t>(from);
    std::vector<protocol::SubjectId> asked(begin, end);
    auto kept = co_await journal_->confidences(std::move(asked));
    if (!kept) co_return false;
    for (auto& [subject, particulars] : *kept) confidences_[subject] = std::move(particulars);
  }
  co_return true;
}

void Replica::fold(std::vector<protocol::Commit> const& commits) {
  auto const before = state_.version;
  for (auto const& commit : commits)
    if (commit.version == state_.version + 1) domain::evolve(state_, commit);
  if (state_.version == before) return;
  if (state_.forgotten > before) drop_forgotten();
  auto const touched = domain::touched_since(state_, before);
  for (auto const& listener : listeners_) listener(state_, touched);
}

void Replica::drop_forgotten() {
  std::erase_if(confidences_, [&](auto const& held) { return !state_.confidences.contains(held.first); });
}

} // namespace vigie::engine
