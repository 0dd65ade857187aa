#include "verbs/stores.hpp"

#include "redis/backoff.hpp"
#include "runtime/log.hpp"
#include "runtime/redis_ping.hpp"

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include <random>

namespace vigie::verbs {

using namespace std::chrono_literals;
using runtime::EmbeddedRedis;
using runtime::RedisDuty;

namespace {

constexpr redis::Backoff::Bounds restarts{200ms, 5s};
constexpr auto lives_well = 10s;
constexpr std::size_t lanes = 5;
/// Where another Redis took over, others wait for what this process holds (decisions/0005): it tries to
/// connect more often than a client would by itself.
constexpr redis::Backoff::Bounds tried_again{100ms, 500ms};
constexpr redis::KeepAlive keeping{.connection = {}, .backoff = tried_again};
/// Who comes back after a cut is looked up with all others: that many at once wake Redis once, not each.
constexpr redis::KeepAlive gathering{.connection = {.gather = 1ms}, .backoff = tried_again};

/// Not written out as an address, in which a ? of the folder's name would begin an option.
redis::Site at_socket(std::filesystem::path const& socket) {
  redis::Address address;
  address.unix_socket = socket;
  return address;
}

} // namespace

Store::Store(asio::io_context& io, redis::Site const& site) : io_(io), name_(site.name()), rest_(io) {
  lanes_.push_back(std::make_shared<redis::Client>(io.get_executor(), site, gathering));
  while (lanes_.size() < lanes)
    lanes_.push_back(std::make_shared<redis::Client>(io.get_executor(), site, keeping));
  client()->on_change([name = name_](bool up, std::string const& why) {
    if (up)
      log::info("redis", name + " answers");
    else
      log::warn("redis", name + " is away: " + why);
  });
  for (auto const& lane : lanes_) lane->start();
  ear_ = std::make_shared<redis::Subscriber>(io.get_executor(), client()->listening_post(), keeping);
  ear_->start();
}

std::shared_ptr<redis::Client> const& Store::lane(std::string const& name) const {
  return lanes_[1 + std::hash<std::string>{}(name) % (lanes_.size() - 1)];
}

Result<std::unique_ptr<Store>, std::string> Store::at(asio::io_context& io, std::string const& url) {
  auto const site = redis::parse_site(url);
  if (!site) return Failure<std::string>{site.error()};
  return std::unique_ptr<Store>{new Store{io, *site}};
}

std::unique_ptr<Store> Store::shared(asio::io_context& io, std::filesystem::path const& socket) {
  return std::unique_ptr<Store>{new Store{io, at_socket(socket)}};
}

std::unique_ptr<Store> Store::own(asio::io_context& io, EmbeddedRedis redis) {
  auto store = shared(io, redis.socket());
  store->embedded_ = std::move(redis);
  return store;
}

asio::awaitable<bool> Store::until_up(std::chrono::milliseconds at_most) {
  for (auto const& lane : lanes_) {
    bool const up = co_await lane->until_up(at_most);
    if (!up) co_return false;
  }
  co_return true;
}

asio::awaitable<void> Store::watch() {
  redis::Backoff backoff{restarts, std::random_device{}()};
  while (embedded_ && !stopping_) {
    auto const began = std::chrono::steady_clock::now();
    co_await until_ended();
    if (stopping_) co_return;
    log::error("redis", name_ + " ended; starting it again");
    for (auto const& line : embedded_->last_words()) log::error("redis", name_ + " said: " + line);
    if (std::chrono::steady_clock::now() - began > lives_well) backoff.reset();
    for (bool started = false; !started && !stopping_;) started = co_await start_after(backoff.next());
  }
}

asio::awaitable<void> Store::until_ended() {
  asio::error_code failed;
  ended_.emplace(io_, embedded_->watch());
  co_await ended_->async_wait(asio::posix::stream_descriptor::wait_read,
                              asio::redirect_error(asio::use_awaitable, failed));
}

asio::awaitable<bool> Store::start_after(std::chrono::milliseconds pause) {
  asio::error_code cancelled;
  rest_.expires_after(pause);
  co_await rest_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  if (stopping_) co_return false;
  auto const started = embedded_->start_again();
  if (!started) log::error("redis", name_ + " cannot be started again: " + started.error());
  co_return started.has_value();
}

asio::awaitable<void> Store::stop() {
  stopping_ = true;
  if (ended_) ended_->close();
  rest_.cancel();
  client()->on_change({});
  co_await ear_->stop();
  for (auto const& lane : lanes_) co_await lane->stop();
  if (embedded_) embedded_->stop();
}

namespace {

Result<std::unique_ptr<Store>, std::string> embedded(asio::io_context& io, runtime::Settings const& settings,
                                                     RedisDuty duty) {
  auto redis = EmbeddedRedis::start(settings.folders.data, duty);
  if (!redis) return Failure<std::string>{redis.error()};
  return Store::own(io, std::move(*redis));
}

Result<Stores, std::string> named(asio::io_context& io, runtime::RedisSettings const& urls) {
  auto journal = Store::at(io, urls.journal_url);
  if (!journal) return Failure<std::string>{"redis.journal_url: " + journal.error()};
  if (urls.presence_url.empty()) return Stores{std::move(*journal), nullptr};
  auto presence = Store::at(io, urls.presence_url);
  if (!presence) return Failure<std::string>{"redis.presence_url: " + presence.error()};
  return Stores{std::move(*journal), std::move(*presence)};
}

} // namespace

Result<Stores, std::string> open_stores(asio::io_context& io, runtime::Settings const& settings) {
  if (!settings.redis.embedded()) return named(io, settings.redis);
  auto journal = embedded(io, settings, RedisDuty::journal);
  if (!journal) return Failure<std::string>{journal.error()};
  auto presence = embedded(io, settings, RedisDuty::presence);
  if (!presence) return Failure<std::string>{presence.error()};
  return Stores{std::move(*journal), std::move(*presence)};
}

Result<Stores, std::string> open_journal(asio::io_context& io, runtime::Settings const& settings) {
  auto urls = settings.redis;
  urls.presence_url.clear();
  if (!urls.embedded()) return named(io, urls);
  auto const socket = EmbeddedRedis::socket_in(settings.folders.data, RedisDuty::journal);
  if (runtime::redis_answers(socket)) return Stores{Store::shared(io, socket), nullptr};
  auto journal = embedded(io, settings, RedisDuty::journal);
  if (!journal) return Failure<std::string>{journal.error()};
  return Stores{std::move(*journal), nullptr};
}

} // namespace vigie::verbs
