#include "journal/redis_journal.hpp"
#include "journal/verify.hpp"
#include "reports/log.hpp"
#include "verbs/once.hpp"

#include <iostream>

namespace vigie::verbs {

int verify_journal(Ground const& ground, std::string const& name) {
  auto const service = ground.service(name);
  if (!service) return std::cerr << "vigie-server: " << service.error() << '\n', 2;
  return run_once(ground, [&](asio::io_context&, Stores& stores) -> asio::awaitable<int> {
    auto const verdict = co_await journal::verify(stores.journal->client(), service->id);
    if (!verdict) co_return std::cerr << "vigie-server: " << verdict.error().detail << '\n', 1;
    if (verdict->whole())
      std::cout << "The journal of " << name << " is whole: " << verdict->commits
                << " commits, the last one's hash is " << verdict->last_hash << '\n';
    else
      std::cout << "The journal of " << name << " is not whole from commit " << verdict->first_bad
                << " on: " << verdict->problem << '\n';
    co_return verdict->whole() ? 0 : 3;
  });
}

int print_log(Ground const& ground, LogOptions const& options) {
  auto const service = ground.service(options.service);
  if (!service) return std::cerr << "vigie-server: " << service.error() << '\n', 2;
  reports::LogOptions asked;
  if (!options.night.empty()) asked.night = protocol::NightDate{options.night};
  asked.language = options.language == "en" ? reports::Language::en : reports::Language::fr;
  asked.format = options.json ? reports::Format::json : reports::Format::lines;
  return run_once(ground, [&](asio::io_context& io, Stores& stores) -> asio::awaitable<int> {
    auto journal = std::make_shared<journal::RedisJournal>(io.get_executor(), stores.journal->client(),
                                                           stores.journal->address(), *service);
    auto const printed = co_await reports::print_log(std::move(journal), *service, asked, std::cout);
    if (!printed) std::cerr << "vigie-server: " << printed.error() << '\n';
    co_return printed ? 0 : 1;
  });
}

} // namespace vigie::verbs
