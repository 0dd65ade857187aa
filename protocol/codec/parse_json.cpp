#include "protocol/codec/parse_json.hpp"

#include "protocol/codec/problems.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace json = boost::json;

namespace vigie::protocol {
namespace {

using Code = json::error_code;

/// Builds values from the parser's calls. Boost's own builder lets the last of two equal keys win in silence
/// and reads some decimals one unit off; this one notes the keys and reads decimals from their text.
struct Builder {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  std::array<unsigned char, 2048> first_values; ///< spares small texts the heap
  json::value_stack values{{}, first_values.data(), first_values.size()};
  std::vector<std::string> keys; ///< of the objects that are open
  std::string key_begun;         ///< the parts of a key with escapes
  std::optional<std::string> repeated;

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(std::size_t count, Code& code) {
    if (has_repeated_key(count)) {
      code = json::error::syntax;
      return false;
    }
    keys.resize(keys.size() - count);
    values.push_object(count);
    return true;
  }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t count, Code&) {
    values.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, Code&) {
    key_begun += part;
    values.push_chars(part);
    return true;
  }
  bool on_key(json::string_view rest, std::size_t, Code&) {
    keys.emplace_back(std::move(key_begun)) += rest;
    key_begun.clear();
    values.push_key(rest);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Code&) {
    values.push_chars(part);
    return true;
  }
  bool on_string(json::string_view rest, std::size_t, Code&) {
    values.push_string(rest);
    return true;
  }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, Code&) {
    values.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, Code&) {
    values.push_uint64(number);
    return true;
  }
  bool on_double(double nearly, json::string_view text, Code&) {
    std::from_chars(text.data(), text.data() + text.size(), nearly);
    values.push_double(nearly);
    return true;
  }
  bool on_bool(bool truth, Code&) {
    values.push_bool(truth);
    return true;
  }
  bool on_null(Code&) {
    values.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }

  bool has_repeated_key(std::size_t count) {
    auto const first = keys.end() - static_cast<std::ptrdiff_t>(count);
    std::sort(first, keys.end());
    auto const twice = std::adjacent_find(first, keys.end());
    if (twice == keys.end()) return false;
    repeated = *twice;
    return true;
  }
};

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = max_depth;
  return options;
}

DecodeError explain(Code const& code, std::size_t position, std::optional<std::string> const& repeated) {
  if (repeated) return {shown(*repeated), "stands twice"};
  if (code == json::error::too_deep) return {"", "nested deeper than " + std::to_string(max_depth)};
  return {"", "malformed JSON at byte " + std::to_string(position) + ": " + code.message()};
}

} // namespace

Result<json::value, DecodeError> parse_json(std::string_view text, std::size_t max_bytes,
                                            json::storage_ptr storage) {
  if (text.size() > max_bytes)
    return Failure(DecodeError{"", "longer than " + std::to_string(max_bytes) + " bytes"});
  json::basic_parser<Builder> parser(strict());
  parser.handler().values.reset(std::move(storage));
  Code code;
  std::size_t const read = parser.write_some(false, text.data(), text.size(), code);
  if (!code && read < text.size()) code = json::error::extra_data;
  if (code) return Failure(explain(code, read, parser.handler().repeated));
  return parser.handler().values.release();
}

} // namespace vigie::protocol
