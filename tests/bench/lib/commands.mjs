// The contestants of the figures about commands and positions: Vigie, and the same with `ws` and `ioredis`.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Ground, startSynced } from "./ground.mjs";
import { startRedis } from "./peers.mjs";
import { Started, cores } from "./processes.mjs";

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), "../peers/commands.mjs");

async function openVigie(party) {
  const ground = await Ground.open(party);
  await ground.openServer();
  return { port: ground.port, pid: ground.server.pid, pids: ground.pids, presence: ground.presence, ground, stop: () => ground.close() };
}

async function openIoredis() {
  const [journal, presence] = [await startSynced(), await startRedis()];
  const server = new Started(cores.server, process.execPath, [script, journal.socket, presence.socket]);
  const [, port] = await server.says(/open at (\d+)/);
  const stop = () => server.stop().then(() => Promise.all([journal.redis.stop(), presence.redis.stop()]));
  return { port: Number(port), pid: server.pid, pids: String(server.pid), presence, stop };
}

/** Opens a contestant for so many services, teams and desks: `vigie` or `ws + ioredis`. */
export const openContestant = (name, party) => (name === "vigie" ? openVigie(party) : openIoredis());

/** The processor time of the server for each of so many things, in µs. */
export const perUnit = (told, stage, count) => (count ? (told.cpu[stage.pid] / count) * 1e6 : undefined);
