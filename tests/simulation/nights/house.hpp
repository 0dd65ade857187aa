#pragma once

#include "engine/live_picture.hpp"
#include "engine/passing_time.hpp"
#include "screens.hpp"
#include "support/hand_clock.hpp"
#include "troubled_journal.hpp"
#include "troubled_positions.hpp"

#include <asio/io_context.hpp>

#include <set>

namespace vigie::simulation {

/// A process's own clock: everybody's, and so much ahead of it or behind.
class OwnClock final : public engine::Clock {
 public:
  explicit OwnClock(std::shared_ptr<engine::Clock> right) : right_(std::move(right)) {}
  protocol::Instant now() const override { return right_->now() + ahead; }

  std::chrono::milliseconds ahead{};

 private:
  std::shared_ptr<engine::Clock> right_;
};

/// One server process.
struct Process {
  std::string name;
  std::shared_ptr<OwnClock> clock;
  std::shared_ptr<TroubledJournal> journal;
  std::shared_ptr<TroubledPositions> positions;
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<engine::LivePicture> picture;
  std::unique_ptr<Screens> screens; ///< once it runs
  std::size_t in_flight = 0;        ///< commands of clients that it has not answered
  bool gone = false;                ///< nobody reaches it, and it reaches nothing
};

/// The server processes of one service, on one journal, a clock moved by hand and one event loop.
class House {
 public:
  House(Chance& chance, Figures& figures, std::chrono::milliseconds answer_within);
  ~House();
  House(House const&) = delete;
  House& operator=(House const&) = delete;

  Process& start();
  /// Those that clients can reach.
  std::vector<Process*> processes() const;
  Process& any();
  void set_gone(Process& process, bool gone);

  /// Moves the clock and lets every process look at it.
  void move_clock(std::chrono::milliseconds by);
  /// Lets so much time pass in which nobody does anything.
  void sleep(std::chrono::milliseconds span);
  /// Sets the clock of one process so much ahead, or behind.
  void set_clock(Process& process, std::chrono::milliseconds ahead);
  /// Lets the event loop make some turns, and leaves what is under way under way.
  void stir(std::size_t turns);
  /// Lets the event loop work for so long, of the time that passes.
  void wait(std::chrono::milliseconds span);
  /// Works until every process that reaches the journal has answered all and shows all; false when that does
  /// not come.
  bool settle();
  /// Whether every process that reaches the journal has answered all and shows all.
  bool at_rest() const;
  /// Whether a process that people can reach does not reach the journal.
  bool somebody_is_away() const;

  asio::io_context io;
  std::shared_ptr<testing::HandClock> clock = std::make_shared<testing::HandClock>();
  std::shared_ptr<KeptPositions> positions = std::make_shared<KeptPositions>();
  std::set<protocol::CommandId> given_up; ///< answered, lost by a failover, and refused when decided again
  std::shared_ptr<testing::MemoryStore> store = std::make_shared<testing::MemoryStore>();

 private:
  Chance own_chance();
  void run(asio::awaitable<void> task);

  Chance& chance_;
  Figures& figures_;
  engine::Limits limits_;
  engine::PassingTime& time_ = engine::PassingTime::of(io.get_executor());
  std::vector<std::unique_ptr<Process>> all_;
};

} // namespace vigie::simulation
