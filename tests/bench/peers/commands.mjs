// What one would write with `ws` and `ioredis`: a command is appended to its service's stream on disk, then shown to the
// service's screens and answered; a position goes to a second Redis. Says who somebody is by the token alone.
import Redis from "ioredis";
import { WebSocketServer } from "ws";

const [, , journalPath, presencePath] = process.argv;
const journal = new Redis(journalPath, { enableAutoPipelining: true });
const presence = new Redis(presencePath, { enableAutoPipelining: true });
const services = new Map(); // name → { version, screens }

function serviceOf(name) {
  if (!services.has(name)) services.set(name, { version: 0, request: { id: "r-1", number: 1, category: "noise_home", priority: "normal" }, screens: new Set() });
  return services.get(name);
}

async function take(socket, service, { id, made_at_ms, command }) {
  const commit = { command: id, actor: { account: socket.account, role: "dispatcher" }, at_ms: Date.now(), made_at_ms, events: [command] };
  await journal.xadd(`bench:{${socket.service}}:journal`, "*", "commit", JSON.stringify(commit));
  const version = ++service.version;
  const put = socket.handset ? { teams: [{ id: command.team, duty: command.type }] } : { requests: [Object.assign(service.request, command)] };
  const change = JSON.stringify({ type: "change", version, put });
  const whole = JSON.stringify({ type: "whole", version, entities: put });
  for (const screen of service.screens) {
    if (!screen.handset) screen.send(change);
    else if (screen === socket || !socket.handset) screen.send(whole);
  }
  socket.send(JSON.stringify({ type: "accepted", id, version }));
}

function keep(socket, { point, accuracy_m, speed_m_per_s, battery_percent, fixed_at_ms }) {
  const key = `bench:{${socket.service}}:fix:${socket.account}`;
  presence.hset(key, { accuracy_m, speed_m_per_s, battery_percent, fixed_at_ms, lon: point.lon, lat: point.lat });
  presence.pexpire(key, 900_000);
  presence.geoadd(`bench:{${socket.service}}:positions`, point.lon, point.lat, socket.account);
}

function hear(socket, frame) {
  const service = serviceOf(socket.service);
  if (frame.type === "hello") socket.send(JSON.stringify({ type: "whole", version: service.version, entities: {} }));
  if (frame.type === "submit") take(socket, service, frame);
  if (frame.type === "report_fix") keep(socket, frame.fix);
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4096 }, () => console.log(`open at ${server.address().port}`));

server.on("connection", (socket, { headers }) => {
  const [, service, person] = /vigie_session=([^.]+)\.([\w-]+)/.exec(headers.cookie);
  Object.assign(socket, { service, account: `${service}.${person}`, handset: person.startsWith("team") });
  serviceOf(service).screens.add(socket);
  socket.on("close", () => serviceOf(service).screens.delete(socket));
  socket.on("error", () => {}); // a close follows
  socket.on("message", (bytes) => hear(socket, JSON.parse(bytes)));
});
