#include "house.hpp"

namespace vigie::testing {

using protocol::Role;

House::House(gateway::Options wanted, std::chrono::milliseconds remembered)
    : options(std::move(wanted)), process(start()),
      picture(io.get_executor(), process.engine, std::make_shared<NoPositions>(), 5ms),
      redis(io.get_executor(), *redis::parse_address(one_redis().url())) {
  redis.start();
  REQUIRE(run(redis.until_up(10s)));
  run(picture.start());
  accounts::Options quick;
  quick.effort = {1, 8192};
  quick.recheck = remembered;
  accounts = std::make_unique<accounts::Accounts>(redis, quick, [] {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  });
  front = std::make_unique<gateway::Front>(io, options, *accounts, metrics);
  front->open({process.engine, picture,
               [](std::string const& words, std::size_t limit) {
                 protocol::Place place{};
                 place.id = {"p1"};
                 place.quarter = {"maurepas"};
                 place.street = {words};
                 return std::vector<protocol::Place>(std::min<std::size_t>(limit, 3), place);
               },
               [](protocol::PlaceId const& id) {
                 static protocol::Place const known{{"p1"}, {"maurepas"}, {}, {}, {"rue Gast"}, {}, {}, {}};
                 return id == known.id ? &known : nullptr;
               },
               R"({"type":"FeatureCollection","features":[]})"});
}

House::~House() {
  if (port != 0) run(front->stop());
  front.reset();
  run(picture.stop());
  run(redis.stop());
}

void House::open() {
  auto const opened = front->listen();
  REQUIRE(opened);
  port = *opened;
}

std::string House::token(Role role, std::optional<std::string> team) {
  accounts::Account account{{std::string{accounts::role_name(role)}}, role, {"rennes"}, {}, {}};
  if (team) account.name.value += "." + *team;
  if (team) account.team = protocol::TeamId{*team};
  run(accounts->add(account, password)); // it may be there from an earlier story
  auto const entered = run(accounts->sign_in(account.name, password, "127.0.0.1"));
  REQUIRE(entered);
  return entered->token;
}

asio::awaitable<void> House::pause() {
  asio::steady_timer timer{io, 5ms};
  co_await timer.async_wait(asio::use_awaitable);
}

WebAnswer House::ask(std::string const& method, std::string const& target, std::string const& header_lines,
                     std::string const& body) {
  auto text =
      method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n" + header_lines;
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return run(exchange(io, port, text + "\r\n" + body));
}

double House::figure(std::string const& line_start) {
  auto const text = metrics.text();
  auto const at = text.find("\n" + line_start + " ");
  return at == std::string::npos ? 0 : std::stod(text.substr(at + line_start.size() + 2));
}

int Screen::open(std::string further_headers) {
  client = std::make_unique<WebClient>(house_.io, house_.port);
  auto const cookie = token_.empty() ? "" : "Cookie: vigie_session=" + token_ + "\r\n";
  return house_.run(client->open("/api/v1/live", cookie + further_headers)).status;
}

protocol::Welcome Screen::enter(std::optional<protocol::Version> version, std::string line) {
  REQUIRE(open() == 101);
  auto const named = line.empty() ? std::nullopt : std::optional{protocol::Text<64>{line}};
  say(protocol::Hello{protocol::conversation_version, version, named});
  return hear_next<protocol::Welcome>();
}

void Screen::say_raw(WebFrame frame, bool masked) { house_.run(client->send(std::move(frame), masked)); }

std::optional<WebFrame> Screen::hear_raw() { return house_.run(client->receive()); }

protocol::ServerFrame Screen::hear() {
  auto const frame = hear_raw();
  REQUIRE(frame);
  INFO("close code " << (frame->opcode == WebFrame::close ? close_code(*frame) : 0));
  REQUIRE(frame->opcode == WebFrame::text);
  auto words = protocol::decode<protocol::ServerFrame>(frame->payload);
  INFO(frame->payload);
  REQUIRE(words);
  return *std::move(words);
}

int Screen::closed_with() {
  int code = 0;
  while (auto const frame = hear_raw())
    if (frame->opcode == WebFrame::close) code = close_code(*frame);
  return code;
}

} // namespace vigie::testing
