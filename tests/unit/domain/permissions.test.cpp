#include "unit/domain/story.hpp"

#include <boost/mp11.hpp>

using namespace vigie::tests;

namespace {

/// The names of all commands that a role may send.
std::set<std::string> rights_of(Role role) {
  std::set<std::string> names;
  boost::mp11::mp_for_each<
      boost::mp11::mp_transform<std::add_pointer_t, boost::mp11::mp_rename<Command, boost::mp11::mp_list>>>(
      [&](auto pointer) {
        Command const command = std::remove_pointer_t<decltype(pointer)>{};
        if (vigie::domain::may_send(role, command)) names.emplace(vigie::domain::name_of(command));
      });
  return names;
}

using Names = std::set<std::string>;

Names const calls = {"record_call", "take_call", "settle_call", "join_call"};
Names const requests = {"open_request", "amend_request", "close_request", "reopen_request"};
Names const own_team = {"sign_on",           "sign_off",          "take_break",      "end_break",
                        "accept_assignment", "refuse_assignment", "report_progress", "clear_assignment"};
Names const sending = {"offer_assignment", "reassign_team", "withdraw_assignment"};

Names all_of(std::vector<Names> const& groups) {
  Names all;
  for (auto const& group : groups) all.insert(group.begin(), group.end());
  return all;
}

} // namespace

TEST_CASE("each role may send what its work needs, and nothing else") {
  CHECK(rights_of(Role::telephony) == Names{"report_call"});
  CHECK(rights_of(Role::clock) ==
        Names{"open_night", "close_night", "end_lost_call", "expire_offer", "sign_off"});
  CHECK(rights_of(Role::team) == all_of({own_team, {"open_request"}}));
  CHECK(rights_of(Role::hotline_operator) == all_of({calls, requests}));
  CHECK(rights_of(Role::dispatcher) == all_of({calls, requests, own_team, sending}));
  CHECK(rights_of(Role::coordinator) ==
        all_of({calls, requests, own_team, sending, {"open_night", "close_night"}}));
}

TEST_CASE("a command without the right to it is refused before anything else") {
  Story story;
  story.when(operator_, offer("a1", "r9", "binome-9"));
  story.then_refused(Rejection::not_allowed);
}

TEST_CASE("a handset without a team may do nothing for any") {
  Story story = a_night();
  story.when(Actor{{"lost"}, Role::team, {}}, SignOff{{"binome-1"}});
  story.then_refused(Rejection::not_allowed);
}

TEST_CASE("events have their names on the wire") {
  CHECK(vigie::domain::name_of(Event{ConfidenceKept{}}) == "confidence_kept");
  CHECK(vigie::domain::name_of(Command{RecordCall{}}) == "record_call");
}
