// axe-core finds nothing on any page, in any state, in either language.
import { expectAccessible } from "./accessible.mjs";
import { phone, shoot, wideDesk } from "./person.mjs";
import { offer, openRequest, signOn } from "./scenes.mjs";
import { story } from "./stage.mjs";

const check = async (page, name) => {
  await shoot(page, `4-${name}`);
  await expectAccessible(page, name);
};

story("the sign-in page and the desk can be used by everybody", async (stage) => {
  const page = await stage.person(wideDesk);
  await page.goto("/");
  await page.locator("input[name=account]:focus").waitFor();
  await check(page, "sign-in");
  await page.getByRole("button", { name: "English" }).click();
  await check(page, "sign-in-english");

  const desk = await stage.desk("rennes.regulateur");
  await check(desk.page, "desk-empty");
  const pair = await stage.client("rennes.binome-2");
  await signOn(pair, "m03", "m04");
  await stage.house.telephone({ call: "c-1", stage: "ringing", from: "+33699001234" });
  await desk.calls.getByText("06 99 00 12 34").waitFor();
  await check(desk.page, "desk-ringing");
  await desk.takeCall();
  await check(desk.page, "desk-form");
  await desk.press("Control+Enter");
  await desk.page.getByRole("alert").first().waitFor();
  await check(desk.page, "desk-form-incomplete");
  await desk.writeRequest({ category: "rixe", place: "aubepines 1 a", words: "Deux personnes se battent" });
  await desk.press("Control+Enter");
  await desk.request(1).waitFor();
  await desk.proposals.getByText("Binôme 2").waitFor();
  await check(desk.page, "desk-request");
  await panels(desk);
});

async function panels(desk) {
  await desk.press("?");
  await desk.page.getByRole("region", { name: "Touches" }).waitFor();
  await check(desk.page, "desk-keys");
  await desk.press("Escape", "Control+k");
  await desk.keys.type("aub");
  await desk.page.getByRole("option").first().waitFor();
  await check(desk.page, "desk-palette");
  await desk.press("Escape");
  await desk.palette.waitFor({ state: "detached" });
  await desk.page.getByRole("button", { name: "Réglages" }).click();
  await check(desk.page, "desk-settings");
  await desk.page.getByText("English").click();
  await desk.page.getByRole("region", { name: "Teams" }).waitFor();
  await check(desk.page, "desk-english");
  await desk.page.getByText("Day", { exact: true }).click();
  await check(desk.page, "desk-day");
}

story("the map can be used by everybody", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  await openRequest(await stage.client("rennes.operateur"), "noise_party");
  await desk.page.goto("/map");
  await desk.page.getByRole("button", { name: /^Sollicitation n° 1/ }).waitFor();
  await check(desk.page, "map");
});

story("the handset can be used by everybody in each of its states", async (stage) => {
  const handset = await stage.handset("rennes.binome-1", phone);
  await check(handset.page, "handset-sign-on");
  await handset.signOn("Aïcha", "Bastien");
  await check(handset.page, "handset-free");
  await handset.touch("Demande de la rue");
  await check(handset.page, "handset-street");
  await handset.touch("Retour");
  await handset.touch("Prendre une pause");
  await handset.button("Reprendre le service").waitFor();
  await check(handset.page, "handset-break");
  await handset.touch("Reprendre le service");
  await handset.button("Prendre une pause").waitFor();
  await task(stage, handset);
});

async function task(stage, handset) {
  const coordinator = await stage.client("rennes.encadrant");
  const request = await openRequest(coordinator, "person_distress", { dangers: ["alcohol_or_drugs", "dog"] });
  await offer(coordinator, request, "binome-1");
  await handset.button("Accepter").waitFor();
  await check(handset.page, "handset-offer");
  await handset.touch("Refuser");
  await check(handset.page, "handset-refusing");
  await handset.touch("Retour");
  await handset.touch("Accepter");
  for (const step of ["Départ", "Sur place", "Contact établi"]) {
    await handset.button(step).waitFor();
    await check(handset.page, `handset-before-${step.toLowerCase().replace(/[^a-z]/g, "")}`);
    await handset.touch(step);
  }
  await handset.touch("Compte rendu");
  await check(handset.page, "handset-report");
  await handset.touch("Retour à la mission");
  await handset.loseNetwork();
  await check(handset.page, "handset-cut");
  await handset.findNetwork();
}
