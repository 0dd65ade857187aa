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

  async press(...keys) {
    for (const key of keys) await this.keys.press(key);
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

  async expectFocusOn(name) {
    assert.match(await this.page.evaluate(() => document.activeElement?.labels?.[0]?.textContent ?? ""), new RegExp(`^${name}`));
  }
}
