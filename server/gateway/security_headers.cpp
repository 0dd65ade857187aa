#include "gateway/security_headers.hpp"

#include <string_view>

namespace vigie::gateway {
namespace {

/// `https://{s}.tiles.example/{z}/…` as `https://*.tiles.example`; empty for what is no absolute URL.
std::string origin_of(std::string const& url) {
  auto const scheme = url.find("://");
  if (scheme == std::string::npos) return {};
  auto origin = url.substr(0, url.find('/', scheme + 3));
  if (auto const servers = origin.find("{s}"); servers != std::string::npos) origin.replace(servers, 3, "*");
  // What could end the directive is no host.
  return origin.find_first_of(" ;,'\"") == std::string::npos ? " " + origin : std::string{};
}

std::string content_policy(std::string const& tiles) {
  return "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:" + tiles +
         "; connect-src 'self'" + tiles +
         "; worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
         "form-action 'self'";
}

} // namespace

std::vector<std::pair<std::string, std::string>> security_headers(std::string const& tiles_url) {
  return {{"Content-Security-Policy", content_policy(origin_of(tiles_url))},
          {"X-Content-Type-Options", "nosniff"},
          {"Referrer-Policy", "no-referrer"},
          {"Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=()"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"}};
}

} // namespace vigie::gateway
