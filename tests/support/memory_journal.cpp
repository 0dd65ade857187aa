#include "support/memory_journal.hpp"

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include <limits>

namespace vigie::testing {
namespace {

constexpr std::size_t everything = std::numeric_limits<std::size_t>::max();

} // namespace

MemoryJournal::MemoryJournal(asio::any_io_executor executor, std::shared_ptr<MemoryStore> store,
                             std::chrono::milliseconds patience)
    : executor_(std::move(executor)), store_(std::move(store)), patience_(patience) {}

asio::awaitable<engine::Append> MemoryJournal::append(std::vector<engine::Entry> entries) {
  if (troubles.before_append) co_await troubles.before_append();
  if (troubles.away) co_return engine::Append::unavailable;
  if (troubles.lost.empty()) co_return store_->append(entries);
  auto const fate = troubles.lost.front();
  troubles.lost.pop_front();
  if (fate == LostAnswer::taken) store_->append(entries);
  co_return engine::Append::unavailable;
}

asio::awaitable<std::optional<std::vector<protocol::Commit>>> MemoryJournal::read(protocol::Version version,
                                                                                  std::size_t limit) {
  if (troubles.away) co_return std::nullopt;
  co_return store_->after(version, limit);
}

asio::awaitable<std::optional<std::vector<protocol::Commit>>> MemoryJournal::wait(protocol::Version version) {
  if (troubles.away) co_return std::nullopt;
  if (store_->version() <= version) {
    auto const bell = store_->bell(executor_, patience_);
    asio::error_code woken;
    co_await bell->async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
  if (troubles.away) co_return std::nullopt;
  co_return store_->after(version, everything);
}

asio::awaitable<std::optional<protocol::Snapshot>> MemoryJournal::load_snapshot() {
  if (troubles.away) co_return std::nullopt;
  co_return store_->snapshot();
}

asio::awaitable<bool> MemoryJournal::save_snapshot(protocol::Snapshot snapshot) {
  if (!troubles.away) store_->keep(std::move(snapshot));
  co_return !troubles.away;
}

asio::awaitable<std::optional<std::vector<protocol::Confidence>>>
MemoryJournal::confidences(std::vector<protocol::SubjectId> subjects) {
  if (troubles.away) co_return std::nullopt;
  std::vector<protocol::Confidence> found;
  for (auto const& subject : subjects)
    if (auto particulars = store_->confidence(subject)) found.push_back({subject, std::move(*particulars)});
  co_return found;
}

protocol::CallerKey MemoryJournal::caller_key(std::string const& number) const {
  if (!identified_) return {};
  return {std::to_string(std::hash<std::string>{}(store_->line() + number))};
}

asio::awaitable<std::optional<protocol::Text<64>>> MemoryJournal::load_identity() {
  if (troubles.away) co_return std::nullopt;
  identified_ = true;
  co_return protocol::Text<64>{store_->line()};
}

void MemoryJournal::set_away(bool away) {
  troubles.away = away;
  store_->wake();
}

} // namespace vigie::testing
