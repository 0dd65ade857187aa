import type { DangerSign, Place, Request } from '@words'
import { describe, expect, it } from 'vitest'
import { adding, amending, amendingDraft, emptyDraft, missingIn, opening } from '@/desk/form/draft'

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
      amends: 'r9',
      number: 9,
      priority: 'urgent',
      place,
      dangers: ['dog'],
      words: 'Bruit',
    })
  })

  it('a correction sends of the particulars what was changed; what was emptied is erased', () => {
    const draft = amendingDraft('d1', request, { words: 'Bruit', door: 'Code 12', caller_name: 'Mme Le Goff' })
    const command = amending({ ...draft, door: ' ', callerName: 'Mme Le Gall', place: undefined }, 'r9')
    expect(command.particulars).toEqual({ door: '', caller_name: 'Mme Le Gall' })
    expect(command.quarter).toBe('villejean')
    expect('place' in command).toBe(false)
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
