#include "journal/tail.hpp"

namespace vigie::journal {
namespace {

constexpr auto longer_than_the_wait = std::chrono::seconds(2);
constexpr auto most_at_once = "1000";

} // namespace

Tail::Tail(asio::any_io_executor executor, std::shared_ptr<redis::Client> client, std::string journal_key)
    : journal_key_(journal_key), waiter_(std::move(executor), std::move(client), std::move(journal_key)) {}

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
  waiter_.interrupt();
}

} // namespace vigie::journal
