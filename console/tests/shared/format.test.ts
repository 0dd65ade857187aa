import { describe, expect, it } from 'vitest'
import { age, distance, hour, nightDate, nightOf, span } from '@/shared/time/format'

describe('times on screen', () => {
  it('a wait counts up as m:ss, past the hour as h:mm:ss', () => {
    expect(age(7 * 60_000 + 12_999)).toBe('7:12')
    expect(age(3_661_000)).toBe('1:01:01')
  })
  it('a clock that runs ahead never shows a negative wait', () => expect(age(-400)).toBe('0:00'))
  it('hours are those of the service, not of the device', () => {
    const evening = Date.parse('2026-11-21T22:14:00Z')
    expect(hour(evening, 'Europe/Paris')).toBe('23:14')
    expect(hour(evening, 'Indian/Reunion')).toBe('02:14')
  })
  it('a night keeps its own date', () => expect(nightDate('2026-11-21', 'fr-FR')).toBe('sam. 21 nov.'))
  it('the small hours belong to the night before', () => {
    const night = (instant: string) => nightOf(Date.parse(instant), 'Europe/Paris')
    expect([night('2026-11-21T22:10:00+01:00'), night('2026-11-22T01:50:00+01:00')]).toEqual(['2026-11-21', '2026-11-21'])
    expect(night('2026-11-22T14:15:00+01:00')).toBe('2026-11-22')
  })
  it('spans and distances as people say them', () => {
    expect(span(166 * 60_000)).toBe('2 h 46')
    expect(span(9 * 60_000)).toBe('9 min')
    expect(distance(468, 'fr-FR')).toBe('470 m')
    expect(distance(2_340, 'fr-FR')).toBe('2,3 km')
  })
})
