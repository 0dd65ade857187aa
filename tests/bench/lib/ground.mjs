// What a figure stands on: services by the hundred in a folder of their own, private Redis servers, accounts whose
// session is known, a night under way; then the server, pinned to a core of its own.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../../support/leavings.mjs";
import { startRedis } from "./peers.mjs";
import { Started, build, cores, root } from "./processes.mjs";

/** Runs a load program to its end, on its core or the one given, and reads its line of JSON. */
export async function load(verb, values, { name = "vigie_bench_commands", core = cores.load } = {}) {
  const words = Object.entries(values).map(([key, value]) => `${key}=${value}`);
  const command = ["-c", String(core), path.join(build, "tests/bench", name), verb, ...words];
  const { stdout } = await promisify(execFile)("taskset", command, { maxBuffer: 2 ** 26 });
  return stdout ? JSON.parse(stdout) : undefined;
}

/** A private Redis on disk, each write synced before it is answered. */
export const startSynced = () => startRedis(["--save", "", "--appendonly", "yes", "--appendfsync", "always"]);

const named = (count, of) => Array.from({ length: count }, (_, i) => of(i + 1)).join("");

/** The sample service under another name, with so many teams. */
function serviceFile(id, teams) {
  const sample = readFileSync(path.join(root, "config/services/rennes.toml"), "utf8");
  const rest = sample.replace(/\[\[(teams|members)\]\]\nid = .*\nname = .*\n\n?/g, "").replace('id = "rennes"', `id = "${id}"`);
  return `${rest}\n${named(teams, (n) => `[[teams]]\nid = "team-${n}"\nname = "Binôme ${n}"\n\n[[members]]\nid = "m${n}"\nname = "Membre ${n}"\n\n`)}`;
}

export class Ground {
  /** Services by number, each with so many teams on duty, of which `busy` are on their way, and so many desks. */
  static async open({ services = 1, teams = 1, desks = 1, busy = 1, nights = 0, limits = [], durable = true } = {}) {
    const ground = new this();
    ground.folder = temporaryFolder();
    ground.write(services, teams, limits);
    ground.journal = await (durable ? startSynced() : startRedis(["--save", "", "--enable-debug-command", "yes"]));
    ground.presence = await startRedis();
    await load("prepare", { ...ground.names(), desks, busy, nights }, { name: "vigie_bench_ground" });
    return ground;
  }

  names() {
    return { services: path.join(this.folder, "services"), redis: `unix:${this.journal.socket}` };
  }

  write(services, teams, limits) {
    for (const folder of ["services", "places", "quarters", "console"]) mkdirSync(path.join(this.folder, folder));
    const places = readFileSync(path.join(root, "config/places/rennes.csv"), "utf8").split("\n").slice(0, 41).join("\n");
    for (let n = 1; n <= services; ++n) {
      const id = `s${String(n).padStart(3, "0")}`;
      writeFileSync(path.join(this.folder, "services", `${id}.toml`), serviceFile(id, teams));
      writeFileSync(path.join(this.folder, "places", `${id}.csv`), places);
      writeFileSync(path.join(this.folder, "quarters", `${id}.geojson`), '{"type":"FeatureCollection","features":[]}');
    }
    writeFileSync(path.join(this.folder, "console/index.html"), "<!doctype html><title>Vigie</title>");
    const lines = ["[folders]", `data = "${this.folder}/data"`, ...["services", "places", "quarters", "console"].map((name) => `${name} = "${name}"`),
      "[limits]", ...limits, "[log]", 'level = "warn"', ""];
    writeFileSync(path.join(this.folder, "vigie.toml"), lines.join("\n"));
  }

  /** Starts Vigie; resolves when its doors are open. */
  async openServer() {
    const urls = ["--redis-url", `unix:${this.journal.socket}`, "--presence-url", `unix:${this.presence.socket}`];
    const began = performance.now();
    this.server = new Started(cores.server, path.join(build, "server/vigie-server"), ["--config", path.join(this.folder, "vigie.toml"), "--port", "0", ...urls]);
    const [, port] = await this.server.says(/open at http:\S+:(\d+)/);
    this.port = Number(port);
    this.openAfter = (performance.now() - began) / 1000;
  }

  /** Whose work is told: the server, the journal's Redis, the presence's. */
  get pids() {
    return [this.server, this.journal.redis, this.presence.redis].map(({ pid }) => pid).join(",");
  }

  async close() {
    await this.server?.stop();
    for (const { redis } of [this.presence, this.journal]) await redis.stop();
  }
}
