// A new task is heard and felt. The phone's own loudspeaker and motor cannot be tried here: what the page asks of them can.
import assert from "node:assert/strict";
import { offer, openRequest } from "./scenes.mjs";
import { phone } from "./person.mjs";
import { Handset } from "./handset.mjs";
import { story } from "./stage.mjs";
import { until } from "../support/until.mjs";

/** Writes down what the page asks of the motor and the loudspeaker; runs before any script of the page. */
function listenIn() {
  globalThis.asked = { shakes: [], notes: [] };
  navigator.vibrate = (pattern) => asked.shakes.push(pattern) > 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    asked.notes.push({ pitch: this.frequency.value, state: this.context.state });
    return start.call(this, when);
  };
}

story("a new task shakes the phone and rings until it is answered", async (stage) => {
  const page = await stage.person(phone);
  await page.addInitScript(listenIn);
  const handset = new Handset(page);
  await handset.open("rennes.binome-1", stage.house.password("rennes.binome-1"));
  await handset.signOn("Aïcha", "Bastien");
  const asked = () => page.evaluate(() => structuredClone(globalThis.asked));
  const before = await asked();
  assert.deepEqual(before.shakes, [], "a free phone lies still");

  const coordinator = await stage.client("rennes.encadrant");
  await offer(coordinator, await openRequest(coordinator, "safety_brawl"), "binome-1");
  await handset.button("Accepter").waitFor();
  const shaken = ({ shakes }) => shakes.filter((pattern) => Array.isArray(pattern));
  await until(async () => shaken(await asked()).length >= 2, "it shakes, and shakes again");
  const ringing = await asked();
  assert.ok(shaken(ringing)[0].every((span) => span >= 100), "a glove feels it");
  const rung = ringing.notes.slice(before.notes.length);
  assert.ok(rung.length >= 6, "the melody of three notes, twice");
  for (const { state } of rung) assert.equal(state, "running");

  await handset.touch("Accepter");
  await handset.button("Départ").waitFor();
  await until(async () => (await asked()).shakes.at(-1) === 0, "the motor is told to stop");
  const calm = await asked();
  await new Promise((passed) => setTimeout(passed, 2_000)); // longer than from one ring to the next
  assert.deepEqual(await asked(), calm, "nothing rings after the answer");
});
