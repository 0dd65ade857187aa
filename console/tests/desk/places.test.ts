import { describe, expect, it } from 'vitest'
import { Places } from '@/desk/teams/places'

describe('a digit that sends a proposed team', () => {
  it('sends the first advice at once', () => {
    const places = new Places()
    places.show(['b1', 'b2'], 0)
    expect([places.at(0, 10), places.at(1, 10), places.at(2, 10)]).toEqual(['b1', 'b2', undefined])
  })

  it('sends nobody while the team under it has only just come there', () => {
    const places = new Places()
    places.show(['b1', 'b2', 'b3'], 0)
    places.show(['b2', 'b1', 'b3'], 5_000)
    expect([places.at(0, 5_600), places.at(1, 5_600)]).toEqual([undefined, undefined])
    expect(places.at(2, 5_600)).toBe('b3')
    expect([places.at(0, 5_700), places.at(1, 5_700)]).toEqual(['b2', 'b1'])
  })

  it('goes on counting when the same advice comes again', () => {
    const places = new Places()
    places.show(['b1', 'b2'], 0)
    places.show(['b2', 'b1'], 1_000)
    places.show(['b2', 'b1'], 1_500)
    expect(places.at(0, 1_700)).toBe('b2')
  })
})
