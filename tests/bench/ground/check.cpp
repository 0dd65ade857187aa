#include "bench/ground/check.hpp"

#include <fstream>
#include <iostream>

namespace vigie::bench::ground {

Answered read_answered(std::string const& file) {
  std::ifstream lines(file);
  Answered answered;
  std::string id;
  for (std::size_t service = 0; lines >> service >> id;) {
    if (answered.size() <= service) answered.resize(service + 1);
    answered[service].insert(id);
  }
  return answered;
}

asio::awaitable<bool> all_once(std::shared_ptr<journal::RedisJournal> journal,
                               std::set<std::string> answered) {
  constexpr std::size_t page = 2000;
  std::set<std::string> recorded;
  for (protocol::Version version = 0;;) {
    auto const commits = co_await journal->read(version, page);
    if (!commits) co_return std::cerr << "a journal cannot be read, or its chain is broken\n", false;
    if (commits->empty()) break;
    version = commits->back().version;
    for (auto const& commit : *commits)
      if (!recorded.insert(commit.command.value).second)
        co_return std::cerr << commit.command.value << " stands twice in the journal\n", false;
  }
  for (auto const& id : answered)
    if (!recorded.contains(id))
      co_return std::cerr << id << " was answered and is not in the journal\n", false;
  co_return true;
}

} // namespace vigie::bench::ground
