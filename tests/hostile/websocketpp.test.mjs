// The faults of WebSocket++ 0.8.2 that server/gateway/websocketpp-faults.md lists, each tried on a running server.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../support/until.mjs";
import { House } from "./house.mjs";
import { Wire, conversation, exchange, frame, handshake, opcode, request } from "./wire.mjs";

let house, cookie;

before(async () => {
  house = await House.open();
  cookie = await house.signIn("rennes.regulateur");
});

after(() => house?.close());

afterEach(async () => {
  const screen = await conversation(house, cookie);
  await screen.say({ type: "ping" });
  await screen.word("pong");
  screen.cut();
});

const descriptors = () => readdirSync(`/proc/${house.process.pid}/fd`).length;

/** Seconds of processor time that the server has used. */
function processorTime() {
  const fields = readFileSync(`/proc/${house.process.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Sends frames into an open conversation; resolves to the close code. */
async function closedAfter(...frames) {
  const wire = await conversation(house, cookie);
  await wire.send(Buffer.concat(frames));
  const code = await wire.closedWith();
  wire.cut();
  return code;
}

async function each(cases, code) {
  for (const [what, ...frames] of cases) assert.equal(await closedAfter(...frames), code, what);
}

test("accept loop spins when descriptors run out: we pause, and accept again afterwards", async () => {
  const limit = (most) => execFileSync("prlimit", ["--pid", String(house.process.pid), `--nofile=${most}:20000`]);
  limit(descriptors() + 5);
  const wires = Array.from({ length: 40 }, () => new Wire(house));
  await until(() => /No connection can be accepted/.test(house.log), "descriptors have run out");
  const before = processorTime();
  await sleep(400);
  const used = processorTime() - before;
  limit(20000);
  for (const wire of wires) wire.cut();
  assert.ok(used < 0.2, `${used} s of processor time in 0.4 s`);
});

test("descriptors stay open when clients vanish: all come back", async () => {
  const before = descriptors();
  for (let round = 0; round < 5; ++round) {
    const wires = await Promise.all(Array.from({ length: 20 }, () => conversation(house, cookie)));
    for (const wire of wires) wire.socket.resetAndDestroy();
    const halves = Array.from({ length: 20 }, () => new Wire(house));
    for (const wire of halves) await wire.send("GET / HT").then(() => wire.cut());
  }
  await until(() => descriptors() <= before + 2, "the descriptors are free again");
});

test("handshake without time limit: cut, also with the key still missing", async () => {
  const wire = new Wire(house);
  await wire.send(handshake(house, { Cookie: cookie }).subarray(0, -4));
  assert.equal((await wire.answer()).status, 0);
});

test("old drafts of the protocol are spoken: refused as 400", async () => {
  const keys = { "Sec-WebSocket-Key1": "4 @1  46546xW%0l 1 5", "Sec-WebSocket-Key2": "12998 5 Y3 1  .P00", Cookie: cookie };
  for (const headers of [{ "Sec-WebSocket-Version": [] }, { "Sec-WebSocket-Version": "0", ...keys }, { "Sec-WebSocket-Version": "7" }, { "Sec-WebSocket-Version": "8" }, { "Sec-WebSocket-Version": "14" }, { "Sec-WebSocket-Version": "-1" }, { "Sec-WebSocket-Version": "13, 8" }]) {
    const answer = await exchange(house, Buffer.concat([handshake(house, { Cookie: cookie, ...headers }), Buffer.alloc(8, "x")]));
    assert.equal(answer.status, 400, JSON.stringify(headers));
    assert.ok(JSON.parse(answer.body).problem);
  }
});

test("handshake that lacks something, or is no GET of HTTP/1.1: refused as 400", async () => {
  const good = handshake(house, { Cookie: cookie }).toString();
  for (const text of [good.replace(/Sec-WebSocket-Key.*\r\n/, ""), good.replace("HTTP/1.1", "HTTP/1.0"), good.replace("GET", "POST"), good.replace(/Host.*\r\n/, ""), good.replace(/Host.*\r\n/, "Host: a:99999\r\n")]) {
    const answer = await exchange(house, text);
    assert.equal(answer.status, 400, text);
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.equal(JSON.parse(answer.body).problem, "malformed");
  }
});

test("handshake as every browser and proxy may spell it: opened", async () => {
  const good = handshake(house, { Cookie: cookie }).toString();
  const spelt = [good.replace("Connection: Upgrade", "connection: keep-alive, upgrade").replace("Upgrade: websocket", "UPGRADE: WebSocket"), good.replace(/^(Sec|Host|Cookie)[^:]*/gm, (name) => name.toLowerCase())];
  for (const text of spelt) {
    const wire = new Wire(house);
    await wire.send(text);
    assert.match(await wire.until((read) => (read.includes("\r\n\r\n") ? read.toString("latin1") : undefined), "an answer"), /^HTTP\/1.1 101 /, text);
    wire.cut();
  }
});

test("header values of blanks made an invalid string: taken as empty", async () => {
  for (const value of ["", " ", " \t ", "\t"]) {
    const answer = await exchange(house, request(house, "GET", "/healthz", { Cookie: value, "Sec-WebSocket-Protocol": value }));
    assert.equal(answer.status, 200);
  }
});

test("extensions and protocols that are malformed or not ours: refused, or not agreed to", async () => {
  for (const value of ["permessage-deflate", "permessage-deflate; client_max_window_bits=99", "permessage-deflate; a=\"", ";", ",,,", "a".repeat(5000)]) {
    const wire = new Wire(house);
    await wire.send(handshake(house, { Cookie: cookie, "Sec-WebSocket-Extensions": value, "Sec-WebSocket-Protocol": value }));
    const head = await wire.until((read) => (read.includes("\r\n\r\n") ? read.toString("latin1") : undefined), "an answer");
    assert.match(head, /^HTTP\/1.1 (101|400) /);
    assert.doesNotMatch(head, /Sec-WebSocket-(Extensions|Protocol)/);
    wire.cut();
  }
});

test("compressed frames inflate beyond the limit: compression is off, a reserved bit is a protocol error", () =>
  each([1, 2, 4].map((reserved) => [`bit ${reserved}`, frame(opcode.text, "{}", { reserved })]), 1002));

test("opcodes without meaning are a protocol error", () =>
  each([3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((code) => [`opcode ${code}`, frame(code)]), 1002));

test("control frames in pieces or too long are a protocol error", () =>
  each(
    [opcode.ping, opcode.pong, opcode.close].flatMap((code) => [
      [`${code} in pieces`, frame(code, "", { last: false })],
      [`${code} too long`, frame(code, "x".repeat(126))],
    ]),
    1002,
  ));

test("frames without a mask are a protocol error", () =>
  each([[opcode.text, frame(opcode.text, "{}", { masked: false })], [opcode.ping, frame(opcode.ping, "", { masked: false })]], 1002));

test("lengths in more bytes than they need are refused", () =>
  each([["2 for 5", frame(opcode.text, "12345", { size: 2 })], ["8 for 5", frame(opcode.text, "12345", { size: 8 })]], 1011));

test("lengths with the highest bit, or beyond the limit, are refused before a byte is kept", async () => {
  for (const length of [2n ** 63n, 2n ** 64n - 1n]) assert.ok([1002, 1009].includes(await closedAfter(frame(opcode.text, "", { length }))), `${length}`);
  await each([65537n, 10_000_000n, 2n ** 40n, 2n ** 62n].map((length) => [`${length}`, frame(opcode.text, "", { length })]), 1009);
});

test("pieces in disorder are a protocol error", () =>
  each(
    [
      ["more of nothing", frame(opcode.more, "x")],
      ["a second beginning", frame(opcode.text, "{", { last: false }), frame(opcode.text, "}")],
      ["another kind", frame(opcode.text, "{", { last: false }), frame(opcode.binary, "}")],
    ],
    1002,
  ));

test("pieces without end: the sum is limited, however small they are", async () => {
  const pieces = Array.from({ length: 65537 }, (_, at) => frame(at === 0 ? opcode.text : opcode.more, "x", { last: false }));
  assert.equal(await closedAfter(...pieces), 1009);
});

test("pieces of nothing are read no faster than frames may come", async () => {
  const wire = await conversation(house, cookie);
  wire.send(frame(opcode.text, "", { last: false }));
  const nothing = Buffer.concat(Array.from({ length: 10_000 }, () => frame(opcode.more, "", { last: false })));
  for (const end = Date.now() + 2000; Date.now() < end; await sleep(1)) if (wire.socket.writableLength < 2 ** 20) wire.socket.write(nothing);
  const taken = wire.socket.bytesWritten - wire.socket.writableLength;
  wire.cut();
  assert.ok(taken < 2 ** 24, `${taken} bytes were taken in two seconds`); // what the system keeps on the way among them
});

test("pieces of nothing do not keep a silent client", async () => {
  const wire = await conversation(house, cookie);
  wire.deaf = true;
  wire.send(frame(opcode.text, "", { last: false }));
  const nothing = Buffer.concat(Array.from({ length: 1000 }, () => frame(opcode.more, "", { last: false })));
  const beat = setInterval(() => wire.socket.write(nothing), 100);
  const code = await wire.closedWith();
  clearInterval(beat);
  wire.cut();
  assert.equal(code, 4408);
});

test("texts that are no UTF-8 are refused, also cut within a letter", () =>
  each(
    [
      ["lone", frame(opcode.text, Buffer.from([0x80]))],
      ["too long a form", frame(opcode.text, Buffer.from([0xc0, 0xaf]))],
      ["half a pair", frame(opcode.text, Buffer.from([0xed, 0xa0, 0x80]))],
      ["beyond", frame(opcode.text, Buffer.from([0xf4, 0x90, 0x80, 0x80]))],
      ["unfinished", frame(opcode.text, Buffer.from([0xe2, 0x82]))],
      ["in pieces", frame(opcode.text, Buffer.from([0xe2]), { last: false }), frame(opcode.more, Buffer.from([0x28, 0xa1]))],
    ],
    1007,
  ));

test("farewells that may not be said are a protocol error", async () => {
  const farewell = (code, reason = "") => frame(opcode.close, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]));
  await each([["one byte", frame(opcode.close, "x")], ...[0, 999, 1004, 1005, 1006, 1015, 5000, 65535].map((code) => [String(code), farewell(code)])], 1002);
  assert.ok([1002, 1007].includes(await closedAfter(farewell(1000, Buffer.from([0xff])))), "a reason that is no UTF-8");
  assert.equal(await closedAfter(farewell(1000, "bye")), 1000);
  assert.equal(await closedAfter(farewell(4001), frame(opcode.text, '{"type":"ping"}')), 4001, "nothing is heard after a farewell");
});

test("after a protocol error nothing is read any more: the line is cut all the same", async () => {
  const wire = await conversation(house, cookie);
  await wire.send(frame(3));
  const flood = setInterval(() => wire.socket.write(Buffer.alloc(10_000)), 20);
  await wire.gone;
  clearInterval(flood);
});

test("a client that never confirms a close is cut off", async () => {
  const wire = await conversation(house, cookie);
  await wire.send(frame(opcode.binary, "x"));
  assert.equal(await wire.closedWith(), 4400);
  await wire.gone;
});

test("pings are answered without limit: a flood is closed", async () => {
  const flood = Buffer.concat(Array.from({ length: 1000 }, () => frame(opcode.ping, "x".repeat(125))));
  assert.equal(await closedAfter(flood), 4429);
  const answers = Buffer.concat(Array.from({ length: 1000 }, () => frame(opcode.pong)));
  assert.equal(await closedAfter(answers), 4429);
});

test("frames that came with the handshake are heard after it", async () => {
  const wire = new Wire(house);
  await wire.send(Buffer.concat([handshake(house, { Cookie: cookie }), frame(opcode.text, '{"type":"hello","conversation":1}'), frame(3)]));
  assert.equal(await wire.opened(), 101);
  assert.equal(await wire.closedWith(), 1002);
  wire.cut();
});

test("what follows a request is no second request", async () => {
  const twice = Buffer.concat([request(house, "GET", "/healthz"), request(house, "GET", "/metrics")]);
  const wire = new Wire(house);
  await wire.send(twice);
  await wire.gone;
  assert.equal(wire.read.toString().match(/HTTP\/1\.1/g)?.length ?? 0, 1);
});

test("an answer that outlives its client harms nobody", async () => {
  const before = descriptors();
  const body = JSON.stringify({ account: "rennes.regulateur", password: "a wrong guess" });
  for (let round = 0; round < 10; ++round) {
    const wire = new Wire(house);
    await wire.send(request(house, "POST", "/api/v1/session", {}, body));
    wire.socket.resetAndDestroy();
  }
  await until(() => descriptors() <= before + 2, "the descriptors are free again");
});
