// The whole country on this machine: what it would be on any evening, and nothing lost.
import path from "node:path";
import { insistOnAllShown, openContestant, perUnit } from "../lib/commands.mjs";
import { load } from "../lib/ground.mjs";

const party = { services: 200, teams: 50, desks: 5 };
const commands = 200;
const fixes = party.services * party.teams;

async function measureCountry(stage, quick) {
  const answered = path.join(stage.ground.folder, "answered");
  const words = { port: stage.port, services: party.services, desks: party.desks, handsets: party.teams, commands, fixes, pids: stage.pids, answered };
  const told = await load("load", { ...words, seconds: quick ? 2 : 6, warm_up: 2 });
  insistOnAllShown(told);
  await load("check", { ...stage.ground.names(), answered }, { name: "vigie_bench_ground" });
  const cores = (pid) => told.cpu[pid] / told.seconds;
  const [server, ...redis] = stage.pids.split(",").map(cores);
  return { p50: told.to_handset.p50_ms, p99: told.to_handset.p99_ms, server, redis: redis[0] + redis[1], load: cores("load"), each: perUnit(told, stage, told.commands + told.fixes) };
}

export const country = {
  name: "country",
  title: "The country: 200 services, 10,000 handsets, 1,000 desks, 200 commands a second",
  how: "Each handset sends a position a second, each desk is shown its service's. After each round every answered command is looked for in the journals: it stands there once, and the chains hold. The server has a core, the load and both Redis servers share the other.",
  contestants: ["vigie"],
  measures: [
    { name: "p99", title: "command to handset, 99 of 100 within", unit: "ms", less: true, atMost: 50 },
    { name: "p50", title: "command to handset, the middle", unit: "ms", less: true },
    { name: "each", title: "server CPU for each command or position", unit: "µs", less: true },
    { name: "server", title: "cores taken by the server", unit: "", less: true },
    { name: "redis", title: "cores taken by both Redis", unit: "", less: true },
    { name: "load", title: "cores taken by the load", unit: "", less: true },
  ],
  async open(contestant, { quick }) {
    const stage = await openContestant(contestant, party);
    return { measure: () => measureCountry(stage, quick), close: stage.stop };
  },
};
