#include "journal/stream_end.hpp"

#include "journal/stored_commit.hpp"

#include <charconv>

namespace vigie::journal {
namespace {

protocol::Version version_in(std::string const& id) {
  protocol::Version version{};
  std::from_chars(id.data(), id.data() + id.size(), version);
  return version;
}

void read_last_entry(redis::Reply const& entry, StreamEnd& end) {
  if (!entry.as_array()) return;
  auto const stored = stored_commits({redis::Reply::Array{entry}});
  if (!stored || stored->empty()) return;
  end.last = version_in(stored->front().id);
  end.hash = stored->front().hash;
}

} // namespace

std::optional<StreamEnd> stream_end(redis::Reply const& info) {
  if (info.is_error("ERR") && info.error()->find("no such key") != std::string::npos) return StreamEnd{};
  auto const* fields = info.as_array();
  if (!fields) return std::nullopt;
  StreamEnd end;
  for (std::size_t i = 0; i + 1 < fields->size(); i += 2) {
    auto const* name = (*fields)[i].as_string();
    auto const* text = (*fields)[i + 1].as_string();
    if (name && text && *name == "last-generated-id") end.ever_last = version_in(*text);
    if (name && *name == "last-entry") read_last_entry((*fields)[i + 1], end);
  }
  return end;
}

} // namespace vigie::journal
