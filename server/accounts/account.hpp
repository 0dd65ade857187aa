#pragma once

#include "protocol/entities.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace vigie::accounts {

/// Somebody who may sign in: one service, one role, and a team where it is a handset.
struct Account {
  protocol::AccountId name;
  protocol::Role role{};
  protocol::ServiceId service;
  std::optional<protocol::TeamId> team;
  std::optional<std::string> language; ///< `fr` or `en`; the screen's own choice without it
  bool operator==(Account const&) const = default;

  /// As commands name it.
  protocol::Actor actor() const { return {name, role, team}; }
};

/// The name of a role that a person or a handset may have, as it is stored: `dispatcher`; empty for the roles
/// of machines.
std::string_view role_name(protocol::Role role);
/// The role of that name, none where no person has such a role.
std::optional<protocol::Role> role_named(std::string_view name);

/// What an API key opens.
enum class Purpose { telephony, metrics };

struct ApiKey {
  Purpose purpose{};
  protocol::ServiceId service; ///< empty for metrics, which belong to the process
  std::string label;           ///< what the administrator calls it
};

/// A key that was made. Its digest names it and opens nothing.
struct KnownKey {
  std::string digest;
  ApiKey key;
};

/// Why nothing was done.
enum class Trouble {
  unknown,       ///< there is no such account or key
  exists,        ///< there is one of that name already
  weak_password, ///< shorter than Passwords::shortest
  bad_account,   ///< a name that is no identifier, a machine's role, or a handset without team
  overloaded,    ///< too many passwords are being worked on
  unavailable    ///< Redis cannot be reached, or refused
};

} // namespace vigie::accounts
