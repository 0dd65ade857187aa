#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vigie::redis {

/// What Redis answered to one command.
struct Reply {
  struct Error {
    std::string text; ///< begins with a word in capitals, such as `WRONGTYPE`
  };
  using Array = std::vector<Reply>;

  std::variant<std::monostate, std::int64_t, std::string, Array, Error> value;

  /// There is nothing: a missing key, a time-out of a blocking command.
  bool is_nil() const { return std::holds_alternative<std::monostate>(value); }
  /// The bytes of a string or status (`OK`), null when the reply is something else.
  std::string const* as_string() const { return std::get_if<std::string>(&value); }
  /// The number, when the reply is one; a string of digits is not.
  std::optional<std::int64_t> as_integer() const;
  /// The elements, null when the reply is something else.
  Array const* as_array() const { return std::get_if<Array>(&value); }
  /// Why Redis refused the command, null when it did not.
  std::string const* error() const;
  /// Redis refused the command with an error that begins with this word.
  bool is_error(std::string const& word) const;
};

} // namespace vigie::redis
