/** A wait as `m:ss`, or `h:mm:ss` from an hour on; a time to come counts as none. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

/** A longer span in words, to the minute: `2 h 46`, `12 min`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** The hour in the service's zone, 24 h: `23:14`. */
export function hour(instant: number, zone: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const
  return new Intl.DateTimeFormat('en-GB', options).format(instant)
}

/** A night's date, as `sam. 21 nov.`. */
export function nightDate(date: string, locale: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${date}T12:00:00Z`))
}

const daybreak = 6 * 3_600_000

/** The date of the night that an instant belongs to: a night ends at six in the morning, `2026-11-21`. */
export const nightOf = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(instant - daybreak)

/** Metres as people say them: `350 m`, `1,2 km`. */
export function distance(metres: number, locale: string): string {
  if (metres < 1000) return `${Math.max(10, Math.round(metres / 10) * 10)} m`
  return `${(metres / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })} km`
}
