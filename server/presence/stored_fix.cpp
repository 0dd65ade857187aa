#include "presence/stored_fix.hpp"

#include <array>
#include <charconv>
#include <map>

namespace vigie::presence {
namespace {

using Fields = std::map<std::string, std::string>;

constexpr std::array sources{std::pair{protocol::FixSource::handset, "handset"},
                             std::pair{protocol::FixSource::owntracks, "owntracks"},
                             std::pair{protocol::FixSource::osmand, "osmand"}};

std::string name_of(protocol::FixSource source) {
  for (auto const& [known, name] : sources)
    if (known == source) return name;
  return {};
}

std::optional<protocol::FixSource> source_named(std::string const& text) {
  for (auto const& [known, name] : sources)
    if (text == name) return known;
  return std::nullopt;
}

template <class Number> std::optional<Number> number_in(Fields const& fields, std::string const& name) {
  auto const field = fields.find(name);
  if (field == fields.end()) return std::nullopt;
  auto const& text = field->second;
  Number number{};
  auto const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

Fields fields_in(redis::Reply const& reply) {
  Fields fields;
  auto const* pairs = reply.as_array();
  for (std::size_t i = 0; pairs && i + 1 < pairs->size(); i += 2) {
    auto const* name = (*pairs)[i].as_string();
    auto const* value = (*pairs)[i + 1].as_string();
    if (name && value) fields[*name] = *value;
  }
  return fields;
}

} // namespace

std::string exact(double number) {
  std::array<char, 32> text{};
  auto const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

redis::Command command_to_store(std::string key, protocol::Position const& position) {
  auto const& fix = position.fix;
  return {"HSET",
          std::move(key),
          "lon",
          exact(fix.point.lon.value),
          "lat",
          exact(fix.point.lat.value),
          "accuracy_m",
          exact(fix.accuracy.value),
          "speed_m_per_s",
          fix.speed ? exact(fix.speed->value) : "",
          "battery_percent",
          fix.battery ? std::to_string(fix.battery->value) : "",
          "fixed_at_ms",
          std::to_string(fix.fixed_at.time_since_epoch().count()),
          "source",
          name_of(position.source)};
}

std::optional<protocol::Position> position_in(protocol::TeamId const& team, redis::Reply const& reply) {
  auto const fields = fields_in(reply);
  auto const lon = number_in<double>(fields, "lon");
  auto const lat = number_in<double>(fields, "lat");
  auto const accuracy = number_in<double>(fields, "accuracy_m");
  auto const fixed_at = number_in<std::int64_t>(fields, "fixed_at_ms");
  auto const source = fields.contains("source") ? source_named(fields.at("source")) : std::nullopt;
  if (!lon || !lat || !accuracy || !fixed_at || !source) return std::nullopt;
  protocol::Fix fix{{{*lon}, {*lat}}, {*accuracy}, {}, {}, protocol::Instant(protocol::Duration(*fixed_at))};
  if (auto const speed = number_in<double>(fields, "speed_m_per_s")) fix.speed = {*speed};
  if (auto const battery = number_in<std::int32_t>(fields, "battery_percent")) fix.battery = {*battery};
  return protocol::Position{team, fix, *source};
}

} // namespace vigie::presence
