import type { Assignment, Request, Team } from '@words'
import { describe, expect, it } from 'vitest'
import { actionsWith } from '@/desk/teams/radio'
import { fr as text } from '@/desk/words/fr'
import { fr as shared } from '@/shared/i18n/fr'

const words = { text, shared }
const team = (duty: Team['duty']): Team => ({ id: 'binome-1', duty, since_ms: 0, members: [], transport: 'on_foot' })
const mission = (status: Assignment['status']) => ({ id: 'a1', request: 'r1', team: 'binome-1', status }) as Assignment
const request = (id: string, more: Partial<Request> = {}) =>
  ({ id, number: 7, status: 'waiting', assignments: [], ...more }) as unknown as Request
const namesOf = (...given: [Team, Assignment?, Request?]) =>
  actionsWith(given[0], given[1], given[2], words).map(({ name }) => name)

describe('what the desk does for a team that calls by radio', () => {
  it('a free team takes a break or ends its duty, a resting one comes back', () => {
    expect(namesOf(team('available'))).toEqual(['Pause', 'Fin de service'])
    expect(namesOf(team('on_break'))).toEqual(['Fin de pause', 'Fin de service'])
    expect(namesOf(team('off'))).toEqual([])
  })

  it('a team on its way may skip a step, and ends with what came of it', () => {
    const names = namesOf(team('available'), mission('en_route'))
    expect(names.slice(0, 2)).toEqual(['sur place', 'contact établi'])
    expect(names).toContain('termine, Apaisé sur place')
    expect(names).not.toContain('en route')
  })

  it('an offer is accepted or refused with a reason', () => {
    const names = namesOf(team('available'), mission('offered'))
    expect(names[0]).toBe('accepte')
    expect(names).toContain('refuse, trop loin')
  })

  it('a busy team is sent to the selected request, as a reinforcement where somebody is on it', () => {
    const reassign = (selected: Request) =>
      actionsWith(team('available'), mission('on_site'), selected, words).find(({ name }) => name.startsWith('Réaff'))
    expect(reassign(request('r2'))?.command).toMatchObject({ type: 'reassign_team', from: 'a1', reinforcement: false })
    expect(reassign(request('r2', { assignments: ['a9'] }))?.command).toMatchObject({ reinforcement: true })
    expect(reassign(request('r1'))).toBeUndefined()
    expect(reassign(request('r2', { status: 'closed' }))).toBeUndefined()
  })
})
