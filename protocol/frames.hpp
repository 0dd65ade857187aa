#pragma once

#include "protocol/journal.hpp"
#include "protocol/rejections.hpp"
#include "protocol/written.hpp"

/// The conversation between a screen and the server. Its rules are in protocol/README.md.
namespace vigie::protocol {

/// The version of the conversation itself; a client with another one is told to reload.
inline constexpr std::int32_t conversation_version = 1;

// From the client
// ---------------------------------------------------------------------------------------------

/// The first frame. `version` and `line` say what the client holds already.
struct Hello {
  std::int32_t conversation{};
  std::optional<Version> version;
  std::optional<Text<64>> line; ///< as Welcome gave it; another line of history cannot be resumed
};
BOOST_DESCRIBE_STRUCT(Hello, (), (conversation, version, line))

/// A command with the id its sender made. Sent again with the same id it is answered again, not done again.
struct Submit {
  CommandId id;
  Instant made_at; ///< by the client's clock, earlier than now where the network was away
  Command command;
};
BOOST_DESCRIBE_STRUCT(Submit, (), (id, made_at, command))

/// A handset's position. Not answered unless refused.
struct ReportFix {
  Fix fix;
};
BOOST_DESCRIBE_STRUCT(ReportFix, (), (fix))

/// Which teams to send to a request, best first.
struct AskTeams {
  RequestId request;
};
BOOST_DESCRIBE_STRUCT(AskTeams, (), (request))

struct Ping {};
BOOST_DESCRIBE_STRUCT(Ping, (), ())

using ClientFrame = std::variant<Hello, Submit, ReportFix, AskTeams, Ping>;

// From the server
// ---------------------------------------------------------------------------------------------

/// Answers Hello: who you are, and the service you see.
struct Welcome {
  std::int32_t conversation{};
  Text<64> line; ///< names this journal's line of history
  Actor actor;
  Written<Service> service;
  Instant now;        ///< the server's clock
  Duration heartbeat; ///< a client that hears nothing for twice this is cut off
};
BOOST_DESCRIBE_STRUCT(Welcome, (), (conversation, line, actor, service, now, heartbeat))

/// Whole entities to put.
struct Entities {
  std::optional<Night> night;
  std::vector<Call> calls;
  std::vector<Request> requests;
  std::vector<Team> teams;
  std::vector<Assignment> assignments;
  std::vector<Confidence> confidences;
};
BOOST_DESCRIBE_STRUCT(Entities, (), (night, calls, requests, teams, assignments, confidences))

/// Entities to take away.
struct Removals {
  std::vector<CallId> calls;
  std::vector<RequestId> requests;
  std::vector<AssignmentId> assignments;
  std::vector<SubjectId> confidences;
};
BOOST_DESCRIBE_STRUCT(Removals, (), (calls, requests, assignments, confidences))

/// Everything this client may see, in place of what it held.
struct Whole {
  Version version{};
  Entities entities;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (version, entities))

/// From the client's last version to `version`.
struct Change {
  Version version{};
  Entities put;
  Removals remove;
};
BOOST_DESCRIBE_STRUCT(Change, (), (version, put, remove))

/// The command was taken down by the commit `version`.
struct Accepted {
  CommandId id;
  Version version{};
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (id, version))

/// The command changed nothing. `path` names the field at fault, where one is.
struct Rejected {
  CommandId id;
  Rejection reason{};
  std::optional<std::string> path;
};
BOOST_DESCRIBE_STRUCT(Rejected, (), (id, reason, path))

/// Where teams are now: those that moved since the last picture, and those no longer tracked.
struct Picture {
  Instant at;
  std::vector<Position> positions;
  std::vector<TeamId> gone;
};
BOOST_DESCRIBE_STRUCT(Picture, (), (at, positions, gone))

enum class FixRefusal { off_duty, on_break, too_old, from_the_future, not_a_handset };
BOOST_DESCRIBE_ENUM(FixRefusal, off_duty, on_break, too_old, from_the_future, not_a_handset)

/// The fix was not kept.
struct FixRefused {
  FixRefusal reason{};
};
BOOST_DESCRIBE_STRUCT(FixRefused, (), (reason))

enum class Advice {
  nearest,
  knows_the_place,
  fresh_position,
  stale_position,
  no_position,
  long_free,
  refused_it,
  did_not_answer
};
BOOST_DESCRIBE_ENUM(Advice, nearest, knows_the_place, fresh_position, stale_position, no_position, long_free,
                    refused_it, did_not_answer)

/// A free team, how far it is, and why it is proposed.
struct Recommendation {
  TeamId team;
  std::optional<Metres> distance; ///< along streets, estimated; none without a position
  std::optional<Duration> travel_time;
  std::vector<Advice> reasons;
};
BOOST_DESCRIBE_STRUCT(Recommendation, (), (team, distance, travel_time, reasons))

/// Answers AskTeams, best first.
struct Recommendations {
  RequestId request;
  std::vector<Recommendation> teams;
};
BOOST_DESCRIBE_STRUCT(Recommendations, (), (request, teams))

struct Pong {
  Instant now;
};
BOOST_DESCRIBE_STRUCT(Pong, (), (now))

/// Whether commands can be taken; without the journal the picture stays and commands are refused.
struct JournalState {
  bool available{};
};
BOOST_DESCRIBE_STRUCT(JournalState, (), (available))

enum class FaultKind { malformed, hello_expected, conversation_unknown, too_fast, not_allowed };
BOOST_DESCRIBE_ENUM(FaultKind, malformed, hello_expected, conversation_unknown, too_fast, not_allowed)

/// The server could not use a frame; `path` names the field, `problem` says what is wrong with it.
struct Fault {
  FaultKind kind{};
  std::string path;
  std::string problem;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (kind, path, problem))

using ServerFrame = std::variant<Welcome, Whole, Change, Accepted, Rejected, Picture, FixRefused,
                                 Recommendations, Pong, JournalState, Fault>;

/// WebSocket close codes of this conversation.
enum class CloseCode : std::uint16_t {
  server_restarts = 1012, ///< connect again, with a delay of your own choosing
  malformed = 4400,
  session_over = 4401, ///< sign in again
  not_allowed = 4403,
  silent = 4408, ///< nothing heard in time
  too_fast = 4429,
  resync = 4009, ///< you read too slowly: connect again and resume
  reload = 4426  ///< the conversation has another version: reload the page
};
BOOST_DESCRIBE_ENUM(CloseCode, server_restarts, malformed, session_over, not_allowed, silent, too_fast,
                    resync, reload)

// Over HTTP
// ---------------------------------------------------------------------------------------------------

struct SignIn {
  AccountId account;
  Text<200> password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (account, password))

/// Who is signed in, and where.
struct Session {
  Actor actor;
  ServiceId service;
};
BOOST_DESCRIBE_STRUCT(Session, (), (actor, service))

struct FoundPlaces {
  std::vector<Place> places;
};
BOOST_DESCRIBE_STRUCT(FoundPlaces, (), (places))

/// What went wrong with an HTTP request.
struct Problem {
  std::string problem; ///< a code such as `wrong_password`
  std::string path;    ///< the field at fault, or empty
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (problem, path, detail))

} // namespace vigie::protocol
