// Signing in and out, and a session that is ended from elsewhere.
import assert from "node:assert/strict";
import { expectAccessible } from "./accessible.mjs";
import { newWindow, phone, shoot, signIn, wideDesk } from "./person.mjs";
import { story } from "./stage.mjs";

const refused = /status of 401/;

story("a wrong password is said and stays said; signing out ends the session in every window", async (stage) => {
  const page = await stage.person(wideDesk);
  page.expected.push(refused);
  await signIn(page, "rennes.regulateur", "pas le bon");
  const problem = page.getByRole("alert");
  await problem.getByText("Compte ou mot de passe inconnu.").waitFor();
  await page.locator("input[name=password]").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("toujours pas");
  assert.equal(await problem.count(), 1);
  await shoot(page, "8-wrong-password");

  const desk = await stage.desk("rennes.regulateur");
  const second = await newWindow(desk.page.context());
  stage.pages.push(second);
  await second.goto("/desk");
  await second.locator("header").getByText("en direct").waitFor();
  desk.page.expected.push(refused);
  second.expected.push(refused);
  await desk.page.getByRole("button", { name: "Réglages" }).press("Enter");
  await desk.page.getByRole("button", { name: "Quitter le poste" }).press("Enter");
  await toSignIn(desk.page);
  await toSignIn(second);
  await second.goto("/desk");
  await toSignIn(second);
});

story("signing out without a line warns of what will be lost, and is made good in every window", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const { page } = desk;
  const second = await newWindow(page.context());
  stage.pages.push(second);
  await second.goto("/desk");
  await second.locator("header").getByText("en direct").waitFor();
  for (const each of [page, second]) Object.assign(each, { cut: true, expected: [refused] });
  await desk.press("n");
  await desk.keys.type("fete");
  await desk.press("Enter", "Escape");
  await page.getByRole("button", { name: "Réglages" }).press("Enter");
  const settings = page.getByRole("region", { name: "Réglages" });
  await settings.getByText("Une saisie commencée sera perdue.").waitFor();
  assert.equal(await settings.getByText("La ligne est coupée").count(), 0);
  await page.context().setOffline(true);
  await settings.getByText("La ligne est coupée").waitFor();
  await expectAccessible(page, "signing out");
  await shoot(page, "8-signing-out");
  await settings.getByRole("button", { name: "Quitter le poste" }).press("Enter");
  for (const each of [page, second]) await each.getByText("Vous êtes déconnecté.").waitFor();
  await page.context().setOffline(false);
  await toSignIn(page);
  await toSignIn(second);
});

story("an account that gets a new password is signed out everywhere", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const handset = await stage.handset("rennes.binome-1");
  desk.page.expected.push(refused);
  const printed = await stage.house.administer("account", "reset", "rennes.regulateur");
  await toSignIn(desk.page);
  await handset.bar.getByText("En direct").waitFor();
  const password = printed.split("\n")[0].split(/\s+/)[1];
  await signIn(desk.page, "rennes.regulateur", password);
  await desk.page.waitForURL("**/desk");
  await desk.live();
});

story("the sign-in page says whose actions wait on this device", async (stage) => {
  const page = await stage.person(phone);
  await page.goto("/");
  await page.evaluate(keepForAnother, { id: "c1", scope: "rennes/rennes.binome-2", lane: "l", order: 1, made_at_ms: 1, command: { type: "take_break", team: "binome-2" } });
  await page.reload();
  await page.getByText("Une action de rennes.binome-2 attend sur cet appareil.").waitFor();
  await expectAccessible(page, "what waits");
  await shoot(page, "8-waiting-elsewhere");
});

/** Lays a command into the browser's store, which the page has made. */
const keepForAnother = (entry) =>
  new Promise((done) => {
    const opening = indexedDB.open("vigie");
    opening.onsuccess = () => {
      const shelf = opening.result.transaction("outbox", "readwrite");
      shelf.objectStore("outbox").put(entry);
      shelf.oncomplete = () => done(opening.result.close());
    };
  });

story("a phone on which nobody is signed in says that nothing answers, and goes on by itself", async (stage) => {
  const page = await stage.person(phone);
  page.expected.push(/ERR_FAILED/, refused);
  await page.route("**/api/v1/session", (route) => route.abort());
  await page.goto("/handset");
  await page.getByText("La page réessaie d'elle-même.").waitFor();
  await expectAccessible(page, "no answer");
  await page.unroute("**/api/v1/session");
  await toSignIn(page);
});

const toSignIn = (page) => page.locator("input[name=account]").waitFor();

story("under a name that nobody told the server, the right password is of no use, and the page says why", async (stage) => {
  const page = await stage.person({ ...wideDesk, baseURL: stage.house.origin.replace("127.0.0.1", "vigie.ville.example") });
  page.expected.push(/status of 40[13]/, /Cross-Origin-Opener-Policy/); // plain http, by a name
  await signIn(page, "rennes.regulateur", stage.house.password("rennes.regulateur"));
  await page.getByText("Vigie n’est pas connue sous cette adresse.").waitFor();
  await shoot(page, "8-other-address");
});
