// What axe-core and a ruler find on a page.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** No rule of axe-core is violated in what the page shows now. */
export async function expectAccessible(page, what) {
  await page.evaluate(`${axe}; undefined`);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  assert.ok(passes.length > 10, `${what}: axe-core looked at too little`);
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html}\n    ${failureSummary}`).join("\n")}`);
  assert.deepEqual(found, [], `${what}:\n${found.join("\n")}`);
}

/** Nothing makes the page scroll sideways, and no text field, link or button hangs over the window's edge. */
export async function expectToFit(page, what) {
  const hanging = await page.evaluate(() => {
    const over = ({ left, right, width }) => width > 1 && (left < -1 || right > innerWidth + 1);
    const controls = [...document.querySelectorAll("button, a, input, select, textarea")].filter((each) => !each.closest(".map"));
    const wide = document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    return [...wide, ...controls.filter((each) => each.checkVisibility() && over(each.getBoundingClientRect())).map((each) => each.outerHTML)];
  });
  assert.deepEqual(hanging, [], what);
}

/** All of these are in view as a whole, without scrolling. */
export async function expectInView(page, ...controls) {
  const { width, height } = page.viewportSize();
  for (const control of controls) {
    const box = await control.boundingBox();
    const inside = box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width + 1 && box.y + box.height <= height + 1;
    assert.ok(inside, `${control} is not in view: ${JSON.stringify(box)}`);
  }
}
