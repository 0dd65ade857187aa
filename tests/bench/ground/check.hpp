#pragma once

#include "journal/redis_journal.hpp"

#include <set>

namespace vigie::bench::ground {

/// Of each service the ids of the commands that were answered as accepted.
using Answered = std::vector<std::set<std::string>>;

/// Reads lines `0 b17-4`: the service's number and the command. Throws std::runtime_error on others.
Answered read_answered(std::string const& file);

/// Whether each of these commands stands in the journal once, and the chain holds; says what does not.
asio::awaitable<bool> all_once(std::shared_ptr<journal::RedisJournal> journal,
                               std::set<std::string> answered);

} // namespace vigie::bench::ground
