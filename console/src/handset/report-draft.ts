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

type Drafts = Record<string, ReportDraft>

const drafts = (notes: Notes): Drafts => notes.read<Drafts>('reports') ?? {}

/** The draft for this task. */
export const readReport = (notes: Notes, assignment: string): ReportDraft => drafts(notes)[assignment] ?? emptyReport()

/** The tasks that have a draft: one that others ended keeps it until the pair has read it there. */
export const begunReports = (notes: Notes): string[] => Object.keys(drafts(notes))

/** Keeps the draft for a task; an empty one is taken away. */
export function writeReport(notes: Notes, assignment: string, draft: ReportDraft): void {
  const empty = !draft.disposition && draft.people === undefined && draft.note === ''
  const { [assignment]: _, ...others } = drafts(notes)
  const all = empty ? others : { ...others, [assignment]: draft }
  notes.write('reports', Object.keys(all).length > 0 ? all : undefined)
}
