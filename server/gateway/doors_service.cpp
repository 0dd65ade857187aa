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

asio::awaitable<HttpResponse> signed_in(House& house, ServiceHandler handler, HttpRequest request) {
  auto token = cookie(request, session_cookie);
  auto const session = co_await house.accounts.session(std::move(token));
  if (!session && session.error() == accounts::SessionTrouble::unavailable)
    co_return problem_for_now(503, "accounts_unavailable", "Accounts cannot be reached. Try again.", 5);
  if (!session) co_return problem(401, "not_signed_in", "Sign in first.");
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

HttpResponse quarters(HttpRequest const&, ServiceDoor const& door) {
  return {200,
          {{"Content-Type", "application/geo+json"}, {"Cache-Control", "private, max-age=300"}},
          door.quarters_geojson};
}

/// A text in quotes; the URL comes from the configuration and holds no control characters.
std::string quoted(std::string const& text) {
  std::string result{'"'};
  for (char const c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

} // namespace

void add_service_doors(Router& router, House& house) {
  auto const add = [&](std::string const& path, ServiceHandler handler) {
    router.add("GET", path, [&house, handler](HttpRequest request) {
      return signed_in(house, handler, std::move(request));
    });
  };
  add("/api/v1/places", places);
  add("/api/v1/quarters", quarters);
  add("/api/v1/settings", [&house](HttpRequest const&, ServiceDoor const&) {
    auto const& url = house.options.tiles_url;
    return json(200, R"({"tiles":)" + (url.empty() ? "null" : quoted(url)) + "}");
  });
}

} // namespace vigie::gateway
