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

/** What a request says, as far as a correction can change it. */
export interface Content {
  readonly category: string
  readonly priority: Priority
  readonly quarter: string
  readonly place?: Place | undefined
  readonly dangers: readonly DangerSign[]
  readonly particulars: Particulars
}

/** A request that is being corrected. */
export interface Amended {
  readonly request: RequestId
  readonly number: number
  /** What stood when the correction began; only what was changed since is sent. */
  readonly stood: Content
}

/** A request as it is being written down; also what is kept of it over a reload. */
export interface Draft {
  readonly id: RequestId
  /** What it corrects; nothing where it is a new one. */
  readonly amends?: Amended
  /** The command that it was sent with, and what it said then; until the log has taken it down. */
  sent?: { readonly command: string; readonly content: Content } | undefined
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

/** What a request says now. */
export function contentOf(request: Request, particulars: Particulars = {}): Content {
  const { category, priority, quarter, place, dangers } = request
  return { category, priority, quarter, place, dangers, particulars }
}

/** A draft that corrects a request. */
export function amendingDraft(id: RequestId, request: Request, particulars: Particulars = {}): Draft {
  return {
    ...emptyDraft(id, undefined, particulars),
    amends: { request: request.id, number: request.number, stood: contentOf(request, particulars) },
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

/** What is left of a draft that the log has taken down as it was sent: what was written since, as a correction of it. */
export function remainder(draft: Draft, taken: Amended): Draft | undefined {
  if (differing(given(draft), taken.stood).length === 0) return undefined
  return { ...draft, amends: taken, sent: undefined }
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

/** What a draft says. */
export function given(draft: Draft): Content {
  const { category, priority, quarter, place, dangers } = draft
  const written: [keyof Particulars, string][] = [
    ['caller_name', draft.callerName.trim()],
    ['number', draft.phone.trim()],
    ['door', draft.door.trim()],
    ['words', said(draft)],
  ]
  const particulars = Object.fromEntries(written.filter(([, value]) => value))
  return { category, priority, quarter, place, dangers, particulars }
}

const fields = {
  category: ({ category }: Content) => category,
  priority: ({ priority }: Content) => priority,
  place: ({ quarter, place }: Content) => `${quarter} ${place?.id ?? ''}`,
  dangers: ({ dangers }: Content) => [...dangers].sort().join(' '),
  callerName: ({ particulars }: Content) => particulars.caller_name ?? '',
  number: ({ particulars }: Content) => particulars.number ?? '',
  door: ({ particulars }: Content) => particulars.door ?? '',
  words: ({ particulars }: Content) => particulars.words ?? '',
}

/** A field of the form, by the name of its label. */
export type Field = keyof typeof fields

/** The fields in which two contents differ. */
export const differing = (one: Content, other: Content): Field[] =>
  (Object.keys(fields) as Field[]).filter((field) => fields[field](one) !== fields[field](other))

export function opening(draft: Draft): OpenRequest {
  const { category, priority, quarter, particulars } = given(draft)
  return {
    type: 'open_request',
    request: draft.id,
    source: draft.source,
    category,
    priority,
    quarter,
    dangers: draft.dangers,
    particulars,
    ...(draft.place && { place: draft.place }),
    ...(draft.call && { call: draft.call }),
  }
}

/**
 * The correction: what was changed of what stood, and nothing else, since colleagues may have changed the rest meanwhile.
 * A text that was emptied is sent empty, which erases it; quarter and place go together.
 */
export function amending(draft: Draft, { request, stood }: Amended, dangersNow = stood.dangers): AmendRequest {
  const now = given(draft)
  const changed = new Set(differing(stood, now))
  const particulars = {
    ...(changed.has('callerName') && { caller_name: now.particulars.caller_name ?? '' }),
    ...(changed.has('number') && { number: now.particulars.number ?? '' }),
    ...(changed.has('door') && { door: now.particulars.door ?? '' }),
    ...(changed.has('words') && { words: now.particulars.words ?? '' }),
  }
  return {
    type: 'amend_request',
    request,
    ...(changed.has('category') && { category: now.category }),
    ...(changed.has('priority') && { priority: now.priority }),
    ...(changed.has('place') && { quarter: now.quarter, ...(now.place && { place: now.place }) }),
    ...(changed.has('dangers') && { dangers: withChanges(dangersNow, stood.dangers, now.dangers) }),
    ...(Object.keys(particulars).length > 0 && { particulars }),
  }
}

/** The signs that stand now, with those ticked and without those unticked in between `before` and `after`. */
function withChanges(now: readonly DangerSign[], before: readonly DangerSign[], after: readonly DangerSign[]) {
  const kept = now.filter((each) => after.includes(each) || !before.includes(each))
  return [...kept, ...after.filter((each) => !before.includes(each) && !now.includes(each))]
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
