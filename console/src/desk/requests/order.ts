import type { Priority, Request, RequestId } from '@words'

const rank: Record<Priority, number> = { urgent: 0, normal: 1, can_wait: 2 }

/** Who waits for a team stands above who has one; then by urgency, then who has waited longest. */
function compare(a: Request, b: Request): number {
  const assigned = (request: Request) => (request.status === 'waiting' ? 0 : 1)
  return (
    assigned(a) - assigned(b) ||
    rank[a.priority] - rank[b.priority] ||
    a.waiting_since_ms - b.waiting_since_ms ||
    a.number - b.number
  )
}

/** The open requests, in the order in which they want attention. */
export function ranked(requests: Iterable<Request>): RequestId[] {
  return [...requests]
    .filter((request) => request.status !== 'closed')
    .sort(compare)
    .map((request) => request.id)
}

/**
 * The order on screen while a hand is in the list: what stood stays where it stood, what is new comes at the end, what
 * is gone leaves. Nothing moves under the hand.
 */
export function held(shown: readonly string[], wanted: readonly string[]): string[] {
  const still = new Set(wanted)
  const known = new Set(shown)
  return [...shown.filter((id) => still.has(id)), ...wanted.filter((id) => !known.has(id))]
}

/** How many rows stand elsewhere than they should. */
export const displaced = (shown: readonly string[], wanted: readonly string[]): number =>
  shown.filter((id, place) => wanted[place] !== id).length

/** The row that arrows reach from one row by `by` steps in the order on screen; the first when none is chosen. */
export function stepped(shown: readonly RequestId[], from: RequestId | undefined, by: number): RequestId | undefined {
  const at = from === undefined ? -1 : shown.indexOf(from)
  return shown[Math.max(0, Math.min(shown.length - 1, at + by))]
}
