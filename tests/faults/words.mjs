// Commands that the tests send, with ids of their own.
import { randomUUID } from "node:crypto";

export const signOn = (team, member) => ({ type: "sign_on", team, members: [member], transport: "on_foot" });

export const recordCall = (chance) => ({
  type: "record_call",
  call: `c-${randomUUID()}`,
  particulars: { number: `+3369900${Math.floor(chance.between(1000, 9999))}`, caller_name: "Mme Le Goff" },
});

export const openRequest = (chance, service, call) => ({
  type: "open_request",
  request: `r-${randomUUID()}`,
  source: "resident_phone",
  category: chance.pick(service.categories).id,
  priority: chance.pick(["urgent", "normal", "can_wait"]),
  quarter: chance.pick(service.quarters).id,
  dangers: [],
  ...(call && { call }),
  particulars: { words: "Musique très forte depuis une heure" },
});

export const offer = (request, team, reinforcement = false) => ({
  type: "offer_assignment",
  assignment: `a-${randomUUID()}`,
  request,
  team,
  reinforcement,
});

export const accept = (assignment) => ({ type: "accept_assignment", assignment });
export const refuse = (assignment) => ({ type: "refuse_assignment", assignment, reason: "busy_on_site" });
export const progress = (assignment, milestone) => ({ type: "report_progress", assignment, milestone });
export const clear = (assignment) => ({ type: "clear_assignment", assignment, disposition: "calmed_on_site", report: "Musique baissée, tout le monde est rentré" });
export const withdraw = (assignment) => ({ type: "withdraw_assignment", assignment, reason: "no_longer_needed" });
export const close = (request) => ({ type: "close_request", request, disposition: "advised_by_phone" });

let lastFix = 0;

/** A position of now; of two in one millisecond the server would keep the first. */
export function fixAt(lon, lat) {
  lastFix = Math.max(Date.now(), lastFix + 1);
  return { type: "report_fix", fix: { point: { lon, lat }, accuracy_m: 8, fixed_at_ms: lastFix } };
}
