#pragma once

#include "protocol/codec/problems.hpp"

#include <boost/json/value.hpp>

#include <cstdint>

/// Reads the values that have no parts. Each refuses another type, and what is out of range.
namespace vigie::protocol {

Outcome read_bool(boost::json::value const& value, bool& out);
/// Refuses fractions, also `1.0`.
Outcome read_integer(boost::json::value const& value, std::int64_t min, std::int64_t max, std::int64_t& out);
Outcome read_unsigned(boost::json::value const& value, std::uint64_t max, std::uint64_t& out);
Outcome read_number(boost::json::value const& value, double min, double max, double& out);
Outcome read_string(boost::json::value const& value, std::size_t max_bytes, std::string& out);
Outcome read_identifier(boost::json::value const& value, std::string& out);
Outcome read_text(boost::json::value const& value, std::size_t max_characters, std::string& out);

} // namespace vigie::protocol
