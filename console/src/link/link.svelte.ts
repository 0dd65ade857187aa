import type { Command, Fix, FixRefusal, ServerFrame } from '@words'
import { forgetSessionOf } from '@/shared/http/last-session'
import { clock } from '@/shared/time/ticker.svelte'
import type { Link, LinkOptions, LinkState, Submission } from './api'
import { Connection, type Phase, type Socket, type TurnedAway } from './connection'
import { newId } from './identity'
import { Keeping } from './keeping'
import { ReactiveReplica } from './live-replica.svelte'
import { isUndecided, Outbox, type Kept, type Outcome } from './outbox'
import { inTime } from './patience'
import { reloadSparingly } from './reload'
import { applyFrame } from './replica'
import { sessionStands } from './session'
import { restore } from './stored-replica'
import { SubmissionState } from './submission.svelte'
import { realTiming } from './timing'
import { watchDevice } from './device'

export type { Link, LinkOptions, LinkState, LiveReplica, Submission } from './api'

const conversation = 1
const timing = realTiming

/** Opens the link of this page; it connects by itself and stays until closed. */
export function openLink(options: LinkOptions): Link {
  return new LiveLink(options)
}

const webSocket = (): Socket => {
  const { protocol, host } = location
  return new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/v1/live`)
}

class LiveLink implements Link {
  readonly replica = new ReactiveReplica()
  submissions = $state.raw<SubmissionState[]>([])
  state = $state.raw<LinkState>({ phase: 'connecting', since: Date.now() })
  turnedAway = $state<TurnedAway | undefined>()
  fixRefusal = $state<FixRefusal | undefined>()
  #options: LinkOptions
  #keeping: Keeping
  #outbox: Outbox
  #connection: Connection
  #order = 0
  #unwatch: () => void

  constructor(options: LinkOptions) {
    this.#options = options
    this.#keeping = new Keeping(`${options.service}/${options.account}`, newId(), timing)
    this.#outbox = new Outbox({
      timing,
      store: this.#keeping,
      patient: options.patient ?? false,
      send: (frame) => this.#connection.send(frame),
      onAnswer: (entry, outcome) => this.#settle(entry, outcome),
      onSent: ({ id }) => this.#markSent(id),
    })
    this.#connection = this.#connect()
    this.#unwatch = watchDevice({
      awake: () => this.#connection.nudge(),
      networkLost: () => this.#connection.networkLost(),
      hidden: () => void this.#keeping.copyNow(this.replica),
    })
    void this.#begin()
  }

  get waiting(): number {
    return this.submissions.filter((each) => each.state === 'waiting').length
  }

  submit(command: Command): Submission {
    const submission = this.#newSubmission(command)
    this.#send(submission)
    return submission
  }

  askTeams(request: string): void {
    this.#connection.send({ type: 'ask_teams', request })
  }

  reportFix(fix: Fix): boolean {
    this.fixRefusal = undefined
    return this.#connection.send({ type: 'report_fix', fix })
  }

  close(): void {
    this.#end()
    void this.#keeping.copyNow(this.replica)
  }

  async leave(): Promise<void> {
    this.#end()
    forgetSessionOf(this.#options.account)
    await inTime(this.#keeping.eraseReplica()).catch(() => undefined)
  }

  /**
   * What the browser kept comes first: a copy to resume from, and commands to send before any new one. A browser that
   * does not answer holds up nothing.
   */
  async #begin(): Promise<void> {
    const stored = await inTime(this.#keeping.lastReplica()).catch(() => undefined)
    if (stored && this.replica.version === undefined) restore(this.replica, stored)
    clock.setOffset(this.replica.clockOffset)
    await inTime(this.#keeping.adopt((entries) => this.#adopt(entries))).catch(() => undefined)
    this.#connection.start()
  }

  #connect(): Connection {
    return new Connection({
      timing,
      open: webSocket,
      sessionStands,
      hello: () => {
        const { version, line, actor } = this.replica
        // A handset is given a whole anyway, and what it holds is no desk's to build on.
        const held = version === undefined || line === undefined || actor?.team ? {} : { version, line }
        return { type: 'hello', conversation, ...held }
      },
      onPhase: (phase, since) => this.#enter(phase, since),
      onTurnedAway: (why) => (this.turnedAway = why),
      onFrame: (frame) => this.#receive(frame),
      onSessionOver: () => void this.#sessionOver(),
      onOutdated: () => (this.#options.onOutdated ?? reloadSparingly)(),
    })
  }

  #enter(phase: Phase, since: number): void {
    this.state = { phase, since: since + this.replica.clockOffset }
    if (phase === 'live') this.#outbox.resume()
    else this.#outbox.pause()
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === 'accepted' || frame.type === 'rejected') return this.#outbox.answer(frame)
    if (frame.type === 'welcome' && frame.actor.account !== this.#options.account) return void this.#sessionOver()
    if (frame.type === 'fault') return this.#outbox.fault(frame)
    if (frame.type === 'fix_refused') this.fixRefusal = frame.reason
    if (frame.type === 'journal_state' && frame.available) this.#outbox.journalIsBack()
    applyFrame(this.replica, frame, timing.now())
    if (frame.type === 'welcome' || frame.type === 'pong') clock.setOffset(this.replica.clockOffset)
    if (frame.type === 'whole' || frame.type === 'change') this.#moved()
  }

  /** The replica got further: what it shows now needs no submission to speak for it. */
  #moved(): void {
    const shown = this.replica.version ?? 0
    const done = (each: SubmissionState) => each.state === 'done' && (each.version ?? 0) <= shown
    if (this.submissions.some(done)) this.submissions = this.submissions.filter((each) => !done(each))
    this.#keeping.copySoon(this.replica)
  }

  async #sessionOver(): Promise<void> {
    await this.leave()
    const toSignIn = () => location.assign('/')
    ;(this.#options.onSessionOver ?? toSignIn)()
  }

  #end(): void {
    this.#unwatch()
    this.#keeping.close()
    this.#connection.stop()
    this.#outbox.pause()
  }

  #newSubmission(command: Command): SubmissionState {
    return new SubmissionState(command, {
      timing,
      resend: (submission) => this.#send(submission),
      dismiss: (submission) => this.#drop(submission),
      cancel: ({ id }) => this.#outbox.cancel(id),
    })
  }

  #send(submission: SubmissionState): void {
    if (submission.id) this.#drop(submission)
    submission.begin(isUndecided(submission.rejection?.reason) ? submission.id : newId(), this.replica.now())
    this.submissions = [...this.submissions, submission]
    const { scope, lane } = this.#keeping
    const { id, command, madeAt } = submission
    const entry = {
      id,
      scope,
      lane,
      order: this.#nextOrder(),
      made_at_ms: madeAt,
      command: $state.snapshot(command) as Command,
    }
    void this.#outbox.add(entry).then(
      async () => (submission.kept = await this.#keeping.lasts()),
      () => undefined, // it lasts as long as the page, which says so
    )
  }

  /** By the clock, and after the commands of the pages before this one. */
  #nextOrder(): number {
    return (this.#order = Math.max(this.#order + 1, timing.now()))
  }

  /** Of a refused one that was read nothing is kept. */
  #drop(submission: SubmissionState): void {
    this.#take(submission)
    void this.#keeping.remove(submission.id)
  }

  #take(submission: SubmissionState): void {
    this.submissions = this.submissions.filter((each) => each !== submission)
  }

  #adopt(entries: Kept[]): void {
    const known = new Set(this.submissions.map((each) => each.id))
    const unknown = entries.filter((entry) => !known.has(entry.id))
    const adopted = unknown.map((entry) => {
      const submission = this.#newSubmission(entry.command)
      submission.takeUp(entry.id, entry.made_at_ms)
      if (entry.refused) submission.settle(entry.refused)
      return submission
    })
    this.submissions = [...adopted, ...this.submissions].sort((one, other) => one.madeAt - other.madeAt)
    this.#order = Math.max(this.#order, ...entries.map((entry) => entry.order))
    this.#outbox.adopt(entries)
  }

  #markSent(id: string): void {
    const submission = this.submissions.find((each) => each.id === id)
    if (submission) submission.sent = true
  }

  #settle(entry: Kept, outcome: Outcome): void {
    const submission = this.submissions.find((each) => each.id === entry.id)
    submission?.settle(outcome)
    if ('version' in outcome && outcome.version <= (this.replica.version ?? 0) && submission) this.#take(submission)
  }
}
