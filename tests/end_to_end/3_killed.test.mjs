// The server is killed and comes back: both screens say so, come back alone, and nothing answered is lost.
import assert from "node:assert/strict";
import { shoot } from "./person.mjs";
import { offer, openRequest } from "./scenes.mjs";
import { story } from "./stage.mjs";

story("a server that is killed and started again has lost nothing that it answered", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const handset = await stage.handset("rennes.binome-1");
  await handset.signOn("Célia", "Djibril");
  const coordinator = await stage.client("rennes.encadrant");
  const request = await openRequest(coordinator, "occupation_hall");
  await offer(coordinator, request, "binome-1");
  await handset.touch("Accepter");
  await desk.team("Binôme 1").getByText("acceptée").waitFor();
  const { version } = coordinator.picture();
  await coordinator.close();

  desk.page.cut = handset.page.cut = true;
  await stage.house.end("SIGKILL");
  await desk.connection.getByText("coupé").waitFor();
  await handset.bar.getByText("Coupé").waitFor();
  await handset.touch("Départ");
  await handset.bar.getByText("1 à envoyer").waitFor();
  await desk.requests.getByText("Occupation de hall").waitFor();
  await shoot(desk.page, "3-desk-cut");
  await shoot(handset.page, "3-handset-cut");

  await stage.house.start();
  await desk.live();
  await handset.live();
  desk.page.cut = handset.page.cut = false;
  await desk.team("Binôme 1").getByText("en route").waitFor();
  await handset.walkTo({ lat: 48.1212, lon: -1.7042 });
  await desk.team("Binôme 1").getByText(/position\s+0:\d\d/).waitFor();
  await handset.button("Sur place").waitFor();
  const after = await stage.client("rennes.encadrant");
  assert.ok(after.version > version, `version ${after.version} comes after ${version}`);
  const [task] = [...after.assignments.values()];
  assert.equal(task.status, "en_route");
  assert.match(await stage.house.administer("verify-journal", "--service", "rennes"), /./);
  await shoot(desk.page, "3-desk-back");
  await shoot(handset.page, "3-handset-back");
});
