// The main story of a night: a call, a request, a pair that goes there, a network that is away for a while.
import assert from "node:assert/strict";
import { shoot } from "./person.mjs";
import { story } from "./stage.mjs";
import { until } from "../support/until.mjs";

story("a resident phones, a pair goes, arrives without network, and reports", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const handset = await stage.handset("rennes.binome-1");
  await shoot(desk.page, "1-desk-quiet");
  await shoot(handset.page, "1-handset-sign-on");

  await handset.signOn("Aïcha", "Bastien");
  await desk.team("Binôme 1").getByText("libre").waitFor();
  await handset.walkTo({ lat: 48.1211, lon: -1.7041 });
  await desk.team("Binôme 1").getByText(/position\s+0:\d\d/).waitFor();
  await shoot(handset.page, "1-handset-free");

  await ringWhileWriting(stage, desk);
  await desk.takeCall();
  await stage.house.telephone({ call: "c-1", stage: "answered", operator: "rennes.regulateur" });
  await desk.writeRequest({ category: "occupation de h", place: "aubepines 1 a", words: "Une dizaine de jeunes dans le hall, musique forte" });
  await shoot(desk.page, "1-desk-form");
  await desk.press("Control+Enter");
  await desk.request(1).waitFor();
  await stage.house.telephone({ call: "c-1", stage: "ended", reason: "caller_hung_up" });
  await desk.calls.getByText("La ligne est libre").waitFor();
  await desk.proposals.getByText("Binôme 1").waitFor();
  await shoot(desk.page, "1-desk-recommended");

  await desk.press("1");
  await handset.main.getByText("pour répondre").waitFor();
  await handset.main.getByText("Hall A").waitFor();
  assert.match(await handset.main.locator(".left span").textContent(), /^[0-2]:\d\d$/);
  await shoot(handset.page, "1-handset-offer");
  await desk.request(1).getByText(/répond dans [0-2]:\d\d/).waitFor();
  await shoot(desk.page, "1-desk-offered");

  await handset.touchTwice("Accepter");
  await desk.team("Binôme 1").getByText("acceptée").waitFor();
  await shoot(handset.page, "1-handset-accepted");
  await handset.touch("Départ");
  await desk.team("Binôme 1").getByText("en route").waitFor();
  await followTheWalk(desk, handset);
  await shoot(handset.page, "1-handset-en-route");
  await shoot(desk.page, "1-desk-en-route");

  await arriveWithoutNetwork(desk, handset);

  await handset.touch("Contact établi");
  await desk.team("Binôme 1").getByText("contact établi").waitFor();
  await shoot(handset.page, "1-handset-contact");
  await report(handset);
  await desk.team("Binôme 1").getByText("libre").waitFor();
  await desk.request(1).getByText("clôturée : Apaisé sur place").first().waitFor();
  await desk.request(1).getByText("Groupe parti dans le calme.").waitFor();
  await handset.main.getByRole("heading", { name: "Libre" }).waitFor();
  await handset.main.getByText("Apaisé sur place").waitFor();
  await shoot(handset.page, "1-handset-done");
  await shoot(desk.page, "1-desk-closed");
});

/** A call that rings takes neither the focus nor what is being written elsewhere. */
async function ringWhileWriting({ house }, desk) {
  await desk.press("n");
  await desk.expectFocusOn("Motif");
  await desk.keys.type("Ron");
  await house.telephone({ call: "c-1", stage: "ringing", from: "+33699001234" });
  await desk.calls.getByText("06 99 00 12 34").waitFor();
  await shoot(desk.page, "1-desk-ringing");
  await desk.keys.type("de");
  await desk.expectFocusOn("Motif");
  assert.equal(await desk.page.getByRole("combobox", { name: "Motif" }).inputValue(), "Ronde");
  await desk.press("Escape", "Escape");
}

/** The desk shows where the pair walks, and how old that is. */
async function followTheWalk(desk, handset) {
  const marker = desk.page.locator(".mark.team");
  const from = await marker.boundingBox();
  const moved = async () => {
    const box = await marker.boundingBox();
    return Math.hypot(box.x - from.x, box.y - from.y) > 10;
  };
  let step = 0;
  const walk = () => handset.walkTo({ lat: 48.121 - Math.min(0.00005 * step, 0.002), lon: -1.704 - Math.min(0.0002 * step++, 0.008) });
  await until(async () => (await walk(), moved()), "the desk sees the pair move");
  await desk.team("Binôme 1").getByText(/position\s+0:\d\d/).waitFor();
}

async function arriveWithoutNetwork(desk, handset) {
  await handset.loseNetwork();
  await handset.touch("Sur place");
  await handset.bar.getByText("1 à envoyer").waitFor();
  await handset.main.getByText("« Sur place » sera envoyé dès que possible.").waitFor();
  await handset.button("Contact établi").waitFor();
  assert.equal(await desk.team("Binôme 1").getByText("en route").count(), 1);
  await shoot(handset.page, "1-handset-cut");
  await handset.findNetwork();
  await desk.team("Binôme 1").getByText("sur place").waitFor();
  await handset.bar.getByText("à envoyer").waitFor({ state: "detached" });
  await shoot(handset.page, "1-handset-on-site");
}

async function report(handset) {
  await handset.touch("Compte rendu");
  await handset.main.getByText("Apaisé sur place").tap();
  await handset.touch("Une de plus");
  await handset.touch("Une de plus");
  await handset.main.getByLabel(/En quelques mots/).fill("Groupe parti dans le calme.");
  await shoot(handset.page, "1-handset-report");
  await handset.touch("Terminer la mission");
}
