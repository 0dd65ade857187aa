#pragma once

#include "protocol/entities.hpp"

/// The file `accounts.json` that a sample service's first start leaves in its data folder, readable by its
/// owner alone: how a newcomer, or `scripts/night`, gets in.
namespace vigie::protocol {

struct SampleAccount {
  AccountId account;
  Role role{};
  std::optional<TeamId> team;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(SampleAccount, (), (account, role, team, password))

struct SampleAccess {
  std::string origin; ///< where the console is
  std::vector<SampleAccount> accounts;
  std::string telephone_key; ///< API key for `POST /api/v1/calls/events`
  std::string metrics_key;   ///< API key for `/metrics`
};
BOOST_DESCRIBE_STRUCT(SampleAccess, (), (origin, accounts, telephone_key, metrics_key))

} // namespace vigie::protocol
