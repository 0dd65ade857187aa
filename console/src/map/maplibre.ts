import { LngLatBounds, Map as Canvas, Marker, setWorkerUrl } from 'maplibre-gl'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'

// The worker is a file of ours: the content security policy allows no script made on the spot.
setWorkerUrl(worker)

export { Canvas, LngLatBounds, Marker }
