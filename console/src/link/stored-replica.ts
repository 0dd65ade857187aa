import type { Actor, Assignment, Call, Confidence, Night, Request, Service, Team } from '@words'
import { openDatabase, type Database } from './database'
import type { Replica } from './replica'

/**
 * A replica as it lies in the browser, so that a desk that was closed resumes at its version, and a handset that
 * restarts in a cellar still shows its task.
 *
 * It holds names, doors and words. They are needed: a change frame brings only what changed since this version, so a
 * copy without them could not be resumed, and the pair in the cellar needs the door. Therefore the copy belongs to one
 * account and one service, and is erased at sign-out, when the session is over (all copies of the device, where that is
 * only found at the next start), and when it is older than a session may last. Positions are never in it: they are no
 * history.
 */
export interface StoredReplica {
  storedAt: number
  version: number
  line: string
  clockOffset: number
  actor: Actor
  service: Service
  night?: Night
  calls: Call[]
  requests: Request[]
  teams: Team[]
  assignments: Assignment[]
  confidences: Confidence[]
}

const oldest = 16 * 3_600_000

/** The replica's copy; none while it has no version to resume at. */
export function copyOf(replica: Replica, now: number): StoredReplica | undefined {
  const { version, line, actor, service, night, clockOffset } = replica
  if (version === undefined || line === undefined || !actor || !service) return undefined
  return {
    ...{ storedAt: now, version, line, actor, service, clockOffset },
    ...(night && { night }),
    calls: [...replica.calls.values()],
    requests: [...replica.requests.values()],
    teams: [...replica.teams.values()],
    assignments: [...replica.assignments.values()],
    confidences: [...replica.confidences.values()],
  }
}

/** Puts a copy into an empty replica. */
export function restore(replica: Replica, stored: StoredReplica): void {
  const { version, line, actor, service, night, clockOffset } = stored
  Object.assign(replica, { version, line, actor, service, night, clockOffset })
  for (const call of stored.calls) replica.calls.set(call.id, call)
  for (const request of stored.requests) replica.requests.set(request.id, request)
  for (const team of stored.teams) replica.teams.set(team.id, team)
  for (const assignment of stored.assignments) replica.assignments.set(assignment.id, assignment)
  for (const confidence of stored.confidences) replica.confidences.set(confidence.subject, confidence)
}

/** The copy of this account and service, unless it is too old to be anybody's business. */
export async function readReplica(database: Database, scope: string, now: number): Promise<StoredReplica | undefined> {
  const stored = await database.get('replicas', scope)
  return stored && now - stored.storedAt < oldest ? stored : undefined
}

/** Lays the copy in the browser, and takes away those that are too old. */
export async function writeReplica(database: Database, scope: string, stored: StoredReplica): Promise<void> {
  const shelf = database.transaction('replicas', 'readwrite')
  await shelf.store.put(stored, scope)
  for await (const cursor of shelf.store) {
    if (stored.storedAt - cursor.value.storedAt >= oldest) await cursor.delete()
  }
  await shelf.done
}

/** Erases every copy on this device. */
export async function eraseReplicas(): Promise<void> {
  const database = await openDatabase()
  await database.clear('replicas')
  database.close()
}
