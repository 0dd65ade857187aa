// Plays one fault after another in an order of chance, and judges after each.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { chances } from "../../night/chance.mjs";
import { until } from "../../support/until.mjs";
import { againstJournal, judge } from "../judge.mjs";
import { fixAt } from "../words.mjs";
import { explained } from "./explained.mjs";
import { kinds } from "./faults.mjs";
import { House } from "./house.mjs";

const endings = new Set([1006, 1012, 4408]); // cut; the server stops; silent for too long
const held = new Set(["people_slow", "people_silent"]); // what goes out to people waits then
const resync = 4009; // too much waits: a pair that does tasks by the hundred is shown them all with each change
const refusals = new Set([503]); // at the door

export class Storm {
  /** A house for the faults of this seed. */
  static async gather(seed) {
    const storm = new Storm();
    const [order, luck, peoplesLuck] = chances(seed, 3);
    Object.assign(storm, { seed, order, recoveries: [] });
    storm.house = await House.open(luck, peoplesLuck);
    Object.assign(storm.house, { lasting: (longest) => longest });
    return storm;
  }

  /** The kinds that cannot be made to happen on this machine. */
  get impossible() {
    return Object.keys(kinds).filter((kind) => !kinds[kind][1](this.house));
  }

  /** So many kinds, each as often as the others, in an order of chance; those named `once` come once. */
  deck(count, without = [], once = []) {
    const possible = Object.keys(kinds).filter((kind) => !this.impossible.includes(kind) && !without.includes(kind));
    assert.notEqual(possible.length, 0, "none of these faults can be made to happen on this machine");
    const deck = [];
    for (let round = 0; deck.length < count; ++round)
      deck.push(...shuffled(possible.filter((kind) => round === 0 || !once.includes(kind)), this.order));
    return deck.slice(0, count);
  }

  /** Makes one fault happen while people work, and judges when it is over. */
  async play(kind) {
    const { house } = this;
    const { luck } = house;
    house.work();
    await house.crowd.more(Math.floor(luck.between(1, 30)));
    await sleep(luck.between(0, 40));
    const lift = await kinds[kind][0](house);
    await lift();
    const lifted = performance.now();
    await house.recovers();
    this.recoveries.push(performance.now() - lifted);
    await house.crowd.more(15);
    await house.rest();
    await this.judge(kind);
  }

  async judge(kind) {
    const { house } = this;
    const expected = held.has(kind) ? new Set([...endings, resync]) : endings;
    for (const server of house.servers) await this.holds(server);
    await this.mapsAgree();
    for (const client of house.people) {
      for (const code of client.closes.splice(0)) assert.ok(expected.has(code), `${client.account} was cut off with ${code}`);
      for (const status of client.doorAnswers.splice(0)) assert.ok(refusals.has(status), `${client.account} was refused at the door with ${status}`);
    }
    for (const server of house.servers) this.read(server, kind);
  }

  /** The journal and what this server shows. */
  async holds(server) {
    const { house } = this;
    const commits = await judge(server.straightTo(house.journal), house.people, house.cookies);
    againstJournal(commits, [house.desk]);
    this.commits = commits.length;
  }

  /** A pair's position, told to any server, is seen on every desk. */
  async mapsAgree() {
    const desks = this.house.people.filter(({ actor }) => !actor.team);
    const handset = this.house.people.find(({ actor, teams }) => teams.get(actor.team)?.duty === "available");
    if (!handset) return;
    const [lon, lat] = [-1.7, 48.11].map((middle) => middle + this.house.peoplesLuck.between(-0.01, 0.01));
    let next = 0;
    const seen = ({ map }) => map.get(handset.actor.team)?.lon === lon && map.get(handset.actor.team)?.lat === lat;
    await until(() => {
      if (Date.now() > next) handset.say(fixAt(lon, lat));
      if (Date.now() > next) next = Date.now() + 500;
      return desks.every(seen);
    }, `every desk sees ${handset.actor.team}`, { said: () => this.house.said() });
  }

  /** Nothing went wrong that nobody can explain. */
  read(server, kind) {
    const lines = server.log.slice(server.read ?? 0).split("\n");
    server.read = server.log.length;
    assert.deepEqual(lines.filter((line) => !explained(line, kind)), [], `${server.name} said this`);
  }

  /** Adds what was done in this house. */
  async count(figures) {
    figures.answered += this.answered;
    figures.resent += this.resent;
    figures.commits += this.commits;
    for (const server of this.house.servers) figures.conflicts += await server.conflicts();
  }

  get answered() {
    return this.house.crowd.answered + ["accepted", "rejected"].flatMap((type) => this.house.desk.definite(type)).length;
  }

  get resent() {
    return this.house.people.reduce((sum, client) => sum + client.resent, 0);
  }

  close() {
    return this.house.close();
  }
}

function shuffled(items, luck) {
  const left = [...items];
  const order = [];
  while (left.length) order.push(...left.splice(Math.floor(luck.between(0, left.length)), 1));
  return order;
}
