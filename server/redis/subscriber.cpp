#include "redis/subscriber.hpp"

#include "redis/keeper.hpp"

#include <deque>
#include <map>
#include <utility>

namespace vigie::redis {
namespace {

/// Subscribed always, so that the last channel is never left (see Link), and again at each heartbeat: Redis
/// confirms it after everything asked for before.
constexpr auto own_channel = "vigie:heartbeat";

} // namespace

class Subscriber::Core {
 public:
  using Outcome = Result<void, Failed>;
  using Self = std::shared_ptr<Core>;
  using Talk = std::shared_ptr<Conversation>;

  static asio::awaitable<Outcome> greet(Self self, Talk talk);
  static asio::awaitable<Outcome> check(Self self, Talk talk);
  static asio::awaitable<bool> confirm(Self self, Talk talk, std::chrono::milliseconds at_most);
  static asio::awaitable<bool> until_listening(Self self, std::chrono::milliseconds at_most);
  static Keeper::Step step(Self const& self, asio::awaitable<Outcome> (*what)(Self, Talk));

  void take(Notice const& notice);
  void lost();
  void send(char const* verb, std::string const& channel);

  std::map<std::string, Listener> channels;
  std::weak_ptr<Conversation> greeted;
  std::deque<std::shared_ptr<Gate>> unconfirmed;
  std::shared_ptr<Keeper> keeper;
};

/// The keeper must not hold the core, which holds it.
Keeper::Step Subscriber::Core::step(Self const& self, asio::awaitable<Outcome> (*what)(Self, Talk)) {
  auto const gone = []() -> asio::awaitable<Outcome> {
    co_return Failure<Failed>({Trouble::disconnected, "nobody listens any more"});
  };
  return [weak = std::weak_ptr(self), what, gone](Talk talk) {
    auto core = weak.lock();
    return core ? what(std::move(core), std::move(talk)) : gone();
  };
}

asio::awaitable<Subscriber::Core::Outcome> Subscriber::Core::greet(Self self, Talk talk) {
  self->unconfirmed.clear();
  self->greeted = talk;
  talk->link().on_notice = [weak = std::weak_ptr(self)](Notice const& notice) {
    if (auto core = weak.lock()) core->take(notice);
  };
  if (!self->channels.empty()) {
    Command command{"SUBSCRIBE"};
    for (auto const& [channel, listener] : self->channels) command.push_back(channel);
    talk->link().send_subscription(command);
  }
  return check(std::move(self), std::move(talk));
}

asio::awaitable<Subscriber::Core::Outcome> Subscriber::Core::check(Self self, Talk talk) {
  auto const at_most = talk->options().command_timeout;
  if (co_await confirm(std::move(self), std::move(talk), at_most)) co_return Outcome();
  co_return Failure<Failed>({Trouble::timed_out, "no confirmation of a subscription in time"});
}

asio::awaitable<bool> Subscriber::Core::confirm(Self self, Talk talk, std::chrono::milliseconds at_most) {
  if (!talk->ready()) co_return false;
  auto const confirmed = talk->link().changed().listen(talk->executor(), at_most);
  self->unconfirmed.push_back(confirmed);
  talk->link().send_subscription({"SUBSCRIBE", own_channel});
  auto const passed = co_await Gate::wait(confirmed);
  co_return passed == Passed::opened && talk->ready();
}

asio::awaitable<bool> Subscriber::Core::until_listening(Self self, std::chrono::milliseconds at_most) {
  auto const deadline = std::chrono::steady_clock::now() + at_most;
  if (!co_await Keeper::until_up(self->keeper, at_most)) co_return false;
  auto talk = self->keeper->conversation();
  auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  co_return co_await confirm(std::move(self), std::move(talk), left);
}

void Subscriber::Core::take(Notice const& notice) {
  if (notice.kind == "subscribe" && notice.channel == own_channel && !unconfirmed.empty()) {
    unconfirmed.front()->open();
    unconfirmed.pop_front();
  }
  auto const found = channels.find(notice.channel);
  if (found == channels.end()) return;
  auto const listener = found->second; // which may leave while it is told
  if (notice.kind == "message") listener.heard(notice.payload);
  if (notice.kind == "subscribe") listener.listens(true);
}

void Subscriber::Core::lost() {
  auto const listeners = channels; // which may leave while they are told
  for (auto const& [channel, listener] : listeners)
    if (channels.contains(channel)) listener.listens(false);
}

void Subscriber::Core::send(char const* verb, std::string const& channel) {
  if (auto talk = greeted.lock()) talk->link().send_subscription({verb, channel});
}

Subscriber::Subscriber(asio::any_io_executor executor, Address address, KeepAlive options)
    : Subscriber(
          std::move(executor), [address](Address const*) { return Result<Address, Failed>(address); },
          options) {}

Subscriber::Subscriber(asio::any_io_executor executor, Whereabouts where, KeepAlive options)
    : core_(std::make_shared<Core>()) {
  Keeper::Steps steps{Core::step(core_, Core::greet), Core::step(core_, Core::check)};
  core_->keeper = std::make_shared<Keeper>(std::move(executor), std::move(where), options, std::move(steps));
  core_->keeper->on_change([weak = std::weak_ptr(core_)](bool up, std::string const&) {
    if (auto const core = weak.lock(); core && !up) core->lost();
  });
}

Subscriber::~Subscriber() {
  core_->channels.clear();
  core_->keeper->on_change({});
  core_->keeper->halt();
}

void Subscriber::start() { core_->keeper->start(); }

asio::awaitable<void> Subscriber::stop() { return Keeper::stop(core_->keeper); }

void Subscriber::subscribe(std::string channel, Listener listener) {
  auto const [entry, is_new] = core_->channels.insert_or_assign(std::move(channel), std::move(listener));
  if (is_new) core_->send("SUBSCRIBE", entry->first);
}

void Subscriber::unsubscribe(std::string const& channel) {
  if (core_->channels.erase(channel) > 0) core_->send("UNSUBSCRIBE", channel);
}

asio::awaitable<bool> Subscriber::until_listening(std::chrono::milliseconds at_most) {
  return Core::until_listening(core_, at_most);
}

} // namespace vigie::redis
