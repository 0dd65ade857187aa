#pragma once

#include "engine/engine.hpp"
#include "support/invariants.hpp"
#include "support/memory_store.hpp"

#include <map>
#include <set>

namespace vigie::simulation {

/// A process as the witness sees it.
struct Seen {
  std::string name;
  domain::State const* state;
  protocol::Picture picture = {}; ///< the positions that it shows
};

/// Whether a team's position may be kept.
bool tracked(domain::State const& state, protocol::TeamId const& team);

/// Whether two states show the same.
bool same(domain::State const& one, domain::State const& other);

/// The state folded from all commits, or from the stored snapshot and what follows it. @{
domain::State replayed(testing::MemoryStore const& store);
domain::State restored(testing::MemoryStore const& store);
/// @}

/// Remembers what clients were told and which words must stay secret, and holds journal and processes to it.
class Witness {
 public:
  /// A client heard that this command was taken, by the commit of this version.
  void heard_taken(protocol::CommandId const& command, protocol::Version version);
  /// A client heard that this command was refused: no process may take it any more.
  void heard_refused(protocol::CommandId const& command) { refused_.insert(command); }
  /// No commit may hold this text.
  void keep_secret(std::string text) { secrets_.push_back(std::move(text)); }

  /// A replica took over that lacks the journal's end, or a process came back that does not know of it yet.
  /// Until all is mended processes may go back, and an answered command may stand at another version, or be
  /// missing; refusals may be forgotten.
  void failed_over();
  /// Every process stands on one journal again: it is held to the full from here on. An answered command that
  /// is still missing went with the process that answered it.
  void mended();
  bool in_trouble() const { return failed_over_; }
  /// Answered commands that are not in the journal.
  std::vector<protocol::CommandId> missing() const;

  /// All that is broken now; call it after every step.
  tests::Broken look(std::vector<Seen> const& processes, testing::MemoryStore const& store);
  /// What is broken once everything has come to rest: all show the same, and so do the journal's replays.
  tests::Broken look_at_rest(std::vector<Seen> const& processes, testing::MemoryStore const& store) const;

  /// Commands that a client heard refused.
  std::set<protocol::CommandId> const& refused() const { return refused_; }

 private:
  /// When a call first rang.
  struct Ring {
    protocol::Version version{};
    protocol::Instant at;
  };
  void read(testing::MemoryStore const& store);
  void read(protocol::Commit const& commit);
  void check_answers(tests::Broken& broken) const;
  void check_process(Seen const& process, tests::Broken& broken);
  static void check_state(Seen const& process, tests::Broken& broken);
  void check_calls(Seen const& process, tests::Broken& broken) const;

  std::map<protocol::CommandId, protocol::Version> told_;
  std::set<protocol::CommandId> refused_;
  std::map<protocol::CommandId, protocol::Version> journal_;
  std::map<protocol::CallId, Ring> rang_;
  std::map<std::string, protocol::Version> shown_; ///< by process
  std::vector<std::string> secrets_;
  tests::Broken seen_broken_; ///< in the journal and in what was told
  std::size_t read_ = 0;
  bool failed_over_ = false;
};

} // namespace vigie::simulation
