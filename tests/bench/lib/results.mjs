// What was measured, and what follows from it.
import { availableParallelism, cpus, totalmem } from "node:os";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const summary = (values) => ({ min: Math.min(...values), median: median(values), max: Math.max(...values) });

export const machine = () => `${availableParallelism()} cores of ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux, node ${process.version}`;

/** Values of one figure: measure → contestant → one value a round. */
export class Results {
  values = new Map();
  failures = new Map();

  add(measure, contestant, value) {
    if (!this.values.has(measure)) this.values.set(measure, new Map());
    const known = this.values.get(measure);
    if (!known.has(contestant)) known.set(contestant, []);
    known.get(contestant).push(value);
  }

  failed(contestant, error) {
    this.failures.set(contestant, String(error?.message ?? error).split("\n")[0]);
  }

  of(measure, contestant) {
    return this.values.get(measure)?.get(contestant) ?? [];
  }

  /** The ratio of two contestants, round by round, in the middle; nothing where one has no values. */
  ratio(measure, ours, peer) {
    const [a, b] = [this.of(measure, ours), this.of(measure, peer)];
    const pairs = Math.min(a.length, b.length);
    return pairs ? median(a.slice(0, pairs).map((value, at) => value / b[at])) : undefined;
  }
}

/** The rows of a figure's table: one for each measure and contestant. */
export function rows(figure, results) {
  return figure.measures.flatMap((measure) =>
    figure.contestants
      .filter((contestant) => results.of(measure.name, contestant).length)
      .map((contestant) => row(measure, contestant, figure.contestants[0], results)),
  );
}

function row(measure, contestant, ours, results) {
  const values = results.of(measure.name, contestant);
  const told = { measure: measure.name, unit: measure.unit, contestant, values, ...summary(values) };
  if (contestant === ours) return { ...told, ...reached(measure.atMost, told.median, "at most") };
  const ratio = results.ratio(measure.name, ours, contestant);
  const goal = measure.ratios?.[contestant];
  return { ...told, ratio, ...(measure.less ? reached(goal, ratio, "at most", " ×") : reached(goal, ratio, "at least", " ×")) };
}

function reached(goal, value, word, unit = "") {
  if (goal === undefined || value === undefined) return {};
  return { goal: `${word} ${goal}${unit}`, reached: word === "at most" ? value <= goal : value >= goal };
}
