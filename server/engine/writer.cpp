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

void Writer::owe(Group group) {
  inbox_.put_back(std::move(group));
  work_.raise();
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
    if (std::exchange(doubted_, false)) co_await ask(pause);
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
  auto const has_deadline = [](Waiting const& each) { return !each.answered() && !each.is_owed(); };
  auto const first = [&](auto const& waiting) {
    auto const found = std::ranges::find_if(waiting, has_deadline);
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
    ahead_.answers.push_back(decide(waiting.submission()));
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
  ahead_.decided.after = draft_.version;
}

bool Writer::follows_the_replica(Batch const& batch) const {
  return !replica_.healing() && draft_epoch_ == replica_.epoch() &&
         batch.decided.after == replica_.state().version;
}

asio::awaitable<void> Writer::write(std::chrono::milliseconds& pause) {
  under_way_ = std::exchange(ahead_, Batch{{draft_.version, {}, {}}, {}, {}});
  auto const settled = co_await settle(under_way_.decided);
  if (figures_) figures_->waiting(queued());
  bool const moved = !follows_the_replica(under_way_);
  if (settled.outcome == Append::taken && !moved) {
    pause = limits_.retry_first;
    co_return conclude();
  }
  refused_.remember(settled.before);
  take_back();
  bool up_to_date = false;
  if (settled.outcome == Append::conflict || moved) up_to_date = co_await replica_.catch_up();
  if (!up_to_date) co_await recover(pause);
}

/// Where every answer was known before there is nothing to be settled.
asio::awaitable<Settled> Writer::settle(Decisions decisions) {
  if (decisions.entries.empty() && decisions.refused.empty()) co_return Settled{Append::taken, {}};
  if (replica_.healing()) co_return Settled{};
  if (figures_) co_return co_await settle_measured(std::move(decisions), *figures_);
  co_return co_await journal_->settle(std::move(decisions));
}

asio::awaitable<Settled> Writer::settle_measured(Decisions decisions, Figures& figures) {
  auto const commands = decisions.entries.size();
  auto const begun = std::chrono::steady_clock::now();
  auto settled = co_await journal_->settle(std::move(decisions));
  if (settled.outcome == Append::taken && commands > 0)
    figures.appended(commands, std::chrono::steady_clock::now() - begun);
  if (settled.outcome == Append::conflict) figures.conflict();
  if (settled.outcome == Append::unavailable) figures.away();
  co_return settled;
}

/// The journal is away while the process stops.
void Writer::give_up_all() {
  take_back();
  for (auto& waiting : inbox_.waiting()) waiting.give_up();
}

asio::awaitable<bool> Writer::is_back() {
  bool const up_to_date = co_await replica_.catch_up();
  if (!up_to_date) co_return false;
  co_return co_await journal_->takes_commits();
}

/// What is decided on a journal that lacks its end would stand in the place of what others hold.
asio::awaitable<void> Writer::ask(std::chrono::milliseconds& pause) {
  bool const back = co_await is_back();
  if (!back) co_await recover(pause);
}

/// The journal is away: waits a little longer each time, then reads what it took meanwhile and asks whether
/// it would take more.
asio::awaitable<void> Writer::recover(std::chrono::milliseconds& pause) {
  change(writable_, false);
  bool back = false;
  do {
    co_await pause_.wait_about(pause);
    pause = std::min(2 * pause, limits_.retry_longest);
    back = co_await is_back();
  } while (!back && !stopping_);
  change(writable_, back);
}

Answer Writer::decide(Submission const& submission) {
  if (auto const taken = draft_.taken.find(submission.id); taken != draft_.taken.end())
    return taken->second.version;
  if (auto refusal = refused_before(submission.id)) return Failure<domain::Refusal>{std::move(*refusal)};
  auto const intent = intent_of(submission);
  auto decision = domain::decide(draft_, service_, intent);
  if (!decision) {
    if (submission.actor.role != protocol::Role::clock) // which wants again by itself what it wants
      ahead_.decided.refused.emplace(submission.id, decision.error());
    return Failure<domain::Refusal>{decision.error()};
  }
  protocol::Commit commit{draft_.version + 1, submission.id, submission.actor, intent.at,
                          std::move(decision->events)};
  domain::evolve(draft_, commit);
  ahead_.decided.entries.push_back({std::move(commit), std::move(decision->confidences)});
  return draft_.version;
}

std::optional<domain::Refusal> Writer::refused_before(protocol::CommandId const& command) const {
  for (auto const* batch : {&under_way_, &ahead_})
    if (auto const refused = batch->decided.refused.find(command); refused != batch->decided.refused.end())
      return refused->second;
  return refused_.find(command);
}

domain::Intent Writer::intent_of(Submission const& submission) const {
  auto const number = domain::number_in(submission.command, service_);
  return {submission.id,
          submission.actor,
          clock_->now(),
          submission.made_at,
          number ? std::optional{journal_->caller_key(*number)} : std::nullopt,
          submission.command};
}

void Writer::conclude() {
  auto batch = std::exchange(under_way_, {});
  refused_.remember(std::move(batch.decided.refused));
  replica_.take(std::move(batch.decided.entries));
  for (std::size_t i = 0; i < batch.group.size(); ++i) {
    bool const taken = batch.answers[i].has_value();
    batch.group[i].answer(std::move(batch.answers[i]));
    if (taken) remember(std::move(batch.group[i]).submission());
  }
}

/// All that was decided waits again, in its order.
void Writer::take_back() {
  draft_stands_ = false;
  inbox_.put_back(std::exchange(ahead_, {}).group);
  inbox_.put_back(std::exchange(under_way_, {}).group);
}

void Writer::remember(Submission submission) {
  if (submission.actor.role == protocol::Role::clock) return;
  taken_.push_back({std::move(submission), time_.now()});
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
