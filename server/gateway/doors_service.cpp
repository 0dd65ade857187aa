#include "gateway/admission.hpp"
#include "gateway/doors.hpp"
#include "protocol/codec/codec.hpp"

#include <algorithm>
#include <charconv>

namespace vigie::gateway {
namespace {

using ServiceHandler = std::function<HttpResponse(HttpRequest const&, ServiceDoor const&)>;

constexpr std::size_t usual_places = 12;
constexpr std::size_t most_places = 50;
constexpr std::size_t longest_question = 200;

HttpResponse accounts_away() {
  return problem_for_now(503, "accounts_unavailable", "Accounts cannot be reached. Try again.", 5);
}

HttpResponse refusal(accounts::SessionTrouble trouble) {
  if (trouble == accounts::SessionTrouble::unavailable) return accounts_away();
  return problem(401, "not_signed_in", "Sign in first.");
}

asio::awaitable<HttpResponse> signed_in(House& house, ServiceHandler handler, HttpRequest request) {
  auto token = cookie(request, session_cookie);
  auto const session = co_await admitted(house, std::move(token));
  if (!session) co_return session.error();
  auto const* hub = house.hub(session->account.service);
  if (!hub) co_return problem(503, "service_not_here", "Your service does not run here.");
  co_return handler(request, hub->door());
}

std::string parameter(HttpRequest const& request, std::string const& name) {
  auto const found = request.query.find(name);
  return found == request.query.end() ? std::string{} : found->second;
}

HttpResponse places(HttpRequest const& request, ServiceDoor const& door) {
  auto const words = parameter(request, "q");
  if (words.size() > longest_question) return problem(400, "malformed", "The question is too long.", "q");
  auto limit = usual_places;
  if (auto const text = parameter(request, "limit"); !text.empty()) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error != std::errc{} || end != text.data() + text.size() || limit == 0)
      return problem(400, "malformed", "A number from 1 on is expected.", "limit");
  }
  return json(200,
              protocol::encode(protocol::FoundPlaces{door.find_places(words, std::min(limit, most_places))}));
}

/// Who an account of one's own service is, for a desk that shows who did what.
asio::awaitable<HttpResponse> colleague(House& house, HttpRequest request) {
  auto token = cookie(request, session_cookie);
  auto const session = co_await admitted(house, std::move(token));
  if (!session) co_return session.error();
  if (session->account.role == protocol::Role::team)
    co_return problem(403, "not_allowed", "This is for the desks.");
  protocol::AccountId asked{parameter(request, "account")};
  auto const found = co_await house.accounts.find(std::move(asked));
  if (!found && found.error() == accounts::Trouble::unavailable) co_return accounts_away();
  if (!found || found->service != session->account.service)
    co_return problem(404, "account_unknown", "Your service has no such account.", "account");
  co_return json(200, protocol::encode(found->actor()));
}

HttpResponse quarters(HttpRequest const&, ServiceDoor const& door) {
  return {200,
          {{"Content-Type", "application/geo+json"}, {"Cache-Control", "private, max-age=300"}},
          door.quarters_geojson};
}

/// A text in quotes, or null where it is empty; it comes from the configuration and holds no control
/// characters.
std::string quoted(std::string const& text) {
  if (text.empty()) return "null";
  std::string result{'"'};
  for (char const c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

} // namespace

asio::awaitable<Result<accounts::Session, HttpResponse>> admitted(House& house, std::string token) {
  auto const session = co_await house.accounts.session(token);
  if (!session) co_return Failure<HttpResponse>{refusal(session.error())};
  auto const now = std::chrono::steady_clock::now();
  if (house.requests.of(token, now).take(now)) co_return *session;
  co_return Failure<HttpResponse>{
      problem_for_now(429, "too_fast", "Too many requests in this session. Try again in a second.", 1)};
}

void add_service_doors(Router& router, House& house) {
  auto const add = [&](std::string const& path, ServiceHandler handler) {
    router.add("GET", path, [&house, handler](HttpRequest request) {
      return signed_in(house, handler, std::move(request));
    });
  };
  add("/api/v1/places", places);
  add("/api/v1/quarters", quarters);
  router.add("GET", "/api/v1/colleague",
             [&house](HttpRequest request) { return colleague(house, std::move(request)); });
  add("/api/v1/settings", [&house](HttpRequest const&, ServiceDoor const&) {
    auto const& [tiles, attribution] = std::tie(house.options.tiles_url, house.options.tiles_attribution);
    return json(200, R"({"tiles":)" + quoted(tiles) + R"(,"attribution":)" + quoted(attribution) + "}");
  });
}

} // namespace vigie::gateway
