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

function particularsOf({ callerName, phone, door, words }: Draft): Particulars {
  const given: [keyof Particulars, string][] = [
    ['caller_name', callerName],
    ['number', phone],
    ['door', door],
    ['words', words],
  ]
  return Object.fromEntries(given.map(([key, value]) => [key, value.trim()]).filter(([, value]) => value))
}

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
    particulars: particularsOf(draft),
    ...(draft.place && { place: draft.place }),
  }
}
