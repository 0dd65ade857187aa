// The live picture: how many positions reach the screens in time, what each costs the server, how late it is.
import { gather, openServer } from "../lib/contestant.mjs";

const handsets = 1000;
const viewers = 100;
const tick = 20;
const settings = `[timing]\npicture_tick = "${tick} ms"\n`;
const limits = ["fixes_per_second = 50"];

/** Rates of fixes a second, a quarter apart; the search begins at `first`. */
const rate = (notch) => Math.round(125 * 1.25 ** notch);
const first = 6;
const highest = 27; // 48 a second from each handset

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
    return notch >= 0 && notch <= highest && ((await this.held(notch)) || this.held(notch));
  }

  /** Sent in full, delivered, in time. What a tick overtakes is not counted as delivered. */
  async held(notch) {
    const told = await this.step(rate(notch), this.seconds);
    const enough = this.server.ticks ? 0.9 : 0.99;
    const held = told.p99_ms <= latest && told.share >= enough && told.sent_per_s >= 0.98 * rate(notch) && told.lost === 0;
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

  /** Goes up in long strides and then back in short ones. */
  async find() {
    let stride = (await this.holds(first)) ? 3 : -3;
    let notch = first + stride;
    while (notch >= 0 && (await this.holds(notch)) === stride > 0) notch += stride;
    if (stride < 0) stride = 3;
    else notch -= 3;
    for (let up = notch + 1; up < notch + 3 && (await this.holds(up)); ) ++up;
  }

  /** Looks around what was held before. */
  async follow() {
    const before = this.best.notch;
    this.best = {};
    if (await this.holds(before)) for (let notch = before + 1; await this.holds(notch); ) ++notch;
    else for (let notch = before - 1; notch >= 0 && !(await this.holds(notch)); ) --notch;
    if (!this.best.told) throw new Error("no rate was held");
  }
}

export const picture = {
  name: "picture",
  title: "Live picture: 1,000 handsets, 100 screens of the same service",
  how: `The rate of fixes is raised by quarters as long as 99 of 100 positions are on the screens within ${latest} ms of their sending, at the second try at the latest. Peers forward each fix; with "${tick} ms", the latest of each team every ${tick} ms, as Vigie does here; those with a tick are also measured at ten times the fixes, ten a second from each handset. With a tick there can be no more than ${(handsets * viewers) / tick / 1000} million positions a second: the latest of each handset, on each screen, at each tick. Quiet: ten fixes a second`,
  contestants: ["vigie", "ws", "socket.io", "mosquitto", "nats", "ws 20 ms", "socket.io 20 ms"],
  measures: [
    { name: "delivered", title: "positions on screens at the highest rate held", unit: "a second", ratios: { ws: 30, "socket.io": 30, mosquitto: 30, nats: 12 } },
    { name: "cpu", title: "server CPU for each of them", unit: "µs", less: true },
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
        if (round === 0) await search.find();
        await search.follow();
        const { told } = search.best;
        const loaded = server.ticks && (await search.step(tenfold, search.seconds));
        return {
          delivered: told.delivered_per_s, cpu: told.cpu_us_per_delivery, cpu_all: told.all_us_per_delivery,
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
