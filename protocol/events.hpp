#pragma once

#include "protocol/commands.hpp"

/// What happened. The journal keeps these for good, so none carries a name, a number, a door or free text.
/// `at` is when it happened in the field; the commit says when it was taken down.
namespace vigie::protocol {

struct NightOpened {
  NightDate date;
  Instant at;
  Instant closes_at;
  std::optional<ExceptionalReason> exceptional;
  Instant forget_before; ///< what ended before then leaves the state
};
BOOST_DESCRIBE_STRUCT(NightOpened, (), (date, at, closes_at, exceptional, forget_before))

struct NightClosed {
  Instant at;
};
BOOST_DESCRIBE_STRUCT(NightClosed, (), (at))

struct CallRang {
  CallId call;
  Instant at;
  std::optional<CallerKey> caller;
  std::optional<Text<32>> line;
};
BOOST_DESCRIBE_STRUCT(CallRang, (), (call, at, caller, line))

struct CallAnswered {
  CallId call;
  Instant at;
  std::optional<AccountId> by;
};
BOOST_DESCRIBE_STRUCT(CallAnswered, (), (call, at, by))

struct CallHeld {
  CallId call;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(CallHeld, (), (call, at))

struct CallResumed {
  CallId call;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(CallResumed, (), (call, at))

/// The call is now with `by`: answered from the desk, taken over, or transferred.
struct CallTaken {
  CallId call;
  Instant at;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(CallTaken, (), (call, at, by))

struct CallEnded {
  CallId call;
  Instant at;
  std::optional<CallEnd> reason;
};
BOOST_DESCRIBE_STRUCT(CallEnded, (), (call, at, reason))

struct CallSettled {
  CallId call;
  Instant at;
  CallSettlement settlement{};
};
BOOST_DESCRIBE_STRUCT(CallSettled, (), (call, at, settlement))

struct CallJoined {
  CallId call;
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(CallJoined, (), (call, request))

struct RequestOpened {
  RequestId request;
  std::int32_t number{};
  NightDate night;
  Instant at;
  AccountId by;
  Source source{};
  CategoryId category;
  Priority priority{};
  QuarterId quarter;
  std::optional<Place> place;
  std::vector<DangerSign> dangers;
};
BOOST_DESCRIBE_STRUCT(RequestOpened, (),
                      (request, number, night, at, by, source, category, priority, quarter, place, dangers))

/// The request as it stands corrected; its particulars may have changed too.
struct RequestAmended {
  RequestId request;
  CategoryId category;
  Priority priority{};
  QuarterId quarter;
  std::optional<Place> place;
  std::vector<DangerSign> dangers;
};
BOOST_DESCRIBE_STRUCT(RequestAmended, (), (request, category, priority, quarter, place, dangers))

struct RequestClosed {
  RequestId request;
  Instant at;
  Disposition disposition{};
};
BOOST_DESCRIBE_STRUCT(RequestClosed, (), (request, at, disposition))

struct RequestReopened {
  RequestId request;
  NightDate night; ///< the open night, which takes it over
  Instant at;
  std::optional<std::int32_t> number; ///< its new one, where it was of another night
};
BOOST_DESCRIBE_STRUCT(RequestReopened, (), (request, night, at, number))

struct TeamSignedOn {
  TeamId team;
  Instant at;
  std::vector<MemberId> members;
  Transport transport{};
};
BOOST_DESCRIBE_STRUCT(TeamSignedOn, (), (team, at, members, transport))

struct TeamSignedOff {
  TeamId team;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(TeamSignedOff, (), (team, at))

struct BreakStarted {
  TeamId team;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(BreakStarted, (), (team, at))

struct BreakEnded {
  TeamId team;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(BreakEnded, (), (team, at))

struct AssignmentOffered {
  AssignmentId assignment;
  RequestId request;
  TeamId team;
  Instant at;
  Instant answer_by;
  AccountId by;
  bool reinforcement{};
};
BOOST_DESCRIBE_STRUCT(AssignmentOffered, (), (assignment, request, team, at, answer_by, by, reinforcement))

struct AssignmentAccepted {
  AssignmentId assignment;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(AssignmentAccepted, (), (assignment, at))

struct AssignmentRefused {
  AssignmentId assignment;
  Instant at;
  RefusalReason reason{};
};
BOOST_DESCRIBE_STRUCT(AssignmentRefused, (), (assignment, at, reason))

struct OfferExpired {
  AssignmentId assignment;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(OfferExpired, (), (assignment, at))

struct ProgressReported {
  AssignmentId assignment;
  Instant at;
  Milestone milestone{};
};
BOOST_DESCRIBE_STRUCT(ProgressReported, (), (assignment, at, milestone))

struct AssignmentCleared {
  AssignmentId assignment;
  Instant at;
  Disposition disposition{};
  std::optional<Headcount> people;
};
BOOST_DESCRIBE_STRUCT(AssignmentCleared, (), (assignment, at, disposition, people))

struct AssignmentWithdrawn {
  AssignmentId assignment;
  Instant at;
  WithdrawalReason reason{};
};
BOOST_DESCRIBE_STRUCT(AssignmentWithdrawn, (), (assignment, at, reason))

/// Particulars were put into the vault under this subject, in the same step.
struct ConfidenceKept {
  SubjectId subject;
};
BOOST_DESCRIBE_STRUCT(ConfidenceKept, (), (subject))

using Event = std::variant<NightOpened, NightClosed, CallRang, CallAnswered, CallHeld, CallResumed, CallTaken,
                           CallEnded, CallSettled, CallJoined, RequestOpened, RequestAmended, RequestClosed,
                           RequestReopened, TeamSignedOn, TeamSignedOff, BreakStarted, BreakEnded,
                           AssignmentOffered, AssignmentAccepted, AssignmentRefused, OfferExpired,
                           ProgressReported, AssignmentCleared, AssignmentWithdrawn, ConfidenceKept>;

} // namespace vigie::protocol
