#pragma once

#include "gateway/http.hpp"

namespace vigie::gateway {

/// The headers that every answer carries, so that a browser does nothing with it that we did not mean:
/// scripts from us alone, no framing, no guessing of types. `tiles_url` is the map's source, allowed beside
/// us; may be empty.
std::vector<std::pair<std::string, std::string>> security_headers(std::string const& tiles_url);

} // namespace vigie::gateway
