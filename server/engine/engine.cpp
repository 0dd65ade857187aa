#include "engine/engine.hpp"

#include "engine/common_clock.hpp"
#include "engine/task_group.hpp"
#include "engine/writer.hpp"
#include "runtime/log.hpp"

#include <algorithm>

namespace vigie::engine {

using namespace std::chrono_literals;

namespace {

/// The clock is looked at again after so long at most.
constexpr std::chrono::milliseconds longest_rest = 30s;

/// What is too old is dropped so often.
constexpr auto swept_every = 10min;

/// What the clock owes: what is due, and how long until something else is.
struct Owed {
  std::vector<domain::Reminder> due;
  std::chrono::milliseconds rest;
};

} // namespace

struct Engine::Work {
  Work(asio::any_io_executor executor, protocol::Service given_service,
       std::shared_ptr<Journal> given_journal, std::shared_ptr<Clock> given_clock, Limits given_limits)
      : executor(executor), service(std::move(given_service)), journal(std::move(given_journal)),
        clock(std::make_shared<CommonClock>(std::move(given_clock), PassingTime::of(executor),
                                            service.id.value)),
        limits(given_limits), replica(executor, journal, service.id.value, limits.others_put_back_within,
                                      service.confidences_kept_for),
        writer(executor, service, replica, journal, clock, limits), clock_moved(executor), retry(executor),
        paid(executor), tasks(executor, "engine", AtFailure::end_process) {}

  asio::any_io_executor executor;
  protocol::Service service;
  std::shared_ptr<Journal> journal;
  std::shared_ptr<CommonClock> clock;
  Limits limits;
  Replica replica;
  Writer writer;
  Signal clock_moved;
  Signal retry;
  Signal paid; ///< raised when nothing is owed any more
  TaskGroup tasks;
  std::vector<std::function<void(Submission const&)>> on_lost;
  std::size_t owed = 0; ///< commands that are being taken again
  protocol::Version saved_at = 0;
  protocol::Version save_failed_at = 0; ///< the last time
  bool saving = false;
  bool stopping = false;

  void submit(Submission submission, Answered answered);
  asio::awaitable<Answer> submit(Submission submission);
  asio::awaitable<void> follow();
  asio::awaitable<void> look_at_time();
  Owed owed_by_the_clock() const;
  asio::awaitable<void> keep_time();
  asio::awaitable<bool> send_first(std::vector<domain::Reminder> const& due);
  asio::awaitable<void> sweep();
  asio::awaitable<void> save();
  void taken_again(Submission const& submission, Answer const& answer);
  asio::awaitable<void> until_paid();
  void changed();
  void lost(Loss const& loss);
};

void Engine::Work::submit(Submission submission, Answered answered) {
  auto const refuse = [&](protocol::Rejection reason) { answered(Failure<domain::Refusal>{{reason, {}}}); };
  if (!writer.available()) return refuse(protocol::Rejection::journal_unavailable);
  if (!writer.has_room()) return refuse(protocol::Rejection::overloaded);
  writer.put(std::move(submission), std::move(answered));
}

asio::awaitable<Answer> Engine::Work::submit(Submission submission) {
  struct Told {
    Signal rings;
    std::optional<Answer> answer;
  };
  auto const told = std::make_shared<Told>(Told{Signal{executor}, {}});
  submit(std::move(submission), [told](Answer answer) {
    told->answer = std::move(answer);
    told->rings.raise();
  });
  while (!told->answer) co_await told->rings.wait();
  co_return std::move(*told->answer);
}

/// Folds what other processes appended, and notices when the journal goes and comes: once lost, it reads
/// before it waits again, as a wait tells nothing while nothing new comes.
asio::awaitable<void> Engine::Work::follow() {
  auto pause = limits.retry_first;
  auto const& time = PassingTime::of(executor);
  auto looked = time.now();
  auto swept = looked;
  while (!stopping) {
    bool const reached = co_await replica.await_news();
    writer.set_readable(reached);
    pause = reached ? limits.retry_first : std::min(2 * pause, limits.retry_longest);
    bool const look = time.now() - looked >= limits.look_at_line;
    if (reached && look && !stopping) {
      looked = time.now();
      co_await replica.look_at_line();
      co_await look_at_time();
    }
    if (reached && time.now() - swept >= swept_every && !stopping) {
      swept = time.now();
      co_await sweep();
    }
    if (reached || stopping) continue;
    co_await retry.wait_about(pause);
    bool const back = co_await replica.catch_up();
    if (back) writer.doubt();
    writer.set_readable(back);
    looked = {};
  }
}

asio::awaitable<void> Engine::Work::look_at_time() {
  auto const asked = PassingTime::of(executor).now();
  auto const told = co_await journal->time();
  if (told) clock->hear(*told, asked);
  if (auto* figures = writer.figures()) figures->clock_is_ahead(clock->ahead());
}

Owed Engine::Work::owed_by_the_clock() const {
  auto const now = clock->surely();
  Owed owed{domain::reminders(replica.state(), service, now), longest_rest};
  auto const later = std::ranges::find_if(owed.due, [now](auto const& each) { return each.due > now; });
  if (later != owed.due.end())
    owed.rest = std::min<std::chrono::milliseconds>(later->due - now, longest_rest);
  owed.due.erase(later, owed.due.end());
  return owed;
}

/// Sends what the clock owes, when it is due.
asio::awaitable<void> Engine::Work::keep_time() {
  while (!stopping) {
    auto const owed = owed_by_the_clock();
    bool const taken = co_await send_first(owed.due);
    if (taken || stopping) continue;
    if (owed.due.empty())
      co_await clock_moved.wait_for(owed.rest);
    else
      co_await clock_moved.wait_about(2s);
  }
}

/// Sends what is due until one is taken and the state is another; false when none is. One that cannot be
/// taken does not keep the others waiting.
asio::awaitable<bool> Engine::Work::send_first(std::vector<domain::Reminder> const& due) {
  protocol::Actor const actor{{"clock"}, protocol::Role::clock, std::nullopt};
  for (auto const& reminder : due) {
    auto const before = replica.state().version;
    Submission owed{reminder.id, actor, clock->now(), reminder.command};
    auto const answer = co_await submit(std::move(owed));
    if (stopping) break;
    if (answer && *answer > before) co_return true;
  }
  co_return false;
}

/// The vault lets particulars expire; this process then drops them too.
asio::awaitable<void> Engine::Work::sweep() {
  writer.forget_old();
  co_await replica.drop_expired();
}

asio::awaitable<void> Engine::Work::save() {
  if (replica.healing()) co_return;
  saving = true;
  auto const version = replica.state().version;
  auto snapshot = domain::snapshot_of(replica.state());
  bool const saved = co_await journal->save_snapshot(std::move(snapshot));
  (saved ? saved_at : save_failed_at) = version;
  saving = false;
}

void Engine::Work::changed() {
  clock_moved.raise();
  // A snapshot takes as long as the state is large: so that it costs each commit the same, it waits for as
  // many commits as the state remembers. One that could not be saved is not made anew at each commit.
  auto const enough = std::max<std::uint64_t>(limits.commits_between_snapshots, replica.state().taken.size());
  auto const version = replica.state().version;
  bool const due = version >= saved_at + enough;
  bool const rested = version >= save_failed_at + limits.commits_between_snapshots;
  if (due && rested && !saving && !stopping) tasks.spawn(save());
}

/// Commands that were answered here and are in the journal no more are decided again, in their order; those
/// of processes that are gone are lost.
void Engine::Work::lost(Loss const& loss) {
  saved_at = std::min(saved_at, replica.state().version);
  save_failed_at = std::min(save_failed_at, replica.state().version);
  if (auto* figures = writer.figures()) figures->begun_anew();
  std::set<protocol::CommandId> const missing{loss.commands.begin(), loss.commands.end()};
  Group group;
  for (auto& submission : writer.latest_taken())
    if (missing.contains(submission.id))
      group.emplace_back(
          submission, [this, submission](Answer const& answer) { taken_again(submission, answer); },
          Waiting::owed);
  owed += group.size();
  writer.owe(std::move(group));
}

void Engine::Work::taken_again(Submission const& submission, Answer const& answer) {
  if (--owed == 0) paid.raise();
  if (answer) return;
  log::error("engine", "command " + submission.id.value + " of " + submission.actor.account.value +
                           " was answered, was lost with the journal's end and cannot be taken again");
  if (auto* figures = writer.figures()) figures->lost();
  for (auto const& listener : on_lost) listener(submission);
}

/// What was answered is taken again before the process stops, if the journal is back in time.
asio::awaitable<void> Engine::Work::until_paid() {
  bool in_time = true;
  while (owed > 0 && in_time) in_time = co_await paid.wait_for(limits.answer_within);
}

Engine::Engine(asio::any_io_executor executor, protocol::Service service, std::shared_ptr<Journal> journal,
               std::shared_ptr<Clock> clock, Limits limits)
    : work_(std::make_shared<Work>(executor, std::move(service), std::move(journal), std::move(clock),
                                   limits)) {
  work_->replica.on_change([work = work_.get()](auto const&, auto const&) { work->changed(); });
  work_->replica.on_loss([work = work_.get()](Loss const& loss) { work->lost(loss); });
  work_->replica.on_regrown([work = work_.get()](std::size_t commits) {
    if (auto* figures = work->writer.figures()) figures->regrown(commits);
  });
}

Engine::~Engine() = default;

asio::awaitable<bool> Engine::start() {
  bool const loaded = co_await work_->replica.load();
  if (!loaded) co_return false;
  co_await work_->look_at_time();
  work_->saved_at = work_->replica.state().version;
  work_->writer.set_readable(true);
  work_->tasks.spawn(work_->writer.run());
  work_->tasks.spawn(work_->writer.keep_deadlines());
  work_->tasks.spawn(work_->follow());
  work_->tasks.spawn(work_->keep_time());
  log::info("engine", work_->service.id.value + " stands at version " + std::to_string(work_->saved_at));
  co_return true;
}

asio::awaitable<void> Engine::stop() {
  auto const work = work_;
  co_await work->until_paid();
  work->stopping = true;
  work->writer.stop();
  work->journal->interrupt();
  work->replica.interrupt();
  for (auto* signal : {&work->clock_moved, &work->retry}) signal->raise();
  co_await work->tasks.join();
  if (work->writer.available()) co_await work->save();
}

void Engine::submit(Submission submission, Answered answered) {
  work_->submit(std::move(submission), std::move(answered));
}
void Engine::withdraw(std::multiset<protocol::CommandId> const& commands) {
  work_->writer.give_up([&](Waiting const& waiting) {
    return !waiting.is_owed() && commands.contains(waiting.submission().id);
  });
}

asio::awaitable<Answer> Engine::submit(Submission submission) { return work_->submit(std::move(submission)); }
domain::State const& Engine::state() const { return work_->replica.state(); }
protocol::Service const& Engine::service() const { return work_->service; }
protocol::Text<64> const& Engine::line() const { return work_->replica.line(); }
bool Engine::journal_available() const { return work_->writer.available(); }
protocol::Instant Engine::now() const { return work_->clock->now(); }

std::optional<protocol::Particulars> Engine::confidence(protocol::SubjectId const& subject) const {
  return work_->replica.confidence(subject);
}

void Engine::on_change(ChangeHandler handler) { work_->replica.on_change(std::move(handler)); }
void Engine::on_journal(std::function<void(bool)> handler) { work_->writer.on_available(std::move(handler)); }
void Engine::on_lost(std::function<void(Submission const&)> handler) {
  work_->on_lost.push_back(std::move(handler));
}
void Engine::measure(runtime::Metrics& metrics) { work_->writer.measure(metrics); }
void Engine::look_at_clock() { work_->clock_moved.raise(); }

} // namespace vigie::engine
