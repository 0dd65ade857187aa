// What happens beside the screens that a story watches, done by people without one.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

async function accepted(client, command) {
  const answer = await client.submit(command);
  assert.equal(answer.type, "accepted", JSON.stringify(answer));
}

/** An operator takes a request down, at the first place of the quarter. */
export async function openRequest(operator, category, more = {}) {
  const request = `r-${randomUUID()}`;
  const { places } = await operator.get("/api/v1/places?limit=1&q=aubepines");
  const place = places[0];
  const { priority } = operator.service.categories.find(({ id }) => id === category);
  await accepted(operator, { type: "open_request", request, source: "resident_phone", category, priority, place,
    quarter: place.quarter, dangers: [], particulars: { words: "Depuis une heure" }, ...more });
  return request;
}

/** A team signs on. */
export const signOn = (pair, ...members) =>
  accepted(pair, { type: "sign_on", team: pair.actor.team, members, transport: "on_foot" });

/** A dispatcher sends a team. */
export async function offer(dispatcher, request, team) {
  const assignment = `a-${randomUUID()}`;
  await accepted(dispatcher, { type: "offer_assignment", assignment, request, team, reinforcement: false });
  return assignment;
}
