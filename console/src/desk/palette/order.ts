import type { Request } from '@words'

/** Requests as somebody who searches wants them: open before closed, tonight before other nights, the newest first. */
export function inOrderOfUse(requests: Iterable<Request>, tonight: string): Request[] {
  const closed = ({ status }: Request) => Number(status === 'closed')
  const elsewhen = ({ night }: Request) => Number(night !== tonight)
  return [...requests].sort(
    (a, b) => closed(a) - closed(b) || elsewhen(a) - elsewhen(b) || b.opened_at_ms - a.opened_at_ms,
  )
}

/** The number that is typed, as `3`, `n°3` or `no. 3`; none when it is not a request's number. */
export function typedNumber(typed: string): number | undefined {
  const digits = /^\s*(?:n\s*[°o]?\.?\s*)?(\d+)\s*$/i.exec(typed)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
