// What can happen at night. Each fault begins, lasts, and gives back how it ends; what everybody must see meanwhile is
// asked while it lasts.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { isUndecided } from "../../support/answers.mjs";
import { until, within } from "../../support/until.mjs";
import { fixAt, openRequest } from "../words.mjs";

const second = 1000;
const hour = 3600; // seconds

/** People whose server lost the journal are told, keep what they see, and are refused clearly. */
async function workStops(house, servers) {
  const said = () => house.said();
  for (const server of servers) await until(() => answers(server, "/readyz", 503), `${server.name} says that it is not ready`, { said });
  const there = () => servers.flatMap((server) => house.at(server));
  await until(() => there().every(({ works }) => !works), "everybody is told that the journal is away", { said });
  for (const server of servers) await seesThePicture(house, server);
}

const answers = async (server, path, status) => (await fetch(`${server.origin}${path}`)).status === status;

async function seesThePicture(house, server) {
  assert.ok(await answers(server, "/healthz", 200), "the server is well");
  const desk = house.at(server).find(({ actor, welcomed }) => welcomed && !actor.team);
  if (!desk) return;
  const shown = desk.picture();
  const answered = Promise.race([desk.submit(openRequest(house.peoplesLuck, desk.service)), desk.next("closed")]);
  const answer = await within(answered, `${desk.account} at ${server.name} is told that there is no journal`, () => house.said());
  if (answer.type === "closed") return;
  assert.ok(isUndecided(answer), `a command without a journal was answered ${JSON.stringify(answer)}`);
  assert.deepEqual(desk.picture(), shown, "the screen keeps what it shows");
}

/** The others work on. */
const workGoesOn = (house) => house.crowd.more(10);

async function killServer(house) {
  const server = house.luck.pick(house.servers);
  await server.end("SIGKILL");
  if (house.luck.happens(0.5)) await workGoesOn(house);
  return () => server.start();
}

async function killBothServers(house) {
  await Promise.all(house.servers.map((server) => server.end("SIGKILL")));
  return () => Promise.all(house.servers.map((server) => server.start()));
}

async function killJournal(house) {
  if (house.luck.happens(0.5)) return restarted(house.journal);
  house.journal.hold();
  await workStops(house, house.servers);
  return () => house.journal.release();
}

async function restarted(redis) {
  const { starts } = redis;
  redis.signal("SIGKILL");
  await until(() => redis.starts > starts, "it is started again");
  return () => {};
}

async function killPresence(house) {
  await restarted(house.presence);
  await workGoesOn(house);
  return () => {};
}

async function killDesk(house) {
  await house.desk.kill();
  await sleep(house.luck.between(0, second));
  return () => house.desk.start();
}

async function stopServer(house, longest) {
  const server = house.luck.pick(house.servers);
  server.process.kill("SIGSTOP");
  await Promise.all([sleep(house.lasting(longest)), workGoesOn(house)]);
  return () => server.process.kill("SIGCONT");
}

async function stopJournal(house, longest) {
  house.journal.signal("SIGSTOP");
  await Promise.all([sleep(house.lasting(longest)), longest > 5 * second && workStops(house, house.servers)]);
  return () => house.journal.signal("SIGCONT");
}

async function stopPresence(house, longest) {
  house.presence.signal("SIGSTOP");
  await Promise.all([sleep(house.lasting(longest)), workGoesOn(house)]);
  return () => house.presence.signal("SIGCONT");
}

async function fillDisk(house) {
  house.journal.fill();
  await workStops(house, house.servers);
  return () => house.journal.free();
}

async function cutPeople(house) {
  const { people } = house.luck.pick(house.servers).roads;
  people.cut(Math.floor(house.luck.between(0, 300)));
  await sleep(house.luck.between(0, 300));
  return () => {};
}

async function silencePeople(house) {
  const { people } = house.luck.pick(house.servers).roads;
  people.fallSilent();
  await Promise.all([sleep(house.lasting(5 * second)), workGoesOn(house)]);
  return () => people.clear();
}

async function slowPeople(house) {
  const { people } = house.luck.pick(house.servers).roads;
  people.slow(house.luck.pick([50, 500, 5000]), house.luck.pick([20, 100, 200]));
  await sleep(house.lasting(3 * second));
  return () => people.clear();
}

async function cutJournal(house) {
  const { journal } = house.luck.pick(house.servers).roads;
  journal.cut(Math.floor(house.luck.between(0, 2000)));
  await sleep(house.luck.between(0, 500));
  return () => {};
}

async function silenceJournal(house) {
  const server = house.luck.pick(house.servers);
  server.roads.journal.fallSilent();
  await workStops(house, [server]);
  return () => server.roads.journal.clear();
}

async function blockJournal(house) {
  const server = house.luck.pick(house.servers);
  server.roads.journal.block();
  await workStops(house, [server]);
  return () => server.roads.journal.clear();
}

async function slowJournal(house) {
  const { journal } = house.luck.pick(house.servers).roads;
  journal.slow(house.luck.pick([100, 1000, 100_000]), house.luck.pick([50, 200]));
  await sleep(house.lasting(4 * second));
  return () => journal.clear();
}

async function failPresence(house) {
  const { presence } = house.luck.pick(house.servers).roads;
  house.luck.pick([() => presence.cut(100), () => presence.fallSilent(), () => presence.block(), () => presence.slow(50, 100)])();
  await Promise.all([sleep(house.lasting(3 * second)), workGoesOn(house)]);
  return () => presence.clear();
}

/** Sets a process's clock so many seconds ahead, and waits until it says what it then says. */
async function setClock(server, ahead, says) {
  const before = server.log.length;
  server.setClock(ahead);
  await until(() => says.test(server.log.slice(before)), `${server.name} has noticed that its clock was set`, { said: () => server.log.slice(-4000) });
}

/** The clock of one process jumps an hour: people there work on by the right time, and are not signed out. */
const jumpClock = (hours) => async (house) => {
  const server = house.luck.pick(house.servers);
  await setClock(server, hours * hour, /clock is 3\d+ s (ahead of|behind) that of/);
  await workGoesOn(house);
  for (const { serverAhead = 0, account } of house.at(server)) assert.ok(Math.abs(serverAhead) < 10 * second, `${account} was told a time ${serverAhead} ms ahead`);
  for (const handset of house.at(server).filter(({ actor, welcomed }) => actor?.team && welcomed)) handset.say(fixAt(-1.7, 48.1));
  await sleep(house.luck.between(0, second));
  return () => setClock(server, 0, /clock goes with that of .* again/);
};

const always = () => true;

/** Every kind: what happens, and whether it can be made to happen here. */
export const kinds = {
  server_killed: [killServer, always],
  both_servers_killed: [killBothServers, always],
  journal_killed: [killJournal, always],
  presence_killed: [killPresence, always],
  desk_killed: [killDesk, always],
  server_stopped: [(house) => stopServer(house, 5 * second), always],
  server_stopped_long: [(house) => stopServer(house, 20 * second), always],
  journal_stopped: [(house) => stopJournal(house, 6 * second), always],
  presence_stopped: [(house) => stopPresence(house, 4 * second), always],
  disk_full: [fillDisk, (house) => house.journal.mounted],
  people_cut: [cutPeople, always],
  people_silent: [silencePeople, always],
  people_slow: [slowPeople, always],
  journal_cut: [cutJournal, always],
  journal_silent: [silenceJournal, always],
  journal_blocked: [blockJournal, always],
  journal_slow: [slowJournal, always],
  presence_fails: [failPresence, always],
  clock_forward: [jumpClock(1), (house) => house.tellsTime],
  clock_back: [jumpClock(-1), (house) => house.tellsTime],
};
