#include "fuzz/support/house.hpp"
#include "gateway/admission.hpp"
#include "gateway/doors.hpp"
#include "gateway/security_headers.hpp"
#include "gateway/socket_visit.hpp"
#include "telephony/call_door.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

/// What a stranger sends to the port, to WebSocket++ and our doors behind it. The first byte says in pieces
/// of what size the rest arrives.
namespace {

using namespace vigie;

constexpr std::size_t longest_request = 64 * 1024;

gateway::MachineHandler call_events(fuzz::House& house) {
  return [&house](gateway::HttpRequest request, accounts::ApiKey) -> asio::awaitable<gateway::HttpResponse> {
    protocol::Actor telephone{{"telephone"}, protocol::Role::telephony, std::nullopt};
    auto outcome =
        co_await telephony::take_event(house.engine, std::move(telephone), std::move(request.body));
    co_return gateway::json(outcome.status, std::move(outcome.body));
  };
}

class Door {
 public:
  Door() {
    gateway::add_session_doors(router_, house_.gateway);
    gateway::add_service_doors(router_, house_.gateway);
    gateway::add_watch_doors(router_, house_.gateway, [] { return true; });
    router_.add("POST", "/api/v1/calls/events",
                gateway::for_machines(house_.gateway, accounts::Purpose::telephony, call_events(house_)));
    doors_ = {[this](gateway::HttpRequest request) { return router_.answer(std::move(request)); },
              [this](gateway::HttpRequest const& request) {
                return gateway::handshake_refusal(request, house_.options);
              },
              [this](std::shared_ptr<gateway::Socket> socket, gateway::HttpRequest const& request) {
                return opened(std::move(socket), request);
              },
              [this](asio::awaitable<void> task) { house_.tasks.spawn(std::move(task)); },
              gateway::security_headers({})};
    wire_.init_asio(&house_.io);
    wire_.set_user_agent("");
    wire_.set_open_handshake_timeout(1000);
    wire_.set_close_handshake_timeout(5);
    wire_.set_max_message_size(house_.options.caps.frame_bytes);
    wire_.set_max_http_body_size(house_.options.caps.body_bytes);
  }

  void take(std::string_view bytes, std::size_t piece) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0) std::abort();
    connect(ends[0]);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
      if (::send(ends[1], bytes.data(), std::min(piece, bytes.size()), MSG_NOSIGNAL) <= 0) break;
      house_.settle();
      swallow(ends[1]);
    }
    ::shutdown(ends[1], SHUT_WR);
    for (int turn = 0; !ended_ && turn < 500; ++turn) {
      house_.io.run_one_for(std::chrono::milliseconds{10});
      swallow(ends[1]);
    }
    if (!ended_) std::abort(); // a client that has gone must be let go
    ::close(ends[1]);
  }

 private:
  std::shared_ptr<gateway::SocketEvents> opened(std::shared_ptr<gateway::Socket> socket,
                                                gateway::HttpRequest const& request) {
    return std::make_shared<gateway::Conversation>(house_.gateway, std::move(socket),
                                                   gateway::cookie(request, gateway::session_cookie));
  }

  void connect(int end) {
    auto const wired = wire_.get_connection();
    wired->get_raw_socket().assign(asio::ip::tcp::v4(), end);
    auto const visit = std::make_shared<gateway::Visit>(wired, place_, "127.0.0.1");
    visit->attend([this](gateway::Visit&) { ended_ = true; });
    wired->start();
    house_.settle();
  }

  static void swallow(int end) {
    char bytes[4096];
    while (::recv(end, bytes, sizeof bytes, 0) > 0) {
    }
  }

  fuzz::House house_;
  gateway::Router router_;
  gateway::SocketDoors doors_;
  gateway::Visit::Place place_{house_.io, house_.options, doors_, house_.figures,
                               std::make_shared<gateway::Departures>(house_.io)};
  gateway::Wire wire_;
  bool ended_ = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0 || size > longest_request) return 0;
  std::size_t const piece = data[0] < 128 ? size : data[0] - 127;
  Door door;
  door.take({reinterpret_cast<char const*>(data) + 1, size - 1}, piece);
  return 0;
}
