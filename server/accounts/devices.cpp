#include "accounts/devices.hpp"

#include "accounts/tokens.hpp"
#include "runtime/digest.hpp"

namespace vigie::accounts {
namespace {

constexpr std::size_t name_digits = 32;

/// The device's name, followed by a seal that needs the stored password.
std::string sealed(Stored const& account, std::string const& name) {
  auto const key = digest_of(account.password);
  return name + runtime::digest(name + account.generation + ' ' + account.account.name.value, key);
}

} // namespace

std::string new_device(Stored const& account) {
  return sealed(account, runtime::hex(runtime::random_bytes(name_digits / 2)));
}

// Digests are compared, so that the time it takes tells nothing of the seal.
bool is_known_device(Stored const& account, std::string const& device) {
  if (device.size() <= name_digits) return false;
  return digest_of(sealed(account, device.substr(0, name_digits))) == digest_of(device);
}

} // namespace vigie::accounts
