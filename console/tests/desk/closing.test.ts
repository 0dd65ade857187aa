import { describe, expect, it } from 'vitest'
import { closingAt } from '@/desk/night/closing'

const at = (iso: string) => Date.parse(iso)
const paris = 'Europe/Paris'

describe('when a night opened by hand closes', () => {
  it('past midnight, the next day', () => {
    expect(closingAt('02:00', at('2026-11-21T20:00:00Z'), paris)).toBe(at('2026-11-22T01:00:00Z'))
  })
  it('later the same day', () => {
    expect(closingAt('23:30', at('2026-11-21T12:10:20Z'), paris)).toBe(at('2026-11-21T22:30:00Z'))
  })
  it('in the night in which the clocks go back, 04:00 is the new 04:00', () => {
    expect(closingAt('04:00', at('2026-10-24T20:00:00Z'), paris)).toBe(at('2026-10-25T03:00:00Z'))
  })
})
