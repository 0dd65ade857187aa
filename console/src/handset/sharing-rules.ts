import type { Fix, Point } from '@words'

const shortestGap = 5_000
const longestGap = 20_000
const worthMetres = 15

/** How far apart two points are, in metres; good to a percent within a town. */
export function metresBetween(one: Point, other: Point): number {
  const metresPerDegree = 111_195
  const north = (other.lat - one.lat) * metresPerDegree
  const east = (other.lon - one.lon) * metresPerDegree * Math.cos((one.lat * Math.PI) / 180)
  return Math.hypot(north, east)
}

/** Whether a fix is worth the radio: each 5 s while the team moves, each 20 s while it stands still. */
export function worthSending(last: Fix | undefined, next: Fix): boolean {
  if (!last) return true
  const gap = next.fixed_at_ms - last.fixed_at_ms
  // One far in the past follows one that a wrong clock had put into the future.
  if (Math.abs(gap) >= longestGap) return true
  return gap >= shortestGap && metresBetween(last.point, next.point) >= worthMetres
}

/** What the phone measured, within the words' limits; `clockOffset` leads from the phone's clock to the server's. */
export function fixFrom(position: GeolocationPosition, clockOffset: number, battery: number | undefined): Fix {
  const { longitude, latitude, accuracy, speed } = position.coords
  const knownSpeed = speed !== null && Number.isFinite(speed) && speed >= 0 && speed <= 100
  return {
    point: { lon: longitude, lat: latitude },
    accuracy_m: Math.min(Math.max(accuracy, 0), 100_000),
    ...(knownSpeed && { speed_m_per_s: speed }),
    ...(battery !== undefined && { battery_percent: battery }),
    fixed_at_ms: Math.round(position.timestamp + clockOffset),
  }
}
