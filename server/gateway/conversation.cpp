#include "gateway/conversation.hpp"

#include "dispatch/recommend.hpp"
#include "domain/decide.hpp"
#include "protocol/codec/codec.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace vigie::gateway {
namespace {

using protocol::CloseCode;
using protocol::FaultKind;
using protocol::Rejection;

// A client that says nothing between this many pings is gone.
constexpr int beats_of_patience = 2;
// Without a look at the clock for a heartbeat and this long at least, the process stood still.
constexpr std::chrono::milliseconds shortest_standstill{5000};
constexpr std::size_t items_in_a_frame = 1000;
// While the server is behind, a handset that sends more positions is not heard for so long at most: its
// commands wait as well.
constexpr std::chrono::milliseconds shortest_rest{750};
constexpr std::chrono::milliseconds longest_rest{1250};
// As the handset writes it. Written otherwise it is not skipped, only dearer.
constexpr std::string_view begins_a_fix = R"({"type":"report_fix")";

/// How the ids begin that the clock and the telephone make themselves (domain/nights/reminders.cpp,
/// telephony/call_door.cpp). A client's command with such an id would be taken for theirs, and theirs not
/// taken any more.
constexpr std::array<std::string_view, 6> ids_of_the_house{"open-", "close-", "expire-",
                                                           "end-",  "home-",  "call-"};

bool is_of_the_house(protocol::CommandId const& id) {
  return std::ranges::any_of(ids_of_the_house, [&](auto start) { return id.value.starts_with(start); });
}

/// Where the command says that something is at a place; null where it says nothing of one.
std::optional<protocol::Place>* place_in(protocol::Command& command) {
  if (auto* open = std::get_if<protocol::OpenRequest>(&command)) return &open->place;
  if (auto* amend = std::get_if<protocol::AmendRequest>(&command)) return &amend->place;
  return nullptr;
}

accounts::Moment moment() { return std::chrono::steady_clock::now(); }

/// Of chance length, so that those who rest do not all come back together.
std::chrono::milliseconds a_rest() {
  thread_local std::minstd_rand chance{std::random_device{}()};
  return std::chrono::milliseconds{
      std::uniform_int_distribution<std::int64_t>{shortest_rest.count(), longest_rest.count()}(chance)};
}

} // namespace

Conversation::Conversation(House& house, std::shared_ptr<Socket> socket, std::string token,
                           std::shared_ptr<void> seat)
    : house_(house), outbound_(std::move(socket), house.options.caps, house.figures),
      token_(std::move(token)), seat_(std::move(seat)), began_(moment()), looked_(began_),
      next_beat_(began_ + house.options.heartbeat), frames_(house.options.caps.frames, began_) {}

bool Conversation::within_rate() {
  silent_beats_ = 0;
  if (phase_ == Phase::over || left_after_standstill(moment())) return false;
  if (frames_.take(moment())) return true;
  fault(FaultKind::too_fast, "", "Too many frames");
  close(CloseCode::too_fast, "Too many frames");
  return false;
}

// Whoever pings without reading is not answered: an empty pong weighs nothing in what is known to wait.
bool Conversation::control() { return within_rate() && outbound_.backlog() == 0; }

accounts::Moment Conversation::next_fix() const { return last_fix_ + house_.pressure.spacing(); }

bool Conversation::can_be_skipped(std::string_view payload) const {
  return payload.starts_with(begins_a_fix) && moment() < next_fix();
}

void Conversation::skip() {
  house_.figures.fix_skipped();
  outbound_.rest_until(std::min(next_fix(), moment() + a_rest()));
}

void Conversation::text(std::string const& payload) {
  if (!within_rate()) return;
  if (can_be_skipped(payload)) return skip();
  auto frame =
      protocol::decode<protocol::ClientFrame>(payload, {house_.options.caps.frame_bytes, items_in_a_frame});
  if (!frame) return fault(FaultKind::malformed, frame.error().path, frame.error().problem);
  bool const hello = std::holds_alternative<protocol::Hello>(*frame);
  if (phase_ != (hello ? Phase::hello_awaited : Phase::open))
    return fault(FaultKind::hello_expected, "",
                 hello ? "Hello was said already" : "Say hello first, and wait for the welcome");
  std::visit([this](auto& words) { receive(std::move(words)); }, *frame);
}

void Conversation::binary() { close(CloseCode::malformed, "Frames are text"); }

void Conversation::gone() {
  phase_ = Phase::over;
  seat_.reset();
  outbound_.forget();
  if (!counterpart_) return;
  counterpart_->hub.leave(counterpart_->viewer);
  counterpart_->hub.door().engine.withdraw(std::exchange(unanswered_, {}));
  house_.figures.screens(counterpart_->account.role, -1);
  counterpart_.reset();
}

void Conversation::close(CloseCode code, std::string_view reason) {
  phase_ = Phase::over;
  outbound_.close(code, reason);
}

void Conversation::fault(FaultKind kind, std::string path, std::string problem) {
  house_.figures.fault(kind);
  outbound_.put(Frame{protocol::Fault{kind, std::move(path), std::move(problem)}});
  if (++faults_ >= house_.options.caps.faults) close(CloseCode::malformed, "Too many faults");
}

void Conversation::tick(accounts::Moment now) {
  if (phase_ == Phase::over || left_after_standstill(now)) return;
  looked_ = now;
  if (phase_ != Phase::open && now - began_ > house_.options.hello_within) return give_up();
  if (now < next_beat_) return;
  next_beat_ = now + house_.options.heartbeat;
  if (silent_beats_++ >= beats_of_patience) return close(CloseCode::silent, "Nothing was heard");
  outbound_.drop_stalled();
  outbound_.ping();
}

/// No conversation began in time; it is ours where hello was said and accounts could not tell whose it is.
void Conversation::give_up() {
  if (phase_ == Phase::checking) return close(CloseCode::server_restarts, "Accounts cannot be reached");
  fault(FaultKind::hello_expected, "", "No hello came in time");
  close(CloseCode::silent, "No hello came in time");
}

/// A process that stood still may have been given up by its clients: what they said meanwhile they have said
/// again elsewhere, and were perhaps refused.
bool Conversation::left_after_standstill(accounts::Moment now) {
  if (now - looked_ < std::max(house_.options.heartbeat, shortest_standstill)) return false;
  close(CloseCode::server_restarts, "This server stood still");
  return true;
}

asio::awaitable<void> Conversation::recheck() {
  auto const self = shared_from_this();
  if (phase_ != Phase::open) co_return;
  auto const session = co_await house_.accounts.recheck(token_);
  if (!session && session.error() == accounts::SessionTrouble::over)
    close(CloseCode::session_over, "Sign in again");
  else if (session && counterpart_ && session->account != counterpart_->account)
    close(CloseCode::session_over, "Your account was changed: sign in again");
}

void Conversation::signed_out(std::string const& token) {
  if (token == token_) close(CloseCode::session_over, "Sign in again");
}

void Conversation::receive(protocol::Hello hello) {
  if (hello.conversation != protocol::conversation_version) {
    fault(FaultKind::conversation_unknown, "conversation", "This conversation is not spoken here");
    return close(CloseCode::reload, "Reload the page");
  }
  phase_ = Phase::checking;
  house_.tasks.spawn(join(std::move(hello)));
}

asio::awaitable<void> Conversation::join(protocol::Hello hello) {
  auto const self = shared_from_this();
  auto session = co_await house_.accounts.recheck(token_);
  if (phase_ != Phase::checking) co_return;
  if (!session && session.error() == accounts::SessionTrouble::unavailable)
    co_return close(CloseCode::server_restarts, "Accounts cannot be reached");
  if (!session) co_return close(CloseCode::session_over, "Sign in again");
  auto* hub = house_.hub(session->account.service);
  if (!hub && house_.runs(session->account.service))
    co_return close(CloseCode::server_restarts, "Your service opens once its journal can be reached");
  if (!hub) co_return close(CloseCode::not_allowed, "Your service does not run here");
  welcome(std::move(session->account), *hub, hello);
}

std::unique_ptr<AccountShares::Screen> Conversation::place_for(accounts::Account const& account) {
  auto const& name = account.name.value;
  auto const now = moment();
  bool const in_time = house_.shares.hellos.of(name, now).take(now);
  auto place = in_time ? house_.shares.screen(name) : nullptr;
  if (place) return place;
  house_.figures.turned_away();
  close(CloseCode::too_fast,
        in_time ? "Your account has too many screens open" : "Your account connects too often");
  return nullptr;
}

void Conversation::welcome(accounts::Account account, Hub& hub, protocol::Hello const& hello) {
  auto place = place_for(account);
  if (!place) return;
  phase_ = Phase::open;
  auto& engine = hub.door().engine;
  outbound_.put(Frame{protocol::Welcome{protocol::conversation_version, engine.line(), account.actor(),
                                        hub.service(), engine.now(), house_.options.heartbeat}});
  Viewer const viewer{outbound_, account.team};
  counterpart_ =
      std::make_unique<Counterpart>(Counterpart{std::move(account), hub, viewer, std::move(place)});
  house_.figures.screens(counterpart_->account.role, 1);
  hub.join(counterpart_->viewer, hello);
}

void Conversation::receive(protocol::Submit submit) {
  auto const kind = domain::name_of(submit.command);
  house_.figures.command(submit.command);
  auto refusal = refused_early(submit);
  if (!refusal) refusal = take_place_from_file(submit.command);
  if (refusal) return reject(submit.id, kind, *refusal);
  unanswered_.insert(submit.id);
  auto told = [self = shared_from_this(), id = submit.id, kind, came = moment()](auto const& answer) {
    if (auto const found = self->unanswered_.find(id); found != self->unanswered_.end())
      self->unanswered_.erase(found);
    if (self->phase_ == Phase::over) return; // and the house may be gone
    self->house_.figures.answered_after(std::chrono::duration<double>(moment() - came).count());
    self->answer(id, kind, answer);
  };
  auto& engine = counterpart_->hub.door().engine;
  engine.submit(
      {std::move(submit.id), counterpart_->account.actor(), submit.made_at, std::move(submit.command)},
      std::move(told));
}

std::optional<domain::Refusal> Conversation::refused_early(protocol::Submit const& submit) {
  if (!domain::may_send(counterpart_->account.role, submit.command))
    return domain::Refusal{Rejection::not_allowed, {}};
  if (is_of_the_house(submit.id)) return domain::Refusal{Rejection::malformed, "id"};
  auto const now = moment();
  auto& commands = house_.shares.commands.of(counterpart_->account.name.value, now);
  if (unanswered_.size() >= house_.options.caps.unanswered || !commands.take(now))
    return domain::Refusal{Rejection::overloaded, {}};
  return std::nullopt;
}

/// Of a place only its id is believed. What else stands in the journal for good comes from the service's
/// file, where nobody's name and number can be put beside it.
std::optional<domain::Refusal> Conversation::take_place_from_file(protocol::Command& command) const {
  auto* place = place_in(command);
  if (!place || !*place) return std::nullopt;
  auto const* known = counterpart_->hub.door().find_place((*place)->id);
  if (!known) return domain::Refusal{Rejection::place_unknown, "place"};
  *place = *known;
  return std::nullopt;
}

// The engine shows a change to the hub before it answers the command that made it, so that here the change
// has gone out first.
void Conversation::answer(protocol::CommandId const& id, std::string_view kind,
                          engine::Answer const& answer) {
  if (!answer) return reject(id, kind, answer.error());
  outbound_.put(Frame{protocol::Accepted{id, *answer}});
}

void Conversation::reject(protocol::CommandId const& id, std::string_view kind,
                          domain::Refusal const& refusal) {
  house_.figures.rejected(kind, refusal.reason);
  auto const field = refusal.path.empty() ? std::nullopt : std::optional{refusal.path};
  outbound_.put(Frame{protocol::Rejected{id, refusal.reason, field}});
}

void Conversation::receive(protocol::ReportFix report) {
  auto const& [handset, team] = std::tie(counterpart_->account.name.value, counterpart_->account.team);
  auto const now = moment();
  if (team && !house_.shares.fixes.of(handset, now).take(now))
    return fault(FaultKind::too_fast, "", "Too many positions");
  auto const refusal = [&]() -> std::optional<protocol::FixRefusal> {
    if (!team) return protocol::FixRefusal::not_a_handset;
    auto const kept =
        counterpart_->hub.door().picture.report(*team, report.fix, protocol::FixSource::handset);
    return kept ? std::nullopt : std::optional{kept.error()};
  }();
  house_.figures.fix(refusal);
  last_fix_ = moment();
  if (refusal) outbound_.put(Frame{protocol::FixRefused{*refusal}});
}

void Conversation::receive(protocol::AskTeams question) {
  if (counterpart_->account.team) return fault(FaultKind::not_allowed, "", "Only a desk asks for teams");
  auto const& door = counterpart_->hub.door();
  auto const& state = door.engine.state();
  protocol::Recommendations answer{question.request, {}};
  if (auto const held = state.requests.find(question.request); held != state.requests.end()) {
    dispatch::Positions positions;
    for (auto const& position : door.picture.whole().positions) positions.emplace(position.team, position);
    answer.teams =
        dispatch::recommend(state, door.engine.service(), held->second.entity, positions, door.engine.now());
  }
  outbound_.put(Frame{std::move(answer)});
}

void Conversation::receive(protocol::Ping) {
  outbound_.put(Frame{protocol::Pong{counterpart_->hub.door().engine.now()}});
}

} // namespace vigie::gateway
