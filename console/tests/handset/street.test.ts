import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Place } from '@words'
import type { Link } from '@/link/api'
import { emptyReplica } from '@/link/replica'
import { Handset } from '@/handset/handset.svelte'
import { emptySketch, isBegun, readSketch, toldIn, writeSketch } from '@/handset/street'
import { service } from '../link/words'

const kept = new Map<string, string>()

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

const submit = vi.fn()
const handset = () => new Handset({ replica: emptyReplica(), submissions: [], submit } as unknown as Link, 'binome-1')

describe('a request begun in the street', () => {
  it('is there again after an offer rang, and after a reload', () => {
    const before = handset()
    before.street.words = 'Des cris au 3e'
    writeSketch(before.street)
    before.inStreet = false
    expect(before.street.words).toBe('Des cris au 3e')
    expect(handset().street.words).toBe('Des cris au 3e')
  })

  it('is gone once it was sent', () => {
    const phone = handset()
    phone.street.words = 'Des cris au 3e'
    phone.inStreet = true
    phone.openRequest({ quarter: service.quarters[0]!, category: service.categories[0]!, words: 'Des cris au 3e' })
    writeSketch(phone.street)
    expect(submit).toHaveBeenCalledOnce()
    expect(phone.inStreet).toBe(false)
    expect(isBegun(readSketch())).toBe(false)
    expect(kept.size).toBe(0)
  })

  it('keeps the place that is only typed, and tells it in words', () => {
    const sketch = { ...emptySketch(), search: ' 12 rue des Fougères ', words: 'Des cris au 3e' }
    writeSketch(sketch)
    expect(readSketch()).toEqual(sketch)
    expect(toldIn(sketch)).toBe('12 rue des Fougères\nDes cris au 3e')
    expect(toldIn({ ...emptySketch(), words: 'Des cris' })).toBe('Des cris')
  })

  it('does not tell in words what was typed to find a place that is chosen', () => {
    const place = { id: 'p1' } as Place
    expect(toldIn({ ...emptySketch(), place, search: 'foug', words: 'Des cris' })).toBe('Des cris')
  })

  it('is read as it was kept by an older version of the page', () => {
    kept.set('vigie:street', '{"words":"Des cris"}')
    expect(readSketch()).toEqual({ ...emptySketch(), words: 'Des cris' })
  })

  it('is begun with the first choice', () => {
    expect(isBegun(emptySketch())).toBe(false)
    expect(isBegun({ ...emptySketch(), family: 'noise' })).toBe(true)
  })
})
