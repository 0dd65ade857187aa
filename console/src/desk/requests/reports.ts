import type { Assignment, RequestId } from '@words'
import type { Replica } from '@/link/replica'

/** What a team reported of its assignment. */
export interface Report {
  readonly assignment: Assignment['id']
  readonly text: string
}

/** The reports of the teams that were sent to a request. */
export const reportsOn = (
  request: RequestId,
  { assignments, confidences }: Pick<Replica, 'assignments' | 'confidences'>,
) =>
  [...assignments.values()]
    .filter((one) => one.request === request)
    .flatMap(({ id }): Report[] => {
      const text = confidences.get(id)?.particulars.report
      return text ? [{ assignment: id, text }] : []
    })
