// Two server processes on one pair of Redis servers, people who work, and between all of them roads that can fail.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../../support/leavings.mjs";
import { Server, build } from "../../support/server.mjs";
import { until } from "../../support/until.mjs";
import { Crowd, roomForMany } from "../crowd.mjs";
import { DeskProcess } from "./desk_process.mjs";
import { Redis } from "./redis.mjs";
import { Road } from "./road.mjs";
import { Wanderer } from "./wanderer.mjs";

const faketime = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"]
  .find((library) => existsSync(library));
const realTimers = path.join(build, "tests/libreal_timers.so");

const people = ["operateur", "regulateur", "encadrant", "binome-1", "binome-2", "binome-3"].map((name) => `rennes.${name}`);

export class House {
  /** Chance decides from `luck` what a fault is like, from `peoplesLuck` what people do: that depends on the moment, and may not change the faults. */
  static async open(luck, peoplesLuck) {
    const house = new House();
    Object.assign(house, { luck, peoplesLuck, folder: temporaryFolder(), cookies: new Map(), servers: [], roads: [] });
    house.journal = Redis.open(house.folder, "journal", { small: true });
    house.presence = Redis.open(house.folder, "presence");
    await until(() => [house.journal, house.presence].every(({ socket }) => existsSync(socket)), "both Redis listen");
    await house.openServer("one", ["--sample"]);
    await house.openServer("other", []);
    await house.letPeopleIn();
    return house;
  }

  async openServer(name, options) {
    const server = new HouseServer();
    Object.assign(server, this.servers[0]?.access, { name, folder: path.join(this.folder, name) });
    server.roads = { journal: await this.road(this.journal, name), presence: await this.road(this.presence, name) };
    const urls = ["--redis-url", `unix:${server.roads.journal.at}`, "--presence-url", `unix:${server.roads.presence.at}`];
    await server.open([...urls, ...options]);
    server.roads.people = await Road.open(server.port);
    this.roads.push(...Object.values(server.roads));
    this.servers.push(server);
  }

  async road(redis, name) {
    const at = path.join(this.folder, `${path.basename(redis.folder)}-${name}.sock`);
    return Object.assign(await Road.open(redis.socket, at), { at });
  }

  async letPeopleIn() {
    const [one] = this.servers;
    const seed = Math.floor(this.peoplesLuck.between(0, 1e6));
    for (const account of people) {
      const screen = new Wanderer(one.origin, account, one.password(account));
      await screen.signIn();
      this.cookies.set(account, screen.cookie);
    }
    const enter = (account) => Wanderer.enterBy(this.doors, this.peoplesLuck, account, this.cookies.get(account));
    this.crowd = await Crowd.gather(one, this.peoplesLuck, this.cookies, enter);
    const account = "rennes.operateur";
    const outbox = path.join(this.folder, "outbox");
    this.desk = new DeskProcess({ outbox, doors: this.doors, account, cookie: this.cookies.get(account), seed });
    this.desk.start();
  }

  get doors() {
    return this.servers.map(({ name, roads }) => ({ server: name, port: roads.people.port }));
  }

  get people() {
    return this.crowd.clients;
  }

  /** The people whose line goes to this server now. */
  at(server) {
    return this.people.filter(({ door }) => door.server === server.name);
  }

  get tellsTime() {
    return faketime !== undefined;
  }

  work() {
    this.crowd.start();
    this.desk.work();
  }

  rest() {
    return Promise.all([this.crowd.rest(), this.desk.rest()]);
  }

  /** Everybody is connected and may send again. */
  async recovers() {
    for (const server of this.servers) await server.until(() => server.isReady(), `${server.name} is ready again`);
    await until(() => this.people.every(({ works }) => works), "everybody works again", { said: () => this.said() });
  }

  said() {
    const lines = this.people.map(({ account, door, welcomed, available }) => `${account} at ${door.server}: welcomed ${welcomed}, journal ${available}`);
    return [...lines, ...this.servers.map(({ name, log }) => `${name} said:\n${log.slice(-4000)}`), this.journal.log.slice(-2000)].join("\n");
  }

  async close() {
    this.crowd?.leave();
    for (const client of this.people ?? []) await client.close();
    await this.desk?.close();
    for (const road of this.roads) road.clear();
    for (const server of this.servers) await server.end();
    for (const road of this.roads) await road.close();
    for (const redis of [this.journal, this.presence]) await redis.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class HouseServer extends Server {
  async open(options) {
    this.options = options;
    mkdirSync(this.folder);
    this.writeConfig(undefined, [...roomForMany, "[timing]", 'heartbeat = "1 s"', 'command_answer = "2 s"']); // shorter than the people's patience
    this.clock = path.join(this.folder, "clock");
    this.setClock(0);
    this.environment = faketime ? this.ownClock() : {};
    await this.start();
    if (options.includes("--sample")) this.readAccess();
  }

  /** LD_PRELOAD parts its libraries at spaces, which the path of a checkout may have: so it is given a copy. */
  ownClock() {
    const timers = path.join(this.folder, "real_timers.so");
    copyFileSync(realTimers, timers);
    return { LD_PRELOAD: `${timers}:${faketime}`, FAKETIME_TIMESTAMP_FILE: this.clock, FAKETIME_CACHE_DURATION: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1", NO_FAKE_STAT: "1" };
  }

  /** The wall clock of this process goes so many seconds before or after the machine's. */
  setClock(seconds) {
    writeFileSync(this.clock, `${seconds < 0 ? "" : "+"}${seconds}\n`);
  }

  get access() {
    return { accounts: this.accounts, telephoneKey: this.telephoneKey, metricsKey: this.metricsKey };
  }

  /** How often another process was first, since this one started. */
  async conflicts() {
    const headers = { authorization: `Bearer ${this.metricsKey}` };
    const text = await (await fetch(`${this.origin}/metrics`, { headers })).text();
    return [...text.matchAll(/^\w*conflict\w*(?:\{.*?\})? (\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** The same server, whose other verbs go straight to the journal. */
  straightTo(redis) {
    return Object.assign(Object.create(this), { options: ["--redis-url", `unix:${redis.socket}`] });
  }
}
