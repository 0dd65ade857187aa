#pragma once

#include "protocol/codec/codec.hpp"

/// The outlines of a service's quarters: GeoJSON of its own making, which the server hands on as it is.
namespace vigie::protocol {

/// Whether the text is what the map draws: a FeatureCollection (RFC 7946) whose features have a geometry. The
/// error names the place, such as `features[2].geometry`. At most 16 MiB.
Result<void, DecodeError> check_quarters(std::string_view geojson);

} // namespace vigie::protocol
