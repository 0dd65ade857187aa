// How many commands one service takes when everybody sends at once.
import { insistOnAll, openContestant, perUnit } from "../lib/commands.mjs";
import { load, startSynced } from "../lib/ground.mjs";

const parties = {
  mixed: { desks: 5, handsets: 60, from_handsets: 1 }, // the first handset is on its way and only looks
  desks: { desks: 64, handsets: 1 },
};
const bare = "bare append, one client";
const limits = ["commands_per_second = 100000", "frames_per_second = 100000"]; // of one connection; usually 20 and 100

async function openBare() {
  const synced = await startSynced();
  return {
    async measure() {
      const { a_second: rate } = await load("append", { redis: synced.socket, seconds: 2 });
      return { mixed_rate: rate, desks_rate: rate };
    },
    close: () => synced.redis.stop(),
  };
}

async function measureAll(stage, quick) {
  const measured = {};
  for (const [name, party] of Object.entries(parties)) {
    const told = await load("load", { port: stage.port, ...party, outstanding: 1, seconds: quick ? 1 : 3, pids: stage.pids });
    insistOnAll(told);
    const { p50_ms, p99_ms } = told.to_answer;
    Object.assign(measured, { [`${name}_rate`]: told.answers_in_time / told.seconds, [`${name}_p50`]: p50_ms, [`${name}_p99`]: p99_ms });
    measured[`${name}_cpu`] = perUnit(told, stage, told.answers);
  }
  return measured;
}

const measuresOf = (name, who) => [
  { name: `${name}_rate`, title: `${who}: commands`, unit: "a second", ratios: { [bare]: 10 } },
  { name: `${name}_p50`, title: `${who}: answered, the middle`, unit: "ms", less: true },
  { name: `${name}_p99`, title: `${who}: answered, 99 of 100 within`, unit: "ms", less: true },
  { name: `${name}_cpu`, title: `${who}: server CPU for each`, unit: "µs", less: true },
];

export const oneService = {
  name: "one_service",
  title: "Commands a second in one service, 64 clients at once",
  how: "Each of 64 clients of one service sends its next command when the last is answered: 59 handsets, whose teams go on a break and come back, and 5 desks, which amend a request and are shown every change; then 64 desks, so that every change goes to 64 screens. Beside it one client that appends to a synced Redis stream, one entry after the other.",
  contestants: ["vigie", "ws + ioredis", bare],
  measures: [...measuresOf("mixed", "5 desks, 59 handsets"), ...measuresOf("desks", "64 desks")],
  async open(contestant, { quick }) {
    if (contestant === bare) return openBare();
    const stage = await openContestant(contestant, { desks: 64, teams: 60, limits });
    return { measure: () => measureAll(stage, quick), close: stage.stop };
  },
};
