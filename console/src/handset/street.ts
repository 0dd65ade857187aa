import type { Category, Place, Quarter } from '@words'
import type { Notes } from '@/shared/notes/notes'

/** A request as the pair takes it down in the street. */
export interface Draft {
  quarter: Quarter
  category: Category
  place?: Place
  words: string
}

/** A request from the street as far as it is taken down: what is chosen by its id. */
export interface Sketch {
  quarter?: string | undefined
  family?: string | undefined
  category?: string | undefined
  place?: Place | undefined
  /** What is typed to find the place, as long as none is chosen. */
  search: string
  words: string
}

/** Nothing taken down yet. */
export const emptySketch = (): Sketch => ({ search: '', words: '' })

export const isBegun = ({ quarter, family, category, place, search, words }: Sketch): boolean =>
  [quarter, family, category, place, search, words].some(Boolean)

/** What is told of it in words: a place that was typed and not found goes before the rest. */
export const toldIn = ({ place, search, words }: Sketch): string =>
  [place ? '' : search.trim(), words.trim()].filter(Boolean).join('\n')

/** What was begun on this phone. */
export const readSketch = (notes: Notes): Sketch => ({ ...emptySketch(), ...notes.read<Partial<Sketch>>('street') })

/** Keeps what is begun; nothing is taken away. */
export function writeSketch(notes: Notes, sketch: Sketch): void {
  notes.write('street', isBegun(sketch) ? sketch : undefined)
}

/** The families of the categories, each with its own, in the service's order. */
export function families(categories: readonly Category[]): Map<string, Category[]> {
  const byFamily = new Map<string, Category[]>()
  for (const category of categories) byFamily.set(category.group, [...(byFamily.get(category.group) ?? []), category])
  return byFamily
}
