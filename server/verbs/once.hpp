#pragma once

#include "verbs/stores.hpp"
#include "verbs/verbs.hpp"

#include <functional>

namespace vigie::verbs {

/// Something done once with the journal's Redis; returns the exit code.
using Errand = std::function<asio::awaitable<int>(asio::io_context&, Stores&)>;

/// Opens the journal's Redis, runs the errand, closes again. Begins a journal where there is none.
int run_once(Ground const& ground, Errand const& errand);

/// The same for what makes sense only where a journal is: a data folder without one is mistyped, and is left
/// as it is.
int run_where_a_journal_is(Ground const& ground, Errand const& errand);

} // namespace vigie::verbs
