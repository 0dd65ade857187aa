#pragma once

#include "gateway/socket.hpp"
#include "gateway/write_batch.hpp"

#include <utility>
#include <vector>

namespace vigie::gateway {

/// Frames on their way out of one connection, written together: as many as there are in one call.
class Outgoing {
 public:
  void put(Frame frame) { frames_.push_back(std::move(frame)); }
  bool empty() const { return frames_.empty(); }
  void clear() { *this = {}; }

  /// Adds what can be written now to the batch; `written` must follow before more is added.
  void board(WriteBatch& batch);
  /// How many bytes of that the system took.
  void written(std::size_t bytes);
  /// Whether frames are in a batch.
  bool aboard() const { return aboard_ > 0; }

  /// Bytes of the frames that the system did not take when it was asked, nor began to.
  std::size_t backlog() const;
  /// All that the system did not take.
  std::size_t unsent() const;
  /// Whether something waits, and nothing was taken since this was asked before.
  bool stalled() { return !std::exchange(moved_, false) && stuck_; }
  /// Whether the system took less than it was given.
  bool stuck() const { return stuck_; }

 private:
  std::vector<Frame> frames_;
  std::size_t begun_ = 0;  ///< bytes of the first frame that are written
  std::size_t aboard_ = 0; ///< bytes in a batch
  bool stuck_ = false;
  bool moved_ = false; ///< something was taken since `stalled` was asked
};

} // namespace vigie::gateway
