#pragma once

#include "engine/live_picture.hpp"
#include "protocol/codec/codec.hpp"
#include "support/hand_clock.hpp"
#include "support/memory_journal.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <catch2/catch.hpp>

/// Several server processes of one service, on one journal in memory and one clock moved by hand.
namespace vigie::testing {

using namespace std::chrono_literals;

/// A service without hours, so that nothing happens but what a story says.
inline protocol::Service quiet_service() {
  protocol::Service service{};
  service.id = {"rennes"};
  service.name = {"Rennes"};
  service.time_zone = {"Europe/Paris"};
  service.country_code = {"+33"};
  service.quarters = {{{"maurepas"}, {"Maurepas"}, {{-1.660}, {48.128}}}};
  service.categories = {{{"noise.party"}, {"noise"}, {"Fête"}, {"Party"}, protocol::Priority::normal}};
  service.teams = {{{"binome-1"}, {"Binôme 1"}}, {{"binome-2"}, {"Binôme 2"}}};
  service.members = {{{"m01"}, {"Awa"}}, {{"m02"}, {"Yann"}}, {{"m03"}, {"Lila"}}};
  service.answer_times = {60s, 120s, 300s};
  service.travel = {{1.3}, {4.0}, {6.0}, 1.3};
  service.fix_stale_after = 60s;
  service.fix_kept_for = 10min;
  service.history_kept_for = 24h;
  service.confidences_kept_for = 24h;
  return service;
}

/// One server process.
struct Process {
  Process(asio::any_io_executor executor, std::shared_ptr<MemoryStore> store,
          std::shared_ptr<HandClock> clock, engine::Limits limits, std::chrono::milliseconds patience = 100ms)
      : journal(std::make_shared<MemoryJournal>(executor, store, patience)),
        engine(executor, quiet_service(), journal, clock, limits) {}

  std::shared_ptr<MemoryJournal> journal;
  engine::Engine engine;
};

class World {
 public:
  /// Runs a coroutine to its end and gives what it returns.
  template <class Value> Value run(asio::awaitable<Value> story) {
    std::optional<Value> result;
    asio::co_spawn(io, std::move(story), [&](std::exception_ptr failure, Value value) {
      if (failure) std::rethrow_exception(failure);
      result = std::move(value);
    });
    while (!result && io.run_one_for(10s) > 0) {
    }
    REQUIRE(result);
    return std::move(*result);
  }

  /// Lets the processes work until `true_now` holds.
  template <class Condition> void until(Condition true_now) {
    for (int turn = 0; turn < 100'000 && !true_now(); ++turn) io.run_one_for(50ms);
    REQUIRE(true_now());
  }

  /// `patience` is how long the journal waits for news before it says that there are none.
  Process& start(engine::Limits limits = quick(), std::chrono::milliseconds patience = 100ms) {
    auto& process =
        *processes.emplace_back(std::make_unique<Process>(io.get_executor(), store, clock, limits, patience));
    REQUIRE(run(process.engine.start()));
    return process;
  }

  static engine::Limits quick() {
    engine::Limits limits;
    limits.answer_within = 2s;
    limits.retry_first = 1ms;
    limits.retry_longest = 10ms;
    limits.look_at_line = 1ms;
    limits.others_put_back_within = 20ms;
    return limits;
  }

  engine::Submission submission(std::string id, protocol::Command command,
                                protocol::Role role = protocol::Role::coordinator) const {
    engine::Submission made;
    made.id.value = std::move(id);
    made.actor.account.value = "awa";
    made.actor.role = role;
    made.made_at = clock->now();
    made.command = std::move(command);
    return made;
  }

  /// Sends a command and waits for its answer.
  engine::Answer submit(Process& process, std::string id, protocol::Command command) {
    return run(process.engine.submit(submission(std::move(id), std::move(command))));
  }

  /// Sends a command without waiting.
  template <class Answered>
  void send(Process& process, std::string id, protocol::Command command, Answered answered) {
    auto sent = submission(std::move(id), std::move(command), protocol::Role::dispatcher);
    process.engine.submit(std::move(sent), std::move(answered));
  }

  /// Opens a night with a team on duty.
  void open_night(Process& process) {
    REQUIRE(submit(process, "open",
                   protocol::OpenNight{clock->now() + 5h, protocol::ExceptionalReason::training}));
    REQUIRE(submit(process, "on-1",
                   protocol::SignOn{{"binome-1"}, {{"m01"}, {"m02"}}, protocol::Transport::on_foot}));
  }

  ~World() {
    for (auto& process : processes) {
      process->journal->set_away(false);
      bool stopped = false;
      asio::co_spawn(io, process->engine.stop(), [&](std::exception_ptr) { stopped = true; });
      while (!stopped && io.run_one_for(10s) > 0) {
      }
    }
  }

  asio::io_context io;
  std::shared_ptr<HandClock> clock = std::make_shared<HandClock>();
  std::shared_ptr<MemoryStore> store = std::make_shared<MemoryStore>();
  std::vector<std::unique_ptr<Process>> processes;
};

/// A process's disk that keeps each append waiting until it is let go.
class StandingDisk {
 public:
  StandingDisk(World& world, Process& process) : written_(world.io, 1h) {
    process.journal->troubles.before_append = [this]() -> asio::awaitable<void> {
      ++appends;
      asio::error_code ignored;
      auto token = asio::redirect_error(asio::use_awaitable, ignored);
      co_await written_.async_wait(token);
    };
  }
  void go_on() { written_.expires_after(0ms); }

  int appends = 0; ///< begun

 private:
  asio::steady_timer written_;
};

inline protocol::OpenRequest request(std::string id) {
  protocol::OpenRequest open{};
  open.request = {std::move(id)};
  open.source = protocol::Source::resident_phone;
  open.category = {"noise.party"};
  open.quarter = {"maurepas"};
  open.particulars.words = protocol::Words{"Musique au troisième"};
  return open;
}

} // namespace vigie::testing
