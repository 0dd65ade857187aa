#include "journal/news.hpp"

#include "redis/sender.hpp"

namespace vigie::journal {

News::News(asio::any_io_executor executor, std::shared_ptr<redis::Subscriber> ear, std::string channel)
    : ear_(std::move(ear)), channel_(std::move(channel)), sender_(redis::new_sender()),
      some_(std::move(executor)) {
  if (!ear_) return;
  auto const heard = [this](std::string const& sender) {
    if (sender != sender_) some_.raise();
  };
  ear_->subscribe(channel_, {heard, [this](bool) { some_.raise(); }});
}

News::~News() {
  if (ear_) ear_->unsubscribe(channel_);
}

asio::awaitable<void> News::wait(std::chrono::milliseconds at_most) { co_await some_.wait_for(at_most); }

} // namespace vigie::journal
