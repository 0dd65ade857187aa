// A desk that only submits commands, to set a stage.
import { randomUUID } from "node:crypto";
import { once } from "node:events";

export class Desk {
  waiting = new Map();

  static async open(port, token) {
    const { default: WebSocket } = await import("ws"); // only now: the figures can be listed without it
    const desk = new Desk();
    desk.socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, { headers: { cookie: `vigie_session=${token}` } });
    await once(desk.socket, "open");
    const ready = new Promise((resolve, reject) => {
      desk.socket.on("message", (text) => desk.hear(String(text), resolve));
      desk.socket.on("close", (code) => reject(new Error(`a desk was closed with ${code}`)));
    });
    desk.socket.send('{"type":"hello","conversation":1}');
    await ready;
    return desk;
  }

  hear(text, ready) {
    if (text.startsWith('{"type":"whole"')) ready();
    if (!text.startsWith('{"type":"accepted"') && !text.startsWith('{"type":"rejected"')) return;
    const answer = JSON.parse(text);
    this.waiting.get(answer.id)?.(answer);
    this.waiting.delete(answer.id);
  }

  /** Resolves to the answer, `accepted` or `rejected`. */
  submit(command) {
    const id = randomUUID();
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ type: "submit", id, made_at_ms: Date.now(), command }));
    });
  }

  close() {
    this.socket.close();
  }
}
