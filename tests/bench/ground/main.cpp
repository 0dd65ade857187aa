#include "bench/commands/options.hpp"
#include "bench/ground/check.hpp"
#include "bench/ground/enrol.hpp"
#include "bench/ground/nights.hpp"
#include "engine/task_group.hpp"
#include "runtime/service_file.hpp"

#include <asio/co_spawn.hpp>

#include <iostream>
#include <stdexcept>

using namespace vigie;
using namespace vigie::bench::ground;
using vigie::bench::commands::Options;

namespace {

/// The services of a folder, on a Redis.
struct Ground {
  asio::io_context& io;
  std::shared_ptr<redis::Client> client;
  std::vector<protocol::Service> services;

  std::shared_ptr<journal::RedisJournal> journal_of(protocol::Service const& service) const {
    return std::make_shared<journal::RedisJournal>(io.get_executor(), client, nullptr, service);
  }
};

asio::awaitable<void> prepare(Ground& ground, accounts::Store& store, protocol::Service service,
                              Options options) {
  Scribe scribe{service, ground.journal_of(service)};
  auto const nights = options.whole("nights", 0);
  auto const busy = options.whole("busy", 1);
  auto const desks = options.whole("desks", 1);
  if (nights > 0)
    co_await write_nights(scribe, nights);
  else
    co_await write_tonight(scribe, busy);
  co_await enrol(store, std::move(service), desks);
}

asio::awaitable<int> prepare_all(Ground& ground, Options options) {
  accounts::Store store{*ground.client};
  std::size_t done = 0;
  engine::TaskGroup tasks{ground.io.get_executor(), "bench"};
  auto const one = [&](protocol::Service service) -> asio::awaitable<void> {
    co_await prepare(ground, store, std::move(service), options);
    ++done;
  };
  for (auto const& service : ground.services) tasks.spawn(one(service));
  co_await tasks.join();
  co_return done == ground.services.size() ? 0 : 1;
}

asio::awaitable<int> run(Ground& ground, std::string verb, Options options) {
  bool const up = co_await ground.client->until_up(std::chrono::seconds{10});
  if (!up) throw std::runtime_error("Redis does not answer");
  if (verb == "prepare") co_return co_await prepare_all(ground, std::move(options));
  auto answered = read_answered(options.text("answered"));
  answered.resize(ground.services.size());
  bool all_there = true;
  for (std::size_t i = 0; i < ground.services.size(); ++i) {
    auto journal = ground.journal_of(ground.services[i]);
    auto wanted = answered[i];
    bool const there = co_await all_once(std::move(journal), std::move(wanted));
    all_there = all_there && there;
  }
  co_return all_there ? 0 : 1;
}

int with_ground(std::string const& verb, Options const& options) {
  asio::io_context io{1};
  auto address = redis::parse_address(options.text("redis"));
  auto services = runtime::read_services(options.text("services"));
  if (!address || !services) throw std::runtime_error("redis=… and services=… are wanted");
  Ground ground{io, std::make_shared<redis::Client>(io.get_executor(), *address), *services};
  ground.client->start();
  int code = 1;
  auto const go = [&]() -> asio::awaitable<void> {
    code = co_await run(ground, verb, options);
    co_await ground.client->stop();
  };
  asio::co_spawn(io, go(), [](std::exception_ptr const& failure) {
    if (failure) std::rethrow_exception(failure);
  });
  io.run();
  return code;
}

} // namespace

int main(int count, char** words) {
  try {
    std::string const verb = count > 1 ? words[1] : "";
    if (verb != "prepare" && verb != "check")
      throw std::runtime_error("vigie_bench_ground prepare|check name=value …");
    return with_ground(verb, Options{count, words});
  } catch (std::exception const& failure) {
    std::cerr << "vigie_bench_ground: " << failure.what() << '\n';
    return 1;
  }
}
