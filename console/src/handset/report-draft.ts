import type { Disposition } from '@words'

/** A report as far as it is written. */
export interface ReportDraft {
  disposition?: Disposition
  people?: number
  note: string
}

/** A report with nothing in it. */
export const emptyReport = (): ReportDraft => ({ note: '' })

const keyOf = (assignment: string) => `vigie:report:${assignment}`

/** The draft for a task; it outlives a reload of the page, not the end of the browser's session. */
export function readReport(assignment: string): ReportDraft {
  const stored = sessionStorage.getItem(keyOf(assignment))
  return stored === null ? emptyReport() : (JSON.parse(stored) as ReportDraft)
}

/** Keeps the draft for a task; an empty one is taken away. */
export function writeReport(assignment: string, draft: ReportDraft): void {
  const empty = !draft.disposition && draft.people === undefined && draft.note === ''
  if (empty) sessionStorage.removeItem(keyOf(assignment))
  else sessionStorage.setItem(keyOf(assignment), JSON.stringify(draft))
}
