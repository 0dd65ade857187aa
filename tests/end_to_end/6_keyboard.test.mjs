// The desk without a mouse: help, the palette, and everything that is done to a request.
import assert from "node:assert/strict";
import { shoot } from "./person.mjs";
import { openRequest, signOn } from "./scenes.mjs";
import { story } from "./stage.mjs";

story("every action of the desk has its key, and ? and Ctrl+K find it", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  await signOn(await stage.client("rennes.binome-1"), "m01", "m02");
  await openRequest(await stage.client("rennes.operateur"), "noise_party");
  await desk.requests.getByText("Fête").waitFor();

  await helpListsTheKeys(desk);
  await focusComesBack(desk);
  await paletteIsLeft(desk);
  await paletteFinds(desk);
  await correct(desk);
  await closeAndReopen(stage, desk);
  await putAside(stage, desk);
  await callByHand(desk);
});

async function helpListsTheKeys(desk) {
  const help = desk.page.getByRole("region", { name: "Touches" });
  await desk.press("?");
  for (const line of ["Nouvelle sollicitation", "Montrer les touches", "Noter un appel"]) await help.getByText(line, { exact: true }).waitFor();
  await desk.press("Escape");
  await help.waitFor({ state: "detached" });
}

async function focusComesBack(desk) {
  await desk.tabTo(/^Fête|n° 1 Fête/);
  await desk.press("?");
  await desk.focusOn(desk.page.getByRole("region", { name: "Touches" }));
  await desk.press("Escape");
  await desk.focusOn(desk.requests.getByRole("button", { name: /n° 1 Fête/ }));
  await desk.press("Enter", "x");
  await desk.focusOn(desk.request(1).getByRole("group", { name: "Suite donnée" }));
  await desk.press("Escape");
  await desk.focusOn(desk.requests.getByRole("button", { name: /n° 1 Fête/ }));
}

/** What was typed there is done by Enter alone: whoever only walks on sends nothing. */
async function paletteIsLeft(desk) {
  const palette = desk.page.getByRole("region", { name: "Chercher" });
  for (const way of ["Shift+Tab", "Tab"]) {
    await desk.press("Control+k");
    await desk.keys.type("pause");
    await palette.getByRole("option").first().waitFor();
    await desk.press(way);
    await palette.getByRole("option").first().waitFor({ state: "hidden" });
    await desk.press("Control+k");
    await palette.waitFor({ state: "detached" });
  }
  const commands = desk.page.said.filter(({ type }) => type === "submit");
  assert.deepEqual(commands, []);
}

async function paletteFinds(desk) {
  const palette = desk.page.getByRole("region", { name: "Chercher" });
  await desk.press("Control+k");
  await desk.keys.type("fete");
  await palette.getByRole("option", { name: /n° 1 · Fête/ }).waitFor();
  await shoot(desk.page, "6-desk-palette");
  await desk.press("Enter");
  await desk.request(1).waitFor();
  await desk.press("Control+k");
  await desk.keys.type("2 allee des aubepines");
  await palette.getByRole("option").filter({ hasText: "lieu" }).first().waitFor();
  await desk.press("Enter");
  await desk.form.getByRole("button", { name: "Retirer le lieu" }).waitFor();
  await desk.keys.type("propr");
  await desk.press("Enter", "Alt+3", "Alt+u", "Control+Enter");
  await desk.focusOn(desk.request(2));
  await desk.request(2).getByText("Alcool, drogue").waitFor();
  await desk.request(2).getByText("Urgent").waitFor();
}

async function correct(desk) {
  await desk.press("e");
  await desk.form.getByRole("heading", { name: "Corriger le n° 2" }).waitFor();
  await desk.press("/");
  await desk.expectFocusOn("Lieu");
  await desk.press("Escape", "Alt+3", "Control+Enter");
  await desk.request(2).waitFor();
  await desk.request(2).getByText("Alcool, drogue").waitFor({ state: "detached" });
}

async function closeAndReopen({ house }, desk) {
  await house.telephone({ call: "c-0", stage: "ringing", from: "+33699004321" });
  await desk.calls.getByText("sonne depuis").waitFor();
  await desk.press("x", "Escape"); // the question first; the caller goes on ringing
  await desk.request(2).getByRole("group", { name: "Suite donnée" }).waitFor({ state: "detached" });
  assert.equal(await desk.calls.getByText("Mis de côté").count(), 0);
  await house.telephone({ call: "c-0", stage: "ended", reason: "abandoned" });
  await desk.calls.getByRole("heading", { name: "À rappeler" }).waitFor();
  await desk.press("r");
  await desk.calls.getByText("La ligne est libre").waitFor();
  await desk.takeTime();

  await desk.press("x");
  await desk.request(2).getByRole("group", { name: "Suite donnée" }).waitFor();
  await desk.takeTime();
  await desk.request(2).getByRole("button", { name: "Conseil par téléphone" }).press("Enter");
  await desk.request(2).getByText("clôturée : Conseil par téléphone").first().waitFor();
  await desk.focusOn(desk.request(2));
  await desk.press("o");
  await desk.request(2).getByText("rouverte 1 fois").waitFor();
}

async function putAside({ house }, desk) {
  await house.telephone({ call: "c-1", stage: "ringing", from: "+33699001234" });
  await desk.calls.getByText("sonne depuis").waitFor();
  await desk.press("Escape");
  await desk.calls.getByText("Mis de côté").waitFor();
  await desk.page.reload();
  await desk.live();
  await desk.calls.getByText("Mis de côté").waitFor();
  await house.telephone({ call: "c-1", stage: "ended", reason: "abandoned" });
  const missed = desk.calls.getByRole("heading", { name: "À rappeler" });
  await missed.waitFor();
  await desk.press("r");
  await desk.calls.getByText("La ligne est libre").waitFor();
  await missed.waitFor({ state: "detached" });
}

async function callByHand(desk) {
  await desk.press("c");
  await desk.keys.type("0299000001");
  await desk.press("Tab");
  await desk.keys.type("Gardien du 4");
  await desk.press("Enter");
  await desk.form.getByText("pour l’appel").waitFor();
  assert.equal(await desk.form.getByLabel("Nom", { exact: true }).inputValue(), "Gardien du 4");
}
