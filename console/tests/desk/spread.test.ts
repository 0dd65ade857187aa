import { describe, expect, it } from 'vitest'
import { offsetOf } from '@/map/spread'

const placesOf = (n: number) => Array.from({ length: n }, (_, nth) => offsetOf(nth, n))

describe('requests at one building stand beside each other on the map', () => {
  it('one alone stands at its point', () => expect(placesOf(1)).toEqual([[0, 0]]))
  it('two share the middle', () => expect(placesOf(2)).toEqual([[-22, 0], [22, 0]]))
  it('a fourth begins a row of its own', () => expect(placesOf(4).at(3)).toEqual([0, 28]))
  it('no two are at one spot', () => {
    for (const many of [2, 5, 9]) expect(new Set(placesOf(many).map(String)).size).toBe(many)
  })
})
