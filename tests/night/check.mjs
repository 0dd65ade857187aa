// After the night: every answered command stands in the journal once, every screen shows the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

export async function checkNight({ stage, clients, operator, reenter, log }) {
  const answered = [...clients.flatMap((client) => client.answers), ...stage.told].filter((a) => a.type === "accepted");
  const findings = [...stage.troubles, ...clients.map((client) => client.failure?.message).filter(Boolean)];
  findings.push(...againstJournal(answered, log), ...(await againstNewScreen(operator, reenter)));
  findings.push(...[...operator.requests.values()].filter((r) => r.status !== "closed").map((r) => `request ${r.number} is still ${r.status}`));
  const refused = [...stage.refusals].map(([reason, times]) => `${reason} × ${times}`).join(", ") || "none";
  return {
    good: findings.length === 0,
    lines: [
      `${answered.length} commands answered, refused: ${refused}`,
      `${operator.calls.size} calls, ${operator.requests.size} requests on the desk at version ${operator.version}`,
      ...(findings.length ? findings.map((finding) => `✗ ${finding}`) : ["✓ the journal holds every answered command once; a new screen shows the same"]),
    ],
  };
}

function againstJournal(answered, log) {
  if (!log) return ["no journal to check against"];
  const [command, ...rest] = JSON.parse(log);
  const lines = execFileSync(command, rest, { encoding: "utf8", maxBuffer: 2 ** 30 }).split("\n").filter(Boolean);
  const versions = new Map();
  for (const commit of lines.map((line) => JSON.parse(line))) {
    if (versions.has(commit.command)) return [`command ${commit.command} stands twice in the journal`];
    versions.set(commit.command, commit.version);
  }
  return answered
    .filter(({ id, version }) => versions.get(id) !== version)
    .map(({ id, version, command }) => `${command} ${id} was answered ${version}, the journal says ${versions.get(id)}`);
}

async function againstNewScreen(operator, reenter) {
  const fresh = await reenter();
  try {
    await settled(operator, fresh);
    assert.deepEqual(operator.picture(), fresh.picture());
    return [];
  } catch (error) {
    return [`a screen that stayed and a new one differ: ${error.message.slice(0, 600)}`];
  } finally {
    await fresh.close();
  }
}

async function settled(one, other) {
  for (let turn = 0; turn < 50 && one.version !== other.version; ++turn) await new Promise((resolve) => setTimeout(resolve, 100));
}
