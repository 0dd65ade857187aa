import type { Disposition } from '@words'
import type { Notes } from '@/shared/notes/notes'

/** A report as far as it is written. */
export interface ReportDraft {
  disposition?: Disposition
  people?: number
  note: string
}

/** A report with nothing in it. */
export const emptyReport = (): ReportDraft => ({ note: '' })

/** The draft for this task; that of an earlier one is nobody's any more. */
export function readReport(notes: Notes, assignment: string): ReportDraft {
  const kept = notes.read<ReportDraft & { assignment: string }>('report')
  if (kept?.assignment !== assignment) return emptyReport()
  const { assignment: _, ...draft } = kept
  return draft
}

/** Keeps the draft for a task; an empty one is taken away. */
export function writeReport(notes: Notes, assignment: string, draft: ReportDraft): void {
  const empty = !draft.disposition && draft.people === undefined && draft.note === ''
  notes.write('report', empty ? undefined : { ...draft, assignment })
}
