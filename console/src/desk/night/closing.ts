const day = 86_400_000

/** The next moment at which the clocks of `zone` show `hour` (`02:00`), after `now`; also over a change of clocks. */
export function closingAt(hour: string, now: number, zone: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number)
  const start = now - (now % 60_000)
  const guess = start + ((hours * 60 + minutes - minuteOfDay(start, zone) + 1440) % 1440) * 60_000
  const off = hours * 60 + minutes - minuteOfDay(guess, zone)
  const exact = guess + (Math.abs(off) > 720 ? off - Math.sign(off) * 1440 : off) * 60_000
  return exact > now ? exact : exact + day
}

function minuteOfDay(instant: number, zone: string): number {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', options).format(instant).split(':').map(Number)
  return hours * 60 + minutes
}
