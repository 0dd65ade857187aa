#include "engine/writer.hpp"

#include "engine/at_end.hpp"

#include <algorithm>

namespace vigie::engine {

namespace {

/// How much of what was answered is kept for the day that the journal loses it.
constexpr std::size_t taken_kept = 1000;

} // namespace

Writer::Writer(asio::any_io_executor executor, protocol::Service const& service, Replica& replica,
               std::shared_ptr<Journal> journal, std::shared_ptr<Clock> clock, Limits limits)
    : service_(service), replica_(replica), journal_(std::move(journal)), clock_(std::move(clock)),
      limits_(limits), time_(PassingTime::of(executor)), work_(executor), pause_(executor),
      deadline_(executor) {}

void Writer::put(Submission submission, Answered answered) {
  inbox_.put({std::move(submission), std::move(answered), time_.now() + limits_.answer_within});
  if (!under_way_.group.empty() && draft_stands_ && follows_the_replica(under_way_))
    decide_waiting();
  else
    work_.raise();
  if (figures_) figures_->waiting(queued());
  if (!deadline_watched_) deadline_.raise();
}

void Writer::stop() {
  stopping_ = true;
  work_.raise();
  pause_.raise();
}

void Writer::change(bool& one, bool to) {
  bool const before = available();
  one = to;
  if (available() == before) return;
  for (auto const& listener : availability_) listener(available());
}

asio::awaitable<void> Writer::run() {
  AtEnd const nobody_waits{[this] {
    done_ = true;
    deadline_.raise();
  }};
  auto pause = limits_.retry_first;
  for (;;) {
    if (stopping_ && !available()) give_up_all();
    decide_waiting();
    if (!ahead_.group.empty())
      co_await write(pause);
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
  if (auto const due = first(under_way_.group)) return due;
  if (auto const due = first(ahead_.group)) return due;
  return first(inbox_.waiting());
}

void Writer::give_up_late() {
  give_up([now = time_.now()](Waiting const& waiting) { return waiting.due() <= now; });
}

void Writer::give_up(std::function<bool(Waiting const&)> const& meant) {
  auto const look_at = [&](auto& all) {
    for (auto& waiting : all)
      if (meant(waiting)) waiting.give_up();
  };
  look_at(under_way_.group);
  look_at(ahead_.group);
  look_at(inbox_.waiting());
}

/// Decides what waits, on top of what is under way, as far as one group goes.
void Writer::decide_waiting() {
  if (under_way_.group.empty()) renew_draft();
  auto group = inbox_.take(limits_.group - ahead_.group.size());
  draft_stands_ = false;
  for (auto& waiting : group) {
    ahead_.answers.push_back(decide(waiting.submission(), ahead_.entries));
    ahead_.group.push_back(std::move(waiting));
  }
  draft_stands_ = true;
}

/// Begins the draft anew where the journal went another way than it did, or somebody was given up meanwhile.
void Writer::renew_draft() {
  bool const all_wait = std::ranges::none_of(ahead_.group, &Waiting::answered);
  if (draft_stands_ && all_wait && follows_the_replica(ahead_)) return;
  take_back();
  draft_ = replica_.state();
  draft_epoch_ = replica_.epoch();
  ahead_.from = draft_.version;
}

bool Writer::follows_the_replica(Batch const& batch) const {
  return !replica_.healing() && draft_epoch_ == replica_.epoch() && batch.from == replica_.state().version;
}

asio::awaitable<void> Writer::write(std::chrono::milliseconds& pause) {
  under_way_ = std::exchange(ahead_, Batch{draft_.version, {}, {}, {}, {}});
  auto const outcome = co_await settle(under_way_);
  if (figures_) figures_->waiting(queued());
  bool const moved = !follows_the_replica(under_way_);
  if (outcome == Append::taken && !moved) {
    pause = limits_.retry_first;
    co_return conclude();
  }
  take_back();
  bool up_to_date = false;
  if (outcome == Append::conflict || moved) up_to_date = co_await replica_.catch_up();
  if (!up_to_date) co_await recover(pause);
}

asio::awaitable<Append> Writer::settle(Batch const& batch) {
  bool const refuses = std::ranges::any_of(batch.answers, [](auto const& answer) { return !answer; });
  if (!batch.entries.empty()) co_return co_await append(batch.entries);
  if (refuses) co_return co_await look_for_more();
  co_return Append::taken;
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
void Writer::give_up_all() {
  take_back();
  for (auto& waiting : inbox_.waiting()) waiting.give_up();
}

asio::awaitable<Append> Writer::append(std::vector<Entry> entries) {
  if (replica_.healing()) co_return Append::unavailable;
  auto const commands = entries.size();
  auto const begun = std::chrono::steady_clock::now();
  auto const outcome = co_await journal_->append(std::move(entries));
  if (!figures_) co_return outcome;
  if (outcome == Append::taken) figures_->appended(commands, std::chrono::steady_clock::now() - begun);
  if (outcome == Append::conflict) figures_->conflict();
  if (outcome == Append::unavailable) figures_->away();
  co_return outcome;
}

/// The journal is away: waits a little longer each time, then reads what it took meanwhile and asks whether
/// it would take more.
asio::awaitable<void> Writer::recover(std::chrono::milliseconds& pause) {
  change(writable_, false);
  bool back = false;
  do {
    co_await pause_.wait_about(pause);
    pause = std::min(2 * pause, limits_.retry_longest);
    back = co_await replica_.catch_up();
    if (back) back = co_await journal_->takes_commits();
  } while (!back && !stopping_);
  change(writable_, back);
}

Answer Writer::decide(Submission const& submission, std::vector<Entry>& entries) {
  if (auto const taken = draft_.taken.find(submission.id); taken != draft_.taken.end())
    return taken->second.version;
  if (auto refusal = refusals_.find(submission.id)) return Failure<domain::Refusal>{*refusal};
  for (auto const* batch : {&under_way_, &ahead_})
    if (auto const refused = batch->refusals.find(submission.id); refused != batch->refusals.end())
      return Failure<domain::Refusal>{refused->second};
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
  if (!decision) {
    ahead_.refusals.emplace(submission.id, decision.error());
    return Failure<domain::Refusal>{decision.error()};
  }
  protocol::Commit commit{draft_.version + 1, submission.id, submission.actor, intent.at,
                          std::move(decision->events)};
  domain::evolve(draft_, commit);
  entries.push_back({std::move(commit), std::move(decision->confidences)});
  return draft_.version;
}

void Writer::conclude() {
  auto batch = std::exchange(under_way_, {});
  replica_.take(std::move(batch.entries));
  for (std::size_t i = 0; i < batch.group.size(); ++i) {
    remember_refusal(batch.group[i].submission(), batch.answers[i]);
    if (batch.answers[i]) remember(batch.group[i].submission());
    batch.group[i].answer(std::move(batch.answers[i]));
  }
}

/// All that was decided waits again, in its order.
void Writer::take_back() {
  draft_stands_ = false;
  inbox_.put_back(std::exchange(ahead_, {}).group);
  inbox_.put_back(std::exchange(under_way_, {}).group);
}

/// What the clock wants it wants again by itself.
void Writer::remember_refusal(Submission const& submission, Answer const& answer) {
  if (answer || submission.actor.role == protocol::Role::clock) return;
  refusals_.remember(submission.id, answer.error());
}

void Writer::remember(Submission const& submission) {
  if (submission.actor.role == protocol::Role::clock) return;
  taken_.push_back({submission, time_.now()});
  if (taken_.size() > taken_kept) taken_.pop_front();
  forget_old();
}

void Writer::forget_old() {
  while (!taken_.empty() && taken_.front().at + limits_.answered_kept_for < time_.now()) taken_.pop_front();
}

std::vector<Submission> Writer::latest_taken() const {
  std::vector<Submission> latest;
  latest.reserve(taken_.size());
  for (auto const& kept : taken_) latest.push_back(kept.submission);
  return latest;
}

} // namespace vigie::engine
