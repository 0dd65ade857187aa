#include "gateway/admission.hpp"

#include <asio/ip/address.hpp>

#include <algorithm>
#include <string_view>

namespace vigie::gateway {
namespace {

constexpr auto live_path = "/api/v1/live";

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// What follows `http://` or `https://`; empty where neither begins it.
std::string_view host_of(std::string_view origin) {
  for (std::string_view const scheme : {"http://", "https://"})
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  return {};
}

bool is_address(std::string_view text) {
  asio::error_code no_address;
  asio::ip::make_address(std::string{text}, no_address);
  return !no_address;
}

/// Whether no stranger's name server can make this host mean us: `localhost` or an address, with or without a
/// port.
bool cannot_be_rebound(std::string_view host) {
  auto const bracket = host.find(']');
  if (host.starts_with('[') && bracket != std::string_view::npos)
    return is_address(host.substr(1, bracket - 1));
  auto const name = host.substr(0, host.find(':'));
  return name == "localhost" || is_address(name);
}

} // namespace

std::string cookie(HttpRequest const& request, std::string const& name) {
  std::string_view rest = request.header("Cookie");
  while (!rest.empty()) {
    auto const pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    auto const equals = pair.find('=');
    if (equals != std::string_view::npos && trimmed(pair.substr(0, equals)) == name)
      return std::string{trimmed(pair.substr(equals + 1))};
  }
  return {};
}

std::string cookie_text(std::string const& name, std::string const& token, std::chrono::seconds kept,
                        bool secure) {
  return name + "=" + token + "; Path=/; Max-Age=" + std::to_string(kept.count()) +
         "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
}

std::string bearer(HttpRequest const& request) {
  constexpr std::string_view scheme = "Bearer ";
  std::string_view const value = request.header("Authorization");
  return value.starts_with(scheme) ? std::string{trimmed(value.substr(scheme.size()))} : std::string{};
}

bool from_own_page(HttpRequest const& request, Options const& options) {
  auto const& origin = request.header("Origin");
  if (origin.empty()) {
    auto const& site = request.header("Sec-Fetch-Site");
    return site.empty() || site == "same-origin" || site == "none";
  }
  if (!options.public_origin.empty() && origin == options.public_origin) return true;
  if (std::find(options.origins.begin(), options.origins.end(), origin) != options.origins.end()) return true;
  if (!options.public_origin.empty()) return false;
  auto const& host = request.header("Host");
  return host_of(origin) == host && cannot_be_rebound(host);
}

HttpResponse foreign_page() {
  return problem(403, "foreign_origin",
                 "This page's address is not one of ours. They are named in vigie.toml: [listen] origins.");
}

std::optional<HttpResponse> badly_framed(HttpRequest const& request) {
  if (request.version != "HTTP/1.1" && request.version != "HTTP/1.0")
    return problem(400, "malformed", "HTTP/1.1 is spoken here.");
  if (!request.header("Transfer-Encoding").empty())
    return problem(400, "malformed", "Send the body whole, with a Content-Length.", "Transfer-Encoding");
  auto const& length = request.header("Content-Length");
  if (length.empty() || length == std::to_string(request.body.size())) return std::nullopt;
  return problem(400, "malformed", "The length of the body, in plain digits, is expected.", "Content-Length");
}

std::optional<HttpResponse> handshake_refusal(HttpRequest const& request, Options const& options) {
  if (request.path != live_path) return problem(404, "not_found", "There is no conversation here.");
  if (request.header("Sec-WebSocket-Version") != "13")
    return problem(400, "websocket_version", "WebSocket version 13 is spoken here.");
  if (!from_own_page(request, options)) return foreign_page();
  if (cookie(request, session_cookie).empty()) return problem(401, "not_signed_in", "Sign in first.");
  return std::nullopt;
}

std::string address_of(HttpRequest const& request, Options const& options) {
  std::string_view const forwarded = request.header("X-Forwarded-For");
  if (!options.behind_proxy || forwarded.empty()) return request.address;
  auto const comma = forwarded.rfind(',');
  return std::string{trimmed(comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1))};
}

} // namespace vigie::gateway
