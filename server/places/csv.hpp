#pragma once

#include "protocol/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::places {

/// One value of a table, with where it begins in the file: line and column in bytes, both from 1.
struct CsvField {
  std::string text;
  unsigned line = 1;
  unsigned column = 1;
};

using CsvRow = std::vector<CsvField>;

/// Where the quoting of a table is broken, and how.
struct CsvMistake {
  unsigned line;
  unsigned column;
  std::string message;
};

/// Reads comma-separated values as RFC 4180 writes them: values in quotes may hold commas, line breaks and,
/// doubled, quotes; lines end with CR LF or LF. A byte order mark and empty lines are passed over. Stops with
/// a mistake after `most_rows` rows.
Result<std::vector<CsvRow>, CsvMistake> read_csv(std::string_view text, std::size_t most_rows);

} // namespace vigie::places
