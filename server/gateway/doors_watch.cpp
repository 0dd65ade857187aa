#include "gateway/admission.hpp"
#include "gateway/doors.hpp"

namespace vigie::gateway {
namespace {

bool from_this_machine(HttpRequest const& request, Options const& options) {
  auto const address = address_of(request, options);
  return address == this_machine || address == "::1";
}

HttpResponse figures(House& house) {
  return {200,
          {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}},
          house.figures.all().text()};
}

asio::awaitable<HttpResponse> with_key(House& house, accounts::Purpose purpose, MachineHandler handler,
                                       std::shared_ptr<accounts::TokenBuckets> rates, HttpRequest request) {
  auto const token = bearer(request);
  if (token.empty()) co_return problem(401, "key_needed", "Send an API key: Authorization: Bearer …");
  auto const key = co_await house.accounts.key(token);
  if (!key) co_return problem_for_now(503, "accounts_unavailable", "Keys cannot be read. Try again.", 5);
  if (!*key || (*key)->purpose != purpose)
    co_return problem(403, "wrong_key", "This key does not open this door.");
  auto& rate = rates->of(token, std::chrono::steady_clock::now());
  if (!rate.take(std::chrono::steady_clock::now()))
    co_return problem_for_now(429, "too_fast", "Too many requests with this key. Try again in a second.", 1);
  auto opened_by = **key;
  co_return co_await handler(std::move(request), std::move(opened_by));
}

} // namespace

HttpHandler for_machines(House& house, accounts::Purpose purpose, MachineHandler handler) {
  auto const rates = std::make_shared<accounts::TokenBuckets>(house.options.caps.machine);
  return [&house, purpose, rates, handler = std::move(handler)](HttpRequest request) {
    return with_key(house, purpose, handler, rates, std::move(request));
  };
}

void add_watch_doors(Router& router, House& house, std::function<bool()> ready) {
  auto const plain = [](int status, std::string text) {
    return HttpResponse{status, {{"Content-Type", "text/plain"}, {"Cache-Control", "no-store"}}, text};
  };
  router.add("GET", "/healthz",
             [plain](HttpRequest) -> asio::awaitable<HttpResponse> { co_return plain(200, "ok\n"); });
  router.add("GET", "/readyz", [plain, ready](HttpRequest) -> asio::awaitable<HttpResponse> {
    co_return ready() ? plain(200, "ready\n") : plain(503, "the journal cannot be reached\n");
  });
  auto const keyed = for_machines(
      house, accounts::Purpose::metrics,
      [&house](HttpRequest, accounts::ApiKey) -> asio::awaitable<HttpResponse> { co_return figures(house); });
  router.add("GET", "/metrics", [&house, keyed](HttpRequest request) -> asio::awaitable<HttpResponse> {
    if (house.options.metrics_on_loopback && from_this_machine(request, house.options))
      co_return figures(house);
    co_return co_await keyed(std::move(request));
  });
}

} // namespace vigie::gateway
