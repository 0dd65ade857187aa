// One change to 500 screens, one at a time.
import { gather, openServer } from "../lib/contestant.mjs";

const screens = 500;
const handsets = 100; // take turns, so that none sends commands faster than it may
const changeBytes = 290; // of Vigie's change frame for one team; the peers send as much

export const fanout = {
  name: "fanout",
  title: "One change to 500 screens, one at a time",
  how: "A change is made when the last of 500 screens has seen the one before. Vigie's is a command: decided, in the journal on disk, and folded before anybody is shown it; the peers relay a text of the same size at once. Deliveries a second are counted over the whole time, from the sending to the last screen, for Vigie with the disk; below, without what comes before the first screen.",
  contestants: ["vigie", "ws", "socket.io", "nats"],
  measures: [
    { name: "deliveries", title: "deliveries, over the whole time", unit: "a second", ratios: { nats: 1.5, "socket.io": 2.5, ws: 1.4 } },
    { name: "spread", title: "deliveries, over the time from the first screen to the last", unit: "a second" },
    { name: "whole", title: "from the sending to the last screen, for Vigie with the disk", unit: "ms", less: true },
    { name: "cpu", title: "server CPU for each delivery", unit: "µs", less: true },
  ],
  async open(contestant, { quick }) {
    const server = await openServer(contestant, handsets, screens, { teams: handsets });
    const crowd = await gather(server, handsets, screens);
    return {
      async measure() {
        const told = await crowd.ask("changes", quick ? 0.5 : 2, changeBytes, server.pid);
        return { deliveries: told.delivered_per_s, spread: screens / (told.spread_ms / 1000), whole: told.whole_ms, cpu: told.cpu_us_per_delivery };
      },
      async close() {
        await crowd.stop();
        await server.stop();
      },
    };
  },
};
