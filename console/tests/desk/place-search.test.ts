import type { Place } from '@words'
import { describe, expect, it } from 'vitest'
import { noteOn, offeredFor, pauseBefore, queryOf } from '@/desk/form/place-search'

const place = { id: 'p1' } as Place
const found = { query: '12 rue', places: [place] }

describe('the search for a place', () => {
  it('asks from two letters on', () => {
    expect(queryOf(' 1 ')).toBeUndefined()
    expect(queryOf(' 12 ')).toBe('12')
  })

  it('offers what was found for these letters, and nothing of what was found for earlier ones', () => {
    expect(offeredFor('12 rue', found)).toEqual([place])
    expect(offeredFor('12 rue d', found)).toEqual([])
    expect(offeredFor('12 rue', { query: '12 rue' })).toEqual([])
    expect(offeredFor(undefined, undefined)).toEqual([])
  })

  it('goes on while it fails, and no longer', () => {
    expect(pauseBefore(undefined, undefined)).toBeUndefined()
    expect(pauseBefore('12 rue', undefined)).toBe(120)
    expect(pauseBefore('12 rue', { query: '12 rue' })).toBe(3000)
    expect(pauseBefore('12 rue d', { query: '12 rue' })).toBe(120)
    expect(pauseBefore('12 rue', found)).toBeUndefined()
  })

  it('says how it stands', () => {
    expect(noteOn(undefined, found)).toBeUndefined()
    expect(noteOn('12 rue d', found)).toBe('searching')
    expect(noteOn('12 rue', { query: '12 rue' })).toBe('failed')
    expect(noteOn('12 rue', { query: '12 rue', places: [] })).toBe('none')
    expect(noteOn('12 rue', found)).toBe('unchosen')
  })
})
