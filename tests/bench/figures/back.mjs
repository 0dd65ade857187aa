// Ten thousand handsets lose their server and come back at once.
import { openContestant, perUnit } from "../lib/commands.mjs";
import { load } from "../lib/ground.mjs";
import { openBare } from "../lib/peers.mjs";

const party = { services: 200, teams: 50, desks: 0, busy: 0 };
const bare = "bare WebSocket++";

export const back = {
  name: "back",
  title: "10,000 handsets cut and back",
  how: "All handsets are cut and connect again, 1,000 at a time. Vigie looks up their sessions in Redis and gives each what it shows; the bare server of WebSocket++ only shakes hands, with Vigie's allocator and settings.",
  contestants: ["vigie", bare],
  measures: [
    { name: "seconds", title: "until all are current", unit: "s", less: true, ratios: { [bare]: 1.5 } },
    { name: "cpu", title: "server CPU for each", unit: "µs", less: true },
  ],
  async open(contestant) {
    const stage = await (contestant === bare ? openBare() : openContestant(contestant, party));
    const until = contestant === bare ? "handshake" : "current";
    return {
      async measure() {
        const told = await load("return", { port: stage.port, services: party.services, desks: 0, handsets: party.teams, pids: stage.pids ?? stage.pid, until });
        return { seconds: told.seconds, cpu: perUnit(told, stage, told.screens) };
      },
      close: stage.stop,
    };
  },
};
