#pragma once

#include "protocol/service.hpp"
#include "runtime/settings.hpp"

#include <optional>
#include <string>
#include <vector>

/// What `vigie-server` can be asked to do. Each verb returns the process's exit code: 0 when it went well.
namespace vigie::verbs {

/// What every verb works on.
struct Ground {
  runtime::Settings settings;
  std::vector<protocol::Service> services;

  /// The service of that name, or a sentence naming those there are.
  Result<protocol::Service, std::string> service(std::string const& id) const;
};

/// Tells what is wrong in the files that settings and services name.
int check(Ground const& ground);

/// Opens the house and serves until told to stop. `sample` makes accounts where there are none, and opens a
/// night outside the hours, so that a newcomer sees it live.
int serve(Ground const& ground, bool sample);

/// Walks the journal of a service, or of every one where none is named, and tells the first commit that was
/// changed, is missing or misplaced; and a snapshot that is not what its commits make.
int verify_journal(Ground const& ground, std::string const& service);

struct LogOptions {
  std::string service;
  std::string night;    ///< a date; empty: the open night, or the last one
  std::string language; ///< `fr` or `en`
  bool json = false;    ///< one commit a line instead of sentences
};

/// Prints the log (main courante).
int print_log(Ground const& ground, LogOptions const& options);

struct AccountOptions {
  std::string name;
  std::string service;
  std::string role;
  std::string team;
};

/// Accounts and keys. Passwords are made here and printed once. @{
int add_account(Ground const& ground, AccountOptions const& options);
int list_accounts(Ground const& ground);
int reset_password(Ground const& ground, std::string const& name);
int remove_account(Ground const& ground, std::string const& name);
int make_key(Ground const& ground, std::string const& purpose, std::string const& service,
             std::string const& label);
int list_keys(Ground const& ground);
/// Removes the key of that label, or of that number in the list.
int remove_key(Ground const& ground, std::string const& name);
/// @}

} // namespace vigie::verbs
