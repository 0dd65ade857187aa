import type { Assignment } from '@words'
import type { Submission } from '@/link/api'
import { isLive } from './foresee'

/** What only this handset knows of its tasks. */
export interface OwnKnowledge {
  /** Those whose end the pair has seen. */
  readonly seen: readonly string[]
  /** The last one that it was on, unless it ended that itself. */
  readonly current: string | undefined
  /** Those whose report is begun and was not sent. */
  readonly reports: readonly string[]
}

/** A task that is over, with the commands that came too late for it. */
export interface Ending {
  readonly id: string
  /** None where the server tells of it no more. */
  readonly task: Assignment | undefined
  readonly refused: readonly Submission[]
}

/** The tasks to tell and those of the refused commands, each once: what came too late is read with what it was about. */
export function endingsOf(told: readonly Assignment[], refused: readonly Submission[], tasks: Tasks): Ending[] {
  const late = refused.filter((each) => isLate(each, tasks))
  const ids = new Set([...late.flatMap((each) => taskOf(each) ?? []), ...told.map(({ id }) => id)])
  return [...ids].map((id) => ({ id, task: tasks.get(id), refused: late.filter((each) => taskOf(each) === id) }))
}

/** Whether a command is about a task that is over: trying again is in vain. */
export function isLate(submission: Submission, tasks: Tasks): boolean {
  const id = taskOf(submission)
  const task = id === undefined ? undefined : tasks.get(id)
  return id !== undefined && !(task && isLive(task))
}

type Tasks = ReadonlyMap<string, Assignment>

const taskOf = ({ command }: Submission): string | undefined =>
  'assignment' in command ? command.assignment : undefined

/**
 * A team's tasks that others ended, as long as the pair has not seen that, oldest first: the latest if it was taken away
 * or answered too late, the one whose place the latest took in one step, the one that the pair was on, and each with a
 * report that the pair began.
 */
export function endingsToTell(assignments: Assignment[], team: string, own: OwnKnowledge): Assignment[] {
  const tasks = assignments
    .filter((each) => each.team === team)
    .sort((one, other) => one.offered_at_ms - other.offered_at_ms)
  const latest = tasks.at(-1)
  const gaveWay = (each: Assignment) => each.withdrawal === 'reassigned' && each.ended_at_ms === latest?.offered_at_ms
  const isNews = (each: Assignment) =>
    own.reports.includes(each.id) ||
    (each.status === 'cleared' ? each.id === own.current : (each === latest && isTakenAway(each)) || gaveWay(each))
  return tasks.filter((each) => !isLive(each) && !own.seen.includes(each.id) && isNews(each))
}

const isTakenAway = ({ status }: Assignment): boolean => status === 'withdrawn' || status === 'expired'
