#include "engine/writer.hpp"

#include "engine/at_end.hpp"

#include <algorithm>

namespace vigie::engine {

namespace {

/// How much of what was answered is kept for the day that the journal loses it.
constexpr std::size_t taken_kept = 1000;

} // namespace

struct Writer::Draft {
  std::vector<Entry> entries;
  std::vector<Answer> answers;

  bool refuses() const {
    return std::ranges::any_of(answers, [](auto const& answer) { return !answer.has_value(); });
  }
};

Writer::Writer(asio::any_io_executor executor, protocol::Service const& service, Replica& replica,
               std::shared_ptr<Journal> journal, std::shared_ptr<Clock> clock, Limits limits)
    : service_(service), replica_(replica), journal_(std::move(journal)), clock_(std::move(clock)),
      limits_(limits), time_(PassingTime::of(executor)), work_(executor), pause_(executor),
      deadline_(executor) {}

void Writer::put(Submission submission, Answered answered) {
  inbox_.put({std::move(submission), std::move(answered), time_.now() + limits_.answer_within});
  if (figures_) figures_->waiting(inbox_.size());
  work_.raise();
  if (!deadline_watched_) deadline_.raise();
}

void Writer::stop() {
  stopping_ = true;
  work_.raise();
  pause_.raise();
}

void Writer::set_available(bool available) {
  if (std::exchange(available_, available) == available) return;
  for (auto const& listener : availability_) listener(available);
}

asio::awaitable<void> Writer::run() {
  AtEnd const nobody_waits{[this] {
    done_ = true;
    deadline_.raise();
  }};
  for (;;) {
    group_ = inbox_.take(limits_.group);
    if (!group_.empty())
      co_await write();
    else if (stopping_)
      break;
    else
      co_await work_.wait();
  }
}

/// Once somebody's deadline is waited for, whoever comes later is looked at when that has passed.
asio::awaitable<void> Writer::keep_deadlines() {
  while (!done_) {
    auto const due = first_due();
    deadline_watched_ = due.has_value();
    if (!due)
      co_await deadline_.wait();
    else if (time_.now() < *due)
      co_await deadline_.wait_for(std::chrono::ceil<std::chrono::milliseconds>(*due - time_.now()));
    else
      give_up_late();
  }
}

std::optional<PassingTime::Moment> Writer::first_due() {
  auto const first = [](auto const& waiting) {
    auto const found = std::ranges::find_if_not(waiting, &Waiting::answered);
    return found == waiting.end() ? std::nullopt : std::optional{found->due()};
  };
  auto const due = first(group_);
  return due ? due : first(inbox_.waiting());
}

void Writer::give_up_late() {
  auto const give_up = [now = time_.now()](auto& all) {
    for (auto& waiting : all)
      if (waiting.due() <= now) waiting.give_up();
  };
  give_up(group_);
  give_up(inbox_.waiting());
}

asio::awaitable<void> Writer::write() {
  auto pause = limits_.retry_first;
  for (;;) {
    if (stopping_ && !available_) co_return give_up();
    std::erase_if(group_, [](auto const& waiting) { return waiting.answered(); });
    auto const epoch = replica_.epoch();
    auto const version = replica_.state().version;
    auto draft = decide();
    auto outcome = Append::taken;
    if (!draft.entries.empty())
      outcome = co_await append(draft.entries);
    else if (draft.refuses())
      outcome = co_await look_for_more();
    bool const moved = replica_.healing() || epoch != replica_.epoch() || version != replica_.state().version;
    if (outcome == Append::taken && !moved) co_return conclude(std::move(draft));
    if (outcome == Append::conflict || moved) {
      bool const caught_up = co_await replica_.catch_up();
      if (caught_up) continue;
    }
    co_await recover(pause);
  }
}

/// What is appended was decided at the journal's end. Refusals alone must look for it: what they refuse may
/// stand there already, taken by another process.
asio::awaitable<Append> Writer::look_for_more() {
  auto const known = replica_.state().version;
  bool const read = co_await replica_.catch_up();
  if (!read) co_return Append::unavailable;
  co_return replica_.state().version == known ? Append::taken : Append::conflict;
}

/// The journal is away while the process stops.
void Writer::give_up() {
  for (auto& waiting : group_) waiting.give_up();
}

asio::awaitable<Append> Writer::append(std::vector<Entry> entries) {
  if (replica_.healing()) co_return Append::unavailable;
  auto const commands = entries.size();
  auto const begun = std::chrono::steady_clock::now();
  auto const outcome = co_await journal_->append(std::move(entries));
  if (outcome == Append::taken) set_available(true);
  if (!figures_) co_return outcome;
  figures_->waiting(inbox_.size());
  if (outcome == Append::taken) figures_->appended(commands, std::chrono::steady_clock::now() - begun);
  if (outcome == Append::conflict) figures_->conflict();
  if (outcome == Append::unavailable) figures_->away();
  co_return outcome;
}

/// The journal is away: waits a little longer each time, then reads what it took meanwhile.
asio::awaitable<void> Writer::recover(std::chrono::milliseconds& pause) {
  set_available(false);
  co_await pause_.wait_about(pause);
  pause = std::min(2 * pause, limits_.retry_longest);
  bool const back = co_await replica_.catch_up();
  set_available(back);
}

Writer::Draft Writer::decide() {
  bool const same_line = draft_epoch_ == replica_.epoch() && draft_.version == replica_.state().version;
  if (!draft_stands_ || !same_line) draft_ = replica_.state();
  draft_epoch_ = replica_.epoch();
  draft_stands_ = false;
  Draft draft;
  for (auto const& waiting : group_) draft.answers.push_back(decide_one(waiting.submission(), draft.entries));
  return draft;
}

Answer Writer::decide_one(Submission const& submission, std::vector<Entry>& entries) {
  if (auto const taken = draft_.taken.find(submission.id); taken != draft_.taken.end())
    return taken->second.version;
  if (auto refusal = refusals_.find(submission.id)) return Failure<domain::Refusal>{*refusal};
  auto const number = domain::number_in(submission.command, service_);
  domain::Intent const intent{
      submission.id,
      submission.actor,
      clock_->now(),
      submission.made_at,
      number ? std::optional{journal_->caller_key(*number)} : std::nullopt,
      submission.command,
  };
  auto decision = domain::decide(draft_, service_, intent);
  if (!decision) return Failure<domain::Refusal>{decision.error()};
  protocol::Commit commit{draft_.version + 1, submission.id, submission.actor, intent.at,
                          std::move(decision->events)};
  domain::evolve(draft_, commit);
  entries.push_back({std::move(commit), std::move(decision->confidences)});
  return draft_.version;
}

void Writer::conclude(Draft draft) {
  draft_stands_ = true;
  replica_.take(std::move(draft.entries));
  for (std::size_t i = 0; i < group_.size(); ++i) {
    remember_refusal(group_[i].submission(), draft.answers[i]);
    if (draft.answers[i]) remember(group_[i].submission());
    group_[i].answer(std::move(draft.answers[i]));
  }
}

/// What the clock wants it wants again by itself.
void Writer::remember_refusal(Submission const& submission, Answer const& answer) {
  if (answer || submission.actor.role == protocol::Role::clock) return;
  refusals_.remember(submission.id, answer.error());
}

void Writer::remember(Submission const& submission) {
  if (submission.actor.role == protocol::Role::clock) return;
  taken_.push_back({submission, clock_->now()});
  if (taken_.size() > taken_kept) taken_.pop_front();
  forget_old();
}

void Writer::forget_old() {
  while (!taken_.empty() && taken_.front().at + limits_.answered_kept_for < clock_->now()) taken_.pop_front();
}

std::vector<Submission> Writer::latest_taken() const {
  std::vector<Submission> latest;
  latest.reserve(taken_.size());
  for (auto const& kept : taken_) latest.push_back(kept.submission);
  return latest;
}

} // namespace vigie::engine
