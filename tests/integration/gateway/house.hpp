#pragma once

#include "gateway/front.hpp"
#include "protocol/codec/codec.hpp"
#include "redis/client.hpp"
#include "support/private_redis.hpp"
#include "support/web_client.hpp"
#include "unit/engine/processes.hpp"

/// A whole front door on a real port: engine on a journal in memory, accounts in a real Redis.
namespace vigie::testing {

inline PrivateRedis& one_redis() {
  static PrivateRedis redis;
  return redis;
}

class NoPositions final : public engine::PositionStore {
 public:
  asio::awaitable<bool> share(protocol::Picture) override { co_return true; }
  asio::awaitable<std::optional<std::vector<protocol::Position>>> all() override {
    co_return std::vector<protocol::Position>{};
  }
  void on_shared(std::function<void(protocol::Picture)>) override {}
};

constexpr auto password = "rue de la nuit";

class House;

/// A person's screen, or a handset.
class Screen {
 public:
  Screen(House& house, std::string token) : house_(house), token_(std::move(token)) {}

  /// Opens the socket; gives the HTTP status.
  int open(std::string further_headers = {});
  /// Opens, says hello and takes the welcome.
  protocol::Welcome enter(std::optional<protocol::Version> version = {}, std::string line = {});
  void say(protocol::ClientFrame frame) { say_text(protocol::encode(frame)); }
  void say_text(std::string text) { say_raw({WebFrame::text, std::move(text)}); }
  void say_raw(WebFrame frame, bool masked = true);
  std::optional<WebFrame> hear_raw();
  /// The next frame, which must be one of the conversation's.
  protocol::ServerFrame hear();
  /// The next frame of this kind; others before it are passed over.
  template <class Kind> Kind hear_a() {
    for (;;) {
      auto frame = hear();
      if (auto* kind = std::get_if<Kind>(&frame)) return std::move(*kind);
    }
  }
  /// The next frame, which must be of this kind.
  template <class Kind> Kind hear_next() {
    auto frame = hear();
    INFO("heard: " << protocol::encode(frame));
    REQUIRE(std::holds_alternative<Kind>(frame));
    return std::get<Kind>(std::move(frame));
  }
  /// Nothing was on its way to this screen.
  void hears_nothing() {
    say(protocol::Ping{});
    hear_next<protocol::Pong>();
  }
  /// Reads to the end and gives the close code, 0 where the line was just cut.
  int closed_with();

  std::unique_ptr<WebClient> client;

 private:
  House& house_;
  std::string token_;
};

class House : public World {
 public:
  /// `remembered` is how long a session is answered from memory.
  explicit House(gateway::Options options = quick_options(), std::chrono::milliseconds remembered = 20ms);
  ~House();

  static gateway::Options quick_options() {
    gateway::Options options;
    options.sweep = 5ms;
    options.recheck = 20ms;
    options.close_within = 500ms;
    return options;
  }

  using World::run;
  void run(asio::awaitable<void> story) {
    bool done = false;
    asio::co_spawn(io, std::move(story), [&](std::exception_ptr failure) {
      if (failure) std::rethrow_exception(failure);
      done = true;
    });
    while (!done && io.run_one_for(20s) > 0) {
    }
    REQUIRE(done);
  }

  /// Opens the port; doors and console must be there by then.
  void open();
  /// The session token of somebody with this role.
  std::string token(protocol::Role role, std::optional<std::string> team = {});
  Screen screen(protocol::Role role, std::optional<std::string> team = {}) {
    return {*this, token(role, std::move(team))};
  }
  Screen desk() { return screen(protocol::Role::dispatcher); }
  Screen handset(std::string team = "binome-1") { return screen(protocol::Role::team, std::move(team)); }

  /// A few milliseconds, in which the house goes on.
  asio::awaitable<void> pause();
  WebAnswer ask(std::string const& method, std::string const& target, std::string const& header_lines = {},
                std::string const& body = {});
  std::string signed_in(protocol::Role role) { return "Cookie: vigie_session=" + token(role) + "\r\n"; }
  double figure(std::string const& line_start);

  gateway::Options options;
  Process& process;
  engine::LivePicture picture;
  redis::Client redis;
  runtime::Metrics metrics;
  std::unique_ptr<accounts::Accounts> accounts;
  std::unique_ptr<gateway::Front> front;
  std::uint16_t port = 0;
};

} // namespace vigie::testing
