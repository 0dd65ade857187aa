#pragma once

#include "reports/book.hpp"

/// Inner part of the room: one event as a sentence of the field.
namespace vigie::reports {

/// `Mission acceptée par Binôme 2 : sollicitation n° 12.` without its full stop. The book has learned the
/// event already.
std::string sentence(protocol::Event const& event, Book const& book);

/// When it happened in the field; none for an event that does not say so.
std::optional<protocol::Instant> moment(protocol::Event const& event);

} // namespace vigie::reports
