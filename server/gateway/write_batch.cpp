#include "gateway/write_batch.hpp"

#include "runtime/log.hpp"

#include <liburing.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace vigie::gateway {
namespace {

constexpr unsigned most_at_once = 256;
constexpr std::size_t worth_a_ring = 4; // a call of the system for each costs less below
constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;

bool worth_another_try(int failure) { return failure == -EINTR || failure == -EAGAIN || failure == -EBUSY; }

} // namespace

class WriteBatch::Ring {
 public:
  /// Throws std::system_error where the system has no io_uring, or does not allow it.
  Ring() {
    if (int const failed = io_uring_queue_init(most_at_once, &ring_, 0))
      throw std::system_error(-failed, std::generic_category());
  }
  ~Ring() { io_uring_queue_exit(&ring_); }
  Ring(Ring const&) = delete;
  Ring& operator=(Ring const&) = delete;

  /// Writes at most `most_at_once`; false where the ring is of no more use.
  bool write(std::span<Write> writes, std::span<int> taken) {
    for (std::size_t at = 0; at < writes.size(); ++at) {
      auto* const entry = io_uring_get_sqe(&ring_);
      io_uring_prep_sendmsg(entry, writes[at].descriptor, &writes[at].message, flags);
      io_uring_sqe_set_data64(entry, at);
    }
    for (std::size_t known = 0; known < writes.size(); known += gather(taken)) {
      auto const failed = io_uring_submit_and_wait(&ring_, 1);
      if (failed < 0 && !worth_another_try(failed)) return false;
    }
    return true;
  }

 private:
  std::size_t gather(std::span<int> taken) {
    io_uring_cqe* told = nullptr;
    unsigned head = 0;
    unsigned count = 0;
    io_uring_for_each_cqe(&ring_, head, told) {
      taken[io_uring_cqe_get_data64(told)] = told->res;
      ++count;
    }
    io_uring_cq_advance(&ring_, count);
    return count;
  }

  io_uring ring_{};
};

WriteBatch::WriteBatch(bool together) : tries_ring_(together) {}
WriteBatch::~WriteBatch() = default;

void WriteBatch::socket(int descriptor) { writes_.push_back({descriptor, 0}); }

void WriteBatch::piece(std::string_view bytes) {
  pieces_.push_back({const_cast<char*>(bytes.data()), bytes.size()}); // sendmsg only reads them
  ++writes_.back().pieces;
}

std::span<int const> WriteBatch::write() {
  taken_.assign(writes_.size(), -ECANCELED);
  address_pieces();
  if (writes_.size() < worth_a_ring || !opens_ring()) {
    write_one_by_one();
  } else {
    for (std::size_t from = 0; ring_ && from < writes_.size(); from += most_at_once) {
      auto const count = std::min<std::size_t>(most_at_once, writes_.size() - from);
      if (!ring_->write({&writes_[from], count}, {&taken_[from], count})) ring_.reset();
    }
  }
  writes_.clear();
  pieces_.clear();
  return taken_;
}

/// Only now, since the pieces have moved while they became more.
void WriteBatch::address_pieces() {
  auto* next = pieces_.data();
  for (auto& write : writes_) {
    write.message.msg_iov = next;
    write.message.msg_iovlen = write.pieces;
    next += write.pieces;
  }
}

void WriteBatch::write_one_by_one() {
  for (std::size_t at = 0; at < writes_.size(); ++at) {
    auto const taken = sendmsg(writes_[at].descriptor, &writes_[at].message, flags);
    taken_[at] = taken < 0 ? -errno : static_cast<int>(taken);
  }
}

bool WriteBatch::opens_ring() {
  if (ring_ || !std::exchange(tries_ring_, false)) return ring_ != nullptr;
  try {
    ring_ = std::make_unique<Ring>();
  } catch (std::system_error const& refused) {
    log::info("gateway",
              std::string{"Screens are written to one after the other, without io_uring: "} + refused.what());
  }
  return ring_ != nullptr;
}

} // namespace vigie::gateway
