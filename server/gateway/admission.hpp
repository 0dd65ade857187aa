#pragma once

#include "gateway/http.hpp"
#include "gateway/options.hpp"

/// Whether a request comes from one of our own pages, and with which tokens.
namespace vigie::gateway {

inline constexpr auto session_cookie = "vigie_session";

/// The value of a cookie, empty where it is not given.
std::string cookie(HttpRequest const& request, std::string const& name);

/// The Set-Cookie text that keeps a session's token from scripts and other sites, for so many seconds; 0
/// takes it away. `secure`: over HTTPS only.
std::string session_cookie_text(std::string const& token, long seconds, bool secure);

/// The token of `Authorization: Bearer …`, empty where there is none.
std::string bearer(HttpRequest const& request);

/// Whether no page of a foreign site sent this. What names no origin is no browser's page.
bool from_own_page(HttpRequest const& request, Options const& options);

/// Who asks, as far as we may trust what a proxy says.
std::string address_of(HttpRequest const& request, Options const& options);

} // namespace vigie::gateway
