#include "journal/redis_journal.hpp"
#include "journal/verify.hpp"
#include "reports/log.hpp"
#include "verbs/once.hpp"

#include <algorithm>
#include <iostream>

namespace vigie::verbs {

namespace {

constexpr int not_whole = 3;

/// Tells whether the journal of one service is whole; the exit code.
asio::awaitable<int> verify_one(Stores& stores, protocol::ServiceId service) {
  auto const verdict = co_await journal::verify(stores.journal->client(), service);
  if (!verdict) co_return std::cerr << "vigie-server: " << verdict.error().detail << '\n', 1;
  if (verdict->whole())
    std::cout << "The journal of " << service.value << " is whole: " << verdict->commits
              << " commits, the last one's hash is " << verdict->last_hash << '\n';
  else
    std::cout << "The journal of " << service.value << " is not whole from commit " << verdict->first_bad
              << " on: " << verdict->problem << '\n';
  if (!verdict->snapshot_problem.empty())
    std::cout << verdict->snapshot_problem << " Servers do without it once vigie:{" << service.value
              << "}:snapshot is deleted.\n";
  co_return verdict->whole() && verdict->snapshot_problem.empty() ? 0 : not_whole;
}

} // namespace

int verify_journal(Ground const& ground, std::string const& name) {
  auto services = ground.services;
  if (!name.empty()) {
    auto service = ground.service(name);
    if (!service) return std::cerr << "vigie-server: " << service.error() << '\n', 2;
    services = {std::move(*service)};
  }
  return run_where_a_journal_is(ground, [&](asio::io_context&, Stores& stores) -> asio::awaitable<int> {
    int worst = 0;
    for (auto const& service : services) {
      auto const code = co_await verify_one(stores, service.id);
      worst = std::max(worst, code);
    }
    co_return worst;
  });
}

int print_log(Ground const& ground, LogOptions const& options) {
  auto const service = ground.service(options.service);
  if (!service) return std::cerr << "vigie-server: " << service.error() << '\n', 2;
  reports::LogOptions asked;
  if (!options.night.empty()) asked.night = protocol::NightDate{options.night};
  asked.language = options.language == "en" ? reports::Language::en : reports::Language::fr;
  asked.format = options.json ? reports::Format::json : reports::Format::lines;
  return run_where_a_journal_is(ground, [&](asio::io_context& io, Stores& stores) -> asio::awaitable<int> {
    auto journal = std::make_shared<journal::RedisJournal>(io.get_executor(), stores.journal->client(),
                                                           nullptr, *service);
    auto const printed = co_await reports::print_log(std::move(journal), *service, asked, std::cout);
    if (!printed) std::cerr << "vigie-server: " << printed.error() << '\n';
    co_return printed ? 0 : 1;
  });
}

} // namespace vigie::verbs
