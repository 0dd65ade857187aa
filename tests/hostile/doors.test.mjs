// Every door and every command, tried by everybody, compared with protocol/doors.md.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { isUndecided } from "../support/answers.mjs";
import { build } from "../support/server.mjs";
import { House, root } from "./house.mjs";
import { Wire, conversation, exchange, handshake, request } from "./wire.mjs";

const examples = path.join(root, "protocol/examples/command");
const commands = readdirSync(examples).map((file) => file.replace(".json", "")).sort();
const people = { operator: "operateur", dispatcher: "regulateur", coordinator: "encadrant", handset: "binome-1" };
const strangers = ["nobody", "session over"];
const machines = ["telephone", "metrics"];

let house, keys, cookies, worthless;

before(async () => {
  house = await House.open();
  for (const [role, name] of [["hotline_operator", "operateur"], ["dispatcher", "regulateur"], ["coordinator", "encadrant"], ["team", "binome-1"]])
    await house.addAccount(`vannes.${name}`, "vannes", role, role === "team" ? name : undefined);
  keys = { telephone: await house.makeKey("telephony", "rennes"), metrics: await house.makeKey("metrics") };
  cookies = {};
  const left = await house.signIn("rennes.regulateur");
  await exchange(house, request(house, "DELETE", "/api/v1/session", { Cookie: left }));
  const guessed = left.replace(/[0-9a-f]{8}$/, "00000000");
  worthless = [left, guessed, "vigie_session=../../etc/passwd"].map((Cookie) => ({ Cookie }));
  for (const [who, name] of Object.entries(people)) cookies[who] = await house.signIn(`rennes.${name}`);
});

after(() => house?.close());

/** Headers by which somebody is known; for `session over` each of the ways in which it can be. */
function credentials(who) {
  if (who === "nobody") return [{}, { Cookie: "vigie_session=" }];
  if (who in keys) return [{ Authorization: `Bearer ${keys[who]}` }];
  if (who in cookies) return [{ Cookie: cookies[who] }];
  return worthless;
}

const opens = new Set([200, 202, 204, 400, 404, 422]); // 400 and more: somebody was let in, and asked wrongly

/** What a status says of a door; "not now" and "it is broken" say nothing of who may enter. */
function told(status) {
  if (status === 401 || status === 403) return String(status);
  assert.ok(opens.has(status), `a door was tried in vain: ${status}`);
  return "yes";
}

/** What a door answers: `yes`, or the status by which it refuses. */
async function tryDoor(door, headers) {
  const [method, target] = door.split(" ");
  if (method !== "WS") return told((await exchange(house, request(house, method, target, headers))).status);
  const wire = new Wire(house);
  await wire.send(handshake(house, headers));
  const status = await wire.opened();
  if (status !== 101) return told(status);
  await wire.say({ type: "hello", conversation: 1 });
  const answer = await Promise.race([wire.word("welcome").then(() => "yes"), wire.gone.then(() => undefined)]).catch((failure) => /closed with (\d+)/.exec(failure.message)?.[1]);
  wire.cut();
  return answer ?? "cut";
}

/** Every HTTP door that the server says it has, the console and the conversation; signing out comes last. */
function doors() {
  const said = /The doors: (.*)/.exec(house.log)[1].split(", ");
  const all = [...said, "GET /", "WS /api/v1/live"].sort((a, b) => a.split(" ")[1].localeCompare(b.split(" ")[1]));
  return [...all.filter((door) => !door.startsWith("DELETE")), ...all.filter((door) => door.startsWith("DELETE"))];
}

async function tryDoors() {
  const columns = [...strangers, ...Object.keys(people), ...machines];
  const rows = [];
  for (const door of doors()) {
    const row = [door];
    for (const who of columns) {
      const answers = new Set();
      for (const headers of credentials(who)) answers.add(await tryDoor(door, headers));
      assert.equal(answers.size, 1, `${door} answers ${who} in the same way, however: ${[...answers]}`);
      row.push([...answers][0]);
    }
    rows.push(row);
  }
  return table(["door", ...columns], rows);
}

/** Two teams on duty, each with a request and an offer, so that there is something to meddle with. */
async function prepare(desk) {
  const answers = [];
  for (const [at, team] of ["binome-1", "binome-2"].entries()) {
    const members = [desk.service.members[at].id];
    answers.push(await submit(desk, { type: "sign_on", team, members, transport: "on_foot" }));
    answers.push(await submit(desk, { ...example("open_request"), request: `s-${team}`, category: desk.service.categories[0].id, quarter: desk.service.quarters[0].id, place: undefined, call: undefined }));
    answers.push(await submit(desk, { type: "offer_assignment", assignment: `a-${team}`, request: `s-${team}`, team, reinforcement: false }));
  }
  for (const answer of answers) assert.equal(answer.type, "accepted", JSON.stringify(answer));
}

const example = (kind) => JSON.parse(readFileSync(path.join(examples, `${kind}.json`), "utf8"));

/** A command of this kind about what there is: this team, its request, its assignment. */
function about(kind, team) {
  const command = example(kind);
  if ("team" in command) command.team = team;
  if (kind === "open_request") command.source = "own_initiative"; // what a handset may open
  if ("request" in command) command.request = `s-${team}`;
  if ("assignment" in command) command.assignment = `a-${team}`;
  return command;
}

async function submit(wire, command) {
  const id = randomUUID();
  await wire.say({ type: "submit", id, made_at_ms: Date.now(), command });
  for (;;) {
    const { payload } = await wire.hear();
    const word = JSON.parse(payload);
    if (word.type === "fault") throw new Error(`${command.type}: ${payload}`);
    if (word.id === id) return word;
  }
}

async function enter(cookie) {
  const wire = new Wire(house);
  await wire.send(handshake(house, { Cookie: cookie }));
  assert.equal(await wire.opened(), 101);
  await wire.say({ type: "hello", conversation: 1 });
  wire.service = (await wire.word("welcome")).service;
  wire.whole = await wire.word("whole");
  return wire;
}

/** Every command by one person: which of them the role may send. */
async function tryCommands(cookie, team) {
  const wire = await enter(cookie);
  const answers = [];
  for (const kind of commands) {
    const { type, reason } = await submit(wire, about(kind, team));
    assert.ok(!isUndecided({ reason }), `${kind} was tried in vain: ${reason}`);
    answers.push(type === "rejected" && reason === "not_allowed" ? "no" : "yes");
    if (answers.length % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1000)); // rule R10.1
  }
  wire.cut();
  return answers;
}

async function tryAllCommands() {
  const desk = await enter(cookies.coordinator);
  await prepare(desk);
  desk.cut();
  const columns = { "handset, another team": await tryCommands(cookies.handset, "binome-2"), "handset, its own": await tryCommands(cookies.handset, "binome-1") };
  for (const who of ["operator", "dispatcher", "coordinator"]) columns[who] = await tryCommands(cookies[who], "binome-1");
  const names = ["operator", "dispatcher", "coordinator", "handset, its own", "handset, another team"];
  return { columns, text: table(["command", ...names], commands.map((kind, at) => [kind, ...names.map((name) => columns[name][at])])) };
}

function table(head, rows) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
  const line = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}

const page = (commandTable, doorTable) => `# Who may do what

Kept by people, checked by \`tests/hostile/doors.test.mjs\`, which tries every command and every door of a running server as
everybody: a new one without its line here fails, and so does one that opens to somebody else. All that is not a \`yes\` is
refused and counted at \`/metrics\`.

## Commands

As \`submit\` in the conversation, about one's own service: there is no word that names another one. \`no\` is \`rejected\` as
\`not_allowed\`. What a \`yes\` may send can still be refused by the rules. The commands that nobody may send come from the
telephone's door (\`report_call\`) and from the clock, whose ids are not a client's to use either (rule R4.5).

${commandTable}

## Doors

\`WS\` is the handshake of a WebSocket with its first frame. A number is the HTTP status or the close code by which a door stays
shut; \`session over\` is a session that was revoked, has expired, or never was. Whatever opens only shows one's own service.

${doorTable}
`;

test("doors.md says who may do what, and nobody may do more", async () => {
  const before = await house.figures();
  const { columns, text } = await tryAllCommands();
  const doorTable = await tryDoors();
  const seen = page(text, doorTable);
  const kept = path.join(root, "protocol/doors.md");
  const found = path.join(build, "doors.md");
  writeFileSync(found, seen);
  assert.equal(seen, readFileSync(kept, "utf8"), `protocol/doors.md says otherwise; what was found is in ${found}`);

  const now = await house.figures();
  const grown = (...figure) => now(...figure) - before(...figure);
  const no = Object.values(columns).flat().filter((answer) => answer === "no").length;
  assert.equal(grown("vigie_rejections_total", 'reason="not_allowed"'), no, "each refused command was counted");
  const shut = doorTable.match(/\b40[13]\b/g).length;
  assert.ok(grown("vigie_refusals_total") >= shut, `each of ${shut} refused requests was counted`);
  assert.ok(grown("vigie_closings_total", 'code="4401"') >= 1, "each session that did not hold was counted");
});

test("nobody of another service reaches this one, whatever ids they guess", async () => {
  const before = await house.journal();
  for (const name of Object.values(people)) {
    const wire = await enter(await house.signIn(`vannes.${name}`));
    assert.equal(wire.service.id, "vannes");
    assert.doesNotMatch(JSON.stringify(wire.whole), /binome-2|s-binome/, "nothing of rennes is shown");
    for (const kind of commands) await submit(wire, about(kind, "binome-2"));
    if (name !== "binome-1") {
      await wire.say({ type: "ask_teams", request: "s-binome-1" });
      assert.deepEqual((await wire.word("recommendations")).teams, []);
    }
    wire.cut();
  }
  const key = await house.makeKey("telephony", "vannes");
  const event = JSON.stringify({ call: "call-other", stage: "ringing", at_ms: Date.now(), from: "0299000017" });
  const answer = await exchange(house, request(house, "POST", "/api/v1/calls/events", { Authorization: `Bearer ${key}` }, event));
  assert.equal(answer.status, 202);
  assert.equal((await house.journal()).length, before.length, "the journal of rennes is as it was");
});

test("a session that expired closes its doors and its screens", async () => {
  const cookie = await house.signIn("rennes.operateur");
  const screen = await conversation(house, cookie);
  const redis = (...words) => execFileSync("redis-cli", ["-s", house.redisUrl("journal").slice("unix:".length), ...words], { encoding: "utf8" });
  for (const name of redis("--scan", "--pattern", "vigie:session:*").split("\n").filter(Boolean)) redis("PEXPIRE", name, "1");
  assert.equal(await screen.closedWith(), 4401);
  assert.equal((await exchange(house, request(house, "GET", "/api/v1/session", { Cookie: cookie }))).status, 401);
});
