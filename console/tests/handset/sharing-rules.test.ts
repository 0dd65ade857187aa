import type { Fix } from '@words'
import { describe, expect, it } from 'vitest'
import { fixFrom, metresBetween, worthSending } from '@/handset/sharing-rules'

const here = { lon: -1.66, lat: 48.128 }
const northBy = (metres: number) => ({ ...here, lat: here.lat + metres / 111_195 })
const fix = (seconds: number, point = here): Fix => ({ point, accuracy_m: 10, fixed_at_ms: seconds * 1000 })

describe('position sharing', () => {
  it('sends the first fix', () => {
    expect(worthSending(undefined, fix(0))).toBe(true)
  })

  it('spares the battery: each 5 s while walking, each 20 s while standing', () => {
    expect(worthSending(fix(0), fix(4, northBy(100)))).toBe(false)
    expect(worthSending(fix(0), fix(5, northBy(100)))).toBe(true)
    expect(worthSending(fix(0), fix(19, northBy(3)))).toBe(false)
    expect(worthSending(fix(0), fix(20, northBy(3)))).toBe(true)
  })

  it('measures in metres within a town', () => {
    expect(metresBetween(here, northBy(250))).toBeCloseTo(250, 0)
    expect(metresBetween(here, { ...here, lon: here.lon + 0.01 })).toBeCloseTo(742, -1)
  })

  it("sends what the phone measured, by the server's clock, within the limits of the words", () => {
    const coords = { longitude: -1.66, latitude: 48.128, accuracy: 250_000, speed: null } as GeolocationCoordinates
    const position = { coords, timestamp: 1_000.4 } as GeolocationPosition
    expect(fixFrom(position, 500, 73)).toEqual({
      ...{ point: here, accuracy_m: 100_000, battery_percent: 73, fixed_at_ms: 1500 },
    })
    const walking = { coords: { ...coords, accuracy: 8, speed: 1.4 }, timestamp: 0 } as GeolocationPosition
    expect(fixFrom(walking, 0, undefined)).toMatchObject({ speed_m_per_s: 1.4, accuracy_m: 8 })
  })
})

describe('a fix after one that a wrong clock had put into the future', () => {
  it('is worth sending', () => expect(worthSending(fix(600), fix(0))).toBe(true))
})
