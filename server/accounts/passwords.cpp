#include "accounts/passwords.hpp"

#include "accounts/tokens.hpp"

#include <asio/co_spawn.hpp>
#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <sodium.h>

#include <array>
#include <deque>
#include <map>
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
  Workshop(Effort wanted, Seats most)
      : effort(wanted), seats(most), of_nobody(argon2id(new_token(), wanted)), pool(most.at_once) {}

  /// How many are here, waiting or worked on.
  struct Count {
    std::size_t all = 0;
    std::size_t strangers = 0;
    std::map<std::string, std::size_t> of; ///< by account, known devices and strangers apart
  };
  class Seat;
  class Shift;
  using Line = std::deque<std::shared_ptr<asio::steady_timer>>;

  /// Waits until one of the threads is free, and takes it.
  asio::awaitable<void> turn(bool known);
  /// Hands a thread on to who waits for one.
  void next();

  Effort effort;
  Seats seats;
  Count count;
  std::size_t working = 0;
  Line known_devices; ///< waiting for a thread, each woken by cancelling its timer
  Line strangers;
  std::string of_nobody; ///< what passwords of unknown accounts are checked against
  asio::thread_pool pool;
};

/// A seat, given back at the end of its scope.
class Passwords::Workshop::Seat {
 public:
  Seat(Workshop& workshop, Asker const& asker)
      : count_(workshop.count), stranger_(!asker.known), who_(asker.account + (stranger_ ? " ?" : "")) {
    auto const& most = workshop.seats;
    if (count_.all >= most.all || (stranger_ && count_.strangers >= most.strangers)) return;
    if (auto const here = count_.of.find(who_); here != count_.of.end() && here->second >= most.per_account)
      return;
    taken_ = true;
    ++count_.all;
    if (stranger_) ++count_.strangers;
    ++count_.of[who_];
  }
  ~Seat() {
    if (!taken_) return;
    --count_.all;
    if (stranger_) --count_.strangers;
    if (auto const here = count_.of.find(who_); --here->second == 0) count_.of.erase(here);
  }
  Seat(Seat const&) = delete;
  Seat& operator=(Seat const&) = delete;
  bool taken() const { return taken_; }

 private:
  Count& count_;
  bool stranger_;
  std::string who_;
  bool taken_ = false;
};

/// Work at one of the threads, which is handed on at the end of its scope.
class Passwords::Workshop::Shift {
 public:
  explicit Shift(Workshop& workshop) : workshop_(workshop) {}
  ~Shift() { workshop_.next(); }
  Shift(Shift const&) = delete;
  Shift& operator=(Shift const&) = delete;

 private:
  Workshop& workshop_;
};

asio::awaitable<void> Passwords::Workshop::turn(bool known) {
  if (working < seats.at_once) {
    ++working;
    co_return;
  }
  auto const executor = co_await asio::this_coro::executor;
  auto const call = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
  (known ? known_devices : strangers).push_back(call);
  asio::error_code called;
  auto token = asio::redirect_error(asio::use_awaitable, called);
  co_await call->async_wait(token);
}

void Passwords::Workshop::next() {
  auto& line = known_devices.empty() ? strangers : known_devices;
  if (line.empty()) {
    --working;
    return;
  }
  line.front()->cancel();
  line.pop_front();
}

Passwords::Passwords(Effort effort, Seats seats) : workshop_(std::make_shared<Workshop>(effort, seats)) {}

Passwords::~Passwords() = default;

asio::awaitable<std::optional<std::string>> Passwords::hash(std::string password, Asker asker) {
  auto const workshop = workshop_;
  Workshop::Seat const seat{*workshop, asker};
  if (!seat.taken()) co_return std::nullopt;
  co_await workshop->turn(asker.known);
  Workshop::Shift const shift{*workshop};
  auto work = [password = std::move(password), effort = workshop->effort] {
    return argon2id(password, effort);
  };
  co_return co_await on_pool(workshop->pool, std::move(work));
}

asio::awaitable<std::optional<bool>> Passwords::fits(std::string stored, std::string password, Asker asker) {
  auto const workshop = workshop_;
  Workshop::Seat const seat{*workshop, asker};
  if (!seat.taken()) co_return std::nullopt;
  co_await workshop->turn(asker.known);
  Workshop::Shift const shift{*workshop};
  bool const of_somebody = !stored.empty();
  if (!of_somebody) stored = workshop->of_nobody;
  auto work = [stored = std::move(stored), password = std::move(password)] {
    return verified(stored, password);
  };
  bool const fitting = co_await on_pool(workshop->pool, std::move(work));
  bool const right = fitting && of_somebody;
  co_return right;
}

} // namespace vigie::accounts
