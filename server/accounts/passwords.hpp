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

/// Hashes and checks passwords with Argon2id on threads of its own, so that the loop goes on meanwhile.
class Passwords {
 public:
  static constexpr std::size_t shortest = 10; ///< bytes

  /// `at_once` passwords are worked on at a time; beyond `most_waiting` the answer is none.
  explicit Passwords(Effort effort = {}, std::size_t at_once = 2, std::size_t most_waiting = 32);
  ~Passwords();

  /// What is stored of a password; none when too many wait.
  asio::awaitable<std::optional<std::string>> hash(std::string password);

  /// Whether `stored` is of this password; none when too many wait. An empty `stored`, that of an unknown
  /// account, costs the same and never fits.
  asio::awaitable<std::optional<bool>> fits(std::string stored, std::string password);

 private:
  struct Workshop;
  std::shared_ptr<Workshop> workshop_;
};

} // namespace vigie::accounts
