import type { Call, Request } from '@words'
import { newId } from '@/link/identity'
import type { Replica } from '@/link/replica'
import { amendingDraft, emptyDraft, type Draft } from './draft'

const key = 'vigie:drafts'

const stored = (): Draft[] => JSON.parse(sessionStorage.getItem(key) ?? '[]') as Draft[]

/** What is being written down: several at once, so that nothing is lost when another call rings or the page reloads. */
export class Drafts {
  all = $state<Draft[]>(stored())
  openId = $state<string | undefined>()
  discarded = $state.raw<Draft | undefined>()
  readonly #replica: Replica

  constructor(replica: Replica) {
    this.#replica = replica
    $effect(() => sessionStorage.setItem(key, JSON.stringify(this.all)))
  }

  /** The one on screen. */
  get open(): Draft | undefined {
    return this.all.find((draft) => draft.id === this.openId)
  }

  /** Starts one, or comes back to the one already begun for this call. */
  start(call?: Call): void {
    const begun = call && this.all.find((draft) => draft.call === call.id)
    if (begun) return this.show(begun)
    const particulars = call && this.#replica.confidences.get(call.id)?.particulars
    this.add(emptyDraft(newId(), call?.id, particulars))
  }

  amend(request: Request): void {
    const begun = this.all.find((draft) => draft.amends?.request === request.id)
    if (begun) return this.show(begun)
    this.add(amendingDraft(newId(), request, this.#replica.confidences.get(request.id)?.particulars))
  }

  show(draft: Draft): void {
    this.openId = draft.id
  }

  /** Looks at something else; the drafts stay. */
  leave(): void {
    this.openId = undefined
  }

  /** It was sent and taken. */
  finish(draft: Draft): void {
    this.all = this.all.filter((each) => each.id !== draft.id)
    if (this.openId === draft.id) this.openId = undefined
  }

  discard(draft: Draft): void {
    this.discarded = $state.snapshot(draft) as Draft
    this.finish(draft)
  }

  /** Undoes the last discard. */
  restore(): void {
    if (this.discarded) this.add(this.discarded)
    this.discarded = undefined
  }

  /** Puts a draft on screen. */
  add(draft: Draft): void {
    this.all.push(draft)
    this.openId = draft.id
  }
}
