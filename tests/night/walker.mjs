// A pair on foot: somewhere, on its way to somewhere else.
const metresPerDegree = 111_320;
const walking = 1.3; // metres a second

export class Walker {
  constructor(stage, start) {
    Object.assign(this, { stage, from: start, to: start, leftAt: Date.now(), arrivesAt: Date.now() });
  }

  /** Sets off; resolves on arrival, at the night's pace. */
  async walkTo(point) {
    const here = this.here();
    const minutes = Math.min(25, (distance(here, point) * 1.3) / walking / 60);
    Object.assign(this, { from: here, to: point, leftAt: Date.now(), arrivesAt: Date.now() + (minutes * 60_000) / this.stage.pace });
    await this.stage.pass(minutes);
  }

  here() {
    const share = Math.min(1, (Date.now() - this.leftAt) / Math.max(1, this.arrivesAt - this.leftAt));
    const between = (key) => this.from[key] + (this.to[key] - this.from[key]) * share;
    return { lon: between("lon"), lat: between("lat") };
  }

  fix() {
    const moving = Date.now() < this.arrivesAt;
    return { point: this.here(), accuracy_m: 8, speed_m_per_s: moving ? walking : 0, battery_percent: 80, fixed_at_ms: Date.now() };
  }
}

function distance(a, b) {
  const north = (b.lat - a.lat) * metresPerDegree;
  const east = (b.lon - a.lon) * metresPerDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}
