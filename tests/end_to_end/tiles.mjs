// A source of map tiles, as a town may run one: every tile is the same small picture, made here.
import { createServer } from "node:http";
import { crc32, deflateSync } from "node:zlib";

const side = 256; // pixels
const paper = [0xd9, 0xd4, 0xc7];
const street = [0xff, 0xff, 0xff];

/** Serves tiles on a free port of this machine; `asked` are the paths it was asked for. */
export async function openTiles() {
  const asked = [];
  const tile = picture();
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { "content-type": "image/png", "access-control-allow-origin": "*" }).end(tile);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, asked, close: () => new Promise((closed) => (server.close(closed), server.closeAllConnections())) };
}

/** Paper with two streets that cross. */
function picture() {
  const rows = Array.from({ length: side }, (_, y) => [0, ...Array.from({ length: side }, (_, x) => (x % 128 < 10 || y % 128 < 10 ? street : paper)).flat()]);
  const head = Buffer.from([0, 0, side >> 8, side & 255, 0, 0, side >> 8, side & 255, 8, 2, 0, 0, 0]);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.from(rows.flat()))), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
