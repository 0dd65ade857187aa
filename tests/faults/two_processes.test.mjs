// Two server processes on one Redis: neither knows the other, and no team goes twice.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chance } from "../night/chance.mjs";
import { Server } from "../support/server.mjs";
import { roomForMany } from "./crowd.mjs";
import { judge } from "./judge.mjs";
import { seed } from "./seed.mjs";
import { Steadfast } from "./steadfast.mjs";
import { offer, openRequest, signOn, withdraw } from "./words.mjs";

const offers = 1000;
const collisions = new Set(["team_has_assignment", "already_on_this_request", "request_already_covered"]);
const luck = chance(seed("two_processes"));
const cookies = new Map();
let one, other, desks, requests;
const teams = [1, 2, 3, 4, 5].map((number) => `binome-${number}`);

before(async () => {
  one = await Server.open({ config: roomForMany });
  other = await one.openBeside();
  desks = [];
  const accounts = ["rennes.regulateur", "rennes.encadrant"];
  for (let i = 0; i < 40; ++i) desks.push(await Steadfast.enter(i % 2 ? one : other, accounts[(i >> 1) % 2], cookies));
  await openNight();
});

after(async () => {
  await Steadfast.leaveAll();
  await other?.close();
  await one?.close();
});

async function openNight() {
  const [first] = desks;
  for (const [i, team] of teams.entries()) await first.insist(signOn(team, first.service.members[i].id));
  const opening = Array.from({ length: 200 }, (_, i) => desks[i % desks.length].insist(openRequest(luck, first.service)));
  const answers = await Promise.all(opening);
  assert.deepEqual([...new Set(answers.map(({ type }) => type))], ["accepted"]);
  await first.until(() => first.requests.size === 200, "200 requests are open");
  requests = [...first.requests.keys()];
}

const anyOffer = () => offer(luck.pick(requests), luck.pick(teams), luck.happens(0.2));

test("1,000 offers at once for five free teams: five are taken down, the others say why not", async () => {
  const answers = await Promise.all(Array.from({ length: offers }, (_, i) => desks[i % desks.length].insist(anyOffer())));
  assert.equal(answers.length, offers);
  assert.equal(answers.filter(({ type }) => type === "accepted").length, teams.length);
  for (const { reason } of answers.filter(({ type }) => type === "rejected")) assert.ok(collisions.has(reason), reason);
  await judge(one, desks, cookies);
});

test("1,000 offers from 40 desks, each withdrawn when it is taken: no team goes twice, and the teams keep changing", async () => {
  const [first] = desks;
  for (const [id] of first.assignments) await first.insist(withdraw(id));
  await Promise.all(desks.map(async (desk) => {
    for (let i = 0; i < offers / desks.length; ++i) await offerAndWithdraw(desk);
  }));
  const commits = await judge(other, desks, cookies);
  const given = commits.flatMap(({ events }) => events).filter(({ type }) => type === "assignment_offered");
  assert.ok(given.length > 10 * teams.length, `only ${given.length} offers were taken down in all`);
});

test("what one process refused, the other refuses too, and both do after they were killed, though it could be taken by now", async () => {
  const here = desks.find((desk) => desk.origin === one.origin);
  const there = desks.find((desk) => desk.origin === other.origin);
  await here.insist(offer(requests[0], teams[0]));
  const refused = [];
  for (let i = 0; i < 30; ++i) {
    const command = offer(requests[1 + i], teams[0]);
    const answer = await here.insist(command);
    refused.push({ command, id: answer.id, reason: answer.reason });
  }
  assert.deepEqual([...new Set(refused.map(({ reason }) => reason))], ["team_has_assignment"]);
  for (const [id] of here.assignments) await here.insist(withdraw(id));
  const hearTheSame = async (desk) => {
    for (const { command, id, reason } of refused) {
      await desk.turn();
      assert.deepEqual(await desk.submit(command, id).then((answer) => answer.reason), reason);
    }
  };
  await hearTheSame(there);
  for (const server of [one, other]) {
    await server.end("SIGKILL");
    await server.start();
  }
  await Promise.all([here, there].map(hearTheSame));
  assert.equal((await there.insist(offer(requests[40], teams[0]))).type, "accepted");
});

async function offerAndWithdraw(desk) {
  const command = anyOffer();
  const answer = await desk.insist(command);
  if (answer.type === "accepted") assert.equal((await desk.insist(withdraw(command.assignment))).type, "accepted");
  else assert.ok(collisions.has(answer.reason), answer.reason);
}
