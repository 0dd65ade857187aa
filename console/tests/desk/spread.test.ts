import { describe, expect, it } from 'vitest'
import type { Names } from '@/desk/names'
import { fr } from '@/desk/words/fr'
import { marksOf } from '@/map/marks'
import { offsetOf } from '@/map/spread'
import type { Replica } from '@/link/replica'

const placesOf = (n: number) => Array.from({ length: n }, (_, nth) => offsetOf(nth, n))

describe('requests at one building stand beside each other on the map', () => {
  it('one alone stands at its point', () => expect(placesOf(1)).toEqual([[0, 0]]))
  it('two share the middle', () => expect(placesOf(2)).toEqual([[-22, 0], [22, 0]]))
  it('a fourth begins a row of its own', () => expect(placesOf(4).at(3)).toEqual([0, 28]))
  it('no two are at one spot', () => {
    for (const many of [2, 5, 9]) expect(new Set(placesOf(many).map(String)).size).toBe(many)
  })
})

describe('teams at one point', () => {
  const at = (team: string, lat: number) => [team, { team, fix: { point: { lat, lon: -1.7 }, fixed_at_ms: 0 } }] as const
  const teams = ['t1', 't2', 't3'].map((id) => [id, { id, duty: 'available', members: [] }] as const)
  const marks = (...positions: ReturnType<typeof at>[]) =>
    marksOf({
      replica: { requests: new Map(), positions: new Map(positions), teams: new Map(teams) } as unknown as Replica,
      names: { team: (id: string) => id } as Names,
      selected: undefined,
      text: fr,
      choose: () => {},
    }).map(({ id, offset }) => [id, String(offset)])

  it('stand above each other, in the same order whoever moved last; one elsewhere stands at its point', () => {
    const expected = [['team t1', '0,0'], ['team t2', '0,-28'], ['team t3', '0,0']]
    expect(marks(at('t1', 48.1), at('t2', 48.10001), at('t3', 48.2))).toEqual(expected)
    expect(marks(at('t3', 48.2), at('t2', 48.10001), at('t1', 48.1))).toEqual(expected)
  })
})
