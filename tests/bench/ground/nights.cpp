#include "bench/ground/nights.hpp"

namespace vigie::bench::ground {

using namespace protocol;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t commits_at_once = 500;
constexpr std::size_t requests_a_night = 30;
constexpr std::size_t nights_in_the_vault = 60;

Instant this_moment() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Place some_place(Service const& service, std::size_t number) {
  auto const& quarter = service.quarters[number % service.quarters.size()];
  auto const house = std::to_string(number % 40 + 1);
  return {.id = {"p-" + house},
          .quarter = quarter.id,
          .landlord = {"Archipel Habitat"},
          .estate = {"Résidence Kennedy"},
          .street = {"cours Kennedy"},
          .number = {house},
          .hall = {"C"},
          .point = quarter.centre};
}

OpenRequest some_request(Service const& service, std::string id, std::size_t number) {
  OpenRequest request;
  request.request = {std::move(id)};
  request.category = service.categories[number % service.categories.size()].id;
  request.priority = Priority::normal;
  request.place = some_place(service, number);
  request.quarter = request.place->quarter;
  return request;
}

void open_night(Scribe& scribe, Instant at, std::size_t teams) {
  auto const& service = scribe.service();
  scribe.say(Role::coordinator, at, OpenNight{at + 12h, ExceptionalReason::event});
  for (std::size_t i = 0; i < teams; ++i)
    scribe.say(service.teams[i].id, at, SignOn{service.teams[i].id, {service.members[i].id}, {}});
}

/// A call comes, a request is opened, a team is sent, works and is free again.
void work(Scribe& scribe, Instant at, std::string const& name, std::size_t number, bool confided) {
  auto const& service = scribe.service();
  CallId const call{"c-" + name};
  AssignmentId const assignment{"a-" + name};
  TeamId const team = service.teams[number % std::min<std::size_t>(5, service.teams.size())].id;
  scribe.say(Role::telephony, at, ReportCall{call, CallStage::ringing, at, {}, {}, {}, {}});
  scribe.say(Role::telephony, at, ReportCall{call, CallStage::answered, at, {}, {}, {}, {}});
  auto request = some_request(service, "r-" + name, number);
  request.call = call;
  if (confided) request.particulars.words = Words{"Fête au-dessus depuis 22 h."};
  scribe.say(Role::dispatcher, at, request);
  scribe.say(Role::telephony, at,
             ReportCall{call, CallStage::ended, at, {}, {}, {}, CallEnd::caller_hung_up});
  scribe.say(Role::dispatcher, at, OfferAssignment{assignment, request.request, team, false});
  scribe.say(team, at, AcceptAssignment{assignment});
  for (auto const milestone : {Milestone::en_route, Milestone::on_site, Milestone::contact_made})
    scribe.say(team, at, ReportProgress{assignment, milestone});
  scribe.say(team, at, ClearAssignment{assignment, Disposition::calmed_on_site, Headcount{3}, {}});
}

} // namespace

asio::awaitable<void> write_tonight(Scribe& scribe, std::size_t busy) {
  auto const at = this_moment();
  auto const& service = scribe.service();
  open_night(scribe, at, service.teams.size());
  for (std::size_t i = 0; i < std::min(busy, service.teams.size()); ++i) {
    auto const number = std::to_string(i + 1);
    auto const& team = service.teams[i].id;
    auto const request = some_request(service, "r-" + number, i);
    scribe.say(Role::dispatcher, at, request);
    scribe.say(Role::dispatcher, at, OfferAssignment{{"a-" + number}, request.request, team, false});
    scribe.say(team, at, AcceptAssignment{{"a-" + number}});
    scribe.say(team, at, ReportProgress{{"a-" + number}, Milestone::en_route});
  }
  co_await scribe.write();
}

asio::awaitable<void> write_nights(Scribe& scribe, std::size_t nights) {
  auto const last = this_moment() - 24h;
  for (std::size_t night = 0; night < nights; ++night) {
    auto const left = nights - 1 - night;
    auto const opened = last - 24h * left;
    open_night(scribe, opened, 5);
    for (std::size_t i = 0; i < requests_a_night; ++i) {
      auto const name = std::to_string(night) + "-" + std::to_string(i);
      work(scribe, opened + 10min * i, name, i, left < nights_in_the_vault);
      if (scribe.unwritten() > commits_at_once) co_await scribe.write();
    }
    scribe.say(Role::coordinator, opened + 5h, CloseNight{});
  }
  co_await scribe.write();
}

} // namespace vigie::bench::ground
