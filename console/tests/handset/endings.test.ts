import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Command } from '@words'
import type { Link, Submission } from '@/link/api'
import { emptyReplica } from '@/link/replica'
import { endingsToTell } from '@/handset/endings'
import { Handset } from '@/handset/handset.svelte'
import { writeReport } from '@/handset/report-draft'
import { Notes } from '@/shared/notes/notes'
import { clock } from '@/shared/time/ticker.svelte'
import { FakeStorage } from '../fake-storage'
import { assignment, request, team } from '../link/words'

const device = new FakeStorage()
const link = (phase = 'live') =>
  ({ state: { phase, since: 0 }, replica: emptyReplica(), submissions: [], submit: vi.fn() }) as unknown as Link

beforeEach(() => {
  device.clear()
  vi.stubGlobal('localStorage', device)
})
afterEach(() => {
  vi.unstubAllGlobals()
  clock.setOffset(0)
})

/** A handset on duty that stands before this task. */
function phoneWith(given: Parameters<typeof assignment>[0], on = link()): Handset {
  on.replica.teams.set('binome-1', team())
  on.replica.requests.set('r1', request())
  on.replica.assignments.set('a1', assignment(given))
  return new Handset(on, 'binome-1', new Notes('rennes.binome-1'))
}

const now = 1_000_000
const at = (moment: number) => (clock.setOffset(0), clock.setOffset(moment - clock.now))

describe('an offer that runs out', () => {
  it('can be answered in the grace where there is a line, and not after its time where there is none', () => {
    at(now)
    const [live, cut] = (['live', 'cut'] as const).map((phase) => phoneWith({ answer_by_ms: now + 1 }, link(phase)))
    expect([live!.answerable, cut!.answerable]).toEqual([true, true])
    at(now + 1)
    expect([live!.answerable, cut!.answerable]).toEqual([true, false])
    at(now + 6_000)
    expect(live!.answerable).toBe(false)
  })

  it('leaves the screen when the pair has seen it, and is not told again when the server says so', () => {
    const phone = phoneWith({ answer_by_ms: now }, link('cut'))
    at(now - 1)
    phone.passOver()
    expect(phone.screen).toBe('offer')
    at(now)
    phone.passOver()
    expect(phone.screen).toBe('free')
    phone.link.replica.assignments.set('a1', assignment({ status: 'expired' }))
    expect(phone.endings).toEqual([])
  })
})

describe('a task that others ended', () => {
  const nothing = { seen: [], current: undefined, reports: [] }
  const toldOf = (tasks: ReturnType<typeof assignment>[], own = {}) =>
    endingsToTell(tasks, 'binome-1', { ...nothing, ...own }).map(({ id }) => id)

  it('is told when it was taken away, until that was seen, or another follows', () => {
    const taken = assignment({ status: 'withdrawn', offered_at_ms: 5 })
    expect(toldOf([taken])).toEqual(['a1'])
    expect(toldOf([taken], { seen: ['a1'] })).toEqual([])
    expect(toldOf([taken, assignment({ id: 'a2', offered_at_ms: 9 })])).toEqual([])
    expect(toldOf([assignment({ status: 'expired', team: 'binome-2' })])).toEqual([])
  })

  it('is told when it had to give way to another in one step, until that was seen', () => {
    const old = assignment({ status: 'withdrawn', withdrawal: 'reassigned', offered_at_ms: 5, ended_at_ms: 9 })
    expect(toldOf([old, assignment({ id: 'a2', offered_at_ms: 9 })])).toEqual(['a1'])
    expect(toldOf([old, assignment({ id: 'a2', offered_at_ms: 9 })], { seen: ['a1'] })).toEqual([])
    const nextGone = assignment({ id: 'a2', offered_at_ms: 9, status: 'withdrawn' })
    expect(toldOf([old, nextGone])).toEqual(['a1', 'a2'])
    expect(toldOf([old, assignment({ id: 'a3', offered_at_ms: 20 })])).toEqual([])
  })

  it('is told when it was cleared while the pair was on it, and not when the pair did so itself', () => {
    const cleared = assignment({ status: 'cleared', disposition: 'calmed_on_site' })
    expect(toldOf([cleared], { current: 'a1' })).toEqual(['a1'])
    expect(toldOf([cleared])).toEqual([])
    const phone = phoneWith({ status: 'contact_made' })
    phone.beOn('a1')
    phone.clear('calmed_on_site', undefined, '')
    phone.link.replica.assignments.set('a1', cleared)
    expect(phone.endings).toEqual([])
  })

  it('is told with the report that was begun, also when another follows, until that was seen', () => {
    const phone = phoneWith({ status: 'withdrawn', withdrawal: 'reassigned' })
    phone.link.replica.assignments.set('a2', assignment({ id: 'a2', status: 'accepted', offered_at_ms: 9_000 }))
    expect(phone.endings).toEqual([])
    writeReport(phone.notes, 'a1', { note: 'Deux jeunes calmés' })
    writeReport(phone.notes, 'a2', { note: 'Autre chose' })
    expect(phone.endings.map(({ id }) => id)).toEqual(['a1'])
    phone.seeEnded(phone.endings[0]!)
    expect(phone.endings).toEqual([])
  })
})

describe('what came too late for a task that is over', () => {
  const refusal = (command: Command) =>
    ({ id: command.type, command, state: 'rejected', dismiss: vi.fn() }) as unknown as Submission
  const late = [
    refusal({ type: 'report_progress', assignment: 'a1', milestone: 'on_site' }),
    refusal({ type: 'clear_assignment', assignment: 'a1', disposition: 'calmed_on_site' }),
  ]
  const other = refusal({ type: 'take_break', team: 'binome-1' })

  it('is told once, with how the task ended, and cannot be tried again', () => {
    const phone = phoneWith({ status: 'withdrawn' }, { ...link(), submissions: [...late, other] })
    expect(phone.rejected).toEqual([other])
    expect(phone.endings.map(({ id, refused }) => [id, refused])).toEqual([['a1', late]])
    phone.seeEnded(phone.endings[0]!)
    for (const each of late) expect(each.dismiss).toHaveBeenCalledOnce()
    expect(other.dismiss).not.toHaveBeenCalled()
  })

  it('can be tried again as long as the task goes on', () => {
    const phone = phoneWith({ status: 'accepted' }, { ...link(), submissions: late })
    expect(phone.rejected).toEqual(late)
    expect(phone.endings).toEqual([])
  })
})
