// Vigie as a contestant: a real server with a data folder and Redis servers of its own, services and people as a figure
// wants them.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../../support/leavings.mjs";
import { Started, build, childrenOf, cores, pin, root } from "./processes.mjs";
import { Desk } from "./desk.mjs";

// A figure has many screens on one account, and a coordinator who signs every team on.
const ofOneAccount = ["screens_per_account = 20000", "commands_per_second = 10000"];

const five = (number) => String(number).padStart(5, "0");
export const teamId = (number) => `team-${five(number)}`;
export const memberId = (number) => `member-${five(number)}`;
export const serviceId = (number) => `service-${number}`;

function serviceFile(number, teams) {
  const listed = (kind, id, count) => Array.from({ length: count }, (_, at) => `[[${kind}]]\nid = "${id(at)}"\nname = "${id(at)}"\n`);
  return [
    `id = "${serviceId(number)}"\nname = "Service ${number}"\ntime_zone = "Europe/Paris"\n`,
    `[[windows]]\ndays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]\nopens = "21:00"\ncloses = "20:00"\n`,
    `[[quarters]]\nid = "centre"\nname = "Centre"\nlon = -1.68\nlat = 48.11\n`,
    `[[categories]]\nid = "noise_inside"\ngroup = "noise"\nfr = "Bruit"\nen = "Noise"\npriority = "normal"\n`,
    ...listed("teams", teamId, teams),
    ...listed("members", memberId, teams),
  ].join("\n");
}

export class House {
  /**
   * Opens a server with `services` services of `teams` teams each, all on duty in an open night. `settings` are further
   * lines of vigie.toml, `limits` some of its [limits].
   */
  static async open({ services = 1, teams = 1000, settings = "", limits = [], onDuty = true } = {}) {
    const house = Object.assign(new House(), { folder: temporaryFolder(), services, teams });
    house.write(settings, limits);
    await house.start();
    await house.enrol();
    if (onDuty) for (let at = 0; at < services; ++at) await house.signTeamsOn(at);
    return house;
  }

  write(settings, limits) {
    const folders = ["services", "places", "quarters", "console"];
    for (const name of folders) mkdirSync(path.join(this.folder, name));
    for (let at = 0; at < this.services; ++at) {
      const id = serviceId(at);
      writeFileSync(path.join(this.folder, "services", `${id}.toml`), serviceFile(at, this.teams));
      writeFileSync(path.join(this.folder, "places", `${id}.csv`), "id,landlord,estate,street,number,hall,lon,lat,quarter\np1,Bench,Bench,rue du Banc,1,,-1.68,48.11,centre\n");
      writeFileSync(path.join(this.folder, "quarters", `${id}.geojson`), '{"type":"FeatureCollection","features":[]}\n');
    }
    writeFileSync(path.join(this.folder, "console/index.html"), "<!doctype html><title>Vigie</title>");
    const lines = folders.map((name) => `${name} = "${path.join(this.folder, name)}"`);
    this.config = path.join(this.folder, "vigie.toml");
    writeFileSync(this.config, ["[folders]", `data = "${path.join(this.folder, "data")}"`, ...lines, "[limits]", ...ofOneAccount, ...limits, settings, ""].join("\n"));
  }

  /** Starts the server on its core, and moves its Redis servers to the other. */
  async start() {
    this.server = new Started(cores.server, path.join(build, "server/vigie-server"), ["--config", this.config, "--port", "0"]);
    const [, origin] = await this.server.says(/open at (http:\S+)/);
    this.origin = origin;
    this.port = Number(new URL(origin).port);
    this.redisPids = childrenOf(this.server.pid);
    for (const pid of this.redisPids) pin(pid, cores.load);
    await this.server.until(async () => (await fetch(`${origin}/readyz`)).status === 200, "it is ready");
  }

  /** The process whose work is counted. */
  get pid() {
    return this.server.pid;
  }

  redisPath(duty) {
    return path.join(this.folder, "data", duty, "redis.sock");
  }

  /** Accounts straight into the private Redis: of each service a handset a team, a dispatcher and a coordinator. */
  async enrol() {
    const { default: Redis } = await import("ioredis"); // only now: the figures can be listed without it
    this.redis = new Redis(this.redisPath("journal"), { lazyConnect: true });
    await this.redis.connect();
    const batch = this.redis.pipeline();
    for (let at = 0; at < this.services; ++at) {
      const service = serviceId(at);
      const put = (name, role, team = []) => batch.hset(`vigie:account:${service}.${name}`, "role", role, "service", service, "password", "-", "generation", "1", ...team);
      put("dispatcher", "dispatcher");
      put("coordinator", "coordinator");
      for (let team = 0; team < this.teams; ++team) put(teamId(team), "team", ["team", teamId(team)]);
    }
    await batch.exec();
  }

  /** Opens a session for each account named, and gives their tokens. */
  async sessions(accounts) {
    const tokens = accounts.map(() => randomBytes(32).toString("hex"));
    const digests = execFileSync(path.join(build, "tests/bench/vigie_bench_tokens"), { input: tokens.join("\n") + "\n", encoding: "utf8", maxBuffer: 2 ** 28 }).split("\n");
    const batch = this.redis.pipeline();
    accounts.forEach((account, at) => {
      const key = `vigie:session:${digests[at]}`;
      batch.hset(key, "account", account, "generation", "1", "opened_ms", String(Date.now()));
      batch.pexpire(key, 7_200_000);
    });
    await batch.exec();
    return tokens;
  }

  /** A file of tokens: so many handsets' of a service, going round its teams, then so many dispatchers'. */
  async tokenFile(handsets, viewers, service = 0) {
    const names = Array.from({ length: handsets + viewers }, (_, at) => `${serviceId(service)}.${at < handsets ? teamId(at % this.teams) : "dispatcher"}`);
    const file = path.join(this.folder, `tokens-${randomBytes(4).toString("hex")}`);
    writeFileSync(file, (await this.sessions(names)).join("\n") + "\n");
    return file;
  }

  /** A coordinator's desk in a service; it submits commands. */
  async desk(service = 0) {
    const [token] = await this.sessions([`${serviceId(service)}.coordinator`]);
    return Desk.open(this.port, token);
  }

  /** Opens the night and puts every team on duty, with as many desks as the limits of one connection ask for. */
  async signTeamsOn(service) {
    const atOnce = 30;
    const desks = await Promise.all(Array.from({ length: Math.ceil(this.teams / atOnce) }, () => this.desk(service)));
    const opened = await desks[0].submit({ type: "open_night", closes_at_ms: Date.now() + 8 * 3_600_000, exceptional: "event" });
    const byItself = opened.reason === "night_already_open"; // at its hour
    if (opened.type !== "accepted" && !byItself) throw new Error(`the night: ${JSON.stringify(opened)}`);
    const signOn = (at) => ({ type: "sign_on", team: teamId(at), members: [memberId(at)], transport: "on_foot" });
    const answers = await Promise.all(Array.from({ length: this.teams }, (_, at) => desks[Math.floor(at / atOnce)].submit(signOn(at))));
    for (const desk of desks) desk.close();
    const refused = answers.find(({ type }) => type !== "accepted");
    if (refused) throw new Error(`signing on: ${JSON.stringify(refused)}`);
  }

  async close() {
    this.redis?.disconnect();
    await this.server.stop();
  }
}
