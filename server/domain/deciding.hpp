#pragma once

#include "domain/decide.hpp"
#include "domain/finding.hpp"

/// What the decisions of all concepts have in common.
namespace vigie::domain {

/// All that a decision may depend on, for as long as it is being made.
struct Context {
  State const& state;
  protocol::Service const& service;
  Intent const& intent;
};

using Outcome = Result<Decision, Refusal>;

/// Refuses, naming the command's field at fault where there is one.
inline Failure<Refusal> refuse(protocol::Rejection reason, std::string path = {}) {
  return Failure<Refusal>(Refusal{reason, std::move(path)});
}

/// What speaks against a command, if anything does.
using Objection = std::optional<Refusal>;

inline Objection object(protocol::Rejection reason, std::string path = {}) {
  return Refusal{reason, std::move(path)};
}

/// A decision of events alone.
inline Decision happened(std::vector<protocol::Event> events) { return {std::move(events), {}}; }

/// Whether a person wants it, at a desk or on a handset, whose network may have been away meanwhile; not the
/// clock, nor the telephone system.
bool comes_from_a_person(Intent const& intent);

/// Whether a person sends what was done longer than a shift ago: who did it has gone home, and nobody wants
/// it now.
bool is_of_another_night(Intent const& intent);

/// As far as a person's clock may be from the server's.
inline constexpr std::chrono::minutes clocks_apart{2};

/// Whether a person sends late what was done before `recorded`: the network was away, and somebody recorded
/// something else meanwhile. What was recorded by a clock that was ahead was before now.
bool was_made_before(Intent const& intent, protocol::Instant recorded,
                     protocol::Duration tolerance = clocks_apart);

/// When something that was done at `moment` by the sender's clock happened in the field: not in the future,
/// not more than 12 hours ago, and never before `last`, the latest milestone of the same thing.
protocol::Instant clipped(Context const& context, protocol::Instant moment, protocol::Instant last);

/// The same for the moment at which the command was made.
protocol::Instant field_time(Context const& context, protocol::Instant last);

/// Puts particulars beside the decision, for the vault, with their number normalised; nothing where they are
/// empty.
void keep(Context const& context, Decision& decision, std::string const& subject,
          protocol::Particulars particulars);

/// The same for particulars that stand already: an empty text erases what stood in its field.
void correct(Context const& context, Decision& decision, std::string const& subject,
             protocol::Particulars particulars);

/// Whether the actor may act for this team: a handset only for its own.
bool acts_for(Context const& context, protocol::TeamId const& team);

} // namespace vigie::domain
