#include "runtime/service_file.hpp"
#include "verbs/verbs.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>

using namespace vigie;

namespace {

/// What the command line says beside the verb; it goes before the configuration file.
struct Choices {
  std::string config = "config/vigie.toml";
  std::string data_dir;
  std::string redis_url;
  std::string presence_url;
  int port = -1;
  bool check_config = false;
  bool sample = false;
};

void declare(CLI::App& app, Choices& choices) {
  app.set_version_flag("--version", VIGIE_VERSION);
  app.add_option("--config", choices.config, "Configuration file")->capture_default_str();
  app.add_option("--data-dir", choices.data_dir, "Folder of the journal and the embedded Redis");
  app.add_option("--redis-url", choices.redis_url,
                 "Journal's Redis, instead of an embedded one: redis://…, unix:…, redis-sentinel://… or "
                 "redis-cluster://…");
  app.add_option("--presence-url", choices.presence_url,
                 "Presence's Redis; the journal's where it is left out");
  app.add_option("--port", choices.port, "Port to listen at; 0 takes a free one")
      ->check(CLI::Range(0, 65535));
  app.add_flag("--check-config", choices.check_config, "Tells what is wrong in the configuration, and ends");
  app.add_flag("--sample", choices.sample,
               "Makes accounts at the first start, and opens a night outside the hours");
}

void apply(Choices const& choices, runtime::Settings& settings) {
  if (!choices.data_dir.empty()) settings.folders.data = std::filesystem::absolute(choices.data_dir);
  if (choices.port >= 0) settings.listen.port = static_cast<std::uint16_t>(choices.port);
}

/// Reads settings and services, or tells everything that is wrong in them.
std::optional<verbs::Ground> ground_from(Choices const& choices) {
  auto settings = runtime::read_settings(choices.config, {choices.redis_url, choices.presence_url});
  if (!settings) return std::cerr << runtime::text_of(settings.error()), std::nullopt;
  apply(choices, *settings);
  auto services = runtime::read_services(settings->folders.services);
  if (!services) return std::cerr << runtime::text_of(services.error()), std::nullopt;
  return verbs::Ground{std::move(*settings), std::move(*services)};
}

using Verb = std::function<int(verbs::Ground const&)>;

void declare_readers(CLI::App& app, Verb& verb) {
  static std::string verified;
  auto* verify = app.add_subcommand("verify-journal", "Finds a changed, missing or reordered commit");
  verify->add_option("--service", verified, "Which service; every one where it is left out");
  verify->callback(
      [&] { verb = [](auto const& ground) { return verbs::verify_journal(ground, verified); }; });

  static verbs::LogOptions printed{{}, {}, "fr", false};
  static std::string format = "text";
  auto* log = app.add_subcommand("log", "Prints the log (main courante) of a night");
  log->add_option("--service", printed.service, "Which service")->required();
  log->add_option("--night", printed.night, "Only the night that opened on this date, 2026-11-21");
  log->add_option("--language", printed.language, "fr or en")->check(CLI::IsMember({"fr", "en"}));
  log->add_option("--format", format, "text, or json: one commit a line")
      ->check(CLI::IsMember({"text", "json"}));
  log->callback([&] {
    printed.json = format == "json";
    verb = [](auto const& ground) { return verbs::print_log(ground, printed); };
  });
}

void declare_accounts(CLI::App& app, Verb& verb) {
  static verbs::AccountOptions account;
  auto* group = app.add_subcommand("account", "Accounts of people and handsets");
  group->require_subcommand(1);
  auto* add = group->add_subcommand("add", "Adds an account and prints its password");
  add->add_option("name", account.name, "Its name")->required();
  add->add_option("--service", account.service, "Which service")->required();
  add->add_option("--role", account.role, "hotline_operator, dispatcher, coordinator or team")->required();
  add->add_option("--team", account.team, "The team of a handset");
  add->callback([&] { verb = [](auto const& ground) { return verbs::add_account(ground, account); }; });
  group->add_subcommand("list", "Lists the accounts")->callback([&] { verb = verbs::list_accounts; });
  auto* reset = group->add_subcommand("reset", "Gives an account a new password and ends its sessions");
  reset->add_option("name", account.name, "Which account")->required();
  reset->callback(
      [&] { verb = [](auto const& ground) { return verbs::reset_password(ground, account.name); }; });
  auto* remove = group->add_subcommand("remove", "Removes an account");
  remove->add_option("name", account.name, "Which account")->required();
  remove->callback(
      [&] { verb = [](auto const& ground) { return verbs::remove_account(ground, account.name); }; });
}

void declare_new_key(CLI::App& group, Verb& verb, std::string const& purpose, std::string const& meaning) {
  static std::string service;
  static std::string label;
  auto* make = group.add_subcommand(purpose, meaning);
  make->add_option("--label", label, "What you call it");
  if (purpose == "telephony") make->add_option("--service", service, "Which service")->required();
  make->callback([&verb, purpose] {
    verb = [purpose](auto const& ground) { return verbs::make_key(ground, purpose, service, label); };
  });
}

void declare_keys(CLI::App& app, Verb& verb) {
  static std::string name;
  auto* group = app.add_subcommand("key", "API keys of machines");
  group->require_subcommand(1);
  declare_new_key(*group, verb, "telephony", "Makes a key for a telephone system and prints it");
  declare_new_key(*group, verb, "metrics", "Makes a key for reading /metrics and prints it");
  group->add_subcommand("list", "Lists the keys: number, purpose, service, label")->callback([&] {
    verb = verbs::list_keys;
  });
  auto* remove = group->add_subcommand("remove", "Takes a key back: it opens nothing any more");
  remove->add_option("name", name, "Its label, or its number in the list")->required();
  remove->callback([&] { verb = [](auto const& ground) { return verbs::remove_key(ground, name); }; });
}

/// Serving alone writes the log file: another verb may be run by somebody who would own it, or may not.
log::Options log_of(log::Options options, bool serving) {
  if (!serving) options.file.reset();
  return options;
}

int run(Choices const& choices, Verb const& verb, bool serving) {
  auto const ground = ground_from(choices);
  if (!ground) return 2;
  if (choices.check_config) return verbs::check(*ground);
  log::start(log_of(ground->settings.log, serving));
  int const code = verb(*ground);
  if (serving || code != 0 || std::cout.flush()) return code;
  return std::cerr << "vigie-server: the answer could not be written; is the disk full?\n", 1;
}

} // namespace

int main(int argc, char** argv) {
  CLI::App app{"Vigie: dispatch and call handling for night mediators"};
  Choices choices;
  Verb verb = [&](auto const& ground) { return verbs::serve(ground, choices.sample); };
  declare(app, choices);
  declare_readers(app, verb);
  declare_accounts(app, verb);
  declare_keys(app, verb);
  CLI11_PARSE(app, argc, argv);

  try {
    return run(choices, verb, app.get_subcommands().empty());
  } catch (std::exception const& failure) {
    std::cerr << "vigie-server: " << failure.what() << '\n';
    return 1;
  }
}
