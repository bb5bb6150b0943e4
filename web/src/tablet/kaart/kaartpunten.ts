// What is drawn on the map, and how far away it is.

import type { Vorm } from '../../api/client'
import type { Controlestand } from '../../kern/contract'
import { faseVan, plekVan } from '../dag/stand'
import type { Positie } from '../positie'

export type Gebieden = Vorm<'GebiedenkaartRead'>
export type Achtergrond = Pick<Vorm<'AchtergrondkaartRead'>, 'zoomVan' | 'zoomTot' | 'bronvermelding'>

export interface Kaartpunt {
  id: string
  /** Its place in the order of the day. */
  nummer: string
  naam: string
  lengte: number
  breedte: number
  klaar: boolean
}

/** The controls that have a point, numbered in the order that they are given in. */
export function kaartpunten(standen: readonly Controlestand[]): Kaartpunt[] {
  return standen.flatMap((stand, index) => {
    const object = stand.pakket?.object
    const punt = (object?.punt ?? object?.adres.punt)?.coordinates
    const [lengte, breedte] = punt ?? []
    if (lengte === undefined || breedte === undefined) return []
    const { naam } = plekVan(stand)
    return [
      {
        id: stand.controleId,
        nummer: String(index + 1),
        naam: `${index + 1}. ${naam}`,
        lengte,
        breedte,
        klaar: faseVan(stand) === 'klaar',
      },
    ]
  })
}

const STRAAL_M = 6_371_000
const rad = (graden: number): number => (graden * Math.PI) / 180

/** Metres as the crow flies. */
export function afstand(van: Positie, naar: { lengte: number; breedte: number }): number {
  const noord = rad(naar.breedte - van.breedte)
  const oost = rad(naar.lengte - van.lengte)
  const a =
    Math.sin(noord / 2) ** 2 + Math.cos(rad(van.breedte)) * Math.cos(rad(naar.breedte)) * Math.sin(oost / 2) ** 2
  return 2 * STRAAL_M * Math.asin(Math.sqrt(a))
}

/** A distance as people say it: 80 m, 1,2 km. */
export function afstandTekst(meter: number): string {
  if (meter < 950) return `${Math.max(10, Math.round(meter / 10) * 10)} m`
  return `${(meter / 1000).toFixed(1).replace('.', ',')} km`
}
