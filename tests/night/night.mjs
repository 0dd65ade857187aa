// A Saturday night at Rennes, through the public doors only: five pairs, an operator, a dispatcher, sixty calls in
// five hours, played faster. Ends by holding the journal against what its clients were answered.
import { parseArgs } from "node:util";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { chance } from "./chance.mjs";
import { checkNight } from "./check.mjs";
import { Client } from "./client.mjs";
import { Pair, dispatch, phoneCall } from "./people.mjs";
import { Stage } from "./stage.mjs";

const { values: options } = parseArgs({
  options: {
    accounts: { type: "string" },
    seed: { type: "string", default: "2115" },
    calls: { type: "string", default: "60" },
    minutes: { type: "string", default: "2" },
    log: { type: "string" },
  },
});

const { origin, accounts, telephone_key: apiKey } = JSON.parse(readFileSync(options.accounts, "utf8"));
const stage = new Stage({ origin, apiKey, chance: chance(Number(options.seed)), minutes: Number(options.minutes) });
const byRole = (role) => accounts.filter((account) => account.role === role);
const enter = ({ account, password }) => new Client(origin, account, password).open();

console.log(`A night at Rennes: ${options.calls} calls in ${options.minutes} minutes, seed ${options.seed}`);
const coordinator = await enter(byRole("coordinator")[0]);
const operator = await enter(byRole("hotline_operator")[0]);
const dispatcher = await enter(byRole("dispatcher")[0]);
const handsets = await Promise.all(byRole("team").slice(0, 5).map(enter));
const clients = [coordinator, operator, dispatcher, ...handsets];

if (!coordinator.night || coordinator.night.closed_at_ms) {
  const closes = Date.now() + 5 * 3600_000;
  await stage.want(coordinator, { type: "open_night", closes_at_ms: closes, exceptional: "training" });
}

const members = coordinator.service.members.map((member) => member.id);
const pairs = handsets.map((client, i) => new Pair(stage, client, members.slice(2 * i, 2 * i + 2), i % 2 ? "car" : "on_foot"));
const work = [...pairs.map((pair) => pair.work()), dispatch(stage, dispatcher)];

const progress = setInterval(() => {
  const requests = [...dispatcher.requests.values()];
  const count = (status) => requests.filter((r) => r.status === status).length;
  console.log(`  ${dispatcher.calls.size} calls · ${count("waiting")} waiting · ${count("assigned")} assigned · ${count("closed")} closed`);
}, 5000);

/** Moments at which the calls ring, in minutes of the night, most of them in its middle. */
const moments = Array.from({ length: Number(options.calls) }, () => (stage.chance.between(0, 270) + stage.chance.between(30, 250)) / 2);
moments.sort((a, b) => a - b);
let now = 0;
const calls = [];
for (const [number, moment] of moments.entries()) {
  await stage.pass(moment - now);
  now = moment;
  calls.push(phoneCall(stage, operator, number));
}
await Promise.all(calls);

const idle = () => [...dispatcher.requests.values()].every((request) => request.status === "closed");
const patience = Date.now() + 120_000 + Number(options.minutes) * 60_000;
while (!idle() && Date.now() < patience) await sleep(200);
stage.over = true;
await Promise.all(work);
clearInterval(progress);

const verdict = await checkNight({ stage, clients, operator, reenter: () => enter(byRole("hotline_operator")[0]), log: options.log });
for (const client of clients) await client.close();
console.log(verdict.lines.join("\n"));
process.exit(verdict.good ? 0 : 1);
