import type { PositionAnchor } from 'maplibre-gl'
import { Marker, type Canvas } from './maplibre'
import type { Mark } from './marks'

interface Placed {
  readonly marker: Marker
  readonly element: HTMLButtonElement
  mark: Mark
}

/** Markers of HTML, kept and moved rather than made anew, so that focus and the eye can stay on them. */
export class Markers {
  readonly #placed = new Map<string, Placed>()
  readonly #canvas: Canvas

  constructor(canvas: Canvas) {
    this.#canvas = canvas
  }

  show(marks: readonly Mark[]): void {
    const wanted = new Set(marks.map(({ id }) => id))
    for (const [id, { marker }] of this.#placed) {
      if (wanted.has(id)) continue
      marker.remove()
      this.#placed.delete(id)
    }
    for (const mark of marks) this.#put(mark)
  }

  #put(mark: Mark): void {
    const placed = this.#placed.get(mark.id) ?? this.#place(mark)
    placed.mark = mark
    placed.marker.setLngLat([mark.point.lon, mark.point.lat]).setOffset([...(mark.offset ?? [0, 0])])
    dress(placed.element, mark)
  }

  #place(mark: Mark): Placed {
    const element = document.createElement('button')
    element.type = 'button'
    const marker = new Marker({ element, anchor: anchorOf(mark) }).setLngLat([mark.point.lon, mark.point.lat]).addTo(this.#canvas)
    const placed: Placed = { marker, element, mark }
    element.addEventListener('click', () => placed.mark.press?.())
    this.#placed.set(mark.id, placed)
    return placed
  }
}

/** A team stands above its point and a request below: a pair on site hides neither. */
function anchorOf({ look }: Mark): PositionAnchor {
  if (look.startsWith('team')) return 'bottom'
  return look.startsWith('request') ? 'top' : 'center'
}

function dress(element: HTMLButtonElement, { look, text, label, press }: Mark): void {
  const classes = `mark ${look.trim()}`
  const ours = new Set(classes.split(/\s+/))
  for (const name of [...element.classList])
    if (!name.startsWith('maplibre') && !ours.has(name)) element.classList.remove(name)
  element.classList.add(...ours)
  if (element.textContent !== text) element.textContent = text
  if (element.getAttribute('aria-label') !== label) element.setAttribute('aria-label', label)
  element.disabled = !press
}
