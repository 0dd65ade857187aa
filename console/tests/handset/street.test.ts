import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Place } from '@words'
import type { Link } from '@/link/api'
import { emptyReplica } from '@/link/replica'
import { Handset } from '@/handset/handset.svelte'
import { emptySketch, isBegun, readSketch, toldIn, writeSketch } from '@/handset/street'
import { Notes } from '@/shared/notes/notes'
import { FakeStorage } from '../fake-storage'
import { service } from '../link/words'

const device = new FakeStorage()
const notes = () => new Notes('rennes.binome-1')

beforeEach(() => {
  device.clear()
  vi.stubGlobal('localStorage', device)
})
afterEach(() => vi.unstubAllGlobals())

const submit = vi.fn()
const link = { replica: emptyReplica(), submissions: [], submit } as unknown as Link
const handset = () => new Handset(link, 'binome-1', notes())

describe('a request begun in the street', () => {
  it('is there again after an offer rang, and after a reload', () => {
    const before = handset()
    before.street.words = 'Des cris au 3e'
    writeSketch(before.notes, before.street)
    before.inStreet = false
    expect(before.street.words).toBe('Des cris au 3e')
    expect(handset().street.words).toBe('Des cris au 3e')
  })

  it('is gone once it was sent', () => {
    const phone = handset()
    phone.street.words = 'Des cris au 3e'
    phone.inStreet = true
    phone.openRequest({ quarter: service.quarters[0]!, category: service.categories[0]!, words: 'Des cris au 3e' })
    writeSketch(phone.notes, phone.street)
    expect(submit).toHaveBeenCalledOnce()
    expect(phone.inStreet).toBe(false)
    expect(isBegun(readSketch(notes()))).toBe(false)
    expect(Object.keys(device)).toEqual([])
  })

  it('keeps the place that is only typed, and tells it in words', () => {
    const sketch = { ...emptySketch(), search: ' 12 rue des Fougères ', words: 'Des cris au 3e' }
    writeSketch(notes(), sketch)
    expect(readSketch(notes())).toEqual(sketch)
    expect(toldIn(sketch)).toBe('12 rue des Fougères\nDes cris au 3e')
    expect(toldIn({ ...emptySketch(), words: 'Des cris' })).toBe('Des cris')
  })

  it('does not tell in words what was typed to find a place that is chosen', () => {
    const place = { id: 'p1' } as Place
    expect(toldIn({ ...emptySketch(), place, search: 'foug', words: 'Des cris' })).toBe('Des cris')
  })

  it('is read as it was kept by an older version of the page', () => {
    notes().write('street', { words: 'Des cris' })
    expect(readSketch(notes())).toEqual({ ...emptySketch(), words: 'Des cris' })
  })

  it('is kept for its account alone', () => {
    writeSketch(notes(), { ...emptySketch(), words: 'Des cris' })
    expect(isBegun(readSketch(new Notes('rennes.binome-2')))).toBe(false)
  })

  it("is not offered to the next night's pair", () => {
    vi.useFakeTimers()
    writeSketch(notes(), { ...emptySketch(), words: 'Des cris' })
    vi.advanceTimersByTime(10 * 3_600_000)
    writeSketch(notes(), readSketch(notes())) // as when the page is loaded anew
    vi.advanceTimersByTime(7 * 3_600_000)
    expect(isBegun(readSketch(notes()))).toBe(false)
    vi.useRealTimers()
  })

  it('is begun with the first choice', () => {
    expect(isBegun(emptySketch())).toBe(false)
    expect(isBegun({ ...emptySketch(), family: 'noise' })).toBe(true)
  })
})
