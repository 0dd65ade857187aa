import type { Assignment, Call, Request } from '@words'
import type { DeskText } from '../words/text'
import type { Shared } from '@/shared/i18n/shared'

/** One line of what happened. */
export interface Happening {
  readonly at: number
  readonly what: string
}

export interface Told {
  readonly request: Request
  readonly calls: readonly Call[]
  readonly assignments: readonly Assignment[]
  readonly nameOf: (team: string) => string
  readonly person: (account: string | undefined) => string
  readonly text: DeskText
  readonly shared: Shared
}

type Line = [at: number | undefined, what: string]

/** What happened to a request, newest first. */
export function timeline(told: Told): Happening[] {
  const lines = [
    ...told.calls.flatMap((call) => ofCall(call, told)),
    ...ofRequest(told),
    ...told.assignments.flatMap((one) => ofAssignment(one, told)),
  ]
  return lines
    .filter((line): line is [number, string] => line[0] !== undefined)
    .map(([at, what]) => ({ at, what }))
    .sort((a, b) => b.at - a.at)
}

function ofCall(call: Call, { text, person }: Told): Line[] {
  const { events } = text.detail
  return [
    [call.rang_at_ms, events.rang],
    [call.answered_at_ms, events.answered(person(call.taken_by))],
  ]
}

function ofRequest({ request, text, shared, person }: Told): Line[] {
  const { events } = text.detail
  const why = request.disposition ? shared.disposition[request.disposition] : '–'
  return [
    [request.opened_at_ms, events.opened(person(request.opened_by))],
    [request.closed_at_ms, events.closed(why)],
  ]
}

function ofAssignment(one: Assignment, told: Told): Line[] {
  const { events } = told.text.detail
  const team = told.nameOf(one.team)
  return [
    [one.offered_at_ms, events.offered(team)],
    [one.accepted_at_ms, events.accepted(team)],
    [one.en_route_at_ms, events.en_route(team)],
    [one.on_site_at_ms, events.on_site(team)],
    [one.contact_made_at_ms, events.contact_made(team)],
    [one.ended_at_ms, endOf(one, team, told)],
  ]
}

function endOf(one: Assignment, team: string, { text, shared }: Told): string {
  const { events } = text.detail
  const refusal = one.refusal ? shared.refusal[one.refusal] : '–'
  const withdrawal = one.withdrawal ? shared.withdrawal[one.withdrawal] : '–'
  const disposition = one.disposition ? shared.disposition[one.disposition] : '–'
  if (one.status === 'refused') return events.refused(team, refusal)
  if (one.status === 'expired') return events.expired(team)
  if (one.status === 'withdrawn') return events.withdrawn(team, withdrawal)
  return events.cleared(team, disposition)
}
