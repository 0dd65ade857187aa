#include "journal/append_request.hpp"

#include "journal/hashes.hpp"
#include "journal/vault.hpp"
#include "protocol/codec/codec.hpp"

#include <algorithm>

namespace vigie::journal {
namespace {

/// Another version of the program may have written a commit that is put back.
std::string bytes_of(protocol::Commit const& commit, KnownCommits const& known) {
  auto const written = known.commit_at(commit.version);
  if (written.empty()) return protocol::encode(commit);
  auto const same = protocol::decode<protocol::Commit>(written, protocol::from_own_store);
  return same && same->command == commit.command ? std::string(written) : protocol::encode(commit);
}

void add_commits(AppendRequest& request, std::string hash, std::vector<engine::Entry> const& entries,
                 KnownCommits const& known) {
  for (auto const& entry : entries) {
    auto commit = bytes_of(entry.commit, known);
    hash = chained(hash, commit);
    request.arguments.push_back(commit);
    request.arguments.push_back(hash);
    request.hashes.push_back(hash);
    request.commits.push_back(std::move(commit));
  }
}

void add_confidence(AppendRequest& request, Keys const& keys, protocol::Confidence const& confidence) {
  auto const fields = vault_fields(confidence.particulars);
  if (fields.empty()) return;
  request.keys.push_back(keys.vault(confidence.subject));
  request.arguments.push_back(std::to_string(fields.size()));
  for (auto const& field : fields) {
    request.arguments.push_back(field.name);
    request.arguments.push_back(field.value);
  }
}

void add_asked(AppendRequest& request, std::vector<protocol::CommandId> const& asked) {
  request.arguments.push_back(std::to_string(asked.size()));
  for (auto const& command : asked) request.arguments.push_back(command.value);
}

void add_refused(AppendRequest& request, engine::Refusals const& refused) {
  request.arguments.push_back(std::to_string(refused.size()));
  for (auto const& [command, refusal] : refused) {
    request.arguments.push_back(command.value);
    request.arguments.push_back(protocol::encode(protocol::RefusedCommand{refusal.reason, refusal.path}));
  }
}

} // namespace

bool in_order(engine::Decisions const& decisions) {
  auto expected = decisions.after;
  return std::ranges::all_of(decisions.entries,
                             [&](auto const& entry) { return entry.commit.version == ++expected; });
}

std::vector<protocol::CommandId> answered_by(engine::Decisions const& decisions) {
  std::vector<protocol::CommandId> commands;
  for (auto const& entry : decisions.entries)
    if (entry.commit.actor.role != protocol::Role::clock) commands.push_back(entry.commit.command);
  for (auto const& [command, refusal] : decisions.refused) commands.push_back(command);
  return commands;
}

AppendRequest append_request(Keys const& keys, std::string const& sender, std::string hash_before,
                             engine::Decisions const& decisions,
                             std::vector<protocol::CommandId> const& asked, KnownCommits const& known,
                             protocol::Duration keep_for) {
  AppendRequest request{{keys.journal, keys.refused, keys.refused_before}, {}, {}, {}};
  request.arguments = {std::to_string(decisions.after), hash_before, keys.news, sender};
  add_asked(request, asked);
  request.arguments.push_back(std::to_string(decisions.entries.size()));
  add_commits(request, std::move(hash_before), decisions.entries, known);
  add_refused(request, decisions.refused);
  request.arguments.push_back(std::to_string(keep_for.count()));
  for (auto const& entry : decisions.entries)
    for (auto const& confidence : entry.confidences) add_confidence(request, keys, confidence);
  return request;
}

} // namespace vigie::journal
