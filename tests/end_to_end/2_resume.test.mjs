// A desk that was closed comes back where it left off.
import assert from "node:assert/strict";
import { Desk } from "./desk.mjs";
import { newWindow, shoot } from "./person.mjs";
import { story } from "./stage.mjs";
import { openRequest } from "./scenes.mjs";
import { until } from "../support/until.mjs";

story("a desk that was closed resumes at its version and shows what it missed", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const operator = await stage.client("rennes.operateur");
  await openRequest(operator, "noise_party");
  await desk.requests.getByText("Fête").waitFor();
  const left = desk.page.heard.findLast(({ type }) => type === "change").version;
  await copyOf(desk.page, left);
  await desk.page.close({ runBeforeUnload: false });

  await openRequest(operator, "technical_lift");
  const again = new Desk(await newWindow(desk.page.context()));
  stage.pages.push(again.page);
  await again.page.goto("/desk");
  await again.live();
  await again.requests.getByText("Fête").waitFor();
  await again.requests.getByText("Ascenseur").waitFor();

  const hello = again.page.said.find(({ type }) => type === "hello");
  const line = again.page.heard.find(({ type }) => type === "welcome").line;
  assert.deepEqual({ version: hello.version, line: hello.line }, { version: left, line });
  const first = again.page.heard.find(({ type }) => type === "change" || type === "whole");
  assert.equal(first.type, "change");
  assert.equal(first.version, operator.version);
  assert.deepEqual(first.put.requests.map(({ category }) => category), ["technical_lift"]);
  await shoot(again.page, "2-desk-resumed");
});

/** Waits until the browser keeps a copy of this version, which it lays down a moment after each change. */
function copyOf(page, version) {
  const kept = () =>
    page.evaluate(async () => {
      const [{ name }] = await indexedDB.databases();
      const opened = await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)));
      const copies = opened.transaction("replicas").objectStore("replicas").getAll();
      const found = await new Promise((resolve) => (copies.onsuccess = () => resolve(copies.result)));
      opened.close();
      return found[0]?.version;
    });
  return until(async () => (await kept()) === version, `a copy of version ${version} is kept`);
}
