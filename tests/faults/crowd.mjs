// Eight people at work: each sends its next command as soon as the last one is answered.
import { Steadfast } from "./steadfast.mjs";
import { close, offer, openRequest, signOn, withdraw } from "./words.mjs";

const desks = ["rennes.operateur", "rennes.regulateur", "rennes.encadrant", "rennes.regulateur", "rennes.operateur"];
const handsets = ["rennes.binome-1", "rennes.binome-2", "rennes.binome-3"];

export class Crowd {
  /** `enter` brings in one person by account. */
  static async gather(server, chance, cookies, enter = (account) => Steadfast.enter(server, account, cookies)) {
    const crowd = new Crowd();
    Object.assign(crowd, { server, chance, cookies, clients: [], resting: true, work: [] });
    for (const account of [...desks, ...handsets]) crowd.clients.push(await enter(account));
    const [, dispatcher] = crowd.clients;
    const { members } = dispatcher.service;
    for (const number of [1, 2, 3, 4, 5]) await dispatcher.insist(signOn(`binome-${number}`, members[number].id));
    return crowd;
  }

  start() {
    this.resting = false;
    this.work = this.clients.map((client) => this.keepSending(client));
  }

  /** Everybody gets the answer to the last command, and sends no more. */
  async rest() {
    this.resting = true;
    await Promise.all(this.work);
  }

  async keepSending(client) {
    while (!this.resting) await client.insist(this.next(client));
  }

  next(client) {
    const { team } = client.actor;
    if (team) return { type: client.teams.get(team)?.duty === "on_break" ? "end_break" : "take_break", team };
    const live = [...client.assignments.values()].filter(({ status }) => status === "offered");
    const waiting = [...client.requests.values()].filter(({ status }) => status === "waiting");
    const dispatches = client.actor.role !== "hotline_operator";
    if (dispatches && live.length && this.chance.happens(0.4)) return withdraw(this.chance.pick(live).id);
    if (dispatches && waiting.length && this.chance.happens(0.5)) return offer(this.chance.pick(waiting).id, this.chance.pick(["binome-4", "binome-5"]));
    if (waiting.length > 10) return close(this.chance.pick(waiting).id);
    return openRequest(this.chance, client.service);
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
