#include "verbs/sample.hpp"

#include "protocol/codec/codec.hpp"
#include "runtime/descriptor.hpp"

#include <fcntl.h>

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <sstream>

namespace vigie::verbs {

namespace {

using protocol::SampleAccess;

std::optional<SampleAccess> kept(std::filesystem::path const& file) {
  std::ifstream stream(file);
  std::stringstream text;
  if (!stream || !(text << stream.rdbuf())) return std::nullopt;
  auto access = protocol::decode<SampleAccess>(text.str());
  if (!access) return std::nullopt;
  return std::move(*access);
}

std::filesystem::path fresh(std::filesystem::path const& file) { return file.string() + ".new"; }

/// Makes the file that is to become `file`, empty and for its owner alone, and its folder where there is
/// none.
bool prepare(std::filesystem::path const& file) {
  std::error_code error;
  if (std::filesystem::create_directories(file.parent_path(), error))
    std::filesystem::permissions(file.parent_path(), std::filesystem::perms::owner_all, error);
  std::filesystem::remove(fresh(file), error);
  runtime::Descriptor const made{
      ::open(fresh(file).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
  return static_cast<bool>(made);
}

bool keep(std::filesystem::path const& file, SampleAccess const& access) {
  std::ofstream stream(fresh(file), std::ios::trunc);
  stream << protocol::encode(access) << '\n';
  stream.close();
  std::error_code error;
  if (stream) std::filesystem::rename(fresh(file), file, error);
  return stream && !error;
}

Failure<std::string> failed(std::string sentence) { return Failure<std::string>{std::move(sentence)}; }

std::string sentence(accounts::Trouble trouble, protocol::ServiceId const& service) {
  if (trouble == accounts::Trouble::bad_account)
    return "The sample accounts could not be made: an account's name has " +
           std::to_string(protocol::AccountId::max_length) + " characters at the most, and with \"" +
           service.value +
           ".\" in front some have more. Give the service a shorter id, or start without --sample.";
  return "The sample accounts could not be made: the journal's Redis does not answer.";
}

using AnyLeft = Result<bool, std::string>;

/// Leaves of it what still opens something: the journal may have been begun anew, the service renamed, an
/// account removed. Tells whether anything is left.
asio::awaitable<AnyLeft> leave_what_opens(accounts::Accounts& accounts, protocol::ServiceId service,
                                          SampleAccess& access) {
  auto const there = co_await accounts.list();
  if (!there) co_return failed(sentence(there.error(), service));
  std::erase_if(access.accounts, [&](protocol::SampleAccount const& sample) {
    return std::ranges::none_of(*there, [&](accounts::Account const& account) {
      return account.name == sample.account && account.service == service;
    });
  });
  co_return !access.accounts.empty();
}

asio::awaitable<Result<std::vector<accounts::Sample>, std::string>>
make_accounts(accounts::Accounts& accounts, protocol::Service const& service) {
  std::vector<protocol::TeamId> teams;
  teams.reserve(service.teams.size());
  for (auto const& team : service.teams) teams.push_back(team.id);
  auto samples = co_await accounts.make_samples(service.id, teams);
  if (!samples) co_return failed(sentence(samples.error(), service.id));
  if (samples->empty())
    co_return failed(
        "This service has accounts, but accounts.json, with the passwords of its samples, is missing, "
        "cannot be read or names none of them. Start without --sample; `vigie-server account list` names the "
        "accounts, and `vigie-server account reset` gives one a new password.");
  co_return std::move(*samples);
}

asio::awaitable<Result<std::string, std::string>>
make_key(accounts::Accounts& accounts, accounts::Purpose purpose, protocol::ServiceId service) {
  accounts::ApiKey wanted{purpose, service, "sample"};
  auto key = co_await accounts.make_key(std::move(wanted));
  if (!key) co_return failed(sentence(key.error(), service));
  co_return std::move(*key);
}

asio::awaitable<Result<SampleAccess, std::string>> make(accounts::Accounts& accounts,
                                                        protocol::Service const& service) {
  auto samples = co_await make_accounts(accounts, service);
  if (!samples) co_return failed(samples.error());
  auto telephone = co_await make_key(accounts, accounts::Purpose::telephony, service.id);
  if (!telephone) co_return failed(telephone.error());
  protocol::ServiceId whole_process;
  auto metrics = co_await make_key(accounts, accounts::Purpose::metrics, whole_process);
  if (!metrics) co_return failed(metrics.error());
  SampleAccess access{{}, {}, std::move(*telephone), std::move(*metrics)};
  for (auto& [account, password] : *samples)
    access.accounts.push_back({account.name, account.role, account.team, password});
  co_return access;
}

} // namespace

asio::awaitable<Result<SampleAccess, std::string>> sample_access(accounts::Accounts& accounts,
                                                                 protocol::Service service,
                                                                 std::filesystem::path data,
                                                                 std::string origin) {
  auto const file = data / "accounts.json";
  if (!prepare(file)) co_return failed(file.string() + " cannot be written.");
  auto access = kept(file);
  if (access) {
    auto const left = co_await leave_what_opens(accounts, service.id, *access);
    if (!left) co_return failed(left.error());
    if (!*left) access.reset();
  }
  if (!access) {
    auto made = co_await make(accounts, service);
    if (!made) co_return failed(made.error());
    access = std::move(*made);
  }
  access->origin = origin;
  if (!keep(file, *access)) co_return failed(file.string() + " cannot be written.");
  co_return std::move(*access);
}

asio::awaitable<void> open_sample_night(engine::Engine& engine) {
  if (engine.state().night_is_open()) co_return;
  auto const now = engine.now();
  engine::Submission opening;
  opening.id.value = "sample-night-" + std::to_string(now.time_since_epoch().count());
  opening.actor = {{"sample"}, protocol::Role::coordinator, std::nullopt};
  opening.made_at = now;
  opening.command = protocol::OpenNight{now + std::chrono::hours{5}, protocol::ExceptionalReason::training};
  co_await engine.submit(std::move(opening));
}

std::string welcome_text(protocol::Service const& service, SampleAccess const& access) {
  std::ostringstream text;
  text << "\n  " << service.name.value << " is open at " << access.origin << "\n\n";
  for (auto const& account : access.accounts)
    text << "    " << std::left << std::setw(24) << account.account.value << account.password << '\n';
  text << "\n  Desk: the first three accounts. Handset: the others. Ctrl+C stops.\n"
       << "  A night to watch: scripts/night, in another terminal.\n";
  return text.str();
}

} // namespace vigie::verbs
