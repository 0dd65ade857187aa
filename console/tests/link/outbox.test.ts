import type { Command, Submit } from '@words'
import { describe, expect, it } from 'vitest'
import { Outbox, type Kept, type Outcome } from '@/link/outbox'
import { FakeTiming } from './fake-timing'

const commands: Command[] = [
  { type: 'accept_assignment', assignment: 'a1' },
  { type: 'report_progress', assignment: 'a1', milestone: 'en_route' },
  { type: 'report_progress', assignment: 'a1', milestone: 'on_site' },
]
const entry = (order: number): Kept => ({
  ...{ id: `c${order}`, scope: 'rennes/binome-1', lane: 'l', order, made_at_ms: order },
  command: commands[order % 3]!,
})

function given(patient = false) {
  const timing = new FakeTiming()
  const sent: string[] = []
  const store = new Map<string, Kept>()
  const answers: [string, Outcome][] = []
  const elsewhere = new Set<string>()
  const outbox = new Outbox({
    timing,
    patient,
    store: {
      keep: async (each) => void store.set(each.id, each),
      remove: async (id) => void store.delete(id),
      withdraw: async ({ id }) => !elsewhere.has(id) && store.delete(id),
    },
    send: (frame: Submit) => sent.push(frame.id) > 0,
    onAnswer: (each, outcome) => answers.push([each.id, outcome]),
    onSent: () => {},
  })
  return { timing, sent, store, answers, elsewhere, outbox }
}

describe('an outbox', () => {
  it('keeps commands while the network is away and sends them in order, each after the last was answered', () => {
    const { outbox, sent, store } = given()
    for (const order of [1, 2, 3]) void outbox.add(entry(order))
    expect(sent).toEqual([])
    expect([...store.keys()]).toEqual(['c1', 'c2', 'c3'])
    outbox.resume()
    expect(sent).toEqual(['c1'])
    outbox.answer({ type: 'accepted', id: 'c1', version: 8 })
    outbox.answer({ type: 'accepted', id: 'c2', version: 9 })
    expect(sent).toEqual(['c1', 'c2', 'c3'])
  })

  it('asks again within two seconds when the journal is back, however long it was away', () => {
    const { outbox, sent, timing } = given(true)
    timing.luck = 1
    outbox.resume()
    void outbox.add(entry(1))
    for (let time = 0; time < 6; time += 1) {
      outbox.answer({ type: 'rejected', id: 'c1', reason: 'journal_unavailable' })
      timing.pass(60_000)
    }
    outbox.answer({ type: 'rejected', id: 'c1', reason: 'journal_unavailable' })
    const before = sent.length
    timing.pass(2_000)
    expect(sent).toHaveLength(before)
    outbox.journalIsBack()
    timing.pass(2_000)
    expect(sent).toHaveLength(before + 1)
  })

  it('sends the unanswered command again with the same id after a cut', () => {
    const { outbox, sent } = given()
    outbox.resume()
    void outbox.add(entry(1))
    void outbox.add(entry(2))
    outbox.pause()
    outbox.resume()
    expect(sent).toEqual(['c1', 'c1'])
  })

  it('forgets an answered command and tells by which commit it was taken down', () => {
    const { outbox, store, answers } = given()
    outbox.resume()
    void outbox.add(entry(1))
    outbox.answer({ type: 'accepted', id: 'c1', version: 8 })
    expect(store.size).toBe(0)
    expect(answers).toEqual([['c1', { version: 8 }]])
    expect(outbox.waiting).toEqual([])
  })

  it('hands back a rejected command with its reason and goes on with the next', () => {
    const { outbox, sent, store, answers } = given()
    outbox.resume()
    void outbox.add(entry(1))
    void outbox.add(entry(2))
    outbox.answer({ type: 'rejected', id: 'c1', reason: 'assignment_ended', path: 'assignment' })
    expect(answers).toEqual([['c1', { rejection: 'assignment_ended', path: 'assignment' }]])
    expect([...store.keys()]).toEqual(['c2'])
    expect(sent).toEqual(['c1', 'c2'])
  })

  it("keeps a handset's refused command until it was read, and does not send it when it is taken over", () => {
    const { outbox, store, sent } = given(true)
    outbox.resume()
    void outbox.add(entry(1))
    outbox.answer({ type: 'rejected', id: 'c1', reason: 'assignment_ended', path: 'assignment' })
    expect(store.get('c1')).toEqual({
      ...entry(1),
      refused: { rejection: 'assignment_ended', path: 'assignment' },
    })
    const next = given(true)
    next.outbox.adopt([...store.values()])
    next.outbox.resume()
    expect(sent).toEqual(['c1'])
    expect(next.sent).toEqual([])
    expect(next.outbox.waiting).toEqual([])
  })

  it('hands back a command that the server cannot read, instead of sending it for ever', () => {
    const { outbox, sent, answers } = given(true)
    outbox.resume()
    void outbox.add(entry(1))
    void outbox.add(entry(2))
    outbox.fault({ type: 'fault', kind: 'malformed', path: 'fix.accuracy_m', problem: 'out of range' })
    expect(answers).toEqual([])
    outbox.fault({ type: 'fault', kind: 'malformed', path: 'command.milestone', problem: 'unknown' })
    expect(answers).toEqual([['c1', { rejection: 'malformed', path: 'command.milestone' }]])
    expect(sent).toEqual(['c1', 'c2'])
  })

  it('passes over an answer that comes twice', () => {
    const { outbox, answers } = given()
    outbox.resume()
    void outbox.add(entry(1))
    outbox.answer({ type: 'accepted', id: 'c1', version: 8 })
    outbox.answer({ type: 'accepted', id: 'c1', version: 8 })
    expect(answers).toHaveLength(1)
  })

  it('asks again when an answer does not come although the line stands', () => {
    const { outbox, sent, timing } = given()
    outbox.resume()
    void outbox.add(entry(1))
    timing.pass(60_000)
    expect(sent.length).toBeGreaterThan(1)
    expect(new Set(sent)).toEqual(new Set(['c1']))
  })

  it("a handset's command waits for a journal that is away, and none overtakes it", () => {
    const { outbox, sent, answers, timing } = given(true)
    outbox.resume()
    void outbox.add(entry(1))
    void outbox.add(entry(2))
    outbox.answer({ type: 'rejected', id: 'c1', reason: 'journal_unavailable' })
    expect(sent).toEqual(['c1'])
    timing.pass(10_000)
    expect(sent.at(-1)).toBe('c1')
    outbox.answer({ type: 'accepted', id: 'c1', version: 8 })
    expect(sent.at(-1)).toBe('c2')
    expect(answers).toHaveLength(1)
  })

  it('asks a journal that is away ever more rarely, and a crowd not all at once', () => {
    const pauses = (chance: number) => {
      const { outbox, sent, timing } = given(true)
      timing.luck = chance
      outbox.resume()
      void outbox.add(entry(1))
      return Array.from({ length: 8 }, () => {
        const [asked, began] = [sent.length, timing.now()]
        outbox.answer({ type: 'rejected', id: 'c1', reason: 'journal_unavailable' })
        while (sent.length === asked) timing.pass(100)
        return timing.now() - began
      })
    }
    const [hasty, patient] = [pauses(0), pauses(0.99)]
    expect(Math.max(...hasty)).toBeLessThanOrEqual(1_000)
    expect(patient[0]).toBeLessThanOrEqual(2_000)
    expect(patient[3]).toBeGreaterThan(4 * patient[0]!)
    expect(Math.max(...patient)).toBeLessThanOrEqual(60_000)
  })

  it("a desk's command comes back at once when the journal is away", () => {
    const { outbox, answers } = given(false)
    outbox.resume()
    void outbox.add(entry(1))
    outbox.answer({ type: 'rejected', id: 'c1', reason: 'journal_unavailable' })
    expect(answers).toEqual([['c1', { rejection: 'journal_unavailable' }]])
  })

  it('takes back a command that waits for the line, and never sends it', async () => {
    const { outbox, sent, store } = given()
    void outbox.add(entry(1))
    void outbox.add(entry(2))
    expect(await outbox.cancel('c1')).toBe(true)
    outbox.resume()
    expect([sent, [...store.keys()]]).toEqual([['c2'], ['c2']])
  })

  it('takes back nothing that the server may have: sent before a cut, or refused for now and tried again', async () => {
    const { outbox, sent } = given()
    outbox.resume()
    void outbox.add(entry(1))
    outbox.pause()
    expect(await outbox.cancel('c1')).toBe(false)
    outbox.resume()
    outbox.answer({ type: 'rejected', id: 'c1', reason: 'journal_unavailable' })
    outbox.pause()
    void outbox.add(entry(1))
    expect(await outbox.cancel('c1')).toBe(false)
    outbox.resume()
    expect(sent).toEqual(['c1', 'c1', 'c1'])
  })

  it('takes back nothing of an earlier page, nor what another page has taken over', async () => {
    const { outbox, elsewhere } = given()
    outbox.adopt([entry(1)])
    void outbox.add(entry(2))
    elsewhere.add('c2')
    expect([await outbox.cancel('c1'), await outbox.cancel('c2'), await outbox.cancel('c9')]).toEqual([false, false, false])
    expect(outbox.waiting.map(({ id }) => id)).toEqual(['c1', 'c2'])
  })

  it('sends the commands of an earlier page first', () => {
    const { outbox, sent } = given()
    void outbox.add(entry(5))
    outbox.adopt([entry(1), entry(2)])
    outbox.resume()
    expect(sent).toEqual(['c1'])
    expect(outbox.waiting.map((each) => each.id)).toEqual(['c1', 'c2', 'c5'])
  })
})
