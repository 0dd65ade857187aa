import type { Locks } from '@/link/lanes'

type Action = (lock: object | null) => unknown

/** A browser's locks, shared by its pages; a page that dies lets go of all of its own. */
export class FakeLocks {
  #held = new Map<string, { page: string; letGo: () => void }>()
  #queues = new Map<string, (() => void)[]>()

  ofPage(page: string): Locks {
    const request = (name: string, ...rest: unknown[]) => {
      const action = rest.at(-1) as Action
      const ifAvailable = rest.length > 1 && (rest[0] as LockOptions).ifAvailable === true
      if (this.#held.has(name) && ifAvailable) return Promise.resolve(action(null))
      return this.#acquire(name, page, action)
    }
    return { request: request as LockManager['request'] }
  }

  kill(page: string): void {
    for (const lock of [...this.#held.values()]) if (lock.page === page) lock.letGo()
  }

  /** Resolves when what the locks let happen has happened. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve))
  }

  #acquire(name: string, page: string, action: Action): Promise<unknown> {
    return new Promise((resolve) => {
      const begin = () => {
        const letGo = () => {
          this.#held.delete(name)
          this.#queues.get(name)?.shift()?.()
        }
        this.#held.set(name, { page, letGo })
        void Promise.resolve(action({})).then((answer) => {
          letGo()
          resolve(answer)
        })
      }
      if (!this.#held.has(name)) return begin()
      this.#queues.set(name, [...(this.#queues.get(name) ?? []), begin])
    })
  }
}
