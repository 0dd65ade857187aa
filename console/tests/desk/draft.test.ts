import type { Place } from '@words'
import { describe, expect, it } from 'vitest'
import { amendingDraft, emptyDraft, missingIn, opening } from '@/desk/form/draft'

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

  it('a correction begins with what stands', () => {
    const request = {
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
    } as const
    const draft = amendingDraft(
      'd1',
      { ...request, dangers: [...request.dangers], calls: [], assignments: [] },
      { words: 'Bruit' },
    )
    expect(draft).toMatchObject({
      amends: 'r9',
      number: 9,
      priority: 'urgent',
      place,
      dangers: ['dog'],
      words: 'Bruit',
    })
  })
})
