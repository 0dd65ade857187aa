import { render } from 'svelte/server'
import { describe, expect, it } from 'vitest'
import Connection from '@/desk/bar/Connection.svelte'
import type { Link } from '@/link/api'
import Announcer from '@/shared/live/Announcer.svelte'
import { announcements, announceNow } from '@/shared/live/announcer.svelte'

describe('what a screen reader is told', () => {
  it('is told again when the same words come again, and twice when two things happen at once', () => {
    for (const text of ['Appel entrant : Numéro masqué', 'Nouvelle urgence', 'Nouvelle urgence']) announceNow(text)
    const told = announcements.lines
    expect(told.map(({ text }) => text)).toEqual(['Appel entrant : Numéro masqué', 'Nouvelle urgence', 'Nouvelle urgence'])
    expect(new Set(told.map(({ id }) => id)).size).toBe(3)
    expect(render(Announcer).body.match(/<p>/g)).toHaveLength(3)
  })

  it('does not grow all night', () => {
    for (let ring = 0; ring < 50; ring++) announceNow(`Appel ${ring}`)
    expect(announcements.lines.map(({ text }) => text)).toEqual(['Appel 46', 'Appel 47', 'Appel 48', 'Appel 49'])
  })

  it('of a cut line is that it is cut, without an age that changes every second', () => {
    const link = { state: { phase: 'cut', since: 0 }, submissions: [] } as unknown as Link
    const { body } = render(Connection, { props: { link } })
    expect(/role="status"[^>]*>([^<]*)</.exec(body)?.[1]).toBe('coupé')
    expect(body).toMatch(/depuis \d/)
  })
})
