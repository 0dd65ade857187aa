// What must hold after every fault.
import assert from "node:assert/strict";
import { Steadfast } from "./steadfast.mjs";

/** The journal is whole, holds each answered command once, and every screen, old or new, shows the same. */
export async function judge(server, clients, cookies) {
  const verdict = await server.verify();
  assert.equal(verdict.code, 0, `verify-journal: ${verdict.stdout}${verdict.stderr}`);
  const commits = await server.journal();
  againstJournal(commits, clients);
  assert.deepEqual(doubleAssignments(commits), []);
  await againstEachOther(server, clients, cookies, commits.length);
  return commits;
}

export function againstJournal(commits, clients) {
  assert.deepEqual(commits.map(({ version }) => version), commits.map((_, i) => i + 1), "the versions have no gap");
  const versions = new Map(commits.map(({ command, version }) => [command, version]));
  assert.equal(versions.size, commits.length, "a command stands in the journal twice");
  for (const client of clients) {
    assert.equal(client.failure, undefined);
    for (const { id, version, command } of client.definite("accepted"))
      assert.equal(versions.get(id), version, `${client.account}'s ${command} ${id} was answered ${version}`);
    for (const { id, reason, command } of client.definite("rejected"))
      assert.equal(versions.get(id), undefined, `${client.account}'s ${command} ${id} was refused as ${reason}`);
  }
}

const ends = new Set(["assignment_refused", "offer_expired", "assignment_cleared", "assignment_withdrawn"]);

/** Teams that were given a second assignment while one was live. */
export function doubleAssignments(commits) {
  const live = new Map(); // team → assignment
  const found = [];
  for (const { version, events } of commits)
    for (const event of events) {
      const team = [...live].find(([, assignment]) => assignment === event.assignment)?.[0];
      if (ends.has(event.type)) live.delete(team);
      if (event.type !== "assignment_offered") continue;
      if (live.has(event.team)) found.push({ version, team: event.team, held: live.get(event.team), given: event.assignment });
      live.set(event.team, event.assignment);
    }
  return found;
}

async function againstEachOther(server, clients, cookies, version) {
  const desks = clients.filter((client) => !client.actor.team);
  const fresh = await Steadfast.enter(server, desks[0].account, cookies);
  try {
    for (const desk of [...desks, fresh]) await desk.until(() => desk.version >= version, `it shows version ${version}`);
    for (const desk of desks) assert.deepEqual(desk.picture(), fresh.picture(), `${desk.account} differs from a new screen`);
    noGhosts(fresh);
    await handsets(clients.filter((client) => client.actor.team), server, cookies);
  } finally {
    await fresh.close();
  }
}

/** A handset shows its own team alone, and only learns of the versions that concern it. */
async function handsets(clients, server, cookies) {
  for (const handset of clients) {
    const fresh = await Steadfast.enter(server, handset.account, cookies);
    const { version: _, ...shown } = handset.picture();
    const { version: __, ...anew } = fresh.picture();
    await fresh.close();
    assert.deepEqual(shown, anew, `${handset.account} differs from a new handset`);
  }
}

const over = new Set(["cleared", "refused", "expired", "withdrawn"]);

/** Whoever is busy is on a live assignment of an open request, and nobody is on two. */
export function noGhosts({ teams, assignments, requests }) {
  const live = [...assignments.values()].filter(({ status }) => !over.has(status));
  for (const { id, team, request } of live) {
    assert.equal(teams.get(team)?.assignment, id, `${team} does not know of its assignment ${id}`);
    assert.notEqual(requests.get(request)?.status, "closed", `${team} is on the closed request ${request}`);
  }
  for (const { id, assignment } of teams.values())
    if (assignment) assert.ok(live.some((each) => each.id === assignment && each.team === id), `${id} is busy with ${assignment}, which is over`);
}
