#pragma once

#include "protocol/codec/codec.hpp"
#include "protocol/codec/parse_json.hpp"
#include "protocol/codec/word_reader.hpp"
#include "protocol/codec/word_writer.hpp"

#include <boost/json/monotonic_resource.hpp>

#include <array>

/// Defines decode and encode for any described word. Only .cpp files that instantiate them include this.
namespace vigie::protocol {

template <class T> Result<T, DecodeError> decode(std::string_view json, Limits limits) {
  std::array<unsigned char, 4096> first_block;
  boost::json::monotonic_resource memory(first_block.data(), first_block.size());
  auto const value = parse_json(json, limits.bytes, &memory);
  if (!value) return Failure(value.error());
  Result<T, DecodeError> word;
  if (Outcome outcome = WordReader(limits.items).read(*value, *word); !outcome)
    return Failure(std::move(outcome.error()));
  return word;
}

template <class T> std::string encode(T const& word) {
  constexpr std::size_t most_words = 512;
  std::string text;
  text.reserve(most_words);
  WordWriter(text).write(word);
  return text;
}

} // namespace vigie::protocol
