#include "house.hpp"

#include "support/rennes.hpp"

#include <asio/co_spawn.hpp>

#include <algorithm>
#include <stdexcept>

namespace vigie::simulation {

using namespace std::chrono_literals;

namespace {

asio::awaitable<void> begin(Process& process) {
  bool const started = co_await process.engine->start();
  if (!started) throw std::runtime_error("a process did not start");
  co_await process.picture->start();
}

asio::awaitable<void> end(Process& process) {
  co_await process.picture->stop();
  co_await process.engine->stop();
}

} // namespace

House::House(Chance& chance, Figures& figures, std::chrono::milliseconds answer_within)
    : chance_(chance), figures_(figures) {
  time_.take_over();
  limits_.answer_within = answer_within;
  limits_.retry_first = 1ms;
  limits_.retry_longest = 1ms;
  limits_.group = 8;
  limits_.answered_kept_for = 24h;
  limits_.look_at_line = 0ms;
  limits_.others_put_back_within = 1ms;
  limits_.commits_between_snapshots = 25;
}

House::~House() {
  for (auto const& process : all_) process->journal->set_away(false);
  for (auto const& process : all_) run(end(*process));
}

void House::run(asio::awaitable<void> task) {
  bool ended = false;
  std::exception_ptr failed;
  asio::co_spawn(io, std::move(task), [&](std::exception_ptr failure) {
    ended = true;
    failed = failure;
  });
  while (!ended) stir(1);
  if (failed) std::rethrow_exception(failed);
}

Chance House::own_chance() { return Chance{chance_.below(1'000'000'007)}; }

Process& House::start() {
  auto& process = *all_.emplace_back(std::make_unique<Process>());
  process.name = "process " + std::to_string(all_.size());
  process.journal = std::make_shared<TroubledJournal>(io.get_executor(), store, own_chance(), figures_);
  process.clock = std::make_shared<OwnClock>(clock);
  process.engine = std::make_unique<engine::Engine>(io.get_executor(), tests::rennes(), process.journal,
                                                    process.clock, limits_);
  process.positions = std::make_shared<TroubledPositions>(io.get_executor(), positions, own_chance());
  process.picture =
      std::make_unique<engine::LivePicture>(io.get_executor(), *process.engine, process.positions, 1ms);
  process.engine->on_lost([this](auto const& submission) { given_up.insert(submission.id); });
  run(begin(process));
  process.screens = std::make_unique<Screens>(process.name, *process.engine);
  ++figures_.starts;
  return process;
}

std::vector<Process*> House::processes() const {
  std::vector<Process*> reachable;
  for (auto const& process : all_)
    if (!process->gone) reachable.push_back(process.get());
  return reachable;
}

Process& House::any() {
  auto const reachable = processes();
  return *chance_.pick(reachable);
}

void House::set_gone(Process& process, bool gone) {
  process.gone = gone;
  process.journal->set_away(gone);
  process.positions->away = gone;
  if (gone) ++figures_.kills;
}

void House::move_clock(std::chrono::milliseconds by) {
  clock->move(by);
  for (auto const& process : all_) process->engine->look_at_clock();
}

void House::sleep(std::chrono::milliseconds span) {
  time_.move(span);
  io.poll();
  move_clock(span);
}

void House::set_clock(Process& process, std::chrono::milliseconds ahead) {
  process.clock->ahead = ahead;
  process.engine->look_at_clock();
}

void House::stir(std::size_t turns) {
  for (; turns > 0; --turns)
    if (io.poll_one() == 0) time_.move(100us);
}

void House::wait(std::chrono::milliseconds span) {
  for (; span > 0ms; span -= 1ms) {
    io.poll();
    time_.move(1ms);
  }
  io.poll();
}

bool House::at_rest() const {
  return std::ranges::all_of(all_, [&](auto const& process) {
    if (process->journal->away()) return true;
    return process->in_flight == 0 && process->engine->journal_available() &&
           process->journal->ends_at(process->engine->state().version) &&
           process->engine->line().value == store->line();
  });
}

bool House::somebody_is_away() const {
  return std::ranges::any_of(processes(), [](auto const* process) { return process->journal->away(); });
}

bool House::settle() {
  constexpr int patience = 5'000;
  for (int turn = 0; turn < patience; ++turn) {
    io.poll();
    if (at_rest() && io.poll_one() == 0) return true;
    if (!at_rest()) time_.move(200us);
  }
  return false;
}

} // namespace vigie::simulation
