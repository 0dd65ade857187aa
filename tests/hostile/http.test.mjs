// Strangers at the HTTP doors: whatever they send, they are told what was wrong with it, it is counted, and the next
// visitor is served.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../support/until.mjs";
import { House } from "./house.mjs";
import { Wire, conversation, exchange, handshake, request } from "./wire.mjs";

const seed = Number(process.env.VIGIE_SEED ?? Math.floor(Math.random() * 2 ** 31));
let house, cookie;

before(async () => {
  console.log(`# seed ${seed}`);
  house = await House.open();
  cookie = await house.signIn("rennes.regulateur");
});

after(() => house?.close());

afterEach(async () => {
  const answer = await exchange(house, request(house, "GET", "/api/v1/session", { Cookie: cookie }));
  assert.equal(answer.status, 200, "the next visitor is served");
});

function chance(from) {
  let state = from;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Refused with this status and problem, at this field, with the headers that every answer carries. */
function refused(answer, status, problem, field = "") {
  assert.equal(answer.status, status, answer.body);
  const told = JSON.parse(answer.body);
  assert.deepEqual([told.problem, told.path], [problem, field]);
  assert.ok(told.detail.length > 0);
  assert.equal(answer.headers["x-content-type-options"], "nosniff");
  assert.match(answer.headers["content-security-policy"], /default-src/);
  assert.equal(answer.headers.connection, "close");
}

/** Runs it, and checks that this many more refusals for this problem were counted. */
async function counted(problem, more, run) {
  const was = await house.figures();
  await run();
  const now = await house.figures();
  const label = `problem="${problem}"`;
  assert.equal(now("vigie_refusals_total", label) - was("vigie_refusals_total", label), more, `refusals for ${problem}`);
}

const post = (target, body, headers = {}) => exchange(house, request(house, "POST", target, headers, body));
const get = (target, headers = {}) => exchange(house, request(house, "GET", target, headers));

test("random bytes are answered as no request, or not at all", async () => {
  const random = chance(seed);
  for (let round = 0; round < 40; ++round) {
    const bytes = Buffer.from(Array.from({ length: 1 + random(3000) }, () => random(256)));
    const wire = new Wire(house);
    await wire.send(bytes);
    wire.socket.end();
    const answer = await wire.answer();
    if (answer.status !== 0) refused(answer, 400, "malformed");
  }
});

for (const door of ["/api/v1/session", "/api/v1/calls/events"])
  test(`bodies of 10 MB are refused at their announcement, and not kept: ${door}`, () =>
    counted("too_large", 11, async () => {
      refused(await post(door, "", { "Content-Length": 10_000_000 }), 413, "too_large");
      const whole = request(house, "POST", door, {}, Buffer.alloc(10_000_000, " "));
      await house.growsByLessThan(5_000_000, async () => {
        for (let round = 0; round < 10; ++round) assert.ok([413, 0].includes((await exchange(house, whole)).status));
      });
    }));

test("100,000 nested brackets are refused: as too much, and where they are not, as malformed", async () => {
  const brackets = "[".repeat(100_000);
  refused(await post("/api/v1/session", brackets), 413, "too_large");
  const roomy = await House.open({ config: ["[limits]", "http_body_bytes = 1000000"] });
  try {
    refused(await exchange(roomy, request(roomy, "POST", "/api/v1/session", {}, brackets)), 400, "malformed");
  } finally {
    await roomy.close();
  }
});

test("headers without end are refused", () =>
  counted("headers_too_large", 3, async () => {
    refused(await get("/healthz", { "X-Long": "a".repeat(15_990) }), 431, "headers_too_large");
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`X-${at}`, "1"]));
    refused(await get("/healthz", many), 431, "headers_too_large");
    const same = { "X-Same": Array.from({ length: 2000 }, () => "1") };
    refused(await get("/healthz", same), 431, "headers_too_large");
  }));

test("a stranger who tries a name again and again keeps nobody out", async () => {
  const open = await House.open();
  try {
    const account = "rennes.regulateur";
    const tryFrom = async (from, password, headers = {}) => {
      const wire = new Wire(open, from);
      await wire.send(request(open, "POST", "/api/v1/session", headers, JSON.stringify({ account, password })));
      return (await wire.answer()).status;
    };
    const body = JSON.stringify({ account, password: open.password(account) });
    const entered = await fetch(`${open.origin}/api/v1/session`, { method: "POST", body });
    const device = entered.headers.getSetCookie().find((text) => text.startsWith("vigie_device=")).split(";")[0];
    const statuses = new Set();
    for (let guess = 0; guess < 200; ++guess) statuses.add(await tryFrom("127.0.0.2", `a wrong guess ${guess}`));
    assert.deepEqual([...statuses], [401, 429]);
    assert.equal(await tryFrom("127.0.0.1", open.password(account)), 200, "its owner, at another address");
    assert.equal(await tryFrom("127.0.0.2", open.password(account), { Cookie: device }), 200, "and even behind the same one");
  } finally {
    await open.close();
  }
});

test("a sign-in of the wrong shape names the field", () =>
  counted("malformed", 7, async () => {
    for (const [body, field] of [
      ['{"account":1,"password":"x"}', "account"],
      ['{"account":"a","password":{}}', "password"],
      ['{"account":"a","password":"x","admin":true}', "admin"],
      ['{"account":"a b","password":"x"}', "account"],
      ["[".repeat(60_000), ""],
      ["\xff\xfe", ""],
      ['{"account":"a","account":"b","password":"x"}', "account"],
    ])
      refused(await post("/api/v1/session", body), 400, "malformed", field);
  }));

test("a body whose end is not clear is refused", () =>
  counted("malformed", 6, async () => {
    const chunked = { "Transfer-Encoding": "chunked" };
    refused(await post("/api/v1/session", "", chunked), 400, "malformed", "Transfer-Encoding");
    refused(await post("/api/v1/session", "{}", { ...chunked, "Content-Length": 2 }), 400, "malformed", "Transfer-Encoding");
    for (const length of [["2", "3"], "2x", "0x2", "+2"])
      refused(await post("/api/v1/session", "{}", { "Content-Length": length }), 400, "malformed", "Content-Length");
  }));

test("other protocols and versions are told so", async () => {
  const host = new URL(house.origin).host;
  for (const text of [
    `GET /healthz HTTP/2.0\r\nHost: ${host}\r\n\r\n`,
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    `GET  HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    "GET /healthz HTTP/1.1\r\n\r\n",
    `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nno colon\r\n\r\n`,
    `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n folded\r\n\r\n`,
    `G(T /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
  ]) {
    const answer = await exchange(house, Buffer.from(text, "latin1"));
    assert.ok([400, 404].includes(answer.status), `${JSON.stringify(text)} → ${answer.status}`);
    assert.ok(JSON.parse(answer.body).problem);
  }
});

test("a request in drips is cut off in time, and counted", async () => {
  const was = await house.figures();
  const wires = Array.from({ length: 20 }, () => new Wire(house));
  const bytes = request(house, "GET", "/healthz", { "X-Slow": "a".repeat(200) });
  for (let at = 0; wires.some((wire) => !wire.ended) && at < bytes.length; ++at, await sleep(20))
    for (const wire of wires) if (!wire.ended) wire.socket.write(bytes.subarray(at, at + 1));
  for (const wire of wires) assert.equal((await wire.answer()).status, 0);
  const now = await house.figures();
  assert.ok(now("vigie_unasked_total") - was("vigie_unasked_total") >= 20);
});

test("a foreign page may neither sign in nor out, nor open a conversation", () =>
  counted("foreign_origin", 11, async () => {
    const port = new URL(house.origin).port;
    for (const headers of [{ Origin: "https://evil.example" }, { Origin: "null" }, { Origin: `http://127.0.0.1.evil.example:${port}` }, { "Sec-Fetch-Site": "cross-site" }, { Origin: `http://evil.example:${port}`, Host: `evil.example:${port}` }])
      for (const [method, target] of [["POST", "/api/v1/session"], ["DELETE", "/api/v1/session"]])
        refused(await exchange(house, request(house, method, target, { ...headers, Cookie: cookie })), 403, "foreign_origin");
    refused(await exchange(house, handshake(house, { Origin: "https://evil.example", Cookie: cookie })), 403, "foreign_origin");
  }));

test("nothing outside the console's folder is given away", () =>
  counted("not_found", 9, async () => {
    for (const target of ["/../vigie.toml", "/..%2fvigie.toml", "/%2e%2e/vigie.toml", "//etc/passwd", "/assets/../../vigie.toml", "/index.html%00.js", "/%c0%ae%c0%ae/vigie.toml", "/..\\vigie.toml", `${house.origin}/etc/passwd`])
      refused(await get(target), 404, "not_found");
  }));

test("methods that a door does not know are told which it does", async () => {
  for (const method of ["PUT", "PATCH", "TRACE", "CONNECT", "OPTIONS", "BREW"]) {
    const answer = await exchange(house, request(house, method, "/api/v1/session"));
    refused(answer, 405, "method_not_allowed");
    assert.equal(answer.headers.allow, "DELETE, GET, HEAD, POST");
  }
});

test("questions for places that make no sense", async () => {
  refused(await get("/api/v1/places?q=" + "a".repeat(201), { Cookie: cookie }), 400, "malformed", "q");
  for (const limit of ["0", "-1", "1e3", "99999999999999999999", "%00"])
    refused(await get(`/api/v1/places?q=rue&limit=${limit}`, { Cookie: cookie }), 400, "malformed", "limit");
  for (const q of ["%ff%fe", "%00", "%", "%zz", "a".repeat(200), "%20".repeat(60)])
    assert.equal((await get(`/api/v1/places?q=${q}`, { Cookie: cookie })).status, 200);
  assert.equal((await get("/api/v1/places?" + "q=a&".repeat(2000), { Cookie: cookie })).status, 200);
});

test("a phone that asks for places in a loop is told to wait, and the others are answered", async () => {
  const loop = await house.signIn("rennes.binome-1");
  const was = await house.figures();
  const ask = (session) => get("/api/v1/places?q=a+a+a+a+a+a+a+a&limit=50", { Cookie: session });
  const answers = await Promise.all(Array.from({ length: 200 }, () => ask(loop)));
  const refusals = answers.filter(({ status }) => status !== 200);
  assert.ok(refusals.length > 0);
  for (const answer of refusals) {
    refused(answer, 429, "too_fast");
    assert.equal(answer.headers["retry-after"], "1");
  }
  assert.equal((await ask(cookie)).status, 200);
  const now = await house.figures();
  assert.equal(now("vigie_refusals_total", "too_fast") - was("vigie_refusals_total", "too_fast"), refusals.length);
});

test("the telephone's door wants its own key and a whole event", async () => {
  const door = "/api/v1/calls/events";
  const event = JSON.stringify({ call: "call-h", stage: "ringing", at_ms: Date.now(), from: "0299000017" });
  refused(await post(door, event), 401, "key_needed");
  for (const Authorization of ["Bearer vk_" + "0".repeat(64), `Bearer ${await house.makeKey("metrics")}`, "Bearer " + "x".repeat(10_000)])
    refused(await post(door, event, { Authorization }), 403, "wrong_key");
  refused(await post(door, event, { Authorization: `Basic ${house.telephoneKey}` }), 401, "key_needed");
  const Authorization = `Bearer ${house.telephoneKey}`;
  for (const [body, field] of [["", ""], ["[".repeat(60_000), ""], ['{"call":"c","stage":"sung","at_ms":1}', "stage"], ['{"call":{},"stage":"ringing","at_ms":1}', "call"], ['{"call":"c","stage":"ringing","at_ms":"now"}', "at_ms"]]) {
    const answer = await post(door, body, { Authorization });
    assert.deepEqual([answer.status, JSON.parse(answer.body).problem, JSON.parse(answer.body).path], [422, "malformed", field]);
  }
  const told = [await post(door, event, { Authorization }), await post(door, event, { Authorization })];
  assert.deepEqual(told.map(({ status }) => status), [202, 202]);
  assert.equal(told[0].body, told[1].body, "told twice it is one");
});

test("a handshake that is none of ours is refused", async () => {
  refused(await exchange(house, handshake(house)), 401, "not_signed_in");
  refused(await exchange(house, handshake(house, { Cookie: cookie, "Sec-WebSocket-Version": "8" })), 400, "websocket_version");
  const elsewhere = request(house, "GET", "/elsewhere", { Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x", Cookie: cookie });
  refused(await exchange(house, elsewhere), 404, "not_found");
  const wire = await conversation(house, cookie);
  wire.cut();
});

test("one address that begins requests and never ends them leaves room for everybody else", async () => {
  const small = await House.open({ config: ["[limits]", "sign_ins_per_minute = 10000", "connections_per_address = 20", "[timing]", 'handshake = "20 s"'] });
  try {
    const idle = Array.from({ length: 20 }, () => new Wire(small, "127.0.0.2"));
    await Promise.all(idle.map((wire) => wire.up));
    const ask = async (from) => {
      const wire = new Wire(small, from);
      await wire.send(request(small, "GET", "/healthz"));
      return wire.answer();
    };
    refused(await ask("127.0.0.2"), 503, "full");
    assert.equal((await ask("127.0.0.3")).status, 200);
    idle[0].cut();
    await idle[0].gone;
    await until(async () => (await ask("127.0.0.2")).status === 200, "a place is free again");
    for (const wire of idle) wire.cut();
  } finally {
    await small.close();
  }
});
