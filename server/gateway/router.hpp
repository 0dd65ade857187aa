#pragma once

#include "gateway/http.hpp"

namespace vigie::gateway {

/// Which handler answers which path and method.
class Router {
 public:
  /// Answers this exact path; a GET answers HEAD too.
  void add(std::string const& method, std::string const& path, HttpHandler handler);
  /// Answers what no path was added for.
  void otherwise(HttpHandler handler) { otherwise_ = std::move(handler); }

  /// `GET /healthz, POST /api/v1/session …`: every door that was added.
  std::string doors() const;

  /// 404 and 405 are problems like any other; what a handler throws is a 500.
  asio::awaitable<HttpResponse> answer(HttpRequest request) const;

 private:
  asio::awaitable<HttpResponse> routed(HttpRequest request) const;

  std::map<std::string, std::map<std::string, HttpHandler>> paths_;
  HttpHandler otherwise_;
};

} // namespace vigie::gateway
