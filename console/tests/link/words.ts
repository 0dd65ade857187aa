import type { Assignment, Entities, Removals, Request, Service, Team, Welcome } from '@words'

export const nothing = (): Entities => ({ calls: [], requests: [], teams: [], assignments: [], confidences: [] })

export const noRemovals = (): Removals => ({ calls: [], requests: [], assignments: [], confidences: [] })

export const service: Service = {
  id: 'rennes',
  name: 'Rennes, médiateurs de nuit',
  time_zone: 'Europe/Paris',
  country_code: '+33',
  windows: [],
  quarters: [{ id: 'maurepas', name: 'Maurepas', centre: { lon: -1.66, lat: 48.128 } }],
  categories: [{ id: 'noise.party', group: 'noise', fr: 'Fête', en: 'Party', priority: 'normal' }],
  teams: [{ id: 'binome-1', name: 'Binôme 1' }],
  members: [{ id: 'm1', name: 'Awa' }],
  answer_times: { urgent_ms: 45_000, normal_ms: 90_000, can_wait_ms: 180_000 },
  travel: { walking_m_per_s: 1.3, cycling_m_per_s: 4, driving_m_per_s: 7, detour: 1.3 },
  fix_stale_after_ms: 60_000,
  fix_kept_for_ms: 600_000,
  history_kept_for_ms: 86_400_000,
  confidences_kept_for_ms: 86_400_000,
}

export const welcome = (given: Partial<Welcome> = {}): Welcome => ({
  type: 'welcome',
  conversation: 1,
  line: 'first',
  actor: { account: 'binome-1', role: 'team', team: 'binome-1' },
  service,
  now_ms: 1_000_000,
  heartbeat_ms: 15_000,
  ...given,
})

export const request = (given: Partial<Request> = {}): Request => ({
  id: 'r1',
  number: 12,
  night: '2026-11-21',
  status: 'assigned',
  source: 'resident_phone',
  category: 'noise.party',
  priority: 'normal',
  quarter: 'maurepas',
  dangers: [],
  calls: [],
  assignments: ['a1'],
  opened_by: 'anne',
  opened_at_ms: 1,
  waiting_since_ms: 1,
  reopened: 0,
  ...given,
})

export const team = (given: Partial<Team> = {}): Team => ({
  id: 'binome-1',
  duty: 'available',
  since_ms: 1,
  members: ['m1'],
  transport: 'on_foot',
  ...given,
})

export const assignment = (given: Partial<Assignment> = {}): Assignment => ({
  id: 'a1',
  request: 'r1',
  team: 'binome-1',
  status: 'offered',
  reinforcement: false,
  offered_by: 'rémi',
  offered_at_ms: 1,
  answer_by_ms: 90_000,
  ...given,
})
