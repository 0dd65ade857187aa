#pragma once

#include "protocol/codec/codec.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The sentences of decoding errors.
namespace vigie::protocol {

/// A step of decoding: done, or why not.
using Outcome = Result<void, DecodeError>;

/// A refusal of the value at hand; whoever read it adds the path on the way out.
Outcome refuse(std::string problem);

/// The same refusal, seen from one level above: below the field `name`.
DecodeError within_field(std::string_view name, DecodeError error);

/// The same refusal, seen from one level above: at `index` of a list.
DecodeError within_item(std::size_t index, DecodeError error);

/// A stranger's key as it may stand in a path: cut after 64 bytes.
std::string shown(std::string_view key);

/// `must be one of a, b, c`.
std::string one_of(std::vector<std::string_view> const& names);

} // namespace vigie::protocol
