// A person's browser window: its size, what it said and heard, and what went wrong in it.
import path from "node:path";
import { shots } from "./house.mjs";

export const wideDesk = { viewport: { width: 1920, height: 1080 } };
export const smallDesk = { viewport: { width: 1366, height: 768 } };
export const phone = {
  viewport: { width: 360, height: 800 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  permissions: ["geolocation"],
  geolocation: { latitude: 48.121, longitude: -1.704, accuracy: 8 },
};

const ofTheCut = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_NETWORK_CHANGED|ERR_SOCKET_NOT_CONNECTED/;

/** A new window with cookies of its own, in the sizes above. */
export async function newPerson(browser, house, options) {
  const context = await browser.newContext({ baseURL: house.origin, locale: "fr-FR", timezoneId: "Europe/Paris", reducedMotion: "reduce", ...options });
  return newWindow(context);
}

/** One more window of the same person. */
export async function newWindow(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  Object.assign(page, { troubles: [], cut: false, expected: [], said: [], heard: [] });
  page.on("pageerror", (error) => page.troubles.push(`page error: ${error.stack ?? error.message}`));
  page.on("console", (message) => message.type() === "error" && note(page, `${message.text()} (${message.location().url})`));
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => page.said.push(JSON.parse(payload)));
    socket.on("framereceived", ({ payload }) => page.heard.push(JSON.parse(payload)));
  });
  return page;
}

// While the server or the network is deliberately away, a browser says so, and that is no trouble.
function note(page, text) {
  if (page.cut && ofTheCut.test(text)) return;
  if (!page.expected.some((each) => each.test(text))) page.troubles.push(text);
}

/** Fills in the sign-in page, by keyboard. */
export async function signIn(page, account, password) {
  await page.goto("/");
  await page.locator("input[name=account]:focus").waitFor();
  await page.keyboard.type(account);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

/** Keeps what the page shows now under the build folder. */
export const shoot = (page, name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
