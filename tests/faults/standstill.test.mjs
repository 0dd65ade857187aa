// A server process stands still, as on a machine that slept, and goes on: what waited at its doors is too old to be done.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chance } from "../night/chance.mjs";
import { Server } from "../support/server.mjs";
import { judge } from "./judge.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";
import { offer, openRequest, signOn, withdraw } from "./words.mjs";

const luck = chance(seed("standstill"));
const cookies = new Map();
const team = "binome-1";
let one, other, dispatcher, there;

before(async () => {
  one = await Server.open({ config: ["[timing]", 'heartbeat = "1 s"'] });
  other = await one.openBeside();
  dispatcher = await Steadfast.enter(one, "rennes.regulateur", cookies);
  there = await Steadfast.enter(other, "rennes.regulateur", cookies);
  await there.insist(signOn(team, there.service.members[0].id));
});

after(async () => {
  await Steadfast.leaveAll();
  await other?.close();
  await one?.close();
});

async function openOne() {
  const command = openRequest(luck, there.service);
  await there.insist(command);
  return command.request;
}

test("an offer that another process refused meanwhile is not made after all when the first one goes on", async () => {
  const [busy, wanted] = [await openOne(), await openOne()];
  const held = offer(busy, team);
  await there.insist(held);
  const [late, id] = [offer(wanted, team), randomUUID()];

  one.process.kill("SIGSTOP");
  const unanswered = dispatcher.submit(late, id);
  const refused = await there.submit(late, id);
  assert.equal(refused.reason, "team_has_assignment");
  await there.insist(withdraw(held.assignment));
  await sleep(8000);
  dispatcher.welcomed = false; // this person gave up and works at the other process
  one.process.kill("SIGCONT");

  await Promise.race([unanswered, dispatcher.next("closed")]);
  dispatcher.waiting.delete(id);
  await dispatcher.until(() => dispatcher.welcomed, "the screen is back");
  const commits = await judge(other, [dispatcher, there], cookies);
  assert.deepEqual(commits.filter(({ command }) => command === id), []);
  assert.equal(dispatcher.closes[0], 1012);
});
