#pragma once

#include <asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace vigie::accounts {

/// How much work one password costs, ours and an attacker's.
struct Effort {
  std::uint64_t passes = 3;
  std::size_t memory = 64 * 1024 * 1024; ///< bytes
};

/// Who waits for a password to be checked.
struct Asker {
  std::string account;
  bool known; ///< at a device where somebody signed in to this account before
};

/// How many passwords may be worked on and wait.
struct Seats {
  std::size_t at_once = 2;     ///< worked on at a time
  std::size_t all = 32;        ///< worked on or waiting; beyond, the answer is none
  std::size_t strangers = 24;  ///< of them at most for unknown devices
  std::size_t per_account = 2; ///< of one account, at known devices, and as many at unknown ones
};

/// Hashes and checks passwords with Argon2id on threads of its own, so that the loop goes on meanwhile. Known
/// devices are served before strangers.
class Passwords {
 public:
  static constexpr std::size_t shortest = 10; ///< bytes

  explicit Passwords(Effort effort = {}, Seats seats = {});
  ~Passwords();

  /// What is stored of a password; none when too many wait.
  asio::awaitable<std::optional<std::string>> hash(std::string password, Asker asker);

  /// Whether `stored` is of this password; none when too many wait. An empty `stored`, that of an unknown
  /// account, costs the same and never fits.
  asio::awaitable<std::optional<bool>> fits(std::string stored, std::string password, Asker asker);

 private:
  struct Workshop;
  std::shared_ptr<Workshop> workshop_;
};

} // namespace vigie::accounts
