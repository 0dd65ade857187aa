// The screens fit the monitors and the phone that people have.
import assert from "node:assert/strict";
import { expectAccessible, expectInView, expectToFit } from "./accessible.mjs";
import { shoot, smallDesk, wideDesk } from "./person.mjs";
import { offer, openRequest, signOn } from "./scenes.mjs";
import { story } from "./stage.mjs";

const thumb = 64; // pixels, for a glove

for (const size of [smallDesk, wideDesk]) {
  const { width, height } = size.viewport;
  story(`the desk fits ${width}×${height}, with a busy night`, async (stage) => {
    const desk = await stage.desk("rennes.regulateur", size);
    await busyNight(stage);
    await desk.calls.getByText("06 99 00 12 34").waitFor();
    await desk.requests.getByText("Rixe").waitFor();
    await expectToFit(desk.page, "list");
    await expectInView(desk.page, desk.page.getByRole("button", { name: "Prendre" }), desk.connection, desk.page.getByRole("button", { name: /^Nouvelle sollicitation/ }).first());
    await shoot(desk.page, `5-desk-${width}-busy`);
    await desk.press("ArrowDown");
    await desk.proposals.getByRole("button", { name: "Envoyer" }).first().waitFor();
    await expectToFit(desk.page, "request");
    await expectNoSideways(desk.page.locator(".hand"));
    await expectInView(desk.page, desk.proposals.getByRole("button", { name: "Envoyer" }).first(), desk.page.getByRole("button", { name: /^Clôturer/ }));
    await shoot(desk.page, `5-desk-${width}-request`);
    await desk.takeCall();
    await expectToFit(desk.page, "form");
    await expectInView(desk.page, desk.form.getByRole("button", { name: /^Ouvrir la sollicitation/ }));
    await shoot(desk.page, `5-desk-${width}-form`);
    await desk.press("Escape", "g");
    await desk.page.locator(".mark").first().waitFor();
    await expectToFit(desk.page, "map");
    await shoot(desk.page, `5-desk-${width}-map`);
  });
}

const large = 32; // pixels, where 16 are usual

for (const [width, height, text] of [[1024, 768, 16], [720, 450, 16], [1440, 900, large], [360, 225, 16]]) {
  story(`the desk can be worked at in ${width}×${height}, with text of ${text} pixels`, async (stage) => {
    const desk = await stage.desk("rennes.regulateur", { viewport: { width, height } });
    await setText(desk.page, text);
    await busyNight(stage);
    await desk.calls.getByText("06 99 00 12 34").waitFor();
    await desk.requests.getByText("Rixe").waitFor();
    const fits = async (what) => {
      await shoot(desk.page, `5-desk-${width}-${text}-${what}`);
      await expectToFit(desk.page, what);
      for (const part of ["header", ".hand", "dl"]) await expectNoSideways(desk.page.locator(part).first());
    };
    await fits("list");
    await desk.press("ArrowDown");
    await desk.proposals.getByRole("button", { name: "Envoyer" }).first().waitFor();
    await fits("request");
    await expectInView(desk.page, desk.request(8).getByText("n° 8"));
    await desk.takeCall();
    await fits("form");
    await expectInView(desk.page, desk.form.getByRole("combobox", { name: "Motif" }));
    await desk.press("Escape", "?");
    await fits("keys");
    await desk.press("Escape", "g");
    await desk.page.locator(".mark").first().waitFor();
    await fits("map");
    await expectAccessible(desk.page, `${width}, ${text}`);
  });
}

/** The size of the text that this person's browser is set to, in pixels. */
async function setText(page, size) {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.enable");
  await browser.send("Page.setFontSizes", { fontSizes: { standard: size, fixed: size } });
}

const unbroken = { door: "B".repeat(120), caller_name: "a".repeat(120), words: "Rixe" };

/** Nothing in it runs out of it on the right. */
async function expectNoSideways(part) {
  const [inner, outer] = await part.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
  assert.ok(inner <= outer, `${inner} wide in ${outer}`);
}

async function busyNight(stage) {
  const operator = await stage.client("rennes.operateur");
  const [one, other] = [await stage.client("rennes.binome-1"), await stage.client("rennes.binome-2")];
  await signOn(one, "m01", "m02");
  await signOn(other, "m03", "m04");
  for (const category of ["noise_party", "occupation_hall", "technical_lift", "conflict_neighbours", "damage_tags", "person_elderly", "noise_animals"])
    await openRequest(operator, category);
  await openRequest(operator, "safety_brawl", { dangers: ["violence", "crowd"], particulars: unbroken });
  await stage.house.telephone({ call: "c-1", stage: "ringing", from: "+33699001234" });
}

story("the handset fits 360×800, with buttons for gloves", async (stage) => {
  const handset = await stage.handset("rennes.binome-1");
  await fitsTheHand(handset, "Choisissez les médiateurs");
  await handset.signOn("Aïcha", "Bastien");
  await fitsTheHand(handset, "Prendre une pause");
  const coordinator = await stage.client("rennes.encadrant");
  const request = await openRequest(coordinator, "person_domestic_violence", {
    dangers: ["violence", "minor"],
    particulars: { words: "Une femme crie au troisième étage, on entend des enfants. Les voisins ont déjà appelé la police deux fois.", door: "3e étage, porte gauche, code B1234", caller_name: "Mme Le Goff" },
  });
  await offer(coordinator, request, "binome-1");
  await fitsTheHand(handset, "Accepter");
  await shoot(handset.page, "5-handset-long-task");
  await handset.touch("Accepter");
  for (const step of ["Départ", "Sur place", "Contact établi", "Compte rendu"]) {
    await fitsTheHand(handset, step);
    await handset.touch(step);
  }
  await fitsTheHand(handset, "Choisissez une suite");
});

async function fitsTheHand(handset, main) {
  const button = handset.button(main);
  await button.waitFor();
  await expectToFit(handset.page, main);
  await expectInView(handset.page, button);
  for (const each of await handset.page.locator(".thumb button, .thumb a").all()) {
    const { height } = await each.boundingBox();
    assert.ok(height >= thumb, `${await each.textContent()} is ${height} high`);
  }
}
