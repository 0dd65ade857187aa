#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace vigie::gateway {

/// Writes to many sockets, given to the system in one call where it takes that (io_uring), else one after the
/// other. None waits: a socket takes what it has room for.
class WriteBatch {
 public:
  /// `together` is false where no ring is to be tried.
  explicit WriteBatch(bool together = true);
  ~WriteBatch();
  WriteBatch(WriteBatch const&) = delete;
  WriteBatch& operator=(WriteBatch const&) = delete;

  /// Adds a socket; the pieces added from now on are for it, at most 1,024.
  void socket(int descriptor);
  /// Adds bytes that stay where they are until the batch is written.
  void piece(std::string_view bytes);

  /// Writes all, and empties the batch. For each socket, in their order: the bytes that it took, or why it
  /// took none, as a negative errno; -ECANCELED where it is unknown what became of them. Valid until the
  /// next write.
  std::span<int const> write();

 private:
  struct Write {
    int descriptor;
    std::size_t pieces;
    msghdr message{};
  };
  class Ring;

  void address_pieces();
  void write_one_by_one();
  bool opens_ring();

  std::vector<Write> writes_;
  std::vector<iovec> pieces_;
  std::vector<int> taken_;
  std::unique_ptr<Ring> ring_;
  bool tries_ring_;
};

} // namespace vigie::gateway
