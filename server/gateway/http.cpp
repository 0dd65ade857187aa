#include "gateway/http.hpp"

#include "protocol/codec/codec.hpp"
#include "protocol/frames.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace vigie::gateway {
namespace {

/// Undoes percent signs; a broken one stays as it is.
std::string unescaped(std::string_view text, bool plus_is_blank) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned byte{};
    char const* from = text.data() + at + 1;
    bool const escaped =
        text[at] == '%' && at + 2 < text.size() && std::from_chars(from, from + 2, byte, 16).ptr == from + 2;
    if (escaped) at += 2;
    plain += escaped ? static_cast<char>(byte) : (text[at] == '+' && plus_is_blank) ? ' ' : text[at];
  }
  return plain;
}

} // namespace

bool CaseBlind::operator()(std::string const& a, std::string const& b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return lower(x) < lower(y); });
}

std::string const& HttpRequest::header(std::string const& name) const {
  static std::string const none;
  auto const found = headers.find(name);
  return found == headers.end() ? none : found->second;
}

void read_target(std::string const& target, HttpRequest& request) {
  std::string_view rest = target;
  auto const mark = rest.find('?');
  request.path = unescaped(rest.substr(0, mark), false);
  rest = mark == std::string_view::npos ? std::string_view{} : rest.substr(mark + 1);
  while (!rest.empty()) {
    auto const pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    auto const equals = pair.find('=');
    auto const value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    request.query[unescaped(pair.substr(0, equals), true)] = unescaped(value, true);
  }
}

HttpResponse json(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body), {}};
}

HttpResponse problem(int status, std::string code, std::string detail, std::string path) {
  auto response = json(status, protocol::encode(protocol::Problem{code, std::move(path), std::move(detail)}));
  response.problem = std::move(code);
  return response;
}

HttpResponse problem_for_now(int status, std::string code, std::string detail, long retry_after) {
  auto response = problem(status, std::move(code), std::move(detail));
  response.headers.emplace_back("Retry-After", std::to_string(retry_after));
  return response;
}

} // namespace vigie::gateway
