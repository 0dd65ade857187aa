#pragma once

#include <utility>

namespace vigie::engine {

/// Does something at the end of its scope, however that ends.
template <class Act> class AtEnd {
 public:
  explicit AtEnd(Act act) : act_(std::move(act)) {}
  ~AtEnd() { act_(); }
  AtEnd(AtEnd const&) = delete;
  AtEnd& operator=(AtEnd const&) = delete;

 private:
  Act act_;
};

} // namespace vigie::engine
