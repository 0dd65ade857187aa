// One person's screen, without the screen: signs in over HTTP, speaks the conversation of protocol/README.md,
// keeps a replica, and remembers what it was answered.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import WebSocket from "ws";

const kinds = ["calls", "requests", "teams", "assignments", "confidences"];
const keyOf = (kind, entity) => (kind === "confidences" ? entity.subject : entity.id);

export class Client {
  constructor(origin, account, password) {
    Object.assign(this, { origin, account, password, answers: [], waiting: new Map(), listeners: [] });
    this.clear();
  }

  clear() {
    this.version = 0;
    this.night = undefined;
    for (const kind of kinds) this[kind] = new Map();
  }

  async open() {
    await this.signIn();
    this.socket = new WebSocket(`${this.origin.replace("http", "ws")}/api/v1/live`, {
      headers: { cookie: this.cookie, origin: this.origin },
    });
    this.socket.on("message", (text) => this.hear(JSON.parse(text)));
    this.socket.on("close", (code, reason) => this.lost(code, reason));
    this.socket.on("error", (error) => (this.failure ??= error));
    await once(this.socket, "open");
    const whole = this.next("whole");
    this.say({ type: "hello", conversation: 1 });
    await whole;
    return this;
  }

  async signIn() {
    const response = await fetch(`${this.origin}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: this.origin },
      body: JSON.stringify({ account: this.account, password: this.password }),
    });
    if (response.status !== 200) throw new Error(`${this.account} cannot sign in: ${response.status} ${await response.text()}`);
    this.cookie = response.headers.get("set-cookie").split(";")[0];
    return response.json();
  }

  async get(path) {
    const response = await fetch(`${this.origin}${path}`, { headers: { cookie: this.cookie } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  }

  say(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  /** Sends a command and resolves to its answer frame, `accepted` or `rejected`. */
  submit(command, id = randomUUID()) {
    return new Promise((resolve) => {
      this.waiting.set(id, { resolve, command });
      this.say({ type: "submit", id, made_at_ms: Date.now(), command });
    });
  }

  /** Resolves to the next frame of this type. */
  next(type) {
    return new Promise((resolve) => {
      const stop = this.on((frame) => frame.type === type && (stop(), resolve(frame)));
    });
  }

  on(listener) {
    this.listeners.push(listener);
    return () => (this.listeners = this.listeners.filter((other) => other !== listener));
  }

  hear(frame) {
    if (frame.type === "welcome") Object.assign(this, { service: frame.service, actor: frame.actor });
    if (frame.type === "whole") this.clear(), this.put(frame.version, frame.entities);
    if (frame.type === "change") this.remove(frame.remove), this.put(frame.version, frame.put);
    if (frame.type === "accepted" || frame.type === "rejected") this.answered(frame);
    if (frame.type === "fault") this.failure ??= new Error(`fault: ${JSON.stringify(frame)}`);
    for (const listener of this.listeners) listener(frame);
  }

  put(version, entities) {
    this.version = version;
    this.night = entities.night ?? this.night;
    for (const kind of kinds) for (const entity of entities[kind]) this[kind].set(keyOf(kind, entity), entity);
  }

  remove(removals) {
    for (const kind of kinds) for (const id of removals[kind] ?? []) this[kind].delete(id);
  }

  answered(frame) {
    const { resolve, command } = this.waiting.get(frame.id) ?? {};
    this.waiting.delete(frame.id);
    this.answers.push({ ...frame, command: command?.type, account: this.account });
    resolve?.(frame);
  }

  lost(code, reason) {
    if (!this.closing) this.failure ??= new Error(`${this.account} was cut off: ${code} ${reason}`);
  }

  async close() {
    this.closing = true;
    this.socket.close();
    await once(this.socket, "close");
  }

  /** What this screen shows, to be compared with another's. */
  picture() {
    const sorted = (kind) => [...this[kind].values()].sort((a, b) => (keyOf(kind, a) < keyOf(kind, b) ? -1 : 1));
    return { version: this.version, night: this.night, ...Object.fromEntries(kinds.map((kind) => [kind, sorted(kind)])) };
  }
}
