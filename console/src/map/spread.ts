import type { Point } from '@words'

/** How far beside its point something is drawn, in pixels to the right and down. */
export type Offset = readonly [x: number, y: number]

const [wide, high, inRow] = [44, 28, 3]

/** Points nearer than about ten metres lie on each other at any zoom: they have the same name. */
export const spotOf = ({ lon, lat }: Point): string => `${lon.toFixed(4)} ${lat.toFixed(4)}`

/** The place of the nth of several teams at one point: one above the other, since a name is wide. */
export const teamOffset = (nth: number): Offset => [0, -nth * high]

/** The place of the nth of several marks at one point: rows of three below it, each in the middle; one alone stays. */
export function offsetOf(nth: number, of: number): Offset {
  const row = Math.floor(nth / inRow)
  const inThisRow = Math.min(inRow, of - row * inRow)
  return [((nth % inRow) - (inThisRow - 1) / 2) * wide, row * high]
}
