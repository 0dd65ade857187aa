import type { Actor } from '@words'
import { SvelteMap } from 'svelte/reactivity'
import { ask } from '@/shared/http/api'

/** The accounts of the service, as far as this desk has met them: each is asked for once. */
export class Colleagues {
  readonly #known = new SvelteMap<string, Actor | undefined>()
  readonly #asked = new Set<string>()
  readonly #ask: (account: string) => Promise<Actor>

  constructor(askServer = (account: string) => ask<Actor>(`/api/v1/colleague?account=${encodeURIComponent(account)}`)) {
    this.#ask = askServer
  }

  /** Who it is; undefined until the server has said so, and where it knows no such account. */
  who(account: string): Actor | undefined {
    if (!this.#asked.has(account)) {
      this.#asked.add(account)
      void this.#learn(account)
    }
    return this.#known.get(account)
  }

  /** Whether another account of the same role was met: the role alone says too little then. */
  hasNamesake(actor: Actor): boolean {
    return [...this.#known.values()].some((other) => other?.role === actor.role && other.account !== actor.account)
  }

  async #learn(account: string): Promise<void> {
    const actor = await this.#ask(account).catch(() => undefined)
    if (actor) this.#known.set(account, actor)
  }
}
