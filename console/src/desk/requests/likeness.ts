import type { Place, Request, Service } from '@words'

/** A request, as far as it is known while it is being written. */
export interface Sketch {
  readonly category: string
  readonly quarter: string
  readonly place?: Place | undefined
}

/** Open requests that may be the same need: the same building, or the same kind of trouble in the same estate. */
export function likelyDuplicates(sketch: Sketch, requests: Iterable<Request>, service: Service): Request[] {
  const group = (category: string) => service.categories.find(({ id }) => id === category)?.group
  const alike = (request: Request): boolean => {
    if (request.status === 'closed') return false
    if (sketch.place && request.place) return sameBuilding(sketch.place, request.place) || nearKind(request)
    return request.quarter === sketch.quarter && sameKind(request)
  }
  const sameKind = (request: Request) => !!sketch.category && group(request.category) === group(sketch.category)
  const nearKind = (request: Request) =>
    sameKind(request) && request.place?.estate === sketch.place?.estate && request.quarter === sketch.quarter
  return [...requests].filter(alike).sort((a, b) => b.opened_at_ms - a.opened_at_ms)
}

const sameBuilding = (a: Place, b: Place) =>
  a.id === b.id || (a.street === b.street && a.number === b.number && a.quarter === b.quarter)

/** What this building has already seen, newest first. */
export function historyOf(place: Place | undefined, requests: Iterable<Request>): Request[] {
  if (!place) return []
  const here = (request: Request) =>
    request.status === 'closed' && !!request.place && sameBuilding(request.place, place)
  return [...requests].filter(here).sort((a, b) => b.opened_at_ms - a.opened_at_ms)
}
