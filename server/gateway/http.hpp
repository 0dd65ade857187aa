#pragma once

#include <asio/awaitable.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vigie::gateway {

/// A letter of ASCII in its small form.
constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Orders header names without regard to case.
struct CaseBlind {
  bool operator()(std::string const& a, std::string const& b) const;
};

struct HttpRequest {
  std::string method;
  std::string version; ///< `HTTP/1.1`
  std::string path;    ///< without the query, percent signs undone
  std::map<std::string, std::string> query;
  std::map<std::string, std::string, CaseBlind> headers;
  std::string body;
  std::string address; ///< of whoever asks

  /// A header's value, empty where it is not given.
  std::string const& header(std::string const& name) const;
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string problem{}; ///< the code of what went wrong, to be counted; empty otherwise
  std::shared_ptr<std::string const>
      kept{}; ///< the body where it is kept anyway, to be shared by all who ask

  std::string const& content() const { return kept ? *kept : body; }
};

using HttpHandler = std::function<asio::awaitable<HttpResponse>(HttpRequest)>;

/// Takes a request's target, `/a%20b?q=c+d`, apart into its path and query.
void read_target(std::string const& target, HttpRequest& request);

/// An answer of JSON text.
HttpResponse json(int status, std::string body);

/// An answer that says what went wrong: `code` for programs, `detail` for people, `path` for the field at
/// fault.
HttpResponse problem(int status, std::string code, std::string detail, std::string path = {});

/// The same, to be tried again after so many seconds.
HttpResponse problem_for_now(int status, std::string code, std::string detail, long retry_after);

} // namespace vigie::gateway
