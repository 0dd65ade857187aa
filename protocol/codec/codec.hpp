#pragma once

#include "protocol/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// Reads and writes words as JSON. What may be read or written is listed in the files words_*.cpp.
namespace vigie::protocol {

/// Why a text is not the word expected. `path` names the field, `command.place.point.lon` or `calls[2].id`;
/// it is empty when the whole text is at fault.
struct DecodeError {
  std::string path;
  std::string problem;
  bool operator==(DecodeError const&) const = default;
};

/// How much a reader takes: bytes of text, and items of any one list.
struct Limits {
  std::size_t bytes;
  std::size_t items;
};

/// For what strangers send: 1 MiB, lists of 10,000.
inline constexpr Limits from_outside{1024 * 1024, 10'000};
/// For what the server itself wrote, such as snapshots: 1 GiB, lists of 1,000,000.
inline constexpr Limits from_own_store{1024 * 1024 * 1024, 1'000'000};

/// Reads one word; refuses unknown, missing, repeated, ill-typed and out-of-range fields. Never throws.
template <class T> Result<T, DecodeError> decode(std::string_view json, Limits limits = from_outside);

/// Writes one word, fields in the order in which they are described: equal words give equal bytes. Texts must
/// be UTF-8 and numbers finite, as everything decoded is.
template <class T> std::string encode(T const& word);

} // namespace vigie::protocol
