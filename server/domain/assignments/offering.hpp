#pragma once

#include "domain/deciding.hpp"

/// The conditions on which a team may be offered a request.
namespace vigie::domain {

/// An answer that was under way when the time ran out still counts, and so long the offer stands.
inline constexpr std::chrono::seconds answer_grace{5};

/// A request offered to a team, perhaps in the place of what it is on.
struct Offer {
  protocol::AssignmentId assignment;
  protocol::RequestId request;
  protocol::TeamId team;
  bool reinforcement{};
  std::optional<protocol::AssignmentId> in_place_of{}; ///< the live assignment that ends by it
};

/// What speaks against the offer, if anything does.
Objection objection_to(Context const& context, Offer const& offer);

/// The offer as it is made: from now, for as long as the request's priority leaves to answer.
protocol::AssignmentOffered offered(Context const& context, Offer const& offer);

} // namespace vigie::domain
