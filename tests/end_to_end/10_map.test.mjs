// The map over tiles of the town's own choice.
import assert from "node:assert/strict";
import { after } from "node:test";
import { expectAccessible, expectToFit } from "./accessible.mjs";
import { Desk } from "./desk.mjs";
import { shoot, wideDesk } from "./person.mjs";
import { openRequest, signOn } from "./scenes.mjs";
import { story } from "./stage.mjs";
import { openTiles } from "./tiles.mjs";
import { until } from "../support/until.mjs";

const tiles = await openTiles();
after(() => tiles.close());
const config = ["[map]", `tiles = "${tiles.origin}/{z}/{x}/{y}.png"`, 'attribution = "© Plan de la ville"'];

story("tiles are drawn under the quarters, from the configured origin and no other, and named", async (stage) => {
  const desk = await stage.desk("rennes.regulateur");
  const policy = (await desk.page.request.get("/desk")).headers()["content-security-policy"];
  const sources = (directive) => new RegExp(`${directive} ([^;]*)`).exec(policy)[1].split(" ");
  assert.deepEqual(sources("img-src"), ["'self'", "data:", "blob:", tiles.origin]);
  assert.deepEqual(sources("connect-src"), ["'self'", tiles.origin]);

  const operator = await stage.client("rennes.operateur");
  for (const category of ["noise_party", "occupation_hall", "safety_brawl", "technical_lift"]) await openRequest(operator, category);
  await signOn(await stage.client("rennes.binome-1"), "m01", "m02");
  await until(() => tiles.asked.length > 3, "the map asks for its tiles");
  for (const asked of tiles.asked) assert.match(asked, /^\/\d+\/\d+\/\d+\.png$/);
  await desk.page.getByText("© Plan de la ville").waitFor();
  await until(async () => (await brightShare(desk.page)) > 0.3, "the tiles are seen");
  await standApart(desk.page);
  await shoot(desk.page, "10-map-tiles");
  await expectAccessible(desk.page, "tiles");
  await expectToFit(desk.page, "tiles");
  await refuseOthers(desk.page);

  await desk.page.goto("/map");
  await desk.page.getByText("© Plan de la ville").waitFor();
  await desk.page.getByRole("button", { name: /^Sollicitation n° 4/ }).waitFor();
  await until(async () => (await brightShare(desk.page)) > 0.3, "the tiles are seen in the window");
  await shoot(desk.page, "10-map-window-tiles");
  await expectAccessible(desk.page, "tiles in a window");
}, config);

story("a map that could not be had while the line was down is drawn once it is back", async (stage) => {
  const page = await stage.person(wideDesk);
  page.cut = true;
  page.expected.push(/ERR_FAILED/);
  await page.context().route(/maplibre-gl-worker/, (route) => route.abort());
  const desk = new Desk(page);
  await desk.open("rennes.regulateur", stage.house.password("rennes.regulateur"));
  const told = page.getByText("La carte ne peut pas s’afficher");
  await told.waitFor();
  await page.context().unroute(/maplibre-gl-worker/);
  await page.context().setOffline(true);
  await desk.connection.getByText("coupé").waitFor();
  await page.context().setOffline(false);
  await told.waitFor({ state: "detached" });
  await signOn(await stage.client("rennes.binome-1"), "m01", "m02");
  await page.locator(".map canvas").waitFor();
  await until(async () => (await page.locator(".map .mark").count()) > 0, "the map is drawn");
});

story("a map of which a part could not be had is tried again on a line that never went", async (stage) => {
  const page = await stage.person(wideDesk);
  page.expected.push(/ERR_FAILED/);
  const once = { times: 1 };
  await page.context().route("**/api/v1/settings", (route) => route.abort(), once);
  const desk = new Desk(page);
  await desk.open("rennes.regulateur", stage.house.password("rennes.regulateur"));
  const told = page.getByText("La carte ne peut pas s’afficher");
  await told.waitFor();
  await told.waitFor({ state: "detached" });
  await page.getByText("© Plan de la ville").waitFor();
  await page.context().route(/assets\/chart-/, (route) => route.abort(), once);
  await page.reload();
  await told.waitFor();
  await told.waitFor({ state: "detached" });
  await until(async () => (await page.locator(".map .mark").count()) > 0, "the map is drawn");
}, config);

story("a desk that was open during an upgrade asks to be loaded again, and then draws its map", async (stage) => {
  const page = await stage.person(wideDesk);
  page.expected.push(/404/);
  const newer = async (route) => {
    const given = await route.fetch();
    await route.fulfill({ response: given, body: (await given.text()).replace(/assets\/desk-/g, "assets/newer-") });
  };
  await page.context().route(/assets\/chart-/, (route) => route.fulfill({ status: 404 }));
  await page.context().route("**/desk", (route) => (route.request().isNavigationRequest() ? route.continue() : newer(route)));
  const desk = new Desk(page);
  await desk.open("rennes.regulateur", stage.house.password("rennes.regulateur"));
  await page.getByText("Nouvelle version : rechargez la page.").waitFor();
  await shoot(page, "10-map-newer-version");
  await page.context().unroute(/assets\/chart-/);
  await page.getByRole("button", { name: "Recharger" }).press("Enter");
  await desk.live();
  await page.locator(".map canvas").waitFor();
});

/** The share of the map's points that are as bright as paper, 0 to 1; land and quarters without tiles are dark. */
async function brightShare(page) {
  const clip = await page.locator(".map").boundingBox();
  const picture = (await page.screenshot({ clip })).toString("base64");
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    let bright = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] > 70 && data[at + 1] > 70) ++bright;
    return bright / (data.length / 4);
  }, picture);
}

/** Four requests at one building can each be read and pressed. */
async function standApart(page) {
  const marks = page.locator(".mark.request");
  await until(async () => (await marks.count()) === 4, "four requests are on the map");
  const boxes = await Promise.all((await marks.all()).map((mark) => mark.boundingBox()));
  for (const [at, one] of boxes.entries())
    for (const other of boxes.slice(at + 1)) {
      const apart = Math.abs(one.x - other.x) >= Math.min(one.width, other.width) || Math.abs(one.y - other.y) >= Math.min(one.height, other.height);
      assert.ok(apart, `${JSON.stringify(one)} lies over ${JSON.stringify(other)}`);
    }
}

/** A page of ours loads no picture from anywhere else. */
async function refuseOthers(page) {
  page.expected.push(/Content Security Policy/);
  const refused = await page.evaluate(
    () =>
      new Promise((told) => {
        addEventListener("securitypolicyviolation", ({ effectiveDirective }) => told(effectiveDirective), { once: true });
        new Image().src = "http://127.0.0.1:9/elsewhere.png";
      }),
  );
  assert.equal(refused, "img-src");
}
