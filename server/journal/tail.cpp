#include "journal/tail.hpp"

namespace vigie::journal {
namespace {

constexpr auto longer_than_the_wait = std::chrono::seconds(2);
constexpr auto most_at_once = "1000";
constexpr auto longest_rest = std::chrono::milliseconds(500);

} // namespace

Tail::Tail(asio::any_io_executor executor, std::shared_ptr<redis::Client> client, std::string journal_key)
    : journal_key_(journal_key), waiter_(executor, std::move(client), std::move(journal_key)),
      rest_(executor) {}

asio::awaitable<bool> Tail::until_quiet() {
  auto const interruptions = interruptions_;
  auto const end = std::chrono::steady_clock::now() + longest_rest;
  for (;;) {
    auto const left = std::min(quiet_from_, end) - std::chrono::steady_clock::now();
    if (left <= left.zero() || interruptions != interruptions_) break;
    co_await rest_.wait_for(std::chrono::ceil<std::chrono::milliseconds>(left));
  }
  co_return interruptions == interruptions_;
}

asio::awaitable<Result<redis::Reply, redis::Failed>> Tail::next(std::uint64_t version,
                                                                std::chrono::milliseconds at_most) {
  auto const interruptions = interruptions_;
  redis::Command command{"XREAD",
                         "COUNT",
                         most_at_once,
                         "BLOCK",
                         std::to_string(at_most.count()),
                         "STREAMS",
                         journal_key_,
                         std::to_string(version) + "-0"};
  auto reply = co_await waiter_.run(std::move(command), at_most + longer_than_the_wait);
  if (!reply && interruptions != interruptions_) co_return redis::Reply{};
  co_return reply;
}

void Tail::interrupt() {
  ++interruptions_;
  rest_.raise();
  waiter_.interrupt();
}

} // namespace vigie::journal
