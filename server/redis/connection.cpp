#include "redis/connection.hpp"

#include "redis/conversation.hpp"

#include <utility>

namespace vigie::redis {

Connection::Connection(asio::any_io_executor executor, Address address, Options options)
    : conversation_(std::make_shared<Conversation>(std::move(executor), std::move(address), options)) {}

Connection::~Connection() {
  if (conversation_) close();
}

Connection::Connection(Connection&&) noexcept = default;

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(conversation_, other.conversation_);
  return *this;
}

asio::awaitable<Result<void, Failed>> Connection::connect() { return Conversation::connect(conversation_); }

asio::awaitable<Result<Reply, Failed>> Connection::run(Command command, Timeout timeout) {
  return Conversation::run(conversation_, command, timeout);
}

asio::awaitable<Result<std::vector<Reply>, Failed>> Connection::run_all(std::vector<Command> commands,
                                                                        Timeout timeout) {
  return Conversation::run_all(conversation_, commands, timeout);
}

asio::awaitable<bool> Connection::still_open_after(std::chrono::milliseconds time) {
  return Conversation::still_open_after(conversation_, time);
}

void Connection::close() { conversation_->close("closed"); }

bool Connection::connected() const { return conversation_->ready(); }

} // namespace vigie::redis
