// A client as a good screen is: what is not answered it sends again, with the same id, when the connection is back; and it
// resumes from the version it holds.
import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../night/client.mjs";
import { isUndecided } from "../support/answers.mjs";
import { patience } from "../support/until.mjs";

const pace = 60; // milliseconds between two commands; rule R10.1 allows an account 50 …
const atOnce = 25; // … and 40 at once

const entered = new Set();

export class Steadfast extends Client {
  /** Signs in, unless an earlier screen of the same account left its cookie. */
  static async enter(server, account, cookies = new Map()) {
    const client = new Steadfast(server.origin, account, server.password(account));
    client.enlist();
    Object.assign(client, { closes: [], refusals: [], states: [], resent: 0, map: new Map() });
    if (!cookies.has(account)) {
      await client.signIn();
      cookies.set(account, client.cookie);
    }
    client.cookie = cookies.get(account);
    client.connect();
    await client.until(() => client.version > 0, "it was shown the night");
    return client;
  }

  /** It is closed with all others at the test's end. */
  enlist() {
    entered.add(this);
  }

  connect() {
    const socket = new WebSocket(`${this.origin.replace("http", "ws")}/api/v1/live`, {
      headers: { cookie: this.cookie, origin: this.origin },
    });
    socket.on("open", () => socket.send(JSON.stringify(this.hello())));
    socket.on("message", (text) => this.hear(JSON.parse(text)));
    socket.on("close", (code) => this.lost(code));
    socket.on("error", () => {}); // a close follows
    Object.assign(this, { socket, welcomed: false });
  }

  hello() {
    const known = this.line && !this.actor.team ? { version: this.version, line: this.line } : {};
    return { type: "hello", conversation: 1, ...known };
  }

  hear(frame) {
    if (frame.type === "change" && frame.version < this.version) this.failure ??= new Error(`a change went back to ${frame.version}`);
    if (frame.type === "journal_state") this.states.push(frame.available);
    if (frame.type === "picture") this.look(frame);
    const shown = frame.type === "whole" || frame.type === "change";
    const returned = shown && !this.welcomed;
    if (shown) this.welcomed = true; // before the listeners: a handset may hear nothing more for long
    super.hear(frame);
    if (frame.type === "welcome") this.line = frame.line;
    if (returned) this.resend();
  }

  /** Keeps where each team was last shown. */
  look({ positions, gone }) {
    for (const { team, fix } of positions) this.map.set(team, fix.point);
    for (const team of gone) this.map.delete(team);
  }

  resend() {
    this.resent += this.waiting.size;
    for (const { frame } of this.waiting.values()) this.say(frame);
  }

  /** Sends a command, now or when the connection is there; resolves to its answer. */
  submit(command, id = randomUUID()) {
    return new Promise((resolve) => {
      const frame = { type: "submit", id, made_at_ms: Date.now(), command };
      this.waiting.set(id, { resolve, command, frame });
      if (this.welcomed) this.say(frame);
    });
  }

  /** Waits for this client's turn to send a command. */
  turn() {
    const now = Date.now();
    this.nextTurn = Math.max(this.nextTurn ?? 0, now - atOnce * pace) + pace;
    return sleep(Math.max(0, this.nextTurn - now));
  }

  /** Sends a command, with one id, until the server says yes or a definite no. */
  async insist(command) {
    for (const id = randomUUID(); ; ) {
      await this.turn();
      const answer = await this.submit(command, id);
      if (!isUndecided(answer)) return answer;
      this.refusals.push(answer.reason);
    }
  }

  async close() {
    entered.delete(this);
    this.closing = true;
    if (this.socket.readyState === WebSocket.OPEN) await super.close();
    else this.socket.terminate();
  }

  /** Closes every screen that is still open, also those of a test that failed. */
  static async leaveAll() {
    for (const client of entered) await client.close();
  }

  lost(code) {
    this.welcomed = false;
    this.closes.push(code);
    for (const listener of this.listeners) listener({ type: "closed", code });
    if (!this.closing) setTimeout(() => this.closing || this.connect(), 50 + 100 * Math.random());
  }

  /** Waits, frame by frame, until something holds. */
  until(holds, what) {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const late = () => (stop(), reject(new Error(`${this.account}: waited in vain until ${what}; it is at version ${this.version}`)));
      const timer = setTimeout(late, patience);
      const stop = this.on(() => holds() && (clearTimeout(timer), stop(), resolve()));
    });
  }

  /** The answers that count: the last of each command. */
  definite(type) {
    return this.answers.filter((answer) => answer.type === type && !isUndecided(answer));
  }
}
