import { describe, expect, it } from 'vitest'
import { match, nameOf, Presses, type Shortcut } from '@/shared/keys/registry.svelte'

const key = (keys: string[], more: Partial<Shortcut> = {}): Shortcut => ({
  keys,
  label: () => keys.join(),
  group: () => '',
  run: () => undefined,
  ...more,
})
const pressed = (event: Partial<KeyboardEvent>) =>
  nameOf({ key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, ...event })

describe('keys', () => {
  it('a letter typed into a field belongs to the field', () => {
    const answer = key(['A'])
    expect(match('A', false, [answer])).toBe(answer)
    expect(match('A', true, [answer])).toBeUndefined()
  })

  it('sending works from inside a field', () => {
    const send = key(['Ctrl+Enter'], { inFields: true })
    expect(match('Ctrl+Enter', true, [send])).toBe(send)
  })

  it('the newest that applies wins: digits are danger signs while a form is open, else teams', () => {
    const assign = key(['1'])
    let formOpen = true
    const danger = key(['1'], { when: () => formOpen })
    expect(match('1', false, [assign, danger])).toBe(danger)
    formOpen = false
    expect(match('1', false, [assign, danger])).toBe(assign)
  })

  it('digits are read by their place on a French keyboard, where they need shift', () => {
    expect(pressed({ key: '&', code: 'Digit1' })).toBe('1')
    expect(pressed({ key: 'k', code: 'KeyK', ctrlKey: true })).toBe('Ctrl+K')
  })
})

describe('a press', () => {
  const press = (at: number, more: Partial<{ repeat: boolean; sends: boolean }> = {}) => ({
    ...{ at, repeat: false, sends: true },
    ...more,
  })

  it('that is held down counts once, but for arrows', () => {
    const presses = new Presses()
    expect(presses.counts('R', press(0))).toBe(true)
    expect(presses.counts('R', press(900, { repeat: true }))).toBe(false)
    expect(presses.counts('ArrowDown', press(30, { repeat: true, sends: false }))).toBe(true)
  })

  it('of a hasty hand sends once; a second one that was meant sends again', () => {
    const presses = new Presses()
    expect([0, 200, 499, 1000].map((at) => presses.counts('P', press(at)))).toEqual([true, false, false, true])
  })

  it('of a hand that goes on hammering sends once in all', () => {
    const presses = new Presses()
    expect([0, 260, 520, 780].filter((at) => presses.counts('P', press(at)))).toEqual([0])
  })

  it('of another key, or of one that sends nothing, is not held back', () => {
    const presses = new Presses()
    expect(presses.counts('P', press(0))).toBe(true)
    expect(presses.counts('R', press(50))).toBe(true)
    expect([0, 50].map((at) => presses.counts('G', press(at, { sends: false })))).toEqual([true, true])
  })
})
