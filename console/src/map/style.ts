import type { Point } from '@words'
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'

export interface Colours {
  readonly land: string
  readonly quarter: string
  readonly outline: string
  readonly way: string
  /** 0 (black) to 1: a bright map would blind a dark room. */
  readonly brightness: number
}

/** What the configuration says of the tiles under the quarters. */
export interface Tiles {
  readonly tiles: string | null
  readonly attribution: string | null
}

/** The map's colours, from the same tokens as the rest. */
export function colours(element: HTMLElement): Colours {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    land: token('--map-land'),
    quarter: token('--map-quarter'),
    outline: token('--map-quarter-line'),
    way: token('--accent'),
    brightness: Number(token('--map-tiles')) || 1,
  }
}

/** An address of raster tiles with `{s}` stands for several servers. */
const addresses = (tiles: string): string[] =>
  tiles.includes('{s}') ? ['a', 'b', 'c'].map((server) => tiles.replace('{s}', server)) : [tiles]

const underlay = ({ brightness }: Colours): LayerSpecification => ({
  id: 'tiles',
  type: 'raster',
  source: 'tiles',
  paint: { 'raster-brightness-max': brightness },
})

/** The layers, from the ground up: land, tiles where the configuration names some, quarters, ways. */
export function layersOver(quarters: FeatureCollection, tiles: string | null, look: Colours): StyleSpecification {
  const raster = { type: 'raster', tiles: tiles ? addresses(tiles) : [], tileSize: 256 } as const
  return {
    version: 8,
    sources: {
      quarters: { type: 'geojson', data: quarters },
      ways: { type: 'geojson', data: lines([]) },
      ...(tiles && { tiles: raster }),
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': look.land } },
      ...(tiles ? [underlay(look)] : []),
      { id: 'quarters', type: 'fill', source: 'quarters', paint: { 'fill-color': look.quarter, 'fill-opacity': tiles ? 0.25 : 0.55 } },
      { id: 'outlines', type: 'line', source: 'quarters', paint: { 'line-color': look.outline, 'line-width': 1.5 } },
      {
        id: 'ways',
        type: 'line',
        source: 'ways',
        paint: { 'line-color': look.way, 'line-width': 2.5, 'line-dasharray': [2, 1.5] },
      },
    ],
  }
}

export function lines(ways: readonly (readonly Point[])[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: ways.map((way) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: way.map(({ lon, lat }) => [lon, lat]) },
    })),
  }
}
