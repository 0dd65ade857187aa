// Tables: for the terminal, and for the README between its two marks.
import { readFileSync, writeFileSync } from "node:fs";
import { machine } from "./results.mjs";

/** Three figures that count, and thousands apart. */
export function shown(value) {
  if (value === undefined) return "–";
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en").replaceAll(",", " ");
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toPrecision(2);
}

const goalOf = ({ goal, reached }) => (goal ? `${goal}: ${reached ? "reached" : "**not reached**"}` : "");
const cells = (row) => [row.contestant, shown(row.min), `**${shown(row.median)}**`, shown(row.max), row.ratio ? `${shown(row.ratio)} ×` : "", goalOf(row)];

/** Markdown of one figure: a heading and, for each measure, a table. */
export function markdown({ figure, played, rows, failures }) {
  const again = `\`scripts/bench --only ${figure.name}\`, in ${played} interleaved rounds on ${machine()}`;
  const lines = [`### ${figure.title}`, "", `${figure.how} (${again})`, ""];
  lines.push("| | least | **middle** | most | Vigie to it | to reach |", "|---|--:|--:|--:|--:|---|");
  for (const { name, unit, title } of figure.measures) {
    const those = rows.filter((row) => row.measure === name);
    if (those.length) lines.push(`| *${title}, ${unit}* | | | | | |`);
    for (const row of those) lines.push(`| ${cells(row).join(" | ")} |`);
  }
  for (const [contestant, why] of Object.entries(failures)) lines.push(`| ${contestant} | failed: ${why.replaceAll("|", "/")} | | | | |`);
  return lines.join("\n") + "\n";
}

/** Replaces what stands between the two marks of a file. */
export function replaceBetween(file, name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = readFileSync(file, "utf8").split(begin);
  if (!rest?.includes(end)) throw new Error(`${file} has no marks ${begin} … ${end}`);
  writeFileSync(file, `${before}${begin}\n${text}${end}${rest.split(end)[1]}`);
}
