// Handsets' positions on their way into Redis.
import Redis from "ioredis";
import { openContestant, perUnit } from "../lib/commands.mjs";
import { load } from "../lib/ground.mjs";

const party = { services: 100, teams: 50, desks: 0, busy: 0 };
const rate = 20_000;

/** How many positions a Redis was ever told to keep: each contestant sets a hash for each. */
async function storedBy(redis) {
  const [, calls] = /cmdstat_hset:calls=(\d+)/.exec(await redis.info("commandstats")) ?? [];
  return Number(calls ?? 0);
}

/** What is sent before the measured time, until all rests, is stored too: so the part of all that was stored is told. */
async function measureFixes(stage, redis, quick) {
  const before = await storedBy(redis);
  const told = await load("load", { port: stage.port, services: party.services, desks: 0, handsets: party.teams, fixes: rate, seconds: quick ? 1 : 4, pids: stage.pids });
  if (told.fixes_refused || told.lost) throw new Error(`${told.fixes_refused} positions refused, ${told.lost} handsets lost`);
  const part = ((await storedBy(redis)) - before) / told.fixes_in_all;
  return { cpu: perUnit(told, stage, told.fixes * part), rate: told.fixes / told.seconds, stored: 100 * part };
}

export const fixes = {
  name: "fixes",
  title: "20,000 positions a second into Redis",
  how: "5,000 handsets of 100 services send four positions a second each. The peer sets a hash, its expiry and the geo set for each, through ioredis with automatic pipelining; Vigie also checks who may send, thins out, and keeps the live picture. Which of those sent were stored is asked of each one's Redis; the others are not counted.",
  contestants: ["vigie", "ws + ioredis"],
  measures: [
    { name: "cpu", title: "server CPU for each position stored", unit: "µs", less: true, ratios: { "ws + ioredis": 0.5 } },
    { name: "rate", title: "sent", unit: "a second" },
    { name: "stored", title: "of those sent, stored", unit: "%" },
  ],
  async open(contestant, { quick }) {
    const stage = await openContestant(contestant, party);
    const redis = new Redis(stage.presence.socket);
    return { measure: () => measureFixes(stage, redis, quick), close: () => (redis.disconnect(), stage.stop()) };
  },
};
