#pragma once

#include "gateway/departures.hpp"
#include "gateway/outgoing.hpp"
#include "gateway/socket_config.hpp"
#include "gateway/socket_server.hpp"

#include <asio/steady_timer.hpp>

namespace vigie::gateway {

using Wired = Wire::connection_ptr;

/// One connection from accept to its end. WebSocket++ holds it through the handlers it is given; every call
/// that it makes into our code ends here, so that nothing is thrown back into it. It reads, shakes hands and
/// says goodbye through WebSocket++; between, it writes by itself.
class Visit : public Socket, public Departing, public std::enable_shared_from_this<Visit> {
 public:
  /// What all visits share, which must outlive them.
  struct Place {
    asio::io_context& io;
    Options const& options;
    SocketDoors const& doors;
    Figures& figures;
    std::shared_ptr<Departures> departures;
  };

  Visit(Wired const& wired, Place const& place, std::string address);

  /// Hooks itself into the connection; `ended` is called once it is over.
  void attend(std::function<void(Visit&)> ended);
  /// More connections are open than may be: whatever is asked is refused.
  void turn_away() { turned_away_ = true; }
  /// Where it comes from, a proxy perhaps.
  std::string const& address() const { return address_; }
  /// Ends the connection at once.
  void cut();

  void send(Frame const& frame, Due due) override;
  std::size_t backlog() const override { return outgoing_.backlog(); }
  std::size_t unsent() const override { return outgoing_.unsent(); }
  bool stalled() override { return outgoing_.stalled(); }
  void ping() override { send(Frame::ping(), Due::with_others); }
  void rest_until(std::chrono::steady_clock::time_point moment) override;
  void close(protocol::CloseCode code, std::string_view reason) override;
  bool board(WriteBatch& batch) override;
  bool departed(int taken) override;

 private:
  HttpRequest request() const;
  /// Why nothing of this request is looked at; none where it may come to a door.
  std::optional<HttpResponse> refusal(HttpRequest const& asked) const;
  void answer_http();
  asio::awaitable<void> answer(HttpRequest request);
  bool may_open();
  void opened();
  void received(Wire::message_ptr const& message);
  void ended();
  void count_end();
  void send(HttpResponse response, bool head);
  std::map<std::string, std::string> lines(HttpResponse const& response) const;
  void refuse(HttpResponse const& response);
  void note(HttpResponse const& response);
  void give(std::chrono::milliseconds at_most);
  void wait_for_room();
  void say_goodbye(Wire::connection_type& wired);
  template <class Act> void guarded(Act act) noexcept;

  struct Goodbye {
    protocol::CloseCode code;
    std::string reason;
  };

  std::weak_ptr<Wire::connection_type> wired_;
  Place const& place_;
  std::string address_;
  asio::steady_timer deadline_;        ///< of an HTTP answer, or of a goodbye
  std::unique_ptr<HttpRequest> asked_; ///< by a handshake, until it is answered
  Outgoing outgoing_;
  std::unique_ptr<Goodbye> goodbye_; ///< to be said when all is written
  std::shared_ptr<SocketEvents> events_;
  std::function<void(Visit&)> ended_;
  bool turned_away_ = false;
  bool answered_ = false; ///< by one of our doors, not by WebSocket++ itself
  bool waits_for_room_ = false;
};

} // namespace vigie::gateway
