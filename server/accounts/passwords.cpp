#include "accounts/passwords.hpp"

#include "accounts/tokens.hpp"

#include <asio/co_spawn.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <sodium.h>

#include <array>
#include <stdexcept>

namespace vigie::accounts {
namespace {

// Throws when the memory cannot be had; the caller's request ends with an error, nothing else.
std::string argon2id(std::string const& password, Effort const& effort) {
  std::array<char, crypto_pwhash_STRBYTES> stored{};
  if (crypto_pwhash_str(stored.data(), password.data(), password.size(), effort.passes, effort.memory) != 0)
    throw std::runtime_error("No memory to hash a password");
  return stored.data();
}

bool verified(std::string const& stored, std::string const& password) {
  return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

/// Runs slow work on the pool and comes back to the caller's own thread with what it gave.
template <class Work> auto on_pool(asio::thread_pool& pool, Work work) -> asio::awaitable<decltype(work())> {
  auto run = [](Work inner) -> asio::awaitable<decltype(work())> { co_return inner(); };
  auto const executor = pool.get_executor();
  auto task = run(std::move(work));
  co_return co_await asio::co_spawn(executor, std::move(task), asio::use_awaitable);
}

} // namespace

struct Passwords::Workshop {
  Workshop(Effort wanted, std::size_t at_once, std::size_t most)
      : effort(wanted), most_waiting(most), of_nobody(argon2id(new_token(), wanted)), pool(at_once) {}

  /// One seat of the queue, given back at the end of its scope.
  struct Seat {
    explicit Seat(Workshop& workshop) : house(workshop), taken(workshop.waiting < workshop.most_waiting) {
      if (taken) ++house.waiting;
    }
    ~Seat() {
      if (taken) --house.waiting;
    }
    Seat(Seat const&) = delete;
    Seat& operator=(Seat const&) = delete;
    Workshop& house;
    bool taken;
  };

  Effort effort;
  std::size_t most_waiting;
  std::size_t waiting = 0;
  std::string of_nobody; ///< what passwords of unknown accounts are checked against
  asio::thread_pool pool;
};

Passwords::Passwords(Effort effort, std::size_t at_once, std::size_t most_waiting)
    : workshop_(std::make_shared<Workshop>(effort, at_once, most_waiting)) {}

Passwords::~Passwords() = default;

asio::awaitable<std::optional<std::string>> Passwords::hash(std::string password) {
  auto const workshop = workshop_;
  Workshop::Seat const seat{*workshop};
  if (!seat.taken) co_return std::nullopt;
  auto work = [password = std::move(password), effort = workshop->effort] {
    return argon2id(password, effort);
  };
  co_return co_await on_pool(workshop->pool, std::move(work));
}

asio::awaitable<std::optional<bool>> Passwords::fits(std::string stored, std::string password) {
  auto const workshop = workshop_;
  Workshop::Seat const seat{*workshop};
  if (!seat.taken) co_return std::nullopt;
  bool const known = !stored.empty();
  if (!known) stored = workshop->of_nobody;
  auto work = [stored = std::move(stored), password = std::move(password)] {
    return verified(stored, password);
  };
  bool const right = co_await on_pool(workshop->pool, std::move(work));
  co_return known&& right;
}

} // namespace vigie::accounts
