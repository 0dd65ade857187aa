import type { Priority, Request } from '@words'

const minute = 60_000
const long: Record<Priority, number> = { urgent: 5 * minute, normal: 15 * minute, can_wait: 45 * minute }

/** Whether somebody has waited for a team longer than is decent at this urgency. */
export const longWait = (request: Request, now: number): boolean =>
  request.status === 'waiting' && now - request.waiting_since_ms > long[request.priority]
