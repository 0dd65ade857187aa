// A client that does exactly what it is told, also what no good client would: bytes over TCP.
import net from "node:net";
import { patience } from "../support/until.mjs";

export const key = "dmlnaWUtdmlnaWUtdmlnaQ==";
export const opcode = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** A request's bytes; `headers` are added to Host, or replace it. */
export function request(server, method, target, headers = {}, body = "") {
  const all = { Host: new URL(server.origin).host, ...headers };
  if (body.length > 0 && !("Content-Length" in all)) all["Content-Length"] = Buffer.byteLength(body);
  const lines = Object.entries(all).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}\r\n`));
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"), Buffer.from(body)]);
}

export function handshake(server, headers = {}) {
  const wanted = { Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key };
  return request(server, "GET", "/api/v1/live", { ...wanted, ...headers });
}

/** One frame, masked with zeros. `length` announces another one than the payload's, `size` in so many bytes (0, 2, 8). */
export function frame(code, payload = "", { last = true, reserved = 0, masked = true, length, size } = {}) {
  const bytes = Buffer.from(payload);
  const told = BigInt(length ?? bytes.length);
  const extra = size ?? (told < 126n ? 0 : told < 65536n ? 2 : 8);
  const head = Buffer.alloc(2 + extra);
  head[0] = (last ? 0x80 : 0) | (reserved << 4) | code;
  head[1] = (masked ? 0x80 : 0) | (extra === 0 ? Number(told) : extra === 2 ? 126 : 127);
  if (extra === 2) head.writeUInt16BE(Number(told), 2);
  if (extra === 8) head.writeBigUInt64BE(told, 2);
  return Buffer.concat([head, Buffer.alloc(masked ? 4 : 0), bytes]);
}

export class Wire {
  /** `from`: the address to come from, any of 127.0.0.0/8. */
  constructor(server, from = "127.0.0.1") {
    this.read = Buffer.alloc(0);
    this.ended = false;
    this.socket = net.connect({ port: server.port, host: "127.0.0.1", localAddress: from });
    this.socket.setNoDelay(true);
    this.socket.on("data", (bytes) => (this.read = Buffer.concat([this.read, bytes])));
    this.socket.on("error", () => {}); // a close follows
    this.gone = new Promise((resolve) => this.socket.once("close", () => resolve((this.ended = true))));
    this.up = new Promise((resolve) => this.socket.once("connect", resolve));
  }

  /** Resolves once the bytes are out of our hands, or the line is cut. */
  send(bytes) {
    return Promise.race([new Promise((resolve) => this.socket.write(bytes, resolve)), this.gone]);
  }

  /** Resolves to what `found` makes of all that was read, as soon as it is something; fails when the line is cut first. */
  async until(found, what) {
    for (const end = Date.now() + patience; Date.now() < end; ) {
      const value = found(this.read);
      if (value !== undefined) return value;
      if (this.ended) throw new Error(`the line was cut before ${what}: ${this.read.toString("latin1").slice(0, 300)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`waited in vain for ${what}`);
  }

  /** The HTTP answer: status, headers in small letters, body; status 0 where the line was cut without one. */
  async answer() {
    await this.gone;
    return answerOf(this.read);
  }

  /** Takes the answer to a handshake; resolves to its status. */
  async opened() {
    const end = await this.until((read) => positive(read.indexOf("\r\n\r\n")), "the handshake was answered");
    const status = Number(this.read.toString("latin1", 9, 12));
    if (status === 101) this.read = this.read.subarray(end + 4);
    return status;
  }

  deaf = false; // answers no ping

  /** The next frame from the server: its opcode and payload. Pings are answered, and passed over. */
  async hear() {
    for (;;) {
      const found = await this.until(frameOf, "a frame came");
      this.read = this.read.subarray(found.bytes);
      if (found.code !== opcode.ping) return found;
      if (!this.deaf) await this.send(frame(opcode.pong, found.payload));
    }
  }

  /** The next of the conversation's words of this type. */
  async word(type) {
    for (;;) {
      const { code, payload } = await this.hear();
      if (code === opcode.close) throw new Error(`closed with ${payload.readUInt16BE()} ${payload.subarray(2)} before ${type}`);
      const word = code === opcode.text ? JSON.parse(payload) : {};
      if (word.type === type) return word;
    }
  }

  /** The close code, 0 where the line was cut without a word; other frames are passed over. */
  async closedWith() {
    for (;;) {
      const heard = await this.hear().catch(() => undefined);
      if (!heard) return 0;
      if (heard.code !== opcode.close) continue;
      return heard.payload.length < 2 ? 1005 : heard.payload.readUInt16BE();
    }
  }

  say(word) {
    return this.send(frame(opcode.text, JSON.stringify(word)));
  }

  cut() {
    this.socket.destroy();
  }
}

/** Sends bytes on a connection of their own; resolves to the answer. */
export async function exchange(server, bytes) {
  const wire = new Wire(server);
  await wire.send(bytes);
  return wire.answer();
}

/** A WebSocket with a session's cookie; `hello` says hello too and hears the first picture of things. */
export async function conversation(server, cookie, { hello = true } = {}) {
  const wire = new Wire(server);
  await wire.send(handshake(server, { Cookie: cookie }));
  const status = await wire.opened();
  if (status !== 101) throw new Error(`no conversation: ${status}`);
  if (!hello) return wire;
  await wire.say({ type: "hello", conversation: 1 });
  wire.whole = await wire.word("whole");
  return wire;
}

function answerOf(read) {
  const text = read.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  if (!text.startsWith("HTTP/1.1 ") || end < 0) return { status: 0, headers: {}, body: text };
  const lines = text.slice(0, end).split("\r\n").slice(1);
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(": ")).toLowerCase(), line.slice(line.indexOf(": ") + 2)]));
  return { status: Number(text.slice(9, 12)), headers, body: read.subarray(end + 4).toString() };
}

function frameOf(read) {
  if (read.length < 2) return undefined;
  const short = read[1] & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (read.length < 2 + extra) return undefined;
  const length = extra === 0 ? short : extra === 2 ? read.readUInt16BE(2) : Number(read.readBigUInt64BE(2));
  const bytes = 2 + extra + length;
  return read.length < bytes ? undefined : { code: read[0] & 0x0f, payload: read.subarray(2 + extra, bytes), bytes };
}

const positive = (at) => (at < 0 ? undefined : at);
