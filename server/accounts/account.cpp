#include "accounts/account.hpp"

#include <array>
#include <utility>

namespace vigie::accounts {
namespace {

using protocol::Role;

constexpr std::array<std::pair<Role, std::string_view>, 4> roles{
    {{Role::hotline_operator, "hotline_operator"},
     {Role::dispatcher, "dispatcher"},
     {Role::coordinator, "coordinator"},
     {Role::team, "team"}}};

} // namespace

std::string_view role_name(Role role) {
  for (auto const& [known, name] : roles)
    if (known == role) return name;
  return {};
}

std::optional<Role> role_named(std::string_view name) {
  for (auto const& [role, known] : roles)
    if (known == name) return role;
  return std::nullopt;
}

} // namespace vigie::accounts
