#include "engine/writer.hpp"

#include <random>

namespace vigie::engine {

namespace {

/// A pause of chance length up to `longest`, so that processes that lost the journal together do not return
/// together.
std::chrono::milliseconds jittered(std::chrono::milliseconds longest) {
  thread_local std::minstd_rand chance{std::random_device{}()};
  return std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>{1, longest.count()}(chance)};
}

} // namespace

struct Writer::Draft {
  std::vector<Entry> entries;
  std::vector<Answer> answers;
};

Writer::Writer(asio::any_io_executor executor, protocol::Service const& service, Replica& replica,
               std::shared_ptr<Journal> journal, std::shared_ptr<Clock> clock, Limits limits)
    : service_(service), replica_(replica), journal_(std::move(journal)), clock_(std::move(clock)),
      limits_(limits), work_(executor), pause_(executor) {}

bool Writer::put(std::shared_ptr<Waiting> waiting) {
  if (stopping_ || inbox_.size() >= limits_.waiting_commands) return false;
  inbox_.put(std::move(waiting));
  if (figures_) figures_->waiting(inbox_.size());
  work_.raise();
  return true;
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
  for (;;) {
    auto group = inbox_.take(limits_.group);
    if (!group.empty())
      co_await write(std::move(group));
    else if (stopping_)
      co_return;
    else
      co_await work_.wait();
  }
}

asio::awaitable<void> Writer::write(Group group) {
  auto pause = limits_.retry_first;
  for (;;) {
    std::erase_if(group, [](auto const& waiting) { return waiting->given_up(); });
    auto draft = decide(group);
    auto outcome = Append::taken;
    if (!draft.entries.empty()) outcome = co_await append(draft.entries);
    if (outcome == Append::taken) co_return conclude(group, std::move(draft));
    if (outcome == Append::conflict && co_await replica_.catch_up()) continue;
    co_await recover(pause);
    if (stopping_ && !available_) co_return;
  }
}

asio::awaitable<Append> Writer::append(std::vector<Entry> entries) {
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
  co_await pause_.wait_for(jittered(pause));
  pause = std::min(2 * pause, limits_.retry_longest);
  set_available(co_await replica_.catch_up());
}

Writer::Draft Writer::decide(Group const& group) {
  if (!draft_stands_ || draft_.version != replica_.state().version) draft_ = replica_.state();
  draft_stands_ = false;
  Draft draft;
  for (auto const& waiting : group) draft.answers.push_back(decide_one(waiting->submission(), draft.entries));
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
  if (!decision) {
    if (submission.actor.role != protocol::Role::clock) refusals_.remember(submission.id, decision.error());
    return Failure<domain::Refusal>{decision.error()};
  }
  protocol::Commit commit{draft_.version + 1, submission.id, submission.actor, intent.at,
                          std::move(decision->events)};
  domain::evolve(draft_, commit);
  entries.push_back({std::move(commit), std::move(decision->confidences)});
  return draft_.version;
}

void Writer::conclude(Group const& group, Draft draft) {
  draft_stands_ = true;
  replica_.take(std::move(draft.entries));
  for (std::size_t i = 0; i < group.size(); ++i) group[i]->answer(std::move(draft.answers[i]));
}

} // namespace vigie::engine
