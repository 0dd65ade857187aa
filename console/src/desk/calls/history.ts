import type { Call, Request } from '@words'

/** The other calls of the same number, newest first; none when the number is withheld. */
export function earlierCalls(call: Call, calls: Iterable<Call>): Call[] {
  if (!call.caller) return []
  const same = (other: Call) =>
    other.id !== call.id && other.caller === call.caller && other.rang_at_ms <= call.rang_at_ms
  return [...calls].filter(same).sort((a, b) => b.rang_at_ms - a.rang_at_ms)
}

/** The open requests that this number has called about. */
export function openRequestsOf(call: Call, calls: Iterable<Call>, requests: ReadonlyMap<string, Request>): Request[] {
  const ids = new Set([call, ...earlierCalls(call, calls)].flatMap((each) => each.requests))
  return [...ids]
    .map((id) => requests.get(id))
    .filter((request): request is Request => request !== undefined && request.status !== 'closed')
}

/** The calls by what they want: somebody to answer, to go on talking, to be called back; and those that are over. */
export interface Sorted {
  readonly ringing: Call[]
  readonly talking: Call[]
  readonly missed: Call[]
  readonly over: Call[]
}

/** Sorts calls, the longest standing first; of those on the line, one's own. */
export function sorted(calls: Iterable<Call>, account: string): Sorted {
  const all = [...calls].sort((a, b) => a.rang_at_ms - b.rang_at_ms)
  const of = (...statuses: Call['status'][]) => all.filter((call) => statuses.includes(call.status))
  return {
    ringing: of('ringing'),
    talking: of('answered', 'held').sort((a, b) => Number(b.taken_by === account) - Number(a.taken_by === account)),
    missed: of('missed'),
    over: of('ended', 'settled').reverse(),
  }
}

/** The calls that the keys are for: their cards show the hint. */
export interface Keyed {
  readonly take: Call | undefined
  readonly takeOver: Call | undefined
  readonly aside: Call | undefined
  readonly settle: Call | undefined
}

/** Which call each key is for: of those that ring, first the ones that nobody put `aside` here. */
export function keyed(calls: Sorted, aside: ReadonlySet<string>, account: string): Keyed {
  const loud = calls.ringing.find((call) => !aside.has(call.id))
  return {
    take: loud ?? calls.ringing[0],
    takeOver: calls.talking.find((call) => call.status === 'held' || call.taken_by !== account),
    aside: loud,
    settle: calls.missed[0],
  }
}

/** The call that this account is on and that nobody writes down yet. */
export function unwritten(calls: Iterable<Call>, account: string, begun: (call: Call) => boolean): Call | undefined {
  const mine = ({ status, taken_by, requests }: Call) =>
    status === 'answered' && taken_by === account && requests.length === 0
  return [...calls].find((call) => mine(call) && !begun(call))
}

/**
 * The share of calls answered within 15 seconds, 0 to 1; none before the first call was answered or given up. Calls that
 * were noted by hand, or first seen when answered, are not judged: nobody knows how long they rang.
 */
export function answeredInTime(calls: Iterable<Call>): number | undefined {
  const judged = [...calls].filter((call) => call.status !== 'ringing' && call.answered_at_ms !== call.rang_at_ms)
  if (judged.length === 0) return undefined
  const inTime = (call: Call) => call.answered_at_ms !== undefined && call.answered_at_ms - call.rang_at_ms <= 15_000
  return judged.filter(inTime).length / judged.length
}
