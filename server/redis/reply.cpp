#include "redis/reply.hpp"

namespace vigie::redis {

std::optional<std::int64_t> Reply::as_integer() const {
  auto const* number = std::get_if<std::int64_t>(&value);
  return number ? std::optional(*number) : std::nullopt;
}

std::string const* Reply::error() const {
  auto const* error = std::get_if<Error>(&value);
  return error ? &error->text : nullptr;
}

bool Reply::is_error(std::string const& word) const {
  auto const* text = error();
  return text && text->starts_with(word) && (text->size() == word.size() || (*text)[word.size()] == ' ');
}

} // namespace vigie::redis
