// A command, from the desk's frame that leaves to the change that arrives at the handset, on disk in between.
import { insistOnAllShown, openContestant, perUnit } from "../lib/commands.mjs";
import { load, startSynced } from "../lib/ground.mjs";
import { cores } from "../lib/processes.mjs";

const services = 200;
const party = { services, teams: 1, desks: 3 }; // so many desks that none sends more than it may
const rates = [100, 1000, 10_000];
const bare = "bare append + echo";

async function openBareParts() {
  const synced = await startSynced();
  return {
    async measure() {
      const measured = {};
      for (const rate of rates) {
        const append = await load("append", { redis: synced.socket, seconds: 1, a_second: rate }, { core: cores.server });
        const echo = await load("echo", { seconds: 1, a_second: rate, core: cores.server });
        measured[`p50_${rate}`] = append.times.p50_ms + echo.times.p50_ms;
        measured[`answered_${rate}`] = append.a_second;
      }
      return measured;
    },
    close: () => synced.redis.stop(),
  };
}

async function measureRates(stage, quick) {
  const measured = {};
  for (const rate of rates) {
    const told = await load("load", { port: stage.port, services, desks: party.desks, handsets: 1, commands: rate, seconds: quick ? 1 : 3, warm_up: 0.5, pids: stage.pids });
    insistOnAllShown(told);
    Object.assign(measured, { [`p50_${rate}`]: told.to_handset.p50_ms, [`p99_${rate}`]: told.to_handset.p99_ms, [`cpu_${rate}`]: perUnit(told, stage, told.answers) });
    measured[`answered_${rate}`] = told.answers_in_time / told.seconds;
  }
  return measured;
}

const at = (rate) => `at ${rate} commands a second`;

export const commands = {
  name: "commands",
  title: "Command to handset, on disk in between",
  how: `A desk changes a request, and its handset shows it: ${services} services, each with three desks and a handset. The peer appends each command to a synced Redis stream through ioredis and then tells the same screens; the bare parts are one synced XADD and one loopback echo between the same cores, added: one client each, which waits for each answer, and so makes fewer than ten thousand a second; how many appends it made stands among those answered.`,
  contestants: ["vigie", "ws + ioredis", bare],
  measures: rates.flatMap((rate) => [
    { name: `p50_${rate}`, title: `${at(rate)}: the middle`, unit: "ms", less: true, ratios: { [bare]: 1.5 } },
    { name: `p99_${rate}`, title: `${at(rate)}: 99 of 100 within`, unit: "ms", less: true, ratios: rate === 10_000 ? { "ws + ioredis": 0.3 } : {} },
    { name: `answered_${rate}`, title: `${at(rate)}: answered`, unit: "a second" },
    { name: `cpu_${rate}`, title: `${at(rate)}: server CPU for each`, unit: "µs", less: true },
  ]),
  async open(contestant, { quick }) {
    if (contestant === bare) return openBareParts();
    const stage = await openContestant(contestant, party);
    return { measure: () => measureRates(stage, quick), close: stage.stop };
  },
};
