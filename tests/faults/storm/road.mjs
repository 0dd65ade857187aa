// A road between two sockets, that can be cut in the middle of a frame, fall silent, or grow slow.
import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export class Road {
  #pairs = new Set();
  #changed = resolvers();
  #silent = false;
  #closed = false;
  #pace; // { bytes, every } milliseconds

  /** Listens `at` a unix path, or at a free port (0), and carries to `target`, a path or a port. */
  static async open(target, at = 0) {
    const road = new Road();
    road.target = target;
    road.server = net.createServer((near) => road.#take(near));
    road.server.listen(typeof at === "string" ? { path: at } : { port: at, host: "127.0.0.1" });
    await once(road.server, "listening");
    road.port = road.server.address().port;
    return road;
  }

  /** Ends every connection, each after so many more bytes; new ones are taken again at once. */
  cut(bytes = 0) {
    for (const pair of this.#pairs) {
      pair.left = bytes;
      if (bytes === 0) end(pair);
    }
  }

  /** Ends every connection and takes no new one. */
  block() {
    this.#closed = true;
    this.cut();
  }

  /** Nothing passes any more, and nobody is told: connections stay, and new ones are taken. */
  fallSilent() {
    this.#silent = true;
  }

  /** So many bytes pass every so many milliseconds, each way and for each connection. */
  slow(bytes, every) {
    this.#pace = { bytes, every };
  }

  /** All is well again; what was held back goes on. */
  clear() {
    this.#silent = this.#closed = false;
    this.#pace = undefined;
    this.#changed.resolve();
    this.#changed = resolvers();
  }

  async close() {
    this.block();
    this.clear();
    this.server.close();
  }

  #take(near) {
    near.on("error", () => {}); // a close follows
    if (this.#closed) return near.destroy();
    const far = net.connect(typeof this.target === "string" ? { path: this.target } : { port: this.target, host: "127.0.0.1" });
    far.on("error", () => near.destroy());
    const pair = { near, far, left: Infinity };
    this.#pairs.add(pair);
    const done = () => (end(pair), this.#pairs.delete(pair));
    Promise.race([this.#carry(near, far, pair), this.#carry(far, near, pair)]).then(done, done);
  }

  async #carry(from, to, pair) {
    for await (const chunk of from)
      for (const piece of this.#pieces(chunk)) {
        while (this.#silent) await this.#changed.promise;
        if (this.#pace) await Promise.race([sleep(this.#pace.every), this.#changed.promise]);
        if (to.destroyed) return;
        const passed = piece.subarray(0, Math.min(piece.length, pair.left));
        pair.left -= passed.length;
        if (!to.write(passed) && pair.left > 0) await room(to);
        if (pair.left <= 0) return;
      }
  }

  *#pieces(chunk) {
    for (let at = 0; at < chunk.length; ) {
      const size = this.#pace?.bytes ?? chunk.length;
      yield chunk.subarray(at, at + size);
      at += size;
    }
  }
}

function resolvers() {
  let resolve;
  const promise = new Promise((given) => (resolve = given));
  return { promise, resolve };
}

/** Until more can be written, or the socket is closed. */
async function room(socket) {
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([once(socket, "drain", { signal }), once(socket, "close", { signal })]).finally(() => waiting.abort());
}

/** What was written still goes out. */
function end({ near, far }) {
  for (const socket of [near, far]) socket.destroySoon();
}
