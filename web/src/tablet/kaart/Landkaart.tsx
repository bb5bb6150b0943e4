// The map itself, a chunk of its own: areas of the municipality, controls as numbered buttons, and the own position if it is allowed.

import type { Map as Kaart, Marker, StyleSpecification } from 'maplibre-gl'
import maplibregl from 'maplibre-gl/dist/maplibre-gl-csp'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url'
import { useEffect, useRef } from 'react'
import 'maplibre-gl/dist/maplibre-gl.css'
import './landkaart.css'
import type { Positie } from '../positie'
import type { Achtergrond, Gebieden, Kaartpunt } from './kaartpunten'

maplibregl.setWorkerUrl(workerUrl)
// A browser opens six connections to one service: what is delivered never waits behind tiles of a slow source.
maplibregl.setMaxParallelImageRequests(3)

interface Eigenschappen {
  punten: readonly Kaartpunt[]
  gebieden: Gebieden | null
  achtergrond: Achtergrond | null
  positie: Positie | null
  onKies: (id: string) => void
}

const LEEG: Gebieden = { type: 'FeatureCollection', features: [] }

export default function Landkaart({ punten, gebieden, achtergrond, positie, onKies }: Eigenschappen) {
  const vak = useRef<HTMLElement>(null)
  const kaart = useRef<Kaart | null>(null)
  const gepast = useRef('')

  useEffect(() => {
    if (vak.current === null) return
    const nieuw = new maplibregl.Map({
      container: vak.current,
      style: styleOf(gebieden ?? LEEG, achtergrond, getComputedStyle(vak.current)),
      center: [5.3, 52.1],
      zoom: 6,
      maxZoom: 18,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
    })
    nieuw.touchZoomRotate.disableRotation()
    nieuw.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right')
    if (achtergrond) nieuw.addControl(new maplibregl.AttributionControl({ compact: false }))
    kaart.current = nieuw
    gepast.current = ''
    const grens = boundsOf(gebieden ?? LEEG)
    if (!grens.isEmpty()) nieuw.fitBounds(grens, { padding: 20, animate: false })
    return () => {
      kaart.current = null
      nieuw.remove()
    }
  }, [gebieden, achtergrond])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new map (other areas or background) needs its markers again
  useEffect(() => {
    const op = kaart.current
    if (op === null) return
    const borden = punten.map((punt) => placeSign(op, punt, onKies))
    const wie = punten.map((punt) => punt.id).join(' ')
    if (punten.length > 0 && gepast.current !== wie) {
      gepast.current = wie
      const grens = new maplibregl.LngLatBounds()
      for (const punt of punten) grens.extend([punt.lengte, punt.breedte])
      op.fitBounds(grens, { padding: 60, maxZoom: 15, animate: false })
    }
    return () => {
      for (const bord of borden) bord.remove()
    }
  }, [punten, onKies, gebieden, achtergrond])

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    const op = kaart.current
    if (op === null || positie === null) return
    const stip = document.createElement('div')
    stip.className = 'vw-hier'
    stip.setAttribute('aria-label', 'Hier bent u')
    stip.setAttribute('role', 'img')
    const bord = new maplibregl.Marker({ element: stip }).setLngLat([positie.lengte, positie.breedte]).addTo(op)
    return () => {
      bord.remove()
    }
  }, [positie, gebieden, achtergrond])

  return <section ref={vak} className="vw-landkaart" aria-label="Plattegrond van vandaag" />
}

/** The box around the areas; GeoJSON nests its coordinates as deep as the shape needs. */
function boundsOf(gebieden: Gebieden) {
  const grens = new maplibregl.LngLatBounds()
  const walk = (deel: unknown): void => {
    if (!Array.isArray(deel)) return
    const [lengte, breedte] = deel
    if (typeof lengte === 'number' && typeof breedte === 'number') grens.extend([lengte, breedte])
    else deel.forEach(walk)
  }
  for (const gebied of gebieden.features) walk(gebied.geometry.coordinates)
  return grens
}

function placeSign(op: Kaart, punt: Kaartpunt, onKies: (id: string) => void): Marker {
  const knop = document.createElement('button')
  knop.type = 'button'
  knop.className = punt.klaar ? 'vw-bord vw-bord--klaar' : 'vw-bord'
  knop.textContent = punt.nummer
  knop.setAttribute('aria-label', punt.naam)
  knop.addEventListener('click', (event) => {
    event.stopPropagation()
    onKies(punt.id)
  })
  return new maplibregl.Marker({ element: knop, anchor: 'bottom' }).setLngLat([punt.lengte, punt.breedte]).addTo(op)
}

/** No text layers: letters on a map would have to be fetched from somewhere. */
function styleOf(
  gebieden: Gebieden,
  achtergrond: Achtergrond | null,
  kleuren: CSSStyleDeclaration,
): StyleSpecification {
  const vlak = kleuren.backgroundColor
  const lijn = kleuren.color
  return {
    version: 8,
    sources: {
      gebieden: { type: 'geojson', data: gebieden as never },
      ...(achtergrond
        ? {
            achtergrond: {
              type: 'raster' as const,
              tiles: [`${location.origin}/v1/achtergrondkaart/{z}/{x}/{y}`],
              tileSize: 256,
              minzoom: achtergrond.zoomVan,
              maxzoom: achtergrond.zoomTot,
              attribution: achtergrond.bronvermelding,
            },
          }
        : {}),
    },
    layers: [
      { id: 'vlak', type: 'background', paint: { 'background-color': vlak } },
      ...(achtergrond
        ? [{ id: 'achtergrond', type: 'raster' as const, source: 'achtergrond', paint: { 'raster-fade-duration': 0 } }]
        : []),
      {
        id: 'gebieden-lijn',
        type: 'line',
        source: 'gebieden',
        paint: {
          'line-color': lijn,
          'line-opacity': 0.55,
          'line-width': ['match', ['get', 'soort'], 'gemeente', 3, 1],
        },
      },
    ],
  }
}
