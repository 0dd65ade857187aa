#pragma once

#include <string>

namespace vigie::protocol {

/// The JSON Schema (2020-12) of every word that crosses the door: each named type under `$defs`, a variant as
/// `oneOf` its alternatives, told apart by the constant `type`.
std::string json_schema();

} // namespace vigie::protocol
