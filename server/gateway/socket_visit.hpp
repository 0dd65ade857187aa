#pragma once

#include "gateway/socket_config.hpp"
#include "gateway/socket_server.hpp"

#include <asio/steady_timer.hpp>

namespace vigie::gateway {

using Wired = Wire::connection_ptr;

/// One connection from accept to its end. WebSocket++ holds it through the handlers it is given; every call
/// that it makes into our code ends here, so that nothing is thrown back into it.
class Visit : public Socket, public std::enable_shared_from_this<Visit> {
 public:
  Visit(Wired const& wired, asio::io_context& io, Options const& options, SocketDoors const& doors,
        Figures& figures, std::string address);

  /// Hooks itself into the connection; `ended` is called once it is over.
  void attend(std::function<void(Visit&)> ended);
  /// More connections are open than may be: whatever is asked is refused.
  void turn_away() { turned_away_ = true; }
  /// Ends the connection at once.
  void cut();

  void send(Frame const& frame) override;
  std::size_t backlog() const override;
  void ping() override;
  void close(protocol::CloseCode code, std::string_view reason) override;

 private:
  HttpRequest request() const;
  std::optional<HttpResponse> no_room() const;
  void answer_http();
  asio::awaitable<void> answer(HttpRequest request);
  bool may_open();
  void opened();
  void received(Wire::message_ptr const& message);
  void ended();
  void send(HttpResponse response, bool head);
  void write(HttpResponse response, bool head);
  template <class Act> void guarded(Act act) noexcept;

  std::weak_ptr<Wire::connection_type> wired_;
  Options const& options_;
  SocketDoors const& doors_;
  Figures& figures_;
  std::string address_;
  asio::steady_timer deadline_; ///< of an HTTP answer
  std::shared_ptr<SocketEvents> events_;
  std::function<void(Visit&)> ended_;
  bool turned_away_ = false;
};

} // namespace vigie::gateway
