// Handsets' positions on their way into Redis.
import { openContestant, perUnit } from "../lib/commands.mjs";
import { load } from "../lib/ground.mjs";

const party = { services: 100, teams: 50, desks: 0, busy: 0 };
const rate = 20_000;

async function measureFixes(stage, quick) {
  const told = await load("load", { port: stage.port, services: party.services, desks: 0, handsets: party.teams, fixes: rate, seconds: quick ? 1 : 4, pids: stage.pids });
  if (told.fixes_refused || told.lost) throw new Error(`${told.fixes_refused} positions refused, ${told.lost} handsets lost`);
  return { cpu: perUnit(told, stage, told.fixes), rate: told.fixes / told.seconds };
}

export const fixes = {
  name: "fixes",
  title: "20,000 positions a second into Redis",
  how: "5,000 handsets of 100 services send four positions a second each. The peer sets a hash, its expiry and the geo set for each, through ioredis with automatic pipelining; Vigie also checks who may send, thins out, and keeps the live picture.",
  contestants: ["vigie", "ws + ioredis"],
  measures: [
    { name: "cpu", title: "server CPU for each position", unit: "µs", less: true, ratios: { "ws + ioredis": 0.5 } },
    { name: "rate", title: "sent", unit: "a second" },
  ],
  async open(contestant, { quick }) {
    const stage = await openContestant(contestant, party);
    return { measure: () => measureFixes(stage, quick), close: stage.stop };
  },
};
