/** How far beside its point something is drawn, in pixels to the right and down. */
export type Offset = readonly [x: number, y: number]

const [wide, high, inRow] = [44, 28, 3]

/** The place of the nth of several marks at one point: rows of three below it, each in the middle; one alone stays. */
export function offsetOf(nth: number, of: number): Offset {
  const row = Math.floor(nth / inRow)
  const inThisRow = Math.min(inRow, of - row * inRow)
  return [((nth % inRow) - (inThisRow - 1) / 2) * wide, row * high]
}
