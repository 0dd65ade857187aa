import type { Point } from '@words'
import type { FeatureCollection } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'

export interface Colours {
  readonly land: string
  readonly quarter: string
  readonly outline: string
  readonly way: string
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
  }
}

/** An address of raster tiles with `{s}` stands for several servers. */
const addresses = (tiles: string): string[] =>
  tiles.includes('{s}') ? ['a', 'b', 'c'].map((server) => tiles.replace('{s}', server)) : [tiles]

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
      ...(tiles ? [{ id: 'tiles', type: 'raster', source: 'tiles' } as const] : []),
      { id: 'quarters', type: 'fill', source: 'quarters', paint: { 'fill-color': look.quarter, 'fill-opacity': 0.55 } },
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
