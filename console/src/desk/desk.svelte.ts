import type { RequestId, Session } from '@words'
import type { Link } from '@/link/api'
import { Drafts } from './form/drafts.svelte'
import { Selection } from './selection.svelte'

export type Panel = 'keys' | 'settings' | 'night' | 'find' | 'refused'

/** What this desk is looking at and writing, apart from what the service is doing. */
export class Desk {
  readonly drafts: Drafts
  readonly selection = new Selection()
  /** The open requests in the order in which they stand on screen. */
  listed = $state.raw<RequestId[]>([])
  /** Calls that this desk put aside, also before it was loaded again; the others still ring elsewhere. */
  aside = $state.raw<ReadonlySet<string>>(new Set())
  panel = $state<Panel | undefined>()
  right = $state<'teams' | 'map'>('teams')

  constructor(link: Link, session: Session) {
    this.drafts = new Drafts(link, session, (request) => this.selection.choose(request))
    const key = `vigie:aside:${session.service}/${session.actor.account}`
    this.aside = new Set(JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[])
    $effect(() => sessionStorage.setItem(key, JSON.stringify([...this.aside])))
  }

  /** Shows a request; what is being written stays in its draft. */
  show(request: RequestId | undefined): void {
    this.drafts.leave()
    this.selection.choose(request)
  }

  putAside(call: string): void {
    this.aside = new Set([...this.aside, call])
  }

  bringBack(call: string): void {
    this.aside = new Set([...this.aside].filter((each) => each !== call))
  }

  toggle(panel: Panel): void {
    this.panel = this.panel === panel ? undefined : panel
  }
}
