#pragma once

#include "domain/state.hpp"
#include "protocol/rejections.hpp"
#include "protocol/result.hpp"

/// The rules of a service, pure: no clock, no I/O, no chance.
namespace vigie::domain {

/// A command with all that the decision may depend on.
struct Intent {
  protocol::CommandId id;
  protocol::Actor actor;
  protocol::Instant at;      ///< now, by the server's clock
  protocol::Instant made_at; ///< by the sender's clock; in the past where its network was away
  std::optional<protocol::CallerKey> caller; ///< of the number in the command, if it has one
  protocol::Command command;
};

/// What a command leads to: events for the journal, and particulars for the vault.
struct Decision {
  std::vector<protocol::Event> events;
  std::vector<protocol::Confidence> confidences;
};

/// Why not: the reason, and the command's field at fault where there is one.
struct Refusal {
  protocol::Rejection reason{};
  std::string path;
};

/// Decides an intent against the state. A command that changes nothing, such as a telephone event told twice,
/// is taken with no events.
Result<Decision, Refusal> decide(State const& state, protocol::Service const& service, Intent const& intent);

/// Folds one event into the state; `version` is that of its commit.
void evolve(State& state, protocol::Event const& event, protocol::Version version);

/// Folds a whole commit and remembers its command.
void evolve(State& state, protocol::Commit const& commit);

/// The number in a command, normalised, for the caller's key; none where the command has none.
std::optional<std::string> number_in(protocol::Command const& command, protocol::Service const& service);

/// `06 12 34 56 78` as `+33612345678`; what is no number comes back as it was, without blanks.
std::string normalised_number(std::string const& dialled, std::string const& country_code);

/// A command that the clock owes, due at a moment. Its id follows from the state, so that of several
/// processes that send it one wins.
struct Reminder {
  protocol::Instant due;
  protocol::CommandId id;
  protocol::Command command;
};

/// What time itself will do, soonest first: offers that expire, calls whose end was lost, a night that opens
/// or closes.
std::vector<Reminder> reminders(State const& state, protocol::Service const& service, protocol::Instant now);

/// The service window that is open at `now`, or else the next one. None for a service without windows.
struct Opening {
  protocol::NightDate date;
  protocol::Instant opens_at;
  protocol::Instant closes_at;
};
std::optional<Opening> opening_at(protocol::Service const& service, protocol::Instant now);

/// The local date at `now`, `2026-11-21`.
protocol::NightDate local_date(protocol::Service const& service, protocol::Instant now);

/// Whether a role may send this command at all. Whose team it is, decide checks.
bool may_send(protocol::Role role, protocol::Command const& command);

/// The name of a command or event on the wire, `open_request`. @{
std::string_view name_of(protocol::Command const& command);
std::string_view name_of(protocol::Event const& event);
/// @}

} // namespace vigie::domain
