#include "house.hpp"
#include "support/folders.hpp"

#include <unistd.h>

#include <fstream>

using namespace vigie;
using namespace vigie::protocol;
using namespace vigie::testing;

namespace {

std::string sign_in_body(std::string const& account, std::string const& secret) {
  return encode(SignIn{{account}, {secret}});
}

std::string code_of(WebAnswer const& answer) {
  auto const problem = decode<Problem>(answer.body);
  return problem ? problem->problem : "no problem: " + answer.body;
}

/// A console as a build leaves it.
struct Console {
  Console() {
    folder = build_folder / ("console-" + std::to_string(::getpid()));
    put("index.html", "<!doctype html>sign in");
    put("desk.html", "<!doctype html>desk");
    put("sw.js", "self");
    put("manifest.webmanifest", "{}");
    put("assets/desk-1a2b.js", "console.log(1)");
    put("assets/desk-1a2b.js.gz", "as if compressed");
  }
  ~Console() { std::filesystem::remove_all(folder); }
  void put(std::string const& name, std::string const& text) {
    auto const path = folder / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path} << text;
  }
  std::filesystem::path folder;
};

} // namespace

TEST_CASE("H1 signing in gives the session and a cookie that scripts cannot read") {
  House house;
  house.open();
  house.token(Role::dispatcher);
  auto const answer = house.ask("POST", "/api/v1/session", "", sign_in_body("dispatcher", password));
  REQUIRE(answer.status == 200);
  CHECK(decode<Session>(answer.body)->actor.role == Role::dispatcher);
  auto const& cookie = answer.headers.at("set-cookie");
  CHECK(cookie.find("vigie_session=") == 0);
  CHECK(cookie.find("HttpOnly") != std::string::npos);
  CHECK(cookie.find("SameSite=Strict") != std::string::npos);
  CHECK(cookie.find("Secure") == std::string::npos);

  auto const header = "Cookie: other=1; " + cookie.substr(0, cookie.find(';')) + "\r\n";
  CHECK(house.ask("GET", "/api/v1/session", header).status == 200);
  CHECK(house.ask("DELETE", "/api/v1/session", header).status == 204);
  auto const over = house.ask("GET", "/api/v1/session", header);
  CHECK(over.status == 401);
  CHECK(code_of(over) == "not_signed_in");
}

TEST_CASE("H1 a browser in which somebody signed in is known again, while strangers try that account") {
  auto options = House::quick_options();
  options.behind_proxy = true;
  House house{options};
  house.open();
  house.token(Role::dispatcher);
  auto const sign_in = [&](std::string const& address, std::string const& secret, std::string const& cookie) {
    auto const headers = "X-Forwarded-For: " + address + "\r\nCookie: " + cookie + "\r\n";
    return house.ask("POST", "/api/v1/session", headers, sign_in_body("dispatcher", secret));
  };
  auto const cookies = sign_in("10.0.0.1", password, "").cookies;
  REQUIRE(cookies.size() == 2);
  CHECK(cookies[1].starts_with("vigie_device="));
  for (int stranger = 0; stranger < 60; ++stranger)
    sign_in("10.1.0." + std::to_string(stranger), "a wrong guess", "");
  CHECK(sign_in("10.0.0.2", password, "").status == 429);
  auto const again = sign_in("10.0.0.1", password, cookies[1]);
  CHECK(again.status == 200);
  CHECK(again.cookies[1] == cookies[1]);
}

TEST_CASE("H1 who guesses from one IPv6 network is one stranger") {
  auto options = House::quick_options();
  options.behind_proxy = true;
  House house{options};
  house.open();
  int tried = 0;
  for (int guess = 0; guess < 30; ++guess) {
    auto const from = "X-Forwarded-For: 2001:db8:1:2::" + std::to_string(guess) + "\r\n";
    if (house.ask("POST", "/api/v1/session", from, sign_in_body("nobody", "a wrong guess")).status == 401)
      ++tried;
  }
  CHECK(tried < 30);
}

TEST_CASE("H1 behind https the cookie is for https alone") {
  auto options = House::quick_options();
  options.public_origin = "https://vigie.example";
  House house{options};
  house.open();
  house.token(Role::dispatcher);
  auto const answer = house.ask("POST", "/api/v1/session", "Origin: https://vigie.example\r\n",
                                sign_in_body("dispatcher", password));
  CHECK(answer.headers.at("set-cookie").find("; Secure") != std::string::npos);
  auto const by_another_name =
      house.ask("POST", "/api/v1/session", "Origin: http://127.0.0.1:" + std::to_string(house.port) + "\r\n",
                sign_in_body("dispatcher", password));
  CHECK(code_of(by_another_name) == "foreign_origin");
}

TEST_CASE("H1 of an http and an https origin, each gets the cookie that it can keep") {
  auto options = House::quick_options();
  options.public_origin = "http://vigie.lan";
  options.origins = {"http://vigie.lan", "https://vigie.example"};
  House house{options};
  house.open();
  house.token(Role::dispatcher);
  auto const cookie_for = [&](std::string const& origin) {
    auto const answer = house.ask("POST", "/api/v1/session", "Origin: " + origin + "\r\n",
                                  sign_in_body("dispatcher", password));
    return answer.headers.at("set-cookie");
  };
  CHECK(cookie_for("https://vigie.example").find("; Secure") != std::string::npos);
  CHECK(cookie_for("http://vigie.lan").find("; Secure") == std::string::npos);
}

TEST_CASE("H1 a wrong password, a malformed body and a foreign page are refused") {
  House house;
  house.open();
  auto const wrong = house.ask("POST", "/api/v1/session", "", sign_in_body("nobody", password));
  CHECK(wrong.status == 401);
  CHECK(code_of(wrong) == "wrong_password");
  auto const malformed = house.ask("POST", "/api/v1/session", "", R"({"account":"a"})");
  CHECK(malformed.status == 400);
  CHECK(decode<Problem>(malformed.body)->path == "password");
  auto const foreign = house.ask("POST", "/api/v1/session", "Origin: https://evil.example\r\n",
                                 sign_in_body("nobody", password));
  CHECK(code_of(foreign) == "foreign_origin");
  auto const cross = house.ask("DELETE", "/api/v1/session", "Sec-Fetch-Site: cross-site\r\n");
  CHECK(code_of(cross) == "foreign_origin");
}

TEST_CASE("H1 who guesses passwords is told to wait") {
  House house;
  house.open();
  WebAnswer answer;
  for (int guess = 0; guess < 40 && answer.status != 429; ++guess)
    answer = house.ask("POST", "/api/v1/session", "", sign_in_body("nobody", "a wrong guess"));
  CHECK(answer.status == 429);
  CHECK(answer.headers.contains("retry-after"));
}

TEST_CASE("H3 places, quarters and settings are for those signed in") {
  auto options = House::quick_options();
  options.tiles_url = "https://{s}.tiles.example/style.json";
  options.tiles_attribution = "© the \"people\"";
  House house{options};
  house.open();
  for (auto const* path : {"/api/v1/places?q=gast", "/api/v1/quarters", "/api/v1/settings"})
    CHECK(house.ask("GET", path).status == 401);
  auto const me = house.signed_in(Role::dispatcher);
  auto const places = decode<FoundPlaces>(house.ask("GET", "/api/v1/places?q=rue%20gast+x&limit=2", me).body);
  REQUIRE(places);
  REQUIRE(places->places.size() == 2);
  CHECK(places->places[0].street.value == "rue gast x");
  CHECK(house.ask("GET", "/api/v1/places?q=a&limit=no", me).status == 400);
  auto const quarters = house.ask("GET", "/api/v1/quarters", me);
  CHECK(quarters.headers.at("content-type") == "application/geo+json");
  auto const settings = house.ask("GET", "/api/v1/settings", me);
  CHECK(settings.body ==
        R"({"tiles":"https://{s}.tiles.example/style.json","attribution":"© the \"people\""})");
  CHECK(settings.headers.at("content-security-policy").find("https://*.tiles.example") != std::string::npos);
}

TEST_CASE("H3 a desk asks who a colleague is, in its own service") {
  House house;
  house.open();
  auto const path = "/api/v1/colleague?account=dispatcher";
  CHECK(house.ask("GET", path).status == 401);
  auto const me = house.signed_in(Role::dispatcher);
  auto const told = decode<Actor>(house.ask("GET", path, me).body);
  REQUIRE(told);
  CHECK(*told == Actor{{"dispatcher"}, Role::dispatcher, {}});
  accounts::Account stranger{{"nantes.regulateur"}, Role::dispatcher, {"nantes"}, {}, {}};
  house.run(house.accounts->add(stranger, password));
  for (auto const* other : {"nantes.regulateur", "nobody", ""})
    CHECK(house.ask("GET", "/api/v1/colleague?account=" + std::string{other}, me).status == 404);
  auto const pair = "Cookie: vigie_session=" + house.token(Role::team, "binome-1") + "\r\n";
  CHECK(house.ask("GET", path, pair).status == 403);
}

TEST_CASE("H4 health is open, figures need their key") {
  House house;
  house.open();
  CHECK(house.ask("GET", "/healthz").body == "ok\n");
  CHECK(house.ask("GET", "/readyz").status == 200);
  CHECK(house.ask("GET", "/metrics").status == 401);
  auto const wrong = *house.run(house.accounts->make_key({accounts::Purpose::telephony, {"rennes"}, "pbx"}));
  CHECK(house.ask("GET", "/metrics", "Authorization: Bearer " + wrong + "\r\n").status == 403);
  auto const right = *house.run(house.accounts->make_key({accounts::Purpose::metrics, {}, "prometheus"}));
  auto const figures = house.ask("GET", "/metrics", "Authorization: Bearer " + right + "\r\n");
  CHECK(figures.status == 200);
  CHECK(figures.body.find("vigie_http_responses_total") != std::string::npos);
}

TEST_CASE("H4 a machine that asks too often with its key is told to wait") {
  auto options = House::quick_options();
  options.caps.machine = {2, 1h};
  House house(options);
  house.front->route_for_machines(
      "POST", "/api/v1/calls/events", accounts::Purpose::telephony,
      [](gateway::HttpRequest, accounts::ApiKey) -> asio::awaitable<gateway::HttpResponse> {
        co_return gateway::json(202, "{}");
      });
  house.open();
  auto const ring = [&house](std::string const& label) {
    auto const key = *house.run(house.accounts->make_key({accounts::Purpose::telephony, {"rennes"}, label}));
    std::vector<int> told;
    for (int i = 0; i < 3; ++i)
      told.push_back(
          house.ask("POST", "/api/v1/calls/events", "Authorization: Bearer " + key + "\r\n", "ring").status);
    return told;
  };
  CHECK(ring("pbx") == std::vector{202, 202, 429});
  CHECK(ring("another") == std::vector{202, 202, 429});
}

TEST_CASE("H4 a door for machines tells the handler whose key it was") {
  House house;
  house.front->route_for_machines(
      "POST", "/api/v1/calls/events", accounts::Purpose::telephony,
      [](gateway::HttpRequest request, accounts::ApiKey key) -> asio::awaitable<gateway::HttpResponse> {
        co_return gateway::json(202, key.service.value + ":" + request.body);
      });
  house.open();
  auto const key = *house.run(house.accounts->make_key({accounts::Purpose::telephony, {"rennes"}, "pbx"}));
  auto const answer =
      house.ask("POST", "/api/v1/calls/events", "Authorization: Bearer " + key + "\r\n", "ring");
  CHECK(answer.status == 202);
  CHECK(answer.body == "rennes:ring");
  CHECK(house.ask("POST", "/api/v1/calls/events", "", "ring").status == 401);
}

TEST_CASE("H5 pages and files come with their type, a tag and the security headers") {
  Console console;
  House house;
  house.front->serve_console(console.folder);
  house.open();
  CHECK(house.ask("GET", "/").body == "<!doctype html>sign in");
  auto const desk = house.ask("GET", "/desk");
  CHECK(desk.body == "<!doctype html>desk");
  CHECK(desk.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(desk.headers.at("cache-control") == "no-cache");
  CHECK(desk.headers.at("content-security-policy").find("script-src 'self';") != std::string::npos);
  CHECK(desk.headers.at("x-content-type-options") == "nosniff");
  CHECK(house.ask("GET", "/sw.js").headers.at("content-type") == "text/javascript; charset=utf-8");
  CHECK(house.ask("GET", "/manifest.webmanifest").headers.at("content-type") == "application/manifest+json");

  auto const again = house.ask("GET", "/desk", "If-None-Match: " + desk.headers.at("etag") + "\r\n");
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  auto const head = house.ask("HEAD", "/desk");
  CHECK(head.body.empty());
  CHECK(head.headers.at("content-length") == std::to_string(desk.body.size()));
}

TEST_CASE("H5 a browser that takes gzip is given it, and hashed files are kept for ever") {
  Console console;
  House house;
  house.front->serve_console(console.folder);
  house.open();
  auto const plain = house.ask("GET", "/assets/desk-1a2b.js");
  CHECK(plain.body == "console.log(1)");
  CHECK(plain.headers.at("cache-control").find("immutable") != std::string::npos);
  auto const small = house.ask("GET", "/assets/desk-1a2b.js", "Accept-Encoding: gzip, deflate\r\n");
  CHECK(small.headers.at("content-encoding") == "gzip");
  CHECK(small.body == "as if compressed");
  CHECK(small.headers.at("vary") == "Accept-Encoding");
  for (auto const* wanted : {"GZIP", "br , gzip ; q=0.5", "deflate,gzip;q=1"})
    CHECK(house.ask("GET", "/assets/desk-1a2b.js", "Accept-Encoding: " + std::string{wanted} + "\r\n").body ==
          small.body);
  for (auto const* unwanted : {"gzip;q=0", "gzip; q=0.0", "x-gzip-old", "br"})
    CHECK(
        house.ask("GET", "/assets/desk-1a2b.js", "Accept-Encoding: " + std::string{unwanted} + "\r\n").body ==
        plain.body);
}

TEST_CASE("H5 nothing outside the console can be asked for") {
  Console console;
  House house;
  house.front->serve_console(console.folder);
  house.open();
  for (auto const* path : {"/../CMakeCache.txt", "/..%2fCMakeCache.txt", "/%2e%2e/CMakeCache.txt",
                           "//etc/passwd", "/assets/../../CMakeCache.txt", "/desk%00.html", "/assets"})
    CHECK(house.ask("GET", path).status == 404);
}

TEST_CASE("H6 unknown addresses, wrong methods and too large requests are told as such") {
  House house;
  house.open();
  auto const unknown = house.ask("GET", "/nowhere");
  CHECK(unknown.status == 404);
  CHECK(code_of(unknown) == "not_found");
  auto const method = house.ask("PUT", "/api/v1/session");
  CHECK(method.status == 405);
  CHECK(method.headers.at("allow") == "DELETE, GET, HEAD, POST");
  CHECK(house.ask("POST", "/api/v1/session", "Content-Length: 99999999\r\n").status == 413);
  CHECK(house.ask("GET", "/healthz", "X-Long: " + std::string(15'990, 'a') + "\r\n").status == 431);
  CHECK(house.ask("", "").status == 400);
}

TEST_CASE("H6 what a handler throws is an answer all the same") {
  House house;
  house.front->route("GET", "/broken", [](gateway::HttpRequest) -> asio::awaitable<gateway::HttpResponse> {
    throw std::runtime_error("broken");
    co_return gateway::HttpResponse{};
  });
  house.open();
  CHECK(house.ask("GET", "/broken").status == 500);
  CHECK(house.ask("GET", "/healthz").status == 200);
}

TEST_CASE("H6 a request that never ends is cut off, and others are served meanwhile") {
  auto options = House::quick_options();
  options.open_within = 30ms;
  House house{options};
  house.open();
  bool cut = false;
  asio::co_spawn(house.io, exchange(house.io, house.port, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-"),
                 [&](std::exception_ptr, WebAnswer answer) { cut = answer.status == 0; });
  CHECK(house.ask("GET", "/healthz").status == 200);
  house.until([&] { return cut; });
}
