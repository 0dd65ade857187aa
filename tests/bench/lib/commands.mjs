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

/** Throws unless all stayed, and every command was taken and answered: times are told of all or of none. */
export function insistOnAll(told) {
  const unanswered = told.commands - told.to_answer.count;
  if (told.lost || told.rejected || unanswered)
    throw new Error(`${told.lost} screens lost (${told.close_code}), ${told.rejected} commands rejected, ${unanswered} unanswered`);
}

/** Throws unless all that `insistOnAll` asks for, and every command's change was shown to its handset. */
export function insistOnAllShown(told) {
  insistOnAll(told);
  const unseen = told.commands - told.to_handset.count;
  if (unseen) throw new Error(`${unseen} of ${told.commands} commands were not shown to their handsets`);
}

/** The processor time of the server for each of so many things, in µs. */
export const perUnit = (told, stage, count) => (count ? (told.cpu[stage.pid] / count) * 1e6 : undefined);
