// Plays many faults, fifty to a house, each house from a seed of its own; tells how it goes, and keeps the seeds that fail.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Steadfast } from "../steadfast.mjs";
import { Storm } from "./storm.mjs";

const toAHouse = 50;
const kept = path.resolve(process.argv[4] ?? "failing-seeds");
const [wanted, first] = process.argv.slice(2, 4).map(Number);
const figures = { faults: 0, answered: 0, resent: 0, commits: 0, conflicts: 0, recoveries: [], kinds: new Map(), failed: [] };

async function playHouse(seed, count) {
  let storm;
  try {
    storm = await Storm.gather(seed);
    tellWhatIsLeftOut(storm);
    for (const kind of storm.deck(count)) await playOne(storm, kind);
    await storm.count(figures);
  } catch (error) {
    keep(seed, storm, error);
  } finally {
    await Steadfast.leaveAll();
    await storm?.close();
  }
}

function tellWhatIsLeftOut({ impossible }) {
  if (figures.faults === 0) for (const kind of impossible) console.log(`left out, since it cannot be done on this machine: ${kind}`);
}

async function playOne(storm, kind) {
  const began = performance.now();
  storm.kind = kind;
  figures.faults += 1;
  await storm.play(kind);
  figures.kinds.set(kind, (figures.kinds.get(kind) ?? 0) + 1);
  figures.recoveries.push(storm.recoveries.at(-1));
  const took = ((performance.now() - began) / 1000).toFixed(1);
  const back = (storm.recoveries.at(-1) / 1000).toFixed(2);
  console.log(`${figures.faults}/${wanted}  seed ${storm.seed}  ${kind}: ${took} s, all back in ${back} s; ${storm.commits} commits`);
}

/** Of a house that could not be opened there is no storm, and no log. */
function keep(seed, storm, error) {
  const kind = storm?.kind ?? "opening";
  figures.failed.push(seed);
  console.log(`FAILED at fault ${figures.faults}, seed ${seed}, ${kind}: ${error.stack}`);
  mkdirSync(kept, { recursive: true });
  appendFileSync(path.join(kept, "seeds"), `${seed} ${kind} ${error.message.split("\n")[0]}\n`);
  const { servers = [], journal } = storm?.house ?? {};
  const logs = servers.map(({ name, log }) => `== ${name}\n${log}`);
  writeFileSync(path.join(kept, `${seed}.log`), [error.stack, ...logs, `== journal's Redis\n${journal?.log ?? ""}`].join("\n"));
}

function summary() {
  const times = figures.recoveries.toSorted((a, b) => a - b);
  const seconds = (value) => `${((value ?? 0) / 1000).toFixed(2)} s`;
  for (const [kind, count] of [...figures.kinds].sort()) console.log(`  ${kind.padEnd(22)} ${count}`);
  console.log(`faults ${figures.faults}, commands answered ${figures.answered}, sent again ${figures.resent}, commits ${figures.commits}, conflicts ${figures.conflicts}`);
  console.log(`all back after the fault: p50 ${seconds(times[Math.floor(times.length / 2)])}, longest ${seconds(times.at(-1))}`);
  console.log(figures.failed.length ? `seeds that failed: ${figures.failed.join(" ")}; see ${kept}` : "nothing failed");
}

console.log(`${wanted} faults from seed ${first}`);
for (let seed = first; figures.faults < wanted; ++seed) {
  const before = figures.faults;
  await playHouse(seed, Math.min(toAHouse, wanted - figures.faults));
  if (figures.faults === before) break; // the house could not even be opened
}
summary();
process.exit(figures.failed.length ? 1 : 0);
