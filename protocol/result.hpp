#pragma once

#include <tl/expected.hpp>

namespace vigie {

/// A value, or the reason why there is none. Errors travel in return values; exceptions stay at start-up.
template <class Value, class Error> using Result = tl::expected<Value, Error>;

template <class Error> using Failure = tl::unexpected<Error>;

} // namespace vigie
