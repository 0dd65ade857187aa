#pragma once

#include "gateway/http.hpp"
#include "gateway/options.hpp"

#include <optional>

/// Whether a request comes from one of our own pages, and with which tokens.
namespace vigie::gateway {

inline constexpr auto session_cookie = "vigie_session";
inline constexpr auto device_cookie = "vigie_device";
inline constexpr auto this_machine = "127.0.0.1";

/// The value of a cookie, empty where it is not given.
std::string cookie(HttpRequest const& request, std::string const& name);

/// The Set-Cookie text that keeps a token from scripts and other sites, for so long; 0 takes it away.
/// `secure`: over HTTPS only.
std::string cookie_text(std::string const& name, std::string const& token, std::chrono::seconds kept,
                        bool secure);

/// The token of `Authorization: Bearer …`, empty where there is none.
std::string bearer(HttpRequest const& request);

/// Whether no page of a foreign site sent this. What names no origin is no browser's page.
bool from_own_page(HttpRequest const& request, Options const& options);

/// The answer to what a foreign site's page sent.
HttpResponse foreign_page();

/// Why a request cannot be told from what follows it, or is of no HTTP that we speak; none where it can be
/// trusted to be whole: WebSocket++ takes `Content-Length: 5, 6` for 5, and `chunked` for no body.
std::optional<HttpResponse> badly_framed(HttpRequest const& request);

/// Why a WebSocket may not open; none where it may. Whether the session holds is asked later.
std::optional<HttpResponse> handshake_refusal(HttpRequest const& request, Options const& options);

/// Who asks, as far as we may trust what a proxy says.
std::string address_of(HttpRequest const& request, Options const& options);

} // namespace vigie::gateway
