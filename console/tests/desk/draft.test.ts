import type { DangerSign, Place, Request } from '@words'
import { describe, expect, it } from 'vitest'
import {
  adding,
  amending,
  amendingDraft,
  chooseCategory,
  choosePlace,
  clearPlace,
  contentOf,
  differing,
  emptyDraft,
  missingIn,
  opening,
  placeTyped,
  typeCategory,
  typePlace,
  type Draft,
} from '@/desk/form/draft'

const place: Place = {
  id: 'p1',
  quarter: 'villejean',
  landlord: 'Habitat',
  estate: 'Kennedy',
  street: 'cours Kennedy',
  number: '12',
  hall: 'C',
  point: { lon: -1.7, lat: 48.12 },
}

describe('a request being written down', () => {
  it('begins with what the call already told', () => {
    const draft = emptyDraft('r1', 'c1', { number: '+33612345678', caller_name: 'Mme Le Goff' })
    expect(draft).toMatchObject({ call: 'c1', phone: '+33612345678', callerName: 'Mme Le Goff' })
  })

  it('says what is missing before it is sent', () => {
    const draft = emptyDraft('r1')
    expect(missingIn(draft)).toEqual(['category', 'quarter'])
    expect(missingIn({ ...draft, category: 'noise_home', quarter: 'villejean' })).toEqual([])
  })

  it('sends nothing for fields left empty', () => {
    const command = opening({ ...emptyDraft('r1'), category: 'noise_home', quarter: 'villejean', words: '  ' })
    expect(command.particulars).toEqual({})
    expect('place' in command || 'call' in command).toBe(false)
  })

  it('an address that is typed over is no longer sent, nor the quarter that came with it', () => {
    const draft = { ...emptyDraft('r1'), category: 'noise_home' }
    choosePlace(draft, place)
    expect(placeTyped(draft)).toBe('Kennedy, 12 cours Kennedy, hall C')
    typePlace(draft, placeTyped(draft))
    expect(opening(draft)).toMatchObject({ place, quarter: 'villejean' })
    typePlace(draft, '21 rue de Fl')
    expect('place' in opening(draft)).toBe(false)
    expect(missingIn(draft)).toEqual(['quarter'])
    expect(placeTyped(draft)).toBe('21 rue de Fl')
  })

  it('an address that no place fits is sent at the head of the words, and kept in the draft until then', () => {
    const draft = { ...emptyDraft('r1'), category: 'noise_home', quarter: 'villejean', words: 'Bruit' }
    typePlace(draft, ' 21 rue de Flandre ')
    expect(placeTyped(JSON.parse(JSON.stringify(draft)))).toBe(' 21 rue de Flandre ')
    expect(opening(draft).particulars.words).toBe('21 rue de Flandre\nBruit')
    expect(adding(draft, request, { words: 'Fête' })?.particulars?.words).toBe('Fête\n21 rue de Flandre\nBruit')
    expect(missingIn({ ...draft, words: 'x'.repeat(1990) })).toEqual(['brevity'])
    choosePlace(draft, place)
    expect(opening(draft).particulars.words).toBe('Bruit')
  })

  it('a place that is taken away leaves its quarter', () => {
    const draft = emptyDraft('r1')
    choosePlace(draft, place)
    clearPlace(draft)
    expect(draft).toMatchObject({ place: undefined, quarter: 'villejean', placeText: '' })
  })

  it('a category that is typed over is no longer sent', () => {
    const draft = { ...emptyDraft('r1'), quarter: 'villejean' }
    const named = (id: string) => (id === 'noise_home' ? 'Bruit' : id)
    chooseCategory(draft, { id: 'noise_home', group: 'noise', fr: 'Bruit', en: 'Noise', priority: 'can_wait' })
    typeCategory(draft, 'Bruit', named)
    expect(draft).toMatchObject({ category: 'noise_home', priority: 'can_wait' })
    typeCategory(draft, 'Bruitx', named)
    expect(draft.categoryText).toBe('Bruitx')
    expect(missingIn(draft)).toEqual(['category'])
  })

  const request: Request = {
    id: 'r9',
    number: 9,
    night: '2026-11-21',
    status: 'waiting',
    source: 'landlord',
    category: 'noise_home',
    priority: 'urgent',
    quarter: 'villejean',
    place,
    dangers: ['dog'],
    calls: [],
    assignments: [],
    opened_by: 'a',
    opened_at_ms: 1,
    waiting_since_ms: 1,
    reopened: 0,
  }

  it('a correction begins with what stands', () => {
    const draft = amendingDraft('d1', request, { words: 'Bruit' })
    expect(draft).toMatchObject({
      amends: { request: 'r9', number: 9 },
      priority: 'urgent',
      place,
      dangers: ['dog'],
      words: 'Bruit',
    })
  })

  const correction = (change: Partial<Draft>, dangersNow?: DangerSign[]) => {
    const draft = amendingDraft('d1', request, { words: 'Bruit', door: 'Code 12', caller_name: 'Mme Le Goff' })
    return amending({ ...draft, ...change }, draft.amends!, dangersNow)
  }

  it('a correction sends what was changed, and nothing that a colleague may have changed meanwhile', () => {
    expect(correction({})).toEqual({ type: 'amend_request', request: 'r9' })
    expect(correction({ priority: 'normal' })).toEqual({ type: 'amend_request', request: 'r9', priority: 'normal' })
  })

  it('of the particulars too; what was emptied is erased', () => {
    const command = correction({ door: ' ', callerName: 'Mme Le Gall' })
    expect(command.particulars).toEqual({ door: '', caller_name: 'Mme Le Gall' })
  })

  it('says where it is as a whole: without its place the quarter goes alone', () => {
    const command = correction({ place: undefined })
    expect(command.quarter).toBe('villejean')
    expect('place' in command).toBe(false)
    expect(correction({ place: { ...place, id: 'p2' } })).toMatchObject({ quarter: 'villejean', place: { id: 'p2' } })
  })

  it('ticks and unticks danger signs beside those of colleagues', () => {
    expect(correction({ dangers: ['crowd'] }, ['dog', 'weapon']).dangers).toEqual(['weapon', 'crowd'])
    expect(correction({ dangers: ['dog', 'crowd'] }, ['crowd']).dangers).toEqual(['crowd'])
    expect('dangers' in correction({ dangers: ['dog'] }, ['dog', 'weapon'])).toBe(false)
  })

  it('tells what a colleague changed since it began', () => {
    const stood = contentOf(request, { words: 'Bruit' })
    expect(differing(stood, contentOf({ ...request, dangers: ['dog'] }, { words: 'Bruit' }))).toEqual([])
    const moved = { ...request, category: 'noise_party', quarter: 'maurepas', place: undefined }
    expect(differing(stood, contentOf(moved, { words: 'Fête' }))).toEqual(['category', 'place', 'words'])
  })

  it('a call that is joined to a request adds what was written down already', () => {
    const draft = { ...emptyDraft('d1', 'c2'), words: ' Ils sont vingt ', dangers: ['dog', 'crowd'] as DangerSign[] }
    const more = adding(draft, request, { words: 'Bruit' })
    expect(more).toEqual({
      type: 'amend_request',
      request: 'r9',
      particulars: { words: 'Bruit\nIls sont vingt' },
      dangers: ['dog', 'crowd'],
    })
    expect(adding(emptyDraft('d1', 'c2'), request, { words: 'Bruit' })).toBeUndefined()
    expect(adding({ ...draft, dangers: [] }, request, { words: 'x'.repeat(1990) })).toBeUndefined()
  })
})
