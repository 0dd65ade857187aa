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
 * only found at the next start), and when the server was last heard longer ago than a session may last. Positions are never in it: they are no
 * history.
 */
export interface StoredReplica {
  /** When the server was last heard: a page that is put away without network makes its copy no younger. */
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
export function copyOf(replica: Replica): StoredReplica | undefined {
  const { version, line, actor, service, night, clockOffset, heardAt } = replica
  if (version === undefined || line === undefined || !actor || !service || heardAt === undefined) return undefined
  return {
    ...{ storedAt: heardAt, version, line, actor, service, clockOffset },
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
  const { version, line, actor, service, night, clockOffset, storedAt } = stored
  Object.assign(replica, { version, line, actor, service, night, clockOffset, heardAt: storedAt })
  for (const call of stored.calls) replica.calls.set(call.id, call)
  for (const request of stored.requests) replica.requests.set(request.id, request)
  for (const team of stored.teams) replica.teams.set(team.id, team)
  for (const assignment of stored.assignments) replica.assignments.set(assignment.id, assignment)
  for (const confidence of stored.confidences) replica.confidences.set(confidence.subject, confidence)
}

const isTooOld = ({ storedAt }: StoredReplica, now: number): boolean => now - storedAt >= oldest

/** The copy of this account and service, unless it is too old to be anybody's business: then it is taken away. */
export async function readReplica(database: Database, scope: string, now: number): Promise<StoredReplica | undefined> {
  const stored = await database.get('replicas', scope)
  if (!stored || !isTooOld(stored, now)) return stored
  await database.delete('replicas', scope)
  return undefined
}

/** Lays the copy in the browser, and takes away those that are too old, this one too. */
export async function writeReplica(
  database: Database,
  scope: string,
  stored: StoredReplica,
  now: number,
): Promise<void> {
  const shelf = database.transaction('replicas', 'readwrite')
  await shelf.store.put(stored, scope)
  for await (const cursor of shelf.store) if (isTooOld(cursor.value, now)) await cursor.delete()
  await shelf.done
}

/** Erases every copy on this device. */
export async function eraseReplicas(): Promise<void> {
  const database = await openDatabase()
  await database.clear('replicas')
  database.close()
}
