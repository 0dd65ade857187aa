// A server starts on a service's journal of ten years.
import { Ground } from "../lib/ground.mjs";

const nights = 3650;

/** Starts the server and stops it, which saves a snapshot; gives the seconds until its doors were open. */
async function startAndStop(ground) {
  await ground.openServer();
  await ground.server.stop();
  return ground.openAfter;
}

/** What Redis holds, and how long it takes to load that itself. */
async function sizes(ground) {
  const { default: Redis } = await import("ioredis"); // only now: the figures can be listed without it
  const redis = new Redis(ground.journal.socket);
  const [commits, snapshot] = [await redis.xlen("vigie:{s001}:journal"), await redis.hstrlen("vigie:{s001}:snapshot", "state")];
  const began = performance.now();
  await redis.call("DEBUG", "RELOAD");
  const [saved] = [performance.now()];
  redis.disconnect();
  return { commits, snapshot: snapshot / 1024, redis: (saved - began) / 1000 };
}

export const tenYears = {
  name: "ten_years",
  title: "Start with ten years of nights in the journal",
  how: "3,650 nights of 30 calls, each with its request, team and milestones: decided by the domain and chained as a server would. From the program's start until its doors are open, Redis already up; and once without a snapshot, which reads every commit.",
  contestants: ["vigie"],
  measures: [
    { name: "seconds", title: "until its doors are open", unit: "s", less: true, atMost: 2 },
    { name: "replay", title: "without a snapshot, once", unit: "s", less: true },
    { name: "commits", title: "commits in the journal", unit: "" },
    { name: "snapshot", title: "size of the snapshot", unit: "KiB", less: true },
    { name: "redis", title: "Redis itself, to save its data and load them again", unit: "s", less: true },
  ],
  async open(contestant, { quick }) {
    const ground = await Ground.open({ teams: 5, nights: quick ? 100 : nights, durable: false });
    const replay = await startAndStop(ground);
    const once = { replay, ...(await sizes(ground)) };
    return {
      measure: async (round) => ({ seconds: await startAndStop(ground), ...(round === 0 ? once : {}) }),
      close: () => ground.close(),
    };
  },
};
