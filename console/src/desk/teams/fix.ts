import type { Fix, Service } from '@words'

/** Whether a position is too old to be shown as where the team is now. */
export const isOld = (fix: Fix, now: number, service: Service | undefined): boolean =>
  now - fix.fixed_at_ms > (service?.fix_stale_after_ms ?? 30_000)
