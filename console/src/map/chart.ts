import type { Point } from '@words'
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource } from 'maplibre-gl'
import { ask } from '@/shared/http/api'
import { Canvas, LngLatBounds } from './maplibre'
import { Markers } from './markers'
import { colours, layersOver, lines, type Tiles } from './style'
import type { Mark } from './marks'

/** Pixels around the territory; the map's buttons lie over its upper edge. */
const margins = { top: 60, right: 36, bottom: 36, left: 36 }

/** The map as a canvas with markers of HTML on it. */
export class Chart {
  readonly #canvas: Canvas
  readonly #quarters: FeatureCollection
  readonly #markers: Markers
  readonly #watch: ResizeObserver
  /** Whose map lies under the quarters; to be shown. */
  readonly attribution: string | undefined

  private constructor(canvas: Canvas, quarters: FeatureCollection, element: HTMLElement, { tiles, attribution }: Tiles) {
    this.#canvas = canvas
    this.#quarters = quarters
    this.attribution = (tiles && attribution) || undefined
    this.#markers = new Markers(canvas)
    this.#watch = new ResizeObserver(() => canvas.resize())
    this.#watch.observe(element)
    this.fit()
  }

  /** Draws the service's quarters; fails where the browser has no WebGL, or a part of the map cannot be had. */
  static async open(element: HTMLElement, label: string): Promise<Chart> {
    const [quarters, settings] = await Promise.all([
      ask<FeatureCollection>('/api/v1/quarters'),
      ask<Tiles>('/api/v1/settings'),
    ])
    element.classList.toggle('tiled', settings.tiles !== null)
    const canvas = new Canvas({
      container: element,
      style: layersOver(quarters, settings.tiles, colours(element)),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      center: [0, 0],
      zoom: 10,
      locale: { 'Map.Title': label },
    })
    await drawn(canvas)
    return new Chart(canvas, quarters, element, settings)
  }

  /** Puts exactly these marks on the map. */
  mark(marks: readonly Mark[]): void {
    this.#markers.show(marks)
  }

  /** Draws exactly these lines. */
  line(ways: readonly (readonly Point[])[]): void {
    this.#canvas.getSource<GeoJSONSource>('ways')?.setData(lines(ways))
  }

  /** Shows the whole territory. */
  fit(): void {
    const bounds = new LngLatBounds()
    for (const { geometry } of this.#quarters.features) {
      if (geometry.type === 'Polygon')
        for (const [lon = 0, lat = 0] of geometry.coordinates.flat()) bounds.extend([lon, lat])
    }
    if (!bounds.isEmpty()) this.#canvas.fitBounds(bounds, { padding: margins, animate: false })
  }

  zoom(by: number): void {
    this.#canvas.zoomTo(this.#canvas.getZoom() + by, {
      animate: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    })
  }

  /** Takes the colours of the theme that is now on. */
  recolour(): void {
    const { land, quarter, outline, way, brightness } = colours(this.#canvas.getContainer())
    this.#canvas.setPaintProperty('land', 'background-color', land)
    this.#canvas.setPaintProperty('quarters', 'fill-color', quarter)
    this.#canvas.setPaintProperty('outlines', 'line-color', outline)
    this.#canvas.setPaintProperty('ways', 'line-color', way)
    if (this.#canvas.getLayer('tiles')) this.#canvas.setPaintProperty('tiles', 'raster-brightness-max', brightness)
  }

  close(): void {
    this.#watch.disconnect()
    this.#canvas.remove()
  }
}

/** A source that fails, such as the tiles, leaves the rest of the map; anything else before it is drawn leaves nothing. */
async function drawn(canvas: Canvas): Promise<void> {
  let fail: (reason: unknown) => void = () => {}
  const failure = new Promise<never>((_, reject) => (fail = reject))
  const listener = canvas.on('error', (event) => {
    if (!('sourceId' in event)) fail(event.error)
  })
  try {
    await Promise.race([canvas.once('load'), failure])
  } catch (error) {
    canvas.remove()
    throw error
  } finally {
    listener.unsubscribe()
  }
}
