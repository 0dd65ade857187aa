// A thousand hostile connections at a time, the frugal attacks first: the server's memory stays within a bound for each, all are closed in the
// end, and a good screen is served meanwhile.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder } from "../support/leavings.mjs";
import { until } from "../support/until.mjs";
import { House, times } from "./house.mjs";
import { Wire, conversation, exchange, frame, handshake, opcode, request } from "./wire.mjs";

const many = 1000;
const kib = 1024;
// What one connection may hold of the server's memory: a frame that is not whole yet (limits.frame_bytes), the headers of
// a request (16,000 bytes) or what waits to go out beside what all share, the read buffer (2 KiB), and the objects.
const bound = 64 * kib + 16 * kib + 2 * kib + 14 * kib;

const largeFile = "x".repeat(1024 * kib);

let house, folder, cookie, resting;

before(async () => {
  folder = temporaryFolder();
  writeFileSync(path.join(folder, "large.txt"), largeFile);
  house = await House.open({ config: times("4 s"), console: folder });
  cookie = await house.signIn("rennes.regulateur");
  for (let round = 0; round < 3; ++round) (await conversation(house, cookie)).cut();
  resting = house.memory();
});

after(() => house?.close());

/** Fills the night with requests, as fast as rule R10.1 allows, until a screen that comes is shown over a megabyte. */
async function aNightOfAMegabyte() {
  const wire = await conversation(house, await house.signIn("rennes.encadrant"));
  const submit = (command) => wire.say({ type: "submit", id: randomUUID(), made_at_ms: Date.now(), command });
  await submit({ type: "open_night", closes_at_ms: Date.now() + 3_600_000, exceptional: "event" }); // unless it is open at its hour
  await sleep(500);
  const matter = { source: "resident_phone", category: "noise_party", priority: "normal", quarter: "villejean", dangers: [] };
  for (let n = 0; n < 150; ++n, await sleep(60)) await submit({ type: "open_request", request: `long-${n}`, ...matter, particulars: { words: "🌙".repeat(2000) } });
  wire.cut();
  const screen = await conversation(house, cookie);
  assert.ok(Buffer.byteLength(JSON.stringify(screen.whole)) > 1024 * kib);
  screen.cut();
}

/** A screen that asks ten times a second whether the line holds. */
async function goodScreen() {
  const wire = await conversation(house, await house.signIn("rennes.encadrant"));
  const screen = { asked: 0, answered: 0, stop: false };
  screen.done = (async () => {
    for (; !screen.stop; ++screen.asked, await sleep(100)) {
      await wire.say({ type: "ping" });
      await wire.word("pong");
      ++screen.answered;
    }
    wire.cut();
  })();
  return screen;
}

/** Opens the connections in groups, so that no queue of the system's overflows. */
async function crowd(open) {
  const wires = [];
  while (wires.length < many) wires.push(...(await Promise.all(Array.from({ length: 50 }, open))));
  return wires;
}

/** Runs the attack; checks the bound while it lasts, that all are closed in the end, and the good screen's answers. */
async function endured(attack) {
  const good = await goodScreen();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, house.memory())), 50);
  const wires = await attack();
  await Promise.all(wires.map((wire) => wire.gone));
  clearInterval(watch);
  good.stop = true;
  await good.done;
  const each = Math.round((peak - resting) / many);
  console.log(`# ${each} bytes for each of ${many} connections, ${good.answered} questions of a good screen answered`);
  assert.ok(each <= bound, `${each} bytes for each connection are more than ${bound}`);
  assert.equal(good.answered, good.asked);
  assert.ok(good.answered > 0);
}

test("half a handshake, byte by byte", () =>
  endured(async () => {
    const bytes = handshake(house, { Cookie: cookie });
    const wires = await crowd(async () => {
      const wire = new Wire(house);
      await wire.up;
      return wire;
    });
    assert.equal(wires.filter((wire) => wire.ended).length, 0, "all are there at once");
    for (let at = 0; at < bytes.length / 2 && wires.some((wire) => !wire.ended); ++at, await sleep(100))
      for (const wire of wires) if (!wire.ended) wire.socket.write(bytes.subarray(at, at + 1));
    return wires;
  }));

test("a file of a megabyte, of which nothing is read", () =>
  endured(async () => {
    const asked = request(house, "GET", "/large.txt");
    assert.equal((await exchange(house, asked)).body, largeFile);
    const wires = await crowd(async () => {
      const wire = new Wire(house);
      wire.socket.pause();
      await wire.up;
      await wire.send(asked);
      return wire;
    });
    await sleep(1000);
    for (const wire of wires) wire.cut();
    return wires;
  }));

test("pings and pieces without end, and nothing read", () =>
  endured(async () => {
    const flood = Buffer.concat(Array.from({ length: 250 }, () => [frame(opcode.more, "", { last: false }), frame(opcode.ping, "x".repeat(125))]).flat());
    const wires = await crowd(async () => {
      const wire = await conversation(house, cookie);
      wire.socket.pause();
      await wire.send(frame(opcode.text, "", { last: false }));
      await wire.send(flood);
      return wire;
    });
    await sleep(500);
    for (const wire of wires) wire.socket.resume();
    return wires;
  }));

test("screens that never read while the service is busy", () =>
  endured(async () => {
    const wires = await crowd(async () => {
      const wire = await conversation(house, cookie);
      wire.socket.pause();
      return wire;
    });
    for (let call = 0; call < 100; ++call)
      await fetch(`${house.origin}/api/v1/calls/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${house.telephoneKey}` },
        body: JSON.stringify({ call: `call-${call}`, stage: "ringing", at_ms: Date.now(), from: "0299000017" }),
      });
    await sleep(4000); // past two heartbeats without an answer
    for (const wire of wires) wire.socket.resume();
    return wires;
  }));

test("screens that read nothing of a long night, and say that they live", async () => {
  await aNightOfAMegabyte();
  const before = await house.figures();
  await endured(async () => {
    const wires = await crowd(async () => {
      const wire = await conversation(house, cookie, { hello: false });
      wire.socket.pause();
      await wire.say({ type: "hello", conversation: 1 });
      return wire;
    });
    const cutOff = async () => (await house.figures())("vigie_resyncs_total") - before("vigie_resyncs_total");
    const allCutOff = async () => {
      for (const wire of wires) if (!wire.ended) wire.socket.write(frame(opcode.pong));
      await sleep(300);
      return (await cutOff()) >= many;
    };
    await until(allCutOff, `all ${many} are told to begin anew`, { said: () => `${wires.filter(({ ended }) => ended).length} lines have ended` });
    for (const wire of wires) wire.cut();
    return wires;
  });
});

test("half a frame of 64 KiB", () =>
  endured(() => {
    const half = frame(opcode.text, Buffer.alloc(32 * kib, " "), { length: 64 * kib });
    return crowd(async () => {
      const wire = await conversation(house, cookie);
      await wire.send(half);
      return wire;
    });
  }));
