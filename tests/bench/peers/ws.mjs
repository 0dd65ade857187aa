// The plain server that one would write with `ws`: every text of a handset goes to every viewer. With a tick, the latest
// position of each team goes out together every so many milliseconds, encoded once.
import { WebSocketServer } from "ws";

const tick = Number(process.argv[2] ?? 0);
const viewers = new Set();
const moved = new Map();
const teamOf = (text) => text.slice(9, text.indexOf('"', 9)); // {"team":"…

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false }, () => console.log(`open at ${server.address().port}`));

function toAll(text) {
  for (const viewer of viewers) viewer.send(text, { binary: false });
}

function later(bytes) {
  const text = bytes.toString();
  moved.set(teamOf(text), text);
}

function picture() {
  if (moved.size === 0) return;
  toAll(Buffer.from(`{"type":"picture","at_ms":${Date.now()},"positions":[${[...moved.values()].join(",")}],"gone":[]}`));
  moved.clear();
}

server.on("connection", (socket, { url }) => {
  if (url === "/viewer") {
    viewers.add(socket);
    socket.on("close", () => viewers.delete(socket));
  }
  socket.on("error", () => {}); // a close follows
  socket.on("message", tick ? later : toAll);
});
if (tick) setInterval(picture, tick);
