#include "bench/ground/enrol.hpp"

#include "accounts/tokens.hpp"

#include <stdexcept>

namespace vigie::bench::ground {

using protocol::Role;
using namespace std::chrono_literals;

namespace {

constexpr auto session_length = 12h;

asio::awaitable<void> enrol_one(accounts::Store& store, accounts::Account account) {
  auto const name = account.name;
  std::string nothing_opens_this = "none";
  auto const added = co_await store.add(std::move(account), std::move(nothing_opens_this));
  auto const stored = co_await store.account(name);
  if (!added || !stored || !*stored) throw std::runtime_error("no account could be made for " + name.value);
  auto const opened = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  accounts::StoredSession session{name, (*stored)->generation, opened};
  auto digest = accounts::digest_of(name.value);
  auto const kept = co_await store.put_session(std::move(digest), std::move(session), session_length);
  if (!kept) throw std::runtime_error("no session could be opened for " + name.value);
}

} // namespace

asio::awaitable<void> enrol(accounts::Store& store, protocol::Service service, std::size_t desks) {
  for (std::size_t i = 1; i <= desks; ++i) {
    accounts::Account desk{
        {service.id.value + ".desk-" + std::to_string(i)}, Role::dispatcher, service.id, {}, {}};
    co_await enrol_one(store, std::move(desk));
  }
  for (auto const& post : service.teams) {
    accounts::Account team{{service.id.value + "." + post.id.value}, Role::team, service.id, post.id, {}};
    co_await enrol_one(store, std::move(team));
  }
}

} // namespace vigie::bench::ground
