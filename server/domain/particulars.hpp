#pragma once

#include "protocol/entities.hpp"

namespace vigie::domain {

/// Without the fields that hold an empty text: of a correction such a field erases what stood there.
protocol::Particulars without_empty(protocol::Particulars particulars);

} // namespace vigie::domain
