#pragma once

#include "domain/views.hpp"
#include "engine/ports.hpp"

#include <asio/any_io_executor.hpp>

#include <memory>
#include <set>
#include <variant>

namespace vigie::runtime {
class Metrics;
}

namespace vigie::engine {

/// How much an engine takes on, and how long it waits.
struct Limits {
  std::size_t waiting_commands = 2000;            ///< more are refused as overloaded
  std::size_t group = 256;                        ///< commands in one append
  std::chrono::milliseconds answer_within{5000};  ///< then a command is refused as journal_unavailable
  std::chrono::milliseconds retry_first{50};      ///< first pause when the journal is away, doubling …
  std::chrono::milliseconds retry_longest{2000};  ///< … up to this, with jitter
  std::uint64_t commits_between_snapshots = 1000; ///< at least; where more are remembered, so many
  std::chrono::milliseconds look_at_line{
      3000}; ///< between two looks at the name of the line of history, and the time
  /// After the journal lost its end, other processes have so long to put back what they hold.
  std::chrono::milliseconds others_put_back_within{1000};
  /// How long answered commands are kept, should the journal lose them and go another way.
  std::chrono::milliseconds answered_kept_for{std::chrono::minutes{10}};
};

/// A command as it came through a door.
struct Submission {
  protocol::CommandId id;
  protocol::Actor actor;
  protocol::Instant made_at;
  protocol::Command command;
};

using Answer = Result<protocol::Version, domain::Refusal>;

/// Told the answer to a command, once.
using Answered = std::function<void(Answer)>;

/// Told after each fold. `touched` says which entities differ.
using ChangeHandler = std::function<void(domain::State const&, domain::Touched const& touched)>;

/// The single writer of one service in this process: takes commands, decides them, appends them in groups,
/// folds what the journal took (from here or elsewhere), and wakes when the clock owes a command.
class Engine {
 public:
  Engine(asio::any_io_executor executor, protocol::Service service, std::shared_ptr<Journal> journal,
         std::shared_ptr<Clock> clock, Limits limits = {});
  ~Engine();

  /// Loads the snapshot, replays the rest, starts following. Answers false when the journal cannot be
  /// reached.
  asio::awaitable<bool> start();
  /// Takes no more commands, answers those it has, saves a snapshot, ends all its waiting.
  asio::awaitable<void> stop();

  /// Decides and records a command; tells when it is durable, or why it was not taken, at once where that is
  /// known. The same id twice gives the first answer again.
  void submit(Submission submission, Answered answered);
  /// Nobody waits for the answers to these any more: what is not on its way to the journal is not decided,
  /// since it may be sent again elsewhere, and be refused there.
  void withdraw(std::multiset<protocol::CommandId> const& commands);
  /// The same as submit, for whoever can wait.
  asio::awaitable<Answer> submit(Submission submission);

  domain::State const& state() const;
  protocol::Service const& service() const;
  protocol::Text<64> const& line() const;
  bool journal_available() const;
  /// Particulars as far as this process holds them.
  std::optional<protocol::Particulars> confidence(protocol::SubjectId const& subject) const;
  protocol::Instant now() const;

  /// Adds a listener; it stays as long as the engine.
  void on_change(ChangeHandler handler);
  /// Adds a listener told when the journal is lost or back.
  void on_journal(std::function<void(bool available)> handler);

  /// Adds a listener told of each command that was answered as taken here, was lost with the journal's end,
  /// and could not be taken again.
  void on_lost(std::function<void(Submission const&)> handler);

  /// Counts appends, groups and waiting commands there from now on; it must outlive the engine.
  void measure(runtime::Metrics& metrics);

  /// Looks at the clock now, for whoever moved it by hand.
  void look_at_clock();

 private:
  struct Work;
  std::shared_ptr<Work> work_;
};

} // namespace vigie::engine
