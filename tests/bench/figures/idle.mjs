// What a handset costs that is connected and says nothing.
import { setTimeout as sleep } from "node:timers/promises";
import { gather, openServer } from "../lib/contestant.mjs";
import { residentBytes } from "../lib/processes.mjs";

const teams = 1000;

export const idle = {
  name: "idle",
  title: "Memory of an idle handset",
  how: "What the server's resident memory grows by while 5,000 handsets connect, divided by 5,000; a new server each round, warmed up by 100 others. The bare server of WebSocket++ only shakes hands, with Vigie's allocator and settings.",
  contestants: ["vigie", "bare WebSocket++", "ws", "socket.io", "mosquitto", "nats"],
  measures: [{ name: "memory", title: "memory for each handset", unit: "KiB", less: true, atMost: 10, ratios: { nats: 0.5 } }],
  async open(contestant, { quick }) {
    const handsets = quick ? 500 : 5000;
    return {
      async measure() {
        const server = await openServer(contestant, handsets, 0, { teams, onDuty: false });
        const warm = await gather(server, 100, 0);
        await sleep(300);
        const before = residentBytes(server.pid);
        const crowd = await gather(server, handsets, 0);
        await sleep(300);
        const memory = (residentBytes(server.pid) - before) / handsets / 1024;
        for (const part of [crowd, warm, server]) await part.stop();
        return { memory };
      },
      async close() {},
    };
  },
};
