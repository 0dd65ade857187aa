#pragma once

#include "protocol/scalars.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <vector>

/// What a service is: its territory, hours, staff and rules, as its file in `config/services` says.
namespace vigie::protocol {

struct Point {
  Longitude lon;
  Latitude lat;
  auto operator<=>(Point const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Point, (), (lon, lat))

/// A building or spot of the service's place file.
struct Place {
  PlaceId id;
  QuarterId quarter;
  Name landlord;
  Name estate;
  Name street;
  Name number;
  Name hall;
  Point point;
  auto operator<=>(Place const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Place, (), (id, quarter, landlord, estate, street, number, hall, point))

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
BOOST_DESCRIBE_ENUM(Weekday, monday, tuesday, wednesday, thursday, friday, saturday, sunday)

/// Hours in which the service works, in its own time zone. A window that closes at or before its opening hour
/// closes on the following day.
struct Window {
  std::vector<Weekday> days;
  Text<5> opens;  ///< `21:00`
  Text<5> closes; ///< `02:00`
  auto operator<=>(Window const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Window, (), (days, opens, closes))

struct Quarter {
  QuarterId id;
  Name name;
  Point centre;
  auto operator<=>(Quarter const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Quarter, (), (id, name, centre))

enum class Priority { urgent, normal, can_wait };
BOOST_DESCRIBE_ENUM(Priority, urgent, normal, can_wait)

/// What residents call about; `group` is one of the field's families (noise, occupation, conflict …).
struct Category {
  CategoryId id;
  CategoryId group;
  Name fr;
  Name en;
  Priority priority{}; ///< proposed to the operator, who may change it
  auto operator<=>(Category const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Category, (), (id, group, fr, en, priority))

/// A mediator or coordinator. The journal knows members by id alone.
struct Member {
  MemberId id;
  Name name;
  auto operator<=>(Member const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Member, (), (id, name))

/// A team that may sign on, with its name on screen and on the radio.
struct TeamPost {
  TeamId id;
  Name name;
  auto operator<=>(TeamPost const&) const = default;
};
BOOST_DESCRIBE_STRUCT(TeamPost, (), (id, name))

/// How long a team has to answer an offer, by the request's priority.
struct AnswerTimes {
  Duration urgent;
  Duration normal;
  Duration can_wait;
  auto operator<=>(AnswerTimes const&) const = default;
};
BOOST_DESCRIBE_STRUCT(AnswerTimes, (), (urgent, normal, can_wait))

/// Speeds for the estimate of a team's way, and how much longer streets are than the straight line.
struct TravelRules {
  MetresPerSecond walking;
  MetresPerSecond cycling;
  MetresPerSecond driving;
  double detour{}; ///< factor, 1 to 3
  auto operator<=>(TravelRules const&) const = default;
};
BOOST_DESCRIBE_STRUCT(TravelRules, (), (walking, cycling, driving, detour))

struct Service {
  ServiceId id;
  Name name;
  Text<64> time_zone;   ///< IANA name, `Europe/Paris`
  Text<4> country_code; ///< for numbers dialled without one, `+33`
  std::vector<Window> windows;
  std::vector<Quarter> quarters;
  std::vector<Category> categories;
  std::vector<TeamPost> teams;
  std::vector<Member> members;
  AnswerTimes answer_times;
  TravelRules travel;
  Duration fix_stale_after;      ///< a fix older than this is shown as old
  Duration fix_kept_for;         ///< a fix older than this is forgotten
  Duration history_kept_for;     ///< ended calls and requests leave the screens after this
  Duration confidences_kept_for; ///< names, numbers, doors and words are erased after this
};
BOOST_DESCRIBE_STRUCT(Service, (),
                      (id, name, time_zone, country_code, windows, quarters, categories, teams, members,
                       answer_times, travel, fix_stale_after, fix_kept_for, history_kept_for,
                       confidences_kept_for))

} // namespace vigie::protocol
