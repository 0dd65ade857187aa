#pragma once

#include "gateway/options.hpp"

#include <map>
#include <memory>

namespace vigie::gateway {

/// What the conversations of one account have between them, however many they are: otherwise who opens forty
/// could do forty times as much.
class AccountShares {
 public:
  explicit AccountShares(Options const& options);

  /// How often an account may send commands, say where it is, and begin a conversation. @{
  accounts::TokenBuckets commands;
  accounts::TokenBuckets fixes;
  accounts::TokenBuckets hellos;
  /// @}

  class Screen;
  /// A place for one more screen of the account for as long as it is held; null where there is none.
  std::unique_ptr<Screen> screen(std::string const& account);

 private:
  using Counts = std::map<std::string, std::size_t>;

  std::size_t most_screens_;
  std::shared_ptr<Counts> screens_ = std::make_shared<Counts>();
};

class AccountShares::Screen {
 public:
  Screen(std::shared_ptr<Counts> counts, std::string account);
  ~Screen();
  Screen(Screen const&) = delete;
  Screen& operator=(Screen const&) = delete;

 private:
  std::shared_ptr<Counts> counts_;
  std::string account_;
};

} // namespace vigie::gateway
