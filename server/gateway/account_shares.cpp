#include "gateway/account_shares.hpp"

namespace vigie::gateway {
namespace {

constexpr std::size_t most_accounts = 100'000;

/// All screens of an account may come again twice at once, and once in ten seconds.
accounts::Rate hellos_of(std::size_t screens) {
  return {2.0 * static_cast<double>(screens), std::chrono::microseconds{10'000'000 / screens}};
}

} // namespace

AccountShares::AccountShares(Options const& options)
    : commands(options.caps.commands, most_accounts), fixes(options.caps.fixes, most_accounts),
      hellos(hellos_of(options.screens_per_account), most_accounts),
      most_screens_(options.screens_per_account) {}

std::unique_ptr<AccountShares::Screen> AccountShares::screen(std::string const& account) {
  if (auto const open = screens_->find(account); open != screens_->end() && open->second >= most_screens_)
    return nullptr;
  return std::make_unique<Screen>(screens_, account);
}

AccountShares::Screen::Screen(std::shared_ptr<Counts> counts, std::string account)
    : counts_(std::move(counts)), account_(std::move(account)) {
  ++(*counts_)[account_];
}

AccountShares::Screen::~Screen() {
  if (auto const open = counts_->find(account_); --open->second == 0) counts_->erase(open);
}

} // namespace vigie::gateway
