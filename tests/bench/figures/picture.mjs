// The live picture: how many positions reach the screens in time, what each costs the server, how late it is.
import { gather, openServer } from "../lib/contestant.mjs";

const handsets = 1000;
const viewers = 100;
const tick = 20;
const settings = `[timing]\npicture_tick = "${tick} ms"\n`;
const limits = ["fixes_per_second = 200", "frames_per_second = 200"]; // more than is tried

/** Rates of fixes a second, a twentieth apart; the search begins at `first`. */
const rate = (notch) => Math.round(1000 * 1.05 ** notch);
const first = 0;
const lowest = -60;
const highest = 101;
const strides = [12, 4, 1];

/** Positions later than this, in milliseconds, are not in time. */
const latest = 50;
/** Ten times the fixes of the usual night, where each handset sends one a second. */
const tenfold = 10 * handsets;

class Search {
  best = { notch: first };

  constructor(server, seconds) {
    Object.assign(this, { server, seconds });
  }

  /** Whether the rate is held, at the second try at the latest: the machine has other guests, and one pause of it decides nothing. */
  async holds(notch) {
    return notch >= lowest && notch <= highest && ((await this.held(notch)) || this.held(notch));
  }

  /** Sent in full, on the screens in time, nobody cut off. */
  async held(notch) {
    const told = await this.step(rate(notch), this.seconds);
    const held = told.p99_ms <= latest && told.sent_per_s >= 0.98 * rate(notch) && told.lost === 0;
    if (held) this.best = { notch, told };
    if (told.lost) await this.again();
    return held;
  }

  async step(fixes, seconds) {
    this.crowd ??= await gather(this.server, handsets, viewers);
    return this.crowd.ask("step", fixes, seconds, this.server.pid, this.server.helpers.join(","));
  }

  /** Clients that were cut off connect again. */
  async again() {
    await this.crowd.stop();
    this.crowd = undefined;
  }

  /** Goes up, or down, in long strides, and then up in ever shorter ones. */
  async find() {
    let notch = first;
    while (notch > lowest && !(await this.holds(notch))) notch -= strides[0];
    for (const stride of strides) while (await this.holds(notch + stride)) notch += stride;
  }

  /** Looks around what was held before. */
  async follow() {
    const before = this.best.notch;
    this.best = {};
    if (await this.holds(before)) for (let notch = before + 1; await this.holds(notch); ) ++notch;
    else for (let notch = before - 1; notch >= lowest && !(await this.holds(notch)); ) --notch;
  }
}

export const picture = {
  name: "picture",
  title: "Live picture: 1,000 handsets, 100 screens of the same service",
  how: `The rate of fixes is raised, in the end by twentieths, as long as 99 of 100 of all positions sent are on the screens within ${latest} ms of their sending, at the second try at the latest. A position is on a screen when it, or a newer one of the same handset, is shown there; four of the screens are read through, others each time, and the one that fares worst counts for all delays. Told is that rate times the screens. Peers forward each fix; with "${tick} ms", the latest of each team every ${tick} ms, as Vigie does here: of more than ${1000 / tick} a second from one handset those with a tick show the newer ones, and how many are shown one by one stands below. Those with a tick are also measured at ten times the fixes, ten a second from each handset. The search ends at ${Math.round(rate(highest) / handsets)} fixes a second from each handset; who comes to that end might hold more. Quiet: ten fixes a second`,
  contestants: ["vigie", "ws", "socket.io", "mosquitto", "nats", "ws 20 ms", "socket.io 20 ms"],
  measures: [
    { name: "held", title: "positions on screens, they or newer ones, at the highest rate held", unit: "a second", ratios: { ws: 30, "socket.io": 30, mosquitto: 30, nats: 12 } },
    { name: "share", title: "of these shown one by one", unit: "%" },
    { name: "cores", title: "cores taken by the server at that rate", unit: "" },
    { name: "cpu", title: "server CPU for each that was shown", unit: "µs", less: true },
    { name: "cpu_all", title: "the same with its Redis", unit: "µs", less: true },
    { name: "loaded_p50", title: "delay at that rate, median", unit: "ms", less: true },
    { name: "loaded_p99", title: "delay at that rate, 99th percentile", unit: "ms", less: true },
    { name: "tenfold_p50", title: "delay at ten times the fixes, median", unit: "ms", less: true },
    { name: "tenfold_p99", title: "delay at ten times the fixes, 99th percentile", unit: "ms", less: true, atMost: tick + 10 },
    { name: "quiet_p50", title: "delay when quiet, median", unit: "ms", less: true, atMost: 3 },
    { name: "quiet_p99", title: "delay when quiet, 99th percentile", unit: "ms", less: true },
  ],
  async open(contestant, { quick }) {
    const server = await openServer(contestant, handsets, viewers, { teams: handsets, settings, limits });
    const search = new Search(server, quick ? 0.6 : 1.5);
    return {
      async measure(round) {
        const quiet = await search.step(10, quick ? 0.5 : 1.5);
        await (round === 0 ? search.find() : search.follow());
        const { told } = search.best;
        if (!told) throw new Error("no rate was held");
        const loaded = server.ticks && (await search.step(tenfold, search.seconds));
        return {
          held: told.sent_per_s * viewers, share: 100 * told.share, cores: told.server_cpu, cpu: told.cpu_us_per_delivery, cpu_all: told.all_us_per_delivery,
          loaded_p50: told.p50_ms, loaded_p99: told.p99_ms,
          ...(loaded && { tenfold_p50: loaded.p50_ms, tenfold_p99: loaded.p99_ms }), quiet_p50: quiet.p50_ms, quiet_p99: quiet.p99_ms,
        };
      },
      async close() {
        await search.crowd?.stop();
        await server.stop();
      },
    };
  },
};
