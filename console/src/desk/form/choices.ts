/** A text without accents and capitals, for comparing what is typed in haste. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * How well typed letters name a label: 0 its beginning, 1 the beginning of a word in it, 2 the initials of its words,
 * 3 beginnings of several of its words, or letters inside; undefined not at all. Two letters are enough to choose: `bl`
 * for « Bruit dans un logement ».
 */
export function closeness(typed: string, label: string): number | undefined {
  const sought = plain(typed).trim()
  const text = plain(label)
  const parts = text.split(/[^a-z0-9]+/).filter(Boolean)
  if (text.startsWith(sought)) return 0
  if (parts.some((part) => part.startsWith(sought))) return 1
  if (initialsHold(sought, parts)) return 2
  return text.includes(sought) || eachBegins(sought, parts) ? 3 : undefined
}

/** Whether each typed word begins a word of the label: `binome 2 pause` finds « Binôme 2 : pause ». */
const eachBegins = (sought: string, parts: readonly string[]): boolean =>
  sought.split(/\s+/).every((word) => parts.some((part) => part.startsWith(word)))

/** Whether the letters begin words of the label, in order and from the first. */
function initialsHold(sought: string, parts: readonly string[]): boolean {
  if (parts[0]?.[0] !== sought[0]) return false
  let found = 0
  for (const part of parts) if (part[0] === sought[found]) found += 1
  return found >= sought.length
}

/** The labels that match what is typed, closest first; all of them when nothing is typed. */
export function matching<T>(typed: string, all: readonly T[], label: (one: T) => string): T[] {
  if (!typed.trim()) return [...all]
  return all
    .map((one) => ({ one, distance: closeness(typed, label(one)) }))
    .filter((each): each is { one: T; distance: number } => each.distance !== undefined)
    .sort((a, b) => a.distance - b.distance)
    .map((each) => each.one)
}
