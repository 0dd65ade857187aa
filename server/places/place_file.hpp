#pragma once

#include "protocol/result.hpp"
#include "protocol/service.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::places {

/// The largest place file: 64 MB and 200,000 places.
inline constexpr std::uintmax_t most_bytes = 64u << 20;
inline constexpr std::size_t most_places = 200'000;

/// Sentences such as `places/rennes.csv:12:40: lon: expected degrees from -180 to 180, found "x"`; after the
/// first 20, how many more.
using PlaceProblems = std::vector<std::string>;

/// Reads a service's places: a CSV file whose first line names the columns id, landlord, estate, street,
/// number, hall, lon, lat and quarter, in any order. Refused are ids that stand twice, quarters the service
/// does not have, and places with neither estate nor street.
Result<std::vector<protocol::Place>, PlaceProblems> read_places(std::filesystem::path const& file,
                                                                std::span<protocol::Quarter const> quarters);

/// The same from the text of a file of that name.
Result<std::vector<protocol::Place>, PlaceProblems> parse_places(std::string_view text,
                                                                 std::string const& file_name,
                                                                 std::span<protocol::Quarter const> quarters);

} // namespace vigie::places
