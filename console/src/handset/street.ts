import type { Category, Place, Quarter } from '@words'

/** A request as the pair takes it down in the street. */
export interface Draft {
  quarter: Quarter
  category: Category
  place?: Place
  words: string
}

/** The families of the categories, each with its own, in the service's order. */
export function families(categories: readonly Category[]): Map<string, Category[]> {
  const byFamily = new Map<string, Category[]>()
  for (const category of categories) byFamily.set(category.group, [...(byFamily.get(category.group) ?? []), category])
  return byFamily
}
