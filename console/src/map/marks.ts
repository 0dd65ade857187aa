import type { Point, Request, RequestId } from '@words'
import type { Names } from '@/desk/names'
import type { DeskText } from '@/desk/words/text'
import { isOld } from '@/desk/teams/fix'
import type { Replica } from '@/link/replica'
import { shared } from '@/shared/i18n/shared'
import { clock } from '@/shared/time/ticker.svelte'
import { offsetOf, spotOf, teamOffset, type Offset } from './spread'

/** What stands on the map, as HTML that can be read and pressed. */
export interface Mark {
  readonly id: string
  readonly point: Point
  /** CSS classes, such as `team free` or `request urgent`. */
  readonly look: string
  readonly text: string
  readonly label: string
  readonly press?: () => void
  /** Beside its point, where several stand at one. */
  readonly offset?: Offset
}

export interface Seen {
  readonly replica: Replica
  readonly names: Names
  readonly selected: RequestId | undefined
  readonly text: DeskText
  readonly choose: (request: RequestId) => void
}

/** The quarters' names, the open requests that have a place, and the teams that have a position, on top. */
export const marksOf = (seen: Seen): Mark[] => [...quarterMarks(seen), ...requestMarks(seen), ...teamMarks(seen)]

const quarterMarks = ({ replica }: Seen): Mark[] =>
  (replica.service?.quarters ?? []).map(({ id, name, centre }) => ({
    id: `quarter ${id}`,
    point: centre,
    look: 'quarter',
    text: name,
    label: name,
  }))

function requestMarks({ replica, names, selected, text, choose }: Seen): Mark[] {
  const shown = [...replica.requests.values()].filter(({ status, id }) => status !== 'closed' || id === selected)
  shown.sort((a, b) => a.opened_at_ms - b.opened_at_ms)
  return shown.flatMap((request): Mark[] => {
    if (!request.place) return []
    const together = shown.filter((other) => buildingOf(other) === buildingOf(request))
    const chosen = request.id === selected ? 'chosen' : ''
    return [
      {
        id: `request ${request.id}`,
        point: request.place.point,
        offset: offsetOf(together.indexOf(request), together.length),
        look: `request ${request.priority} ${request.status} ${chosen}`,
        text: String(request.number),
        label: text.map.request(request.number, names.category(request.category)),
        press: () => choose(request.id),
      },
    ]
  })
}

const buildingOf = ({ place }: Request): string => (place ? spotOf(place.point) : '')

function teamMarks({ replica, names, text, choose }: Seen): Mark[] {
  const shown = [...replica.teams.values()].flatMap((team) => {
    const position = team.duty === 'available' ? replica.positions.get(team.id) : undefined
    return position ? [{ team, position, spot: spotOf(position.fix.point) }] : []
  })
  shown.sort((one, other) => one.team.id.localeCompare(other.team.id))
  return shown.map(({ team, position, spot }): Mark => {
    const together = shown.filter((other) => other.spot === spot)
    const mission = team.assignment ? replica.assignments.get(team.assignment) : undefined
    const status = mission ? shared().assignmentStatus[mission.status] : text.teams.free
    const old = isOld(position.fix, clock.now, replica.service)
    const name = names.team(team.id)
    return {
      id: `team ${team.id}`,
      point: position.fix.point,
      offset: teamOffset(together.findIndex((other) => other.team === team)),
      look: `team ${mission ? 'engaged' : 'free'} ${old ? 'old' : ''}`,
      text: old ? `${name} (${text.teams.old})` : name,
      label: text.map.team(name, old ? `${status}, ${text.teams.fixAge} ${text.teams.old}` : status),
      ...(mission && { press: () => choose(mission.request) }),
    }
  })
}

/** The lines from the teams on their way, or else proposed first, to the selected request. */
export function wayTo(replica: Replica, selected: RequestId | undefined): Point[][] {
  const request = selected ? replica.requests.get(selected) : undefined
  const to = request?.place?.point
  if (!request || !to) return []
  const sent = request.assignments.flatMap((id) => replica.assignments.get(id)?.team ?? [])
  const proposed = request.status === 'waiting' ? (replica.recommendations.get(request.id) ?? []).slice(0, 1) : []
  const teams = sent.length > 0 ? sent : proposed.map(({ team }) => team)
  return teams.flatMap((team) => {
    const from = replica.positions.get(team)?.fix.point
    return from ? [[from, to]] : []
  })
}
