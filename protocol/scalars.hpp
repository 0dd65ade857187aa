#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

/// The smallest words: identifiers, bounded texts and numbers, instants. Each knows its own limits, so that
/// the decoder can refuse what does not fit and name the field.
namespace vigie::protocol {

/// An identifier: 1 to 64 characters of `a-z A-Z 0-9 . _ : -`. Each kind is a type of its own.
template <class Tag> struct Id {
  std::string value;
  static constexpr std::size_t max_length = 64;
  auto operator<=>(Id const&) const = default;
};

using ServiceId = Id<struct ServiceTag>;
using QuarterId = Id<struct QuarterTag>;
using PlaceId = Id<struct PlaceTag>;
using CategoryId = Id<struct CategoryTag>;
using MemberId = Id<struct MemberTag>;
using TeamId = Id<struct TeamTag>;
using CallId = Id<struct CallTag>;
using RequestId = Id<struct RequestTag>;
using AssignmentId = Id<struct AssignmentTag>;
using CommandId = Id<struct CommandTag>;
using AccountId = Id<struct AccountTag>;
/// A keyed hash of a caller's number: tells whether two calls come from one number, never which.
using CallerKey = Id<struct CallerTag>;
/// What a confidence is about: the id of a call, a request or an assignment.
using SubjectId = Id<struct SubjectTag>;
/// The date on which a service night opened, `2026-11-21`; it keeps that date past midnight.
using NightDate = Id<struct NightTag>;

/// UTF-8 text of at most `Max` characters (code points), without control characters but line breaks.
template <std::size_t Max> struct Text {
  std::string value;
  static constexpr std::size_t max_length = Max;
  auto operator<=>(Text const&) const = default;
};

using Name = Text<120>;
using Words = Text<2000>;

/// A number with its range; the unit is part of the tag, whose `suffix` ends the field's name on the wire.
template <class Tag> struct Quantity {
  using Number = typename Tag::Number;
  Number value{};
  static constexpr Number min = Tag::min;
  static constexpr Number max = Tag::max;
  static constexpr char const* suffix = Tag::suffix;
  auto operator<=>(Quantity const&) const = default;
};

struct LongitudeTag {
  using Number = double;
  static constexpr double min = -180, max = 180;
  static constexpr char const* suffix = "";
};
struct LatitudeTag {
  using Number = double;
  static constexpr double min = -90, max = 90;
  static constexpr char const* suffix = "";
};
struct MetresTag {
  using Number = double;
  static constexpr double min = 0, max = 100'000;
  static constexpr char const* suffix = "_m";
};
struct SpeedTag {
  using Number = double;
  static constexpr double min = 0, max = 100;
  static constexpr char const* suffix = "_m_per_s";
};
struct PercentTag {
  using Number = std::int32_t;
  static constexpr std::int32_t min = 0, max = 100;
  static constexpr char const* suffix = "_percent";
};
struct HeadcountTag {
  using Number = std::int32_t;
  static constexpr std::int32_t min = 0, max = 999;
  static constexpr char const* suffix = "";
};

using Longitude = Quantity<LongitudeTag>; ///< degrees east, WGS 84
using Latitude = Quantity<LatitudeTag>;   ///< degrees north, WGS 84
using Metres = Quantity<MetresTag>;       ///< 0 to 100 km
using MetresPerSecond = Quantity<SpeedTag>;
using Percent = Quantity<PercentTag>;
using Headcount = Quantity<HeadcountTag>;

/// A point of UTC time, to the millisecond. On the wire: milliseconds since 1970, field name ending in `_ms`.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
/// A length of time. On the wire: milliseconds, 0 to 10 years, field name ending in `_ms`.
using Duration = std::chrono::milliseconds;

/// How many commits a service's journal holds; the version of the state folded from them. Starts at 0.
using Version = std::uint64_t;

} // namespace vigie::protocol

template <class Tag> struct std::hash<vigie::protocol::Id<Tag>> {
  // Not noexcept: so the standard library keeps the hashes beside the ids instead of making them again.
  std::size_t operator()(vigie::protocol::Id<Tag> const& id) const {
    return std::hash<std::string>{}(id.value);
  }
};
