#include "gateway/router.hpp"

#include "runtime/log.hpp"

namespace vigie::gateway {
namespace {

HttpResponse wrong_method(std::map<std::string, HttpHandler> const& methods) {
  std::string allowed;
  for (auto const& [method, handler] : methods) allowed += (allowed.empty() ? "" : ", ") + method;
  auto response = problem(405, "method_not_allowed", "This address is not asked in that way.");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

} // namespace

void Router::add(std::string const& method, std::string const& path, HttpHandler handler) {
  if (method == "GET") paths_[path]["HEAD"] = handler;
  paths_[path][method] = std::move(handler);
}

std::string Router::doors() const {
  std::string text;
  for (auto const& [path, methods] : paths_)
    for (auto const& [method, handler] : methods)
      if (method != "HEAD") text.append(text.empty() ? "" : ", ").append(method).append(" ").append(path);
  return text;
}

asio::awaitable<HttpResponse> Router::routed(HttpRequest request) const {
  auto const path = paths_.find(request.path);
  if (path == paths_.end()) {
    if (otherwise_) co_return co_await otherwise_(std::move(request));
    co_return problem(404, "not_found", "There is nothing at this address.");
  }
  auto const method = path->second.find(request.method);
  if (method == path->second.end()) co_return wrong_method(path->second);
  co_return co_await method->second(std::move(request));
}

asio::awaitable<HttpResponse> Router::answer(HttpRequest request) const {
  auto const path = request.path;
  try {
    co_return co_await routed(std::move(request));
  } catch (std::exception const& failure) {
    log::error("gateway", "A request for " + path + " failed: " + failure.what());
  }
  co_return problem(500, "internal", "The server failed to answer. Try again.");
}

} // namespace vigie::gateway
