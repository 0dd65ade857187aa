import type { Place } from '@words'

/** What the search for a place answered to a query; without places it failed. */
export interface Answer {
  readonly query: string
  readonly places?: readonly Place[]
}

/** What is to be said of an address for which no place is chosen. */
export type PlaceNote = 'searching' | 'none' | 'failed' | 'unchosen'

const shortest = 2

const inTyping = 120
const onceFailed = 3000

/** What to search for; too few letters are no query. */
export function queryOf(typed: string): string | undefined {
  const query = typed.trim()
  return query.length < shortest ? undefined : query
}

/** The places to offer: those found for what is typed now, none of those found for earlier letters. */
export const offeredFor = (query: string | undefined, answer: Answer | undefined): readonly Place[] =>
  answer?.query === query ? (answer?.places ?? []) : []

/** After how many milliseconds to search for what is typed now; not at all once that was answered. */
export function pauseBefore(query: string | undefined, answer: Answer | undefined): number | undefined {
  if (query === undefined) return undefined
  if (answer?.query !== query) return inTyping
  return answer.places ? undefined : onceFailed
}

/** How the search for what is typed now stands. */
export function noteOn(query: string | undefined, answer: Answer | undefined): PlaceNote | undefined {
  if (query === undefined) return undefined
  if (answer?.query !== query) return 'searching'
  if (!answer.places) return 'failed'
  return answer.places.length === 0 ? 'none' : 'unchosen'
}
