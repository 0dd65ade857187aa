import { describe, expect, it } from 'vitest'
import { Hand } from '@/desk/hand.svelte'

/** A part of the screen that holds two rows. */
const part = { contains: (one: unknown) => one === 'row 1' || one === 'row 2', matches: () => true }
const focus = (relatedTarget: unknown, currentTarget: object = part) =>
  ({ currentTarget, relatedTarget }) as unknown as FocusEvent

describe('a hand', () => {
  it('stays in while the focus does, though the pointer has left', () => {
    const hand = new Hand()
    hand.listeners.onfocusin(focus(null))
    hand.listeners.onpointerenter()
    hand.listeners.onpointerleave()
    expect(hand.isIn).toBe(true)
    hand.listeners.onfocusout(focus(null))
    expect(hand.isIn).toBe(false)
  })

  it('stays in while the pointer does, though the focus has left', () => {
    const hand = new Hand()
    hand.listeners.onpointerenter()
    hand.listeners.onfocusin(focus(null))
    hand.listeners.onfocusout(focus('elsewhere'))
    expect(hand.isIn).toBe(true)
    hand.listeners.onpointerleave()
    expect(hand.isIn).toBe(false)
  })

  it('stays in while the focus goes from row to row, and is gone with the row that had it', () => {
    const hand = new Hand()
    hand.listeners.onfocusin(focus(null))
    hand.listeners.onfocusout(focus('row 2'))
    expect(hand.isIn).toBe(true)
    hand.listeners.onfocusin(focus(null, { ...part, matches: () => false }))
    expect(hand.isIn).toBe(false)
  })
})
