#include "gateway/socket_visit.hpp"

#include "gateway/admission.hpp"

#include <asio/write.hpp>

#include <array>

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

/// WebSocket++ keeps one header of each name; a browser wants each cookie on a line of its own.
std::map<std::string, std::string> lines_of(std::vector<std::pair<std::string, std::string>> const& headers) {
  std::map<std::string, std::string> lines;
  for (auto const& [name, text] : headers) {
    auto& line = lines[name];
    if (!line.empty()) line.append("\r\n").append(name).append(": ");
    line += text;
  }
  return lines;
}

bool is_bodiless(int status) { return status == 204 || status == 304; }

std::string head_of(int status, std::map<std::string, std::string> const& lines) {
  auto const phrase = websocketpp::http::status_code::get_string(static_cast<value>(status));
  auto head = "HTTP/1.1 " + std::to_string(status) + " " + phrase + "\r\n";
  for (auto const& [name, text] : lines) head.append(name).append(": ").append(text).append("\r\n");
  return head + "\r\n";
}

/// An answer on its way out.
struct Leaving {
  std::string head;
  HttpResponse answer;
};

} // namespace

Visit::Visit(Wired const& wired, Place const& place, std::string address)
    : wired_(wired), place_(place), address_(std::move(address)), deadline_(place.io) {
  wired->get_socket().write_with(*place.departures);
}

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
    bool may_answer = false;
    self->guarded([&] { may_answer = self->events_ && self->events_->control(); });
    return may_answer;
  };
  wired->set_pong_handler([heard](Handle, std::string const&) { heard(); });
  wired->set_ping_handler([self, heard](Handle, std::string const& payload) {
    if (heard()) self->guarded([&] { self->send(Frame::pong(payload), Due::with_others); });
    return false;
  });
  wired->set_termination_handler([self](Wired const&) { self->guarded([&] { self->ended(); }); });
}

HttpRequest Visit::request() const {
  auto const wired = wired_.lock();
  auto const& asked = wired->get_request();
  HttpRequest request;
  request.method = asked.get_method();
  request.version = asked.get_version();
  auto& headers = request.headers; // which are in the same order
  for (auto const& [name, text] : asked.get_headers()) headers.emplace_hint(headers.end(), name, text);
  request.body = asked.get_body();
  request.address = address_;
  read_target(asked.get_uri(), request);
  return request;
}

std::optional<HttpResponse> Visit::refusal(HttpRequest const& asked) const {
  if (!turned_away_) return badly_framed(asked);
  place_.figures.turned_away();
  return problem_for_now(503, "full", "Too many are connected. Try again in a few seconds.", 5);
}

/// Cuts the connection unless it ends by itself within that time.
void Visit::give(std::chrono::milliseconds at_most) {
  deadline_.expires_after(at_most);
  deadline_.async_wait([self = shared_from_this()](asio::error_code const& cancelled) {
    if (!cancelled) self->cut();
  });
}

// Deferring also ends WebSocket++'s own deadline, which would cut off a phone that reads a file slowly.
void Visit::answer_http() {
  wired_.lock()->defer_http_response();
  give(place_.options.answer_within);
  place_.doors.spawn(answer(request()));
}

asio::awaitable<void> Visit::answer(HttpRequest request) {
  auto const self = shared_from_this();
  auto const held = wired_.lock(); // nothing else holds a connection that waits for its answer
  bool const head = request.method == "HEAD";
  auto response = refusal(request);
  if (!response) response = co_await place_.doors.http(std::move(request));
  guarded([&] { send(*std::move(response), head); });
}

// WebSocket++ would copy the body, twice for each who asks; so this is written beside it.
void Visit::send(HttpResponse response, bool head) {
  auto const wired = wired_.lock();
  if (!wired || wired->get_state() == websocketpp::session::state::closed) return;
  note(response);
  auto const leaving = std::make_shared<Leaving>(Leaving{head_of(response.status, lines(response)), {}});
  if (!head && !is_bodiless(response.status)) leaving->answer = std::move(response);
  std::array<asio::const_buffer, 2> const pieces{asio::buffer(leaving->head),
                                                 asio::buffer(leaving->answer.content())};
  asio::async_write(wired->get_raw_socket(), pieces, [wired, leaving](asio::error_code const&, std::size_t) {
    wired->terminate(websocketpp::error::make_error_code(websocketpp::error::http_connection_ended));
  });
}

/// The header lines of an answer.
std::map<std::string, std::string> Visit::lines(HttpResponse const& response) const {
  auto lines = lines_of(response.headers);
  for (auto const& [name, text] : place_.doors.headers) lines.try_emplace(name, text);
  lines["Connection"] = "close";
  if (!is_bodiless(response.status)) lines["Content-Length"] = std::to_string(response.content().size());
  return lines;
}

void Visit::note(HttpResponse const& response) {
  answered_ = true;
  place_.figures.answered_http(response.status, response.problem);
}

/// Answers a handshake through WebSocket++.
void Visit::refuse(HttpResponse const& response) {
  auto const wired = wired_.lock();
  note(response);
  wired->set_status(static_cast<value>(response.status));
  for (auto const& [name, text] : lines(response)) wired->replace_header(name, text);
  wired->set_body(response.content());
}

bool Visit::may_open() {
  asked_ = std::make_unique<HttpRequest>(request());
  auto refused = refusal(*asked_);
  if (!refused) refused = place_.doors.refusal(*asked_);
  if (!refused) return true;
  refuse(*refused);
  return false;
}

void Visit::opened() {
  answered_ = true;
  auto const asked = std::exchange(asked_, nullptr);
  events_ = place_.doors.opened(shared_from_this(), *asked);
}

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
  count_end();
  if (auto const events = std::exchange(events_, nullptr)) events->gone();
  if (auto const tell = std::exchange(ended_, nullptr)) tell(*this);
}

void Visit::count_end() {
  auto const wired = wired_.lock();
  if (!wired) return;
  int const status = wired->get_response_code();
  if (events_)
    return place_.figures.closed(goodbye_ ? static_cast<int>(goodbye_->code) : wired->get_local_close_code(),
                                 goodbye_ != nullptr);
  if (answered_) return;
  if (status == 0) return place_.figures.never_asked();
  auto const refusal = refusal_of(status);
  place_.figures.answered_http(refusal.status, refusal.problem);
}

void Visit::cut() {
  auto const wired = wired_.lock();
  if (!wired) return;
  wired->terminate(websocketpp::error::make_error_code(websocketpp::error::operation_canceled));
}

void Visit::send(Frame const& frame, Due due) {
  if (goodbye_) return;
  outgoing_.put(frame);
  place_.departures->add(shared_from_this(), due);
}

void Visit::rest_until(std::chrono::steady_clock::time_point moment) {
  if (auto const wired = wired_.lock()) wired->get_socket().rest_until(moment);
}

bool Visit::board(WriteBatch& batch) {
  auto const wired = wired_.lock();
  if (!wired || wired->get_state() != websocketpp::session::state::open) return outgoing_.clear(), false;
  if (waits_for_room_ || outgoing_.aboard()) return false;
  if (!outgoing_.empty()) {
    batch.socket(wired->get_raw_socket().native_handle());
    outgoing_.board(batch);
  } else if (goodbye_) {
    guarded([&] { say_goodbye(*wired); });
  }
  return outgoing_.aboard();
}

bool Visit::departed(int taken) {
  bool const full = taken == -EAGAIN;
  outgoing_.written(full ? 0 : static_cast<std::size_t>(std::max(taken, 0)));
  bool const gone = taken == -EPIPE || taken == -ECONNRESET; // the next read tells
  if (taken < 0 && !full && !gone) cut();
  if (taken < 0 && !full)
    outgoing_.clear();
  else if (outgoing_.stuck())
    wait_for_room();
  return !waits_for_room_ && (!outgoing_.empty() || goodbye_);
}

void Visit::wait_for_room() {
  auto const wired = wired_.lock();
  if (!wired) return;
  waits_for_room_ = true;
  wired->get_raw_socket().async_wait(asio::socket_base::wait_write,
                                     [self = shared_from_this()](asio::error_code const& failed) {
                                       self->waits_for_room_ = false;
                                       if (!failed) self->place_.departures->add(self, Due::now);
                                     });
}

void Visit::close(protocol::CloseCode code, std::string_view reason) {
  if (goodbye_) return;
  goodbye_ = std::make_unique<Goodbye>(Goodbye{code, std::string{reason}});
  give(place_.options.close_within);
  place_.departures->add(shared_from_this(), Due::now);
}

void Visit::say_goodbye(Wire::connection_type& wired) {
  websocketpp::lib::error_code ignored; // it is closing already, then
  wired.close(static_cast<websocketpp::close::status::value>(goodbye_->code), goodbye_->reason, ignored);
}

} // namespace vigie::gateway
