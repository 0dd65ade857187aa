#include "verbs/service_room.hpp"

#include "places/place_file.hpp"
#include "verbs/quarters.hpp"

namespace vigie::verbs {

namespace {

class WallClock final : public engine::Clock {
 public:
  protocol::Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

std::string joined(places::PlaceProblems const& problems) {
  std::string text;
  for (auto const& problem : problems) text += problem + "\n";
  return text;
}

/// How long a quiet journal is waited for before it is looked at again.
constexpr auto patience = std::chrono::seconds(3);

journal::Replicas replicas_from(runtime::Settings const& settings) {
  return {settings.redis.replicas_to_wait_for, settings.redis.wait_at_most};
}

engine::Limits limits_from(runtime::Settings const& settings) {
  engine::Limits limits;
  limits.waiting_commands = settings.limits.commands_waiting;
  limits.answer_within = settings.timing.command_answer;
  return limits;
}

} // namespace

ServiceRoom::ServiceRoom(asio::io_context& io, Stores const& stores, runtime::Settings const& settings,
                         protocol::Service const& service, places::PlaceIndex places, std::string quarters)
    : places_(std::move(places)), quarters_(std::move(quarters)),
      engine_(io.get_executor(), service,
              std::make_shared<journal::RedisJournal>(
                  io.get_executor(), stores.journal->lane(service.id.value), stores.journal->ear(), service,
                  patience, replicas_from(settings)),
              std::make_shared<WallClock>(), limits_from(settings)),
      positions_(std::make_shared<presence::RedisPositions>(io.get_executor(), stores.for_presence().client(),
                                                            stores.for_presence().ear(), service)),
      picture_(io.get_executor(), engine_, positions_, settings.timing.picture_tick) {}

Result<std::unique_ptr<ServiceRoom>, std::string> ServiceRoom::furnish(asio::io_context& io,
                                                                       Stores const& stores,
                                                                       runtime::Settings const& settings,
                                                                       protocol::Service const& service) {
  auto places = places::read_places(settings.folders.places / (service.id.value + ".csv"), service.quarters);
  if (!places) return Failure<std::string>{joined(places.error())};
  auto quarters = read_quarters(settings.folders, service.id);
  if (!quarters) return Failure<std::string>{quarters.error()};
  return std::unique_ptr<ServiceRoom>{new ServiceRoom{
      io, stores, settings, service, places::PlaceIndex{std::move(*places)}, std::move(*quarters)}};
}

asio::awaitable<void> ServiceRoom::open(gateway::Front& front) {
  bool const started = co_await engine_.start();
  if (!started) co_return;
  co_await picture_.start();
  front.open({engine_, picture_,
              [this](std::string const& words, std::size_t limit) { return places_.search(words, limit); },
              [this](protocol::PlaceId const& id) { return places_.find(id); }, quarters_});
  open_ = true;
}

asio::awaitable<void> ServiceRoom::stop() {
  co_await picture_.stop();
  co_await positions_->stop();
  co_await engine_.stop();
}

} // namespace vigie::verbs
