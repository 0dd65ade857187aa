#include "presence/redis_positions.hpp"

#include "engine/at_end.hpp"
#include "engine/task_group.hpp"
#include "presence/stored_fix.hpp"
#include "protocol/codec/codec.hpp"
#include "redis/sender.hpp"
#include "runtime/log.hpp"

#include <algorithm>

namespace vigie::presence {
namespace {

constexpr std::size_t teams_at_once = 500;

/// Between two tries to catch up, doubling, with jitter.
constexpr std::chrono::milliseconds first_pause{100};
constexpr std::chrono::milliseconds longest_pause{4000};

/// The geo set ends where the Mercator projection does.
constexpr double last_latitude = 85.0511;

std::string message_from(std::string const& sender, protocol::Picture picture) {
  return sender + " " + protocol::encode(protocol::ServerFrame(std::move(picture)));
}

bool all_well(std::vector<redis::Reply> const& replies) {
  return std::ranges::none_of(replies, [](auto const& reply) { return reply.error() != nullptr; });
}

std::vector<protocol::TeamId> teams_in(redis::Reply const& members) {
  std::vector<protocol::TeamId> teams;
  if (auto const* array = members.as_array())
    for (auto const& member : *array)
      if (auto const* name = member.as_string()) teams.push_back({*name});
  return teams;
}

} // namespace

struct RedisPositions::Work {
  Work(asio::any_io_executor executor, std::shared_ptr<redis::Client> given_client,
       std::shared_ptr<redis::Subscriber> given_ear, protocol::Service const& service)
      : client(std::move(given_client)), ear(std::move(given_ear)), base("vigie:{" + service.id.value + "}:"),
        kept_for(service.fix_kept_for), tasks(executor, "presence"), rest(executor) {}

  std::string channel() const { return base + "picture"; }

  std::string fix_key(protocol::TeamId const& team) const { return base + "fix:" + team.value; }
  std::vector<redis::Command> commands_to_share(protocol::Picture const& picture) const;
  void add_positions(std::vector<redis::Command>& commands, protocol::Picture const& picture) const;
  void add_removals(std::vector<redis::Command>& commands, std::vector<protocol::TeamId> const& gone) const;
  void heard(std::string const& message) const;
  static asio::awaitable<std::optional<std::vector<protocol::Position>>> all(std::shared_ptr<Work> work);
  static void missed_some(std::shared_ptr<Work> const& work);
  static asio::awaitable<void> catch_up(std::shared_ptr<Work> work);

  std::shared_ptr<redis::Client> client;
  std::shared_ptr<redis::Subscriber> ear;
  std::string base;
  protocol::Duration kept_for;
  std::string sender = redis::new_sender();
  std::function<void(protocol::Picture)> handler;
  engine::TaskGroup tasks;
  engine::Signal rest;
  bool misses_some = false; ///< of the messages since what is kept was asked for
  bool catching_up = false;
  bool stopping = false;
};

std::vector<redis::Command> RedisPositions::Work::commands_to_share(protocol::Picture const& picture) const {
  std::vector<redis::Command> commands;
  if (!picture.positions.empty()) add_positions(commands, picture);
  if (!picture.gone.empty()) add_removals(commands, picture.gone);
  commands.push_back({"PUBLISH", channel(), message_from(sender, picture)});
  return commands;
}

void RedisPositions::Work::add_positions(std::vector<redis::Command>& commands,
                                         protocol::Picture const& picture) const {
  redis::Command places{"GEOADD", base + "positions"};
  for (auto const& position : picture.positions) {
    auto const& point = position.fix.point;
    places.push_back(exact(point.lon.value));
    places.push_back(exact(std::clamp(point.lat.value, -last_latitude, last_latitude)));
    places.push_back(position.team.value);
    commands.push_back(command_to_store(fix_key(position.team), position));
    commands.push_back({"PEXPIRE", fix_key(position.team), std::to_string(kept_for.count())});
  }
  commands.push_back(std::move(places));
  commands.push_back({"PEXPIRE", base + "positions", std::to_string(kept_for.count())});
}

void RedisPositions::Work::add_removals(std::vector<redis::Command>& commands,
                                        std::vector<protocol::TeamId> const& gone) const {
  redis::Command places{"ZREM", base + "positions"}, fixes{"DEL"};
  for (auto const& team : gone) {
    places.push_back(team.value);
    fixes.push_back(fix_key(team));
  }
  commands.push_back(std::move(places));
  commands.push_back(std::move(fixes));
}

void RedisPositions::Work::heard(std::string const& message) const {
  auto const space = std::min(message.find(' '), message.size());
  if (message.compare(0, space, sender) == 0) return;
  auto const json = std::string_view(message).substr(std::min(space + 1, message.size()));
  auto frame = protocol::decode<protocol::ServerFrame>(json, protocol::from_own_store);
  auto* picture = frame ? std::get_if<protocol::Picture>(&*frame) : nullptr;
  if (picture)
    handler(std::move(*picture));
  else
    log::warn("presence", "a message of another process cannot be read: " +
                              (frame ? std::string("not a picture") : frame.error().problem));
}

asio::awaitable<std::optional<std::vector<protocol::Position>>>
RedisPositions::Work::all(std::shared_ptr<Work> work) {
  redis::Command list{"ZRANGE", work->base + "positions", "0", "-1"};
  auto const members = co_await work->client->run(std::move(list));
  if (!members || members->error()) co_return std::nullopt;
  auto const teams = teams_in(*members);
  std::vector<protocol::Position> positions;
  redis::Command clean{"ZREM", work->base + "positions"};
  for (std::size_t first = 0; first < teams.size(); first += teams_at_once) {
    auto const last = std::min(first + teams_at_once, teams.size());
    std::vector<redis::Command> commands;
    for (auto i = first; i < last; ++i) commands.push_back({"HGETALL", work->fix_key(teams[i])});
    auto const fixes = co_await work->client->run_all(std::move(commands));
    if (!fixes || !all_well(*fixes)) co_return std::nullopt;
    for (auto i = first; i < last; ++i) {
      auto position = position_in(teams[i], (*fixes)[i - first]);
      if (position)
        positions.push_back(std::move(*position));
      else
        clean.push_back(teams[i].value);
    }
  }
  if (clean.size() > 2) co_await work->client->run(std::move(clean));
  co_return positions;
}

void RedisPositions::Work::missed_some(std::shared_ptr<Work> const& work) {
  work->misses_some = true;
  if (!std::exchange(work->catching_up, true)) work->tasks.spawn(catch_up(work));
}

/// One at a time: what is missed meanwhile is asked for by the same. The channel may be back before the
/// client is. In a cluster another part may be lost for long: what the service's own part holds is asked for
/// all the same.
asio::awaitable<void> RedisPositions::Work::catch_up(std::shared_ptr<Work> work) {
  engine::AtEnd const over{[&] { work->catching_up = false; }};
  auto pause = first_pause;
  while (work->misses_some && !work->stopping) {
    co_await work->client->until_up(longest_pause);
    work->misses_some = false;
    auto kept = co_await all(work);
    if (kept) {
      if (!kept->empty()) work->handler({{}, std::move(*kept), {}});
      pause = first_pause;
      continue;
    }
    work->misses_some = true;
    co_await work->rest.wait_about(std::exchange(pause, std::min(2 * pause, longest_pause)));
  }
}

RedisPositions::RedisPositions(asio::any_io_executor executor, std::shared_ptr<redis::Client> client,
                               std::shared_ptr<redis::Subscriber> ear, protocol::Service const& service)
    : work_(std::make_shared<Work>(std::move(executor), std::move(client), std::move(ear), service)) {}

RedisPositions::~RedisPositions() = default;

asio::awaitable<bool> RedisPositions::share(protocol::Picture picture) {
  if (picture.positions.empty() && picture.gone.empty()) co_return true;
  auto const work = work_;
  auto commands = work->commands_to_share(picture);
  auto const replies = co_await work->client->run_all(std::move(commands));
  co_return replies&& all_well(*replies);
}

asio::awaitable<std::optional<std::vector<protocol::Position>>> RedisPositions::all() {
  return Work::all(work_);
}

void RedisPositions::on_shared(std::function<void(protocol::Picture)> handler) {
  work_->handler = std::move(handler);
  auto const weak = std::weak_ptr(work_);
  auto const heard = [weak](std::string const& message) {
    if (auto const work = weak.lock()) work->heard(message);
  };
  auto const listens = [weak](bool does) {
    if (auto const work = weak.lock(); work && does) Work::missed_some(work);
  };
  work_->ear->subscribe(work_->channel(), {heard, listens});
}

asio::awaitable<void> RedisPositions::stop() {
  auto const work = work_;
  work->stopping = true;
  work->rest.raise();
  work->ear->unsubscribe(work->channel());
  co_await work->tasks.join();
}

} // namespace vigie::presence
