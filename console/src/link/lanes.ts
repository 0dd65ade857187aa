/** The part of the Web Locks API used here. */
export type Locks = Pick<LockManager, 'request'>

const lockOf = (lane: string) => `vigie-lane:${lane}`

/**
 * Each page sends the commands of its own lane and holds the lane's lock as long as it lives; the browser frees it when
 * the page dies, however it dies. So two pages never send the same command. Resolves once the lane is held.
 */
export function holdLane(locks: Locks, lane: string): Promise<void> {
  return new Promise((held) => {
    void locks.request(lockOf(lane), () => {
      held()
      return new Promise<never>(() => {})
    })
  })
}

/**
 * Does `action` when nobody holds the lane: at once when its page is dead, and resolves after it; else resolves at once
 * and does it when that page dies.
 */
export async function whenFree(locks: Locks, lane: string, action: () => Promise<void>): Promise<void> {
  const done = await locks.request(lockOf(lane), { ifAvailable: true }, async (lock) => {
    if (lock) await action()
    return lock !== null
  })
  if (!done) void locks.request(lockOf(lane), action)
}

/** For browsers without locks, and pages without TLS: every lane counts as free; the server takes a command once. */
export const noLocks: Locks = {
  request: ((...given: unknown[]) => {
    const action = given.at(-1) as (lock: object) => unknown
    return Promise.resolve(action({}))
  }) as LockManager['request'],
}

/** The browser's locks, where it has them. */
export function browserLocks(): Locks {
  return (globalThis.navigator as Navigator | undefined)?.locks ?? noLocks
}
