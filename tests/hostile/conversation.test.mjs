// Strangers in the conversation: each bad frame is answered with the field at fault, or ends the connection, and is
// counted; nothing that was said before counts for more when it is said again.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { House } from "./house.mjs";
import { conversation, frame, opcode } from "./wire.mjs";

const seed = Number(process.env.VIGIE_SEED ?? Math.floor(Math.random() * 2 ** 31));
let house, cookie, handset;

before(async () => {
  console.log(`# seed ${seed}`);
  house = await House.open();
  cookie = await house.signIn("rennes.regulateur");
  handset = await house.signIn("rennes.binome-1");
});

after(() => house?.close());

const submit = (command) => ({ type: "submit", id: randomUUID(), made_at_ms: Date.now(), command });

test("a frame of the wrong shape is told its field, and is counted", async () => {
  const was = await house.figures();
  const cases = [
    ["[]", ""],
    ["null", ""],
    ['{"type":"sing"}', "type"],
    ['{"type":7}', "type"],
    [JSON.stringify({ ...submit({ type: "close_night" }), actor: "chief" }), "actor"],
    [JSON.stringify({ ...submit({ type: "close_night" }), id: 1 }), "id"],
    [JSON.stringify({ ...submit({ type: "close_night" }), made_at_ms: "now" }), "made_at_ms"],
    [JSON.stringify({ ...submit({ type: "close_night" }), made_at_ms: 1e300 }), "made_at_ms"],
    [JSON.stringify(submit({ type: "sign_off", team: ["binome-1"] })), "command.team"],
    [JSON.stringify(submit({ type: "sign_off", team: "x".repeat(1000) })), "command.team"],
    [JSON.stringify(submit({ type: "sign_on", team: "binome-1", members: Array(2000).fill("m"), transport: "on_foot" })), "command.members"],
    [JSON.stringify(submit({ type: "rule_the_world" })), "command.type"],
    ['{"type":"report_fix","fix":{"point":{"lon":181,"lat":0},"accuracy_m":1,"fixed_at_ms":1}}', "fix.point.lon"],
    ['{"type":"report_fix","fix":{"point":{"lon":NaN,"lat":0},"accuracy_m":1,"fixed_at_ms":1}}', ""],
    ["[".repeat(60_000), ""],
    ['{"a":'.repeat(12_000), ""],
  ];
  for (const [text, field] of cases) {
    const wire = await conversation(house, cookie);
    await wire.send(frame(opcode.text, text));
    const fault = await wire.word("fault");
    assert.deepEqual([fault.kind, fault.path], ["malformed", field], text.slice(0, 200));
    assert.ok(fault.problem.length > 0);
    wire.cut();
  }
  const now = await house.figures();
  assert.equal(now("vigie_faults_total", "malformed") - was("vigie_faults_total", "malformed"), cases.length);
});

test("frames of 10 MB end their conversations, and are not kept", async () => {
  const was = await house.figures();
  const wires = await Promise.all(Array.from({ length: 10 }, () => conversation(house, cookie)));
  const whole = frame(opcode.text, Buffer.alloc(10_000_000, " "));
  await house.growsByLessThan(5_000_000, async () => {
    for (const wire of wires) await wire.send(whole);
    for (const wire of wires) assert.ok([1009, 0].includes(await wire.closedWith()));
  });
  const now = await house.figures();
  assert.equal(now("vigie_closings_total", '"1009"') - was("vigie_closings_total", '"1009"'), wires.length);
});

test("100,000 nested brackets are refused: as too much, and where they are not, as malformed", async () => {
  const brackets = frame(opcode.text, "[".repeat(100_000));
  const strict = await conversation(house, cookie);
  await strict.send(brackets);
  assert.equal(await strict.closedWith(), 1009);
  const roomy = await House.open({ config: ["[limits]", "frame_bytes = 1000000"] });
  try {
    const wire = await conversation(roomy, await roomy.signIn("rennes.regulateur"));
    await wire.send(brackets);
    const fault = await wire.word("fault");
    assert.deepEqual([fault.kind, fault.path], ["malformed", ""]);
    wire.cut();
  } finally {
    await roomy.close();
  }
});

test("a session in sixty sockets has fifty conversations, and the commands of one account", async () => {
  const usual = await House.open({ config: [] });
  const begin = async (wire) => {
    await wire.say({ type: "hello", conversation: 1 });
    return wire.word("whole").then(() => "let in", ({ message }) => message);
  };
  const answerTo = async (wire) => {
    for (;;) {
      const { payload } = await wire.hear();
      const word = JSON.parse(payload);
      if (word.type === "accepted" || word.type === "rejected") return word;
    }
  };
  const wanted = () => submit({ type: "open_request", request: randomUUID(), source: "own_initiative", category: "noise_home", priority: "urgent", quarter: "villejean", dangers: [], particulars: {} });
  const insist = async (wire) => {
    for (let sent = 0; sent < 10; ++sent) await wire.say(wanted());
    const answers = [];
    while (answers.length < 10) answers.push(await answerTo(wire));
    return answers;
  };
  try {
    const own = await usual.signIn("rennes.binome-1");
    const wires = await Promise.all(Array.from({ length: 60 }, () => conversation(usual, own, { hello: false })));
    const told = await Promise.all(wires.map(begin));
    const letIn = wires.filter((_, at) => told[at] === "let in");
    assert.equal(letIn.length, 50);
    for (const words of told) assert.match(words, /^let in|^closed with 4429/);
    const began = Date.now();
    const answers = (await Promise.all(letIn.map(insist))).flat();
    const looked = answers.filter(({ reason }) => reason !== "overloaded").length;
    const most = 40 + (20 * (Date.now() - began)) / 1000 + 1;
    assert.ok(looked >= 40 && looked <= most, `${looked} of ${answers.length} commands were looked at, at most ${most} may be`);
    for (const wire of wires) wire.cut();
  } finally {
    await usual.close();
  }
});

test("random bytes and frames cut short harm nobody", async () => {
  let state = seed;
  const random = (below) => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0), Math.floor((state / 2 ** 32) * below));
  const whole = frame(opcode.text, JSON.stringify(submit({ type: "sign_off", team: "binome-1" })));
  for (let round = 0; round < 60; ++round) {
    const wire = await conversation(house, cookie);
    const bytes = round % 2 ? Buffer.from(Array.from({ length: 1 + random(500) }, () => random(256))) : whole.subarray(0, random(whole.length));
    await wire.send(bytes);
    wire.socket.end();
    await wire.gone;
  }
  const good = await conversation(house, cookie);
  await good.say({ type: "ping" });
  await good.word("pong");
  good.cut();
});

test("closings are counted by their code, and a client's own codes are not its to choose", async () => {
  const was = await house.figures();
  const endings = [[frame(3), "1002"], [frame(opcode.text, Buffer.from([0xff])), "1007"], [frame(opcode.text, "", { length: 10_000_000n }), "1009"], [frame(opcode.binary, "x"), "4400"], [frame(opcode.close, Buffer.from([0x11, 0x94])), "client"]];
  for (const [bytes] of endings) {
    const wire = await conversation(house, cookie);
    await wire.send(bytes);
    const code = await wire.closedWith();
    await wire.send(frame(opcode.close, Buffer.from([code >> 8, code & 255])));
    await wire.gone;
  }
  const now = await house.figures();
  for (const [, code] of endings) assert.equal(now("vigie_closings_total", `"${code}"`) - was("vigie_closings_total", `"${code}"`), 1, code);
  assert.equal(now("vigie_closings_total", '"4500"'), 0);
});

test("a command said again, by another screen or after another id was guessed, is not done again", async () => {
  const desk = await conversation(house, cookie);
  const said = submit({ type: "sign_on", team: "binome-2", members: [(await members())[2]], transport: "on_foot" });
  await desk.say(said);
  const first = await desk.word("accepted");
  const before = (await house.journal()).length;
  const second = await conversation(house, cookie);
  await second.say(said);
  assert.equal((await second.word("accepted")).version, first.version);
  const other = await conversation(house, handset);
  await other.say(said);
  await other.say(submit({ type: "sign_off", team: "binome-2" }));
  assert.equal((await other.word("rejected")).reason, "not_allowed", "another team's handset gains nothing by it");
  assert.equal((await house.journal()).length, before);
  for (const wire of [desk, second, other]) wire.cut();
});

test("a handset cannot take the ids of the clock and the telephone away from them", async () => {
  const wire = await conversation(house, handset);
  const before = (await house.journal()).length;
  const was = await house.figures();
  const taken = ["open-2026-11-21-1", "close-2026-11-21-1", "expire-a-1", "end-call-1", "call-0017"];
  for (const id of taken) {
    await wire.say({ ...submit({ type: "sign_off", team: "binome-1" }), id });
    const { reason, path } = await wire.word("rejected");
    assert.deepEqual([reason, path], ["malformed", "id"], id);
  }
  const now = await house.figures();
  assert.equal(now("vigie_rejections_total", "malformed") - was("vigie_rejections_total", "malformed"), taken.length);
  assert.equal((await house.journal()).length, before);
  wire.cut();
});

async function members() {
  const answer = await conversation(house, cookie, { hello: false });
  await answer.say({ type: "hello", conversation: 1 });
  const { service } = await answer.word("welcome");
  answer.cut();
  return service.members.map(({ id }) => id);
}

test("a stranger who goes on speaking before his session was looked up is told to wait, and harms nobody", async () => {
  const hello = frame(opcode.text, JSON.stringify({ type: "hello", conversation: 1 }));
  const fix = { point: { lon: -1.7, lat: 48.1 }, accuracy_m: 5, fixed_at_ms: Date.now() };
  const words = [{ type: "ping" }, submit({ type: "close_night" }), { type: "report_fix", fix }, { type: "ask_teams", request: "r-1" }];
  for (const word of words) {
    const wire = await conversation(house, `vigie_session=${randomUUID()}`, { hello: false });
    await wire.send(Buffer.concat([hello, frame(opcode.text, JSON.stringify(word))]));
    assert.equal((await wire.word("fault")).kind, "hello_expected", word.type);
    assert.equal(await wire.closedWith(), 4401);
    wire.cut();
  }
  assert.equal(house.process.exitCode, null, "the server lives");
});
