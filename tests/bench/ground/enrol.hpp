#pragma once

#include "accounts/store.hpp"
#include "protocol/service.hpp"

namespace vigie::bench::ground {

/// Makes a service's accounts, `s007.desk-1` … and `s007.team-1` … for each of its teams, and for each a
/// session whose token is the account's name, so that thousands sign in without thousands of passwords.
/// Throws std::runtime_error when Redis refuses.
asio::awaitable<void> enrol(accounts::Store& store, protocol::Service service, std::size_t desks);

} // namespace vigie::bench::ground
