import type { Call, Request, RequestId, Session } from '@words'
import { SvelteMap } from 'svelte/reactivity'
import type { Link, Submission } from '@/link/api'
import { newId } from '@/link/identity'
import { isUndecided } from '@/link/outbox'
import { amending, amendingDraft, emptyDraft, given, opening, remainder, type Amended, type Draft } from './draft'

const restorable = 5

type Sends = Pick<Link, 'replica' | 'submissions' | 'submit'>

const stored = (key: string): Draft[] => JSON.parse(sessionStorage.getItem(key) ?? '[]') as Draft[]

/**
 * What one person is writing down: several at once, so that nothing is lost when another call rings or the page reloads.
 * Nobody else who signs in here sees it; signing out erases it.
 */
export class Drafts {
  all = $state<Draft[]>([])
  openId = $state<string | undefined>()
  /** The last ones discarded, the newest at the end. */
  discarded = $state.raw<readonly Draft[]>([])
  readonly #link: Sends
  readonly #onTaken: (request: RequestId) => void
  readonly #submissions = new SvelteMap<string, Submission>()

  /** `onTaken` is told when the one on screen was taken down. */
  constructor(link: Sends, { actor, service }: Session, onTaken: (request: RequestId) => void) {
    const key = `vigie:drafts:${service}/${actor.account}`
    this.all = stored(key)
    this.#link = link
    this.#onTaken = onTaken
    $effect(() => sessionStorage.setItem(key, JSON.stringify(this.all)))
    $effect(() => this.follow())
  }

  /** The one on screen. */
  get open(): Draft | undefined {
    return this.all.find((draft) => draft.id === this.openId)
  }

  /** Starts one, or comes back to the one already begun for this call. */
  start(call?: Call): void {
    const begun = call && this.all.find((draft) => draft.call === call.id)
    if (begun) return this.show(begun)
    const particulars = call && this.#link.replica.confidences.get(call.id)?.particulars
    this.add(emptyDraft(newId(), call?.id, particulars))
  }

  /** The same, but never in front of the one on screen. */
  prepare(call: Call): void {
    const shown = this.openId
    this.start(call)
    this.openId = shown ?? this.openId
  }

  amend(request: Request): void {
    const begun = this.all.find((draft) => draft.amends?.request === request.id)
    if (begun) return this.show(begun)
    this.add(amendingDraft(newId(), request, this.#link.replica.confidences.get(request.id)?.particulars))
  }

  show(draft: Draft): void {
    this.openId = draft.id
  }

  /** Looks at something else; the drafts stay. */
  leave(): void {
    this.openId = undefined
  }

  /** Sends it. It stays, and may be written on, until the log has taken it down. */
  send(draft: Draft): void {
    const last = this.submissionOf(draft)
    if (last?.state === 'waiting') return
    // It may have been taken down as it was: it is asked for again, and what was written since stays.
    if (isUndecided(last?.rejection?.reason)) return last?.retry()
    last?.dismiss()
    const written = $state.snapshot(draft) as Draft
    const { amends } = written
    const standing = amends && this.#link.replica.requests.get(amends.request)
    const submission = this.#link.submit(amends ? amending(written, amends, standing?.dangers) : opening(written))
    this.#submissions.set(draft.id, submission)
    draft.sent = { command: submission.id, content: given(written) }
  }

  /** What became of it since it was sent. */
  submissionOf(draft: Draft): Submission | undefined {
    return this.#submissions.get(draft.id)
  }

  /** Puts away what was taken down, on screen or not; what was written since stays, as a correction. */
  follow(): void {
    for (const draft of $state.snapshot(this.all) as Draft[]) {
      if (draft.sent) this.#findAgain(draft.id, draft.sent.command)
      const taken = this.#takenAs(draft)
      if (taken) this.#close(draft, taken)
    }
  }

  discard(draft: Draft): void {
    this.discarded = [...this.discarded, $state.snapshot(draft) as Draft].slice(-restorable)
    this.#remove(draft)
  }

  /** Undoes the last discard. */
  restore(): void {
    const last = this.discarded.at(-1)
    if (last) this.add(last)
    this.discarded = this.discarded.slice(0, -1)
  }

  /** Puts a draft on screen. */
  add(draft: Draft): void {
    this.all.push(draft)
    this.openId = draft.id
  }

  /** After a reload the link has the command again, if it still waits. */
  #findAgain(id: string, command: string): void {
    const found = this.#link.submissions.find((each) => each.id === command)
    if (found && !this.#submissions.has(id)) this.#submissions.set(id, found)
  }

  #takenAs({ id, amends, sent }: Draft): Amended | undefined {
    if (!sent) return undefined
    const stood = sent.content
    if (amends) return this.#submissions.get(id)?.state === 'done' ? { ...amends, stood } : undefined
    const opened = this.#link.replica.requests.get(id)
    return opened && { request: id, number: opened.number, stood }
  }

  #close(draft: Draft, taken: Amended): void {
    this.#submissions.delete(draft.id)
    const left = remainder(draft, taken)
    if (left) return void (this.all = this.all.map((each) => (each.id === draft.id ? left : each)))
    const shown = this.openId === draft.id
    this.#remove(draft)
    if (shown) this.#onTaken(taken.request)
  }

  #remove(draft: Draft): void {
    this.all = this.all.filter((each) => each.id !== draft.id)
    if (this.openId === draft.id) this.openId = undefined
  }
}
