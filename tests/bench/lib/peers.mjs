// The servers that Vigie is measured beside, each started as its makers would have it, on the same core.
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../support/leavings.mjs";
import { Started, build, cores, freePort } from "./processes.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const script = (name) => path.join(here, "../peers", `${name}.mjs`);

// Debian's redis-tools holds the server under the name of another tool; it goes by the name it is called with.
const asServer = ["-c", 'exec -a redis-server "$(command -v redis-server || command -v redis-check-rdb)" "$@"', "redis"];

/** A Redis on the generators' core, without disk unless `rules` say otherwise. */
export async function startRedis(rules = ["--save", ""]) {
  const folder = temporaryFolder();
  const socket = path.join(folder, "redis.sock");
  const redis = new Started(cores.load, "bash", [...asServer, "--port", "0", "--unixsocket", socket, "--dir", folder, ...rules]);
  await redis.says(/ready to accept connections/i);
  return { redis, socket };
}

async function node(name, args) {
  const server = new Started(cores.server, process.execPath, [script(name), ...args.map(String)]);
  const [, port] = await server.says(/open at (\d+)/);
  return { port: Number(port), pid: server.pid, stop: () => server.stop() };
}

async function socketIo(tick) {
  const { redis, socket } = await startRedis();
  const server = await node("socketio", [socket, tick]);
  return { ...server, helpers: [redis.pid], stop: () => server.stop().then(() => redis.stop()) };
}

/** Whether somebody listens at a port. */
function listens(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

async function daemon(command, config) {
  const folder = temporaryFolder();
  const port = await freePort();
  const file = path.join(folder, "config");
  mkdirSync(path.join(folder, "data"));
  writeFileSync(file, config(port, path.join(folder, "data")));
  const server = new Started(cores.server, command, ["-c", file]);
  await server.until(() => listens(port), "it listens");
  return { port, pid: server.pid, stop: () => server.stop() };
}

// Debian's mosquitto does not start with a WebSocket listener alone, so that it is given another one too.
const mosquittoFile = (port, data) => `user root\nlistener 0 ${data}/mqtt.sock\nlistener ${port} 127.0.0.1\nprotocol websockets\nallow_anonymous true\nmax_queued_messages 10000\nset_tcp_nodelay true\nlog_dest stdout\n`;
const natsFile = (port, data) => `host: "127.0.0.1"\nport: -1\nstore_dir: "${data}"\nmax_connections: 65536\nwebsocket { host: "127.0.0.1", port: ${port}, no_tls: true, compression: false }\n`;

/** A server of WebSocket++ alone, which only shakes hands. */
export async function openBare() {
  const server = new Started(cores.server, path.join(build, "tests/bench/vigie_bench_bare"));
  const [, port] = await server.says(/open at (\d+)/);
  return { port: Number(port), pid: server.pid, stop: () => server.stop() };
}

/** How to start each; gives { port, pid, stop }. `dialect` is how the generator speaks to it. */
export const peers = {
  ws: { dialect: "ws", start: () => node("ws", []) },
  "ws 20 ms": { dialect: "ws", start: () => node("ws", [20]), ticks: true },
  "socket.io": { dialect: "socket.io", start: () => socketIo(0) },
  "socket.io 20 ms": { dialect: "socket.io", start: () => socketIo(20), ticks: true },
  "bare WebSocket++": { dialect: "ws", start: openBare },
  mosquitto: { dialect: "mosquitto", start: () => daemon("/usr/sbin/mosquitto", mosquittoFile) },
  nats: { dialect: "nats", start: () => daemon("/usr/sbin/nats-server", natsFile) },
};
