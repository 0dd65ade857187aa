// The dispatcher's evening without a mouse: teams that call by radio, that change their task, that help each other.
import assert from "node:assert/strict";
import { expectAccessible, expectToFit } from "./accessible.mjs";
import { shoot, smallDesk } from "./person.mjs";
import { offer, openRequest, signOn } from "./scenes.mjs";
import { story } from "./stage.mjs";

async function look(desk, name) {
  await shoot(desk.page, `9-${name}`);
  await expectAccessible(desk.page, name);
  await expectToFit(desk.page, name);
}

/** The request in hand is this one. */
async function choose(desk, number) {
  for (let step = 0; step < 9 && (await desk.request(number).count()) === 0; ++step) await desk.press(step < 4 ? "ArrowDown" : "ArrowUp");
  await desk.request(number).waitFor();
}

story("a team without network goes, arrives and ends its task by radio", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  await signOn(await stage.client("rennes.binome-1"), "m01", "m02");
  await openRequest(await stage.client("rennes.operateur"), "noise_party");
  await desk.requests.getByText("Fête").waitFor();
  await choose(desk, 1);
  await desk.request(1).getByText("ouverte par l’opérateur").first().waitFor();
  await desk.proposals.getByText("Binôme 1").waitFor();
  await desk.press("1");
  await desk.request(1).getByRole("button", { name: "Par radio : accepte" }).waitFor();
  await look(desk, "radio-offered");

  for (const [step, shown] of [["accepte", "acceptée"], ["en route", "en route"], ["sur place", "sur place"], ["contact établi", "contact établi"]]) {
    await desk.request(1).getByRole("button", { name: `Par radio : ${step}`, disabled: false }).waitFor(); // the last step was answered
    await (step === "sur place" ? hammer(desk, step) : desk.press("p"));
    await desk.team("Binôme 1").getByText(shown).waitFor();
    await desk.takeTime();
  }
  await desk.tabTo(/^Par radio : fin de mission/);
  await desk.press("Enter", "Enter", "Enter"); // what a hasty hand repeats answers nothing
  await desk.request(1).getByRole("group", { name: "fin de mission" }).waitFor();
  await desk.request(1).getByRole("button", { name: "Apaisé sur place" }).click();
  await desk.team("Binôme 1").getByText("contact établi").waitFor();
  await look(desk, "radio-ending");
  await desk.takeTime();
  await desk.press("Tab", "Enter"); // the click left the focus on the first answer
  await desk.request(1).getByText("clôturée : Rappel des règles").first().waitFor();
  await desk.team("Binôme 1").getByText("libre").waitFor();
  await desk.request(1).getByText("Binôme 1 termine : Rappel des règles").waitFor();
  await look(desk, "radio-done");
});

story("a busy team is given another request, another helps, and one is taken back", async (stage) => {
  const desk = await stage.desk("rennes.regulateur", smallDesk);
  await signOn(await stage.client("rennes.binome-1"), "m01", "m02");
  await signOn(await stage.client("rennes.binome-2"), "m03", "m04");
  const operator = await stage.client("rennes.operateur");
  await openRequest(operator, "noise_party");
  await openRequest(operator, "safety_brawl", { dangers: ["violence", "crowd"] });
  await desk.requests.getByText("Rixe").waitFor();

  await choose(desk, 1);
  await desk.proposals.getByRole("listitem").first().waitFor();
  await desk.press("1");
  await desk.request(1).getByRole("button", { name: "Par radio : accepte" }).waitFor();
  const first = (await desk.request(1).getByRole("group").first().getAttribute("aria-label")).slice(-1);
  const second = first === "1" ? "2" : "1";
  await desk.press("p");
  await desk.team(`Binôme ${first}`).getByText("acceptée").waitFor();

  await choose(desk, 2);
  await desk.press("Control+k");
  await desk.keys.type(`binome ${first} reaff`);
  await desk.palette.getByRole("option", { name: `Binôme ${first} : Réaffecter au n° 2` }).waitFor();
  await look(desk, "palette-radio");
  await desk.press("Enter");
  await desk.request(2).getByText("proposée", { exact: false }).first().waitFor();
  await desk.team(`Binôme ${first}`).getByText("n° 2").waitFor();
  await desk.requests.getByRole("button", { name: /n° 1 Fête/ }).locator("time").waitFor();

  await desk.find(`binome ${first} accepte`);
  await desk.team(`Binôme ${first}`).getByText("acceptée").waitFor();
  await reinforce(desk, second);
  await takeBack(desk, second);
});

/** Clicks where this step stands as a hasty hand does, and finds the team one step further and no more. */
async function hammer(desk, step) {
  const button = await desk.request(1).getByRole("button", { name: `Par radio : ${step}` }).boundingBox();
  for (let click = 0; click < 3; ++click) {
    await desk.page.mouse.click(button.x + 9, button.y + 9);
    await desk.page.waitForTimeout(120);
  }
}

async function reinforce(desk, team) {
  await desk.proposals.getByRole("button", { name: "Renfort" }).waitFor();
  await look(desk, "reinforcement-proposed");
  await desk.press("1");
  await desk.request(2).getByText("renfort").waitFor();
  await desk.team(`Binôme ${team}`).getByText("n° 2").waitFor();
  await look(desk, "reinforcement");
}

async function takeBack(desk, team) {
  await desk.press("w");
  await desk.request(2).getByRole("group", { name: "Motif du retrait" }).waitFor();
  await look(desk, "withdrawing");
  await desk.takeTime();
  await desk.press("Tab", "Enter");
  await desk.request(2).getByText(/retiré : n'est plus utile/).waitFor();
  assert.equal(await desk.request(2).getByRole("group", { name: `Binôme ${team}` }).count(), 1);
}

story("what was sent while the line was cut can be taken back, and the desk says when it was refused meanwhile", async (stage) => {
  const desk = await stage.desk("rennes.regulateur", smallDesk);
  await signOn(await stage.client("rennes.binome-1"), "m01", "m02");
  const coordinator = await stage.client("rennes.encadrant");
  await openRequest(coordinator, "noise_party");
  const brawl = await openRequest(coordinator, "safety_brawl");
  await desk.requests.getByText("Rixe").waitFor();
  await choose(desk, 1);
  await desk.proposals.getByText("Binôme 1").waitFor();

  desk.page.cut = true;
  await desk.page.context().setOffline(true);
  await desk.connection.getByText("coupé").waitFor();
  await desk.press("1");
  await desk.proposals.getByText("envoi…").waitFor();
  await choose(desk, 2);
  await desk.page.getByRole("button", { name: "1 en attente" }).waitFor();
  await desk.press("v");
  const list = desk.page.getByRole("region", { name: "Refusé ou en attente" });
  await list.getByText("Envoyer un binôme · Binôme 1 · n° 1").waitFor();
  await look(desk, "waiting");
  await desk.press("Tab", "Enter");
  await list.getByText("Rien à relire.").waitFor();
  await desk.press("Escape");

  await choose(desk, 1);
  await desk.takeTime();
  await desk.press("1");
  await desk.proposals.getByText("envoi…").waitFor();
  await choose(desk, 2);
  await offer(coordinator, brawl, "binome-1");
  await desk.page.context().setOffline(false);
  await desk.live();
  desk.page.cut = false;

  await desk.page.getByRole("button", { name: "1 à relire" }).waitFor();
  await desk.press("v");
  await list.getByText("Envoyer un binôme · Binôme 1 · n° 1").waitFor();
  await look(desk, "refused");
  await desk.press("Tab", "Tab", "Enter");
  await list.getByText("Rien à relire.").waitFor();
  await desk.press("Escape");
  assert.equal(await desk.page.getByRole("button", { name: /à relire/ }).count(), 0);
});

story("a second call about the same matter is joined to the open request", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  await openRequest(await stage.client("rennes.operateur"), "noise_party");
  await desk.requests.getByText("Fête").waitFor();
  await stage.house.telephone({ call: "c-2", stage: "ringing", from: "+33699001234" });
  await desk.calls.getByText("06 99 00 12 34").waitFor();
  await desk.takeCall();
  await stage.house.telephone({ call: "c-2", stage: "answered", operator: "rennes.regulateur" });
  await desk.writeRequest({ category: "fete", place: "aubepines", words: "Toujours la même fête" });
  await desk.form.getByRole("heading", { name: "Peut-être la même" }).waitFor();
  await look(desk, "call-alike");
  await desk.press("Alt+j");
  await desk.request(1).waitFor();
  await desk.request(1).getByText("appel pris par le régulateur").waitFor();
  await desk.request(1).getByText("Depuis une heure").getByText("Toujours la même fête").waitFor();
  assert.equal(await desk.form.count(), 0);
  assert.equal(await desk.requests.getByRole("listitem").count(), 1);
  await look(desk, "call-joined");
});

story("the desk signs a team on, sends it on a break and home, and erases what was wrong", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  await desk.tabTo(/^Binôme 3 · Prise de service$/);
  await desk.press("Enter", "Tab", "Space", "Tab", "Space");
  await look(desk, "sign-on");
  await desk.tabTo(/^Prise de service$/);
  await desk.press("Enter");
  await desk.team("Binôme 3").getByText("libre").waitFor();
  await desk.find("binome 3 pause");
  await desk.team("Binôme 3").getByText("en pause").waitFor();
  await desk.tabTo(/^Binôme 3$/);
  await desk.press("Enter");
  await desk.team("Binôme 3").getByRole("button", { name: "Fin de pause" }).waitFor();
  await look(desk, "team-on-break");
  await desk.press("Tab", "Enter");
  await desk.team("Binôme 3").getByText("libre").waitFor();
  await desk.find("binome 3 fin de service");
  await desk.teams.getByRole("button", { name: "Binôme 3 · Prise de service" }).waitFor();
  await look(desk, "team-signed-off");
  await erase(stage, desk);
});

async function erase(stage, desk) {
  const particulars = { words: "Musique", door: "Code 4711", caller_name: "Mme Le Goff" };
  await openRequest(await stage.client("rennes.operateur"), "noise_party", { particulars });
  await desk.requests.getByText("Fête").waitFor();
  await choose(desk, 1);
  await desk.request(1).getByText("Code 4711").waitFor();
  await desk.press("e");
  await desk.form.getByRole("heading", { name: "Corriger le n° 1" }).waitFor();
  await desk.press("/");
  await desk.expectFocusOn("Lieu");
  await desk.tabTo(/^Retirer le lieu$/);
  await desk.press("Enter");
  await desk.tabToField("Étage, porte, code");
  await desk.press("Control+a", "Delete", "Control+Enter");
  await desk.request(1).getByText("Lieu décrit par l’appelant").waitFor();
  await desk.request(1).getByText("Code 4711").waitFor({ state: "detached" });
  await desk.request(1).getByText("Mme Le Goff").waitFor();
}
