// What is written down at a desk: the form sends what it shows, keeps what is typed meanwhile, and asks nothing twice.
import assert from "node:assert/strict";
import { expectAccessible } from "./accessible.mjs";
import { Handset } from "./handset.mjs";
import { phone, shoot, smallDesk } from "./person.mjs";
import { offer, openRequest, signOn } from "./scenes.mjs";
import { story } from "./stage.mjs";

async function setOffline({ page }, offline) {
  if (offline) page.cut = true;
  await page.context().setOffline(offline);
}

story("an address that is typed over is not sent; one that no place fits goes into the words", async (stage) => {
  const desk = await stage.desk("rennes.operateur");
  await desk.press("n");
  await desk.writeRequest({ category: "fete", place: "aubepines 1 a", words: "Musique forte" });
  await desk.press("Escape", "/");
  await desk.keys.type("21 rue zzz");
  await desk.form.getByText("Aucun lieu trouvé").waitFor();
  await desk.press("Enter");
  assert.equal(await desk.form.count(), 1);
  assert.equal(await desk.form.getByRole("alert").count(), 0);
  await desk.press("Control+Enter");
  await desk.form.getByText("Il manque le lieu ou le quartier.").waitFor();
  await shoot(desk.page, "12-desk-no-place");

  await desk.press("Escape", "Escape", "n");
  await desk.page.getByRole("button", { name: "✎ Fête" }).click();
  assert.equal(await desk.form.getByRole("combobox", { name: "Lieu" }).inputValue(), "21 rue zzz");
  await desk.form.getByRole("combobox", { name: "Quartier" }).selectOption({ label: "Maurepas" });
  await desk.press("Control+Enter");
  await desk.request(1).getByText("Lieu décrit par l’appelant").waitFor();
  await desk.request(1).getByText("21 rue zzz").getByText("Musique forte").waitFor();
});

story("what is typed while a request is on its way stays, as its correction", async (stage) => {
  const desk = await stage.desk("rennes.operateur");
  await desk.press("n");
  await desk.writeRequest({ category: "fete", place: "aubepines 1 a", words: "Musique forte" });
  await setOffline(desk, true);
  await desk.connection.getByText("coupé").waitFor();
  await desk.press("Control+Enter");
  await desk.form.getByText("envoi…").waitFor();
  await desk.keys.type(", une bagarre");
  await desk.press("Escape", "n");
  await desk.form.getByRole("heading", { name: "Nouvelle sollicitation" }).waitFor();
  await desk.page.getByRole("group", { name: "Nouvelle sollicitation" }).getByText("envoi…").waitFor();
  await shoot(desk.page, "12-desk-on-its-way");

  await setOffline(desk, false);
  await desk.page.getByRole("button", { name: "✎ Corriger le n° 1" }).click();
  assert.equal(await desk.form.getByLabel("Ce qui est dit").inputValue(), "Musique forte, une bagarre");
  await desk.press("Control+Enter");
  await desk.request(1).getByText("Musique forte, une bagarre").waitFor();
});

story("answers under a request close when it is taken, and do not come back by themselves", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const pair = await stage.client("rennes.binome-1");
  await signOn(pair, "m01", "m02");
  const request = await openRequest(await stage.client("rennes.operateur"), "noise_party");
  await desk.requests.getByText("Fête").waitFor();
  await desk.press("ArrowDown", "x");
  const endings = desk.request(1).getByRole("group", { name: "Suite donnée" });
  await endings.waitFor();

  const leader = await stage.client("rennes.encadrant");
  const assignment = await offer(leader, request, "binome-1");
  await endings.waitFor({ state: "detached" });
  await desk.press("f");
  const reasons = desk.request(1).getByRole("group", { name: "refus" });
  await reasons.waitFor();
  await pair.submit({ type: "accept_assignment", assignment });
  await desk.team("Binôme 1").getByText("acceptée").waitFor();
  await reasons.waitFor({ state: "detached" });
  assert.equal(await desk.request(1).getByRole("group", { name: "fin de mission" }).count(), 0);

  await leader.submit({ type: "withdraw_assignment", assignment, reason: "mistake" });
  await desk.request(1).getByText("attend depuis").waitFor();
  assert.equal(await endings.count(), 0);
});

story("a call that somebody else takes over says so, in its form and among the calls", async (stage) => {
  const mine = await stage.desk("rennes.operateur");
  const hers = await stage.desk("rennes.regulateur", smallDesk);
  await stage.house.telephone({ call: "c-1", stage: "ringing", from: "+33699001234" });
  await mine.calls.getByText("06 99 00 12 34").waitFor();
  await mine.takeCall();
  await mine.calls.getByText("avec vous").waitFor();
  assert.equal(await mine.form.getByText("Appel repris").count(), 0);
  await hers.calls.getByText("avec l’opérateur").waitFor();
  await hers.press("t");
  await mine.calls.getByRole("status").getByText("repris par le régulateur").waitFor();
  await mine.form.getByText("Appel repris par le régulateur.").waitFor();
  await expectAccessible(mine.page, "overtaken");
  await shoot(mine.page, "12-overtaken");
  assert.equal(await hers.page.getByText(/repris par/i).count(), 0);
});

story("a call noted by hand opens its form behind the one being written, and none once it was cancelled", async (stage) => {
  const desk = await stage.desk("rennes.operateur");
  await setOffline(desk, true);
  await desk.connection.getByText("coupé").waitFor();
  for (const number of ["0299000001", "0299000002"]) {
    await desk.press("c");
    await desk.keys.type(number);
    await desk.press("Enter");
    await desk.calls.getByText("envoi…").waitFor();
    if (number.endsWith("1")) await desk.calls.getByRole("button", { name: "Annuler", exact: true }).click();
  }
  await desk.press("Escape", "n");
  await desk.expectFocusOn("Motif");
  await setOffline(desk, false);
  await desk.page.getByRole("button", { name: "✎ Saisie 2" }).waitFor();
  await desk.expectFocusOn("Motif");
  assert.equal(await desk.page.getByRole("button", { name: /^✎/ }).count(), 2);
  assert.equal(await desk.form.getByText("pour l’appel").count(), 0);
  await desk.page.getByRole("button", { name: "✎ Saisie 2" }).click();
  await desk.form.getByText("pour l’appel 02 99 00 00 02").waitFor();
});

story("a correction leaves what a colleague changed meanwhile, and says so", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const operator = await stage.client("rennes.operateur");
  const request = await openRequest(operator, "noise_party");
  await desk.requests.getByText("Fête").waitFor();
  await desk.press("ArrowDown", "e");
  await desk.form.getByRole("heading", { name: "Corriger le n° 1" }).waitFor();
  await operator.submit({ type: "amend_request", request, category: "safety_brawl", dangers: ["crowd"] });
  await desk.form.getByText("Modifiée entre-temps : Motif, Signes de danger.").waitFor();
  await shoot(desk.page, "12-desk-meanwhile");
  await desk.press("Alt+3", "Control+Enter");
  for (const sign of ["Groupe", "Alcool, drogue"]) await desk.request(1).getByText(sign).waitFor();
  await desk.request(1).getByRole("heading", { name: /^Rixe/ }).waitFor();
});

story("a request begun in the street outlives an offer, and a sign-out without network is made good", async (stage) => {
  const handset = await stage.handset("rennes.binome-1");
  await handset.signOn("Aïcha", "Bastien");
  await handset.touch("Demande de la rue");
  await handset.main.getByLabel("Lieu", { exact: true }).fill("12 rue introuvable");
  await handset.main.getByText("Aucun lieu trouvé").waitFor();
  await handset.main.getByLabel("Ce qui est demandé, et où").fill("Des cris au 3e");
  const leader = await stage.client("rennes.encadrant");
  const [first, second] = [await openRequest(leader, "noise_party"), await openRequest(leader, "safety_brawl")];
  const from = await offer(leader, first, "binome-1");
  await handset.button("Accepter").waitFor();
  await leader.submit({ type: "reassign_team", from, assignment: "a-next", request: second, reinforcement: false });
  await handset.main.getByText("Mission n° 1 retirée par la régulation : réaffecté.").waitFor();
  await handset.touch("Accepter");
  await handset.touch("Reprendre la demande de la rue");
  assert.equal(await handset.main.getByLabel("Lieu", { exact: true }).inputValue(), "12 rue introuvable");
  assert.equal(await handset.main.getByLabel("Ce qui est demandé, et où").inputValue(), "Des cris au 3e");
  await shoot(handset.page, "12-handset-street");
  await handset.touch("Abandonner");
  await handset.button("Demande de la rue").waitFor();
  await leader.submit({ type: "withdraw_assignment", assignment: "a-next", reason: "mistake" });
  await handset.touch("Fin de service");
  await handset.button("Se déconnecter").waitFor();
  await handset.loseNetwork();
  await handset.main.getByText("Sans réseau, la déconnexion").waitFor();
  await handset.main.getByRole("button", { name: "Se déconnecter" }).tap();
  await handset.main.getByText("Déconnexion à terminer").waitFor();
  await shoot(handset.page, "12-handset-sign-out-due");
  await handset.page.context().setOffline(false);
  await handset.page.locator("input[name=account]").waitFor();
});

story("a report half written is there again when the phone has ended its browser, and gone once signed out", async (stage) => {
  const handset = await stage.handset("rennes.binome-1");
  await handset.signOn("Aïcha", "Bastien");
  const leader = await stage.client("rennes.encadrant");
  await offer(leader, await openRequest(leader, "noise_party"), "binome-1");
  for (const step of ["Accepter", "Départ", "Sur place", "Contact établi", "Compte rendu"]) await handset.touch(step);
  await handset.main.getByLabel(/En quelques mots/).fill("Musique baissée");
  const storageState = await handset.page.context().storageState();
  await handset.page.context().close();

  const again = new Handset(await stage.person({ ...phone, storageState }));
  await again.page.goto("/handset");
  await again.live();
  await again.touch("Compte rendu");
  assert.equal(await again.main.getByLabel(/En quelques mots/).inputValue(), "Musique baissée");
  await again.main.getByText("Apaisé sur place").tap();
  await again.touch("Terminer la mission");
  await again.touch("Demande de la rue");
  await again.main.getByLabel("Ce qui est demandé, et où").fill("Des cris au 3e");
  await again.touch("Retour");
  const notes = () => again.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("notes")));
  assert.equal((await notes()).length, 1);
  await again.touch("Fin de service");
  await again.touch("Se déconnecter");
  await again.page.locator("input[name=account]").waitFor();
  assert.deepEqual(await notes(), []);
});
