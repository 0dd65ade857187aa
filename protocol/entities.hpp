#pragma once

#include "protocol/service.hpp"

/// What stands on the screens: the entities of a service's state. Nothing here names a resident; what does is
/// a Confidence, which lives in the vault and expires.
namespace vigie::protocol {

enum class Role { hotline_operator, dispatcher, coordinator, team, telephony, clock };
BOOST_DESCRIBE_ENUM(Role, hotline_operator, dispatcher, coordinator, team, telephony, clock)

/// Who wants something: an account and its role; `team` for a handset.
struct Actor {
  AccountId account;
  Role role{};
  std::optional<TeamId> team;
  bool operator==(Actor const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Actor, (), (account, role, team))

enum class ExceptionalReason { event, partner_request, weather, training, other };
BOOST_DESCRIBE_ENUM(ExceptionalReason, event, partner_request, weather, training, other)

/// A service night. It keeps the date on which it opened.
struct Night {
  NightDate date;
  Instant opened_at;
  Instant closes_at; ///< planned; the night stays open past it while work is open
  std::optional<Instant> closed_at;
  std::optional<ExceptionalReason> exceptional;
  bool operator==(Night const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Night, (), (date, opened_at, closes_at, closed_at, exceptional))

enum class CallStatus { ringing, answered, held, missed, settled, ended };
BOOST_DESCRIBE_ENUM(CallStatus, ringing, answered, held, missed, settled, ended)

enum class CallEnd { caller_hung_up, operator_hung_up, abandoned, busy, failed };
BOOST_DESCRIBE_ENUM(CallEnd, caller_hung_up, operator_hung_up, abandoned, busy, failed)

/// How a missed call was worked off.
enum class CallSettlement { called_back, unreachable, rang_again, no_action };
BOOST_DESCRIBE_ENUM(CallSettlement, called_back, unreachable, rang_again, no_action)

/// One phone call, with its telephone life. It is ringing, with somebody, missed, or worked off; never
/// nowhere.
struct Call {
  CallId id;
  CallStatus status{};
  Instant rang_at;
  std::optional<CallerKey> caller;
  std::optional<Text<32>> line; ///< the service's number that was dialled
  std::optional<AccountId> taken_by;
  std::optional<Instant> answered_at;
  std::optional<Instant> held_at; ///< or taken up again, or passed on, whichever came last
  std::optional<Instant> ended_at;
  std::optional<CallEnd> end;
  std::optional<CallSettlement> settlement;
  std::vector<RequestId> requests;
  bool operator==(Call const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Call, (),
                      (id, status, rang_at, caller, line, taken_by, answered_at, held_at, ended_at, end,
                       settlement, requests))

enum class Source {
  resident_phone,
  resident_street,
  landlord,
  town,
  police,
  partner,
  caretaker,
  own_initiative
};
BOOST_DESCRIBE_ENUM(Source, resident_phone, resident_street, landlord, town, police, partner, caretaker,
                    own_initiative)

enum class DangerSign { violence, weapon, alcohol_or_drugs, minor, fire, dog, crowd, health };
BOOST_DESCRIBE_ENUM(DangerSign, violence, weapon, alcohol_or_drugs, minor, fire, dog, crowd, health)

enum class Disposition {
  calmed_on_site,
  reminded_of_rules,
  shuttle_mediation_opened,
  nothing_seen,
  refused,
  unreachable,
  relayed_to_emergency,
  relayed_to_partner,
  fault_reported,
  follow_up_asked,
  advised_by_phone,
  duplicate,
  cancelled
};
BOOST_DESCRIBE_ENUM(Disposition, calmed_on_site, reminded_of_rules, shuttle_mediation_opened, nothing_seen,
                    refused, unreachable, relayed_to_emergency, relayed_to_partner, fault_reported,
                    follow_up_asked, advised_by_phone, duplicate, cancelled)

enum class RequestStatus { waiting, assigned, closed };
BOOST_DESCRIBE_ENUM(RequestStatus, waiting, assigned, closed)

/// A need for mediators at a place; may join several calls.
struct Request {
  RequestId id;
  std::int32_t number{}; ///< its number in the night, from 1, as said on the radio
  NightDate night;
  RequestStatus status{};
  Source source{};
  CategoryId category;
  Priority priority{};
  QuarterId quarter;
  std::optional<Place> place; ///< none when the spot is only described in words
  std::vector<DangerSign> dangers;
  std::vector<CallId> calls;
  std::vector<AssignmentId> assignments; ///< the live ones
  AccountId opened_by;
  Instant opened_at;
  Instant waiting_since; ///< for a team to come: since it was opened, or since the last one that came left
  std::optional<Instant> closed_at;
  std::optional<Disposition> disposition;
  std::int32_t reopened{}; ///< times
  bool operator==(Request const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Request, (),
                      (id, number, night, status, source, category, priority, quarter, place, dangers, calls,
                       assignments, opened_by, opened_at, waiting_since, closed_at, disposition, reopened))

enum class Duty { off, available, on_break };
BOOST_DESCRIBE_ENUM(Duty, off, available, on_break)

enum class Transport { on_foot, bicycle, car };
BOOST_DESCRIBE_ENUM(Transport, on_foot, bicycle, car)

/// The unit sent out. It is free when it is available and has no assignment.
struct Team {
  TeamId id;
  Duty duty{};
  Instant since; ///< of the present duty, or of the last change of its assignment
  std::vector<MemberId> members;
  Transport transport{};
  std::optional<AssignmentId> assignment; ///< the live one
  bool operator==(Team const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Team, (), (id, duty, since, members, transport, assignment))

enum class AssignmentStatus {
  offered,
  accepted,
  en_route,
  on_site,
  contact_made,
  cleared,
  refused,
  expired,
  withdrawn
};
BOOST_DESCRIBE_ENUM(AssignmentStatus, offered, accepted, en_route, on_site, contact_made, cleared, refused,
                    expired, withdrawn)

enum class RefusalReason { busy_on_site, too_far, unsafe, end_of_duty, technical, other };
BOOST_DESCRIBE_ENUM(RefusalReason, busy_on_site, too_far, unsafe, end_of_duty, technical, other)

enum class WithdrawalReason { reassigned, no_longer_needed, mistake, other };
BOOST_DESCRIBE_ENUM(WithdrawalReason, reassigned, no_longer_needed, mistake, other)

/// One team sent to one request. Live from offered to contact made; ended once cleared, refused, expired or
/// withdrawn.
struct Assignment {
  AssignmentId id;
  RequestId request;
  TeamId team;
  AssignmentStatus status{};
  bool reinforcement{};
  AccountId offered_by;
  Instant offered_at;
  Instant answer_by; ///< the offer expires then
  std::optional<Instant> accepted_at;
  std::optional<Instant> en_route_at;
  std::optional<Instant> on_site_at;
  std::optional<Instant> contact_made_at;
  std::optional<Instant> ended_at;
  std::optional<RefusalReason> refusal;
  std::optional<WithdrawalReason> withdrawal;
  std::optional<Disposition> disposition;
  std::optional<Headcount> people; ///< met on site
  bool operator==(Assignment const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Assignment, (),
                      (id, request, team, status, reinforcement, offered_by, offered_at, answer_by,
                       accepted_at, en_route_at, on_site_at, contact_made_at, ended_at, refusal, withdrawal,
                       disposition, people))

/// What must never enter the journal: who called, from where, behind which door, in which words.
struct Particulars {
  std::optional<Name> caller_name;
  std::optional<Text<32>> number; ///< E.164 where it could be normalised
  std::optional<Name> door;       ///< floor, door, code
  std::optional<Words> words;     ///< what was said, and where, when no place fits
  std::optional<Words> report;    ///< the team's short note
  bool operator==(Particulars const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Particulars, (), (caller_name, number, door, words, report))

/// The particulars of a call, a request or an assignment, as the vault keeps them until they expire.
struct Confidence {
  SubjectId subject;
  Particulars particulars;
  bool operator==(Confidence const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Confidence, (), (subject, particulars))

/// Where a team was at one moment.
struct Fix {
  Point point;
  Metres accuracy;
  std::optional<MetresPerSecond> speed;
  std::optional<Percent> battery;
  Instant fixed_at;
  bool operator==(Fix const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fix, (), (point, accuracy, speed, battery, fixed_at))

enum class FixSource { handset, owntracks, osmand };
BOOST_DESCRIBE_ENUM(FixSource, handset, owntracks, osmand)

/// The latest fix of a team.
struct Position {
  TeamId team;
  Fix fix;
  FixSource source{};
  bool operator==(Position const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Position, (), (team, fix, source))

} // namespace vigie::protocol
