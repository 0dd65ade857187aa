// Eight people at work: each sends its next command as soon as the last one is answered. Operators note calls and open
// requests, dispatchers send the teams, and three of the five teams have a handset that goes through its tasks.
import { within } from "../support/until.mjs";
import { Steadfast } from "./steadfast.mjs";
import { accept, clear, close, offer, openRequest, progress, recordCall, refuse, signOn, withdraw } from "./words.mjs";

/** Several people work on one account, each as fast as one alone may (rule R10.1). */
export const roomForMany = ["[limits]", "commands_per_second = 400"];

const desks = ["rennes.operateur", "rennes.regulateur", "rennes.encadrant", "rennes.regulateur", "rennes.operateur"];
const handsets = ["rennes.binome-1", "rennes.binome-2", "rennes.binome-3"];

const teams = ["binome-1", "binome-2", "binome-3", "binome-4", "binome-5"];
const steps = ["en_route", "on_site", "contact_made"];
const live = new Set(["offered", "accepted", ...steps]);

export class Crowd {
  /** `enter` brings in one person by account. */
  static async gather(server, chance, cookies, enter = (account) => Steadfast.enter(server, account, cookies)) {
    const crowd = new Crowd();
    Object.assign(crowd, { server, chance, cookies, clients: [], resting: true, work: [], sent: new Map() });
    for (const account of [...desks, ...handsets]) crowd.clients.push(await enter(account));
    const [, dispatcher] = crowd.clients;
    const { members } = dispatcher.service;
    for (const [at, team] of teams.entries()) await within(dispatcher.insist(signOn(team, members[at + 1].id)), `${team} is on duty`);
    return crowd;
  }

  start() {
    this.resting = false;
    this.work = this.clients.map((client) => this.keepSending(client));
  }

  /** Everybody gets the answer to the last command, and sends no more. */
  async rest() {
    this.resting = true;
    await within(Promise.all(this.work), "everybody has the answer to the last command", () => this.unanswered().join("; "));
  }

  async keepSending(client) {
    while (!this.resting) {
      this.sent.set(client, this.next(client));
      await client.insist(this.sent.get(client));
      this.sent.delete(client);
    }
  }

  /** Who has no answer yet, and to what. */
  unanswered() {
    return [...this.sent].map(([{ account, refusals }, { type }]) => `${account} waits for the answer to ${type}, after ${refusals.length} times "not yet"`);
  }

  next(client) {
    const { role } = client.actor;
    if (role === "team") return this.nextOfPair(client);
    return role === "hotline_operator" ? this.nextOfOperator(client) : this.nextOfDispatcher(client);
  }

  /** A pair goes through its tasks, declines one now and then, and begins and ends breaks in between. */
  nextOfPair({ actor: { team }, assignments, teams }) {
    const task = [...assignments.values()].find((each) => each.team === team && live.has(each.status));
    if (!task) return { type: teams.get(team)?.duty === "on_break" ? "end_break" : "take_break", team };
    if (task.status === "offered") return this.chance.happens(0.8) ? accept(task.id) : refuse(task.id);
    const left = steps.slice(steps.indexOf(task.status) + 1);
    return left.length && this.chance.happens(0.7) ? progress(task.id, this.chance.pick(left)) : clear(task.id);
  }

  nextOfDispatcher(client) {
    const tasks = [...client.assignments.values()].filter(({ status }) => live.has(status));
    const waiting = [...client.requests.values()].filter(({ status }) => status === "waiting");
    if (tasks.length && this.chance.happens(0.2)) return withdraw(this.chance.pick(tasks).id);
    if (waiting.length && this.chance.happens(0.6)) return offer(this.chance.pick(waiting).id, this.chance.pick(teams));
    return this.nextOfOperator(client);
  }

  nextOfOperator({ account, calls, requests, service }) {
    const waiting = [...requests.values()].filter(({ status }) => status === "waiting");
    if (waiting.length > 10) return close(this.chance.pick(waiting).id);
    const call = [...calls.values()].find(({ taken_by, requests }) => taken_by === account && requests.length === 0);
    return call || this.chance.happens(0.7) ? openRequest(this.chance, service, call?.id) : recordCall(this.chance);
  }

  get answered() {
    return this.clients.reduce((sum, client) => sum + client.definite("accepted").length + client.definite("rejected").length, 0);
  }

  /** Resolves when so many more commands have been answered. */
  async more(count) {
    const enough = this.answered + count;
    await this.server.until(() => this.answered >= enough, `${enough} commands are answered`);
  }

  /** Nobody sends any more, answered or not. */
  leave() {
    this.resting = true;
  }
}
