// The same with socket.io and its Redis adapter: viewers are a room, each text is emitted to the room.
import { createAdapter } from "@socket.io/redis-adapter";
import Redis from "ioredis";
import { createServer } from "node:http";
import { Server } from "socket.io";

const [, , redisPath, tickText = "0"] = process.argv;
const tick = Number(tickText);
const moved = new Map();

const http = createServer();
const publisher = new Redis(redisPath);
const server = new Server(http, { transports: ["websocket"], perMessageDeflate: false, adapter: createAdapter(publisher, publisher.duplicate()) });

const toAll = (position) => server.to("viewers").emit("fix", position);

function picture() {
  if (moved.size === 0) return;
  toAll({ type: "picture", at_ms: Date.now(), positions: [...moved.values()], gone: [] });
  moved.clear();
}

server.on("connection", (socket) => {
  if (socket.handshake.query.part === "viewer") socket.join("viewers");
  socket.on("fix", tick ? (position) => moved.set(position.team, position) : toAll);
});
if (tick) setInterval(picture, tick);
http.listen(0, "127.0.0.1", () => console.log(`open at ${http.address().port}`));
