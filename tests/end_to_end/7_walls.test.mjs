// A pair sees its own task and nobody else's, and the desk is not for it.
import assert from "node:assert/strict";
import { offer, openRequest } from "./scenes.mjs";
import { story } from "./stage.mjs";

story("another pair's handset is told nothing of a task, and the desk sends it away", async (stage) => {
  const mine = await stage.handset("rennes.binome-1");
  const other = await stage.handset("rennes.binome-2");
  await mine.signOn("Aïcha", "Bastien");
  await other.signOn("Célia", "Djibril");
  const coordinator = await stage.client("rennes.encadrant");
  const request = await openRequest(coordinator, "person_distress", { particulars: { words: "Secret de la porte", number: "+33699001234" } });
  const assignment = await offer(coordinator, request, "binome-1");
  await mine.button("Accepter").waitFor();
  await mine.main.getByText("Secret de la porte").waitFor();
  await mine.touch("Accepter");
  await mine.button("Départ").waitFor();

  await other.touch("Prendre une pause");
  await other.button("Reprendre le service").waitFor();
  const told = JSON.stringify(other.page.heard);
  for (const secret of [request, assignment, "Secret", "699001234"]) assert.ok(!told.includes(secret), `${secret} reached another pair`);
  assert.ok(!JSON.stringify(mine.page.heard).includes("699001234"), "a caller's number reached a handset");

  for (const door of ["/desk", "/map"]) {
    await other.page.goto(door);
    await other.page.waitForURL("**/handset");
    await other.live();
  }
});
