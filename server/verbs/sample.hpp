#pragma once

#include "accounts/accounts.hpp"
#include "engine/engine.hpp"
#include "protocol/samples.hpp"

#include <filesystem>

/// What a newcomer is given: accounts, keys, and a night that is open.
namespace vigie::verbs {

/// At the first start makes accounts and keys for the service and writes `accounts.json`; later reads back
/// what of it there still is, with the present origin. The error says what to do.
asio::awaitable<Result<protocol::SampleAccess, std::string>> sample_access(accounts::Accounts& accounts,
                                                                           protocol::Service service,
                                                                           std::filesystem::path data,
                                                                           std::string origin);

/// Opens an exceptional night where none is open.
asio::awaitable<void> open_sample_night(engine::Engine& engine);

/// For people: the address and the accounts.
std::string welcome_text(protocol::Service const& service, protocol::SampleAccess const& access);

} // namespace vigie::verbs
