// A night of faults: whatever can be killed, stopped, cut, slowed, filled or put to a wrong time, in an order of chance,
// while people work at two servers. Two such houses side by side, each with every kind of fault.
import { test } from "node:test";
import { seed } from "./seed.mjs";
import { kinds } from "./storm/faults.mjs";
import { Storm } from "./storm/storm.mjs";

const faults = Number(process.env.VIGIE_FAULTS ?? 50);
const only = process.env.VIGIE_FAULT_KINDS?.split(",") ?? Object.keys(kinds);
const first = seed("storm");

const long = process.env.VIGIE_FAULT_KINDS ? [] : ["server_stopped_long"]; // once, in the first house

async function playHouse(t, house) {
  const storm = await Storm.gather(first + house);
  try {
    for (const kind of storm.impossible) t.diagnostic(`left out, since it cannot be done on this machine: ${kind}`);
    const others = Object.keys(kinds).filter((kind) => !only.includes(kind));
    const deck = storm.deck(Math.ceil(faults / 2), house === 0 ? others : [...others, ...long], long);
    for (const [i, kind] of deck.entries()) await t.test(`${i + 1}: ${kind}`, () => storm.play(kind));
  } finally {
    await storm.close();
  }
}

test("everybody works through every fault, and after each all is as it must be", { concurrency: 2 }, (t) =>
  Promise.all([0, 1].map((house) => t.test(`a house of seed ${first + house}`, (each) => playHouse(each, house)))));
