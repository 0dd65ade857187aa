#pragma once

#include "protocol/codec/codec.hpp"

#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

namespace vigie::protocol {

/// How deep lists and objects may stand in one another.
inline constexpr std::size_t max_depth = 32;

/// Reads JSON text into values that live in `storage`; refuses what is not strict JSON, not UTF-8, too long,
/// too deep, or has a key twice in one object. Numbers are read exactly.
Result<boost::json::value, DecodeError> parse_json(std::string_view text, std::size_t max_bytes,
                                                   boost::json::storage_ptr storage);

} // namespace vigie::protocol
