import type { Assignment, AssignmentStatus, Command, Milestone, Team } from '@words'

/** What the handset stands before: its team and its live task, as the server said, and as they will be. */
export interface Outlook {
  team: Team | undefined
  assignment: Assignment | undefined
}

/** A command that is not in the outlook yet. */
export interface Pending {
  readonly command: Command
  readonly madeAt: number
}

const stampOf = { en_route: 'en_route_at_ms', on_site: 'on_site_at_ms', contact_made: 'contact_made_at_ms' } as const

/** The outlook once the server has taken these commands, in their order: a phone without network goes on with it. */
export function foresee(known: Outlook, pending: readonly Pending[]): Outlook {
  return pending.reduce((outlook, each) => after(outlook, each), known)
}

function after(outlook: Outlook, { command, madeAt }: Pending): Outlook {
  switch (command.type) {
    case 'sign_on':
      return { ...outlook, team: signedOn(command, madeAt) }
    case 'sign_off':
      return duty(outlook, 'off', madeAt)
    case 'take_break':
      return duty(outlook, 'on_break', madeAt)
    case 'end_break':
      return duty(outlook, 'available', madeAt)
    case 'accept_assignment':
      return task(outlook, command.assignment, { status: 'accepted', accepted_at_ms: madeAt })
    case 'report_progress':
      return progress(outlook, command.assignment, command.milestone, madeAt)
    case 'refuse_assignment':
    case 'clear_assignment':
      return ended(outlook, command.assignment, madeAt)
    default:
      return outlook
  }
}

function signedOn(command: Extract<Command, { type: 'sign_on' }>, since: number): Team {
  const { team: id, members, transport } = command
  return { id, duty: 'available', since_ms: since, members, transport }
}

function duty(outlook: Outlook, duty: Team['duty'], since: number): Outlook {
  return outlook.team ? { ...outlook, team: { ...outlook.team, duty, since_ms: since } } : outlook
}

function task(outlook: Outlook, id: string, given: Partial<Assignment>): Outlook {
  if (outlook.assignment?.id !== id) return outlook
  return { ...outlook, assignment: { ...outlook.assignment, ...given } }
}

function progress(outlook: Outlook, id: string, milestone: Milestone, at: number): Outlook {
  return task(outlook, id, { status: milestone, [stampOf[milestone]]: at })
}

function ended(outlook: Outlook, id: string, since: number): Outlook {
  if (outlook.assignment?.id !== id) return outlook
  return { team: outlook.team && { ...outlook.team, since_ms: since }, assignment: undefined }
}

/** The screen that fits the outlook. */
export type ScreenName = 'sign_on' | 'break' | 'free' | 'offer' | 'task'

/** One state, one screen. */
export function screenFor({ team, assignment }: Outlook): ScreenName {
  if (!team || team.duty === 'off') return 'sign_on'
  if (team.duty === 'on_break') return 'break'
  if (!assignment) return 'free'
  return assignment.status === 'offered' ? 'offer' : 'task'
}

const ends: readonly AssignmentStatus[] = ['cleared', 'refused', 'expired', 'withdrawn']

/** Whether a team is still busy with it. */
export const isLive = (assignment: Assignment): boolean => !ends.includes(assignment.status)

/** How long after its time an offer can still be answered: the server's grace. */
const grace = 5_000

/** Whether an offer waits for its answer at this moment; later the server gives it up, whether it can say so or not. */
export const isOpen = ({ status, answer_by_ms }: Assignment, now: number): boolean =>
  status === 'offered' && now < answer_by_ms + grace

/** The next milestone after a status; none once contact is made. */
export function nextMilestone(status: AssignmentStatus): Milestone | undefined {
  if (status === 'accepted') return 'en_route'
  if (status === 'en_route') return 'on_site'
  return status === 'on_site' ? 'contact_made' : undefined
}
