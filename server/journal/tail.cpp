#include "journal/tail.hpp"

namespace vigie::journal {
namespace {

constexpr auto longer_than_the_wait = std::chrono::seconds(2);
constexpr auto most_at_once = "1000";

} // namespace

Tail::Tail(asio::any_io_executor executor, redis::Address address, std::string journal_key)
    : executor_(std::move(executor)), address_(std::move(address)), journal_key_(std::move(journal_key)) {}

asio::awaitable<Result<redis::Reply, redis::Failed>> Tail::next(std::uint64_t version,
                                                                std::chrono::milliseconds at_most) {
  auto const interruptions = interruptions_;
  auto reply = co_await ask(version, at_most);
  if (!reply && interruptions != interruptions_) co_return redis::Reply{};
  co_return reply;
}

void Tail::interrupt() {
  ++interruptions_;
  if (connection_) connection_->close();
}

asio::awaitable<Result<redis::Reply, redis::Failed>> Tail::ask(std::uint64_t version,
                                                               std::chrono::milliseconds at_most) {
  if (waiting_ || !connection_ || !connection_->connected()) {
    auto const connected = co_await connect();
    if (!connected) co_return Failure<redis::Failed>(connected.error());
  }
  auto const connection = connection_;
  waiting_ = true;
  redis::Command command{"XREAD",
                         "COUNT",
                         most_at_once,
                         "BLOCK",
                         std::to_string(at_most.count()),
                         "STREAMS",
                         journal_key_,
                         std::to_string(version) + "-0"};
  auto reply = co_await connection->run(std::move(command), at_most + longer_than_the_wait);
  waiting_ = false;
  co_return reply;
}

asio::awaitable<Result<void, redis::Failed>> Tail::connect() {
  connection_ = std::make_shared<redis::Connection>(executor_, address_);
  waiting_ = false;
  auto const connection = connection_;
  co_return co_await connection->connect();
}

} // namespace vigie::journal
