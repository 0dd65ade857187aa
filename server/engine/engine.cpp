#include "engine/engine.hpp"

#include "engine/task_group.hpp"
#include "engine/writer.hpp"
#include "runtime/log.hpp"

namespace vigie::engine {

using namespace std::chrono_literals;

struct Engine::Work {
  Work(asio::any_io_executor executor, protocol::Service given_service,
       std::shared_ptr<Journal> given_journal, std::shared_ptr<Clock> given_clock, Limits given_limits)
      : executor(executor), service(std::move(given_service)), journal(std::move(given_journal)),
        clock(std::move(given_clock)), limits(given_limits), replica(journal),
        writer(executor, service, replica, journal, clock, limits), clock_moved(executor), retry(executor),
        vault_turn(executor), tasks(executor, "engine") {}

  asio::any_io_executor executor;
  protocol::Service service;
  std::shared_ptr<Journal> journal;
  std::shared_ptr<Clock> clock;
  Limits limits;
  Replica replica;
  Writer writer;
  Signal clock_moved;
  Signal retry;
  Signal vault_turn;
  TaskGroup tasks;
  protocol::Text<64> line;
  protocol::Version saved_at = 0;
  bool saving = false;
  bool stopping = false;

  asio::awaitable<Answer> submit(Submission submission);
  asio::awaitable<void> follow();
  asio::awaitable<void> keep_time();
  asio::awaitable<void> keep_vault();
  asio::awaitable<void> save();
  void changed();
};

asio::awaitable<Answer> Engine::Work::submit(Submission submission) {
  auto const refused = [](protocol::Rejection reason) { return Failure<domain::Refusal>{{reason, {}}}; };
  if (!writer.available()) co_return refused(protocol::Rejection::journal_unavailable);
  auto const waiting = std::make_shared<Waiting>(executor, std::move(submission));
  if (!writer.put(waiting)) co_return refused(protocol::Rejection::overloaded);
  co_return co_await waiting->wait(limits.answer_within);
}

/// Folds what other processes appended, and notices when the journal goes and comes: once lost, it reads
/// before it waits again, as a wait tells nothing while nothing new comes.
asio::awaitable<void> Engine::Work::follow() {
  auto pause = limits.retry_first;
  while (!stopping) {
    auto commits = co_await journal->wait(replica.state().version);
    bool reached = commits.has_value();
    if (reached && !commits->empty()) reached = co_await replica.follow(std::move(*commits));
    writer.set_available(reached);
    pause = reached ? limits.retry_first : std::min(2 * pause, limits.retry_longest);
    if (reached || stopping) continue;
    co_await retry.wait_for(pause);
    bool const back = co_await replica.catch_up();
    writer.set_available(back);
  }
}

/// Sends the command that the clock owes, when it is due.
asio::awaitable<void> Engine::Work::keep_time() {
  while (!stopping) {
    auto const reminder = domain::next_reminder(replica.state(), service, clock->now());
    auto const wait = reminder ? reminder->due - clock->now() : 30s;
    if (wait > 0ms) {
      co_await clock_moved.wait_for(std::min<std::chrono::milliseconds>(wait, 30s));
      continue;
    }
    protocol::Actor const actor{{"clock"}, protocol::Role::clock, std::nullopt};
    auto const before = replica.state().version;
    Submission owed{reminder->id, actor, clock->now(), reminder->command};
    auto const answer = co_await submit(std::move(owed));
    if (!answer || *answer <= before) co_await clock_moved.wait_for(1s);
  }
}

/// The vault lets particulars expire; this process then drops them too.
asio::awaitable<void> Engine::Work::keep_vault() {
  while (!stopping) {
    co_await vault_turn.wait_for(10min);
    if (!stopping) co_await replica.drop_expired();
  }
}

asio::awaitable<void> Engine::Work::save() {
  saving = true;
  auto const version = replica.state().version;
  auto snapshot = domain::snapshot_of(replica.state());
  bool const saved = co_await journal->save_snapshot(std::move(snapshot));
  if (saved) saved_at = version;
  saving = false;
}

void Engine::Work::changed() {
  clock_moved.raise();
  bool const due = replica.state().version >= saved_at + limits.commits_between_snapshots;
  if (due && !saving && !stopping) tasks.spawn(save());
}

Engine::Engine(asio::any_io_executor executor, protocol::Service service, std::shared_ptr<Journal> journal,
               std::shared_ptr<Clock> clock, Limits limits)
    : work_(std::make_shared<Work>(executor, std::move(service), std::move(journal), std::move(clock),
                                   limits)) {
  work_->replica.on_change([work = work_.get()](auto const&, auto const&) { work->changed(); });
}

Engine::~Engine() = default;

asio::awaitable<bool> Engine::start() {
  auto const line = co_await work_->journal->load_identity();
  if (!line) co_return false;
  bool const loaded = co_await work_->replica.load();
  if (!loaded) co_return false;
  work_->line = *line;
  work_->saved_at = work_->replica.state().version;
  work_->writer.set_available(true);
  work_->tasks.spawn(work_->writer.run());
  work_->tasks.spawn(work_->follow());
  work_->tasks.spawn(work_->keep_time());
  work_->tasks.spawn(work_->keep_vault());
  log::info("engine", work_->service.id.value + " stands at version " + std::to_string(work_->saved_at));
  co_return true;
}

asio::awaitable<void> Engine::stop() {
  auto const work = work_;
  work->stopping = true;
  work->writer.stop();
  work->journal->interrupt();
  for (auto* signal : {&work->clock_moved, &work->retry, &work->vault_turn}) signal->raise();
  co_await work->tasks.join();
  if (work->writer.available()) co_await work->save();
}

asio::awaitable<Answer> Engine::submit(Submission submission) { return work_->submit(std::move(submission)); }
domain::State const& Engine::state() const { return work_->replica.state(); }
protocol::Service const& Engine::service() const { return work_->service; }
protocol::Text<64> const& Engine::line() const { return work_->line; }
bool Engine::journal_available() const { return work_->writer.available(); }
protocol::Instant Engine::now() const { return work_->clock->now(); }

std::optional<protocol::Particulars> Engine::confidence(protocol::SubjectId const& subject) const {
  return work_->replica.confidence(subject);
}

void Engine::on_change(ChangeHandler handler) { work_->replica.on_change(std::move(handler)); }
void Engine::on_journal(std::function<void(bool)> handler) { work_->writer.on_available(std::move(handler)); }
void Engine::measure(runtime::Metrics& metrics) { work_->writer.measure(metrics); }
void Engine::look_at_clock() { work_->clock_moved.raise(); }

} // namespace vigie::engine
