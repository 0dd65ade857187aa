// The desk as its people use it: by keyboard.
import assert from "node:assert/strict";
import { signIn } from "./person.mjs";

export class Desk {
  constructor(page) {
    this.page = page;
    this.keys = page.keyboard;
    this.calls = page.getByRole("region", { name: "Appels" });
    this.requests = page.getByRole("region", { name: "Sollicitations" });
    this.proposals = page.getByRole("region", { name: /^Proposés pour/ });
    this.palette = page.getByRole("region", { name: "Chercher" });
    this.teams = page.getByRole("region", { name: "Équipes" });
    this.connection = page.locator("header [role=status]");
    this.form = page.locator("form", { has: page.getByRole("combobox", { name: "Motif" }) });
  }

  async open(account, password) {
    await signIn(this.page, account, password);
    await this.page.waitForURL("**/desk");
    await this.live();
  }

  live() {
    return this.connection.getByText("en direct").waitFor();
  }

  /** The detail of the request with this number. */
  request(number) {
    return this.page.getByRole("article", { name: new RegExp(`^n° ${number} `) });
  }

  team(name) {
    return this.teams.getByRole("listitem").filter({ has: this.page.getByRole("button", { name: new RegExp(`^${name}\\b`) }) });
  }

  /** Finds something by words and does it. */
  async find(words) {
    await this.press("Control+k");
    await this.keys.type(words);
    await this.palette.getByRole("option").first().waitFor();
    await this.press("Enter");
    await this.palette.waitFor({ state: "detached" });
  }

  /** The same for a field, by its label. */
  async tabToField(label) {
    for (let step = 0; step < 80; ++step) {
      await this.press("Tab");
      if ((await this.page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? "")).startsWith(label)) return;
    }
    assert.fail(`Tab never reaches ${label}`);
  }

  /** Walks from control to control until one of this name has the focus. */
  async tabTo(name) {
    for (let step = 0; step < 80; ++step) {
      await this.press("Tab");
      if (name.test(await this.page.evaluate(nameOfFocus))) return;
    }
    assert.fail(`Tab never reaches ${name}`);
  }

  async press(...keys) {
    for (const key of keys) await this.keys.press(key);
  }

  /** Waits as long as a hand takes that means it: of quick presses only the first counts, and none answers a question. */
  takeTime() {
    return this.page.waitForTimeout(650);
  }

  /** Takes the ringing call and waits for its form, with the focus where one begins to write. */
  async takeCall() {
    await this.press("a");
    await this.page.getByRole("combobox", { name: "Motif" }).waitFor();
    await this.expectFocusOn("Motif");
  }

  /** Fills in the form that is open; the field of the category has the focus. */
  async writeRequest({ category, place, words }) {
    await this.keys.type(category);
    await this.press("Enter", "Tab");
    await this.keys.type(place);
    await this.form.getByRole("option").first().waitFor();
    await this.press("Enter");
    await this.form.getByRole("button", { name: "Retirer le lieu" }).waitFor();
    await this.press("Tab", "Tab");
    await this.keys.type(words);
  }

  /** Waits until exactly this has the focus. */
  focusOn(control) {
    return control.and(this.page.locator(":focus")).waitFor();
  }

  async expectFocusOn(name) {
    assert.match(await this.page.evaluate(() => document.activeElement?.labels?.[0]?.textContent ?? ""), new RegExp(`^${name}`));
  }
}

/** What the control with the focus says, signs included. */
function nameOfFocus() {
  const control = document.activeElement;
  const signs = [...control.querySelectorAll("[aria-label]")].map((sign) => sign.ariaLabel ?? sign.getAttribute("aria-label"));
  return [control.textContent, ...signs].join(" ").replace(/\s+/g, " ").trim();
}
