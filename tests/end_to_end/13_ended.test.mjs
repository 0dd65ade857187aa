// How a task ends for a pair that did not end it: the screen offers only what can still be done, and loses nothing.
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
