// How many commands one service takes when everybody sends at once.
import { openContestant, perUnit } from "../lib/commands.mjs";
import { load, startSynced } from "../lib/ground.mjs";

const clients = 64;
const bare = "bare append, one client";
const limits = ["commands_per_second = 100000", "frames_per_second = 100000"]; // of one connection; usually 20 and 100

async function openBare() {
  const synced = await startSynced();
  return {
    measure: async () => ({ rate: (await load("append", { redis: synced.socket, seconds: 2 })).a_second }),
    close: () => synced.redis.stop(),
  };
}

async function measureAll(stage, quick) {
  const told = await load("load", { port: stage.port, services: 1, desks: clients, handsets: 1, outstanding: 1, seconds: quick ? 1 : 3, pids: stage.pids });
  return { rate: told.answers_in_time / told.seconds, p50: told.to_answer.p50_ms, p99: told.to_answer.p99_ms, cpu: perUnit(told, stage, told.answers) };
}

export const oneService = {
  name: "one_service",
  title: "Commands a second in one service, 64 desks at once",
  how: "Each of 64 desks of one service sends its next command when the last is answered, and is shown every change. Beside it one client that appends to a synced Redis stream, one entry after the other.",
  budget: 60,
  contestants: ["vigie", "ws + ioredis", bare],
  measures: [
    { name: "rate", title: "commands", unit: "a second", ratios: { [bare]: 10 } },
    { name: "p50", title: "answered, the middle", unit: "ms", less: true },
    { name: "p99", title: "answered, 99 of 100 within", unit: "ms", less: true },
    { name: "cpu", title: "server CPU for each", unit: "µs", less: true },
  ],
  async open(contestant, { quick }) {
    if (contestant === bare) return openBare();
    const stage = await openContestant(contestant, { desks: clients, limits });
    return { measure: () => measureAll(stage, quick), close: stage.stop };
  },
};
