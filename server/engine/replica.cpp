#include "engine/replica.hpp"

#include "engine/at_end.hpp"

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

void collect(protocol::Event const& event, std::set<protocol::TeamId>& left_duty) {
  if (auto const* off = std::get_if<protocol::TeamSignedOff>(&event)) left_duty.insert(off->team);
  if (auto const* on_break = std::get_if<protocol::BreakStarted>(&event)) left_duty.insert(on_break->team);
}

std::set<protocol::TeamId> left_duty_in(std::vector<protocol::Commit> const& commits) {
  std::set<protocol::TeamId> left_duty;
  for (auto const& commit : commits)
    for (auto const& event : commit.events) collect(event, left_duty);
  return left_duty;
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

Replica::Replica(asio::any_io_executor executor, std::shared_ptr<Journal> journal, std::string service,
                 std::chrono::milliseconds patience, protocol::Duration kept_for)
    : journal_(std::move(journal)), service_(std::move(service)), patience_(patience), kept_for_(kept_for),
      beginnings_(Beginnings::of(executor)), read_(executor), others_(executor) {}

std::optional<protocol::Particulars> Replica::confidence(protocol::SubjectId const& subject) const {
  auto const found = confidences_.find(subject);
  if (found == confidences_.end()) return std::nullopt;
  return found->second;
}

asio::awaitable<bool> Replica::load() {
  auto const line = co_await journal_->load_identity();
  if (!line) co_return false;
  line_ = *line;
  auto fresh = co_await begin();
  if (!fresh) co_return false;
  adopt(std::move(*fresh));
  co_return true;
}

/// One reading at a time, up to its fold: after a failover two could tell of different histories. Who came
/// first goes first, else whoever follows the news would never let the writer read.
asio::awaitable<bool> Replica::catch_up() {
  auto const turn = readers_++;
  while (turn != served_) co_await read_.wait();
  AtEnd const next{[this] {
    ++served_;
    read_.raise();
  }};
  bool up_to_date = true;
  if (unfinished_) up_to_date = co_await heal(*unfinished_);
  if (up_to_date) up_to_date = co_await read_on();
  co_return up_to_date;
}

asio::awaitable<bool> Replica::read_on() {
  for (;;) {
    auto const from = state_.version;
    auto commits = co_await journal_->read(from, page);
    if (!commits) {
      bool const healed = co_await heal(commits.error());
      if (!healed) co_return false;
      continue;
    }
    bool const to_the_end = commits->size() < page;
    auto const end = from + commits->size();
    bool const followed = co_await follow(std::move(*commits));
    if (!followed) co_return false;
    if (to_the_end && state_.version >= end) co_return true;
  }
}

asio::awaitable<bool> Replica::await_news() {
  co_await journal_->wait(state_.version);
  co_return co_await catch_up();
}

/// Particulars first: a screen that is told of a call must find its caller's name. What this process appended
/// meanwhile is folded already.
asio::awaitable<bool> Replica::follow(std::vector<protocol::Commit> commits) {
  auto subjects = subjects_of(commits);
  auto const fetched = co_await fetch(std::move(subjects));
  if (!fetched) co_return false;
  if (commits.empty() || commits.front().version != state_.version + 1) co_return true;
  for (auto const& [subject, particulars] : *fetched) confidences_[subject] = particulars;
  for (auto const& commit : commits) note_confided(commit, confided_at_);
  fold(commits);
  co_return true;
}

void Replica::take(std::vector<Entry> entries) {
  std::vector<protocol::Commit> commits;
  for (auto& [commit, confidences] : entries) {
    for (auto const& confidence : confidences) confide(confidence, commit.at);
    commits.push_back(std::move(commit));
  }
  fold(commits);
}

void Replica::note_confided(protocol::Commit const& commit, ConfidedAt& confided_at) {
  for (auto const& event : commit.events)
    if (auto const* kept = std::get_if<protocol::ConfidenceKept>(&event))
      confided_at[kept->subject] = commit.at;
}

/// As the vault does, which forgot by then what was confided so long before.
void Replica::confide(protocol::Confidence const& given, protocol::Instant at) {
  auto const before = confided_at_.find(given.subject);
  if (before != confided_at_.end() && before->second + kept_for_ <= at) confidences_.erase(given.subject);
  merge(confidences_[given.subject], given.particulars);
  confided_at_[given.subject] = at;
}

/// What is confided anew while the vault is asked stays.
asio::awaitable<void> Replica::drop_expired() {
  auto const asked_at = state_.version;
  auto const epoch = epoch_;
  auto subjects = held_subjects();
  auto const kept = co_await fetch(std::move(subjects));
  if (!kept || epoch != epoch_) co_return;
  auto const is_as_it_was = [&](protocol::SubjectId const& subject) {
    auto const changed = state_.confidences.find(subject);
    return changed == state_.confidences.end() || changed->second <= asked_at;
  };
  std::erase_if(confidences_, [&](auto const& held) { return is_as_it_was(held.first); });
  for (auto const& [subject, particulars] : *kept)
    if (is_as_it_was(subject)) confidences_[subject] = particulars;
}

std::vector<protocol::SubjectId> Replica::held_subjects() const {
  std::vector<protocol::SubjectId> subjects;
  subjects.reserve(confidences_.size());
  for (auto const& [subject, particulars] : confidences_) subjects.push_back(subject);
  return subjects;
}

asio::awaitable<void> Replica::look_at_line() {
  auto const line = co_await journal_->load_identity();
  if (!line || *line == line_ || healing_) co_return;
  line_ = *line;
  tell_all(domain::touched_since(state_, 0));
}

asio::awaitable<Replica::Fetched> Replica::fetch(std::vector<protocol::SubjectId> subjects) {
  std::vector<protocol::Confidence> found;
  for (std::size_t from = 0; from < subjects.size(); from += page) {
    auto const end = subjects.begin() + static_cast<std::ptrdiff_t>(std::min(from + page, subjects.size()));
    auto const begin = subjects.begin() + static_cast<std::ptrdiff_t>(from);
    std::vector<protocol::SubjectId> asked(begin, end);
    auto kept = co_await journal_->confidences(std::move(asked));
    if (!kept) co_return std::nullopt;
    std::ranges::move(*kept, std::back_inserter(found));
  }
  co_return found;
}

void Replica::fold(std::vector<protocol::Commit> const& commits) {
  auto const before = state_.version;
  for (auto const& commit : commits)
    if (commit.version == state_.version + 1) domain::evolve(state_, commit);
  if (state_.version == before) return;
  if (state_.forgotten > before) drop_forgotten();
  auto touched = domain::touched_since(state_, before);
  touched.left_duty = left_duty_in(commits);
  tell(touched);
}

void Replica::tell(domain::Touched const& touched) {
  for (auto const& listener : listeners_) listener(state_, touched);
}

/// Every screen is given the whole, and none resumes from what it knew before.
void Replica::tell_all(domain::Touched touched) {
  state_.forgotten = state_.version;
  touched.forgot = true;
  tell(touched);
}

void Replica::drop_forgotten() {
  auto const is_forgotten = [&](auto const& held) { return !state_.confidences.contains(held.first); };
  std::erase_if(confidences_, is_forgotten);
  std::erase_if(confided_at_, is_forgotten);
}

} // namespace vigie::engine
