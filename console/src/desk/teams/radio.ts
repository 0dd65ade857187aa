import type { Assignment, Command, Disposition, Milestone, RefusalReason, Request, Team } from '@words'
import { newId } from '@/link/identity'
import type { Shared } from '@/shared/i18n/shared'
import type { DeskText } from '../words/text'

/** What the desk takes down for a team that calls by radio, or does with it. */
export interface RadioAction {
  readonly name: string
  readonly command: Command
}

const milestones: readonly Milestone[] = ['en_route', 'on_site', 'contact_made']

/** How the team may get further in its mission: the next step first; it may skip some. */
export function stepsOf({ id, status }: Assignment, text: DeskText): RadioAction[] {
  const { progress } = text.teams
  if (status === 'offered') return [{ name: progress.accept, command: { type: 'accept_assignment', assignment: id } }]
  return milestones.slice(milestones.indexOf(status as Milestone) + 1).map((milestone) => ({
    name: progress[milestone],
    command: { type: 'report_progress', assignment: id, milestone },
  }))
}

/** How a mission ends by radio: an offer by a reason for refusing it, work by what came of it. */
export function endingsOf({ id, status }: Assignment, shared: Shared): RadioAction[] {
  if (status === 'offered')
    return namesOf<RefusalReason>(shared.refusal).map(([reason, name]) => ({
      name,
      command: { type: 'refuse_assignment', assignment: id, reason },
    }))
  return namesOf<Disposition>(shared.disposition).map(([disposition, name]) => ({
    name,
    command: { type: 'clear_assignment', assignment: id, disposition },
  }))
}

const namesOf = <Value extends string>(names: Record<Value, string>) => Object.entries(names) as [Value, string][]

/** Break and end of duty, for a team that has nothing to do. */
export function dutiesOf({ id, duty }: Team, text: DeskText): RadioAction[] {
  const signOff: RadioAction = { name: text.teams.signOff, command: { type: 'sign_off', team: id } }
  if (duty === 'on_break') return [{ name: text.teams.endBreak, command: { type: 'end_break', team: id } }, signOff]
  return [{ name: text.teams.takeBreak, command: { type: 'take_break', team: id } }, signOff]
}

/** Sends a busy team to the selected request instead; none where that is its own, or closed. */
export function reassigning(mission: Assignment, selected: Request | undefined, text: DeskText): RadioAction[] {
  if (!selected || selected.status === 'closed' || selected.id === mission.request) return []
  const reinforcement = selected.assignments.length > 0
  const command: Command = {
    type: 'reassign_team',
    from: mission.id,
    assignment: newId(),
    request: selected.id,
    reinforcement,
  }
  return [{ name: text.teams.reassignHere(selected.number), command }]
}

/** Everything that can be done with a team on duty, by name: `sur place`, `pause`, `réaffecter au n° 3`. */
export function actionsWith(
  team: Team,
  mission: Assignment | undefined,
  selected: Request | undefined,
  words: { text: DeskText; shared: Shared },
): RadioAction[] {
  if (team.duty === 'off') return []
  if (!mission) return dutiesOf(team, words.text)
  const { ends, refuses } = words.text.teams
  const ending = mission.status === 'offered' ? refuses : ends
  return [
    ...stepsOf(mission, words.text),
    ...reassigning(mission, selected, words.text),
    ...endingsOf(mission, words.shared).map(({ name, command }) => ({ name: ending(name), command })),
  ]
}
