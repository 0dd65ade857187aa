#include "verbs/once.hpp"

#include <asio/co_spawn.hpp>

#include <iostream>

namespace vigie::verbs {

int run_once(Ground const& ground, Errand const& errand) {
  asio::io_context io{1};
  auto stores = open_journal(io, ground.settings);
  if (!stores) {
    std::cerr << "vigie-server: " << stores.error() << '\n';
    return 1;
  }
  int code = 1;
  auto const go = [&]() -> asio::awaitable<void> {
    bool const up = co_await stores->journal->client()->until_up(std::chrono::seconds{10});
    if (up)
      code = co_await errand(io, *stores);
    else
      std::cerr << "vigie-server: the journal's Redis does not answer at " << stores->journal->name() << '\n';
    co_await stores->journal->stop();
  };
  asio::co_spawn(io, go(), [](std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
  });
  io.run();
  return code;
}

int run_where_a_journal_is(Ground const& ground, Errand const& errand) {
  auto const& data = ground.settings.folders.data;
  std::error_code trouble;
  if (!ground.settings.redis.embedded() || std::filesystem::exists(data / "journal", trouble))
    return run_once(ground, errand);
  std::cerr << "vigie-server: There is no journal in " << data.string()
            << (trouble ? ": " + trouble.message() : "") << ". Name the data folder with --data-dir.\n";
  return 1;
}

} // namespace vigie::verbs
