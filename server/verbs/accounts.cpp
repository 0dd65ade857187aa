#include "accounts/accounts.hpp"

#include "accounts/tokens.hpp"
#include "verbs/once.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

namespace vigie::verbs {

namespace {

std::string_view sentence(accounts::Trouble trouble) {
  using accounts::Trouble;
  switch (trouble) {
  case Trouble::unknown: return "There is no such account or key.";
  case Trouble::exists: return "There is an account of that name already.";
  case Trouble::weak_password: return "The password is too short.";
  case Trouble::bad_account:
    return "A name has 1 to 64 of a-z A-Z 0-9 . _ : - and no accents; a role is hotline_operator, "
           "dispatcher, "
           "coordinator or team; an account of a team names its --team, another none.";
  case Trouble::overloaded: return "Too much at once; try again.";
  case Trouble::unavailable: return "Redis cannot be reached.";
  }
  return "";
}

int complain(accounts::Trouble trouble) {
  std::cerr << "vigie-server: " << sentence(trouble) << '\n';
  return 1;
}

protocol::Instant wall_clock() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

using AccountErrand = std::function<asio::awaitable<int>(accounts::Accounts&)>;

int with_accounts(Ground const& ground, AccountErrand const& errand, decltype(run_once)& run) {
  return run(ground, [&](asio::io_context&, Stores& stores) -> asio::awaitable<int> {
    accounts::Accounts accounts{*stores.journal->client(), {}, wall_clock};
    co_return co_await errand(accounts);
  });
}

/// The first account of all may be made before the first start.
int making(Ground const& ground, AccountErrand const& errand) {
  return with_accounts(ground, errand, run_once);
}

int among_those_there_are(Ground const& ground, AccountErrand const& errand) {
  return with_accounts(ground, errand, run_where_a_journal_is);
}

std::string const& id_of(protocol::TeamPost const& team) { return team.id.value; }

std::string unknown_team(protocol::Service const& service, std::string const& team) {
  std::string known;
  for (auto const& post : service.teams) known += " " + post.id.value;
  return service.id.value + " has no team " + team + "; there are:" + known;
}

/// What a key is called in the list: enough of its digest to tell it from the others.
std::string number_of(accounts::KnownKey const& known) { return known.digest.substr(0, 12); }

std::string line_of(accounts::KnownKey const& known) {
  std::ostringstream line;
  line << std::left << std::setw(14) << number_of(known) << std::setw(11)
       << (known.key.purpose == accounts::Purpose::metrics ? "metrics" : "telephony") << std::setw(16)
       << known.key.service.value << known.key.label << '\n';
  return line.str();
}

int complain_of_several(std::string const& label, std::vector<accounts::KnownKey> const& keys) {
  std::cerr << "vigie-server: Several keys are labelled \"" << label
            << "\". Name one by its number, in front:\n";
  for (auto const& known : keys) std::cerr << line_of(known);
  return 1;
}

} // namespace

int add_account(Ground const& ground, AccountOptions const& options) {
  auto const role = accounts::role_named(options.role);
  auto const service = ground.service(options.service);
  if (!role) return complain(accounts::Trouble::bad_account);
  if (!service) return std::cerr << "vigie-server: " << service.error() << '\n', 2;
  if (!options.team.empty() && std::ranges::find(service->teams, options.team, id_of) == service->teams.end())
    return std::cerr << "vigie-server: " << unknown_team(*service, options.team) << '\n', 2;
  return making(ground, [&](accounts::Accounts& accounts) -> asio::awaitable<int> {
    accounts::Account account{{options.name}, *role, service->id, std::nullopt, std::nullopt};
    if (!options.team.empty()) account.team = protocol::TeamId{options.team};
    auto const password = accounts::new_readable_password();
    auto const added = co_await accounts.add(std::move(account), password);
    if (!added) co_return complain(added.error());
    std::cout << options.name << "  " << password << "\nThe password is shown this once.\n";
    co_return 0;
  });
}

int list_accounts(Ground const& ground) {
  return among_those_there_are(ground, [](accounts::Accounts& accounts) -> asio::awaitable<int> {
    auto const listed = co_await accounts.list();
    if (!listed) co_return complain(listed.error());
    for (auto const& account : *listed)
      std::cout << std::left << std::setw(28) << account.name.value << std::setw(18)
                << accounts::role_name(account.role) << std::setw(16) << account.service.value
                << (account.team ? account.team->value : "") << '\n';
    co_return 0;
  });
}

int reset_password(Ground const& ground, std::string const& name) {
  return among_those_there_are(ground, [&](accounts::Accounts& accounts) -> asio::awaitable<int> {
    auto const password = accounts::new_readable_password();
    protocol::AccountId account{name};
    auto const set = co_await accounts.set_password(std::move(account), password);
    if (!set) co_return complain(set.error());
    std::cout << name << "  " << password << "\nThe password is shown this once; open sessions are over.\n";
    co_return 0;
  });
}

int remove_account(Ground const& ground, std::string const& name) {
  return among_those_there_are(ground, [&](accounts::Accounts& accounts) -> asio::awaitable<int> {
    protocol::AccountId account{name};
    auto const removed = co_await accounts.remove(std::move(account));
    if (!removed) co_return complain(removed.error());
    std::cout << name << " is removed; its open sessions are over.\n";
    co_return 0;
  });
}

int make_key(Ground const& ground, std::string const& purpose, std::string const& service,
             std::string const& label) {
  bool const telephony = purpose == "telephony";
  if (telephony && !ground.service(service))
    return std::cerr << "vigie-server: " << ground.service(service).error() << '\n', 2;
  return making(ground, [&](accounts::Accounts& accounts) -> asio::awaitable<int> {
    accounts::ApiKey wanted{telephony ? accounts::Purpose::telephony : accounts::Purpose::metrics,
                            {telephony ? service : ""},
                            label};
    auto const key = co_await accounts.make_key(std::move(wanted));
    if (!key) co_return complain(key.error());
    std::cout << *key << "\nThe key is shown this once.\n";
    co_return 0;
  });
}

int list_keys(Ground const& ground) {
  return among_those_there_are(ground, [](accounts::Accounts& accounts) -> asio::awaitable<int> {
    auto const keys = co_await accounts.keys();
    if (!keys) co_return complain(keys.error());
    for (auto const& known : *keys) std::cout << line_of(known);
    co_return 0;
  });
}

int remove_key(Ground const& ground, std::string const& name) {
  return among_those_there_are(ground, [&](accounts::Accounts& accounts) -> asio::awaitable<int> {
    auto keys = co_await accounts.keys();
    if (!keys) co_return complain(keys.error());
    std::erase_if(*keys,
                  [&](auto const& known) { return known.key.label != name && number_of(known) != name; });
    if (keys->empty()) co_return complain(accounts::Trouble::unknown);
    if (keys->size() > 1) co_return complain_of_several(name, *keys);
    auto const removed = co_await accounts.remove_key(keys->front().digest);
    if (!removed) co_return complain(removed.error());
    std::cout << "This key opens nothing any more:\n" << line_of(keys->front());
    co_return 0;
  });
}

} // namespace vigie::verbs
