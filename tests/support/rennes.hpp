#pragma once

#include "protocol/service.hpp"

/// A small service to tell stories with: two quarters, four teams, windows from Monday to Saturday, 21:00 to
/// 02:00.
namespace vigie::tests {

inline protocol::Point point(double lon, double lat) {
  return {protocol::Longitude{lon}, protocol::Latitude{lat}};
}

inline protocol::Place place(std::string const& id, std::string const& quarter, std::string const& estate,
                             protocol::Point where) {
  return {.id = {id},
          .quarter = {quarter},
          .landlord = {"Archipel"},
          .estate = {estate},
          .street = {"rue de Test"},
          .number = {"1"},
          .hall = {"A"},
          .point = where};
}

inline protocol::Service rennes() {
  using namespace protocol;
  using enum Weekday;
  Service service;
  service.id = {"rennes"};
  service.name = {"Rennes"};
  service.time_zone = {"Europe/Paris"};
  service.country_code = {"+33"};
  service.windows = {{{monday, tuesday, wednesday, thursday, friday, saturday}, {"21:00"}, {"02:00"}}};
  service.quarters = {{{"maurepas"}, {"Maurepas"}, point(-1.660, 48.128)},
                      {{"villejean"}, {"Villejean"}, point(-1.704, 48.121)}};
  service.categories = {{{"noise.party"}, {"noise"}, {"fête"}, {"party"}, Priority::normal},
                        {{"occupation.hall"}, {"occupation"}, {"hall"}, {"hall"}, Priority::normal}};
  for (std::string const number : {"1", "2", "3", "4"})
    service.teams.push_back({{"binome-" + number}, {"Binôme " + number}});
  for (std::string const name : {"ana", "ben", "chloe", "driss", "emma", "farid", "gwen", "hugo"})
    service.members.push_back({{name}, {name}});
  service.answer_times = {std::chrono::minutes(1), std::chrono::minutes(2), std::chrono::minutes(5)};
  service.travel = {{1.3}, {4.0}, {7.0}, 1.4};
  service.fix_stale_after = std::chrono::minutes(1);
  service.fix_kept_for = std::chrono::minutes(30);
  service.history_kept_for = std::chrono::hours(36);
  service.confidences_kept_for = std::chrono::hours(24 * 30);
  return service;
}

} // namespace vigie::tests
