// The handset as a pair uses it: with the thumb.
import { signIn } from "./person.mjs";

export class Handset {
  constructor(page) {
    this.page = page;
    this.bar = page.getByRole("banner");
    this.main = page.locator("main");
  }

  async open(account, password) {
    await signIn(this.page, account, password);
    await this.page.waitForURL("**/handset");
    await this.live();
  }

  live() {
    return this.bar.getByText("En direct").waitFor();
  }

  button(name) {
    return this.main.getByRole("button", { name, exact: true });
  }

  /** As a thumb does, which takes its time: of two quick taps only the first counts. */
  async touch(name) {
    await this.page.waitForTimeout(600);
    await this.button(name).tap();
  }

  /** As a gloved thumb does: twice at the same place, whatever stands there by then. */
  async touchTwice(name) {
    await this.page.waitForTimeout(600);
    const { x, y, width, height } = await this.button(name).boundingBox();
    for (let tap = 0; tap < 2; ++tap) await this.page.touchscreen.tap(x + width / 2, y + height / 2);
  }

  async signOn(...members) {
    for (const member of members) await this.main.getByText(member, { exact: true }).tap();
    await this.touch("Prendre le service");
    await this.main.getByRole("heading", { name: "Libre" }).waitFor();
  }

  /** Moves the phone. Where it lies still, the browser measures nothing new after a while, unlike a real one. */
  walkTo({ lat, lon }) {
    return this.page.context().setGeolocation({ latitude: lat, longitude: lon, accuracy: 8 });
  }

  /** Without network until `restore`; the browser's complaints about it are no trouble. */
  async loseNetwork() {
    this.page.cut = true;
    await this.page.context().setOffline(true);
    await this.bar.getByText("Coupé").waitFor();
  }

  async findNetwork() {
    await this.page.context().setOffline(false);
    await this.live();
    this.page.cut = false;
  }
}
