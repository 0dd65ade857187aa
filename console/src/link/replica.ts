import type {
  Actor,
  Assignment,
  Call,
  Change,
  Confidence,
  Entities,
  Night,
  Picture,
  Position,
  Recommendation,
  Removals,
  Request,
  ServerFrame,
  Service,
  Team,
  Welcome,
  Whole,
} from '@words'

/** What this screen holds of the service: entities by id, as the server last put them. */
export interface Replica {
  /** How many commits of the journal it shows; none before the first whole. */
  version: number | undefined
  /** The journal's line of history that `version` counts in. */
  line: string | undefined
  actor: Actor | undefined
  service: Service | undefined
  night: Night | undefined
  /** Whether the server can take commands down. */
  journalAvailable: boolean
  /** What to add to this machine's clock to get the server's, in milliseconds. */
  clockOffset: number
  /** When the server was last heard, by this machine's clock; none while it never was. */
  heardAt: number | undefined
  readonly calls: Map<string, Call>
  readonly requests: Map<string, Request>
  readonly teams: Map<string, Team>
  readonly assignments: Map<string, Assignment>
  readonly confidences: Map<string, Confidence>
  readonly positions: Map<string, Position>
  /** By request, best team first. */
  readonly recommendations: Map<string, Recommendation[]>
}

const clockSlack = 5_000

/** A replica that holds nothing yet. */
export function emptyReplica(): Replica {
  return {
    version: undefined,
    line: undefined,
    actor: undefined,
    service: undefined,
    night: undefined,
    journalAvailable: true,
    clockOffset: 0,
    heardAt: undefined,
    calls: new Map(),
    requests: new Map(),
    teams: new Map(),
    assignments: new Map(),
    confidences: new Map(),
    positions: new Map(),
    recommendations: new Map(),
  }
}

/** Folds one frame of the server into the replica; `now` is this machine's clock. Answers to commands change nothing. */
export function applyFrame(replica: Replica, frame: ServerFrame, now: number): void {
  replica.heardAt = now
  switch (frame.type) {
    case 'welcome':
      return applyWelcome(replica, frame, now)
    case 'whole':
      return applyWhole(replica, frame)
    case 'change':
      return applyChange(replica, frame)
    case 'picture':
      return applyPicture(replica, frame)
    case 'recommendations':
      replica.recommendations.set(frame.request, frame.teams)
      return
    case 'journal_state':
      replica.journalAvailable = frame.available
      return
    case 'pong':
      return followClock(replica, frame.now_ms - now)
  }
}

/** This machine's clock was set meanwhile; what the way of a frame takes moves nothing. */
function followClock(replica: Replica, offset: number): void {
  if (Math.abs(offset - replica.clockOffset) > clockSlack) replica.clockOffset = offset
}

function applyWelcome(replica: Replica, frame: Welcome, now: number): void {
  if (replica.line !== frame.line) replica.version = undefined
  replica.line = frame.line
  replica.actor = frame.actor
  replica.service = frame.service
  replica.clockOffset = frame.now_ms - now
  // The server only says so while the journal is away.
  replica.journalAvailable = true
  // The next picture tells every team again, and nobody told us meanwhile which are no longer tracked.
  replica.positions.clear()
}

function applyWhole(replica: Replica, frame: Whole): void {
  const { entities } = frame
  replica.version = frame.version
  replica.night = entities.night
  replaceAll(replica.calls, entities.calls, byId)
  replaceAll(replica.requests, entities.requests, byId)
  replaceAll(replica.teams, entities.teams, byId)
  replaceAll(replica.assignments, entities.assignments, byId)
  replaceAll(replica.confidences, entities.confidences, bySubject)
  forgetRecommendations(replica)
}

/** A change that the replica already shows is passed over. */
function applyChange(replica: Replica, frame: Change): void {
  if (replica.version !== undefined && frame.version < replica.version) return
  putAll(replica, frame.put)
  removeAll(replica, frame.remove)
  replica.version = frame.version
  forgetRecommendations(replica)
}

function putAll(replica: Replica, put: Entities): void {
  if (put.night) replica.night = put.night
  for (const call of put.calls) replica.calls.set(call.id, call)
  for (const request of put.requests) replica.requests.set(request.id, request)
  for (const team of put.teams) replica.teams.set(team.id, team)
  for (const assignment of put.assignments) replica.assignments.set(assignment.id, assignment)
  for (const confidence of put.confidences) replica.confidences.set(confidence.subject, confidence)
}

function removeAll(replica: Replica, remove: Removals): void {
  for (const id of remove.calls) replica.calls.delete(id)
  for (const id of remove.requests) replica.requests.delete(id)
  for (const id of remove.assignments) replica.assignments.delete(id)
  for (const subject of remove.confidences) replica.confidences.delete(subject)
}

function applyPicture(replica: Replica, frame: Picture): void {
  for (const position of frame.positions) replica.positions.set(position.team, position)
  for (const team of frame.gone) replica.positions.delete(team)
}

/** Advice is only worth something while its request waits. */
function forgetRecommendations(replica: Replica): void {
  for (const id of replica.recommendations.keys()) {
    const request = replica.requests.get(id)
    if (!request || request.status === 'closed') replica.recommendations.delete(id)
  }
}

const byId = (entity: { id: string }) => entity.id
const bySubject = (confidence: Confidence) => confidence.subject

/** Makes the shelf hold exactly `entities`; what is the same stays untouched, so that no screen redraws it. */
function replaceAll<T>(shelf: Map<string, T>, entities: T[], key: (entity: T) => string): void {
  const kept = new Set(entities.map(key))
  for (const id of [...shelf.keys()]) if (!kept.has(id)) shelf.delete(id)
  for (const entity of entities) {
    const held = shelf.get(key(entity))
    if (held === undefined || JSON.stringify(held) !== JSON.stringify(entity)) shelf.set(key(entity), entity)
  }
}
