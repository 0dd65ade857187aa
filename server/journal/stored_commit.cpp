#include "journal/stored_commit.hpp"

namespace vigie::journal {
namespace {

std::string text(redis::Reply const& reply) {
  auto const* text = reply.as_string();
  return text ? *text : std::string();
}

StoredCommit stored_commit(redis::Reply const& entry) {
  auto const* parts = entry.as_array();
  if (!parts || parts->size() != 2) return {};
  StoredCommit stored{text((*parts)[0]), {}, {}};
  auto const* fields = (*parts)[1].as_array();
  if (!fields || fields->size() != 4) return stored;
  if (text((*fields)[0]) != "commit" || text((*fields)[2]) != "hash") return stored;
  stored.commit = text((*fields)[1]);
  stored.hash = text((*fields)[3]);
  return stored;
}

} // namespace

std::optional<std::vector<StoredCommit>> stored_commits(redis::Reply const& entries) {
  auto const* array = entries.as_array();
  if (!array) return std::nullopt;
  std::vector<StoredCommit> commits;
  commits.reserve(array->size());
  for (auto const& entry : *array) commits.push_back(stored_commit(entry));
  return commits;
}

redis::Reply const* entries_of_only_stream(redis::Reply const& answer) {
  auto const* streams = answer.as_array();
  if (!streams || streams->size() != 1) return nullptr;
  auto const* name_and_entries = streams->front().as_array();
  if (!name_and_entries || name_and_entries->size() != 2) return nullptr;
  return &(*name_and_entries)[1];
}

} // namespace vigie::journal
