// The night's people: residents who phone, the operator, the dispatcher, and the pairs outdoors.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Walker } from "./walker.mjs";

const said = ["Musique très forte depuis une heure", "Un groupe dans le hall, je n'ose plus sortir", "Dispute au palier",
  "Quelqu'un dort dans la cave", "Des scooters tournent sous les fenêtres", "L'ascenseur est bloqué"];
const names = ["Mme Le Goff", "M. Diallo", "Mme Martin", "M. Öztürk", "Mme Nguyen", "M. Riou"];
const dispositions = ["calmed_on_site", "reminded_of_rules", "nothing_seen", "relayed_to_partner", "fault_reported", "follow_up_asked"];
const fixEvery = 1000; // milliseconds

/** A resident phones; the operator answers, takes it down, and hangs up; or the caller gives up. */
export async function phoneCall(stage, operator, number) {
  const { chance } = stage;
  const call = `night-${number}-${randomUUID().slice(0, 8)}`;
  const from = `+3369900${String(1000 + Math.floor(chance.next() * 40))}`;
  await stage.telephone({ call, stage: "ringing", from, to: "+33299000000" });
  await stage.pass(chance.between(0.1, 0.6));
  if (chance.happens(0.08)) return missed(stage, operator, call);
  await stage.telephone({ call, stage: "answered", operator: operator.account });
  await stage.pass(chance.between(1, 3));
  await takeDown(stage, operator, call);
  await stage.telephone({ call, stage: "ended", reason: "caller_hung_up" });
}

async function missed(stage, operator, call) {
  await stage.telephone({ call, stage: "ended", reason: "abandoned" });
  await stage.pass(2);
  if (operator.calls.get(call)?.status === "missed") await stage.want(operator, { type: "settle_call", call, settlement: "called_back" });
}

async function takeDown(stage, operator, call) {
  const { chance } = stage;
  const quarter = chance.pick(operator.service.quarters);
  const found = await operator.get(`/api/v1/places?limit=20&q=${encodeURIComponent(`${quarter.name} ${1 + Math.floor(chance.next() * 9)}`)}`);
  const place = found.places.length ? chance.pick(found.places) : undefined;
  const category = chance.pick(operator.service.categories);
  await stage.want(operator, {
    type: "open_request",
    request: `r-${randomUUID()}`,
    source: "resident_phone",
    category: category.id,
    priority: chance.happens(0.12) ? "urgent" : category.priority,
    quarter: place?.quarter ?? quarter.id,
    ...(place && { place }),
    dangers: chance.happens(0.1) ? ["alcohol_or_drugs"] : [],
    call,
    particulars: { caller_name: chance.pick(names), door: `étage ${Math.floor(chance.next() * 8)}`, words: chance.pick(said) },
  });
}

/** The dispatcher sends the team that is recommended first, the most urgent and longest waiting request first. */
export async function dispatch(stage, dispatcher) {
  const rank = { urgent: 0, normal: 1, can_wait: 2 };
  const order = (a, b) => rank[a.priority] - rank[b.priority] || a.waiting_since_ms - b.waiting_since_ms;
  while (!stage.over) {
    await sleep(120);
    const request = [...dispatcher.requests.values()].filter((r) => r.status === "waiting").sort(order)[0];
    const free = [...dispatcher.teams.values()].some((team) => team.duty === "available" && !team.assignment);
    if (request && free) await sendBest(stage, dispatcher, request);
  }
}

async function sendBest(stage, dispatcher, request) {
  const reply = dispatcher.next("recommendations");
  dispatcher.say({ type: "ask_teams", request: request.id });
  const [best] = (await reply).teams;
  if (best) await stage.want(dispatcher, { type: "offer_assignment", assignment: `a-${randomUUID()}`, request: request.id, team: best.team, reinforcement: false });
}

/** A pair: signs on, answers offers, walks there, does its work, and reports. */
export class Pair {
  constructor(stage, client, members, transport) {
    Object.assign(this, { stage, client, members, transport, team: client.actor.team });
    this.walker = new Walker(stage, stage.chance.pick(client.service.quarters).centre);
  }

  async work() {
    await this.stage.want(this.client, { type: "sign_on", team: this.team, members: this.members, transport: this.transport });
    const positions = this.reportPositions();
    while (!this.stage.over) {
      const offer = [...this.client.assignments.values()].find((a) => a.status === "offered");
      if (offer) await this.answer(offer);
      else await sleep(100);
    }
    await positions;
    await this.stage.want(this.client, { type: "sign_off", team: this.team });
  }

  async answer(offer) {
    const { stage, client } = this;
    await stage.pass(stage.chance.between(0.2, 1));
    const assignment = offer.id;
    if (stage.chance.happens(0.06)) return stage.want(client, { type: "refuse_assignment", assignment, reason: "too_far" });
    if (!(await stage.want(client, { type: "accept_assignment", assignment }))) return;
    await this.go(assignment, client.requests.get(offer.request));
  }

  async go(assignment, request) {
    const { stage, client } = this;
    const step = (milestone) => stage.want(client, { type: "report_progress", assignment, milestone });
    await step("en_route");
    await this.walker.walkTo(request?.place?.point ?? client.service.quarters[0].centre);
    await step("on_site");
    await stage.pass(stage.chance.between(0.5, 2));
    await step("contact_made");
    await stage.pass(stage.chance.between(3, 12));
    await stage.want(client, { type: "clear_assignment", assignment, disposition: stage.chance.pick(dispositions),
      people: Math.floor(stage.chance.between(0, 9)), report: "Échange calme, retour au silence." });
  }

  async reportPositions() {
    while (!this.stage.over) {
      this.client.say({ type: "report_fix", fix: this.walker.fix() });
      await sleep(fixEvery);
    }
  }
}
