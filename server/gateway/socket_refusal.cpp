#include "gateway/security_headers.hpp"
#include "gateway/socket_config.hpp"

namespace vigie::gateway {

HttpResponse refusal_of(int status) {
  switch (status) {
  case 413: return problem(413, "too_large", "The body is larger than this door takes.");
  case 431: return problem(431, "headers_too_large", "The headers are larger than this door takes.");
  default: return problem(400, "malformed", "This is no request that is understood here.");
  }
}

// Whatever our doors answer says that the connection closes; a handshake that succeeded has no problem.
std::string WireResponse::raw() const {
  using websocketpp::http::status_code::value;
  int const status = get_status_code();
  if (status < 400 || !get_header("Connection").empty()) return response::raw();
  auto const refusal = refusal_of(status);
  response answer;
  answer.set_version("HTTP/1.1");
  answer.set_status(static_cast<value>(refusal.status));
  for (auto const& [name, text] : security_headers({})) answer.replace_header(name, text);
  for (auto const& [name, text] : refusal.headers) answer.replace_header(name, text);
  answer.replace_header("Connection", "close");
  answer.set_body(refusal.body);
  return answer.raw();
}

} // namespace vigie::gateway
