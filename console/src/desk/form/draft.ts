import type {
  AmendRequest,
  CallId,
  DangerSign,
  OpenRequest,
  Particulars,
  Place,
  Priority,
  Request,
  RequestId,
  Source,
} from '@words'

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
  priority: Priority
  priorityChosen: boolean
  quarter: string
  place?: Place | undefined
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
    priority: 'normal',
    priorityChosen: false,
    quarter: '',
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

export type Missing = 'category' | 'quarter'

/** What must still be given before it can be sent. */
export function missingIn(draft: Draft): Missing[] {
  const missing: Missing[] = []
  if (!draft.category) missing.push('category')
  if (!draft.quarter) missing.push('quarter')
  return missing
}

const written = ({ callerName, phone, door, words }: Draft): [keyof Particulars, string][] => [
  ['caller_name', callerName.trim()],
  ['number', phone.trim()],
  ['door', door.trim()],
  ['words', words.trim()],
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

const longestWords = 2000

/**
 * What a draft adds to the request that its call is joined to: its words after those that stand, its danger signs beside
 * them. None where it says nothing new; words that find no room stay in the draft.
 */
export function adding(draft: Draft, request: Request, stood: Particulars = {}): AmendRequest | undefined {
  const said = draft.words.trim()
  const words = [stood.words, said].filter(Boolean).join('\n')
  const dangers = draft.dangers.filter((each) => !request.dangers.includes(each))
  const hasWords = said !== '' && words.length <= longestWords
  if (!hasWords && dangers.length === 0) return undefined
  return {
    type: 'amend_request',
    request: request.id,
    ...(hasWords && { particulars: { words } }),
    ...(dangers.length > 0 && { dangers: [...request.dangers, ...dangers] }),
  }
}
