import type { Assignment, Confidence } from '@words'
import { expect, it } from 'vitest'
import { reportsOn } from '@/desk/requests/reports'
import { assignment } from '../link/words'

it('two teams that report in the same words are two reports', () => {
  const sent = [
    assignment(),
    assignment({ id: 'a2' }),
    assignment({ id: 'a3' }),
    assignment({ id: 'a4', request: 'r2' }),
  ]
  const assignments = new Map(sent.map((each): [string, Assignment] => [each.id, each]))
  const confidences = new Map(
    ['a1', 'a2', 'a4'].map((subject): [string, Confidence] => [subject, { subject, particulars: { report: 'RAS' } }]),
  )
  expect(reportsOn('r1', { assignments, confidences })).toEqual([
    { assignment: 'a1', text: 'RAS' },
    { assignment: 'a2', text: 'RAS' },
  ])
})
