#include "engine/at_end.hpp"
#include "engine/replica.hpp"
#include "runtime/log.hpp"

#include <algorithm>

/// How a replica and its journal come together again after a Redis was replaced by one that knows less.
namespace vigie::engine {

namespace {

constexpr std::size_t page = 1000;
constexpr std::size_t commits_at_once = 100;
constexpr std::size_t commands_in_a_line = 50;

std::string number(protocol::Version version) { return std::to_string(version); }

std::string listed(std::vector<protocol::CommandId> const& commands) {
  std::string text;
  for (std::size_t i = 0; i < std::min(commands.size(), commands_in_a_line); ++i)
    text += " " + commands[i].value;
  return commands.size() > commands_in_a_line ? text + " …" : text;
}

/// The commands that one state knows and the other does not, in order. Where they parted is not asked: the
/// journal may have lost more since.
std::vector<protocol::CommandId> missing_in(domain::State const& now, domain::State const& before) {
  std::vector<protocol::CommandId> missing;
  for (auto const& [id, taken] : before.taken)
    if (!now.taken.contains(id)) missing.push_back(id);
  std::ranges::sort(missing, {}, [&](auto const& id) { return before.taken.at(id).version; });
  return missing;
}

/// Takes out those after this version.
std::vector<protocol::Commit> taken_after(protocol::Version version, std::vector<protocol::Commit>& commits) {
  auto const first = std::ranges::find_if(commits, [&](auto const& each) { return each.version > version; });
  std::vector<protocol::Commit> after{std::move_iterator{first}, std::move_iterator{commits.end()}};
  commits.erase(first, commits.end());
  return after;
}

template <class Id> void add(std::set<Id>& all, std::set<Id> const& more) {
  all.insert(more.begin(), more.end());
}

/// All that one of two states shows. What led from one to the other is not known: each team may have been on
/// a break.
domain::Touched everything_in(domain::State const& one, domain::State const& other) {
  auto touched = domain::touched_since(one, 0);
  auto const more = domain::touched_since(other, 0);
  touched.night = true;
  add(touched.calls, more.calls);
  add(touched.requests, more.requests);
  add(touched.teams, more.teams);
  add(touched.assignments, more.assignments);
  add(touched.confidences, more.confidences);
  touched.left_duty = touched.teams;
  return touched;
}

} // namespace

asio::awaitable<bool> Replica::heal(Breach breach) {
  if (breach.kind == Breach::Kind::unreachable) co_return false;
  healing_ = true;
  bool const mended = co_await mend(breach);
  healing_ = false;
  co_return mended;
}

/// After a loss other processes are given time to put back what they hold, before anybody decides anything
/// that would stand in its place. What was read here and not folded yet comes without what was confided:
/// whoever has that goes first.
asio::awaitable<bool> Replica::mend(Breach breach) {
  auto held = journal_->held_after(breach.common);
  bool const holds_all = !held.empty() && held.back().version >= state_.version;
  bool const puts_back = breach.kind == Breach::Kind::behind && holds_all;
  auto unfolded = taken_after(state_.version, held);
  bool mended = false;
  if (puts_back)
    mended = co_await regrow(breach.common, std::move(held));
  else if (breach.kind == Breach::Kind::behind && breach.common == 0)
    log::error("engine", "the journal of " + service_ + " is empty, and the " + number(state_.version) +
                             " commits known here are more than this process can put back");
  else
    mended = co_await start_over(breach);
  if (mended) co_await others_.wait_for(patience_);
  if (mended && puts_back && !unfolded.empty()) mended = co_await regrow(state_.version, std::move(unfolded));
  co_return mended;
}

Entry Replica::with_confidences(protocol::Commit commit) const {
  Entry entry{std::move(commit), {}};
  for (auto const& event : entry.commit.events)
    if (auto const* kept = std::get_if<protocol::ConfidenceKept>(&event))
      if (auto particulars = confidence(kept->subject))
        entry.confidences.push_back({kept->subject, std::move(*particulars)});
  return entry;
}

/// Appends in groups what the journal lost. A conflict means that another process does the same.
asio::awaitable<bool> Replica::regrow(protocol::Version from, std::vector<protocol::Commit> held) {
  log::warn("engine", "the journal of " + service_ + " lost its end after commit " + number(from) + "; " +
                          std::to_string(held.size()) + " commits are put back");
  for (std::size_t at = 0; at < held.size(); at += commits_at_once) {
    std::vector<Entry> entries;
    for (auto i = at; i < std::min(at + commits_at_once, held.size()); ++i)
      entries.push_back(with_confidences(held[i]));
    auto const count = entries.size();
    auto const outcome = co_await journal_->append(std::move(entries));
    if (outcome == Append::taken && on_regrown_) on_regrown_(count);
    if (outcome != Append::taken) co_return outcome == Append::conflict;
  }
  co_return true;
}

asio::awaitable<bool> Replica::start_over(Breach breach) {
  log::error("engine", "the journal of " + service_ + " goes on another way after commit " +
                           number(breach.common) + ", and " + number(state_.version) +
                           " are known here; this process begins anew");
  unfinished_ = Breach{Breach::Kind::forked, breach.common};
  auto const line = co_await journal_->rename_line();
  if (!line) co_return false;
  auto fresh = co_await begin();
  if (!fresh) co_return false;
  line_ = *line;
  auto const before = std::exchange(state_, {});
  ++epoch_;
  adopt(std::move(*fresh));
  unfinished_.reset();
  Loss const loss{missing_in(state_, before)};
  if (!loss.commands.empty())
    log::error("engine",
               "commands lost with the end of the journal of " + service_ + ":" + listed(loss.commands));
  tell_all(everything_in(state_, before));
  if (on_loss_) on_loss_(loss);
  co_return true;
}

/// What others write while this process comes to the end, it reads on with afterwards.
asio::awaitable<std::optional<Replica::Fresh>> Replica::begin() {
  co_await beginnings_.turn();
  AtEnd const done{[this] { beginnings_.done(); }};
  auto snapshot = co_await journal_->load_snapshot();
  if (!snapshot) co_return std::nullopt;
  Fresh fresh{domain::state_from(std::move(*snapshot)), {}, {}};
  for (bool to_the_end = false; !to_the_end;) {
    auto const commits = co_await journal_->read(fresh.state.version, page);
    if (!commits) co_return std::nullopt;
    for (auto const& commit : *commits) {
      domain::evolve(fresh.state, commit);
      note_confided(commit, fresh.confided_at);
    }
    to_the_end = commits->size() < page;
  }
  std::vector<protocol::SubjectId> subjects;
  subjects.reserve(fresh.state.confidences.size());
  for (auto const& [subject, changed] : fresh.state.confidences) subjects.push_back(subject);
  auto fetched = co_await fetch(std::move(subjects));
  if (!fetched) co_return std::nullopt;
  fresh.confidences = std::move(*fetched);
  co_return fresh;
}

void Replica::adopt(Fresh fresh) {
  state_ = std::move(fresh.state);
  confided_at_ = std::move(fresh.confided_at);
  confidences_.clear();
  for (auto& [subject, particulars] : fresh.confidences) confidences_[subject] = std::move(particulars);
}

void Replica::interrupt() { others_.raise(); }

} // namespace vigie::engine
