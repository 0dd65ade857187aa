// Opens a contestant for a figure that wants one service with handsets and viewers, Vigie and its peers alike.
import { Generator } from "./generator.mjs";
import { House } from "./house.mjs";
import { peers } from "./peers.mjs";

/** Gives { dialect, port, pid, helpers, tokens, ticks, stop }; `options` are the house's. */
export async function openServer(contestant, handsets, viewers, options) {
  if (contestant !== "vigie") return { helpers: [], tokens: "-", ...peers[contestant], ...(await peers[contestant].start()) };
  const house = await House.open(options);
  const tokens = await house.tokenFile(handsets, viewers);
  return { dialect: "vigie", ticks: true, port: house.port, pid: house.pid, helpers: house.redisPids, tokens, stop: () => house.close() };
}

/** Connects a crowd to it; resolves when all are ready. */
export async function gather({ dialect, port, tokens }, handsets, viewers) {
  const crowd = new Generator("vigie_bench_crowd", dialect, port, handsets, viewers, tokens);
  await crowd.hear();
  return crowd;
}
