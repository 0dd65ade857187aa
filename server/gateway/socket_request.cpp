#include "gateway/socket_config.hpp"

#include <algorithm>
#include <charconv>

namespace vigie::gateway {
namespace {

bool same_letter(char a, char b) { return lower(a) == lower(b); }

} // namespace

std::string const& WireRequest::get_header(std::string const& name) const {
  static std::string const none;
  auto const found = std::ranges::find_if(
      get_headers(), [&](auto const& header) { return std::ranges::equal(header.first, name, same_letter); });
  return found == get_headers().end() ? none : found->second;
}

bool WireRequest::tells(std::string const& name, std::string_view word) const {
  return !std::ranges::search(get_header(name), word, same_letter).empty();
}

int WireRequest::websocket_version() const {
  auto const& text = get_header("Sec-WebSocket-Version");
  int version = text.empty() ? 0 : -1;
  std::from_chars(text.data(), text.data() + text.size(), version);
  return version;
}

} // namespace vigie::gateway
