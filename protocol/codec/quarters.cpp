#include "protocol/codec/quarters.hpp"

#include "protocol/codec/parse_json.hpp"

#include <boost/json/object.hpp>

namespace vigie::protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t max_bytes = 16 * 1024 * 1024;

Failure<DecodeError> wrong(std::string path, std::string problem) {
  return Failure(DecodeError{std::move(path), std::move(problem)});
}

json::value const* member(json::value const& value, std::string_view name) {
  auto const* object = value.if_object();
  return object ? object->if_contains(name) : nullptr;
}

bool has_text(json::value const& value, std::string_view name) {
  auto const* text = member(value, name);
  return text && text->is_string();
}

} // namespace

Result<void, DecodeError> check_quarters(std::string_view geojson) {
  auto const collection = parse_json(geojson, max_bytes, {});
  if (!collection) return Failure(collection.error());
  auto const* type = member(*collection, "type");
  if (!type || *type != "FeatureCollection") return wrong("type", "expected \"FeatureCollection\"");
  auto const* features = member(*collection, "features");
  if (!features || !features->is_array()) return wrong("features", "expected a list");
  std::size_t place = 0;
  for (auto const& feature : features->get_array()) {
    auto const path = "features[" + std::to_string(place++) + "].geometry";
    auto const* geometry = member(feature, "geometry");
    if (!geometry || !has_text(*geometry, "type")) return wrong(path, "expected a geometry with its type");
  }
  return {};
}

} // namespace vigie::protocol
