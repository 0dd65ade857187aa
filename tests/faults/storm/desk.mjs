// An operator's desk as a process of its own: each command is on disk before it is sent, and so is its answer. Killed and
// started again, it goes on with what was not answered. One JSON line on its input says where and who; "rest" and "work" follow.
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { chance } from "../../night/chance.mjs";
import { isUndecided } from "../../support/answers.mjs";
import { openRequest } from "../words.mjs";
import { Wanderer } from "./wanderer.mjs";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { outbox, doors, account, cookie, seed } = JSON.parse((await lines.next()).value);
const luck = chance(seed);
const client = await Wanderer.enterBy(doors, luck, account, cookie);
const note = (line) => appendFileSync(outbox, `${JSON.stringify(line)}\n`);
let working = false;

const unanswered = new Map();
for (const { made, answered } of noted()) made ? unanswered.set(made.id, made.command) : unanswered.delete(answered.id);

function noted() {
  if (!existsSync(outbox)) return [];
  return readFileSync(outbox, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

async function send(id, command) {
  for (;;) {
    await client.turn();
    const answer = await client.submit(command, id);
    if (!isUndecided(answer)) return note({ answered: { ...answer, command: command.type, account } });
  }
}

async function work() {
  working = true;
  for (const [id, command] of unanswered) await send(id, command);
  unanswered.clear();
  while (working) {
    const [id, command] = [randomUUID(), openRequest(luck, client.service)];
    note({ made: { id, command } });
    await send(id, command);
    await sleep(luck.between(0, 200));
  }
  process.stdout.write("resting\n");
}

for await (const line of lines) {
  if (line === "work") work();
  if (line === "rest") working = false;
}
await client.close();
process.exit();
