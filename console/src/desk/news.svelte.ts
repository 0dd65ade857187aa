import type { Assignment, Call, Request } from '@words'
import type { Submission } from '@/link/api'
import { isBeside } from '@/shared/command/shown.svelte'
import { announceNow } from '@/shared/live/announcer.svelte'
import { play } from '@/shared/sound/sounds.svelte'
import type { DeskContext } from './context'
import { commandLine } from './refused/line'
import { text } from './words/text'

const ringEvery = 3000
const newsFor = 120_000

/** Sounds and tells screen readers what has just happened: rings, new urgent requests, offers that came to nothing. */
export function watchForNews(context: DeskContext): void {
  const { replica } = context.link
  // What happened while this desk was away stands in the lists; it is no news to be sounded.
  const recent = (at: number | undefined) => at !== undefined && replica.now() - at < newsFor
  watchRings(context)
  watchRefusals(context)
  watch(
    () => replica.requests.values(),
    ({ status, priority, waiting_since_ms, reopened }) =>
      status === 'waiting' && priority === 'urgent' && recent(waiting_since_ms) && `urgent ${reopened}`,
    (request: Request) => {
      play('urgent')
      const { names } = context
      announceNow(text().requests.announceUrgent(`${names.category(request.category)}, ${names.place(request)}`))
    },
  )
  watch(
    () => replica.assignments.values(),
    ({ status, ended_at_ms }) => (status === 'refused' || status === 'expired') && recent(ended_at_ms) && status,
    ({ status, team }: Assignment) => {
      play('refused')
      const { announceRefused, announceExpired } = text().teams
      announceNow((status === 'refused' ? announceRefused : announceExpired)(context.names.team(team)))
    },
  )
}

/** A refusal sounds when its control has left the screen; beside the control it is seen. */
function watchRefusals({ link, names }: DeskContext): void {
  watch(
    () => link.submissions.filter(({ state }) => state === 'rejected'),
    () => 'refused',
    (submission: Submission) => {
      if (isBeside(submission)) return
      play('refused')
      announceNow(text().refused.announce(commandLine(submission.command, names, link.replica)))
    },
  )
}

/** A ring sounds until somebody takes it or this desk puts it aside. */
function watchRings({ desk, link, names }: DeskContext): void {
  const ringing = $derived(
    [...link.replica.calls.values()].filter((call) => call.status === 'ringing' && !desk.aside.has(call.id)),
  )
  const any = $derived(ringing.length > 0)
  $effect(() => {
    if (!any) return
    play('ring')
    const timer = setInterval(() => play('ring'), ringEvery)
    return () => clearInterval(timer)
  })
  watch(
    () => ringing.values(),
    () => 'rings',
    (call: Call) => announceNow(text().calls.announceRing(names.caller(call))),
  )
}

/** Tells of each entity once for each state that is news; what stood so at the opening is none. */
function watch<Entity extends { id: string }>(
  all: () => Iterable<Entity>,
  newsOf: (entity: Entity) => string | false,
  tell: (entity: Entity) => void,
): void {
  let known: Set<string> | undefined
  $effect(() => {
    const before = known
    known = new Set(before)
    for (const entity of all()) {
      const news = newsOf(entity)
      const mark = `${entity.id} ${news}`
      if (!news || before?.has(mark)) continue
      known.add(mark)
      if (before) tell(entity)
    }
  })
}
