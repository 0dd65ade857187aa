#pragma once

#include "protocol/scalars.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// A few words of the tests' own, one for each thing that the codec can do.
namespace vigie::protocol::small {

enum class Mood { calm, tense, delete_ };
BOOST_DESCRIBE_ENUM(Mood, calm, tense, delete_)

struct Spot {
  Longitude lon;
  Latitude lat;
  bool operator==(Spot const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Spot, (), (lon, lat))

struct CheckPoint {
  PlaceId place;
  Spot spot;
  std::optional<Text<10>> note;
  std::optional<Mood> mood;
  bool operator==(CheckPoint const&) const = default;
};
BOOST_DESCRIBE_STRUCT(CheckPoint, (), (place, spot, note, mood))

struct WalkRound {
  Instant started_at;
  std::optional<Duration> pause;
  std::vector<CheckPoint> points;
  bool operator_{};
  std::int32_t steps{};
  std::uint64_t version{};
  double factor{};
  std::string remark;
  Percent battery;
  MetresPerSecond speed;
  bool operator==(WalkRound const&) const = default;
};
BOOST_DESCRIBE_STRUCT(WalkRound, (),
                      (started_at, pause, points, operator_, steps, version, factor, remark, battery, speed))

struct GoHome {
  bool operator==(GoHome const&) const = default;
};
BOOST_DESCRIBE_STRUCT(GoHome, (), ())

using Task = std::variant<WalkRound, GoHome>;

struct Order {
  Task task;
  bool operator==(Order const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Order, (), (task))

struct Named {
  TeamId team;
};
BOOST_DESCRIBE_STRUCT(Named, (), (team))

struct Badge : Named {
  std::int32_t number{};
};
BOOST_DESCRIBE_STRUCT(Badge, (Named), (number))

} // namespace vigie::protocol::small
