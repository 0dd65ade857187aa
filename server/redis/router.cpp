#include "redis/router.hpp"

#include "redis/redirection.hpp"

#include <algorithm>
#include <charconv>
#include <random>
#include <utility>

namespace vigie::redis {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

/// Between two attempts where no node can carry a command out at the moment.
constexpr Backoff::Bounds pauses{20ms, 250ms};
/// So many redirections may follow one another without a pause.
constexpr int redirections_at_once = 4;

/// A primary that Sentinels have replaced may take commands for some seconds more, as no node tells us
/// otherwise.
constexpr auto sentinels_asked_every = 500ms;

using Done = Result<void, Failed>;

asio::awaitable<Done> greet(std::shared_ptr<Conversation>) { co_return Done(); }

asio::awaitable<Done> ping(std::shared_ptr<Conversation> talk) {
  Command const command{"PING"};
  auto const answer = co_await Conversation::run(talk, command, Timeout());
  if (!answer) co_return Failure<Failed>(answer.error());
  co_return Done();
}

/// What Sentinels name is believed to be the primary only when it says so itself.
asio::awaitable<Done> be_primary(std::shared_ptr<Conversation> talk) {
  Command const command{"ROLE"};
  auto const answer = co_await Conversation::run(talk, command, Timeout());
  if (!answer) co_return Failure<Failed>(answer.error());
  auto const* parts = answer->as_array();
  auto const* role = parts && !parts->empty() ? parts->front().as_string() : nullptr;
  if (role && *role == "master") co_return Done();
  auto const says = role ? "it is a " + *role : std::string("it does not tell its role");
  co_return Failure<Failed>({Trouble::refused, talk->address().name() + ": " + says + ", not the primary"});
}

/// Reads a Sentinel's `[host, port]`.
std::optional<Address> primary_in(Reply const& answer, Address const& pattern) {
  auto const* parts = answer.as_array();
  auto const* host = parts && parts->size() == 2 ? (*parts)[0].as_string() : nullptr;
  auto const* port = parts && parts->size() == 2 ? (*parts)[1].as_string() : nullptr;
  std::int64_t number = 0;
  if (port) std::from_chars(port->data(), port->data() + port->size(), number);
  return host ? neighbour(pattern, *host, number) : std::nullopt;
}

Keeper::Steps steps_for(Site::Kind kind) {
  if (kind == Site::Kind::sentinel) return {be_primary, be_primary};
  return {greet, ping};
}

} // namespace

/// Commands on their way.
struct Router::Journey {
  Batch batch;
  std::optional<Slot> slot;
  Timeout timeout;
  steady_clock::time_point deadline;
  Backoff backoff{pauses, std::random_device()()};
  std::optional<Redirection> next{};
  int turns = 0;

  std::chrono::milliseconds left() const {
    return std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now()));
  }
  bool asking() const { return next && next->kind == Redirection::Kind::asking; }
  bool led() const { return next && next->kind != Redirection::Kind::later; }
};

Router::Router(asio::any_io_executor executor, Site site, KeepAlive options)
    : executor_(executor), site_(std::move(site)), options_(options),
      nodes_(executor, options, steps_for(site_.kind)) {
  if (fixed()) map_ = SlotMap(site_.nodes.front());
}

Router::Self Router::make(asio::any_io_executor executor, Site site, KeepAlive options) {
  Self const router(new Router(std::move(executor), std::move(site), options));
  router->nodes_.on_change([weak = std::weak_ptr(router)](auto const& node, bool up, auto const& why) {
    if (auto const self = weak.lock()) self->changed(node, up, why);
  });
  if (!router->fixed())
    router->lookout_ = std::make_shared<Lookout>(router->executor_, router->options_, router->inquiry());
  return router;
}

void Router::start() {
  if (lookout_) return lookout_->start();
  nodes_.at(site_.nodes.front());
}

void Router::halt() {
  halting_ = true;
  if (lookout_) lookout_->halt();
  nodes_.halt();
}

asio::awaitable<void> Router::stop(Self self) {
  self->halt();
  if (self->lookout_) co_await Lookout::stop(self->lookout_);
  co_await self->nodes_.ended();
}

bool Router::up() const {
  auto const answers = [&](Address const& node) { return nodes_.conversation(node) != nullptr; };
  return map_.whole() && std::ranges::all_of(map_.holders(), answers);
}

asio::awaitable<bool> Router::until_up(Self self, std::chrono::milliseconds at_most) {
  if (self->up()) co_return true;
  auto const rings = self->up_rings_.listen(self->executor_, at_most);
  co_await Gate::wait(rings);
  co_return self->up();
}

Lookout::Inquiry Router::inquiry() {
  auto const weak = weak_from_this();
  Lookout::Inquiry inquiry;
  inquiry.whom = [weak] {
    auto const self = weak.lock();
    return self ? self->informants() : std::vector<Address>();
  };
  inquiry.learn = [weak](Address const& asked, Reply const& answer) {
    auto const self = weak.lock();
    return self && self->learn(asked, answer);
  };
  inquiry.settled = [weak] {
    auto const self = weak.lock();
    return !self || self->up();
  };
  inquiry.question = {"CLUSTER", "SLOTS"};
  if (site_.kind == Site::Kind::cluster) return inquiry;
  inquiry.question = {"SENTINEL", "GET-MASTER-ADDR-BY-NAME", site_.primary_name};
  inquiry.at_least_every = sentinels_asked_every;
  return inquiry;
}

/// Those that were named, and in a cluster all that are on the map.
std::vector<Address> Router::informants() const {
  auto whom = site_.nodes;
  if (site_.kind == Site::Kind::sentinel) return whom;
  for (auto const* more : {&map_.holders(), &map_.replicas()})
    for (auto const& node : *more)
      if (std::ranges::find(whom, node) == whom.end()) whom.push_back(node);
  return whom;
}

bool Router::learn(Address const& asked, Reply const& answer) {
  if (site_.kind == Site::Kind::cluster) {
    auto map = SlotMap::read(answer, asked);
    if (!map || map->holders().empty()) return false;
    adopt(std::move(*map));
    return true;
  }
  auto const primary = primary_in(answer, site_.pattern);
  if (primary) adopt(SlotMap(*primary));
  return primary.has_value();
}

void Router::adopt(SlotMap map) {
  map_ = std::move(map);
  for (auto const& node : map_.holders()) nodes_.at(node);
  nodes_.tidy(map_.holders());
  reckon("the map has changed");
}

void Router::look_again() {
  if (lookout_) lookout_->look_again();
}

void Router::changed(Address const& node, bool up, std::string const& why) {
  if (!up) look_again();
  reckon(fixed() ? why : node.name() + ": " + why);
}

void Router::reckon(std::string const& why) {
  bool const now_up = up();
  if (std::exchange(told_up_, now_up) == now_up) return;
  if (now_up) up_rings_.ring();
  auto const told = told_;
  if (told) told(now_up, why);
}

Result<Address, Failed> Router::home(std::optional<Slot> slot) const {
  auto const* holder = slot ? map_.at(*slot) : nullptr;
  if (holder) return *holder;
  if (!slot) return listening_post(nullptr);
  auto const why =
      lookout_ && !lookout_->why_blind().empty() ? lookout_->why_blind() : "nobody holds this slot";
  return Failure<Failed>({Trouble::disconnected, site_.name() + ": " + why});
}

Result<Address, Failed> Router::home_of(std::string_view key) const { return home(slot_of_key(key)); }

/// In a cluster every node hears what is published on any: the one that is listened to already, or by chance.
Result<Address, Failed> Router::listening_post(Address const* present) const {
  auto up = map_.holders();
  if (site_.kind == Site::Kind::cluster)
    std::erase_if(up, [&](Address const& node) { return !nodes_.conversation(node); });
  if (up.empty())
    return Failure<Failed>({Trouble::disconnected, site_.name() + ": no node is known to be up"});
  if (present && std::ranges::find(up, *present) != up.end()) return *present;
  return up[std::random_device()() % up.size()];
}

asio::awaitable<Router::Answers> Router::run_all(Self self, std::vector<Command> commands, Timeout timeout) {
  if (commands.empty()) co_return std::vector<Reply>();
  auto const slot = slot_of(commands);
  if (!slot) co_return Failure<Failed>(slot.error());
  auto const at_most = timeout.value_or(self->options_.connection.command_timeout);
  auto const journey =
      std::make_shared<Journey>(Batch(std::move(commands)), *slot, timeout, steady_clock::now() + at_most);
  for (;;) {
    auto const visited = co_await visit(self, journey);
    if (!visited) co_return Failure<Failed>(visited.error());
    if (!journey->next) co_return std::move(journey->batch).replies();
    auto const turned = co_await turn(self, journey);
    if (!turned) co_return Failure<Failed>(turned.error());
  }
}

/// Sends what is outstanding to the node where it is to go now. What was sent and not answered is not sent
/// again: whether it was carried out is unknown.
asio::awaitable<Done> Router::visit(Self self, std::shared_ptr<Journey> journey) {
  auto const node = journey->led() ? Result<Address, Failed>(journey->next->node) : self->home(journey->slot);
  if (!node) co_return Failure<Failed>(node.error());
  if (self->halting_) co_return Failure<Failed>({Trouble::disconnected, self->site_.name() + ": stopped"});
  auto const keeper = self->nodes_.at(*node);
  co_await Keeper::until_tried(keeper, journey->left());
  auto const talk = keeper->conversation();
  if (!talk) {
    self->look_again();
    co_return Failure<Failed>(keeper->absence());
  }
  bool const asking = journey->asking();
  auto const commands = journey->batch.outstanding(asking);
  auto replies = co_await Conversation::run_all(talk, commands, journey->timeout);
  if (!replies) co_return Failure<Failed>(replies.error());
  journey->next = journey->batch.take(std::move(*replies), asking, *node);
  bool const demoted = journey->next && self->site_.kind == Site::Kind::sentinel;
  if (demoted) talk->close("it cannot be the primary");
  co_return Done();
}

/// After a redirection: learns from it, and waits where hurrying would not help.
asio::awaitable<Done> Router::turn(Self self, std::shared_ptr<Journey> journey) {
  auto const& next = *journey->next;
  if (next.kind == Redirection::Kind::moved && journey->slot) self->map_.move(*journey->slot, next.node);
  if (next.kind != Redirection::Kind::asking) self->look_again();
  bool const calm = next.kind == Redirection::Kind::later || ++journey->turns > redirections_at_once;
  if (!calm) co_return Done();
  if (journey->left() == 0ms)
    co_return Failure<Failed>({Trouble::timed_out, self->site_.name() + ": not settled in time"});
  auto const pause =
      std::make_shared<Gate>(self->executor_, std::min(journey->left(), journey->backoff.next()));
  co_await Gate::wait(pause);
  co_return Done();
}

} // namespace vigie::redis
