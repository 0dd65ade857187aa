import type { Assignment, Command, Disposition, Milestone, RefusalReason, Transport } from '@words'
import { newId } from '@/link/identity'
import type { Link, Submission } from '@/link/api'
import type { Notes } from '@/shared/notes/notes'
import { clock } from '@/shared/time/ticker.svelte'
import { endingsOf, endingsToTell, isLate, type Ending } from './endings'
import { foresee, isLive, isOpen, screenFor, type Outlook } from './foresee'
import { battery } from './phone/battery.svelte'
import { begunReports, emptyReport, writeReport } from './report-draft'
import { Sharing } from './sharing.svelte'
import { emptySketch, readSketch, type Draft, type Sketch } from './street'

/** More than a pair has tasks in a night. */
const seenKept = 100

/** The handset's state: what it stands before, and what the pair can do about it. */
export class Handset {
  readonly link: Link
  readonly teamId: string
  readonly sharing: Sharing
  /** What the pair wrote and did not send. */
  readonly notes: Notes
  /** The pair writes its report. */
  reporting = $state(false)
  /** The pair takes down a request from the street. */
  inStreet = $state(false)
  /** That request as far as it is begun; an offer that rings puts it aside. */
  street = $state<Sketch>(emptySketch())

  #seen = $state.raw<readonly string[]>([])
  #current = $state<string>()
  #known = $derived.by((): Outlook => {
    const { teams, assignments } = this.link.replica
    // An offer that ran out is over for the pair once it has seen so, also where the server cannot say it.
    const passed = (each: Assignment) => each.status === 'offered' && this.#seen.includes(each.id)
    const mine = (each: Assignment) => each.team === this.teamId && isLive(each) && !passed(each)
    return { team: teams.get(this.teamId), assignment: [...assignments.values()].find(mine) }
  })
  #pending = $derived.by(() => this.link.submissions.filter((each) => each.state !== 'rejected'))
  /** As it will be once what waits is sent. */
  outlook = $derived.by(() => foresee(this.#known, this.#pending))
  screen = $derived.by(() => screenFor(this.outlook))
  request = $derived.by(
    () => this.outlook.assignment && this.link.replica.requests.get(this.outlook.assignment.request),
  )
  /** The offer waits for its answer, which can still come in time: the grace is for answers that are on their way. */
  answerable = $derived.by(() => {
    const { assignment } = this.outlook
    if (!assignment || !isOpen(assignment, clock.now)) return false
    return this.link.state.phase !== 'cut' || clock.now < assignment.answer_by_ms
  })
  particulars = $derived.by(() => this.request && this.link.replica.confidences.get(this.request.id)?.particulars)
  unsent = $derived.by(() => this.link.submissions.filter((each) => each.state === 'waiting' && each.slow))
  /** The tasks that others ended, or for which something came too late, until the pair has seen it. */
  endings = $derived.by(() => {
    const [seen, current, reports] = [this.#seen, this.#current, begunReports(this.notes)]
    const { assignments } = this.link.replica
    const told = endingsToTell([...assignments.values()], this.teamId, { seen, current, reports })
    return endingsOf(told, this.#refused, assignments)
  })
  /** The screen is ahead of what the dispatcher knows. */
  foreseen = $derived.by(() => this.unsent.length > 0 && foresee(this.#known, this.unsent) !== this.#known)
  #refused = $derived.by(() => this.link.submissions.filter((each) => each.state === 'rejected'))
  /** What was refused and can be tried again. */
  rejected = $derived.by(() => this.#refused.filter((each) => !isLate(each, this.link.replica.assignments)))

  constructor(link: Link, teamId: string, notes: Notes) {
    this.link = link
    this.teamId = teamId
    this.notes = notes
    this.street = readSketch(notes)
    this.#seen = notes.read<string[]>('seen-tasks') ?? []
    this.#current = notes.read<string>('task')
    this.sharing = new Sharing({
      send: (fix) => link.reportFix(fix),
      clockOffset: () => link.replica.clockOffset,
      battery: () => battery.percent,
    })
  }

  /** The pair has seen how its task ended, and what of it was not recorded. */
  seeEnded({ id, refused }: Ending): void {
    for (const each of refused) each.dismiss()
    writeReport(this.notes, id, emptyReport())
    this.#see(id)
  }

  /** The pair is on this task; none once it has ended it itself. That outlives the page. */
  beOn(task: string | undefined): void {
    this.#current = task
    this.notes.write('task', task)
  }

  /** The pair has seen that the offer's time is over; it is not told again when the server says so. */
  passOver(): void {
    const id = this.outlook.assignment?.id
    if (id !== undefined && !this.answerable) this.#see(id)
  }

  signOn(members: string[], transport: Transport): void {
    this.sharing.forgetStop()
    this.#submit({ type: 'sign_on', team: this.teamId, members, transport })
  }

  signOff(): void {
    this.#submit({ type: 'sign_off', team: this.teamId })
  }

  takeBreak(): void {
    this.#submit({ type: 'take_break', team: this.teamId })
  }

  endBreak(): void {
    this.#submit({ type: 'end_break', team: this.teamId })
  }

  accept(): void {
    this.#onTask((assignment) => ({ type: 'accept_assignment', assignment }))
  }

  refuse(reason: RefusalReason): void {
    this.#onTask((assignment) => ({ type: 'refuse_assignment', assignment, reason }))
  }

  reach(milestone: Milestone): void {
    this.#onTask((assignment) => ({ type: 'report_progress', assignment, milestone }))
  }

  clear(disposition: Disposition, people: number | undefined, report: string): void {
    const known = { ...(people !== undefined && { people }), ...(report && { report }) }
    this.#onTask((assignment) => ({ type: 'clear_assignment', assignment, disposition, ...known }))
    this.beOn(undefined)
    this.reporting = false
  }

  openRequest(draft: Draft): Submission {
    this.leaveStreet()
    const { category, quarter, place, words } = draft
    return this.#submit({
      ...{ type: 'open_request', request: newId(), source: 'resident_street', dangers: [] },
      ...{ category: category.id, priority: category.priority, quarter: quarter.id },
      ...(place && { place }),
      particulars: words ? { words } : {},
    })
  }

  /** Nothing is left of the request that was begun. */
  leaveStreet(): void {
    this.street = emptySketch()
    this.inStreet = false
  }

  #see(task: string): void {
    this.#seen = [...this.#seen, task].slice(-seenKept)
    this.notes.write('seen-tasks', [...this.#seen])
  }

  #onTask(command: (assignment: string) => Command): void {
    const id = this.outlook.assignment?.id
    if (id !== undefined) this.#submit(command(id))
  }

  #submit(command: Command): Submission {
    return this.link.submit(command)
  }
}
