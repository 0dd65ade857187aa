import type {
  AmendRequest,
  CallId,
  Category,
  DangerSign,
  OpenRequest,
  Particulars,
  Place,
  Priority,
  Request,
  RequestId,
  Source,
} from '@words'
import { placeLine } from '../names'

/** A request as it is being written down; also what is kept of it over a reload. */
export interface Draft {
  readonly id: RequestId
  /** The request that it corrects; none for a new one. */
  readonly amends?: RequestId
  /** The request's number, of one that it corrects. */
  readonly number?: number
  /** What stood when the correction began; only what was changed since is sent. */
  readonly stood?: Particulars
  call?: CallId | undefined
  source: Source
  category: string
  /** What is typed for the category while none is chosen. */
  categoryText: string
  priority: Priority
  priorityChosen: boolean
  quarter: string
  place?: Place | undefined
  /** What is typed for the place while none is chosen; it is sent at the head of the words. */
  placeText: string
  dangers: DangerSign[]
  callerName: string
  phone: string
  door: string
  words: string
}

export function emptyDraft(id: RequestId, call?: CallId, particulars: Particulars = {}): Draft {
  return {
    id,
    call,
    source: 'resident_phone',
    category: '',
    categoryText: '',
    priority: 'normal',
    priorityChosen: false,
    quarter: '',
    placeText: '',
    dangers: [],
    callerName: particulars.caller_name ?? '',
    phone: particulars.number ?? '',
    door: '',
    words: '',
  }
}

/** A draft that corrects a request. */
export function amendingDraft(id: RequestId, request: Request, particulars: Particulars = {}): Draft {
  return {
    ...emptyDraft(id, undefined, particulars),
    amends: request.id,
    number: request.number,
    stood: particulars,
    source: request.source,
    category: request.category,
    priority: request.priority,
    priorityChosen: true,
    quarter: request.quarter,
    place: request.place,
    dangers: [...request.dangers],
    door: particulars.door ?? '',
    words: particulars.words ?? '',
  }
}

/** Types in the field of the category: letters that no longer name the chosen one take it back. */
export function typeCategory(draft: Draft, typed: string, nameOf: (category: string) => string): void {
  if (draft.category && typed === nameOf(draft.category)) return
  draft.category = ''
  draft.categoryText = typed
}

export function chooseCategory(draft: Draft, category: Category): void {
  draft.category = category.id
  draft.categoryText = ''
  if (!draft.priorityChosen) draft.priority = category.priority
}

/** What the field of the place shows. */
export const placeTyped = (draft: Draft): string => (draft.place ? placeLine(draft.place) : draft.placeText)

/** Types in the field of the place: another address takes back the chosen one, and the quarter that came with it. */
export function typePlace(draft: Draft, typed: string): void {
  if (typed === placeTyped(draft)) return
  if (draft.place) draft.quarter = ''
  draft.place = undefined
  draft.placeText = typed
}

export function choosePlace(draft: Draft, place: Place): void {
  draft.place = place
  draft.quarter = place.quarter
  draft.placeText = ''
}

/** Takes the place away; the quarter stays. */
export function clearPlace(draft: Draft): void {
  draft.place = undefined
  draft.placeText = ''
}

const longestWords = 2000

/** The words, after the address where no place fits it. */
const said = ({ place, placeText, words }: Draft): string =>
  [place ? '' : placeText.trim(), words.trim()].filter(Boolean).join('\n')

export type Missing = 'category' | 'quarter' | 'brevity'

/** What it still lacks before it can be sent. */
export function missingIn(draft: Draft): Missing[] {
  const missing: Missing[] = []
  if (!draft.category) missing.push('category')
  if (!draft.quarter) missing.push('quarter')
  if (said(draft).length > longestWords) missing.push('brevity')
  return missing
}

const written = (draft: Draft): [keyof Particulars, string][] => [
  ['caller_name', draft.callerName.trim()],
  ['number', draft.phone.trim()],
  ['door', draft.door.trim()],
  ['words', said(draft)],
]

const particularsOf = (draft: Draft): Particulars => Object.fromEntries(written(draft).filter(([, value]) => value))

/** What was changed of what stood; a field that was emptied is an empty text, which erases. */
const changesOf = (draft: Draft): Particulars =>
  Object.fromEntries(written(draft).filter(([key, value]) => value !== (draft.stood?.[key] ?? '')))

export function opening(draft: Draft): OpenRequest {
  return {
    type: 'open_request',
    request: draft.id,
    source: draft.source,
    category: draft.category,
    priority: draft.priority,
    quarter: draft.quarter,
    dangers: draft.dangers,
    particulars: particularsOf(draft),
    ...(draft.place && { place: draft.place }),
    ...(draft.call && { call: draft.call }),
  }
}

export function amending(draft: Draft, request: RequestId): AmendRequest {
  return {
    type: 'amend_request',
    request,
    category: draft.category,
    priority: draft.priority,
    quarter: draft.quarter,
    dangers: draft.dangers,
    particulars: changesOf(draft),
    ...(draft.place && { place: draft.place }),
  }
}

/**
 * What a draft adds to the request that its call is joined to: its words after those that stand, its danger signs beside
 * them. None where it says nothing new; words that find no room stay in the draft.
 */
export function adding(draft: Draft, request: Request, stood: Particulars = {}): AmendRequest | undefined {
  const news = said(draft)
  const words = [stood.words, news].filter(Boolean).join('\n')
  const dangers = draft.dangers.filter((each) => !request.dangers.includes(each))
  const hasWords = news !== '' && words.length <= longestWords
  if (!hasWords && dangers.length === 0) return undefined
  return {
    type: 'amend_request',
    request: request.id,
    ...(hasWords && { particulars: { words } }),
    ...(dangers.length > 0 && { dangers: [...request.dangers, ...dangers] }),
  }
}
