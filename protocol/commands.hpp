#pragma once

#include "protocol/entities.hpp"

#include <variant>

/// What somebody may want. New ids come with the command, made by whoever sends it, so that sending it twice
/// makes nothing twice.
namespace vigie::protocol {

// The night
// ---------------------------------------------------------------------------------------------------

/// Opens the service night; outside the hours only with a reason. From the clock it also ends the night
/// before, where that is still open: what is worked on goes over to the new one.
struct OpenNight {
  Instant closes_at;
  std::optional<ExceptionalReason> exceptional;
};
BOOST_DESCRIBE_STRUCT(OpenNight, (), (closes_at, exceptional))

/// Closes the night; teams still on duty are signed off.
struct CloseNight {};
BOOST_DESCRIBE_STRUCT(CloseNight, (), ())

// Calls
// -------------------------------------------------------------------------------------------------------

enum class CallStage { ringing, answered, held, resumed, transferred, ended };
BOOST_DESCRIBE_ENUM(CallStage, ringing, answered, held, resumed, transferred, ended)

/// The telephone system says what became of a call. May come twice, late or out of order.
struct ReportCall {
  CallId call;
  CallStage stage{};
  Instant at;
  std::optional<Text<32>> from;
  std::optional<Text<32>> to;
  std::optional<AccountId> operator_; ///< who answered, or to whom it was transferred
  std::optional<CallEnd> reason;      ///< of an end
};
BOOST_DESCRIBE_STRUCT(ReportCall, (), (call, stage, at, from, to, operator_, reason))

/// The operator notes a call that no telephone system reported.
struct RecordCall {
  CallId call;
  Particulars particulars;
};
BOOST_DESCRIBE_STRUCT(RecordCall, (), (call, particulars))

/// The operator takes a ringing, waiting or another's call.
struct TakeCall {
  CallId call;
};
BOOST_DESCRIBE_STRUCT(TakeCall, (), (call))

/// A missed call is worked off.
struct SettleCall {
  CallId call;
  CallSettlement settlement{};
};
BOOST_DESCRIBE_STRUCT(SettleCall, (), (call, settlement))

/// The clock says that the telephone system must have lost the end of a call.
struct EndLostCall {
  CallId call;
};
BOOST_DESCRIBE_STRUCT(EndLostCall, (), (call))

/// Joins a call to a request that is there already.
struct JoinCall {
  CallId call;
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(JoinCall, (), (call, request))

// Requests
// ----------------------------------------------------------------------------------------------------

struct OpenRequest {
  RequestId request;
  Source source{};
  CategoryId category;
  Priority priority{};
  QuarterId quarter;
  std::optional<Place> place;
  std::vector<DangerSign> dangers;
  std::optional<CallId> call;
  Particulars particulars;
};
BOOST_DESCRIBE_STRUCT(OpenRequest, (),
                      (request, source, category, priority, quarter, place, dangers, call, particulars))

/// Corrects a request: the fields given replace those that stand; of the particulars an empty text erases.
struct AmendRequest {
  RequestId request;
  std::optional<CategoryId> category;
  std::optional<Priority> priority;
  std::optional<QuarterId> quarter; ///< without a place: takes away the one that stands
  std::optional<Place> place;
  std::optional<std::vector<DangerSign>> dangers;
  std::optional<Particulars> particulars;
};
BOOST_DESCRIBE_STRUCT(AmendRequest, (), (request, category, priority, quarter, place, dangers, particulars))

/// Closes a request that nobody is on.
struct CloseRequest {
  RequestId request;
  Disposition disposition{};
};
BOOST_DESCRIBE_STRUCT(CloseRequest, (), (request, disposition))

struct ReopenRequest {
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(ReopenRequest, (), (request))

// Teams
// -------------------------------------------------------------------------------------------------------

struct SignOn {
  TeamId team;
  std::vector<MemberId> members;
  Transport transport{};
};
BOOST_DESCRIBE_STRUCT(SignOn, (), (team, members, transport))

struct SignOff {
  TeamId team;
};
BOOST_DESCRIBE_STRUCT(SignOff, (), (team))

struct TakeBreak {
  TeamId team;
};
BOOST_DESCRIBE_STRUCT(TakeBreak, (), (team))

struct EndBreak {
  TeamId team;
};
BOOST_DESCRIBE_STRUCT(EndBreak, (), (team))

// Assignments
// -------------------------------------------------------------------------------------------------

/// Offers a request to a free team. A request that a team is on already takes another only as a
/// reinforcement.
struct OfferAssignment {
  AssignmentId assignment;
  RequestId request;
  TeamId team;
  bool reinforcement{};
};
BOOST_DESCRIBE_STRUCT(OfferAssignment, (), (assignment, request, team, reinforcement))

/// Takes a team off its present assignment and offers it another request, in one step; what it did stays.
struct ReassignTeam {
  AssignmentId from;
  AssignmentId assignment;
  RequestId request;
  bool reinforcement{};
};
BOOST_DESCRIBE_STRUCT(ReassignTeam, (), (from, assignment, request, reinforcement))

struct AcceptAssignment {
  AssignmentId assignment;
};
BOOST_DESCRIBE_STRUCT(AcceptAssignment, (), (assignment))

struct RefuseAssignment {
  AssignmentId assignment;
  RefusalReason reason{};
};
BOOST_DESCRIBE_STRUCT(RefuseAssignment, (), (assignment, reason))

/// The clock says that the time to answer has passed.
struct ExpireOffer {
  AssignmentId assignment;
};
BOOST_DESCRIBE_STRUCT(ExpireOffer, (), (assignment))

enum class Milestone { en_route, on_site, contact_made };
BOOST_DESCRIBE_ENUM(Milestone, en_route, on_site, contact_made)

/// The team got further; it may skip a step, never go back.
struct ReportProgress {
  AssignmentId assignment;
  Milestone milestone{};
};
BOOST_DESCRIBE_STRUCT(ReportProgress, (), (assignment, milestone))

/// The team's work ends. The last team to clear closes the request with its disposition.
struct ClearAssignment {
  AssignmentId assignment;
  Disposition disposition{};
  std::optional<Headcount> people;
  std::optional<Words> report;
};
BOOST_DESCRIBE_STRUCT(ClearAssignment, (), (assignment, disposition, people, report))

/// The dispatcher takes the assignment back.
struct WithdrawAssignment {
  AssignmentId assignment;
  WithdrawalReason reason{};
};
BOOST_DESCRIBE_STRUCT(WithdrawAssignment, (), (assignment, reason))

using Command =
    std::variant<OpenNight, CloseNight, ReportCall, RecordCall, TakeCall, SettleCall, EndLostCall, JoinCall,
                 OpenRequest, AmendRequest, CloseRequest, ReopenRequest, SignOn, SignOff, TakeBreak, EndBreak,
                 OfferAssignment, ReassignTeam, AcceptAssignment, RefuseAssignment, ExpireOffer,
                 ReportProgress, ClearAssignment, WithdrawAssignment>;

} // namespace vigie::protocol
