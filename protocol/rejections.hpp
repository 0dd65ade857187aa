#pragma once

#include <boost/describe.hpp>

#include <string_view>

/// Why a command was not taken. Each reason has a sentence, in French and in English, that tells what to do.
namespace vigie::protocol {

enum class Rejection {
  // the door
  not_allowed,
  malformed,
  overloaded,
  journal_unavailable,
  // the night
  night_already_open,
  night_not_open,
  night_has_open_work,
  reason_needed,
  closing_time_passed,
  // calls
  call_unknown,
  call_already_known,
  call_over,
  call_not_missed,
  call_not_lost,
  call_already_joined,
  // requests
  request_unknown,
  request_already_known,
  request_closed,
  request_not_closed,
  request_has_team,
  too_many_requests,
  category_unknown,
  quarter_unknown,
  place_unknown,
  place_in_other_quarter,
  // teams
  team_unknown,
  team_already_on_duty,
  team_off_duty,
  team_on_break,
  team_not_on_break,
  team_has_assignment,
  overtaken,
  member_unknown,
  member_in_other_team,
  members_needed,
  // assignments
  assignment_unknown,
  assignment_already_known,
  assignment_ended,
  assignment_not_offered,
  assignment_not_accepted,
  assignment_not_due,
  milestone_passed,
  already_on_this_request,
  request_already_covered
};
BOOST_DESCRIBE_ENUM(Rejection, not_allowed, malformed, overloaded, journal_unavailable, night_already_open,
                    night_not_open, night_has_open_work, reason_needed, closing_time_passed, call_unknown,
                    call_already_known, call_over, call_not_missed, call_not_lost, call_already_joined,
                    request_unknown, request_already_known, request_closed, request_not_closed,
                    request_has_team, too_many_requests, category_unknown, quarter_unknown, place_unknown,
                    place_in_other_quarter, team_unknown, team_already_on_duty, team_off_duty, team_on_break,
                    team_not_on_break, team_has_assignment, overtaken, member_unknown, member_in_other_team,
                    members_needed, assignment_unknown, assignment_already_known, assignment_ended,
                    assignment_not_offered, assignment_not_accepted, assignment_not_due, milestone_passed,
                    already_on_this_request, request_already_covered)

/// The sentence in two languages.
struct Sentence {
  std::string_view fr;
  std::string_view en;
};

/// What the person who sent the command reads.
Sentence sentence(Rejection reason);

} // namespace vigie::protocol
