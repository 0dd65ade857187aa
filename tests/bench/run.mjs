// Runs the figures, round by round and contestant by contestant, so that what disturbs the machine disturbs all alike.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { figures } from "./figures/index.mjs";
import { plot } from "./lib/plot.mjs";
import { build, root } from "./lib/processes.mjs";
import { Results, machine, rows } from "./lib/results.mjs";
import { markdown, replaceBetween, shown } from "./lib/table.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string" }, only: { type: "string", multiple: true }, quick: { type: "boolean" }, readme: { type: "boolean" }, list: { type: "boolean" } },
});
const rounds = Number(options.rounds ?? (options.quick ? 1 : 5));
const out = path.join(root, "build/bench");

function checkOptions() {
  if (!Number.isInteger(rounds) || rounds < 1) refuse(`--rounds needs a whole number from 1 on, not "${options.rounds}".`);
  for (const name of options.only ?? []) if (!figures.some((figure) => figure.name === name)) refuse(`There is no figure ${name}; --list names them.`);
}

function refuse(why) {
  console.error(`✗ ${why}`);
  process.exit(1);
}

/** Opens each contestant; one that cannot be opened is reported, and the others go on. */
async function open(figure, results) {
  const stages = new Map();
  for (const contestant of figure.contestants)
    try {
      stages.set(contestant, await figure.open(contestant, options));
    } catch (error) {
      results.failed(contestant, error);
    }
  return stages;
}

/** Each round begins with another contestant. */
const turned = (contestants, round) => contestants.map((_, at) => contestants[(at + round) % contestants.length]);

async function measureRound(stages, round, results) {
  for (const contestant of turned([...stages.keys()], round))
    try {
      const measured = await stages.get(contestant).measure(round);
      for (const [measure, value] of Object.entries(measured)) results.add(measure, contestant, value);
      note(contestant, measured);
    } catch (error) {
      results.failed(contestant, error);
      await stages.get(contestant).close().catch(() => {});
      stages.delete(contestant);
    }
}

const note = (contestant, measured) => console.log(`  ${contestant}: ${Object.entries(measured).map(([name, value]) => `${name} ${shown(value)}`).join(", ")}`);

async function run(figure) {
  console.log(`▸ ${figure.title}`);
  const began = Date.now();
  const results = new Results();
  const stages = await open(figure, results);
  for (let round = 0; round < rounds; ++round) await measureRound(stages, round, results);
  for (const stage of stages.values()) await stage.close().catch((error) => console.log(`  ${error.message}`));
  for (const [contestant, why] of results.failures) console.log(`  ${contestant} failed: ${why}`);
  return { figure, played: rounds, rows: rows(figure, results), failures: Object.fromEntries(results.failures), seconds: (Date.now() - began) / 1000 };
}

/** The plots of a figure: one for each measure. */
function draw({ figure, rows: all }, folder) {
  mkdirSync(folder, { recursive: true });
  for (const { name, unit, title } of figure.measures) {
    const those = all.filter(({ measure }) => measure === name);
    if (those.length) writeFileSync(path.join(folder, `${figure.name}-${name}.svg`), plot(`${figure.title}: ${title}`, unit, those));
  }
}

function save(done) {
  mkdirSync(out, { recursive: true });
  const told = done.map(({ figure, ...rest }) => ({ figure: figure.name, title: figure.title, ...rest }));
  writeFileSync(path.join(out, "results.json"), JSON.stringify({ at: new Date().toISOString(), machine: machine(), rounds, figures: told }, null, 1));
  writeFileSync(path.join(out, "table.md"), done.map(markdown).join("\n"));
}

/** Into the README, where the figure has its place, and beside it the plots. */
function publish(one) {
  replaceBetween(path.join(root, "README.md"), `bench ${one.figure.name}`, markdown(one));
  draw(one, path.join(root, "tests/bench/plots"));
}

/** Vigie itself was measured; that a peer failed is told in the table. */
const isComplete = ({ figure, failures }) => !(figure.contestants[0] in failures);

checkOptions();
const chosen = figures.filter(({ name }) => !options.only || options.only.includes(name));
if (options.list) for (const { name, title } of figures) console.log(`${name.padEnd(12)} ${title}`);
else {
  const done = [];
  for (const figure of chosen) {
    done.push(await run(figure));
    draw(done.at(-1), out);
    save(done);
    if (options.readme && isComplete(done.at(-1))) publish(done.at(-1));
  }
  console.log(`\n${done.map(markdown).join("\n")}\nThe figures are in ${path.relative(process.cwd(), out) || "."}, built in ${build}.`);
  process.exit(done.every(isComplete) ? 0 : 1);
}
