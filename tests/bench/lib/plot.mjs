// A bar for each contestant, with a whisker from the least to the most, as a small SVG.
import { shown } from "./table.mjs";

const width = 720;
const label = 150;
const line = 26;
const ink = "#1f2933";

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Where a value lies on the axis; logarithmic when the contestants are far apart. */
function axis(rows) {
  const most = Math.max(...rows.map(({ max }) => max), 1e-9);
  const least = Math.min(...rows.map(({ min }) => min).filter((value) => value > 0), most);
  const room = width - label - 90;
  if (most / least < 20) return { at: (value) => (room * value) / most, word: "" };
  const floor = least / 2;
  return { at: (value) => (room * Math.log(Math.max(value, floor) / floor)) / Math.log(most / floor), word: ", logarithmic" };
}

export function plot(title, unit, rows) {
  const { at, word } = axis(rows);
  const height = 52 + rows.length * line;
  const bars = rows.map((row, index) => {
    const y = 44 + index * line;
    const [from, middle, to] = [row.min, row.median, row.max].map((value) => label + at(value));
    const fill = index === 0 ? "#2f6f4f" : "#9fb3c8";
    return `<text x="${label - 8}" y="${y + 13}" text-anchor="end">${escaped(row.contestant)}</text>
<rect x="${label}" y="${y}" width="${(middle - label).toFixed(1)}" height="18" fill="${fill}"/>
<path d="M${from.toFixed(1)} ${y + 9}H${to.toFixed(1)}M${from.toFixed(1)} ${y + 4}v10M${to.toFixed(1)} ${y + 4}v10" stroke="${ink}"/>
<text x="${(to + 6).toFixed(1)}" y="${y + 13}">${shown(row.median)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="${ink}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="8" y="20" font-size="14" font-weight="bold">${escaped(title)}</text>
<text x="8" y="36">${escaped(unit + word)}; bar: middle, whisker: least to most</text>
${bars.join("\n")}
</svg>
`;
}
