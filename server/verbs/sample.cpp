#include "verbs/sample.hpp"

#include "protocol/codec/codec.hpp"

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

bool keep(std::filesystem::path const& file, SampleAccess const& access) {
  auto const fresh = file.string() + ".new";
  std::ofstream stream(fresh, std::ios::trunc);
  std::error_code error;
  std::filesystem::permissions(
      fresh, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  stream << protocol::encode(access) << '\n';
  stream.close();
  if (!error && stream) std::filesystem::rename(fresh, file, error);
  return stream && !error;
}

Failure<std::string> failed(std::string sentence) { return Failure<std::string>{std::move(sentence)}; }

asio::awaitable<std::optional<std::string>> new_key(accounts::Accounts& accounts, accounts::Purpose purpose,
                                                    protocol::ServiceId service) {
  accounts::ApiKey wanted{purpose, service, "sample"};
  auto key = co_await accounts.make_key(std::move(wanted));
  if (!key) co_return std::nullopt;
  co_return std::move(*key);
}

asio::awaitable<std::optional<SampleAccess>> make(accounts::Accounts& accounts,
                                                  protocol::Service const& service) {
  std::vector<protocol::TeamId> teams;
  teams.reserve(service.teams.size());
  for (auto const& team : service.teams) teams.push_back(team.id);
  auto samples = co_await accounts.make_samples(service.id, teams);
  auto telephone = co_await new_key(accounts, accounts::Purpose::telephony, service.id);
  protocol::ServiceId whole_process;
  auto metrics = co_await new_key(accounts, accounts::Purpose::metrics, whole_process);
  if (!samples || !telephone || !metrics) co_return std::nullopt;
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
  auto access = kept(file);
  if (!access) {
    access = co_await make(accounts, service);
    if (!access)
      co_return failed("The sample accounts could not be made: the journal's Redis does not answer.");
    if (access->accounts.empty())
      co_return failed("This service has accounts, but " + file.string() +
                       " is missing. Start without --sample, or with another --data-dir.");
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
