// A screen as the console's is, behind two servers: it listens for a sign of life, and where none comes, or the line is
// cut, it goes to either server after a pause of chance length, longer with each failure.
import WebSocket from "ws";
import { Steadfast } from "../steadfast.mjs";

const pingEvery = 1000; // milliseconds, as are all below
const patience = 3000;
const longestPause = 2000;

export class Wanderer extends Steadfast {
  /** `doors`: the ports at which the servers are reached, each with the `server` behind it. */
  static async enterBy(doors, luck, account, cookie) {
    const client = new Wanderer(undefined, account);
    Object.assign(client, { doors, luck, cookie, closes: [], refusals: [], states: [], doorAnswers: [], resent: 0, map: new Map() });
    client.failures = 0;
    client.enlist();
    client.connect();
    await client.until(() => client.version > 0, "it was shown the night");
    return client;
  }

  connect() {
    this.door = this.luck.pick(this.doors);
    const address = `127.0.0.1:${this.door.port}`;
    const headers = { cookie: this.cookie, origin: `http://${address}` };
    const socket = new WebSocket(`ws://${address}/api/v1/live`, { headers, handshakeTimeout: patience });
    const mine = () => this.socket === socket;
    Object.assign(this, { socket, welcomed: false, available: false, serverAhead: undefined });
    socket.on("open", () => mine() && (this.listen(socket), socket.send(JSON.stringify(this.hello()))));
    socket.on("message", (text) => mine() && this.hear(JSON.parse(text)));
    socket.on("unexpected-response", (_, { statusCode }) => (this.doorAnswers.push(statusCode), socket.terminate()));
    socket.on("close", (code) => mine() && this.lost(code));
    socket.on("error", () => {}); // a close follows
  }

  listen(socket) {
    this.heardAt = performance.now();
    this.pulse = setInterval(() => {
      if (performance.now() - this.heardAt > patience) socket.terminate();
      else if (this.welcomed && socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    }, pingEvery);
  }

  hear(frame) {
    this.heardAt = performance.now();
    if (frame.type === "welcome") this.available = true;
    if (frame.type === "journal_state") this.available = frame.available;
    if (frame.type === "pong") this.serverAhead = frame.now_ms - Date.now(); // milliseconds
    if (frame.type === "whole" || frame.type === "change") this.failures = 0;
    super.hear(frame);
  }

  lost(code) {
    clearInterval(this.pulse);
    Object.assign(this, { welcomed: false, available: false });
    this.closes.push(code);
    for (const listener of this.listeners) listener({ type: "closed", code });
    if (this.closing) return;
    const longest = Math.min(longestPause, 100 * 2 ** this.failures++);
    setTimeout(() => this.closing || this.connect(), 20 + longest * Math.random());
  }

  async close() {
    clearInterval(this.pulse);
    await super.close();
  }

  get works() {
    return this.welcomed && this.available;
  }
}
