// How a task ends for a pair that did not end it: the screen offers only what can still be done, and loses nothing.
import assert from "node:assert/strict";
import { expectInView } from "./accessible.mjs";
import { shoot } from "./person.mjs";
import { offer, openRequest } from "./scenes.mjs";
import { story } from "./stage.mjs";

async function onDuty(stage) {
  const handset = await stage.handset("rennes.binome-1");
  await handset.page.clock.install();
  await handset.signOn("Aïcha", "Bastien");
  const leader = await stage.client("rennes.encadrant");
  return { handset, leader };
}

story("an offer that ran out while the line was cut can only be seen, not accepted", async (stage) => {
  const { handset, leader } = await onDuty(stage);
  await offer(leader, await openRequest(leader, "safety_brawl"), "binome-1");
  await handset.button("Accepter").waitFor();
  await handset.loseNetwork();
  await handset.page.clock.fastForward("10:00");
  await handset.main.getByText("Ne partez pas").waitFor();
  for (const answer of ["Accepter", "Refuser"]) await handset.button(answer).waitFor({ state: "detached" });
  await shoot(handset.page, "13-handset-ran-out");
  await handset.touch("Vu");
  await handset.main.getByRole("heading", { name: "Libre" }).waitFor();
});

story("a thumb that comes down while a step is taken down by radio does not take the next one", async (stage) => {
  const handset = await stage.handset("rennes.binome-1");
  await handset.signOn("Aïcha", "Bastien");
  const leader = await stage.client("rennes.encadrant");
  const assignment = await offer(leader, await openRequest(leader, "noise_party"), "binome-1");
  await handset.touch("Accepter");
  await handset.button("Départ").waitFor();
  const { x, y, width, height } = await handset.button("Départ").boundingBox();
  await handset.page.waitForTimeout(600);
  await leader.submit({ type: "report_progress", assignment, milestone: "en_route" });
  await handset.button("Sur place").waitFor();
  await handset.page.touchscreen.tap(x + width / 2, y + height / 2);
  await handset.page.waitForTimeout(600);
  assert.deepEqual(handset.page.said.filter(({ command }) => command?.type === "report_progress"), []);
  await handset.touch("Sur place");
  await handset.button("Contact établi").waitFor();
});

story("a pair whose task is ended while it writes the report is told how, and keeps what it wrote", async (stage) => {
  const { handset, leader } = await onDuty(stage);
  const [first, second, third] = [await openRequest(leader, "noise_party"), await openRequest(leader, "noise_animals"), await openRequest(leader, "safety_brawl")];
  const cleared = await offer(leader, first, "binome-1");
  await write(handset, "Deux jeunes calmés");
  await leader.submit({ type: "clear_assignment", assignment: cleared, disposition: "nothing_seen" });
  await handset.main.getByText("Mission n° 1 terminée par la régulation : Rien constaté").waitFor();
  await handset.main.getByText("Deux jeunes calmés").waitFor();
  await shoot(handset.page, "13-handset-cleared");

  const from = await offer(leader, second, "binome-1");
  await handset.main.getByText("Deux jeunes calmés").waitFor();
  await write(handset, "Le chien dort");
  await leader.submit({ type: "reassign_team", from, assignment: "a-third", request: third, reinforcement: false });
  await handset.touch("Accepter");
  await handset.main.getByText("Mission n° 2 retirée par la régulation : réaffecté.").waitFor();
  await handset.main.getByText("Le chien dort").waitFor();
  await shoot(handset.page, "13-handset-reassigned");
  for (const seen of [0, 1]) await handset.main.getByRole("button", { name: "Vu", exact: true }).first().tap();
  await handset.main.getByText("non enregistré").waitFor({ state: "detached" });
});

story("three steps that came too late for a withdrawn task are one notice, and nothing of it can be tried again", async (stage) => {
  const { handset, leader } = await onDuty(stage);
  const assignment = await offer(leader, await openRequest(leader, "noise_party"), "binome-1");
  await handset.touch("Accepter");
  await handset.button("Départ").waitFor();
  await handset.loseNetwork();
  for (const step of ["Départ", "Sur place", "Contact établi"]) await handset.touch(step);
  await leader.submit({ type: "withdraw_assignment", assignment, reason: "mistake" });
  await handset.findNetwork();
  await handset.main.getByText("Pas enregistré : En route, Sur place, Contact établi.").waitFor();
  assert.equal(await handset.button("Réessayer").count(), 0);
  await expectInView(handset.page, handset.main.getByText("Mission n° 1 retirée par la régulation : erreur."), handset.main.getByRole("heading", { name: "Libre" }));
  await shoot(handset.page, "13-handset-too-late");
  await handset.button("Vu").tap();
  await handset.main.getByText("Pas enregistré").waitFor({ state: "detached" });
});

async function write(handset, words) {
  for (const step of ["Accepter", "Départ", "Sur place", "Contact établi", "Compte rendu"]) await handset.touch(step);
  await handset.main.getByLabel(/En quelques mots/).fill(words);
}
