#pragma once

#include "domain/state.hpp"

/// What the folding of events has in common: an entity is changed through here, so that its version follows.
namespace vigie::domain {

/// Changes an entity and notes the version that did; does nothing where it is not on the shelf.
template <class Id, class Entity, class Alter>
void change(Shelf<Id, Entity>& shelf, Id const& id, protocol::Version version, Alter alter) {
  auto const found = shelf.find(id);
  if (found == shelf.end()) return;
  alter(found->second.entity);
  found->second.changed = version;
}

/// Puts a new entity on the shelf, or in the place of the one with its id.
template <class Id, class Entity>
void put(Shelf<Id, Entity>& shelf, Entity entity, protocol::Version version) {
  auto const id = entity.id;
  shelf.insert_or_assign(id, Held<Entity>{std::move(entity), version});
}

} // namespace vigie::domain
