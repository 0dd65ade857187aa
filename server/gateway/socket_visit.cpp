#include "gateway/socket_visit.hpp"

namespace vigie::gateway {
namespace {

using websocketpp::http::status_code::value;

void log_failure(std::exception_ptr const& failure) {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (std::exception const& reason) {
    log::error("gateway", std::string{"A connection failed: "} + reason.what());
  }
}

} // namespace

Visit::Visit(Wired const& wired, asio::io_context& io, Options const& options, SocketDoors const& doors,
             Figures& figures, std::string address)
    : wired_(wired), options_(options), doors_(doors), figures_(figures), address_(std::move(address)),
      deadline_(io) {}

template <class Act> void Visit::guarded(Act act) noexcept {
  try {
    act();
  } catch (...) {
    log_failure(std::current_exception());
    cut();
  }
}

void Visit::attend(std::function<void(Visit&)> ended) {
  ended_ = std::move(ended);
  auto const wired = wired_.lock();
  auto const self = shared_from_this();
  using Handle = websocketpp::connection_hdl;
  wired->set_http_handler([self](Handle) { self->guarded([&] { self->answer_http(); }); });
  wired->set_validate_handler([self](Handle) {
    bool may = false;
    self->guarded([&] { may = self->may_open(); });
    return may;
  });
  wired->set_open_handler([self](Handle) { self->guarded([&] { self->opened(); }); });
  wired->set_message_handler(
      [self](Handle, Wire::message_ptr const& message) { self->guarded([&] { self->received(message); }); });
  auto const heard = [self] {
    self->guarded([&] {
      if (self->events_) self->events_->alive();
    });
  };
  wired->set_pong_handler([heard](Handle, std::string const&) { heard(); });
  wired->set_ping_handler([heard](Handle, std::string const&) {
    heard();
    return true;
  });
  wired->set_termination_handler([self](Wired const&) { self->guarded([&] { self->ended(); }); });
}

HttpRequest Visit::request() const {
  auto const wired = wired_.lock();
  auto const& asked = wired->get_request();
  HttpRequest request;
  request.method = asked.get_method();
  for (auto const& [name, text] : asked.get_headers()) request.headers.emplace(name, text);
  request.body = asked.get_body();
  request.address = address_;
  read_target(asked.get_uri(), request);
  return request;
}

std::optional<HttpResponse> Visit::no_room() const {
  if (!turned_away_) return std::nullopt;
  figures_.turned_away();
  return problem_for_now(503, "full", "Too many are connected. Try again in a few seconds.", 5);
}

// Deferring also ends WebSocket++'s own deadline, which would cut off a phone that reads a file slowly.
void Visit::answer_http() {
  wired_.lock()->defer_http_response();
  deadline_.expires_after(options_.answer_within);
  deadline_.async_wait([self = shared_from_this()](asio::error_code const& cancelled) {
    if (!cancelled) self->cut();
  });
  doors_.spawn(answer(request()));
}

asio::awaitable<void> Visit::answer(HttpRequest request) {
  auto const self = shared_from_this();
  auto const held = wired_.lock(); // nothing else holds a connection that waits for its answer
  bool const head = request.method == "HEAD";
  auto response = no_room();
  if (!response) response = co_await doors_.http(std::move(request));
  guarded([&] { send(*std::move(response), head); });
}

void Visit::send(HttpResponse response, bool head) {
  auto const wired = wired_.lock();
  if (!wired || wired->get_state() == websocketpp::session::state::closed) return;
  write(std::move(response), head);
  websocketpp::lib::error_code ignored; // the client has gone, then
  wired->send_http_response(ignored);
}

void Visit::write(HttpResponse response, bool head) {
  auto const wired = wired_.lock();
  figures_.answered_http(response.status);
  wired->set_status(static_cast<value>(response.status));
  for (auto const& [name, text] : doors_.headers) wired->replace_header(name, text);
  for (auto const& [name, text] : response.headers) wired->replace_header(name, text);
  wired->replace_header("Connection", "close");
  if (!head) wired->set_body(response.body);
  bool const bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) wired->replace_header("Content-Length", std::to_string(response.body.size()));
}

bool Visit::may_open() {
  auto const asked = request();
  auto refusal = no_room();
  if (!refusal) refusal = doors_.refusal(asked);
  if (!refusal) return true;
  write(*std::move(refusal), false);
  return false;
}

void Visit::opened() { events_ = doors_.opened(shared_from_this(), request()); }

void Visit::received(Wire::message_ptr const& message) {
  if (!events_) return;
  if (message->get_opcode() == websocketpp::frame::opcode::text)
    events_->text(message->get_payload());
  else
    events_->binary();
}

// The connection lets go of its handlers only with itself, and they hold us: let go of all that is not ours.
void Visit::ended() {
  deadline_.cancel();
  if (auto const events = std::exchange(events_, nullptr)) events->gone();
  if (auto const tell = std::exchange(ended_, nullptr)) tell(*this);
}

void Visit::cut() {
  auto const wired = wired_.lock();
  if (!wired) return;
  wired->terminate(websocketpp::error::make_error_code(websocketpp::error::operation_canceled));
}

void Visit::send(Frame const& frame) {
  if (auto const wired = wired_.lock())
    wired->send(std::static_pointer_cast<WireConfig::message_type>(frame.framed()));
}

std::size_t Visit::backlog() const {
  auto const wired = wired_.lock();
  return wired ? wired->get_buffered_amount() : 0;
}

void Visit::ping() {
  websocketpp::lib::error_code ignored; // it is closing, then
  if (auto const wired = wired_.lock()) wired->ping("", ignored);
}

void Visit::close(protocol::CloseCode code, std::string_view reason) {
  websocketpp::lib::error_code ignored; // it is closing already, then
  if (auto const wired = wired_.lock())
    wired->close(static_cast<websocketpp::close::status::value>(code), std::string{reason}, ignored);
}

} // namespace vigie::gateway
